//! The open plan: its history, its file as far as it is known here, and its journal.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use crate::edit::History;
use crate::model::Plan;
use crate::plan_file::{Expected, Journal, Loaded, Recovery, StateFolder, Version};

/// What tells at a glance that a file was written meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    modified: SystemTime,
    length: u64,
}

impl Look {
    /// How a file looks now; `None` where it is not there, or the system does not say.
    #[must_use]
    pub fn at(path: &Path) -> Option<Self> {
        let about = std::fs::metadata(path).ok()?;
        Some(Self { modified: about.modified().ok()?, length: about.len() })
    }
}

/// The open plan.
#[derive(Debug)]
pub struct Document {
    /// The plan with its past and future.
    pub history: History,
    /// Its file; absent until it is saved for the first time.
    pub path: Option<PathBuf>,
    /// The plan that the file held when it was read or saved last: where a merge begins.
    pub base: Option<Arc<Plan>>,
    /// What the file may hold when it is saved.
    pub expected: Expected,
    /// The file's bytes as they are known here.
    pub version: Option<Version>,
    /// How the file looked last.
    pub look: Option<Look>,
    journal: Option<Journal>,
    recorded: u64,
}

impl Document {
    /// A new plan without a file.
    #[must_use]
    pub fn new() -> Self {
        Self::without_file(Plan::named("New plan"))
    }

    /// A plan that has no file yet.
    #[must_use]
    pub fn without_file(plan: Plan) -> Self {
        Self::of(History::opened(plan), None, Expected::no_file())
    }

    /// A plan that was read from a file.
    #[must_use]
    pub fn opened(loaded: Loaded, path: PathBuf, look: Option<Look>) -> Self {
        let history = History::opened(loaded.plan);
        let base = Some(Arc::clone(history.plan()));
        let expected = Expected::version(loaded.version);
        Self { base, version: Some(loaded.version), look, ..Self::of(history, Some(path), expected) }
    }

    /// A plan that takes the place of what its file holds, once it is saved.
    #[must_use]
    pub fn merged(plan: Arc<Plan>, path: PathBuf, version: Version, look: Option<Look>) -> Self {
        let (history, expected) = (History::unsaved(plan), Expected::version(version));
        Self { version: Some(version), look, ..Self::of(history, Some(path), expected) }
    }

    /// Work that was not saved.
    #[must_use]
    pub fn recovered(recovery: Recovery) -> Self {
        let base = recovery.found.base_plan.clone();
        let (path, version) = (recovery.found.path.clone(), recovery.found.base);
        let look = path.as_deref().filter(|_| !recovery.has_file_changed()).and_then(Look::at);
        let (plan, journal) = recovery.restore();
        let expected = version.map_or_else(Expected::no_file, Expected::version);
        let journal = Some(journal);
        Self { base, version, look, journal, ..Self::of(History::unsaved(plan), path, expected) }
    }

    fn of(history: History, path: Option<PathBuf>, expected: Expected) -> Self {
        Self { history, path, base: None, expected, version: None, look: None, journal: None, recorded: 0 }
    }

    /// The plan.
    #[must_use]
    pub const fn plan(&self) -> &Arc<Plan> {
        self.history.plan()
    }

    /// Begins the journal, unless work that was recovered goes on with its own.
    ///
    /// # Errors
    /// What the system said; the document can be used without.
    pub fn begin_journal(&mut self, state: &StateFolder) -> std::io::Result<()> {
        if self.journal.is_none() {
            // Where the file holds something else than the plan, nothing is lost that it does not hold.
            let begins_with = self.base.clone().unwrap_or_else(|| Arc::new(Plan::default()));
            let begins_with = if self.path.is_some() { &begins_with } else { self.plan() };
            let file = self.path.as_deref().zip(self.version);
            let journal = Journal::begin(state, begins_with, file)?;
            if self.history.is_unsaved() {
                journal.record("Merge", self.plan());
            }
            self.journal = Some(journal);
        }
        Ok(())
    }

    /// Hands the plan to the journal if it changed since the last time; returns whether it did.
    pub fn record_step(&mut self) -> bool {
        let revision = self.history.revision();
        let has_changed = revision != self.recorded;
        if has_changed && let Some(journal) = &self.journal {
            let label = self.history.undo_label().unwrap_or("Everything undone");
            journal.record(label, self.history.plan());
        }
        self.recorded = revision;
        has_changed
    }

    /// Why steps are not protected against a crash, once for each time.
    #[must_use]
    pub fn journal_problem(&self) -> Option<String> {
        self.journal.as_ref()?.problem()
    }

    /// Notes that the file holds this plan, perhaps no longer the present one.
    pub fn is_in_file(&mut self, plan: &Arc<Plan>, path: PathBuf, version: Version, look: Option<Look>) {
        self.record_step();
        self.history.mark_saved(plan);
        if let Some(journal) = &self.journal {
            journal.saved(plan, &path, version);
        }
        self.base = Some(Arc::clone(plan));
        (self.path, self.version, self.look) = (Some(path), Some(version), look);
    }

    /// What somebody else wrote into the file is merged into the plan.
    pub fn has_merged(&mut self, in_file: &Arc<Plan>, version: Version, look: Option<Look>) {
        // First the step with what they wrote, then that the steps follow it.
        self.record_step();
        if let Some(journal) = &self.journal {
            journal.follows(in_file, version);
        }
        self.expected.accept(version);
        self.base = Some(Arc::clone(in_file));
        (self.version, self.look) = (Some(version), look);
    }

    /// Whether saving would write something, as far as it is known here.
    #[must_use]
    pub fn can_be_saved(&self) -> bool {
        self.history.is_unsaved() || self.path.is_none() || self.look.is_none()
    }

    /// Closes the plan. What is not saved was not to be saved: it stays among the earlier versions.
    ///
    /// # Errors
    /// What the system said; the work is then found at the next start.
    pub fn close(&mut self) -> std::io::Result<()> {
        self.record_step();
        let Some(journal) = self.journal.take() else { return Ok(()) };
        if self.history.is_unsaved() {
            return journal.discard();
        }
        journal.end();
        Ok(())
    }

    /// The file's name, or the plan's where it has no file.
    #[must_use]
    pub fn title(&self) -> String {
        let file = self.path.as_deref().and_then(Path::file_name);
        file.map_or_else(|| self.plan().name.clone(), |name| name.to_string_lossy().into_owned())
    }

    /// A name to propose when the plan is saved or exported: `northwind`.
    #[must_use]
    pub fn stem(&self) -> String {
        let file =
            self.path.as_deref().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
        let stem = file.as_deref().and_then(|name| name.strip_suffix(".plan.ron")).map(str::to_owned);
        let stem = stem.unwrap_or_else(|| crate::model::slug(&self.plan().name));
        if stem.is_empty() { "plan".to_owned() } else { stem }
    }
}
