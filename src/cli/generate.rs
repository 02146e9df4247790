//! `generate`: a made-up landscape for trials, demonstrations and benchmarks.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use crate::{generate, plan_file};

use super::{Failure, Outcome};

/// Makes up a landscape, the same for the same seed on every machine.
#[derive(Debug, Args)]
pub struct Generate {
    /// Number of systems.
    #[arg(long, value_name = "N")]
    systems: usize,
    /// Another seed, another landscape.
    #[arg(long, default_value_t = 1, value_name = "S")]
    seed: u64,
    /// The plan file to write; printed where absent.
    #[arg(short, long, value_name = "PLAN")]
    output: Option<PathBuf>,
}

impl Generate {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Outcome, Failure> {
        let plan = generate::plan(self.systems, self.seed);
        match &self.output {
            Some(path) => plan_file::save(&plan, path)?,
            None => write!(out, "{}", plan_file::write(&plan))?,
        }
        Ok(Outcome::Clean)
    }
}
