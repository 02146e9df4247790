//! What a fix would change, before it is taken: findings that go and come, numbers before and after.

use egui::{Grid, RichText, ScrollArea, Ui};

use crate::numbers::MEASURES;
use crate::rules::{Finding, Fix, FixAction, Preview};
use crate::scene::Role;
use crate::scene::text::Weight;

use super::super::action::{Action, Actions};
use super::super::session::Dialog;
use super::super::theme;

pub(super) fn preview_ui(
    ui: &mut Ui,
    finding: &Finding,
    fixes: &[(Fix, Option<Preview>)],
    chosen: usize,
    actions: &mut Actions,
) {
    ui.set_width(560.0);
    ui.label(theme::text(&finding.message, Weight::SemiBold, 14.0));
    ui.add_space(4.0);
    for (place, (fix, _)) in fixes.iter().enumerate() {
        if ui.radio(place == chosen, &fix.title).clicked() && place != chosen {
            let dialog = Dialog::FixPreview {
                finding: Box::new(finding.clone()),
                fixes: fixes.to_vec(),
                chosen: place,
            };
            actions.push(Action::SetDialog(Some(dialog)));
        }
    }
    ui.separator();
    let Some((fix, preview)) = fixes.get(chosen) else { return };
    ScrollArea::vertical().max_height(300.0).show(ui, |ui| match preview {
        Some(preview) => changes_ui(ui, preview),
        None => _ = ui.label("This needs your answer; it opens the place where you give it."),
    });
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let word = if matches!(fix.action, FixAction::Open(_)) { "Open" } else { "Apply" };
        let apply = ui.button(RichText::new(word).strong());
        if ui.memory(|memory| memory.focused().is_none()) {
            apply.request_focus();
        }
        if apply.clicked() {
            actions.push(Action::ApplyFix(finding.clone(), fix.title.clone()));
        }
        if ui.button("Cancel").clicked() {
            actions.push(Action::SetDialog(None));
        }
    });
}

fn changes_ui(ui: &mut Ui, preview: &Preview) {
    let muted = theme::colour(ui, Role::TextMuted);
    let mut list = |title: &str, mark: &str, role: Role, findings: &[Finding]| {
        ui.label(RichText::new(format!("{title} ({})", findings.len())).color(muted));
        for finding in findings {
            let words = format!("{mark} {} {}: {}", finding.severity, finding.rule.id, finding.message);
            ui.label(RichText::new(words).color(theme::colour(ui, role)));
        }
    };
    list("Findings that go", "–", Role::New, &preview.gone);
    list("Findings that come", "+", Role::Warning, &preview.come);
    let (before, after) = &preview.numbers;
    let changed: Vec<_> =
        MEASURES.iter().filter(|measure| measure.text(before) != measure.text(after)).collect();
    if changed.is_empty() {
        ui.label(RichText::new("The numbers of the target stay as they are.").color(muted));
        return;
    }
    ui.label(RichText::new("Numbers of the target").color(muted));
    Grid::new("numbers of the fix").num_columns(4).spacing([14.0, 3.0]).show(ui, |ui| {
        for measure in changed {
            ui.label(measure.label).on_hover_text(measure.meaning);
            ui.label(measure.text(before));
            ui.label("→");
            ui.label(RichText::new(measure.text(after)).strong());
            ui.end_row();
        }
    });
}
