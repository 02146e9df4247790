//! `summary`: the architecture document of a plan, in the format that the file's name ends with.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::export::document_files;
use crate::export::summary::Since;
use crate::model::Plan;
use crate::share::difference;

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
    /// An earlier version of the plan: the document says what changed since.
    #[arg(long, value_name = "PLAN")]
    since: Option<PathBuf>,
}

impl Summary {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Outcome, Failure> {
        let format = super::extension(&self.output);
        if !matches!(format.as_str(), "html" | "htm" | "md") {
            return Err(super::unknown_format("a document", ".html or .md", &self.output));
        }
        let plan = crate::plan_file::open(&self.plan)?;
        let since = self.since.as_deref().map(|earlier| since(earlier, &plan)).transpose()?;
        for (path, text) in document_files(&plan, since.as_ref(), &self.output) {
            written(&path, &text, out)?;
        }
        Ok(Outcome::Clean)
    }
}

fn since(earlier: &Path, plan: &Plan) -> Result<Since, Failure> {
    let old = crate::plan_file::open(earlier)?;
    let difference = difference(&old, plan).map_err(|error| Failure::Other(error.to_string()))?;
    let version = earlier.file_name().unwrap_or(earlier.as_os_str()).to_string_lossy().into_owned();
    Ok(Since { version, difference })
}
