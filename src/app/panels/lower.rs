//! The lower panel: its tabs and the tally of findings.

use egui::{Align, Button, Layout, Stroke, Ui, pos2};

use crate::model::Disposition;
use crate::rules::Severity;
use crate::scene::Role;
use crate::scene::text::Weight;

use super::super::action::{Action, Actions};
use super::super::session::Tab;
use super::super::shown::Shown;
use super::super::theme;
use super::super::widgets::{count_ui, muted};
use super::{compare, decisions, findings, interfaces, ownership};

/// Findings, ownership and interfaces of the shown stage, and the decisions.
pub fn lower_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions) {
    ui.set_min_size(ui.available_size());
    let findings: Vec<_> = shown.findings().collect();
    let flows = interfaces::flows_at(shown);
    ui.horizontal(|ui| {
        tab_ui(ui, shown, actions, Tab::Findings, "Findings");
        count_ui(ui, findings.len(), "Findings at the shown stage");
        tab_ui(ui, shown, actions, Tab::Ownership, "Data ownership");
        tab_ui(ui, shown, actions, Tab::Interfaces, "Interfaces");
        count_ui(ui, flows.len(), "Flows at the shown stage");
        tab_ui(ui, shown, actions, Tab::Decisions, "Decisions");
        let undecided = undecided(shown);
        count_ui(ui, undecided, "Systems that nobody has decided on");
        if shown.session.on_canvas.is_some() {
            tab_ui(ui, shown, actions, Tab::Compare, "Compare");
            let lines = shown.compared.map_or(0, |compared| compared.lines().count());
            count_ui(ui, lines, "Differences to the other plan");
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| tally_ui(ui, shown, &findings));
    });
    let line = ui.max_rect().x_range();
    let stroke = Stroke::new(1.0, theme::colour(ui, Role::CardBorder));
    ui.painter().hline(line, ui.cursor().top() - 2.0, stroke);
    ui.add_space(2.0);
    match shown.session.tab {
        Tab::Findings => findings::findings_ui(ui, shown, actions),
        Tab::Ownership => ownership::ownership_ui(ui, shown, actions),
        Tab::Interfaces => interfaces::interfaces_ui(ui, shown, actions, &flows),
        Tab::Decisions => decisions::decisions_ui(ui, shown, actions),
        Tab::Compare => compare::compare_ui(ui, shown, actions),
    }
}

fn undecided(shown: &Shown<'_>) -> usize {
    let asked = shown.knowledge.recommendations.keys().filter_map(|id| shown.plan.systems.get(id));
    asked.filter(|system| system.disposition == Disposition::Undecided).count()
}

fn tab_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, tab: Tab, words: &str) {
    let is_shown = shown.session.tab == tab;
    let (weight, role) =
        if is_shown { (Weight::SemiBold, Role::Text) } else { (Weight::Medium, Role::TextMuted) };
    let text = theme::text(words, weight, 12.5).color(theme::colour(ui, role));
    let button =
        Button::new(text).frame_when_inactive(false).selected(is_shown).fill(egui::Color32::TRANSPARENT);
    let response = ui.add(button.stroke(Stroke::NONE)).accessible_name(words);
    if is_shown {
        let rect = response.rect;
        let line =
            [pos2(rect.left() + 4.0, rect.bottom() + 2.0), pos2(rect.right() - 4.0, rect.bottom() + 2.0)];
        ui.painter().line_segment(line, Stroke::new(2.0, theme::colour(ui, Role::Accent)));
    }
    if response.clicked() {
        actions.push(Action::ShowTab(tab));
    }
}

fn tally_ui(ui: &mut Ui, shown: &Shown<'_>, findings: &[&crate::rules::Finding]) {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let plural = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    let errors = plural(count(Severity::Error), "error");
    let warnings = plural(count(Severity::Warning), "warning");
    let words = format!("{errors} · {warnings} · {} advice", count(Severity::Advice));
    ui.label(muted(ui, words));
    if shown.is_stale {
        ui.label(muted(ui, "working…"))
            .on_hover_text("The plan has changed; what stands here is being worked out again");
    }
}
