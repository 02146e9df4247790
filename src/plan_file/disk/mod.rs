//! The few things that saving asks of a disk, so that tests can put a disk that fails in its place.
//!
//! Everything goes by path: nothing is left open between two calls, so that a file that somebody
//! removed meanwhile is noticed.

mod real;
mod replace;
#[cfg(test)]
pub(super) mod simulated;

use std::fmt::Debug;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

pub(super) use real::RealDisk;
pub(super) use replace::{NEW_FILE, NotReplaced, check, folder_of, replace};

/// Held as long as it lives; the system lets go of it when the process ends, however it ends.
pub(super) type Lock = Box<dyn Send>;

/// What a disk says about a file without opening it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct About {
    /// Whether it holds bytes, and is no folder, pipe or device.
    pub is_file: bool,
    /// Whether somebody protected it.
    pub is_read_only: bool,
    /// In bytes.
    pub size: u64,
    /// When it was last written.
    pub modified: SystemTime,
}

/// A disk. Each call is one thing that can fail by itself.
pub(super) trait Disk: Debug + Send + Sync {
    /// A folder without links and dots.
    fn canonical(&self, folder: &Path) -> io::Result<PathBuf>;
    /// Where a link leads; an error for what is no link.
    fn read_link(&self, path: &Path) -> io::Result<PathBuf>;
    /// What is known about a file, links followed.
    fn about(&self, path: &Path) -> io::Result<About>;
    /// The bytes of a file, at most so many.
    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>>;
    /// The names in a folder.
    fn names(&self, folder: &Path) -> io::Result<Vec<String>>;
    /// Makes a folder and those above it, readable by this user alone, and makes them last.
    fn create_folders(&self, folder: &Path) -> io::Result<()>;
    /// Writes a file that must not exist yet, with the rights of another, and makes its bytes last.
    fn write_new(&self, path: &Path, like: Option<&Path>, bytes: &[u8]) -> io::Result<()>;
    /// Adds bytes to a file that must exist; they survive the end of the process.
    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Makes the bytes of a file survive a power cut.
    fn sync(&self, path: &Path) -> io::Result<()>;
    /// Makes the names in a folder survive a power cut, where the system can do that.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
    /// Gives a file another name in the same folder, in place of the file that has it.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Says when a file was last written.
    fn set_modified(&self, path: &Path, modified: SystemTime) -> io::Result<()>;
    /// Locks a file, which is made if need be; `None` where somebody else holds it for that long.
    fn lock(&self, path: &Path, patience: Duration) -> io::Result<Option<Lock>>;
}
