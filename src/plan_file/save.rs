//! Saving, so that the file is the old or the new plan whenever somebody looks, whole, and nobody's
//! work is overwritten unasked.
//!
//! The new bytes go into a new file beside the old one, reach the disk, take its place in one
//! step, and are read back. The old bytes become an earlier version in the state folder.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::check::LARGEST_FILE;
use super::disk::{Disk, Lock, NotReplaced, RealDisk, check, folder_of, replace};
use super::normal::normalised;
use super::open::plan_of_bytes;
use super::state::target_of;
use super::version::Known;
use super::versions::{Mark, keep};
use super::{Expected, Found, SaveError, StateFolder, Version, read, write};
use crate::model::Plan;

/// A plan that is on disk: its bytes were read back from the file.
#[derive(Debug)]
pub struct Saved {
    /// What the file holds now.
    pub version: Version,
    /// What went otherwise than usual and cost nothing.
    pub remarks: Vec<Remark>,
}

/// Something that a person should hear about a plan that was saved.
#[derive(Debug)]
pub enum Remark {
    /// There is no earlier version of what was replaced.
    VersionNotKept(io::Error),
    /// Nobody was kept from saving at the same time.
    NotLocked(io::Error),
    /// The file that was opened was gone.
    WasGone,
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::VersionNotKept(error) => {
                write!(f, "The version before this one could not be kept ({error}).")
            }
            Self::NotLocked(error) => {
                write!(f, "Others could not be kept from saving at the same time ({error}).")
            }
            Self::WasGone => f.write_str("The file had been removed; it was written anew."),
        }
    }
}

/// Saves a plan in place of any readable plan, because a person named the file. A link is followed
/// and kept; an unchanged plan leaves the file alone.
///
/// # Errors
/// As [`save_over`], but never because the file was changed meanwhile.
pub fn save(plan: &Plan, path: &Path) -> Result<(), SaveError> {
    save_over(plan, path, &Expected::any_plan(), None).map(drop)
}

/// Saves a plan if its file holds what is expected, which is afterwards what was saved.
///
/// With a state folder the version before is kept there, and others are kept from saving the same
/// file at the same time.
///
/// # Errors
/// Where the plan could not be read back, the file holds something else than expected or no
/// readable plan, or the system does not let it be written.
pub fn save_over(
    plan: &Plan,
    path: &Path,
    expected: &Expected,
    state: Option<&StateFolder>,
) -> Result<Saved, SaveError> {
    let disk = state.map_or(&RealDisk as &dyn Disk, |state| &**state.disk());
    let text = text_that_reads_back(plan, path)?;
    let mut known = expected.known();
    let target = target_of(disk, path).map_err(failed("finding its folder", path))?;
    let mut saving = Saving { disk, state, path, target, remarks: Vec::new() };
    let _lock = saving.lock()?;
    let result = saving.run(text.as_bytes(), &known);
    let version = Version::of(text.as_bytes());
    match (&result, &mut *known) {
        (Ok(()), known) => *known = Known::Versions(vec![version]),
        // The next try must not take what this one wrote for somebody else's.
        (Err(SaveError::NotConfirmed { .. }), Known::Versions(versions)) => versions.push(version),
        _ => {}
    }
    result.map(|()| Saved { version, remarks: saving.remarks })
}

/// Writes any file so that it is the old or the new one whenever somebody looks, whole; no version is kept.
///
/// # Errors
/// What the system said; the file is then the old one, or the new one that may not survive a power cut.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = target_of(&RealDisk, path)?;
    replace(&RealDisk, &target, bytes).map_err(|error| error.source)
}

fn text_that_reads_back(plan: &Plan, path: &Path) -> Result<String, SaveError> {
    let not_read_back = |reason| SaveError::NotReadBack { reason, path: path.to_owned() };
    let text = write(plan);
    let back = read(&text).map_err(|error| not_read_back(error.to_string()))?;
    if back == normalised(plan) {
        return Ok(text);
    }
    Err(not_read_back("something in it has no written form.".to_owned()))
}

/// One save.
struct Saving<'a> {
    disk: &'a dyn Disk,
    state: Option<&'a StateFolder>,
    /// The file as the person named it.
    path: &'a Path,
    /// The file itself.
    target: PathBuf,
    remarks: Vec<Remark>,
}

