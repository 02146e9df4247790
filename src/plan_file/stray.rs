//! Files that a save left behind when the program or the power went in the midst of it.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::StateFolder;
use super::disk::{Disk, NEW_FILE, RealDisk};

/// Younger ones may belong to somebody who is saving.
const DAY: Duration = Duration::from_hours(24);

/// The files in a folder of plans that a save left behind more than a day ago; they can be removed.
#[must_use]
pub fn stray_files(folder: &Path, now: SystemTime) -> Vec<PathBuf> {
    stray_files_on(&RealDisk, folder, now)
}

fn stray_files_on(disk: &dyn Disk, folder: &Path, now: SystemTime) -> Vec<PathBuf> {
    let is_old = |path: &PathBuf| {
        let age = disk.about(path).ok().and_then(|about| now.duration_since(about.modified).ok());
        age.is_some_and(|age| age > DAY)
    };
    let names = disk.names(folder).unwrap_or_default();
    let ours = names.into_iter().filter(|name| name.starts_with(NEW_FILE));
    let mut paths: Vec<_> = ours.map(|name| folder.join(name)).filter(is_old).collect();
    paths.sort();
    paths
}

impl StateFolder {
    /// Removes what was left behind in this folder more than a day ago. What cannot be removed
    /// stays and does no harm.
    pub fn tidy(&self, now: SystemTime) {
        let disk = &**self.disk();
        let versions = self.versions();
        let of_plans = disk.names(&versions).unwrap_or_default();
        let folders = of_plans.iter().map(|name| versions.join(name)).chain([self.journals()]);
        for path in folders.flat_map(|folder| stray_files_on(disk, &folder, now)) {
            let _ = disk.remove(&path);
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
        assert_eq!(stray_files(&kept, now + DAY / 2), Vec::<PathBuf>::new());
        assert_eq!(stray_files(&kept, now + DAY * 2), [kept.join(".plan-new-1-1")]);
        state.tidy(now + DAY * 2);
        assert_eq!(state.disk().names(&kept).unwrap(), ["000001-saved.plan.ron"]);
    }
}
