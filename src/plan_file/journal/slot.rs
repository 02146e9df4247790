//! A place for a journal: a number that no window uses and under which no work waits to be recovered.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::plan_file::StateFolder;
use crate::plan_file::disk::Lock;

const ENDING: &str = "journal";

/// The lock of a journal. It stays when the journal goes, and is used again.
pub(super) fn lock_of(journal: &Path) -> PathBuf {
    journal.with_extension("lock")
}

pub(super) fn is_journal(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == ENDING)
}

/// The path of a new journal, and its lock.
pub(in crate::plan_file) fn free(state: &StateFolder) -> io::Result<(PathBuf, Lock)> {
    const MOST_JOURNALS: u32 = 10_000;
    let folder = state.journals();
    state.disk().create_folders(&folder)?;
    for number in 1..MOST_JOURNALS {
        let path = folder.join(format!("{number:04}.{ENDING}"));
        let Some(lock) = state.disk().lock(&lock_of(&path), Duration::ZERO)? else { continue };
        match state.disk().about(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((path, lock)),
            Err(error) => return Err(error),
            Ok(_) => {}
        }
    }
    Err(io::Error::other("there are too many journals"))
}
