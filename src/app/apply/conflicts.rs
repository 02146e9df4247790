//! Conflicts that a merge left: shown by name, decided one by one, each as a step.

use crate::edit::Edit;
use crate::share::{self, Choice};

use super::super::frame::Window;
use super::super::keeping::ConflictList;
use super::super::session::Dialog;

impl Window {
    /// Shows the conflicts of the plan, if it has any.
    pub(super) fn show_conflicts(&mut self) {
        if self.document.plan().conflicts.is_empty() {
            return;
        }
        let dialog = match share::conflicts_in_words(self.document.plan()) {
            Ok(conflicts) => Dialog::Conflicts(ConflictList { conflicts, ..ConflictList::default() }),
            Err(error) => Dialog::Problem(format!("The conflicts cannot be shown: {error}")),
        };
        self.open_dialog(dialog);
    }

    /// Decides a conflict; a choice that does not fit is refused with a reason and changes nothing.
    pub(super) fn decide(&mut self, place: String, choice: &Choice) {
        let Some(Dialog::Conflicts(list)) = &mut self.session.dialog else { return };
        let plan = match share::resolve(self.document.history.plan(), &place, choice) {
            Ok(plan) => plan,
            Err(error) => {
                list.refused = Some((place, error.to_string()));
                return;
            }
        };
        let decided = list.conflicts.iter().find(|conflict| conflict.place == place);
        let what = decided.map_or(place, |conflict| conflict.what.clone());
        self.session.dialog = None;
        self.commit(format!("Decide {what}"), None, vec![Edit::Plan(Box::new(plan))]);
        if self.document.plan().conflicts.is_empty() {
            self.say("All conflicts are decided; save to keep it · Ctrl Z takes the last decision back");
        }
        self.show_conflicts();
    }
}
