//! A disk in memory that fails when it is told to, and that can lose what was not made to last.
//!
//! Bytes last from the moment their file is synced, names from the moment their folder is. When
//! the power goes, each of the rest may be there or not: `after_power_cut` gives the ways.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::{About, Disk, Lock, folder_of};

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::plan_file) enum Fault {
    /// The call fails; of what it should write, half is written.
    Error(io::ErrorKind),
    /// It fails, and every call after it.
    ErrorsFromNowOn(io::ErrorKind),
    /// The call does nothing, or half, and claims success.
    Lie,
    /// The program ends in the midst of the call, and nothing later happens.
    End,
}

#[derive(Clone, Debug, Default)]
struct Bytes {
    now: Vec<u8>,
    lasting: Vec<u8>,
}

/// A change of a name that does not last yet.
#[derive(Clone, Debug)]
enum NameChange {
    Set(PathBuf, usize),
    Remove(PathBuf),
    Rename(PathBuf, PathBuf, usize),
}

impl NameChange {
    fn apply(&self, names: &mut BTreeMap<PathBuf, usize>) {
        match self {
            Self::Set(path, file) => drop(names.insert(path.clone(), *file)),
            Self::Remove(path) => drop(names.remove(path)),
            Self::Rename(from, to, file) => {
                names.remove(from);
                names.insert(to.clone(), *file);
            }
        }
    }

    fn path(&self) -> &Path {
        match self {
            Self::Set(path, _) | Self::Remove(path) | Self::Rename(_, path, _) => path,
        }
    }
}

#[derive(Clone, Debug, Default)]
struct Contents {
    files: Vec<Bytes>,
    names: BTreeMap<PathBuf, usize>,
    lasting_names: BTreeMap<PathBuf, usize>,
    changes: Vec<NameChange>,
    folders: BTreeSet<PathBuf>,
    calls: usize,
    fault: Option<(usize, Fault)>,
    is_over: bool,
}

/// See the module.
#[derive(Clone, Debug, Default)]
pub(in crate::plan_file) struct SimulatedDisk {
    contents: Arc<Mutex<Contents>>,
    locked: Arc<Mutex<BTreeSet<PathBuf>>>,
}

/// How a call goes.
enum Verdict {
    Fine,
    Half(io::Result<()>),
}

struct Unlock(Arc<Mutex<BTreeSet<PathBuf>>>, PathBuf);

impl Drop for Unlock {
    fn drop(&mut self) {
        self.0.lock().unwrap().remove(&self.1);
    }
}

impl SimulatedDisk {
    /// A disk with empty folders.
    pub fn with_folders(folders: &[&str]) -> Self {
        let disk = Self::default();
        disk.contents().folders.extend(folders.iter().map(PathBuf::from));
        disk
    }

    /// A disk of its own with the same contents, without a fault, where all locks are open.
    pub fn copy(&self) -> Self {
        let contents = Contents { calls: 0, fault: None, is_over: false, ..self.contents().clone() };
        Self { contents: Arc::new(Mutex::new(contents)), locked: Arc::default() }
    }

    /// Lets the call with this number fail, the first is 0.
    pub fn fail(&self, call: usize, fault: Fault) {
        let mut contents = self.contents();
        contents.fault = Some((contents.calls + call, fault));
    }

    /// How many calls there were since the disk was made or copied.
    pub fn calls(&self) -> usize {
        self.contents().calls
    }

    /// The bytes of a file, if it is there.
    pub fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        let contents = self.contents();
        contents.names.get(Path::new(path)).map(|file| contents.files[*file].now.clone())
    }

    /// All names that begin like this.
    pub fn names_from(&self, start: &str) -> Vec<PathBuf> {
        let contents = self.contents();
        contents.names.keys().filter(|path| path.to_string_lossy().starts_with(start)).cloned().collect()
    }

    /// Writes a file as another program would, so that it lasts.
    pub fn put(&self, path: &str, bytes: &[u8]) {
        let mut contents = self.contents();
        let file = contents.files.len();
        contents.files.push(Bytes { now: bytes.to_vec(), lasting: bytes.to_vec() });
        contents.names.insert(path.into(), file);
        contents.lasting_names.insert(path.into(), file);
    }

    /// The disks that may be found after the power went: of what was not made to last all, nothing,
    /// names without bytes, bytes without names, half of the bytes, zeros, one name only, all but one.
    pub fn after_power_cut(&self) -> Vec<Self> {
        let changes = self.contents().changes.len();
        let all: Vec<usize> = (0..changes).collect();
        let whole = |bytes: &Bytes| bytes.now.clone();
        let lost = |bytes: &Bytes| bytes.lasting.clone();
        let half = |bytes: &Bytes| {
            let end = bytes.lasting.len() + bytes.now.len().saturating_sub(bytes.lasting.len()) / 2;
            bytes.now[..end.min(bytes.now.len())].to_vec()
        };
        let zeros = |bytes: &Bytes| {
            let mut zeroed = bytes.lasting.clone();
            zeroed.resize(bytes.now.len(), 0);
            zeroed
        };
        let mut disks = vec![
            self.surviving(&all, whole),
            self.surviving(&[], lost),
            self.surviving(&all, lost),
            self.surviving(&[], whole),
            self.surviving(&all, half),
            self.surviving(&all, zeros),
        ];
        for change in 0..changes {
            let others: Vec<usize> = (0..changes).filter(|other| *other != change).collect();
            disks.extend([self.surviving(&[change], lost), self.surviving(&others, whole)]);
        }
        disks
    }

    fn surviving(&self, changes: &[usize], bytes: impl Fn(&Bytes) -> Vec<u8>) -> Self {
        let disk = self.copy();
        let mut contents = disk.contents();
        let mut names = contents.lasting_names.clone();
        for change in changes {
            contents.changes[*change].apply(&mut names);
        }
        contents.changes.clear();
        contents.names.clone_from(&names);
        contents.lasting_names = names;
        for file in &mut contents.files {
            file.now = bytes(file);
            file.lasting.clone_from(&file.now);
        }
        drop(contents);
        disk
    }

    fn contents(&self) -> MutexGuard<'_, Contents> {
        self.contents.lock().unwrap()
    }

    /// Counts a call and says how it goes.
    fn call(&self) -> Verdict {
        let mut contents = self.contents();
        if contents.is_over {
            return Verdict::Half(Err(io::Error::other("the program has ended")));
        }
        let call = contents.calls;
        contents.calls += 1;
        match contents.fault {
            Some((at, Fault::Error(kind))) if at == call => Verdict::Half(Err(kind.into())),
            Some((at, Fault::ErrorsFromNowOn(kind))) if at <= call => Verdict::Half(Err(kind.into())),
            Some((at, Fault::Lie)) if at == call => Verdict::Half(Ok(())),
            Some((at, Fault::End)) if at == call => {
                contents.is_over = true;
                Verdict::Half(Err(io::Error::other("the program ends")))
            }
            _ => Verdict::Fine,
        }
    }

    /// A call that reads: it fails or does not; there is nothing to lie about.
    fn reading(&self) -> io::Result<MutexGuard<'_, Contents>> {
        match self.call() {
            Verdict::Half(Err(error)) => Err(error),
            _ => Ok(self.contents()),
        }
    }

    /// A call that changes something, all of it or nothing.
    fn changing(&self, change: impl FnOnce(&mut Contents) -> io::Result<()>) -> io::Result<()> {
        match self.call() {
            Verdict::Fine => change(&mut self.contents()),
            Verdict::Half(result) => result,
        }
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let (written, result) = match self.call() {
            Verdict::Fine => (bytes, Ok(())),
            Verdict::Half(result) => (&bytes[..bytes.len() / 2], result),
        };
        let mut contents = self.contents();
        if contents.is_over && result.is_ok() {
            return Ok(());
        }
        let file = contents.file(path)?;
        contents.files[file].now.extend_from_slice(written);
        result
    }
}

