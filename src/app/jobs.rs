//! Work off the frame: file dialogs, opening, saving, exporting. Results come back before a frame.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use rfd::AsyncFileDialog;

use crate::model::Plan;
use crate::plan_file;

use super::action::Export;
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
    /// A plan was opened, or could not be.
    Opened {
        /// Its file.
        path: PathBuf,
        /// The plan, or why it cannot be read.
        plan: Box<Result<Plan, plan_file::PlanFileError>>,
        /// Where the file has a comment, which saving cannot keep.
        comment: Option<plan_file::TextPosition>,
    },
    /// A plan was saved, or could not be.
    Saved {
        /// Which of the documents that the window has shown it was.
        document: u64,
        /// Its file.
        path: PathBuf,
        /// The plan as it was saved.
        plan: Arc<Plan>,
        /// Whether it was.
        result: Result<(), plan_file::SaveError>,
    },
    /// An export was written, or could not be.
    Exported(PathBuf, std::io::Result<()>),
}

/// The jobs that are under way.
#[derive(Debug)]
pub struct Jobs {
    sender: Sender<Done>,
    receiver: Receiver<Done>,
    under_way: usize,
}

impl Default for Jobs {
    fn default() -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver, under_way: 0 }
    }
}

impl Jobs {
    /// The results since the last frame.
    pub fn results(&mut self) -> Vec<Done> {
        let results: Vec<_> = self.receiver.try_iter().collect();
        self.under_way -= results.len();
        results
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
            let plan = Box::new(plan_file::open(&path));
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            Done::Opened { path, plan, comment: plan_file::first_comment(&text) }
        });
    }

    /// Saves a plan.
    pub fn save(&mut self, ctx: &egui::Context, document: u64, plan: Arc<Plan>, path: PathBuf) {
        self.start(ctx, move || {
            let result = plan_file::save(&plan, &path);
            Done::Saved { document, path, plan, result }
        });
    }

    /// Writes files that `make` makes, whole.
    pub fn export(
        &mut self,
        ctx: &egui::Context,
        path: PathBuf,
        make: impl FnOnce(&std::path::Path) -> Vec<(PathBuf, String)> + Send + 'static,
    ) {
        self.start(ctx, move || {
            let files = make(&path);
            let result =
                files.iter().try_for_each(|(path, text)| plan_file::write_whole(path, text.as_bytes()));
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
            PathPurpose::Open | PathPurpose::Save => dialog.add_filter("Hybridscape plan", &["ron"]),
            PathPurpose::Export(Export::Summary) => dialog.add_filter("Document", &["html", "md"]),
            PathPurpose::Export(Export::Diagram) => dialog.add_filter("Picture", &["svg"]),
        };
        let asked = Instant::now();
        let open: std::pin::Pin<Box<dyn Future<Output = Option<rfd::FileHandle>> + Send>> = match purpose {
            PathPurpose::Open => Box::pin(dialog.pick_file()),
            _ => Box::pin(dialog.set_file_name(proposed).save_file()),
        };
        self.start(ctx, move || match pollster::block_on(open) {
            Some(file) => Done::Chosen(purpose, file.path().to_owned()),
            None if asked.elapsed() < TOO_FAST_FOR_A_PERSON => Done::NoDialog(purpose),
            None => Done::Cancelled,
        });
    }
}
