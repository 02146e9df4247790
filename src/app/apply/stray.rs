//! Files that interrupted saves left beside the plan: offered for removal once, and removed only when asked.

use std::path::{Path, PathBuf};

use crate::plan_file::StrayFile;

use super::super::frame::Window;
use super::super::session::Dialog;

impl Window {
    /// Looks for them beside the plan.
    pub(super) fn look_for_strays(&mut self, ctx: &egui::Context, is_asked_for: bool) {
        let folder = self.document.path.as_deref().and_then(real_folder);
        if let Some(folder) = folder {
            self.jobs.look_for_strays(ctx, folder, is_asked_for);
        }
    }

    /// Shows what was found, where somebody asked for it; else says so quietly, once for each folder.
    pub(super) fn found_strays(&mut self, folder: PathBuf, found: Vec<StrayFile>, is_asked_for: bool) {
        let is_new = !found.is_empty() && self.keeper.folders_looked_at.insert(folder);
        self.keeper.offers_strays = is_new && !is_asked_for;
        self.keeper.strays = found;
        match (is_asked_for, self.keeper.strays.is_empty()) {
            (true, true) => self.say("No save left a file behind beside this plan"),
            (true, false) => self.open_dialog(Dialog::Strays),
            (false, _) => {}
        }
    }

    /// Removes those that were shown.
    pub(super) fn remove_strays(&mut self, ctx: &egui::Context) {
        self.session.dialog = None;
        self.keeper.offers_strays = false;
        self.jobs.remove_strays(ctx, std::mem::take(&mut self.keeper.strays));
    }

    /// Says what became of them.
    pub(super) fn removed_strays(&mut self, removed: Result<usize, (PathBuf, std::io::Error)>) {
        match removed {
            Ok(1) => self.say("1 left-over file was removed"),
            Ok(count) => self.say(format!("{count} left-over files were removed")),
            Err((path, error)) => self.open_dialog(Dialog::Problem(format!(
                "A left-over file could not be removed ({error}); it does no harm. File: {}",
                path.display()
            ))),
        }
    }
}

/// The folder in which a plan is saved, which is not that of a link to it.
fn real_folder(path: &Path) -> Option<PathBuf> {
    std::fs::canonicalize(path).ok()?.parent().map(Path::to_owned)
}
