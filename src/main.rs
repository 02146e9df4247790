//! The program: a plan or nothing opens the window, a subcommand runs without one.

use std::process::ExitCode;

use clap::Parser;
use hybridscape::cli::{self, Arguments};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match &arguments.command {
        Some(command) => cli::run(command),
        None => ExitCode::SUCCESS,
    }
}
