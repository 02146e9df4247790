//! Finding work that was not saved when the program or the power went.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::log::{Log, Replay};
use super::{Journal, slot};
use crate::model::Plan;
use crate::plan_file::disk::Lock;
use crate::plan_file::read::with_room;
use crate::plan_file::state::target_of;
use crate::plan_file::{StateFolder, Version, write};

/// The largest journal that is read: the largest plan, twice as verbose, and its steps.
const LARGEST_JOURNAL: u64 = 256 * 1024 * 1024;

/// What was found of a document that was not saved.
///
/// It stays on disk, and is found again, until it is restored and saved, or discarded. As long as
/// this value lives, no other window finds it.
pub struct Recovery {
    /// What the journal says.
    pub found: Replay,
    /// When the last step was taken.
    pub modified: SystemTime,
    state: StateFolder,
    file: PathBuf,
    lock: Lock,
}

impl Recovery {
    /// Whether the plan's file is no longer the one that the steps followed: saving will ask.
    #[must_use]
    pub fn has_file_changed(&self) -> bool {
        let Some(path) = self.found.path.as_deref() else { return false };
        version_on_disk(&self.state, path) != self.found.base
    }

    /// The plan, and its journal, which goes on.
    #[must_use]
    pub fn restore(self) -> (Arc<Plan>, Journal) {
        let plan = Arc::clone(&self.found.plan);
        let (log, result) = Log::going_on(self.state, self.file, self.lock, self.found);
        (plan, Journal::start(log, result.err()))
    }

    /// Drops the work; it becomes a version that is marked so.
    ///
    /// # Errors
    /// What the system said; the work is then found again.
    pub fn discard(self) -> io::Result<()> {
        let (mut log, result) = Log::going_on(self.state, self.file, self.lock, self.found);
        result.and_then(|()| log.discard())
    }
}

impl std::fmt::Debug for Recovery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Recovery").field("file", &self.file).finish_non_exhaustive()
    }
}

/// What was found at the start of the program.
#[derive(Debug, Default)]
pub struct Recoverable {
    /// Work that was not saved.
    pub plans: Vec<Recovery>,
    /// Journals that this version cannot read; they stay where they are.
    pub unreadable: Vec<PathBuf>,
}

/// The work that was not saved and that no living process works on.
///
/// # Errors
/// What the system said when the folder of the journals could not be read.
pub fn recoverable(state: &StateFolder) -> io::Result<Recoverable> {
    let folder = state.journals();
    let mut names = match state.disk().names(&folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Recoverable::default()),
        names => names?,
    };
    names.sort();
    let mut found = Recoverable::default();
    for file in names.into_iter().map(|name| folder.join(name)).filter(|file| slot::is_journal(file)) {
        let lock = state.disk().lock(&slot::lock_of(&file), Duration::ZERO);
        let Ok(Some(lock)) = lock else { continue };
        match recovery(state, &file, lock) {
            Ok(Some(recovery)) => found.plans.push(recovery),
            Ok(None) => {}
            Err(_) => found.unreadable.push(file),
        }
    }
    Ok(found)
}

/// What one journal holds; `None` where all of it is in the plan's file, and the journal goes.
fn recovery(state: &StateFolder, file: &Path, lock: Lock) -> io::Result<Option<Recovery>> {
    let modified = state.disk().about(file)?.modified;
    let bytes = state.disk().read(file, LARGEST_JOURNAL)?;
    let replay = with_room(|| Replay::of(&bytes)).map_err(io::Error::other)?;
    let found = replay.ok_or(io::ErrorKind::InvalidData)?;
    let text = Version::of(write(&found.plan).as_bytes());
    let on_disk = found.path.as_deref().and_then(|path| version_on_disk(state, path));
    if on_disk == Some(text) {
        // Found again at the next start, and again as saved, where it cannot be removed.
        let _ = state.disk().remove(file);
        return Ok(None);
    }
    Ok(Some(Recovery { found, modified, state: state.clone(), file: file.to_owned(), lock }))
}

fn version_on_disk(state: &StateFolder, path: &Path) -> Option<Version> {
    let target = target_of(&**state.disk(), path).ok()?;
    let bytes = state.disk().read(&target, crate::plan_file::check::LARGEST_FILE as u64 + 1).ok()?;
    Some(Version::of(&bytes))
}
