//! One side deleted what the other side began to refer to: that is a conflict, and until it is
//! decided what was deleted stays.

use std::collections::{BTreeMap, BTreeSet};

use super::super::place::place_text;
use super::super::references::references;
use super::super::tree::Tree;
use super::three::Three;
use super::{Conflicts, conflict};

/// A part of the plan and an id in it.
type Target<'a> = (&'a str, &'a str);

/// Puts back what one side deleted and the other newly refers to, as conflicts.
pub(super) fn keep_what_is_referred_to(merged: &mut Tree, three: Three<'_>, conflicts: &mut Conflicts) {
    let (Some(base), Some(ours), Some(theirs)) = (three.base, three.ours, three.theirs) else { return };
    for (deleting, other) in [(ours, theirs), (theirs, ours)] {
        let deleted = deleted(base, deleting);
        for (kind, id) in newly_referred_to(base, other, &deleted) {
            let three = three.get(kind).get(id);
            let Some(element) = three.ours.or(three.theirs) else { continue };
            let Some(entries) = entries_of(merged, kind) else { continue };
            if entries.contains_key(id) {
                continue;
            }
            entries.insert(id.to_owned(), element.clone());
            conflicts.insert(place_text(&[kind, id]), conflict(three.base, three.ours, three.theirs));
        }
    }
}

/// The entries of a part of the plan; made where the last one was deleted.
fn entries_of<'a>(plan: &'a mut Tree, kind: &str) -> Option<&'a mut BTreeMap<String, Tree>> {
    let parts = plan.entries_mut()?;
    parts.entry(kind.to_owned()).or_insert_with(|| Tree::Map(BTreeMap::new())).entries_mut()
}

/// Ids by the part of the plan in which they stood.
type Deleted<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// What stands in the base and not in one side.
fn deleted<'a>(base: &'a Tree, side: &Tree) -> Deleted<'a> {
    let mut deleted = Deleted::new();
    for (kind, part) in base.entries().into_iter().flatten() {
        let Tree::Map(entries) = part else { continue };
        let left = side.get(kind);
        let is_gone = |id: &&str| left.is_none_or(|part| part.get(id).is_none());
        let gone: BTreeSet<_> = entries.keys().map(String::as_str).filter(is_gone).collect();
        if !gone.is_empty() {
            deleted.insert(kind, gone);
        }
    }
    deleted
}

/// What of the deleted a side refers to where the base did not.
fn newly_referred_to<'a>(base: &Tree, side: &Tree, deleted: &Deleted<'a>) -> BTreeSet<Target<'a>> {
    if deleted.is_empty() {
        return BTreeSet::new();
    }
    let found = |tree: &Tree| {
        let mut found = BTreeSet::new();
        references(tree, &mut Vec::new(), &mut |part, id, names| {
            let known = deleted.get_key_value(part).and_then(|(part, ids)| Some((*part, *ids.get(id)?)));
            found.extend(known.map(|target| (target, place_text(names))));
        });
        found
    };
    found(side).difference(&found(base)).map(|(target, _)| *target).collect()
}
