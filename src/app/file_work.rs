//! What jobs do with plan files: opening, finding work that was not saved, noticing what others wrote,
//! saying what is different. No window, no threads.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::git::{Git, half_merged};
use crate::model::Plan;
use crate::plan_file::{self, Loaded, PlanFileError, Recovery, StateFolder, Version};
use crate::share;

use super::document::Look;
use super::keeping::{FoundWork, FromMarkers, Opened, Outside};

/// Opens a file: a plan, or the sides of one that was merged by line.
pub fn open(path: &Path) -> Opened {
    // Looked at before it is read: what is written in between is noticed later.
    let look = Look::at(path);
    match plan_file::load(path) {
        Ok(loaded) => Opened::Plan(loaded, look),
        Err(error) => match from_markers(path, look) {
            Some(Ok(sides)) => Opened::Sides(sides),
            Some(Err(side)) => Opened::Nothing(format!("{error} {side}")),
            None => Opened::Nothing(error.to_string()),
        },
    }
}

/// Merges the sides of a file with conflict markers, as git has them or as the markers show them; `None`
/// where it has none that match up.
fn from_markers(path: &Path, look: Option<Look>) -> Option<Result<FromMarkers, String>> {
    let text = std::fs::read_to_string(path).ok()?;
    let found = half_merged(&Git::default(), path, &text)?;
    let (has_base, is_from_git, sides) = (found.has_base(), found.is_from_git, found.sides);
    let read = |text: &str| plan_file::read(text).map_err(|error| format!("One side has a fault: {error}"));
    let merged = || {
        let base = sides.base.as_deref().map(read).transpose()?.unwrap_or_default();
        let (ours, theirs) = (read(&sides.ours)?, read(&sides.theirs)?);
        share::merge(&base, &ours, &theirs).map_err(|error| error.to_string())
    };
    let version = Version::of(text.as_bytes());
    Some(merged().map(|merged| FromMarkers {
        path: path.to_owned(),
        version,
        look,
        merged,
        has_base,
        is_from_git,
    }))
}

/// What a file holds that no longer looks as it did; `None` where it does.
pub fn outside(path: PathBuf, known: Option<Look>) -> Option<Outside> {
    let look = Look::at(&path);
    if look == known {
        return None;
    }
    let (version, plan) = match plan_file::load(&path) {
        Ok(Loaded { plan, version, .. }) => (version, Ok(Arc::new(plan))),
        Err(error) => {
            (Version::of(&std::fs::read(&path).unwrap_or_default()), Err(without_path(error).to_string()))
        }
    };
    Some(Outside { path, look, version, plan, stopped_a_save: false, is_merging: false })
}

/// The error without the path, where the sentence around it ends with that.
pub fn without_path(error: PlanFileError) -> PlanFileError {
    PlanFileError { path: None, ..error }
}

/// What was not saved when the program ended.
#[derive(Debug)]
pub struct Unsaved {
    /// Each plan, and what its dialog shows.
    pub works: Vec<(Recovery, FoundWork)>,
    /// Journals that this version cannot read.
    pub unreadable: Vec<PathBuf>,
}

/// The work that was not saved, and what its dialog shows of it. Tidies up before.
pub fn recoverable(state: &StateFolder) -> io::Result<Unsaved> {
    state.tidy(std::time::SystemTime::now());
    let found = plan_file::recoverable(state)?;
    let with_words = |recovery| {
        let work = found_work(&recovery);
        (recovery, work)
    };
    Ok(Unsaved { works: found.plans.into_iter().map(with_words).collect(), unreadable: found.unreadable })
}

fn found_work(recovery: &Recovery) -> FoundWork {
    let found = &recovery.found;
    let in_file = found.path.as_deref().and_then(|path| plan_file::open(path).ok());
    let words = match (&in_file, &found.path) {
        (Some(in_file), _) => difference_words(in_file, &found.plan),
        (None, Some(_)) => "The file is gone or cannot be read.".to_owned(),
        (None, None) => format!("It was never saved. {}", plan_words(&found.plan)),
    };
    FoundWork {
        path: found.path.clone(),
        name: found.plan.name.clone(),
        label: found.label.clone(),
        steps: found.steps,
        modified: recovery.modified,
        has_file_changed: recovery.has_file_changed(),
        words,
    }
}

/// What a plan holds, in a sentence.
pub fn plan_words(plan: &Plan) -> String {
    let count = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    format!(
        "The plan \"{}\" has {}, {} and {}.",
        plan.name,
        count(plan.systems.len(), "system"),
        count(plan.flows.len(), "flow"),
        count(plan.domains.len(), "domain")
    )
}

/// What is different in the new plan, in lines.
pub fn difference_words(old: &Plan, new: &Plan) -> String {
    match share::difference(old, new) {
        Ok(difference) => share::as_text(&difference),
        Err(error) => format!("The plans cannot be compared: {error}"),
    }
}
