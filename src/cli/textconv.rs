//! `textconv`: a plan as git compares it.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use crate::plan_file;

use super::{Failure, Outcome, cannot_read};

/// Prints a plan in its canonical form, for `git diff`; a file that is no plan is printed as it stands.
#[derive(Debug, Args)]
pub struct Textconv {
    /// The plan file.
    plan: PathBuf,
}

impl Textconv {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Outcome, Failure> {
        let bytes = match plan_file::open(&self.plan) {
            Ok(plan) => plan_file::write(&plan).into_bytes(),
            Err(_) => std::fs::read(&self.plan).map_err(|error| cannot_read(&error, &self.plan))?,
        };
        out.write_all(&bytes)?;
        Ok(Outcome::Clean)
    }
}
