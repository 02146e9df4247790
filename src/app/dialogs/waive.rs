//! Accepting a finding: why, by whom and until when.

use egui::{Id, RichText, Ui};

use crate::model::Date;
use crate::rules::{Finding, waive};
use crate::scene::Role;
use crate::scene::text::Weight;

use super::super::action::{Action, Actions, commit};
use super::super::session::Dialog;
use super::super::shown::Shown;
use super::super::theme;
use super::super::widgets::{muted, row_ui, text_ui};

/// Asks for reason, person and last day; a waiver without a reason or a person is none.
pub(super) fn waive_ui(
    ui: &mut Ui,
    shown: &Shown<'_>,
    finding: &Finding,
    texts: [&String; 3],
    actions: &mut Actions,
) {
    ui.set_width(520.0);
    ui.label(theme::text("Accept this finding", Weight::SemiBold, 15.0));
    ui.label(&finding.message);
    ui.label(muted(ui, "It stays in every list and export, and comes back when its facts change."));
    ui.add_space(6.0);
    let mut typed = texts.map(Clone::clone);
    for (place, (words, hint)) in
        [("Reason", "why it is right as it is"), ("Person", "who accepts it"), ("Until", "a day, or empty")]
            .into_iter()
            .enumerate()
    {
        row_ui(ui, words, |ui, label| {
            let field = text_ui(ui, Id::unique(("waive", words)), &typed[place], hint);
            if place == 0 && ui.memory(|memory| memory.focused().is_none()) {
                field.response.request_focus();
            }
            field.response.labelled_by(label);
            if let Some(text) = field.value {
                typed[place] = text;
            }
        });
    }
    if typed != texts.map(Clone::clone) {
        let [reason, person, until] = typed.clone();
        let finding = Box::new(finding.clone());
        actions.push(Action::SetDialog(Some(Dialog::Waive { finding, reason, person, until })));
    }
    let [reason, person, until] = &typed;
    let day = until.trim();
    let until = (!day.is_empty()).then(|| day.parse::<Date>());
    let fault = match &until {
        Some(Err(error)) => Some(error.to_string()),
        _ if reason.trim().is_empty() || person.trim().is_empty() => {
            Some("A reason and a person are needed.".to_owned())
        }
        _ => None,
    };
    if let Some(fault) = &fault {
        ui.label(RichText::new(fault).small().color(theme::colour(ui, Role::TextMuted)));
    }
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let accept = ui.add_enabled(fault.is_none(), egui::Button::new(RichText::new("Accept").strong()));
        if accept.clicked() {
            let until = until.and_then(Result::ok);
            let edits = waive(shown.plan, finding, reason.trim(), person.trim(), until);
            commit(actions, format!("Accept: {}", finding.rule.title), edits);
            actions.push(Action::SetDialog(None));
        }
        if ui.button("Cancel").clicked() {
            actions.push(Action::SetDialog(None));
        }
    });
}
