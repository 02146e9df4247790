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
    let row = row(facts);
    let stages = facts.index.timeline.stages().iter().zip(&row);
    let columns: Vec<Vec<String>> = stages
        .map(|(stage, numbers)| {
            let name = facts.plan().stage_name(stage).to_owned();
            std::iter::once(name).chain(MEASURES.iter().map(|measure| measure.text(numbers))).collect()
        })
        .collect();
    let labels = std::iter::once("").chain(MEASURES.iter().map(|measure| measure.label));
    for (line, label) in labels.enumerate() {
        write!(out, "{label:<30}")?;
        for column in &columns {
            let widest = column.iter().map(|cell| cell.chars().count()).max().unwrap_or_default();
            write!(out, " {:>width$}", column[line], width = widest.max(8))?;
        }
        writeln!(out)?;
    }
    Ok(())
}
