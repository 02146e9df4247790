//! What the window remembers and does not save: selection, camera, gesture, open panels.

mod decisions;

pub use decisions::{DecisionsOrder, Glide, QuestionForm};

use std::collections::BTreeSet;

use egui::{Pos2, Rect, Vec2};

use crate::model::{AreaId, Position, SystemId};
use crate::rules::{Finding, Fix, GroupBy, Preview, Severity, Subject};
use crate::scene::{View, Zone};

pub use super::camera::Camera;
pub use super::comparing::OnCanvas;
use super::keeping::{Comparison, ConflictList, FromMarkers, Occupied, Outside, Sibling, VersionList};
use super::repository::CommitList;

/// What the pointer does on the canvas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tool {
    /// Selects and moves.
    #[default]
    Select,
    /// Moves the picture.
    Hand,
    /// Adds a system where it is clicked.
    System,
    /// Draws a flow from system to system.
    Flow,
    /// Puts what lies in a box into an area.
    Area,
}

/// A gesture in progress; on release it becomes one step, Escape drops it.
#[derive(Clone, Debug, PartialEq)]
pub enum Gesture {
    /// Moving the selected cards, by plan units.
    Move(Vec2),
    /// Drawing a flow from a system to the pointer, in plan units.
    Connect {
        /// Where it begins.
        from: SystemId,
        /// Where the pointer is.
        pos_in_plan: Pos2,
    },
    /// Selecting what lies in a box, in plan units.
    Box {
        /// Where it began.
        start_in_plan: Pos2,
        /// Where the pointer is.
        end_in_plan: Pos2,
    },
}

/// A tab of the lower panel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// What is wrong.
    #[default]
    Findings,
    /// Who decides about which domain.
    Ownership,
    /// All flows as a table.
    Interfaces,
    /// What the answers about each system point to.
    Decisions,
    /// What is different from the plan that the open one is compared with.
    Compare,
}

/// What follows from a disposition, offered as one step.
#[derive(Clone, Debug)]
pub struct FollowUp {
    /// What was decided: "Legacy CRM migrates".
    pub decided: String,
    /// A sentence for each consequence.
    pub sentences: Vec<String>,
    /// The step.
    pub edits: Vec<crate::edit::Edit>,
}

/// Which findings are listed, and under what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindingsView {
    /// Words that a finding must hold.
    pub query: String,
    /// Severities that are left out.
    pub hidden: BTreeSet<Severity>,
    /// Whether the accepted ones are listed instead of the open ones.
    pub shows_accepted: bool,
    /// What they are sorted under.
    pub group_by: GroupBy,
    /// The groups whose findings are shown.
    pub opened: BTreeSet<String>,
}

impl FindingsView {
    /// Whether a finding is listed.
    #[must_use]
    pub fn admits(&self, finding: &Finding) -> bool {
        let words = format!("{} {} {}", finding.rule.id, finding.rule.title, finding.message).to_lowercase();
        let query = self.query.to_lowercase();
        !self.hidden.contains(&finding.severity) && query.split_whitespace().all(|word| words.contains(word))
    }
}

/// A panel that can be hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// On the left.
    Outline,
    /// On the right.
    Inspector,
    /// Below.
    Lower,
}

/// A dialog that is open.
#[derive(Clone, Debug)]
pub enum Dialog {
    /// Commands by name.
    Palette {
        /// What was typed.
        query: String,
    },
    /// Objects by name.
    Find {
        /// What was typed.
        query: String,
    },
    /// To which system a flow goes.
    Connect {
        /// Where it begins.
        from: SystemId,
        /// The hub that it goes over.
        via: Option<SystemId>,
        /// What was typed.
        query: String,
    },
    /// Into which area the selected systems go.
    Area {
        /// What was typed.
        query: String,
    },
    /// Who decides about a domain from now on, where another system does.
    Truth {
        /// The domain.
        domain: crate::model::DomainId,
        /// The system that holds it.
        holder: SystemId,
        /// The system that is to hold it.
        system: SystemId,
    },
    /// What a fix would change.
    FixPreview {
        /// The finding.
        finding: Box<Finding>,
        /// Its fixes with what they would change.
        fixes: Vec<(Fix, Option<Preview>)>,
        /// The one that is looked at.
        chosen: usize,
    },
    /// What follows from a disposition, sentence by sentence.
    FollowUp,
    /// Who accepts a finding, why and until when.
    Waive {
        /// The finding.
        finding: Box<Finding>,
        /// Why.
        reason: String,
        /// Who.
        person: String,
        /// The last day, as it was typed.
        until: String,
    },
    /// What to do with unsaved changes.
    Unsaved,
    /// A path to type, where the system shows no dialog.
    Path {
        /// What it is for.
        purpose: PathPurpose,
        /// What was typed.
        path: String,
    },
    /// Work that was not saved when the program ended.
    Recovery,
    /// Somebody else changed the file.
    Changed(Box<Outside>),
    /// Another plan is where this one is to be saved.
    Occupied(Box<Occupied>),
    /// A file with conflict markers.
    Markers(Box<FromMarkers>),
    /// The plan has conflicts.
    Conflicts(ConflictList),
    /// A file was dropped on a plan: open it, or compare with it.
    Dropped(std::path::PathBuf),
    /// Earlier versions.
    Versions(VersionList),
    /// The commits that touched the plan.
    History(CommitList),
    /// Files that interrupted saves left behind.
    Strays,
    /// A name for a file beside the plan's.
    Sibling(Sibling),
    /// What went wrong, in a sentence.
    Problem(String),
    /// The questions about a system.
    Questions(QuestionForm),
    /// How much each question speaks for each disposition.
    Weights,
    /// All shortcuts.
    Shortcuts,
    /// The manual page of a rule.
    Rule(&'static crate::rules::Rule),
}

impl Dialog {
    /// Asks who accepts a finding.
    #[must_use]
    pub fn waive(finding: Finding) -> Self {
        let finding = Box::new(finding);
        Self::Waive { finding, reason: String::new(), person: String::new(), until: String::new() }
    }
}

/// What is being named in place.
#[derive(Clone, Debug, PartialEq)]
pub enum Naming {
    /// A system that comes into being when its name is entered.
    New {
        /// Where its card stands.
        at: Position,
        /// What was typed.
        name: String,
    },
    /// A system that is there.
    System {
        /// The system.
        id: SystemId,
        /// What was typed.
        name: String,
    },
    /// An area that is there.
    Area {
        /// The area.
        id: AreaId,
        /// What was typed.
        name: String,
    },
}

/// What a typed path is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathPurpose {
    /// Opening.
    Open,
    /// Comparing the open plan with it.
    Compare,
    /// Saving.
    Save,
    /// Exporting.
    Export(super::action::Export),
}

