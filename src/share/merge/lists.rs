//! Members of lists, told apart by what they are instead of by their place.

use std::collections::BTreeMap;

use super::super::schema::{self, Members};
use super::super::tree::{Tree, written};
use super::three::Three;

/// The members of three lists side by side, in order of their keys; `None` where the list is one
/// decision.
pub(super) fn keyed(three: Three<'_>, members: Members) -> Option<Vec<(String, Three<'_>)>> {
    let lists =
        [three.base, three.ours, three.theirs].map(|tree| tree.map(Tree::members).unwrap_or_default());
    match members {
        // Two members with one key contradict each other on purpose: each then stands for itself.
        Members::By(fields) => {
            side_by_side(lists, |member| schema::key(member, fields)).or_else(|| side_by_side(lists, written))
        }
        Members::Alone if lists.iter().all(|list| is_sorted_set(list)) => side_by_side(lists, written),
        Members::Alone | Members::InOrder => None,
    }
}

/// Whether a list looks as sets are written: plain values, each once, in order.
fn is_sorted_set(list: &[Tree]) -> bool {
    let ascend = |pair: &[Tree]| match (&pair[0], &pair[1]) {
        (Tree::Text(one), Tree::Text(other)) => one < other,
        (Tree::Number(one), Tree::Number(other)) => one.as_f64() < other.as_f64(),
        _ => false,
    };
    let is_plain = |member: &Tree| matches!(member, Tree::Text(_) | Tree::Number(_));
    list.iter().all(is_plain) && list.windows(2).all(ascend)
}

/// `None` where two members of one list have the same key.
fn side_by_side<'a>(
    lists: [&'a [Tree]; 3],
    key: impl Fn(&Tree) -> String,
) -> Option<Vec<(String, Three<'a>)>> {
    let mut rows: BTreeMap<String, [Option<&Tree>; 3]> = BTreeMap::new();
    for (side, list) in lists.into_iter().enumerate() {
        for member in list {
            if rows.entry(key(member)).or_default()[side].replace(member).is_some() {
                return None;
            }
        }
    }
    let three = |[base, ours, theirs]: [Option<&'a Tree>; 3]| Three { base, ours, theirs };
    Some(rows.into_iter().map(|(key, row)| (key, three(row))).collect())
}
