//! A folder of plans, a portfolio: which files it has, and opening all of them side by side.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::model::Plan;
use crate::plan_file::{self, EXTENSION, PlanFileError};

use super::Failure;

/// How deep folders are looked into.
const DEEPEST: usize = 8;

/// The plan files in a folder and the folders in it, by path. Hidden folders are passed over.
pub(super) fn plans_in(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    collect(folder, 0, &mut found)
        .map_err(|error| Failure::Other(format!("cannot read the folder ({error}): {}", folder.display())))?;
    if found.is_empty() {
        let wanted = format!("no file in it ends in .{EXTENSION}; name a plan or another folder");
        return Err(Failure::Other(format!("{wanted}: {}", folder.display())));
    }
    found.sort();
    Ok(found)
}

fn collect(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = entry.file_type()?;
        if kind.is_dir() && !name.starts_with('.') && depth < DEEPEST {
            collect(&entry.path(), depth + 1, found)?;
        } else if !kind.is_dir() && name.ends_with(&format!(".{EXTENSION}")) {
            found.push(entry.path());
        }
    }
    Ok(())
}

/// Opens plans side by side.
pub(super) fn opened(paths: &[PathBuf]) -> Vec<Result<Plan, PlanFileError>> {
    paths.par_iter().map(|path| plan_file::open(path)).collect()
}
