//! The journal, the work that it brings back after a crash, and earlier versions.

use std::io;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::model::Plan;
use crate::plan_file::OldVersion;

use super::super::document::Document;
use super::super::file_work::Unsaved;
use super::super::frame::Window;
use super::super::keeping::{Comparison, Keeping, VersionList};
use super::super::session::Dialog;

/// How long the journal gets until the window asks whether it could be written.
const TIME_TO_WRITE: Duration = Duration::from_millis(300);

impl Window {
    pub(super) fn keep(&mut self, ctx: &egui::Context, keeping: Keeping) {
        match keeping {
            Keeping::AskRecovery => self.keeper.is_to_offer = true,
            Keeping::Recover(place) => self.recover(place),
            Keeping::Drop(place) => self.drop_recovery(place),
            Keeping::AskVersions => {
                if let Some(state) = self.keeper.state.clone() {
                    self.jobs.versions(ctx, state, self.document.path.clone());
                }
            }
            Keeping::LookAt(version) => self.look_at(ctx, version),
            Keeping::SaveSibling(sibling) => self.save_sibling(ctx, &sibling),
            Keeping::Replace(occupied) => self.replace(ctx, *occupied),
            Keeping::CompareChanged => self.compare_changed(ctx),
            Keeping::MergeChanged => self.merge_changed(ctx),
            Keeping::KeepMine => self.keep_mine(ctx),
            Keeping::Reload => self.reload(),
            Keeping::OpenMerged(sides) => self.open_merged(*sides),
            Keeping::AskConflicts => self.show_conflicts(),
            Keeping::Decide(place, choice) => self.decide(place, &choice),
            Keeping::AskStrays => self.look_for_strays(ctx, true),
            Keeping::RemoveStrays => self.remove_strays(ctx),
            Keeping::LeaveStrays => self.keeper.offers_strays = false,
        }
    }

    /// Opens a dialog that compares nothing yet.
    pub(super) fn open_dialog(&mut self, dialog: Dialog) {
        self.session.comparison = None;
        self.session.dialog = Some(dialog);
    }

    /// Begins the journal of the open plan; without one work goes on, and a person knows.
    pub(in crate::app) fn begin_journal(&mut self) {
        let Some(state) = &self.keeper.state else { return };
        if let Err(error) = self.document.begin_journal(state) {
            self.say(format!(
                "Steps are not protected against a crash, because the journal cannot be written ({error}); save often"
            ));
        }
    }

    /// Writes the last step down, and says what went wrong with those before.
    pub(in crate::app) fn keep_journal(&mut self, ctx: &egui::Context) {
        if self.document.record_step() {
            ctx.request_repaint_after(TIME_TO_WRITE);
        }
        if let Some(problem) = self.document.journal_problem() {
            self.say(problem);
        }
    }

    pub(super) fn take_recoverable(&mut self, found: io::Result<Unsaved>) {
        match found {
            Ok(found) => {
                self.keeper.is_to_offer = !found.works.is_empty();
                self.keeper.recoveries = found.works;
                if let Some(path) = found.unreadable.first() {
                    self.say(format!(
                        "Work that another version of this program did not save cannot be read; it stays where it \
                         is. File: {}",
                        path.display()
                    ));
                }
            }
            Err(error) => self.say(format!("Work that was not saved cannot be looked for ({error})")),
        }
    }

    /// Shows the work that was not saved, as soon as nothing else is asked.
    pub(in crate::app) fn offer_recovery(&mut self) {
        if self.keeper.is_to_offer && self.session.dialog.is_none() && !self.jobs.is_busy() {
            self.keeper.is_to_offer = false;
            self.open_dialog(Dialog::Recovery);
        }
    }

    fn recover(&mut self, place: usize) {
        self.session.dialog = None;
        if place >= self.keeper.recoveries.len() {
            return;
        }
        let (recovery, work) = self.keeper.recoveries.remove(place);
        self.show_document(Document::recovered(recovery));
        let others = match self.keeper.recoveries.len() {
            0 => String::new(),
            count => format!(" · {count} more under File, Recover unsaved work"),
        };
        self.say(format!("Recovered up to \"{}\"; save to keep it{others}", work.label));
    }

    fn drop_recovery(&mut self, place: usize) {
        if place >= self.keeper.recoveries.len() {
            return;
        }
        let (recovery, work) = self.keeper.recoveries.remove(place);
        match recovery.discard() {
            Ok(()) => self.say(format!("{} was put among the earlier versions", work.name)),
            Err(error) => self.say(format!(
                "The work is found again at the next start; it could not be put among the earlier versions ({error})"
            )),
        }
        if self.keeper.recoveries.is_empty() {
            self.session.dialog = None;
        }
    }

    pub(super) fn show_versions(&mut self, versions: io::Result<Vec<OldVersion>>) {
        self.open_dialog(match versions {
            Ok(versions) => Dialog::Versions(VersionList { versions, now: SystemTime::now(), chosen: None }),
            Err(error) => Dialog::Problem(format!("Earlier versions cannot be listed ({error}).")),
        });
    }

    fn look_at(&mut self, ctx: &egui::Context, version: OldVersion) {
        let number = self.next_comparison();
        if let Some(Dialog::Versions(list)) = &mut self.session.dialog {
            list.chosen = Some(version.number);
            self.jobs.look_at(ctx, number, Arc::clone(self.document.plan()), version);
        }
    }

    /// Makes room for the result of a comparison.
    pub(super) fn next_comparison(&mut self) -> u64 {
        self.keeper.comparisons += 1;
        let number = self.keeper.comparisons;
        self.session.comparison = Some(Comparison { number, words: None, plan: None });
        number
    }

    /// Takes the result of a comparison, unless another one was asked for meanwhile.
    pub(super) fn compared(&mut self, number: u64, words: String, plan: Option<Arc<Plan>>) {
        let comparison = self.session.comparison.as_mut().filter(|comparison| comparison.number == number);
        if let Some(comparison) = comparison {
            (comparison.words, comparison.plan) = (Some(words), plan);
        }
    }
}
