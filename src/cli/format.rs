//! `format`: a plan file in its canonical form.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::plan_file;

use super::{Failure, Outcome};

/// Writes a plan file in its canonical form: sorted, one field a line, only what differs from the default.
#[derive(Debug, Args)]
pub struct Format {
    /// The plan file.
    plan: PathBuf,
    /// Changes nothing; exits with 1 where the file is not in its canonical form.
    #[arg(long)]
    check: bool,
    /// Drops the comments of the file, which its canonical form cannot keep.
    #[arg(long)]
    drop_comments: bool,
}

impl Format {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Outcome, Failure> {
        let plan = plan_file::open(&self.plan)?;
        let before = std::fs::read(&self.plan).map_err(|error| Failure::Other(error.to_string()))?;
        let is_canonical = before == plan_file::write(&plan).as_bytes();
        if is_canonical {
            return Ok(Outcome::Clean);
        }
        if self.check {
            writeln!(out, "not in its canonical form: {}", self.plan.display())?;
            return Ok(Outcome::Found);
        }
        if !self.drop_comments {
            comment_that_would_be_lost(&self.plan)?;
        }
        plan_file::save(&plan, &self.plan)?;
        Ok(Outcome::Clean)
    }
}

/// Refuses to write a plan whose file has comments.
pub(super) fn comment_that_would_be_lost(path: &Path) -> Result<(), Failure> {
    let text = std::fs::read(path).map_err(|error| Failure::Other(error.to_string()))?;
    match plan_file::first_comment(&String::from_utf8_lossy(&text)) {
        None => Ok(()),
        Some(position) => Err(Failure::Other(format!(
            "the comment in {position} would be lost; move comments into `notes`, or pass --drop-comments: {}",
            path.display()
        ))),
    }
}
