//! Saving: to the plan's file, under another name, beside it. "Saved" is said when the bytes were read back.

use std::path::PathBuf;
use std::sync::Arc;

use crate::git::State;
use crate::plan_file::{Expected, Found, SaveError, Saved, path_of_named_version};

use super::super::document::Look;
use super::super::file_work::{plan_words, without_path};
use super::super::frame::Window;
use super::super::keeping::{Occupied, Outside, Save, Sibling, file_name};
use super::super::session::Dialog;

impl Window {
    /// Saves the plan to a file, which the document has afterwards. `may_replace`: the person has said that
    /// a plan that is there already goes.
    pub(super) fn save_as(&mut self, ctx: &egui::Context, path: PathBuf, may_replace: bool) {
        let is_own = self.document.path.as_ref() == Some(&path);
        let expected = match (is_own, may_replace) {
            (true, _) => self.document.expected.clone(),
            (false, true) => Expected::any_plan(),
            (false, false) => Expected::no_file(),
        };
        let save = self.save_of(path, expected, true);
        self.start_save(ctx, save);
    }

    /// Saves the plan beside its file, as a version with a name of its own or as a variant to go on with.
    pub(super) fn save_sibling(&mut self, ctx: &egui::Context, sibling: &Sibling) {
        self.session.dialog = None;
        let Some(path) = &self.document.path else { return };
        let path = path_of_named_version(path, &sibling.name);
        let save = self.save_of(path, Expected::no_file(), sibling.is_variant);
        self.start_save(ctx, save);
    }

    /// Saves although another plan is there: a person saw what it holds.
    pub(super) fn replace(&mut self, ctx: &egui::Context, occupied: Occupied) {
        self.session.dialog = None;
        occupied.save.expected.accept(occupied.version);
        self.start_save(ctx, occupied.save);
    }

    fn save_of(&self, path: PathBuf, expected: Expected, moves_document: bool) -> Save {
        let plan = Arc::clone(self.document.plan());
        Save { document: self.documents_shown, plan, path, expected, moves_document }
    }

    pub(super) fn start_save(&mut self, ctx: &egui::Context, save: Save) {
        self.say("Saving…");
        self.jobs.save(ctx, save, self.keeper.state.clone());
    }

    /// Takes the result of a save.
    pub(super) fn saved(
        &mut self,
        ctx: &egui::Context,
        save: Save,
        result: Result<(Saved, Option<Look>), SaveError>,
    ) {
        let goes_on = std::mem::take(&mut self.goes_on_after_saving);
        match result {
            Ok((saved, look)) => {
                self.typed_path = None;
                self.preferences.remember(&save.path);
                self.say(saved_words(&save, &saved) + self.what_git_waits_for(&save));
                self.repository.is_to_ask = true;
                // Another plan may have been opened meanwhile: the file is written, and is not that plan's.
                if save.document == self.documents_shown && save.moves_document {
                    self.document.expected = save.expected;
                    self.document.is_in_file(&save.plan, save.path, saved.version, look);
                    if let Some(action) = self.waiting.take_if(|_| goes_on) {
                        self.apply_to_files(ctx, action);
                    }
                }
            }
            Err(error) => {
                // What waits for the save still does while a question about it is answered.
                self.goes_on_after_saving = goes_on;
                self.not_saved(save, error);
            }
        }
    }

    /// What is left to do where a merge waits and everything in the plan is decided.
    fn what_git_waits_for(&self, save: &Save) -> &'static str {
        let state = self.repository.standing().map(|standing| standing.state);
        let is_decided = save.moves_document && save.plan.conflicts.is_empty();
        if state == Some(State::InConflict) && is_decided { " · now git waits for \"git add\"" } else { "" }
    }

    fn not_saved(&mut self, save: Save, error: SaveError) {
        self.session.message.clear();
        let is_shown = save.document == self.documents_shown;
        let dialog = match error {
            SaveError::AlreadyThere { found, .. } => {
                let Found { version, plan, .. } = *found;
                let holds = plan.map(|plan| plan_words(&plan));
                let holds = holds.map_err(|error| without_path(error).to_string());
                Dialog::Occupied(Box::new(Occupied { save, version, holds }))
            }
            SaveError::ChangedOnDisk { found, path } if is_shown => {
                let Found { version, plan, .. } = *found;
                let plan = plan.map(Arc::new).map_err(|error| without_path(error).to_string());
                let look = Look::at(&path);
                Dialog::Changed(Box::new(Outside {
                    path,
                    look,
                    version,
                    plan,
                    stopped_a_save: true,
                    is_merging: false,
                }))
            }
            error => {
                self.goes_on_after_saving = false;
                Dialog::Problem(error.to_string())
            }
        };
        self.open_dialog(dialog);
    }
}

fn saved_words(save: &Save, saved: &Saved) -> String {
    let path = save.path.display();
    let said = if save.moves_document {
        format!("Saved {path}")
    } else {
        format!("Saved as the version {}", file_name(&save.path))
    };
    let remarks = saved.remarks.iter().map(ToString::to_string);
    std::iter::once(said).chain(remarks).collect::<Vec<_>>().join(" · ")
}