/// What the window remembers and does not save.
#[derive(Clone, Debug)]
pub struct Session {
    /// What is selected, in the order of selecting.
    pub selection: Vec<Subject>,
    /// Which part of the plan is shown; `None` until the canvas knows its size.
    pub camera: Option<Camera>,
    /// The canvas on screen in the last frame.
    pub canvas: Rect,
    /// The shown stage, by its place.
    pub stage: usize,
    /// Whether it is compared with today.
    pub difference: bool,
    /// The plan that the open one is compared with on the canvas.
    pub on_canvas: Option<OnCanvas>,
    /// Hubs shown or hidden.
    pub view: View,
    /// Every system, the overview, or one group; `None` leaves it to the size of the plan.
    pub zone: Option<Zone>,
    /// What the pointer does.
    pub tool: Tool,
    /// A gesture in progress.
    pub gesture: Option<Gesture>,
    /// The tab of the lower panel.
    pub tab: Tab,
    /// The filter of the outline.
    pub filter: String,
    /// What is being named in place.
    pub naming: Option<Naming>,
    /// Whether the inspector's first field takes the keyboard in the next frame.
    pub inspector_wants_focus: bool,
    /// The finding that is selected.
    pub finding: Option<Finding>,
    /// What follows from the disposition that was just set and is not in the plan yet.
    pub follow_up: Option<FollowUp>,
    /// Which findings are listed, and under what.
    pub findings_view: FindingsView,
    /// What the systems of the decisions are sorted by.
    pub decisions_order: DecisionsOrder,
    /// Cards on their way to where they were arranged.
    pub glide: Option<Glide>,
    /// The row of the ownership matrix that is shown.
    pub ownership_row: Option<crate::model::DomainId>,
    /// The open dialog.
    pub dialog: Option<Dialog>,
    /// The plans that the open dialog compares.
    pub comparison: Option<Comparison>,
    /// What the status bar says.
    pub message: String,
}

impl Default for Session {
    fn default() -> Self {
        Self {
            selection: Vec::new(),
            camera: None,
            canvas: Rect::ZERO,
            stage: 0,
            difference: false,
            on_canvas: None,
            view: View::Technical,
            zone: None,
            tool: Tool::Select,
            gesture: None,
            tab: Tab::Findings,
            filter: String::new(),
            naming: None,
            inspector_wants_focus: false,
            finding: None,
            follow_up: None,
            findings_view: FindingsView::default(),
            decisions_order: DecisionsOrder::default(),
            glide: None,
            ownership_row: None,
            dialog: None,
            comparison: None,
            message: String::new(),
        }
    }
}

impl Session {
    /// What is drawn of a plan with this many systems: large ones begin with the overview.
    #[must_use]
    pub fn zone_of(&self, systems: usize) -> Zone {
        const LARGE: usize = 1_000;
        let usual = if systems >= LARGE { Zone::Overview } else { Zone::Whole };
        self.zone.clone().unwrap_or(usual)
    }

    /// Whether something is selected.
    #[must_use]
    pub fn is_selected(&self, subject: &Subject) -> bool {
        self.selection.contains(subject)
    }

    /// What the line of the difference that is looked at is about.
    #[must_use]
    pub fn marked(&self) -> Option<&Subject> {
        self.on_canvas.as_ref()?.marked.as_ref()
    }

    /// The selected systems, in the order of selecting.
    pub fn selected_systems(&self) -> impl Iterator<Item = &SystemId> {
        self.selection.iter().filter_map(|subject| match subject {
            Subject::System(id) => Some(id),
            _ => None,
        })
    }

    /// The selected systems as a set.
    #[must_use]
    pub fn selected_system_set(&self) -> BTreeSet<SystemId> {
        self.selected_systems().cloned().collect()
    }

    /// Whether a rectangle of the plan lies wholly in sight.
    #[must_use]
    pub fn shows(&self, x: i32, y: i32, width: i32, height: i32) -> bool {
        let camera = self.camera.unwrap_or_default();
        let corner = |pos| camera.plan_from_screen(self.canvas, pos);
        let seen = Rect::from_min_max(corner(self.canvas.min), corner(self.canvas.max));
        let size = Vec2::new(width as f32, height as f32);
        seen.contains_rect(Rect::from_min_size(Pos2::new(x as f32, y as f32), size))
    }

    /// The middle of the canvas in plan units.
    #[must_use]
    pub fn centre_in_plan(&self) -> Position {
        let camera = self.camera.unwrap_or_default();
        let centre = camera.plan_from_screen(self.canvas, self.canvas.center());
        Position(centre.x.round() as i32, centre.y.round() as i32)
    }
}
