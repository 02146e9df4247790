//! Earlier versions of a plan: what each save replaced, and work that was not to be saved.
//!
//! They are kept in the state folder, the newest twenty and no more than 50 MB for a document.

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::disk::{Disk, NotReplaced, replace};
use super::open::plan_of_bytes;
use super::state::target_of;
use super::{EXTENSION, Fault, PlanFileError, StateFolder};
use crate::model::{Plan, slug};

const MOST_VERSIONS: usize = 20;
const MOST_BYTES: u64 = 50 * 1024 * 1024;

/// Why a version was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// It was in the file until a newer one was saved.
    Saved,
    /// Somebody closed the plan and did not want it saved.
    Discarded,
}

impl Mark {
    const ALL: [Self; 2] = [Self::Saved, Self::Discarded];

    /// The mark in a word, as lists of versions show it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::Discarded => "discarded",
        }
    }
}

/// A version that was kept.
#[derive(Clone, Debug)]
pub struct OldVersion {
    /// Its place among the versions of its document; later ones have greater numbers.
    pub number: u64,
    /// Why it was kept.
    pub mark: Mark,
    /// When it was saved, or else discarded.
    pub modified: SystemTime,
    /// In bytes.
    pub size: u64,
    /// The file that holds it.
    pub path: PathBuf,
    state: StateFolder,
}

impl OldVersion {
    /// The plan of this version.
    ///
    /// # Errors
    /// As [`super::open`].
    pub fn open(&self) -> Result<Plan, PlanFileError> {
        let with_path = |error| PlanFileError { path: Some(self.path.clone()), ..error };
        let bytes = self.state.disk().read(&self.path, self.size).map_err(|error| {
            with_path(PlanFileError::of_file(Fault::Unreadable { reason: error.to_string() }))
        })?;
        plan_of_bytes(&bytes).map_err(with_path)
    }
}

/// The versions of a plan's file that were kept, the newest first; those of plans that never had
/// a file, where it is absent.
///
/// # Errors
/// What the system said when the folder of the file or of the versions could not be read.
pub fn versions(state: &StateFolder, path: Option<&Path>) -> io::Result<Vec<OldVersion>> {
    let target = path.map(|path| target_of(&**state.disk(), path)).transpose()?;
    let mut versions = versions_in(state, &state.versions_of(target.as_deref()))?;
    versions.reverse();
    Ok(versions)
}

/// The oldest first.
fn versions_in(state: &StateFolder, folder: &Path) -> io::Result<Vec<OldVersion>> {
    let names = match state.disk().names(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        names => names?,
    };
    let mut versions = Vec::new();
    for name in names {
        let Some((number, mark)) = number_and_mark(&name) else { continue };
        let path = folder.join(name);
        let about = state.disk().about(&path)?;
        versions.push(OldVersion {
            number,
            mark,
            modified: about.modified,
            size: about.size,
            path,
            state: state.clone(),
        });
    }
    versions.sort_by_key(|version| version.number);
    Ok(versions)
}

/// `000007-saved.plan.ron`.
fn file_name(number: u64, mark: Mark) -> String {
    format!("{number:06}-{}.{EXTENSION}", mark.word())
}

fn number_and_mark(name: &str) -> Option<(u64, Mark)> {
    let (number, rest) = name.split_once('-')?;
    let word = rest.strip_suffix(EXTENSION)?.strip_suffix('.')?;
    let mark = Mark::ALL.into_iter().find(|mark| mark.word() == word)?;
    Some((number.parse().ok()?, mark))
}

/// Keeps bytes as the newest version of a document, unless the newest one is the same, and drops
/// the oldest where there are too many.
pub(super) fn keep(
    state: &StateFolder,
    target: Option<&Path>,
    bytes: &[u8],
    mark: Mark,
    modified: Option<SystemTime>,
) -> io::Result<()> {
    let (disk, folder) = (&**state.disk(), state.versions_of(target));
    disk.create_folders(&folder)?;
    let mut versions = versions_in(state, &folder)?;
    let newest = versions.last();
    let is_same = |version: &OldVersion| version.mark == mark && version.size == bytes.len() as u64;
    if let Some(newest) = newest.filter(|newest| is_same(newest))
        && disk.read(&newest.path, newest.size)? == bytes
    {
        return Ok(());
    }
    let number = newest.map_or(1, |newest| newest.number + 1);
    let path = folder.join(file_name(number, mark));
    replace(disk, &path, bytes).map_err(said)?;
    if let Some(modified) = modified {
        // Without it the list shows when the version was replaced instead of when it was saved.
        let _ = disk.set_modified(&path, modified);
    }
    drop_the_oldest(disk, &mut versions, bytes.len() as u64);
    Ok(())
}

/// Makes room for one more version of a size.
fn drop_the_oldest(disk: &dyn Disk, versions: &mut Vec<OldVersion>, size: u64) {
    let mut bytes = size + versions.iter().map(|version| version.size).sum::<u64>();
    while !versions.is_empty() && (versions.len() >= MOST_VERSIONS || bytes > MOST_BYTES) {
        let oldest = versions.remove(0);
        bytes -= oldest.size;
        // One that stays is dropped the next time.
        let _ = disk.remove(&oldest.path);
    }
}

fn said(NotReplaced { step, source, .. }: NotReplaced) -> io::Error {
    io::Error::new(source.kind(), format!("{step} failed: {source}"))
}

/// The path of a version with a name of its own, beside the plan: `shop.committee-may.plan.ron`.
#[must_use]
pub fn path_of_named_version(path: &Path, name: &str) -> PathBuf {
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let stem = file.strip_suffix(EXTENSION).map_or(&*file, |stem| stem.trim_end_matches('.'));
    let mut named = stem.to_owned();
    let slug = slug(name);
    let _ = write!(named, ".{}.{EXTENSION}", if slug.is_empty() { "version" } else { &slug });
    path.with_file_name(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_named_version_is_a_sibling() {
        let named = |path, name| path_of_named_version(Path::new(path), name).display().to_string();
        assert_eq!(named("plans/shop.plan.ron", "Committee, May"), "plans/shop.committee-may.plan.ron");
        assert_eq!(named("shop.ron", "顧客"), "shop.ron.version.plan.ron");
    }

    #[test]
    fn twenty_versions_are_kept_and_none_twice_in_a_row() {
        let folder = tempfile::tempdir().unwrap();
        let state = StateFolder::at(folder.path());
        for number in 0..25_u8 {
            keep(&state, None, &[number], Mark::Discarded, None).unwrap();
            keep(&state, None, &[number], Mark::Discarded, None).unwrap();
        }
        let versions = versions(&state, None).unwrap();
        let numbers: Vec<_> = versions.iter().map(|version| version.number).collect();
        assert_eq!(numbers, (6..=25).rev().collect::<Vec<_>>());
        assert!(versions[0].path.ends_with("versions/untitled/000025-discarded.plan.ron"));
    }

    #[test]
    fn large_versions_push_the_oldest_out_and_the_newest_stays() {
        let folder = tempfile::tempdir().unwrap();
        let state = StateFolder::at(folder.path());
        let megabytes = |number: usize| vec![b'x'; number * 1024 * 1024];
        for size in [20, 25, 10, 60] {
            keep(&state, None, &megabytes(size), Mark::Saved, None).unwrap();
            let sizes: Vec<_> =
                versions(&state, None).unwrap().iter().map(|version| version.size >> 20).collect();
            let expected: &[u64] = match size {
                20 => &[20],
                25 => &[25, 20],
                10 => &[10, 25],
                _ => &[60],
            };
            assert_eq!(sizes, expected);
        }
    }
}
