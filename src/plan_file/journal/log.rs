//! The journal of one document as a file: a plan to start from, then a record for each step.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::record::{framed, texts};
use super::step::Step;
use crate::model::Plan;
use crate::plan_file::disk::{Disk, Lock, folder_of, replace};
use crate::plan_file::state::target_of;
use crate::plan_file::versions::{Mark, keep};
use crate::plan_file::{StateFolder, Version, notation, write};

/// The form of the journal that this version reads and writes.
const FORMAT: u32 = 1;

/// When the steps take more bytes than this, the journal starts again from the present plan.
const MOST_BYTES_OF_STEPS: u64 = 8 * 1024 * 1024;

/// The first record.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Start {
    format: u32,
    path: Option<String>,
    base: Option<Version>,
    base_plan: Option<Arc<Plan>>,
    steps: usize,
    label: String,
    plan: Arc<Plan>,
}

/// What a journal holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Replay {
    /// The plan's file; absent where it never had one.
    pub path: Option<PathBuf>,
    /// The version of the file that the steps followed; absent where there was none.
    pub base: Option<Version>,
    /// The plan in that version: where a merge with what others wrote meanwhile begins.
    pub base_plan: Option<Arc<Plan>>,
    /// How many steps were not saved.
    pub steps: usize,
    /// What the last of them is called: "Rename ERP".
    pub label: String,
    /// The plan after the last of them.
    pub plan: Arc<Plan>,
}

impl Replay {
    /// What the bytes of a journal say, up to the last whole record; `None` where not even the
    /// first one can be read by this version.
    ///
    /// Brackets nest as deep as in a plan file: call it where there is a stack of some megabytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let mut texts = texts(bytes);
        let start: Start = notation().from_str(texts.next()?).ok()?;
        if start.format != FORMAT {
            return None;
        }
        let Start { path, base, base_plan, mut steps, mut label, mut plan, .. } = start;
        for step in texts.map_while(|text| notation().from_str::<Step>(text).ok()) {
            label = step.apply(Arc::make_mut(&mut plan));
            steps += 1;
        }
        Some(Self { path: path.map(PathBuf::from), base, base_plan, steps, label, plan })
    }
}

/// What of the journal is on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OnDisk {
    /// Nothing, for nothing is unsaved.
    Nothing,
    /// Everything up to the present plan.
    Whole { size: u64, size_of_start: u64 },
    /// Perhaps half of the last record, or what was saved since.
    Stale,
}

/// See the module.
pub(in crate::plan_file) struct Log {
    state: StateFolder,
    file: PathBuf,
    present: Replay,
    on_disk: OnDisk,
    is_synced: bool,
    _lock: Lock,
}

impl Log {
    /// A journal that starts when the first step is recorded.
    pub fn new(state: StateFolder, file: PathBuf, lock: Lock, present: Replay) -> Self {
        Self { state, file, present, on_disk: OnDisk::Nothing, is_synced: true, _lock: lock }
    }

    /// The journal of work that was found, as it goes on; a torn tail is cut.
    pub fn going_on(state: StateFolder, file: PathBuf, lock: Lock, found: Replay) -> (Self, io::Result<()>) {
        let mut log = Self::new(state, file, lock, found);
        log.on_disk = OnDisk::Stale;
        let result = log.start_again();
        (log, result)
    }

    /// Notes a step that led to this plan. On return the step survives the end of the process.
    pub fn record(&mut self, label: &str, plan: &Arc<Plan>) -> io::Result<()> {
        let old = std::mem::replace(&mut self.present.plan, Arc::clone(plan));
        if Arc::ptr_eq(&old, plan) {
            return Ok(());
        }
        self.present.steps += 1;
        label.clone_into(&mut self.present.label);
        if let OnDisk::Whole { size, size_of_start } = self.on_disk
            && size - size_of_start < MOST_BYTES_OF_STEPS
        {
            let record = record_of(&Step::between(label, &old, plan))?;
            let size = size + record.len() as u64;
            if self.append(&record, size).is_ok() {
                self.on_disk = OnDisk::Whole { size, size_of_start };
                self.is_synced = false;
                return Ok(());
            }
        }
        self.on_disk = OnDisk::Stale;
        self.start_again()
    }

    /// Notes that a plan, perhaps no longer the present one, is in a file.
    pub fn saved(&mut self, plan: &Arc<Plan>, path: &Path, version: Version) -> io::Result<()> {
        self.present.path = Some(path.to_owned());
        self.present.base = Some(version);
        self.present.base_plan = Some(Arc::clone(plan));
        if Arc::ptr_eq(plan, &self.present.plan) || **plan == *self.present.plan {
            return self.remove();
        }
        self.present.steps = 1;
        self.start_again()
    }

    /// Notes what the file holds that the steps follow from now on.
    pub fn follows(&mut self, in_file: Arc<Plan>, version: Version) -> io::Result<()> {
        self.present.base = Some(version);
        self.present.base_plan = Some(in_file);
        if self.on_disk == OnDisk::Nothing { Ok(()) } else { self.start_again() }
    }

    /// Makes everything survive a power cut.
    pub fn sync(&mut self) -> io::Result<()> {
        if !self.is_synced {
            self.disk().sync(&self.file)?;
            self.is_synced = true;
        }
        Ok(())
    }

    /// Drops what was not saved; it becomes a version that is marked so.
    pub fn discard(&mut self) -> io::Result<()> {
        if self.present.steps > 0 {
            let path = self.present.path.as_deref();
            // Where its folder is gone, the version is kept with those of plans without a file.
            let target = path.and_then(|path| target_of(self.disk(), path).ok());
            let text = write(&self.present.plan);
            keep(&self.state, target.as_deref(), text.as_bytes(), Mark::Discarded, None)?;
        }
        self.remove()
    }

    /// Removes the journal: nothing is unsaved.
    pub fn remove(&mut self) -> io::Result<()> {
        self.present.steps = 0;
        if self.on_disk == OnDisk::Nothing {
            return Ok(());
        }
        self.on_disk = OnDisk::Stale;
        match self.disk().remove(&self.file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        (self.on_disk, self.is_synced) = (OnDisk::Nothing, true);
        self.disk().sync_folder(folder_of(&self.file))
    }

    /// Writes a journal that holds the present plan and no step.
    fn start_again(&mut self) -> io::Result<()> {
        let Replay { path, base, base_plan, steps, label, plan } = self.present.clone();
        let path = path.map(|path| path.to_string_lossy().into_owned());
        let record = record_of(&Start { format: FORMAT, path, base, base_plan, steps, label, plan })?;
        self.disk().create_folders(folder_of(&self.file))?;
        replace(self.disk(), &self.file, &record).map_err(|error| error.source)?;
        let size = record.len() as u64;
        self.on_disk = OnDisk::Whole { size, size_of_start: size };
        self.is_synced = true;
        Ok(())
    }

    /// Adds a record after which the file must have this size: somebody may have removed or cut it.
    fn append(&self, record: &[u8], size: u64) -> io::Result<()> {
        self.disk().append(&self.file, record)?;
        let found = self.disk().about(&self.file)?.size;
        if found == size { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }

    fn disk(&self) -> &dyn Disk {
        &**self.state.disk()
    }
}

fn record_of(content: &impl Serialize) -> io::Result<Vec<u8>> {
    let text = notation().to_string(content).map_err(io::Error::other)?;
    framed(&text).ok_or_else(|| io::ErrorKind::FileTooLarge.into())
}
