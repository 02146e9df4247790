//! From file to plan.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::check::LARGEST_FILE;
use super::error::{Fault, PlanFileError};
use super::read;
use crate::model::Plan;

/// The plan that a file holds.
///
/// # Errors
/// As [`read`], and where the file cannot be read or is no UTF-8 text; with the file's path.
pub fn open(path: &Path) -> Result<Plan, PlanFileError> {
    let with_path = |error| PlanFileError { path: Some(path.to_owned()), ..error };
    let bytes = bytes_of(path).map_err(|error| {
        with_path(PlanFileError::of_file(Fault::Unreadable { reason: error.to_string() }))
    })?;
    plan_of_bytes(&bytes).map_err(with_path)
}

/// The plan that the bytes of a file describe.
pub(super) fn plan_of_bytes(bytes: &[u8]) -> Result<Plan, PlanFileError> {
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
pub(super) fn bytes_of(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST_FILE as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
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
