//! What changed about the plan itself and about each element, as typed changes.

use std::collections::BTreeSet;

use super::super::place::place_text;
use super::super::schema;
use super::super::tree::Tree;
use super::super::words::Names;
use super::fields::{FieldChange, changed};
use super::{Change, Changed, Values};

/// The parts of a plan that come first, in this order; the others follow by name.
const FIRST: [&str; 4] = ["systems", "domains", "flows", "waves"];

/// Every change of the plan but those of the drawing: the plan's own first.
pub(super) fn changes(old: Side<'_>, new: Side<'_>) -> Vec<Changed> {
    let work = Work { old, new };
    let fields = [old, new].map(|side| side.tree.entries());
    let mut parts: Vec<&str> =
        fields.iter().flatten().flat_map(|fields| fields.keys()).map(String::as_str).collect();
    parts.sort_by_key(|part| (FIRST.iter().position(|first| first == part).unwrap_or(FIRST.len()), *part));
    parts.dedup();
    parts.retain(|part| !schema::is_drawn(&[part]));
    let (parts, fields): (Vec<_>, Vec<_>) = parts.into_iter().partition(|part| work.holds_elements(part));
    let mut changes: Vec<_> = fields.into_iter().flat_map(|field| work.plan_field(field)).collect();
    for part in parts {
        changes.extend(work.part(part));
    }
    changes
}

/// One of the two plans: what of it differs, and the names of everything in it.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub tree: &'a Tree,
    pub names: Names<'a>,
}

struct Work<'a> {
    old: Side<'a>,
    new: Side<'a>,
}

impl<'a> Work<'a> {
    /// Whether a part of the plan is a map of things with fields.
    fn holds_elements(&self, part: &str) -> bool {
        let parts = [self.old, self.new].map(|side| side.tree.get(part));
        let is_element = |tree: &Tree| matches!(tree, Tree::Fields { .. });
        parts.into_iter().flatten().any(
            |part| matches!(part, Tree::Map(elements) if elements.values().next().is_some_and(is_element)),
        )
    }

    fn plan_field(&self, field: &'a str) -> Vec<Changed> {
        let plan = |change, place: &[&str]| Changed {
            part: String::new(),
            id: String::new(),
            name: "Plan".to_owned(),
            change,
            places: vec![place_text(place)],
        };
        if field == "name" {
            let was = self.old.tree.get(field).and_then(Tree::text).unwrap_or_default().to_owned();
            let is_same = self.old.tree.get(field) == self.new.tree.get(field);
            return if is_same { Vec::new() } else { vec![plan(Change::Renamed(was), &[field])] };
        }
        let found = changed(self.old.tree.get(field), self.new.tree.get(field), &[field]);
        found.iter().map(|found| plan(self.field(found, 0), &found.0)).collect()
    }

    fn part(&self, part: &'a str) -> Vec<Changed> {
        let elements = [self.old, self.new].map(|side| side.tree.get(part).and_then(Tree::entries));
        let ids: BTreeSet<_> = elements.iter().flatten().flat_map(|elements| elements.keys()).collect();
        let mut changes = Vec::new();
        for id in ids {
            let [old, new] = elements.map(|elements| elements.and_then(|elements| elements.get(id)));
            let names = if new.is_some() { self.new.names } else { self.old.names };
            let name = names.element(part, id);
            let whole = || vec![place_text(&[part, id])];
            let found = match (old, new) {
                (None, _) => vec![(Change::Added, whole())],
                (_, None) => vec![(Change::Removed, whole())],
                (Some(old), Some(new)) => self.element(part, id, old, new),
            };
            let of_it = |(change, places)| Changed {
                part: part.to_owned(),
                id: id.clone(),
                name: name.clone(),
                change,
                places,
            };
            changes.extend(found.into_iter().map(of_it));
            if part == "flows" {
                changes.extend(self.replaced((id, &name), old, new));
            }
        }
        changes
    }

    /// What changed about an element, and where: one change may stand at several places.
    fn element(
        &self,
        part: &'a str,
        id: &'a str,
        old: &'a Tree,
        new: &'a Tree,
    ) -> Vec<(Change, Vec<String>)> {
        let mut changes: Vec<(Change, Vec<String>)> = Vec::new();
        for found in changed(Some(old), Some(new), &[part, id]) {
            let inside = &found.0[2..];
            let change = match (part, inside) {
                ("flows", ["from" | "to" | "via"]) => Change::Rerouted(Values {
                    old: Some(route(self.old.names, old)),
                    new: Some(route(self.new.names, new)),
                }),
                ("flows", ["replaces"]) => continue,
                ("systems", ["disposition"]) => Change::Disposition(self.values(&found)),
                ("domains", ["truth"]) => Change::Truth(self.values(&found)),
                (_, [name]) if schema::is_name(name) => {
                    Change::Renamed(found.1.and_then(Tree::text).unwrap_or_default().to_owned())
                }
                _ => self.field(&found, 2),
            };
            let place = place_text(&found.0);
            match changes.iter_mut().find(|(known, _)| *known == change) {
                Some((_, places)) => places.push(place),
                None => changes.push((change, vec![place])),
            }
        }
        changes
    }

    /// The flows that one flow takes the place of now and did not before.
    fn replaced(&self, (by, by_name): (&str, &str), old: Option<&Tree>, new: Option<&Tree>) -> Vec<Changed> {
        let replaces = |flow: Option<&'_ Tree>| -> Vec<String> {
            let list = flow.and_then(|flow| flow.get("replaces")).map(Tree::members).unwrap_or_default();
            list.iter().filter_map(Tree::text).map(str::to_owned).collect()
        };
        let before = replaces(old);
        let now = replaces(new).into_iter().filter(|id| !before.contains(id));
        let change = |id: String| Changed {
            part: "flows".to_owned(),
            name: self.new.names.element("flows", &id),
            id,
            change: Change::Replaced(by_name.to_owned()),
            places: vec![place_text(&["flows", by, "replaces"])],
        };
        now.map(change).collect()
    }

    fn field(&self, found: &FieldChange<'_>, skipped: usize) -> Change {
        let names = if found.2.is_some() { self.new.names } else { self.old.names };
        Change::Field { field: names.field(&found.0[skipped..]), values: self.values(found) }
    }

    fn values(&self, (place, old, new): &FieldChange<'_>) -> Values {
        let words = |names: Names<'_>, value: Option<&Tree>| match value {
            Some(value) => Some(names.value(place, &value.clone().into_json())),
            None => schema::unsaid_word(place).map(str::to_owned),
        };
        let values = Values { old: words(self.old.names, *old), new: words(self.new.names, *new) };
        match (old, new) {
            (Some(Tree::List(old)), Some(Tree::List(new))) if values.is_long() => {
                let only = |names: Names<'_>, here: &[Tree], there: &[Tree]| {
                    let only = here.iter().filter(|member| !there.contains(member));
                    let only = only.map(|member| names.value(place, &member.clone().into_json()));
                    // The dots stand for what both say.
                    Some(std::iter::once("…".to_owned()).chain(only).collect::<Vec<_>>().join(", "))
                };
                Values { old: only(self.old.names, old, new), new: only(self.new.names, new, old) }
            }
            _ => values,
        }
    }
}

/// `ERP → Bus → Shop`.
fn route(names: Names<'_>, flow: &Tree) -> String {
    let via = flow.get("via").map(Tree::members).unwrap_or_default();
    let stops = flow.get("from").into_iter().chain(via).chain(flow.get("to"));
    let stops = stops.filter_map(Tree::text).map(|id| names.element("systems", id));
    stops.collect::<Vec<_>>().join(" → ")
}
