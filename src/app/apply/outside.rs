//! What others do to the file of the open plan: noticed early, and never overwritten without a question.

use std::sync::Arc;

use crate::edit::Edit;
use crate::model::Plan;
use crate::plan_file::Expected;

use super::super::action::Action;
use super::super::comparing::MergedFile;
use super::super::frame::Window;
use super::super::keeping::Outside;
use super::super::session::Dialog;

/// How often the file is looked at while the window is awake, in seconds.
const LOOKS_EVERY: f64 = 2.0;

impl Window {
    /// Looks from time to time whether somebody else changed the file.
    pub(in crate::app) fn look_at_file(&mut self, ctx: &egui::Context) {
        let now = ctx.input(|input| input.time);
        let is_due = !self.keeper.looks_when_asked && now - self.keeper.looked_at >= LOOKS_EVERY;
        if !(is_due || self.keeper.is_to_look) || self.session.dialog.is_some() || self.jobs.is_saving() {
            return;
        }
        if let Some(path) = self.document.path.clone() {
            self.keeper.looked_at = now;
            self.keeper.is_to_look = false;
            self.jobs.look(ctx, self.documents_shown, path, self.document.look);
        }
    }

    /// Takes what was seen of a file. What comes at a bad moment is seen again.
    pub(super) fn noticed(&mut self, document: u64, outside: Option<Box<Outside>>) {
        let Some(outside) = outside else { return };
        let is_of_this =
            document == self.documents_shown && self.document.path.as_ref() == Some(&outside.path);
        if !is_of_this || self.session.dialog.is_some() || self.jobs.is_saving() {
            return;
        }
        self.document.look = outside.look;
        self.repository.is_to_ask = true;
        let path = outside.path.display();
        match &outside.plan {
            _ if Some(outside.version) == self.document.version => {}
            _ if outside.look.is_none() => {
                self.say(format!("The file is not there any more; saving writes it anew. File: {path}"));
            }
            Err(reason) => self.say(format!(
                "Another program or person changed the file, and it cannot be read now: {reason} File: {path}"
            )),
            Ok(plan) if !self.document.history.is_unsaved() => {
                let plan = Arc::clone(plan);
                self.take_from_file(&outside, &plan);
                self.say(
                    "Another program or person changed the file; it was read again · Ctrl Z takes it back",
                );
            }
            Ok(_) => self.open_dialog(Dialog::Changed(outside)),
        }
    }

    /// The file as it is now becomes the plan, as a step.
    fn take_from_file(&mut self, outside: &Outside, plan: &Plan) {
        let before = Arc::clone(self.document.plan());
        self.commit("Read the changed file".to_owned(), None, vec![Edit::Plan(Box::new(plan.clone()))]);
        self.reveal_difference(&before);
        self.document.expected = Expected::version(outside.version);
        let plan = Arc::clone(self.document.plan());
        self.document.is_in_file(&plan, outside.path.clone(), outside.version, outside.look);
    }

    /// What the open dialog says of the file, which closes.
    fn take_changed(&mut self) -> Option<Box<Outside>> {
        match self.session.dialog.take() {
            Some(Dialog::Changed(outside)) => Some(outside),
            other => {
                self.session.dialog = other;
                None
            }
        }
    }

    pub(super) fn reload(&mut self) {
        let Some(outside) = self.take_changed() else { return };
        (self.waiting, self.goes_on_after_saving) = (None, false);
        if let Ok(plan) = &outside.plan {
            self.take_from_file(&outside, plan);
            self.say("The file was read again · Ctrl Z brings your work back");
        }
    }

    pub(super) fn keep_mine(&mut self, ctx: &egui::Context) {
        let Some(outside) = self.take_changed() else { return };
        self.document.expected.accept(outside.version);
        self.document.look = outside.look;
        if outside.stopped_a_save {
            self.apply_to_files(ctx, Action::Save);
        } else {
            self.say("Saving replaces the other version, which stays among the earlier versions");
        }
    }

    /// Merges the file with the plan by meaning, off the frame; the question stays open meanwhile.
    pub(super) fn merge_changed(&mut self, ctx: &egui::Context) {
        let Some(Dialog::Changed(outside)) = &mut self.session.dialog else { return };
        let Ok(theirs) = outside.plan.clone() else { return };
        outside.is_merging = true;
        let base = self.document.base.clone().unwrap_or_default();
        let plans = [base, Arc::clone(self.document.plan()), theirs];
        self.jobs.merge(ctx, plans, self.document.history.revision());
    }

    /// Takes what came of it as a step. What both changed differently becomes a conflict. Whoever closed the
    /// question meanwhile does not want it any more.
    pub(super) fn merged_changed(&mut self, merged: MergedFile) {
        let is_wanted = matches!(&self.session.dialog, Some(Dialog::Changed(outside)) if outside.is_merging);
        if !is_wanted || merged.revision != self.document.history.revision() {
            return;
        }
        let Some(outside) = self.take_changed() else { return };
        (self.waiting, self.goes_on_after_saving) = (None, false);
        let Ok(theirs) = &outside.plan else { return };
        let merged = match merged.merged {
            Ok(merged) => merged,
            Err(error) => {
                let sentence = format!("The plans cannot be merged ({error}). Use Save as to keep both.");
                return self.open_dialog(Dialog::Problem(sentence));
            }
        };
        let (before, has_base) = (Arc::clone(self.document.plan()), self.document.base.is_some());
        self.commit("Merge with the changed file".to_owned(), None, vec![Edit::Plan(Box::new(merged.plan))]);
        self.reveal_difference(&before);
        self.document.has_merged(theirs, outside.version, outside.look);
        self.say(match (has_base, merged.conflicts.len()) {
            (false, _) => {
                "Merged; what both started from is not known, so that what one of you deleted is back"
                    .to_owned()
            }
            (_, 0) => "Merged without a conflict; save to keep it · Ctrl Z takes it back".to_owned(),
            (_, 1) => "Merged with 1 conflict".to_owned(),
            (_, count) => format!("Merged with {count} conflicts"),
        });
        self.show_conflicts();
    }

    /// Says what is different in the file.
    pub(super) fn compare_changed(&mut self, ctx: &egui::Context) {
        if let Some(Dialog::Changed(outside)) = &self.session.dialog
            && let Ok(theirs) = &outside.plan
        {
            let theirs = Arc::clone(theirs);
            let number = self.next_comparison();
            self.jobs.compare(ctx, number, Arc::clone(self.document.plan()), theirs);
        }
    }
}
