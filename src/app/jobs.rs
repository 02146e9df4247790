//! Work off the frame: file dialogs, opening, saving, exporting. Results come back before a frame.

use std::collections::VecDeque;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant, SystemTime};

use rfd::AsyncFileDialog;

use crate::model::Plan;
use crate::plan_file::{self, OldVersion, SaveError, Saved, StateFolder, StrayFile};
use crate::share;

use super::action::Export;
use super::comparing::{MergedFile, Taken};
use super::document::Look;
use super::file_work::{self, Unsaved};
use super::keeping::{Opened, Outside, Save};
use super::repository::Told;
use super::session::PathPurpose;

/// A dialog that answers faster than this was never shown: `rfd` cannot tell that from *cancelled*.
const TOO_FAST_FOR_A_PERSON: Duration = Duration::from_millis(150);

/// The result of a job.
#[derive(Debug)]
pub enum Done {
    /// A file was chosen.
    Chosen(PathPurpose, PathBuf),
    /// The person thought better of it.
    Cancelled,
    /// The system shows no dialogs.
    NoDialog(PathPurpose),
    /// A file was opened; what it holds.
    Opened(PathBuf, Box<Opened>),
    /// A plan was saved, or could not be; and how its file looks.
    Saved(Box<Save>, Result<(Saved, Option<Look>), SaveError>),
    /// The file of a document looks different; absent where it does not.
    Looked(u64, Option<Box<Outside>>),
    /// Work that was not saved when the program ended.
    Recoverable(io::Result<Unsaved>),
    /// Earlier versions.
    Versions(io::Result<Vec<OldVersion>>),
    /// Two plans were compared; and the plan that was read for it.
    Compared(u64, String, Option<Arc<Plan>>),
    /// A file was read to compare the open plan with it.
    Read(PathBuf, Result<Arc<Plan>, String>),
    /// Something was taken from another plan, or cannot be.
    Taken(Box<Taken>),
    /// A file that was changed elsewhere was merged.
    Merged(Box<MergedFile>),
    /// Git answered.
    Git(Box<Told>),
    /// What interrupted saves left in a folder; and whether somebody asked for it.
    Strays(PathBuf, Vec<StrayFile>, bool),
    /// How many of those were removed, or which one could not be.
    StraysRemoved(Result<usize, (PathBuf, io::Error)>),
    /// An export was written, and what to say about it; or a sentence why it was not.
    Exported(PathBuf, Result<Option<String>, String>),
}

/// The files of an export, and what a person should hear about them.
#[derive(Debug)]
pub struct ExportFiles {
    /// Where, and what.
    pub files: Vec<(PathBuf, Vec<u8>)>,
    /// A sentence.
    pub remark: Option<String>,
}

/// The jobs that are under way.
#[derive(Debug)]
pub struct Jobs {
    sender: Sender<Done>,
    receiver: Receiver<Done>,
    under_way: usize,
    is_saving: bool,
    /// Saved one after the other, in the order in which they were asked for.
    to_save: VecDeque<(Save, Option<StateFolder>)>,
}

impl Default for Jobs {
    fn default() -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver, under_way: 0, is_saving: false, to_save: VecDeque::new() }
    }
}

impl Jobs {
    /// The results since the last frame.
    pub fn results(&mut self, ctx: &egui::Context) -> Vec<Done> {
        let results: Vec<_> = self.receiver.try_iter().collect();
        self.under_way -= results.len();
        if results.iter().any(|done| matches!(done, Done::Saved(..))) {
            self.is_saving = false;
            self.save_next(ctx);
        }
        results
    }

    /// Whether a plan is being saved.
    #[must_use]
    pub const fn is_saving(&self) -> bool {
        self.is_saving
    }

