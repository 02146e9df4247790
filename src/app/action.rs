//! What the window asks for. Drawing only queues actions; `apply` carries them out before the next frame.

use std::path::PathBuf;
use std::sync::Arc;

use crate::arrange::Page;
use crate::edit::Edit;
use crate::model::{Answer, AreaId, Disposition, DomainId, Plan, Question, Role, SystemId};
use crate::rules::{Finding, Place, Subject};
use crate::scene::{View, Zone};

use super::comparing::Comparing;
use super::keeping::Keeping;
use super::repository::Asking;
use super::session::{
    Camera, DecisionsOrder, Dialog, FindingsView, Gesture, Naming, Panel, PathPurpose, Tab, Tool,
};

/// Something that the window asks for.
#[derive(Clone, Debug)]
pub enum Action {
    /// Take a step. A merge key makes typing into one field one step.
    Commit {
        /// The step's name.
        label: String,
        /// What it merges with.
        merge_key: Option<String>,
        /// The step.
        edits: Vec<Edit>,
    },
    /// Take the last step back.
    Undo,
    /// Take it again.
    Redo,
    /// Typing in a field has ended.
    EndMerging,

    /// Select these and nothing else.
    Select(Vec<Subject>),
    /// Add to the selection, or take out of it.
    ToggleSelected(Subject),
    /// Select a finding and show its place.
    ShowFinding(Finding),
    /// Open the place where an answer is given.
    OpenPlace(Place),
    /// Move the focus of the keyboard to the first field of the inspector.
    FocusInspector,
    /// Use a tool.
    UseTool(Tool),
    /// A gesture begins, goes on, or ends without effect.
    SetGesture(Option<Gesture>),
    /// Look at another part of the canvas.
    SetCamera(Camera),
    /// Bring everything, or the selection, into view.
    Fit {
        /// Only the selection.
        selection: bool,
    },
    /// Make the picture larger (above 1) or smaller around the middle.
    Zoom(f32),
    /// Look at a stage, by its place.
    SetStage(usize),
    /// Compare the stage with today.
    SetDifference(bool),
    /// Compare the open plan with another on the canvas; one comparison at a time.
    Compare {
        /// The other plan.
        with: Arc<Plan>,
        /// What people call it.
        name: String,
    },
    /// Something about a comparison of plans.
    Comparing(Comparing),
    /// Show hubs, or source to target.
    SetView(View),
    /// Show every system, the overview, or one group of it.
    SetZone(Zone),
    /// Open the group that holds the first of the selected systems.
    OpenGroup,
    /// Show a tab of the lower panel.
    ShowTab(Tab),
    /// List other findings, or sort them under something else.
    SetFindingsView(FindingsView),
    /// Move the focus of the keyboard to the table of decisions.
    FocusDecisions,
    /// Sort the systems of the decisions by something else.
    SortDecisions(DecisionsOrder),
    /// Show or hide a panel.
    TogglePanel(Panel),
    /// Filter the outline.
    SetFilter(String),
    /// Name something in place; `None` drops what was typed.
    SetNaming(Option<Naming>),
    /// Enter what was typed as a name.
    EnterName,
    /// Open a dialog, or close it.
    SetDialog(Option<Dialog>),
    /// Follow the system's theme, or always use light or dark.
    SetTheme(Option<bool>),

