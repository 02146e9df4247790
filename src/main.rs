//! The program: a plan or nothing opens the window, a subcommand runs without one.

use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use hybridscape::cli::{self, Arguments};

/// Frames and judgements take and give back megabytes: it keeps them, where others ask the system anew.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match &arguments.command {
        Some(command) => cli::run(command),
        None => open_window(arguments.plan.as_deref()),
    }
}

#[cfg(feature = "desktop")]
fn open_window(plan: Option<&Path>) -> ExitCode {
    if let Some(plan) = plan.filter(|plan| !plan.exists()) {
        eprintln!(
            "hybridscape: there is no such plan file and no such command (`hybridscape --help` lists them): {}",
            plan.display()
        );
        return ExitCode::from(2);
    }
    match hybridscape::app::run(plan) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("hybridscape: {sentence}");
            ExitCode::from(2)
        }
    }
}

#[cfg(not(feature = "desktop"))]
fn open_window(_: Option<&Path>) -> ExitCode {
    eprintln!(
        "hybridscape: this build has no window; use a subcommand (`hybridscape --help` lists them), or build with the \
         feature `desktop`"
    );
    ExitCode::from(2)
}
