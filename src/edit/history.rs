//! Named steps with undo and redo, as snapshots that share what did not change.

use std::sync::Arc;

use crate::model::Plan;

use super::{Edit, EditError, apply};

/// Snapshots are dropped, the oldest first, when all together may take more than this many bytes.
const BYTES_KEPT: usize = 256 << 20;
/// What a snapshot takes for each element: an id and a pointer in a tree.
const BYTES_PER_ELEMENT: usize = 64;

/// One step: what Undo takes back.
#[derive(Clone, Debug)]
pub struct Step {
    /// The step's name: "Rename ERP". Menus say "Undo Rename ERP".
    pub label: String,
    merge_key: Option<String>,
    before: Arc<Plan>,
}

/// A plan with its past and its future.
#[derive(Clone, Debug)]
pub struct History {
    present: Arc<Plan>,
    saved: Option<Arc<Plan>>,
    past: Vec<Step>,
    future: Vec<Step>,
    revision: u64,
}

impl History {
    /// A plan that was just read from a file, or is about to be: nothing is unsaved.
    #[must_use]
    pub fn opened(plan: Plan) -> Self {
        let present = Arc::new(plan);
        Self { saved: Some(Arc::clone(&present)), present, past: Vec::new(), future: Vec::new(), revision: 0 }
    }

    /// A plan that no file holds yet, as it was recovered or merged.
    #[must_use]
    pub fn unsaved(plan: Arc<Plan>) -> Self {
        Self { present: plan, saved: None, past: Vec::new(), future: Vec::new(), revision: 0 }
    }

    /// The plan as it is now.
    #[must_use]
    pub const fn plan(&self) -> &Arc<Plan> {
        &self.present
    }

    /// A number that changes with every change of the plan.
    #[must_use]
    pub const fn revision(&self) -> u64 {
        self.revision
    }

    /// Takes a step, all of it or nothing. Returns whether anything changed.
    ///
    /// A step whose merge key equals that of the step before becomes part of it: letters typed into
    /// one field, nudges of one selection. A key ends with [`Self::end_merging`] or with any other step.
    pub fn commit(
        &mut self,
        label: impl Into<String>,
        merge_key: Option<String>,
        edits: impl IntoIterator<Item = Edit>,
    ) -> Result<bool, EditError> {
        let plan = apply(&self.present, edits)?;
        if plan == *self.present {
            return Ok(false);
        }
        let merges = merge_key.is_some()
            && self.future.is_empty()
            && self.past.last().is_some_and(|last| last.merge_key == merge_key);
        let before = std::mem::replace(&mut self.present, Arc::new(plan));
        if !merges {
            self.past.push(Step { label: label.into(), merge_key, before });
        }
        self.future.clear();
        self.revision += 1;
        self.forget_the_oldest();
        Ok(true)
    }

    /// The next step starts afresh, whatever its merge key: focus moved on.
    pub fn end_merging(&mut self) {
        if let Some(last) = self.past.last_mut() {
            last.merge_key = None;
        }
    }

    /// Takes the last step back; returns its name.
    pub fn undo(&mut self) -> Option<String> {
        let step = self.past.pop()?;
        let label = step.label.clone();
        let before = std::mem::replace(&mut self.present, step.before);
        self.future.push(Step { label: step.label, merge_key: None, before });
        self.revision += 1;
        Some(label)
    }

    /// Takes the last step again; returns its name.
    pub fn redo(&mut self) -> Option<String> {
        let step = self.future.pop()?;
        let label = step.label.clone();
        let before = std::mem::replace(&mut self.present, step.before);
        self.past.push(Step { label: step.label, merge_key: None, before });
        self.revision += 1;
        Some(label)
    }

    /// The name of the step that Undo would take back.
    #[must_use]
    pub fn undo_label(&self) -> Option<&str> {
        self.past.last().map(|step| step.label.as_str())
    }

    /// The name of the step that Redo would take again.
    #[must_use]
    pub fn redo_label(&self) -> Option<&str> {
        self.future.last().map(|step| step.label.as_str())
    }

    /// Whether the plan is not the one that was saved.
    #[must_use]
    pub fn is_unsaved(&self) -> bool {
        self.saved.as_ref().is_none_or(|saved| !Arc::ptr_eq(saved, &self.present))
    }

    /// Notes that this plan, perhaps no longer the present one, is on disk.
    pub fn mark_saved(&mut self, plan: &Arc<Plan>) {
        self.saved = Some(Arc::clone(plan));
        self.end_merging();
    }

    fn forget_the_oldest(&mut self) {
        let plan = &self.present;
        let elements =
            plan.systems.len() + plan.flows.len() + plan.domains.len() + plan.drawing.positions.len();
        let keep = BYTES_KEPT / (elements * BYTES_PER_ELEMENT).max(1);
        if self.past.len() > keep.max(1) {
            self.past.drain(..self.past.len() - keep.max(1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(history: &History) -> &str {
        &history.plan().name
    }

    #[test]
    fn undo_and_redo_walk_the_named_steps() {
        let mut history = History::opened(Plan::named("a"));
        assert_eq!(history.commit("Rename plan", None, [Edit::Name("b".into())]), Ok(true));
        assert_eq!(history.commit("Rename plan", None, [Edit::Name("b".into())]), Ok(false));
        assert_eq!((named(&history), history.undo_label()), ("b", Some("Rename plan")));
        assert_eq!(history.undo(), Some("Rename plan".into()));
        assert_eq!((named(&history), history.redo_label()), ("a", Some("Rename plan")));
        history.redo();
        assert_eq!(named(&history), "b");
        assert_eq!(history.redo(), None);
    }

    #[test]
    fn what_was_recovered_is_unsaved_whatever_is_undone() {
        let mut history = History::unsaved(Arc::new(Plan::named("a")));
        history.commit("Rename plan", None, [Edit::Name("b".into())]).unwrap();
        history.undo();
        assert!(history.is_unsaved());
        let saved = Arc::clone(history.plan());
        history.mark_saved(&saved);
        assert!(!history.is_unsaved());
    }

    #[test]
    fn letters_typed_into_one_field_are_one_step() {
        let mut history = History::opened(Plan::named(""));
        let type_name = |history: &mut History, name: &str| {
            history.commit("Rename plan", Some("plan.name".into()), [Edit::Name(name.into())]).unwrap();
        };
        type_name(&mut history, "E");
        type_name(&mut history, "ER");
        history.end_merging();
        type_name(&mut history, "ERP");
        history.undo();
        assert_eq!(named(&history), "ER");
        history.undo();
        assert_eq!(named(&history), "");
    }

    #[test]
    fn unsaved_is_not_being_the_saved_plan() {
        let mut history = History::opened(Plan::named("a"));
        assert!(!history.is_unsaved());
        history.commit("Rename plan", None, [Edit::Name("b".into())]).unwrap();
        assert!(history.is_unsaved());
        history.undo();
        assert!(!history.is_unsaved(), "taking everything back is the saved plan again");
        history.redo();
        let saved = Arc::clone(history.plan());
        history.mark_saved(&saved);
        assert!(!history.is_unsaved());
    }
}
