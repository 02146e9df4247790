//! The command line: one file per subcommand. Works without a display.

mod arrange;
mod check;
mod compare;
mod decide;
mod diagram;
mod diff;
mod explain;
mod fix;
mod folder;
mod format;
mod generate;
mod git;
mod merge;
mod numbers;
mod rules;
mod summary;
mod textconv;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use crate::landscape::Timeline;
use crate::model::{Plan, Stage};
use crate::plan_file;

/// Plans hybrid architectures: what migrates, what is integrated, and where the plan contradicts itself.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
pub struct Arguments {
    /// The plan to open in the window.
    pub plan: Option<PathBuf>,
    /// What to do without a window.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What can be done without a window.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Says what is wrong with a plan.
    Check(check::Check),
    /// Puts variants of a plan side by side.
    Compare(compare::Compare),
    /// Applies what can be mended in one way only.
    Fix(fix::Fix),
    /// Explains a rule: what, why, what to do.
    Explain(explain::Explain),
    /// Lists all rules.
    Rules(rules::Rules),
    /// Prints the row of numbers from today to the target.
    Numbers(numbers::Numbers),
    /// Prints what the answers about each system point to.
    Decide(decide::Decide),
    /// Writes the architecture document of a plan.
    Summary(summary::Summary),
    /// Writes a picture of a plan at a stage.
    Diagram(diagram::Diagram),
    /// Arranges the systems that nobody placed.
    Arrange(arrange::Arrange),
    /// Writes a plan file in its canonical form.
    Format(format::Format),
    /// Makes up a landscape, the same for the same seed.
    Generate(generate::Generate),
    /// Says what is different between two plans.
    Diff(diff::Diff),
    /// Merges plans by meaning.
    Merge(merge::Merge),
    /// Tells git to compare and merge plans by meaning.
    Git(git::Git),
    /// Prints a plan as git compares it.
    Textconv(textconv::Textconv),
}

/// How a command ended, short of failing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// As wished: exit code 0.
    Clean,
    /// Something was found: exit code 1.
    Found,
}

/// Why a command could not do its work: exit code 2.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A plan file that cannot be read.
    #[error(transparent)]
    Unreadable(#[from] plan_file::PlanFileError),
    /// A plan file that cannot be written.
    #[error(transparent)]
    Unsaved(#[from] plan_file::SaveError),
    /// A stage that the plan does not have.
    #[error("the plan has no stage \"{wanted}\"; it has {known}")]
    NoStage {
        /// What was asked for.
        wanted: String,
        /// What there is.
        known: String,
    },
    /// A rule that does not exist.
    #[error("there is no rule \"{0}\"; `hybridscape rules` lists them all")]
    NoRule(String),
    /// A file name whose ending names no format.
    #[error("\"{found}\" names no format for {what}; end the file's name in {known}: {path}")]
    NoFormat {
        /// The ending that was found.
        found: String,
        /// What was to be written.
        what: &'static str,
        /// The endings that are known.
        known: &'static str,
        /// The file.
        path: String,
    },
    /// A file that cannot be written.
    #[error("cannot write the file ({reason}); choose another place or make room: {path}")]
    NotWritten {
        /// What the system said.
        reason: std::io::Error,
        /// The file.
        path: String,
    },
    /// A picture that cannot be drawn.
    #[error(transparent)]
    NotDrawn(#[from] crate::export::PictureError),
    /// The reader of the output went away.
    #[error("cannot print ({0})")]
    Output(#[from] std::io::Error),
    /// A sentence of a command's own.
    #[error("{0}")]
    Other(String),
}

/// The text formats of most commands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// For people.
    #[default]
    Text,
    /// For machines.
    Json,
}

/// Runs a command; what it prints goes to standard output, why it failed to standard error.
#[must_use]
pub fn run(command: &Command) -> ExitCode {
    let mut out = std::io::stdout().lock();
    match dispatch(command, &mut out) {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Found) => ExitCode::from(1),
        // `hybridscape check … | head` is no failure of ours.
        Err(Failure::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("hybridscape: {failure}");
            ExitCode::from(2)
        }
    }
}

fn dispatch(command: &Command, out: &mut dyn Write) -> Result<Outcome, Failure> {
    match command {
        Command::Check(check) => check.run(out),
        Command::Compare(compare) => compare.run(out),
        Command::Fix(fix) => fix.run(out),
        Command::Explain(explain) => explain.run(out),
        Command::Rules(rules) => rules.run(out),
        Command::Numbers(numbers) => numbers.run(out),
        Command::Decide(decide) => decide.run(out),
        Command::Summary(summary) => summary.run(out),
        Command::Diagram(diagram) => diagram.run(out),
        Command::Arrange(arrange) => arrange.run(out),
        Command::Format(format) => format.run(out),
        Command::Generate(generate) => generate.run(out),
        Command::Diff(diff) => diff.run(out),
        Command::Merge(merge) => merge.run(out),
        Command::Git(git) => git.run(out),
        Command::Textconv(textconv) => textconv.run(out),
    }
}

/// The place of a stage named on the command line: `today`, `target`, a wave's id or its number.
fn stage_place(plan: &Plan, wanted: &str) -> Result<usize, Failure> {
    let timeline = Timeline::new(plan);
    let by_number = || wanted.parse::<usize>().ok().filter(|number| (1..timeline.target()).contains(number));
    let place = timeline.place(&Stage::from_text(wanted)).or_else(by_number);
    place.ok_or_else(|| {
        let known: Vec<_> = timeline.stages().iter().map(ToString::to_string).collect();
        Failure::NoStage { wanted: wanted.to_owned(), known: known.join(", ") }
    })
}

fn cannot_read(error: &std::io::Error, path: &Path) -> Failure {
    Failure::Other(format!("cannot read the file ({error}); check that it is there: {}", path.display()))
}

/// How a file's name ends, in lower case and without the dot.
fn extension(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_lowercase()
}

fn unknown_format(what: &'static str, known: &'static str, path: &Path) -> Failure {
    let found = path.extension().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    Failure::NoFormat { found, what, known, path: path.display().to_string() }
}

/// Writes a whole file and says so.
fn written(path: &Path, content: impl AsRef<[u8]>, out: &mut dyn Write) -> Result<(), Failure> {
    plan_file::write_whole(path, content.as_ref())
        .map_err(|reason| Failure::NotWritten { reason, path: path.display().to_string() })?;
    writeln!(out, "wrote {}", path.display())?;
    Ok(())
}
