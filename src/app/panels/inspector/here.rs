//! The findings about what is selected, with what mends them.

use egui::{Button, Label, Sense, Ui};

use crate::rules::{Finding, Subject};
use crate::scene::Role;
use crate::scene::text::Weight;

use super::super::super::action::{Action, Actions};
use super::super::super::shown::Shown;
use super::super::super::theme;
use super::super::super::widgets::{caption_ui, muted, severity_icon, severity_role, severity_word};

/// More findings than this are only counted.
const SHOWN: usize = 12;

/// The findings at the shown stage that touch one of these; nothing where there is none.
pub fn findings_here_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, subjects: &[Subject]) {
    let touches = |finding: &&Finding| subjects.iter().any(|subject| finding.touches(subject));
    let findings: Vec<_> = shown.findings().filter(touches).collect();
    if !findings.is_empty() {
        caption_ui(ui, "Findings here");
        findings_ui(ui, shown, actions, &findings);
    }
}

/// The first findings of a list, with what mends them.
pub fn findings_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, findings: &[&Finding]) {
    for finding in findings.iter().take(SHOWN) {
        finding_ui(ui, shown, actions, finding);
    }
    if findings.len() > SHOWN {
        ui.label(muted(ui, format!("and {} more, in the list below", findings.len() - SHOWN)));
    }
}

fn finding_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, finding: &Finding) {
    ui.horizontal_top(|ui| {
        let colour = theme::colour(ui, severity_role(finding.severity));
        ui.label(theme::icon(severity_icon(finding.severity), 12.0).color(colour));
        let name = format!("{} here: {}", severity_word(finding.severity), finding.message);
        let text = theme::text(&finding.message, Weight::Regular, 12.0);
        let label = ui.add(Label::new(text).wrap().selectable(false).sense(Sense::click()));
        let label = label.on_hover_text(finding.rule.title).accessible_name(name);
        if label.clicked() {
            actions.push(Action::ShowFinding(finding.clone()));
        }
    });
    ui.horizontal_top(|ui| {
        ui.add_space(14.0);
        ui.vertical(|ui| {
            for fix in shown.fixes.of(finding) {
                let text =
                    theme::text(&fix.title, Weight::Medium, 11.5).color(theme::colour(ui, Role::Accent));
                if ui.add(Button::new(text).truncate()).on_hover_text(&fix.title).clicked() {
                    actions.push(Action::ApplyFix(finding.clone(), fix.title.clone()));
                }
            }
        });
    });
}
