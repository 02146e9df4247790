//! The dialogs: palette, search, connecting, previews of fixes, questions about files.

mod changed;
mod choose;
mod conflicts;
mod fix;
mod follow_up;
mod history;
mod notice;
mod questions;
mod recovery;
mod rule;
mod stray;
mod truth;
mod versions;
mod waive;
mod weights;

pub use follow_up::follow_up_bar_ui;
pub use stray::strays_bar_ui;

use egui::{Id, Modal, Ui};

use super::action::{Action, Actions};
use super::session::Dialog;
use super::shown::Shown;

/// Draws the open dialog, if any. Escape and a click beside it close it.
pub fn dialog_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions) {
    let Some(dialog) = &shown.session.dialog else { return };
    let modal = Modal::new(Id::unique("dialog")).show(ui.ctx(), |ui| match dialog {
        Dialog::Palette { query } => choose::palette_ui(ui, shown, query, actions),
        Dialog::Find { query } => choose::find_ui(ui, shown, query, actions),
        Dialog::Connect { from, via, query } => {
            choose::connect_ui(ui, shown, from, via.as_ref(), query, actions);
        }
        Dialog::Area { query } => choose::area_ui(ui, shown, query, actions),
        Dialog::Truth { domain, holder, system } => {
            truth::truth_ui(ui, shown, domain, holder, system, actions);
        }
        Dialog::FixPreview { finding, fixes, chosen } => {
            fix::preview_ui(ui, finding, fixes, *chosen, actions);
        }
        Dialog::FollowUp => follow_up::follow_up_ui(ui, shown, actions),
        Dialog::Waive { finding, reason, person, until } => {
            waive::waive_ui(ui, shown, finding, [reason, person, until], actions);
        }
        Dialog::Questions(form) => questions::questions_ui(ui, shown, form, actions),
        Dialog::Weights => weights::weights_ui(ui, shown, actions),
        Dialog::Unsaved => notice::unsaved_ui(ui, shown, actions),
        Dialog::Path { purpose, path } => notice::path_ui(ui, *purpose, path, actions),
        Dialog::Recovery => recovery::recovery_ui(ui, shown, actions),
        Dialog::Changed(outside) => changed::changed_ui(ui, shown, outside, actions),
        Dialog::Occupied(occupied) => changed::occupied_ui(ui, occupied, actions),
        Dialog::Markers(sides) => changed::markers_ui(ui, sides, actions),
        Dialog::Conflicts(list) => conflicts::conflicts_ui(ui, list, actions),
        Dialog::Dropped(path) => notice::dropped_ui(ui, shown, path, actions),
        Dialog::Versions(list) => versions::versions_ui(ui, shown, list, actions),
        Dialog::History(list) => history::history_ui(ui, shown, list, actions),
        Dialog::Strays => stray::strays_ui(ui, shown, actions),
        Dialog::Sibling(sibling) => versions::sibling_ui(ui, shown, sibling, actions),
        Dialog::Problem(sentence) => notice::problem_ui(ui, sentence, actions),
        Dialog::Shortcuts => notice::shortcuts_ui(ui, shown, actions),
        Dialog::Rule(rule) => rule::rule_ui(ui, shown, rule, actions),
    });
    if modal.should_close() {
        actions.push(Action::SetDialog(None));
    }
}
