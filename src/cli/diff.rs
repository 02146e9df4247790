//! `diff`: what is different between two plans.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::export;
use crate::share::{as_json, as_text, difference};

use super::{Failure, Outcome};

/// Says what is different between two plans. Exits with 1 where something is.
#[derive(Debug, Args)]
pub struct Diff {
    /// The old plan file.
    old: PathBuf,
    /// The new plan file.
    new: PathBuf,
    /// How to print the difference.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    #[default]
    Text,
    /// For a pull request.
    Markdown,
    /// For machines.
    Json,
}

impl Diff {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Outcome, Failure> {
        let (old, new) = (crate::plan_file::open(&self.old)?, crate::plan_file::open(&self.new)?);
        let difference = difference(&old, &new).map_err(|error| Failure::Other(error.to_string()))?;
        match self.format {
            Format::Text => write!(out, "{}", as_text(&difference))?,
            Format::Markdown => write!(out, "{}", export::difference::write(&difference))?,
            Format::Json => writeln!(out, "{:#}", as_json(&difference))?,
        }
        Ok(if difference.is_empty() { Outcome::Clean } else { Outcome::Found })
    }
}
