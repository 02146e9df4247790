//! `summary`: the architecture document of a plan, in the format that the file's name ends with.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::export::{html, markdown, summary};
use crate::rules::{self, Facts, Scope};

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
        let facts = Facts::new(&plan);
        let findings = rules::check(&facts, Scope::AllStages);
        let document = summary::document(&facts, &findings);
        if format == "md" {
            self.write_markdown(&document, out)?;
        } else {
            written(&self.output, &html::write(&document), out)?;
        }
        Ok(Outcome::Clean)
    }

    /// The pictures first, so that the text never refers to what is not there.
    fn write_markdown(&self, document: &summary::Document, out: &mut dyn Write) -> Result<(), Failure> {
        let stem = self.output.file_stem().unwrap_or_default().to_string_lossy();
        let export = markdown::write(document, &stem);
        let folder = self.output.parent().unwrap_or(Path::new(""));
        for (name, svg) in &export.pictures {
            written(&folder.join(name), svg, out)?;
        }
        written(&self.output, &export.text, out)
    }
}
