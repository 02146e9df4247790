//! Why a plan was not saved. In every case the file is as it was before.

use std::io;
use std::path::PathBuf;

use super::PlanFileError;

/// A plan that was not saved. Comes from [`super::save`].
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
    /// The disk, the folder or the rights do not allow it.
    #[error(
        "The plan was not saved, because {step} failed ({source}). The file is as it was. Check the disk and \
         your rights in its folder, or use Save as to write the plan elsewhere. File: {}", path.display()
    )]
    Disk {
        /// What failed: "writing the new file".
        step: &'static str,
        /// What the system said.
        source: io::Error,
        /// The file that was not written.
        path: PathBuf,
    },
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
        let errors = [
            SaveError::NotReadBack {
                reason: read("(format: 1, as_of: \"soon\")").unwrap_err().to_string(),
                path: path(),
            },
            SaveError::NotAPlan {
                reason: Box::new(PlanFileError { path: Some(path()), ..reason }),
                path: path(),
            },
            SaveError::WriteProtected { path: path() },
            SaveError::Disk {
                step: "writing the new file",
                source: io::ErrorKind::StorageFull.into(),
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
