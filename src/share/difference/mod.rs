//! What is different between two plans, in the words of the plan: who was added, what was decided,
//! which findings came and went. One engine for people, pull requests and machines.

mod brief;
mod elements;
mod fields;
mod json;
mod text;

#[cfg(test)]
mod tests;

use crate::model::{Drawing, Plan, Stage};
use crate::numbers::{MEASURES, Measure, row};
use crate::rules::{Facts, Finding, Scope, StageNumbers, check};

use super::findings::not_among;
use super::narrow;
use super::tree::{Tree, TreeError};
use super::words::{Names, kind};

use elements::Side;

pub use brief::difference_in_brief;
pub use json::as_json;
pub(crate) use text::by_element;
pub use text::{as_text, heading};

/// What is different between two plans.
#[derive(Clone, Debug)]
pub struct Difference {
    /// The names of the old and the new plan.
    pub plans: [String; 2],
    /// What changed in the plan, part by part and element by element.
    pub changes: Vec<Changed>,
    /// What changed in the drawing.
    pub drawing: DrawingChange,
    /// Findings of the new plan that the old one did not have.
    pub findings_came: Vec<Finding>,
    /// Findings of the old plan that the new one does not have.
    pub findings_went: Vec<Finding>,
    /// Numbers that are different at a stage that both plans have.
    pub numbers: Vec<NumberChange>,
}

impl Difference {
    /// Whether the plans say the same and look the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.drawing == DrawingChange::default()
    }
}

/// One change, and of what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The part of the plan, as it is called in a plan file: `systems`; empty for the plan itself.
    pub part: String,
    /// The element's id; empty for the plan itself.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// What changed.
    pub change: Change,
    /// Where it stands in a plan, as a merge names it: `systems/erp/disposition`.
    pub places: Vec<String>,
}

impl Changed {
    /// Typed, as on the command line: `system:erp`, `plan`.
    #[must_use]
    pub fn subject(&self) -> String {
        if self.part.is_empty() { "plan".to_owned() } else { format!("{}:{}", kind(&self.part), self.id) }
    }
}

/// What changed about an element. Values are in words, with names in the place of ids; absent where
/// nothing is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It has the same id and another name, which was this.
    Renamed(String),
    /// Another decision about a system.
    Disposition(Values),
    /// Another source of truth of a domain.
    Truth(Values),
    /// A flow goes from, over or to other systems.
    Rerouted(Values),
    /// A flow is replaced by this one from now on.
    Replaced(String),
    /// Any other field.
    Field {
        /// Its name in words, from the outside in: `migration › wave`.
        field: String,
        /// What it said and says.
        values: Values,
    },
}

/// A value before and after.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    /// Before.
    pub old: Option<String>,
    /// After.
    pub new: Option<String>,
}

/// What changed in the drawing, as numbers of cards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DrawingChange {
    /// Cards that stand elsewhere.
    pub moved: usize,
    /// Cards that have a place now.
    pub placed: usize,
    /// Cards that have no place any more.
    pub taken_away: usize,
    /// Whether anything else in the drawing is different.
    pub other: bool,
}

/// A number that is different at one stage.
#[derive(Clone, Debug)]
pub struct NumberChange {
    /// The stage.
    pub stage: Stage,
    /// The stage's name in the new plan.
    pub stage_name: String,
    /// What is measured.
    pub measure: &'static Measure,
    /// As people read it, before.
    pub old: String,
    /// As people read it, after.
    pub new: String,
}

/// Compares two plans and what is found in them.
///
/// Judging both takes most of the time; [`changes`] does without.
///
/// # Errors
/// Where a plan holds what no plan file can; no such plan is known.
pub fn difference(old: &Plan, new: &Plan) -> Result<Difference, TreeError> {
    let changed = changes(old, new)?;
    if changed.changes.is_empty() {
        return Ok(changed);
    }
    let facts = [Facts::new(old), Facts::new(new)];
    let findings = facts.each_ref().map(|facts| check(facts, Scope::AllStages).list);
    let rows = facts.each_ref().map(row);
    let known = |at: usize| Judged {
        plan: facts[at].plan(),
        stages: facts[at].index.timeline.stages(),
        findings: &findings[at],
        row: &rows[at],
    };
    Ok(judged(changed, known(0), known(1)))
}

/// A plan with what the rules and the numbers say of it.
#[derive(Clone, Copy, Debug)]
pub struct Judged<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Its stages in order.
    pub stages: &'a [Stage],
    /// What is wrong with it, at all stages.
    pub findings: &'a [Finding],
    /// Its numbers at each stage.
    pub row: &'a [StageNumbers],
}

/// The same as [`difference`], where both plans are judged already.
///
/// # Errors
/// Where a plan holds what no plan file can; no such plan is known.
pub fn difference_of(old: Judged<'_>, new: Judged<'_>) -> Result<Difference, TreeError> {
    Ok(judged(changes(old.plan, new.plan)?, old, new))
}

fn judged(changed: Difference, old: Judged<'_>, new: Judged<'_>) -> Difference {
    Difference {
        findings_came: not_among(new.findings, &[old.findings]),
        findings_went: not_among(old.findings, &[new.findings]),
        numbers: numbers(old, new),
        ..changed
    }
}

/// Compares two plans alone, without judging them: findings that came or went and numbers are left out.
///
/// # Errors
/// As [`difference`].
pub fn changes(old: &Plan, new: &Plan) -> Result<Difference, TreeError> {
    let narrowed = narrow::differing([old, new]);
    let [old_tree, new_tree] = narrowed.each_ref().map(Tree::of);
    let (old_tree, new_tree) = (old_tree?, new_tree?);
    let side = |tree, plan| Side { tree, names: Names::of(plan) };
    Ok(Difference {
        plans: [old.name.clone(), new.name.clone()],
        changes: elements::changes(side(&old_tree, old), side(&new_tree, new)),
        drawing: drawing(&old.drawing, &new.drawing),
        findings_came: Vec::new(),
        findings_went: Vec::new(),
        numbers: Vec::new(),
    })
}

fn drawing(old: &Drawing, new: &Drawing) -> DrawingChange {
    let Drawing { positions: before, pinned: pinned_before } = old;
    let Drawing { positions: after, pinned } = new;
    DrawingChange {
        moved: after.iter().filter(|(id, place)| before.get(*id).is_some_and(|old| old != *place)).count(),
        placed: after.keys().filter(|id| !before.contains_key(*id)).count(),
        taken_away: before.keys().filter(|id| !after.contains_key(*id)).count(),
        other: pinned_before != pinned,
    }
}

fn numbers(old: Judged<'_>, new: Judged<'_>) -> Vec<NumberChange> {
    let mut changes = Vec::new();
    for (stage, after) in new.stages.iter().zip(new.row) {
        let place = old.stages.iter().position(|known| known == stage);
        let Some(before) = place.and_then(|place| old.row.get(place)) else { continue };
        for measure in MEASURES {
            let (was, is) = (measure.text(before), measure.text(after));
            if was != is {
                let stage_name = new.plan.stage_name(stage).to_owned();
                changes.push(NumberChange { stage: stage.clone(), stage_name, measure, old: was, new: is });
            }
        }
    }
    changes
}
