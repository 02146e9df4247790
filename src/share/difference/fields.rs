//! The fields that differ between two values, from the outside in.

use std::collections::BTreeSet;

use super::super::schema;
use super::super::tree::Tree;

/// A field that differs: its name from the outside in, and both values.
pub(super) type FieldChange<'a> = (Vec<&'a str>, Option<&'a Tree>, Option<&'a Tree>);

/// The fields that differ, in order of their names. Lists are fields as a whole.
pub(super) fn changed<'a>(
    old: Option<&'a Tree>,
    new: Option<&'a Tree>,
    place: &[&'a str],
) -> Vec<FieldChange<'a>> {
    let mut found = Vec::new();
    walk(old, new, &mut place.to_vec(), &mut found);
    found
}

fn walk<'a>(
    old: Option<&'a Tree>,
    new: Option<&'a Tree>,
    names: &mut Vec<&'a str>,
    found: &mut Vec<FieldChange<'a>>,
) {
    if same(old, new, names) {
        return;
    }
    let entries = [old, new].map(|tree| tree.and_then(Tree::entries));
    let all: BTreeSet<_> = entries.iter().flatten().flat_map(|entries| entries.keys()).collect();
    let is_deep = [old, new].iter().flatten().all(|tree| tree.entries().is_some());
    if !is_deep || all.is_empty() {
        found.push((names.clone(), old, new));
        return;
    }
    let before = found.len();
    for name in all {
        let [old, new] = entries.map(|entries| entries.and_then(|entries| entries.get(name)));
        names.push(name);
        walk(old, new, names, found);
        names.pop();
    }
    // An entry without any field of its own came or went.
    if found.len() == before && old.is_some() != new.is_some() {
        found.push((names.clone(), old, new));
    }
}

/// Whether two values say the same; the order of lists that are sets says nothing.
fn same(old: Option<&Tree>, new: Option<&Tree>, names: &[&str]) -> bool {
    match (old, new) {
        (Some(Tree::List(old)), Some(Tree::List(new))) if old.len() == new.len() => {
            let is_set = matches!(schema::members(names), schema::Members::By(_));
            old == new || (is_set && old.iter().all(|member| new.contains(member)))
        }
        (old, new) => old == new,
    }
}
