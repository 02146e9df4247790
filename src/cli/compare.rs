//! `compare`: variants of a plan side by side.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use crate::model::Plan;
use crate::share::{Row, Variants, variants};

use super::folder::opened;
use super::{Failure, Outcome, OutputFormat};

/// Puts variants of a plan side by side: dispositions and sources of truth that differ, the target's numbers
/// and findings. Exits with 1 where they decide differently.
#[derive(Debug, Args)]
pub struct Compare {
    /// The plan files, two or more.
    #[arg(required = true, num_args = 2..)]
    plans: Vec<PathBuf>,
    /// How to print them.
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

impl Compare {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Outcome, Failure> {
        let plans: Result<Vec<Plan>, _> = opened(&self.plans).into_iter().collect();
        let compared = variants(&plans?);
        match self.format {
            OutputFormat::Text => self.print_text(out, &compared)?,
            OutputFormat::Json => writeln!(out, "{:#}", self.json(&compared))?,
        }
        let is_same = compared.dispositions.is_empty() && compared.truths.is_empty();
        Ok(if is_same { Outcome::Clean } else { Outcome::Found })
    }

    fn print_text(&self, out: &mut dyn Write, compared: &Variants) -> Result<(), Failure> {
        let files: Vec<_> = self.plans.iter().map(|path| path.display().to_string()).collect();
        for (file, name) in files.iter().zip(&compared.names) {
            writeln!(out, "{file}: {name}")?;
        }
        for (title, rows) in parts(compared) {
            let rows: Vec<Vec<&str>> = rows
                .iter()
                .map(|row| {
                    std::iter::once(row.name.as_str()).chain(row.cells.iter().map(String::as_str)).collect()
                })
                .collect();
            writeln!(out, "\n{title}")?;
            if rows.is_empty() {
                writeln!(out, "  the same in all")?;
            }
            for row in &rows {
                let line: Vec<_> = row.iter().enumerate().map(|(at, cell)| padded(&rows, at, cell)).collect();
                writeln!(out, "  {}", line.join("  ").trim_end())?;
            }
        }
        Ok(())
    }

    fn json(&self, compared: &Variants) -> Value {
        let files: Vec<_> = self.plans.iter().map(|path| path.to_string_lossy().replace('\\', "/")).collect();
        let rows = |rows: &[Row]| -> Vec<Value> {
            rows.iter().map(|row| json!({ "name": row.name, "variants": row.cells })).collect()
        };
        json!({
            "files": files,
            "plans": compared.names,
            "dispositions": rows(&compared.dispositions),
            "truths": rows(&compared.truths),
            "numbers": rows(&compared.numbers),
            "findings": rows(&compared.findings),
        })
    }
}

fn parts(compared: &Variants) -> [(&'static str, &[Row]); 4] {
    [
        ("Dispositions that differ", &compared.dispositions),
        ("Sources of truth in the target that differ", &compared.truths),
        ("Numbers of the target", &compared.numbers),
        ("Findings in the target", &compared.findings),
    ]
}

fn padded(rows: &[Vec<&str>], at: usize, cell: &str) -> String {
    let widest = rows.iter().map(|row| row[at].chars().count()).max().unwrap_or_default();
    format!("{cell:<widest$}")
}
