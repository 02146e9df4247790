//! Comparing the open plan with another on the canvas: what the window remembers of it and what can be
//! asked for. `apply` carries it out, `derived` works it out.

use std::path::PathBuf;
use std::sync::Arc;

use crate::model::Plan;
use crate::rules::Subject;
use crate::share::{Merged, TakeError, TreeError};

/// The plan that the open one is compared with.
#[derive(Clone, Debug)]
pub struct ComparedPlan {
    /// Tells it from those that were compared before.
    pub number: u64,
    /// What people call it: a file, a version, a commit.
    pub name: String,
    /// What the open plan is called beside it.
    pub open_name: String,
    /// The plan.
    pub plan: Arc<Plan>,
    /// Whether the open plan is taken for the one before.
    pub is_open_before: bool,
}

/// A comparison as the session has it.
#[derive(Clone, Debug)]
pub struct OnCanvas {
    /// With what.
    pub with: ComparedPlan,
    /// The line of the difference that is looked at, by its key.
    pub chosen: Option<String>,
    /// What that line is about, also where the open plan does not have it.
    pub marked: Option<Subject>,
    /// Whether the line takes the keyboard in the next frame.
    pub wants_keyboard: bool,
    /// Whether the picture is still to be fitted into the canvas.
    pub is_to_fit: bool,
}

/// What can be asked for.
#[derive(Clone, Debug)]
pub enum Comparing {
    /// Ask for a file to compare with.
    AskFile,
    /// Compare with what a file holds.
    File(PathBuf),
    /// Compare with what the plan's own file held when it was opened or saved last.
    Saved,
    /// What was before is after.
    Swap,
    /// End it.
    End,
    /// Select what a line of the difference is about, by its key, and show it.
    Show(String),
    /// Show what is different about something that was clicked.
    ShowSubject(Subject),
    /// Go to the next line, or the one before.
    Step {
        /// Which of the two.
        forward: bool,
    },
    /// Take what the other plan says in a line, as a step.
    Take(String),
    /// Take all of it but the drawing, as a step.
    TakeAll,
}

/// What comes of taking something from the other plan.
#[derive(Debug)]
pub struct Taken {
    /// The revision of the open plan that it was worked out for.
    pub revision: u64,
    /// The step's name.
    pub label: String,
    /// The plan with it, or why it cannot be taken.
    pub plan: Result<Plan, TakeError>,
}

/// What comes of merging a file that was changed elsewhere.
#[derive(Debug)]
pub struct MergedFile {
    /// The revision of the open plan that was merged.
    pub revision: u64,
    /// The merged plan.
    pub merged: Result<Merged, TreeError>,
}
