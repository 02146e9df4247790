//! `numbers`: the row of numbers from today to the target.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use rayon::prelude::*;
use serde_json::json;

use crate::model::Plan;
use crate::numbers::{MEASURES, Measure, row, row_as_json};
use crate::plan_file::EXTENSION;
use crate::rules::Facts;

use super::folder::{opened, plans_in};
use super::{Failure, Outcome, OutputFormat};

/// Prints the row of numbers from today over each wave to the target; of a folder of plans, the target's.
#[derive(Debug, Args)]
pub struct Numbers {
    /// The plan file, or a folder of plans.
    plan: PathBuf,
    /// How to print them.
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

impl Numbers {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Outcome, Failure> {
        if self.plan.is_dir() {
            return self.run_on_folder(out);
        }
        let plan = crate::plan_file::open(&self.plan)?;
        let facts = Facts::new(&plan);
        match self.format {
            OutputFormat::Json => writeln!(out, "{:#}", row_as_json(&facts))?,
            OutputFormat::Text => print_text(out, &facts)?,
        }
        Ok(Outcome::Clean)
    }

    fn run_on_folder(&self, out: &mut dyn Write) -> Result<Outcome, Failure> {
        let paths = plans_in(&self.plan)?;
        let plans: Result<Vec<Plan>, _> = opened(&paths).into_iter().collect();
        let plans = plans?;
        let facts: Vec<_> = plans.par_iter().map(Facts::new).collect();
        if self.format == OutputFormat::Json {
            let plans = paths.iter().zip(&facts).map(|(path, facts)| {
                json!({ "file": path.to_string_lossy().replace('\\', "/"), "numbers": row_as_json(facts) })
            });
            writeln!(out, "{:#}", json!({ "plans": plans.collect::<Vec<_>>() }))?;
            return Ok(Outcome::Clean);
        }
        let columns = paths.iter().zip(&facts).map(|(path, facts)| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let target = row(facts).pop();
            let cell =
                |measure: &Measure| target.as_ref().map(|numbers| measure.text(numbers)).unwrap_or_default();
            let name = name.trim_end_matches(&format!(".{EXTENSION}")).to_owned();
            std::iter::once(name).chain(MEASURES.iter().map(cell)).collect()
        });
        print_columns(out, &columns.collect::<Vec<_>>())?;
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
    print_columns(out, &columns)
}

fn print_columns(out: &mut dyn Write, columns: &[Vec<String>]) -> Result<(), Failure> {
    let labels = std::iter::once("").chain(MEASURES.iter().map(|measure| measure.label));
    for (line, label) in labels.enumerate() {
        write!(out, "{label:<30}")?;
        for column in columns {
            let widest = column.iter().map(|cell| cell.chars().count()).max().unwrap_or_default();
            write!(out, " {:>width$}", column[line], width = widest.max(8))?;
        }
        writeln!(out)?;
    }
    Ok(())
}
