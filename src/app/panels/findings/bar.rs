//! The row above the findings: what is shown and how it is sorted.

use egui::{Button, Id, TextEdit, Ui};

use crate::rules::{GroupBy, Severity};

use super::super::super::action::{Action, Actions};
use super::super::super::session::FindingsView;
use super::super::super::theme;
use super::super::super::widgets::{choice_ui, muted, severity_icon, severity_role, severity_word};
use super::chip_text;

/// Filter, severities, accepted ones, grouping.
pub(super) fn bar_ui(ui: &mut Ui, view: &FindingsView, open: usize, accepted: usize, actions: &mut Actions) {
    let mut changed = view.clone();
    ui.horizontal(|ui| {
        let field =
            TextEdit::singleline(&mut changed.query).hint_text("Filter by any word").desired_width(170.0);
        ui.add(field.id(Id::unique("findings/filter"))).accessible_name("Filter findings");
        for severity in Severity::ALL.iter().rev() {
            severity_ui(ui, &mut changed, *severity);
        }
        let words = chip_text(format!("Accepted {accepted}"));
        let accepted = Button::new(words).selected(changed.shows_accepted).frame_when_inactive(true);
        if ui.add(accepted).on_hover_text("Findings that somebody accepted, with the reason").clicked() {
            changed.shows_accepted = !changed.shows_accepted;
        }
        ui.label(muted(ui, "by"));
        ui.scope(|ui| {
            ui.set_max_width(96.0);
            let options = || GroupBy::ALL.iter().map(|by| (*by, words_of(*by).to_owned())).collect();
            let current = words_of(changed.group_by);
            let (chosen, response) =
                choice_ui(ui, Id::unique("findings/group"), &changed.group_by, current, options);
            response.accessible_name("Group findings by");
            if let Some(by) = chosen {
                changed.group_by = by;
                changed.opened.clear();
            }
        });
        let hidden = !changed.query.is_empty() || !changed.hidden.is_empty();
        if hidden && !view.shows_accepted {
            ui.label(muted(ui, format!("of {open}")));
        }
    });
    if changed != *view {
        actions.push(Action::SetFindingsView(changed));
    }
}

fn severity_ui(ui: &mut Ui, view: &mut FindingsView, severity: Severity) {
    let is_shown = !view.hidden.contains(&severity);
    let icon = theme::icon(severity_icon(severity), 12.0);
    let colour =
        if is_shown { theme::colour(ui, severity_role(severity)) } else { ui.visuals().weak_text_color() };
    let button = Button::new(icon.color(colour)).selected(is_shown);
    let word = severity_word(severity);
    let response = ui.add(button).on_hover_text(format!("Show or hide: {word}"));
    if response.accessible_name(format!("Show {word}")).clicked() && !view.hidden.remove(&severity) {
        view.hidden.insert(severity);
    }
}

const fn words_of(by: GroupBy) -> &'static str {
    match by {
        GroupBy::Cause => "Cause",
        GroupBy::System => "System",
        GroupBy::Domain => "Domain",
        GroupBy::Family => "Family",
        GroupBy::Pillar => "Pillar",
    }
}
