//! `summary`: the architecture document of a plan, in the format that the file's name ends with.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use crate::export::document_files;

use super::{Failure, Outcome, written};

/// Writes the architecture document of a plan: what becomes of each system, who owns which data, all
/// interfaces, the numbers and the findings.
#[derive(Debug, Args)]
pub struct Summary {
    /// The plan file.
    plan: PathBuf,
    /// Where to write it, ending in .html or .md. Beside a .md its pictures are written as .svg.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

impl Summary {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Outcome, Failure> {
        let format = super::extension(&self.output);
        if !matches!(format.as_str(), "html" | "htm" | "md") {
            return Err(super::unknown_format("a document", ".html or .md", &self.output));
        }
        let plan = crate::plan_file::open(&self.plan)?;
        for (path, text) in document_files(&plan, &self.output) {
            written(&path, &text, out)?;
        }
        Ok(Outcome::Clean)
    }
}