impl Saving<'_> {
    fn lock(&mut self) -> Result<Option<Lock>, SaveError> {
        let Some(state) = self.state else { return Ok(None) };
        match state.lock_for_saving(&self.target) {
            Ok(Some(lock)) => Ok(Some(lock)),
            Ok(None) => Err(SaveError::Busy { path: self.path.to_owned() }),
            Err(error) => {
                self.remarks.push(Remark::NotLocked(error));
                Ok(None)
            }
        }
    }

    fn run(&mut self, text: &[u8], known: &Known) -> Result<(), SaveError> {
        let old = self.old_bytes()?;
        let is_there_already = old.as_deref() == Some(text);
        if is_there_already {
            self.make_last().map_err(self.not_confirmed("making the file last"))?;
        } else {
            self.check_old(old.as_deref(), known)?;
            self.replace(old.as_deref(), text)?;
        }
        check(self.disk, &self.target, text).map_err(self.not_confirmed("checking the saved file"))?;
        let had_a_file = matches!(known, Known::Versions(versions) if !versions.is_empty());
        if old.is_none() && had_a_file {
            self.remarks.push(Remark::WasGone);
        }
        Ok(())
    }

    /// The bytes of the file that is there now, if any is.
    fn old_bytes(&self) -> Result<Option<Vec<u8>>, SaveError> {
        let failed = || failed("reading the old file", self.path);
        match self.disk.about(&self.target) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed()(error)),
            Ok(about) if !about.is_file => {
                return Err(failed()(io::Error::other("it is no file but a folder or a device")));
            }
            Ok(_) => {}
        }
        self.disk.read(&self.target, LARGEST_FILE as u64 + 1).map(Some).map_err(failed())
    }

    /// Refuses to replace what somebody may want.
    fn check_old(&self, old: Option<&[u8]>, known: &Known) -> Result<(), SaveError> {
        let Some(bytes) = old else { return Ok(()) };
        let version = Version::of(bytes);
        let path = self.path.to_owned();
        let is_read_only = self.disk.about(&self.target).is_ok_and(|about| about.is_read_only);
        match known {
            Known::AnyPlan => {
                if let Err(reason) = plan_of_bytes(bytes) {
                    return Err(SaveError::NotAPlan { reason: Box::new(reason), path });
                }
            }
            Known::Versions(versions) if versions.contains(&version) => {}
            Known::Versions(versions) => {
                let found = Box::new(Found { bytes: bytes.to_vec(), version, plan: plan_of_bytes(bytes) });
                return Err(if versions.is_empty() {
                    SaveError::AlreadyThere { found, path }
                } else {
                    SaveError::ChangedOnDisk { found, path }
                });
            }
        }
        if is_read_only { Err(SaveError::WriteProtected { path }) } else { Ok(()) }
    }

    fn replace(&mut self, old: Option<&[u8]>, text: &[u8]) -> Result<(), SaveError> {
        if let (Some(old), Some(state)) = (old, self.state) {
            let modified = self.disk.about(&self.target).ok().map(|about| about.modified);
            // The person's work matters more than the version before it.
            if let Err(error) = keep(state, Some(&self.target), old, Mark::Saved, modified) {
                self.remarks.push(Remark::VersionNotKept(error));
            }
        }
        replace(self.disk, &self.target, text).map_err(|NotReplaced { step, source, may_be_in_place }| {
            let path = self.path.to_owned();
            if may_be_in_place {
                SaveError::NotConfirmed { step, source, path }
            } else {
                SaveError::Disk { step, source, path }
            }
        })
    }

    fn make_last(&self) -> io::Result<()> {
        let is_read_only = self.disk.about(&self.target)?.is_read_only;
        if !is_read_only {
            self.disk.sync(&self.target)?;
        }
        self.disk.sync_folder(folder_of(&self.target))
    }

    fn not_confirmed(&self, step: &'static str) -> impl FnOnce(io::Error) -> SaveError + use<> {
        let path = self.path.to_owned();
        move |source| SaveError::NotConfirmed { step, source, path }
    }
}

fn failed(step: &'static str, path: &Path) -> impl FnOnce(io::Error) -> SaveError + use<> {
    let path = path.to_owned();
    move |source| SaveError::Disk { step, source, path }
}

#[cfg(test)]
mod tests;
