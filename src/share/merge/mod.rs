//! Three-way merge of plans: per id, per field, sets as sets, long texts by lines.
//!
//! What two people changed in different ways becomes a conflict in the merged plan, which holds our
//! value meanwhile, or theirs where ours has none. Nothing here knows a field of the model by name;
//! the little that must be known stands in `schema`.

mod lists;
mod references;
mod three;

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::findings::not_among;
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
    let mut changed = [base, ours, theirs].map(Clone::clone);
    let unchanged = take_unchanged(&mut changed);
    let [base_tree, our_tree, their_tree] = changed.each_ref().map(tree_without_conflicts);
    let trees = [base_tree?, our_tree?, their_tree?];
    let [base_tree, our_tree, their_tree] = &trees;
    let mut work = ThreeWay::default();
    let three = Three { base: Some(base_tree), ours: Some(our_tree), theirs: Some(their_tree) };
    let mut merged = work.plan(three);
    references::keep_what_is_referred_to(&mut merged, three, &mut work.conflicts);
    take_drawing_of_deleted(&mut merged, base_tree);
    let mut plan = merged.plan()?;
    plan.systems.extend(unchanged.systems);
    plan.flows.extend(unchanged.flows);
    plan.domains.extend(unchanged.domains);
    plan.conflicts = standing_conflicts(base, ours, theirs);
    plan.conflicts.extend(work.conflicts.clone());
    Ok(Merged { plan, conflicts: work.conflicts, drawn_by_both: work.drawn_by_both })
}

/// The findings of a merged plan that neither of the two plans had: each side was right alone.
#[must_use]
pub fn findings_of_neither(merged: &Plan, ours: &Plan, theirs: &Plan) -> Vec<Finding> {
    let found = |plan: &Plan| check(&Facts::new(plan), Scope::AllStages).list;
    not_among(&found(merged), &[&found(ours), &found(theirs)])
}

/// Takes what is the same in all three plans out of them, so that only changes are looked at closely.
fn take_unchanged(plans: &mut [Plan; 3]) -> Plan {
    let [base, ours, theirs] = plans;
    Plan {
        systems: take_equal([&mut base.systems, &mut ours.systems, &mut theirs.systems]),
        flows: take_equal([&mut base.flows, &mut ours.flows, &mut theirs.flows]),
        domains: take_equal([&mut base.domains, &mut ours.domains, &mut theirs.domains]),
        ..Plan::default()
    }
}

fn take_equal<K: Ord + Clone, V: Clone + PartialEq>(maps: [&mut BTreeMap<K, V>; 3]) -> BTreeMap<K, V> {
    let [base, ours, theirs] = &maps;
    let is_equal = |(id, value): &(&K, &V)| [ours, theirs].iter().all(|side| side.get(id) == Some(value));
    let equal: BTreeMap<K, V> =
        base.iter().filter(is_equal).map(|(id, value)| (id.clone(), value.clone())).collect();
    for map in maps {
        map.retain(|id, _| !equal.contains_key(id));
    }
    equal
}

fn tree_without_conflicts(plan: &Plan) -> Result<Tree, TreeError> {
    let mut tree = Tree::of(plan)?;
    if let Some(fields) = tree.entries_mut() {
        fields.remove("conflicts");
    }
    Ok(tree)
}

/// The conflicts of earlier merges that nobody decided on either side.
fn standing_conflicts(base: &Plan, ours: &Plan, theirs: &Plan) -> BTreeMap<String, Conflict> {
    let places = ours.conflicts.keys().chain(theirs.conflicts.keys());
    let standing = |place: &String| {
        let [base, ours, theirs] = [base, ours, theirs].map(|plan| plan.conflicts.get(place));
        if ours == base {
            theirs
        } else if theirs == base {
            ours
        } else {
            ours.or(theirs)
        }
        .cloned()
    };
    places.filter_map(|place| Some((place.clone(), standing(place)?))).collect()
}

/// Cards of systems that one side deleted leave the drawing, also where the other side moved them.
fn take_drawing_of_deleted(merged: &mut Tree, base: &Tree) {
    let before = base.get("systems").and_then(Tree::entries);
    let left = merged.get("systems");
    let is_gone = |id: &&String| left.is_none_or(|systems| systems.get(id).is_none());
    let deleted: BTreeSet<String> =
        before.into_iter().flat_map(BTreeMap::keys).filter(is_gone).cloned().collect();
    let drawing = merged.entries_mut().and_then(|fields| fields.get_mut("drawing"));
    for part in drawing.and_then(Tree::entries_mut).into_iter().flat_map(BTreeMap::values_mut) {
        match part {
            Tree::Map(cards) => cards.retain(|id, _| !deleted.contains(id)),
            Tree::List(cards) => {
                cards.retain(|card| card.text().is_none_or(|id| !deleted.contains(id)));
            }
            _ => {}
        }
    }
}

/// A conflict between values.
fn conflict(base: Option<&Tree>, ours: Option<&Tree>, theirs: Option<&Tree>) -> Conflict {
    let text = |value: Option<&Tree>| value.map(super::tree::written);
    Conflict { base: text(base), ours: text(ours), theirs: text(theirs) }
}

type Conflicts = BTreeMap<String, Conflict>;
