//! From file to plan.

use std::path::Path;

use super::check::LARGEST_FILE;
use super::disk::{Disk, RealDisk};
use super::error::{Fault, PlanFileError};
use super::{TextPosition, Version, first_comment, hidden_characters, read};
use crate::model::Plan;

/// The plan that a file holds.
///
/// # Errors
/// As [`read`], and where the file cannot be read or is no UTF-8 text; with the file's path.
pub fn open(path: &Path) -> Result<Plan, PlanFileError> {
    plan_of_bytes(&file_bytes(path)?).map_err(|error| PlanFileError { path: Some(path.to_owned()), ..error })
}

/// A plan that is opened with what saving it needs to know.
#[derive(Debug)]
pub struct Loaded {
    /// The plan.
    pub plan: Plan,
    /// Its file as it was read.
    pub version: Version,
    /// Where the file has a comment, which saving cannot keep.
    pub comment: Option<TextPosition>,
    /// Where characters stand that nobody sees; the first twenty.
    pub hidden: Vec<(TextPosition, char)>,
}

/// Opens a plan that may be saved again.
///
/// # Errors
/// As [`open`].
pub fn load(path: &Path) -> Result<Loaded, PlanFileError> {
    let bytes = file_bytes(path)?;
    let plan =
        plan_of_bytes(&bytes).map_err(|error| PlanFileError { path: Some(path.to_owned()), ..error })?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(Loaded {
        plan,
        version: Version::of(&bytes),
        comment: first_comment(&text),
        hidden: hidden_characters(&text),
    })
}

/// The plan that the bytes of a file describe.
///
/// # Errors
/// As [`open`], without a path.
pub fn plan_of_bytes(bytes: &[u8]) -> Result<Plan, PlanFileError> {
    if bytes.len() > LARGEST_FILE {
        return Err(PlanFileError::of_file(Fault::TooLarge));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(PlanFileError::of_file(Fault::Utf16));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let readable = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
        PlanFileError::at(Fault::NotUtf8, &readable, readable.len(), Vec::new())
    })?;
    read(text)
}

/// The bytes of a file, and no more than show that there are too many.
fn file_bytes(path: &Path) -> Result<Vec<u8>, PlanFileError> {
    RealDisk.read(path, LARGEST_FILE as u64 + 1).map_err(|error| PlanFileError {
        path: Some(path.to_owned()),
        ..PlanFileError::of_file(Fault::Unreadable { reason: error.to_string() })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(bytes: &[u8]) -> String {
        plan_of_bytes(bytes).unwrap_err().to_string()
    }

    #[test]
    fn the_path_comes_last() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shop.plan.ron");
        std::fs::write(&path, "(format: 1, nam: \"Shop\")").unwrap();
        let expected = format!(
            "Unknown field \"nam\" in line 1, column 13. Did you mean \"name\"? File: {}",
            path.display()
        );
        assert_eq!(open(&path).unwrap_err().to_string(), expected);
        let missing = open(&folder.path().join("none.plan.ron")).unwrap_err();
        assert!(matches!(*missing.fault, Fault::Unreadable { .. }), "{missing}");
        assert!(open(folder.path()).is_err());
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        let utf16: Vec<u8> = "\u{feff}(format: 1)".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(
            sentence(&utf16),
            "The file is text in UTF-16. Save it as UTF-8 in the editor that wrote it."
        );
        assert!(sentence(&utf16[2..]).starts_with("A NUL character stands in line 1, column 2."));
        let latin = b"(\n    format: 1,\n    name: \"M\xfcller\",\n)";
        assert!(sentence(latin).starts_with("The file stops being UTF-8 text in line 3, column 13. Save it"));
        assert!(sentence(&vec![b' '; LARGEST_FILE + 1]).starts_with("The file is larger than 64 MB."));
    }
}
