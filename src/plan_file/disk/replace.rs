//! Putting a file in the place of another in one step.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::Disk;

/// How the names of new files begin while they are written.
pub(in crate::plan_file) const NEW_FILE: &str = ".plan-new-";

/// What went wrong while a file was replaced.
#[derive(Debug)]
pub(in crate::plan_file) struct NotReplaced {
    /// "writing the new file".
    pub step: &'static str,
    /// What the system said.
    pub source: io::Error,
    /// Whether the new file may be in place all the same.
    pub may_be_in_place: bool,
}

/// The folder that a path stands in.
pub(in crate::plan_file) fn folder_of(path: &Path) -> &Path {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or_else(|| Path::new("."))
}

/// Puts bytes in the place of a file, or where none is. Whatever fails and whenever the power
/// goes, the file is the old or the new one, whole.
pub(in crate::plan_file) fn replace(disk: &dyn Disk, target: &Path, bytes: &[u8]) -> Result<(), NotReplaced> {
    let failed = |step| move |source| NotReplaced { step, source, may_be_in_place: false };
    let folder = folder_of(target);
    let like = disk.about(target).is_ok().then_some(target);
    let new = new_file(disk, folder, like, bytes).map_err(failed("writing the new file"))?;
    let result = check(disk, &new, bytes)
        .map_err(failed("checking the new file"))
        .and_then(|()| disk.rename(&new, target).map_err(failed("putting the new file in place")));
    if result.is_err() {
        let _ = disk.remove(&new);
        return result;
    }
    disk.sync_folder(folder).map_err(|source| NotReplaced {
        step: "making the new file last",
        source,
        may_be_in_place: true,
    })
}

/// Whether a file holds these bytes.
pub(in crate::plan_file) fn check(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> io::Result<()> {
    if disk.read(path, bytes.len() as u64 + 1)? == bytes {
        return Ok(());
    }
    Err(io::Error::new(io::ErrorKind::InvalidData, "it does not hold what was written to it"))
}

fn new_file(disk: &dyn Disk, folder: &Path, like: Option<&Path>, bytes: &[u8]) -> io::Result<PathBuf> {
    // Names must differ within a process; across processes the number of the process sees to it.
    static NUMBER: AtomicU64 = AtomicU64::new(1);
    const TRIES: usize = 100;
    let mut tries = 0;
    loop {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(format!("{NEW_FILE}{}-{number}", std::process::id()));
        match disk.write_new(&path, like, bytes) {
            Ok(()) => return Ok(path),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && tries < TRIES => tries += 1,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
            Err(error) => {
                let _ = disk.remove(&path);
                return Err(error);
            }
        }
    }
}
