//! `merge`: three plans by meaning; also git's merge driver, and the way out of conflict markers.

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::git::{Git, NoGit, half_merged};
use crate::model::Plan;
use crate::plan_file::{self, PlanFileError};
use crate::share::{self, Merged};

use super::git::{merge_lines, not_written};
use super::{Failure, Outcome, cannot_read};

/// Merges plans by meaning: what both sides changed differently becomes a conflict in the merged plan.
/// Exits with 1 where conflicts are left to decide.
#[derive(Debug, Args)]
pub struct Merge {
    /// The plan that both sides started from; an empty file where there was none.
    #[arg(required_unless_present = "from_markers")]
    base: Option<PathBuf>,
    /// Our side.
    #[arg(required_unless_present = "from_markers")]
    ours: Option<PathBuf>,
    /// Their side.
    #[arg(required_unless_present = "from_markers")]
    theirs: Option<PathBuf>,
    /// A plan file with conflict markers (<<<<<<<), instead of three plans.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["base", "ours", "theirs", "driver"])]
    from_markers: Option<PathBuf>,
    /// Where the merged plan goes.
    #[arg(short, long)]
    output: PathBuf,
    /// Works as git's merge driver: where a plan cannot be read, git's merge of the lines is left in OUTPUT.
    #[arg(long)]
    driver: bool,
    /// What the plan is called in messages, where its file has another name.
    #[arg(long, value_name = "NAME")]
    path: Option<String>,
    /// How long git's conflict markers are.
    #[arg(long, default_value_t = 7, value_name = "NUMBER")]
    marker_size: u32,
}

impl Merge {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Outcome, Failure> {
        match (&self.from_markers, &self.base, &self.ours, &self.theirs) {
            (Some(file), ..) => self.merge_markers(file, out),
            (None, Some(base), Some(ours), Some(theirs)) if self.driver => {
                self.drive([base, ours, theirs], out)
            }
            (None, Some(base), Some(ours), Some(theirs)) => {
                let (plans, merged) = merged_files([base, ours, theirs])?;
                plan_file::save(&merged.plan, &self.output)?;
                self.report(&merged, &plans, out)
            }
            _ => Err(Failure::Other("three plans are needed: base, ours, theirs".to_owned())),
        }
    }

    /// Whatever goes wrong here, the file holds a merge of the lines as git makes it.
    fn drive(&self, files: [&Path; 3], out: &mut dyn Write) -> Result<Outcome, Failure> {
        let reason = match catch_unwind(AssertUnwindSafe(|| self.merge_for_git(files, out))) {
            Ok(Ok(outcome)) => return Ok(outcome),
            Ok(Err(failure)) => failure.to_string(),
            Err(_) => "merging failed unexpectedly".to_owned(),
        };
        eprintln!("hybridscape: merged by line instead of by meaning, because: {reason}");
        let [base, ours, theirs] = files;
        if ours != self.output {
            std::fs::copy(ours, &self.output).map_err(|reason| not_written(reason, &self.output))?;
        }
        merge_lines([base, &self.output, theirs], self.marker_size)
    }

    fn merge_for_git(&self, files: [&Path; 3], out: &mut dyn Write) -> Result<Outcome, Failure> {
        let (plans, merged) = merged_files(files)?;
        self.write_readable(&merged.plan)?;
        // The file is whole; that nobody listens is no reason to merge again.
        Ok(self.report(&merged, &plans, out).unwrap_or(outcome(&merged)))
    }

