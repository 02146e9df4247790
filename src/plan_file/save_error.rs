//! Why a plan was not saved. Where nothing else is said, the file is as it was before.

use std::io;
use std::path::PathBuf;

use super::{PlanFileError, Version};
use crate::model::Plan;

/// What a file holds that saving left alone: for merging it, reading it again, or accepting that it goes.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Which version that is; see [`super::Expected::accept`].
    pub version: Version,
    /// The plan in it.
    pub plan: Result<Plan, PlanFileError>,
}

/// A plan that was not saved. Comes from [`super::save`] and [`super::save_over`].
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The text would not give the same plan back.
    #[error(
        "The plan was not saved, because it could not be read back afterwards: {reason} The file is as it \
         was. Correct this in the plan and save again. File: {}", path.display()
    )]
    NotReadBack {
        /// What reading it back said.
        reason: String,
        /// The file that was not written.
        path: PathBuf,
    },
    /// Somebody else wrote the file since it was opened or saved here.
    #[error(
        "The plan was not saved, because another program or person changed its file meanwhile. The file is as \
         they left it. Merge both, read the file again, or use Save as to keep both. File: {}", path.display()
    )]
    ChangedOnDisk {
        /// What the file holds.
        found: Box<Found>,
        /// The file that was left as it is.
        path: PathBuf,
    },
    /// A new plan would take the place of a file.
    #[error(
        "The plan was not saved, because there is a file of that name already. It is as it was. Choose \
         another name, or replace the file. File: {}", path.display()
    )]
    AlreadyThere {
        /// What the file holds.
        found: Box<Found>,
        /// The file that was left as it is.
        path: PathBuf,
    },
    /// The file holds something that may be lost for ever.
    #[error(
        "The plan was not saved, because what the file holds now cannot be read and would be lost: {} \
         Use Save as to write the plan under another name. File: {}", without_path(reason), path.display()
    )]
    NotAPlan {
        /// Why it cannot be read.
        reason: Box<PlanFileError>,
        /// The file that was left as it is.
        path: PathBuf,
    },
    /// Somebody protected the file.
    #[error(
        "The plan was not saved, because the file is write-protected. Remove the protection, or use Save as \
         to write the plan under another name. File: {}", path.display()
    )]
    WriteProtected {
        /// The file that was left as it is.
        path: PathBuf,
    },
    /// Somebody else holds the lock.
    #[error(
        "The plan was not saved, because another Hybridscape is saving the same file and does not come to an \
         end. Try again, or close the other one. File: {}", path.display()
    )]
    Busy {
        /// The file that was left as it is.
        path: PathBuf,
    },
    /// The disk, the folder or the rights do not allow it.
    #[error(
        "The plan was not saved, because {step} failed ({source}). The file is as it was. {} File: {}",
        advice(source), path.display()
    )]
    Disk {
        /// What failed: "writing the new file".
        step: &'static str,
        /// What the system said.
        source: io::Error,
        /// The file that was not written.
        path: PathBuf,
    },
    /// The new file took the place of the old one, or seemed to, and the disk did not confirm it.
    #[error(
        "The plan may not have been saved: the new file was put in place, and then {step} failed ({source}). \
         Save again; if that fails too, use Save as to write the plan to another disk. File: {}", path.display()
    )]
    NotConfirmed {
        /// What failed: "checking the saved file".
        step: &'static str,
        /// What the system said.
        source: io::Error,
        /// The file, which holds the old or the new plan, whole.
        path: PathBuf,
    },
}

/// What a person can do about something that the disk said.
fn advice(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            "Make room on the disk and save again, or use Save as to write the plan to another one."
        }
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            "Its folder was moved or removed, or its drive is not connected: bring it back and save again, or \
             use Save as to write the plan elsewhere."
        }
        io::ErrorKind::ReadOnlyFilesystem => {
            "The disk can only be read: use Save as to write the plan to another one."
        }
        io::ErrorKind::PermissionDenied => {
            "Ask for the right to write in its folder, or use Save as to write the plan elsewhere."
        }
        _ => "Check the disk and your rights in its folder, or use Save as to write the plan elsewhere.",
    }
}

/// The sentences without the path, which the sentence around them ends with.
fn without_path(error: &PlanFileError) -> String {
    PlanFileError { path: None, ..error.clone() }.to_string()
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::plan_file::read;

    #[test]
    fn every_sentence_says_what_why_and_what_to_do() {
        let path = || PathBuf::from("plans/shop.plan.ron");
        let reason = read("(format: 2)").unwrap_err();
        let found = || {
            Box::new(Found { bytes: Vec::new(), version: Version::of(b""), plan: Ok(Plan::named("Shop")) })
        };
        let disk = |source: io::ErrorKind| SaveError::Disk {
            step: "writing the new file",
            source: source.into(),
            path: path(),
        };
        let errors = [
            SaveError::NotReadBack {
                reason: read("(format: 1, as_of: \"soon\")").unwrap_err().to_string(),
                path: path(),
            },
            SaveError::ChangedOnDisk { found: found(), path: path() },
            SaveError::AlreadyThere { found: found(), path: path() },
            SaveError::NotAPlan {
                reason: Box::new(PlanFileError { path: Some(path()), ..reason }),
                path: path(),
            },
            SaveError::WriteProtected { path: path() },
            SaveError::Busy { path: path() },
            disk(io::ErrorKind::StorageFull),
            disk(io::ErrorKind::NotFound),
            disk(io::ErrorKind::ReadOnlyFilesystem),
            disk(io::ErrorKind::PermissionDenied),
            disk(io::ErrorKind::Other),
            SaveError::NotConfirmed {
                step: "checking the saved file",
                source: io::ErrorKind::TimedOut.into(),
                path: path(),
            },
        ];
        let mut sentences = String::new();
        for error in errors {
            let _ = writeln!(sentences, "{error}");
        }
        insta::assert_snapshot!(sentences);
    }
}
