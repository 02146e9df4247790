//! A folder of plans, a portfolio: which files it has, and work on all of them side by side.

use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::thread;

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
    side_by_side(paths, |path| plan_file::open(path))
}

/// Does the same work on each item, on as many threads as there are processors; results in their order.
pub(super) fn side_by_side<'t, T: Sync, R: Send>(items: &'t [T], work: impl Fn(&'t T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let share = items.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let work = &work;
        let shares = items.chunks(share);
        let threads: Vec<_> =
            shares.map(|share| scope.spawn(move || share.iter().map(work).collect::<Vec<_>>())).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect()
    })
}