    fn merge_markers(&self, file: &Path, out: &mut dyn Write) -> Result<Outcome, Failure> {
        let text = std::fs::read_to_string(file).map_err(|error| cannot_read(&error, file))?;
        let found = half_merged(&Git::default(), file, &text).ok_or_else(|| {
            Failure::Other(format!(
                "there are no conflict markers (<<<<<<<, =======, >>>>>>>) that match up; merge the three plans \
                 themselves: {}",
                file.display()
            ))
        })?;
        let read = |text: &str| {
            plan_file::read(text).map_err(|error| PlanFileError { path: Some(file.to_owned()), ..error })
        };
        let (ours, theirs) = (read(&found.sides.ours)?, read(&found.sides.theirs)?);
        let base = found.sides.base.as_deref().map(read).transpose()?;
        if found.is_from_git {
            writeln!(
                out,
                "merging what git has of both sides; what was changed in the file since is not in it"
            )?;
        } else if !found.has_base() {
            writeln!(
                out,
                "what both sides started from is not known, so that what one of them deleted in a conflict is back"
            )?;
        }
        let plans = [base.unwrap_or_default(), ours, theirs];
        let merged = merged(&plans)?;
        if self.output.exists() {
            let backup = PathBuf::from(format!("{}.bak", self.output.display()));
            std::fs::copy(&self.output, &backup).map_err(|reason| not_written(reason, &backup))?;
        }
        self.write_readable(&merged.plan)?;
        self.report(&merged, &plans, out)
    }

    /// Writes the plan whatever the file holds now, but only what can be read again.
    fn write_readable(&self, plan: &Plan) -> Result<(), Failure> {
        let text = plan_file::write(plan);
        plan_file::read(&text)?;
        plan_file::write_whole(&self.output, text.as_bytes())
            .map_err(|reason| not_written(reason, &self.output))
    }

    fn report(&self, merged: &Merged, plans: &[Plan; 3], out: &mut dyn Write) -> Result<Outcome, Failure> {
        let name = self.path.clone().unwrap_or_else(|| self.output.display().to_string());
        let places: Vec<_> = merged.conflicts.keys().collect();
        let sentences =
            share::conflict_sentences(&merged.plan).map_err(|error| Failure::Other(error.to_string()))?;
        for (_, sentence) in sentences.iter().filter(|(place, _)| places.contains(&place)) {
            writeln!(out, "conflict: {sentence}")?;
        }
        let [_, ours, theirs] = plans;
        for finding in share::findings_of_neither(&merged.plan, ours, theirs) {
            writeln!(
                out,
                "{}, new through the merge ({}): {}",
                finding.severity, finding.rule.id, finding.message
            )?;
        }
        if merged.drawn_by_both > 0 {
            writeln!(out, "both sides moved {} in the drawing; ours stayed", cards(merged.drawn_by_both))?;
        }
        match places.len() {
            0 => writeln!(out, "merged by meaning: {name}")?,
            1 => writeln!(out, "merged by meaning, 1 conflict to decide: {name}")?,
            count => writeln!(out, "merged by meaning, {count} conflicts to decide: {name}")?,
        }
        Ok(outcome(merged))
    }
}

fn outcome(merged: &Merged) -> Outcome {
    if merged.conflicts.is_empty() { Outcome::Clean } else { Outcome::Found }
}

fn cards(count: usize) -> String {
    if count == 1 { "1 card".to_owned() } else { format!("{count} cards") }
}

fn merged_files(files: [&Path; 3]) -> Result<([Plan; 3], Merged), Failure> {
    let [base, ours, theirs] = files;
    // A file that both sides added has nothing to start from: git then gives an empty one.
    let is_empty = std::fs::metadata(base).is_ok_and(|metadata| metadata.len() == 0);
    let base = if is_empty { Plan::default() } else { plan_file::open(base)? };
    let plans = [base, plan_file::open(ours)?, plan_file::open(theirs)?];
    let merged = merged(&plans)?;
    Ok((plans, merged))
}

fn merged(plans: &[Plan; 3]) -> Result<Merged, Failure> {
    let [base, ours, theirs] = plans;
    share::merge(base, ours, theirs)
        .map_err(|error| Failure::Other(format!("the plans fit no plan together ({error})")))
}

impl From<NoGit> for Failure {
    fn from(error: NoGit) -> Self {
        Self::Other(error.to_string())
    }
}