impl Contents {
    fn file(&self, path: &Path) -> io::Result<usize> {
        self.names.get(path).copied().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn change(&mut self, change: NameChange) {
        change.apply(&mut self.names);
        self.changes.push(change);
    }
}

impl Disk for SimulatedDisk {
    fn canonical(&self, folder: &Path) -> io::Result<PathBuf> {
        let is_there = self.reading()?.folders.contains(folder);
        if is_there { Ok(folder.to_owned()) } else { Err(io::ErrorKind::NotFound.into()) }
    }

    fn read_link(&self, _: &Path) -> io::Result<PathBuf> {
        Err(io::ErrorKind::InvalidInput.into())
    }

    fn about(&self, path: &Path) -> io::Result<About> {
        let contents = self.reading()?;
        let size = contents.files[contents.file(path)?].now.len() as u64;
        let modified = UNIX_EPOCH + Duration::from_secs(contents.calls as u64);
        Ok(About { is_file: true, is_read_only: false, size, modified })
    }

    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        let contents = self.reading()?;
        let bytes = &contents.files[contents.file(path)?].now;
        Ok(bytes.iter().take(usize::try_from(most).unwrap()).copied().collect())
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        let contents = self.reading()?;
        if !contents.folders.contains(folder) {
            return Err(io::ErrorKind::NotFound.into());
        }
        let inside = contents.names.keys().filter(|path| folder_of(path) == folder);
        Ok(inside.map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect())
    }

    fn create_folders(&self, folder: &Path) -> io::Result<()> {
        self.changing(|contents| {
            contents.folders.extend(folder.ancestors().map(Path::to_owned));
            Ok(())
        })
    }

    fn write_new(&self, path: &Path, _: Option<&Path>, bytes: &[u8]) -> io::Result<()> {
        self.changing(|contents| {
            if contents.names.contains_key(path) {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            if !contents.folders.contains(folder_of(path)) {
                return Err(io::ErrorKind::NotFound.into());
            }
            contents.files.push(Bytes::default());
            contents.change(NameChange::Set(path.to_owned(), contents.files.len() - 1));
            Ok(())
        })?;
        self.write(path, bytes)?;
        self.sync(path)
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.write(path, bytes)
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        self.changing(|contents| {
            let file = contents.file(path)?;
            let bytes = &mut contents.files[file];
            bytes.lasting.clone_from(&bytes.now);
            Ok(())
        })
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.changing(|contents| {
            let (lasting, rest) = std::mem::take(&mut contents.changes)
                .into_iter()
                .partition::<Vec<_>, _>(|change| folder_of(change.path()) == folder);
            for change in lasting {
                change.apply(&mut contents.lasting_names);
            }
            contents.changes = rest;
            Ok(())
        })
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.changing(|contents| {
            let file = contents.file(from)?;
            contents.change(NameChange::Rename(from.to_owned(), to.to_owned(), file));
            Ok(())
        })
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.changing(|contents| {
            contents.file(path)?;
            contents.change(NameChange::Remove(path.to_owned()));
            Ok(())
        })
    }

    fn set_modified(&self, _: &Path, _: SystemTime) -> io::Result<()> {
        self.changing(|_| Ok(()))
    }

    fn lock(&self, path: &Path, _: Duration) -> io::Result<Option<Lock>> {
        drop(self.reading()?);
        let is_free = self.locked.lock().unwrap().insert(path.to_owned());
        Ok(is_free.then(|| Box::new(Unlock(Arc::clone(&self.locked), path.to_owned())) as Lock))
    }
}
