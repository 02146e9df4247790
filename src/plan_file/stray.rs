//! Files that a save left behind when the program or the power went in the midst of it.

use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::StateFolder;
use super::disk::{Disk, NEW_FILE, RealDisk};

/// Younger ones may belong to somebody who is saving.
const DAY: Duration = Duration::from_hours(24);

/// A file that a save left behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StrayFile {
    /// The file.
    pub path: PathBuf,
    /// In bytes.
    pub size: u64,
    /// When it was written.
    pub modified: SystemTime,
}

impl StrayFile {
    fn at(disk: &dyn Disk, path: PathBuf) -> Option<Self> {
        let about = disk.about(&path).ok().filter(|about| about.is_file)?;
        Some(Self { path, size: about.size, modified: about.modified })
    }
}

/// The files in a folder of plans that a save left behind more than a day ago; they can be removed.
#[must_use]
pub fn stray_files(folder: &Path, now: SystemTime) -> Vec<StrayFile> {
    stray_files_on(&RealDisk, folder, now)
}

/// Removes files that were found, as far as they still are as they were found. Returns how many went.
///
/// # Errors
/// The first one that stays, and what the system said; the others are removed all the same.
pub fn remove_stray_files(found: &[StrayFile]) -> Result<usize, (PathBuf, io::Error)> {
    let (mut removed, mut stays) = (0, Ok(()));
    for file in found.iter().filter(|file| StrayFile::at(&RealDisk, file.path.clone()).as_ref() == Some(file))
    {
        match RealDisk.remove(&file.path) {
            Ok(()) => removed += 1,
            Err(error) => stays = stays.and(Err((file.path.clone(), error))),
        }
    }
    stays.map(|()| removed)
}

fn stray_files_on(disk: &dyn Disk, folder: &Path, now: SystemTime) -> Vec<StrayFile> {
    let is_old = |file: &StrayFile| now.duration_since(file.modified).is_ok_and(|age| age > DAY);
    let names = disk.names(folder).unwrap_or_default();
    let ours = names.into_iter().filter(|name| name.starts_with(NEW_FILE));
    let files = ours.filter_map(|name| StrayFile::at(disk, folder.join(name)));
    let mut files: Vec<_> = files.filter(is_old).collect();
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}

impl StateFolder {
    /// Removes what was left behind in this folder more than a day ago. What cannot be removed
    /// stays and does no harm.
    pub fn tidy(&self, now: SystemTime) {
        let disk = &**self.disk();
        let versions = self.versions();
        let of_plans = disk.names(&versions).unwrap_or_default();
        let folders = of_plans.iter().map(|name| versions.join(name)).chain([self.journals()]);
        for file in folders.flat_map(|folder| stray_files_on(disk, &folder, now)) {
            let _ = disk.remove(&file.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn only_files_that_a_save_left_behind_long_ago_are_stray() {
        let folder = tempfile::tempdir().unwrap();
        let state = StateFolder::at(folder.path());
        let kept = folder.path().join("versions/shop");
        fs::create_dir_all(&kept).unwrap();
        for name in [".plan-new-1-1", "000001-saved.plan.ron"] {
            fs::write(kept.join(name), "(").unwrap();
        }
        let now = SystemTime::now();
        assert_eq!(stray_files(&kept, now + DAY / 2), []);
        let found = stray_files(&kept, now + DAY * 2);
        assert_eq!(found.iter().map(|file| &file.path).collect::<Vec<_>>(), [&kept.join(".plan-new-1-1")]);
        state.tidy(now + DAY * 2);
        assert_eq!(state.disk().names(&kept).unwrap(), ["000001-saved.plan.ron"]);
    }

    #[test]
    fn a_stray_file_is_removed_only_as_it_was_found() {
        let folder = tempfile::tempdir().unwrap();
        let paths = [".plan-new-1-1", ".plan-new-1-2"].map(|name| folder.path().join(name));
        for path in &paths {
            fs::write(path, "(").unwrap();
        }
        fs::create_dir(folder.path().join(".plan-new-3")).unwrap();
        let found = stray_files(folder.path(), SystemTime::now() + DAY * 2);
        assert_eq!(found.len(), 2, "a folder is none");
        fs::write(&paths[1], "(somebody saves").unwrap();
        assert_eq!(remove_stray_files(&found).unwrap(), 1);
        assert_eq!(paths.map(|path| path.exists()), [false, true]);
        assert_eq!(remove_stray_files(&found).unwrap(), 0, "what is gone already is no trouble");
    }
}
