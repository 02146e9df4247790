//! The disk of this computer.

use std::fs::{self, DirBuilder, File, TryLockError};
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::{About, Disk, Lock, folder_of};

/// See the module.
#[derive(Clone, Copy, Debug)]
pub(in crate::plan_file) struct RealDisk;

impl Disk for RealDisk {
    fn canonical(&self, folder: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(folder)
    }

    fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
        fs::read_link(path)
    }

    fn about(&self, path: &Path) -> io::Result<About> {
        let metadata = fs::metadata(path)?;
        Ok(About {
            is_file: metadata.is_file(),
            is_read_only: metadata.permissions().readonly(),
            size: metadata.len(),
            modified: metadata.modified().unwrap_or(UNIX_EPOCH),
        })
    }

    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(path)?.take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        let entries = fs::read_dir(folder)?;
        // A name that is no text is none that this program gave.
        entries.filter_map(|entry| entry.map(|it| it.file_name().into_string().ok()).transpose()).collect()
    }

    fn create_folders(&self, folder: &Path) -> io::Result<()> {
        if folder.is_dir() {
            return Ok(());
        }
        let above = folder_of(folder);
        self.create_folders(above)?;
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)?;
        self.sync_folder(above)
    }

    fn write_new(&self, path: &Path, like: Option<&Path>, bytes: &[u8]) -> io::Result<()> {
        let mut file = File::options().write(true).create_new(true).open(path)?;
        if let Some(like) = like {
            let wanted = fs::metadata(like)?.permissions();
            // Some network drives refuse to set even the rights that are there already.
            if file.metadata()?.permissions() != wanted {
                file.set_permissions(wanted)?;
            }
        }
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        File::options().append(true).open(path)?.write_all(bytes)
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        // Windows syncs only what is open for writing.
        File::options().append(true).open(path)?.sync_data()
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        if !cfg!(unix) {
            return Ok(());
        }
        match File::open(folder)?.sync_all() {
            // Some network drives cannot; they keep names in their own way.
            Err(error)
                if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) =>
            {
                Ok(())
            }
            result => result,
        }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        // On Windows a scanner or an indexer may hold the old file for a moment.
        const TRIES: u32 = if cfg!(windows) { 10 } else { 1 };
        let mut tries = 1;
        loop {
            match fs::rename(from, to) {
                Err(error) if error.kind() == io::ErrorKind::PermissionDenied && tries < TRIES => {
                    sleep(Duration::from_millis(10) * tries);
                    tries += 1;
                }
                result => return result,
            }
        }
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn set_modified(&self, path: &Path, modified: SystemTime) -> io::Result<()> {
        File::options().append(true).open(path)?.set_modified(modified)
    }

    fn lock(&self, path: &Path, patience: Duration) -> io::Result<Option<Lock>> {
        let file = File::options().create(true).truncate(false).write(true).open(path)?;
        let end = Instant::now() + patience;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Some(Box::new(file))),
                Err(TryLockError::WouldBlock) if Instant::now() >= end => return Ok(None),
                Err(TryLockError::WouldBlock) => sleep(Duration::from_millis(20)),
                Err(TryLockError::Error(error)) => return Err(error),
            }
        }
    }
}
