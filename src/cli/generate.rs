//! `generate`: a made-up landscape, the same for the same seed.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use crate::{generate, plan_file};

use super::{Failure, Outcome};

/// Makes up a landscape, the same for the same seed: for trials, demonstrations and measurements.
#[derive(Debug, Args)]
pub struct Generate {
    /// How many systems it has, hubs among them.
    #[arg(long, default_value_t = 30, value_name = "N")]
    systems: usize,
    /// Another seed gives another landscape.
    #[arg(long, default_value_t = 1, value_name = "S")]
    seed: u64,
    /// The plan file to write; printed where absent.
    #[arg(short, long, value_name = "PLAN")]
    output: Option<PathBuf>,
}

/// What a plan file may hold; more could be written and not be read again.
const MOST_SYSTEMS: usize = 50_000;

impl Generate {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Outcome, Failure> {
        if self.systems > MOST_SYSTEMS {
            return Err(Failure::Other(format!(
                "{} systems are too many; the most is {MOST_SYSTEMS}",
                self.systems
            )));
        }
        let plan = generate::plan(self.systems, self.seed);
        match &self.output {
            Some(path) => plan_file::save(&plan, path)?,
            None => write!(out, "{}", plan_file::write(&plan))?,
        }
        Ok(Outcome::Clean)
    }
}