    /// Whether something is under way.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        self.under_way > 0
    }

    fn start(&mut self, ctx: &egui::Context, job: impl FnOnce() -> Done + Send + 'static) {
        let (sender, ctx) = (self.sender.clone(), ctx.clone());
        self.under_way += 1;
        std::thread::spawn(move || {
            // A window that was closed meanwhile does not want the result.
            let _ = sender.send(job());
            ctx.request_repaint();
        });
    }

    /// Opens a plan.
    pub fn open(&mut self, ctx: &egui::Context, path: PathBuf) {
        self.start(ctx, move || {
            let opened = Box::new(file_work::open(&path));
            Done::Opened(path, opened)
        });
    }

    /// Saves a plan, after those that are being saved.
    pub fn save(&mut self, ctx: &egui::Context, save: Save, state: Option<StateFolder>) {
        self.to_save.push_back((save, state));
        self.save_next(ctx);
    }

    fn save_next(&mut self, ctx: &egui::Context) {
        if self.is_saving {
            return;
        }
        let Some((save, state)) = self.to_save.pop_front() else { return };
        self.is_saving = true;
        self.start(ctx, move || {
            let result = plan_file::save_over(&save.plan, &save.path, &save.expected, state.as_ref());
            let result = result.map(|saved| (saved, Look::at(&save.path)));
            Done::Saved(Box::new(save), result)
        });
    }

    /// Looks whether the file of a document was changed since it looked so.
    pub fn look(&mut self, ctx: &egui::Context, document: u64, path: PathBuf, look: Option<Look>) {
        self.start(ctx, move || Done::Looked(document, file_work::outside(path, look).map(Box::new)));
    }

    /// Looks for work that was not saved when the program ended.
    pub fn recover(&mut self, ctx: &egui::Context, state: StateFolder) {
        self.start(ctx, move || Done::Recoverable(file_work::recoverable(&state)));
    }

    /// Lists earlier versions of a file, or of plans that never had one.
    pub fn versions(&mut self, ctx: &egui::Context, state: StateFolder, path: Option<PathBuf>) {
        self.start(ctx, move || Done::Versions(plan_file::versions(&state, path.as_deref())));
    }

    /// Says what is different in the new plan.
    pub fn compare(&mut self, ctx: &egui::Context, number: u64, old: Arc<Plan>, new: Arc<Plan>) {
        self.start(ctx, move || Done::Compared(number, file_work::difference_words(&old, &new), None));
    }

    /// Reads an earlier version and says what taking it would change.
    pub fn look_at(&mut self, ctx: &egui::Context, number: u64, plan: Arc<Plan>, version: OldVersion) {
        self.start(ctx, move || match version.open() {
            Ok(old) => {
                let words = file_work::difference_words(&plan, &old);
                Done::Compared(number, words, Some(Arc::new(old)))
            }
            Err(error) => Done::Compared(number, error.to_string(), None),
        });
    }

    /// Reads a plan that the open one is to be compared with.
    pub fn read(&mut self, ctx: &egui::Context, path: PathBuf) {
        self.start(ctx, move || {
            let plan = plan_file::open(&path).map(Arc::new).map_err(|error| error.to_string());
            Done::Read(path, plan)
        });
    }

    /// Takes something from another plan.
    pub fn take(&mut self, ctx: &egui::Context, take: impl FnOnce() -> Taken + Send + 'static) {
        self.start(ctx, move || Done::Taken(Box::new(take())));
    }

    /// Merges what `theirs` changed since `base` into a revision of the open plan.
    pub fn merge(&mut self, ctx: &egui::Context, plans: [Arc<Plan>; 3], revision: u64) {
        self.start(ctx, move || {
            let [base, ours, theirs] = plans;
            let merged = share::merge(&base, &ours, &theirs);
            Done::Merged(Box::new(MergedFile { revision, merged }))
        });
    }

    /// Asks git something.
    pub fn ask_git(&mut self, ctx: &egui::Context, question: impl FnOnce() -> Done + Send + 'static) {
        self.start(ctx, question);
    }

    /// Looks for what interrupted saves left in a folder.
    pub fn look_for_strays(&mut self, ctx: &egui::Context, folder: PathBuf, is_asked_for: bool) {
        self.start(ctx, move || {
            let found = plan_file::stray_files(&folder, SystemTime::now());
            Done::Strays(folder, found, is_asked_for)
        });
    }

    /// Removes it.
    pub fn remove_strays(&mut self, ctx: &egui::Context, found: Vec<StrayFile>) {
        self.start(ctx, move || Done::StraysRemoved(plan_file::remove_stray_files(&found)));
    }

    /// Writes the files that `make` makes, whole.
    pub fn export(
        &mut self,
        ctx: &egui::Context,
        path: PathBuf,
        make: impl FnOnce(&std::path::Path) -> Result<ExportFiles, String> + Send + 'static,
    ) {
        self.start(ctx, move || {
            let result = make(&path).and_then(|made| {
                let written =
                    made.files.iter().try_for_each(|(path, bytes)| plan_file::write_whole(path, bytes));
                written.map_err(|error| {
                    format!(
                        "The export could not be written ({error}). Choose another folder or name. File: {}",
                        path.display()
                    )
                })?;
                Ok(made.remark)
            });
            Done::Exported(path, result)
        });
    }

    /// Asks for a file with the system's dialog.
    pub fn ask(
        &mut self,
        ctx: &egui::Context,
        purpose: PathPurpose,
        proposed: &str,
        folder: Option<PathBuf>,
    ) {
        let mut dialog = AsyncFileDialog::new();
        if let Some(folder) = folder {
            dialog = dialog.set_directory(folder);
        }
        let dialog = match purpose {
            PathPurpose::Open | PathPurpose::Compare | PathPurpose::Save => {
                dialog.add_filter("Hybridscape plan", &["ron"])
            }
            PathPurpose::Export(Export::Summary) => dialog.add_filter("Document", &["html", "md"]),
            PathPurpose::Export(Export::Diagram) => dialog.add_filter("Picture", &["svg", "pdf", "png"]),
        };
        let asked = Instant::now();
        let open: std::pin::Pin<Box<dyn Future<Output = Option<rfd::FileHandle>> + Send>> = match purpose {
            PathPurpose::Open | PathPurpose::Compare => Box::pin(dialog.pick_file()),
            _ => Box::pin(dialog.set_file_name(proposed).save_file()),
        };
        self.start(ctx, move || match pollster::block_on(open) {
            Some(file) => Done::Chosen(purpose, file.path().to_owned()),
            None if asked.elapsed() < TOO_FAST_FOR_A_PERSON => Done::NoDialog(purpose),
            None => Done::Cancelled,
        });
    }
}
