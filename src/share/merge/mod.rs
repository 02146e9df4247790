//! Three-way merge of plans: per id, per field, sets as sets, long texts by lines.
//!
//! What two people changed in different ways becomes a conflict in the merged plan, which holds our
//! value meanwhile, or theirs where ours has none. Nothing here knows a field of the model by name;
//! the little that must be known stands in `schema`.

mod lists;
mod references;
mod standing;
mod three;

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::findings::not_among;
use super::narrow;
use super::tree::{Tree, TreeError};
use crate::model::{Conflict, Plan};
use crate::rules::{Facts, Finding, Scope, check};

use three::{Three, ThreeWay};

/// A merged plan, and what a person must still decide.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Merged {
    /// The plan, with `conflicts` in its section of that name.
    pub plan: Plan,
    /// The conflicts of this merge, by place. Those that stood before in one of the plans are not here.
    pub conflicts: BTreeMap<String, Conflict>,
    /// Number of places in the drawing that both sides changed and where ours was kept.
    pub drawn_by_both: usize,
}

/// Merges what `theirs` changed since `base` into `ours`.
///
/// # Errors
/// Where the values of the three plans fit no plan together; no such plans are known.
pub fn merge(base: &Plan, ours: &Plan, theirs: &Plan) -> Result<Merged, TreeError> {
    if ours == theirs || theirs == base {
        return Ok(Merged { plan: ours.clone(), ..Merged::default() });
    }
    if ours == base {
        return Ok(Merged { plan: theirs.clone(), ..Merged::default() });
    }
    let changed = narrow::differing([base, ours, theirs]);
    let [base_tree, our_tree, their_tree] = changed.each_ref().map(tree_without_conflicts);
    let trees = [base_tree?, our_tree?, their_tree?];
    let [base_tree, our_tree, their_tree] = &trees;
    let mut work = ThreeWay::default();
    let three = Three { base: Some(base_tree), ours: Some(our_tree), theirs: Some(their_tree) };
    let mut merged = work.plan(three);
    references::keep_what_is_referred_to(&mut merged, three, &mut work.conflicts);
    let mut plan = narrow::widened(merged.plan()?, ours, &changed);
    take_drawing_of_deleted(&mut plan, &changed[0]);
    plan.conflicts = standing::standing(base, ours, theirs);
    standing::keep_what_stands(&plan.conflicts, &mut work.conflicts);
    plan.conflicts.extend(work.conflicts.clone());
    Ok(Merged { plan, conflicts: work.conflicts, drawn_by_both: work.drawn_by_both })
}

/// The findings of a merged plan that neither of the two plans had: each side was right alone.
#[must_use]
pub fn findings_of_neither(merged: &Plan, ours: &Plan, theirs: &Plan) -> Vec<Finding> {
    // Judging a plan takes longer than anything else about a merge, and often there is nothing to judge.
    if merged == ours || merged == theirs {
        return Vec::new();
    }
    let found = |plan: &Plan| check(&Facts::new(plan), Scope::AllStages).list;
    let not_ours = not_among(&found(merged), &[&found(ours)]);
    if not_ours.is_empty() { not_ours } else { not_among(&not_ours, &[&found(theirs)]) }
}

fn tree_without_conflicts(plan: &Plan) -> Result<Tree, TreeError> {
    let mut tree = Tree::of(plan)?;
    if let Some(fields) = tree.entries_mut() {
        fields.remove("conflicts");
    }
    Ok(tree)
}

/// Cards of systems that one side deleted leave the drawing, also where the other side moved them.
fn take_drawing_of_deleted(merged: &mut Plan, base: &Plan) {
    for id in base.systems.keys().filter(|id| !merged.systems.contains_key(*id)) {
        merged.drawing.positions.remove(id);
        merged.drawing.pinned.remove(id);
    }
}

/// A conflict between values.
fn conflict(base: Option<&Tree>, ours: Option<&Tree>, theirs: Option<&Tree>) -> Conflict {
    let text = |value: Option<&Tree>| value.map(super::tree::written);
    Conflict { base: text(base), ours: text(ours), theirs: text(theirs) }
}

type Conflicts = BTreeMap<String, Conflict>;