    /// Add a system in the middle of the canvas, or where it was clicked, and name it.
    AddSystem(Option<crate::model::Position>),
    /// Connect two systems, over a hub where one is given. An end that is a hub asks for the other end.
    Connect {
        /// Where it begins.
        from: SystemId,
        /// Where it ends.
        to: SystemId,
        /// Over which hub.
        via: Option<SystemId>,
    },
    /// Set the disposition of the selected systems.
    SetDisposition(Disposition),
    /// Put the selected systems into an area, or take them out of theirs.
    AssignArea(Option<AreaId>),
    /// Make an area of this name and put the selected systems into it.
    AddArea(String),
    /// Delete an area; its systems stay.
    RemoveArea(AreaId),
    /// Put what follows from the disposition that was set into the plan, as one step.
    ApplyFollowUp,
    /// Leave what follows from it for later.
    DropFollowUp,
    /// Delete what is selected, with what goes with it.
    DeleteSelected,
    /// Duplicate the selected systems.
    DuplicateSelected,
    /// Move the selected systems by whole units.
    Nudge(i32, i32),
    /// Arrange cards and write down where they stand.
    Arrange(Arranging),
    /// Hold the selected cards where they are when others are arranged, or let them go.
    SetPinned(bool),
    /// The cards have come to where they were arranged.
    EndGlide,
    /// Answer a question, or take its answer back. Typing into one place is one step.
    Answer {
        /// The system; `None` is the whole plan.
        about: Option<SystemId>,
        /// The question.
        question: Question,
        /// The answer.
        answer: Option<Answer>,
    },
    /// Set what becomes of a system, with the reason, and record the decision.
    Choose {
        /// The system.
        system: SystemId,
        /// What becomes of it.
        chosen: Disposition,
        /// Why, where it is not what the answers recommend.
        reason: String,
    },
    /// Say what a system does with a domain from the shown stage on.
    SetRole(DomainId, SystemId, Option<Role>),
    /// Make a system the source of truth for a domain from the shown stage on.
    ClaimTruth(DomainId, SystemId),

    /// Show what the fixes of a finding would change.
    PreviewFixes(Finding),
    /// Apply a fix of a finding by its title, if it still holds its promise.
    ApplyFix(Finding, String),

    /// A new plan.
    New,
    /// Ask for a file and open it.
    AskOpen,
    /// Open this file.
    Open(PathBuf),
    /// Use a path that was typed.
    UsePath(PathPurpose, PathBuf),
    /// Open a sample by its file name.
    OpenSample(&'static str),
    /// Save, asking for a name where there is none.
    Save,
    /// Save under another name.
    AskSaveAs,
    /// Save under this name.
    SaveTo(PathBuf),
    /// Ask where to export the document or the picture, and write it.
    AskExport(Export),
    /// Write an export to this file.
    ExportTo(Export, PathBuf),
    /// Do what waits for an answer about unsaved changes, without saving.
    Discard,
    /// Save, then do what waits for it.
    SaveAndGoOn,
    /// Close the window.
    Quit,
    /// Something that keeps work from being lost.
    Keep(Keeping),
    /// Something about what was committed.
    Git(Asking),
    /// Say something in the status bar.
    Say(String),
}

/// Which cards are arranged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arranging {
    /// All but the pinned ones, for a page of this shape.
    All(Page),
    /// Those that nobody placed.
    New,
    /// The selected ones, about where they stand.
    Selection,
    /// The selected ones, or all: overlapping ones are put apart, and nearly straight rows are straightened.
    Tidy,
}

/// What can be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Export {
    /// The architecture document.
    Summary,
    /// The picture of the shown stage.
    Diagram,
}

/// The queue of actions of a frame.
pub type Actions = Vec<Action>;

/// A step of one edit that merges with others of the same field.
pub fn commit_field(
    actions: &mut Actions,
    label: impl Into<String>,
    merge_key: impl Into<String>,
    edit: Option<Edit>,
) {
    if let Some(edit) = edit {
        actions.push(Action::Commit {
            label: label.into(),
            merge_key: Some(merge_key.into()),
            edits: vec![edit],
        });
    }
}

/// A step that stands for itself.
pub fn commit(actions: &mut Actions, label: impl Into<String>, edits: impl IntoIterator<Item = Edit>) {
    let edits: Vec<_> = edits.into_iter().collect();
    if !edits.is_empty() {
        actions.push(Action::Commit { label: label.into(), merge_key: None, edits });
    }
}
