//! The folder in which this program keeps what belongs to a plan and not into its folder: locks,
//! earlier versions, journals.
//!
//! Where it is, the shell says; this room does not look for home directories.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Version;
use super::disk::{Disk, Lock, RealDisk, folder_of};
use crate::model::slug;

/// See the module. Cheap to copy.
#[derive(Clone, Debug)]
pub struct StateFolder {
    root: PathBuf,
    disk: Arc<dyn Disk>,
}

impl StateFolder {
    /// The folder at this path, which is made when it is first needed.
    #[must_use]
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { root: path.into(), disk: Arc::new(RealDisk) }
    }

    /// The folder on a disk that may fail.
    #[cfg(test)]
    pub(super) fn on(disk: Arc<dyn Disk>, path: impl Into<PathBuf>) -> Self {
        Self { root: path.into(), disk }
    }

    pub(super) fn disk(&self) -> &Arc<dyn Disk> {
        &self.disk
    }

    /// Where the journals of all documents are.
    pub(super) fn journals(&self) -> PathBuf {
        self.root.join("journals")
    }

    /// Where the earlier versions of a file are; of plans that never had one, where it is absent.
    pub(super) fn versions_of(&self, target: Option<&Path>) -> PathBuf {
        self.versions().join(target.map_or_else(|| "untitled".to_owned(), key))
    }

    /// Where there is a folder of earlier versions for each file.
    pub(super) fn versions(&self) -> PathBuf {
        self.root.join("versions")
    }

    /// Keeps others from saving a file; `None` where one of them is saving it and does not come to an end.
    pub(super) fn lock_for_saving(&self, target: &Path) -> io::Result<Option<Lock>> {
        const PATIENCE: std::time::Duration = std::time::Duration::from_secs(5);
        let folder = self.root.join("locks");
        self.disk.create_folders(&folder)?;
        self.disk.lock(&folder.join(key(target)), PATIENCE)
    }
}

/// A name for a path, another one for every path, in which people recognise the file.
fn key(target: &Path) -> String {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let version = Version::of(target.as_os_str().as_encoded_bytes()).to_string();
    format!("{}-{}", slug(name.trim_end_matches(".plan.ron")), &version[..16])
}

/// The one path of a file however it is named: links followed, no dots. It need not exist, its
/// folder must.
pub(super) fn target_of(disk: &dyn Disk, path: &Path) -> io::Result<PathBuf> {
    const MOST_LINKS: usize = 40;
    let mut target = path.to_owned();
    for _ in 0..MOST_LINKS {
        let Ok(next) = disk.read_link(&target) else {
            let name = target.file_name().ok_or(io::ErrorKind::InvalidFilename)?;
            return Ok(disk.canonical(folder_of(&target))?.join(name));
        };
        target = folder_of(&target).join(next);
    }
    Err(io::Error::other("its links lead nowhere"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_the_same_name_have_keys_of_their_own() {
        let keys = [key(Path::new("/a/shop.plan.ron")), key(Path::new("/b/shop.plan.ron"))];
        assert!(keys.iter().all(|key| key.starts_with("shop-")), "{keys:?}");
        assert_ne!(keys[0], keys[1]);
    }

    #[test]
    fn a_file_has_one_path_however_it_is_named() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("a")).unwrap();
        let target = |path: &str| target_of(&RealDisk, &folder.path().join(path)).unwrap();
        assert_eq!(target("a/../new.plan.ron"), target("new.plan.ron"));
        assert!(target_of(&RealDisk, &folder.path().join("none/new.plan.ron")).is_err());
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("../new.plan.ron", folder.path().join("a/link.plan.ron")).unwrap();
            assert_eq!(target("a/link.plan.ron"), target("new.plan.ron"));
            std::os::unix::fs::symlink("round.plan.ron", folder.path().join("round.plan.ron")).unwrap();
            assert!(target_of(&RealDisk, &folder.path().join("round.plan.ron")).is_err());
        }
    }
}
