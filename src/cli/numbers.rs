//! `numbers`: the row of numbers from today to the target.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use crate::numbers::{MEASURES, row, row_as_json};
use crate::rules::Facts;

use super::{Failure, Outcome, OutputFormat};

/// Prints the row of numbers from today over each wave to the target.
#[derive(Debug, Args)]
pub struct Numbers {
    /// The plan file.
    plan: PathBuf,
    /// How to print them.
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

impl Numbers {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Outcome, Failure> {
        let plan = crate::plan_file::open(&self.plan)?;
        let facts = Facts::new(&plan);
        match self.format {
            OutputFormat::Json => writeln!(out, "{:#}", row_as_json(&facts))?,
            OutputFormat::Text => print_text(out, &facts)?,
        }
        Ok(Outcome::Clean)
    }
}

fn print_text(out: &mut dyn Write, facts: &Facts<'_>) -> Result<(), Failure> {
    let names: Vec<_> =
        facts.index.timeline.stages().iter().map(|stage| facts.plan().stage_name(stage)).collect();
    let width = |name: &str| name.chars().count().max(8);
    write!(out, "{:<30}", "")?;
    for name in &names {
        write!(out, " {name:>width$}", width = width(name))?;
    }
    writeln!(out)?;
    let row = row(facts);
    for measure in MEASURES {
        write!(out, "{:<30}", measure.label)?;
        for (structure, name) in row.iter().zip(&names) {
            write!(out, " {:>width$}", measure.text(structure), width = width(name))?;
        }
        writeln!(out)?;
    }
    Ok(())
}
