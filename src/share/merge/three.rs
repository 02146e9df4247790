//! Base, ours and theirs walked side by side.

use std::collections::{BTreeMap, BTreeSet};

use super::super::place::place_text;
use super::super::schema;
use super::super::tree::Tree;
use super::{Conflicts, conflict, lists};

/// One place in the three plans; `None` where a plan has nothing there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Three<'a> {
    pub base: Option<&'a Tree>,
    pub ours: Option<&'a Tree>,
    pub theirs: Option<&'a Tree>,
}

impl<'a> Three<'a> {
    /// The same place one step further in.
    pub fn get(self, name: &str) -> Self {
        let inside = |tree: Option<&'a Tree>| tree.and_then(|tree| tree.get(name));
        Self { base: inside(self.base), ours: inside(self.ours), theirs: inside(self.theirs) }
    }

    fn names(self) -> BTreeSet<&'a str> {
        let sides = [self.base, self.ours, self.theirs].into_iter().flatten();
        sides.filter_map(Tree::entries).flat_map(BTreeMap::keys).map(String::as_str).collect()
    }

    /// Whether at most one side changed something, and what stands then.
    fn settled(self) -> Settled<'a> {
        if self.ours == self.theirs || self.theirs == self.base {
            Settled::As(self.ours)
        } else if self.ours == self.base {
            Settled::As(self.theirs)
        } else {
            Settled::No
        }
    }
}

/// Whether a place needs a closer look.
enum Settled<'a> {
    /// It does not: this stands in the end, if anything does.
    As(Option<&'a Tree>),
    /// Both sides changed it, in different ways.
    No,
}

/// What a name in the tree is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// A field: one that is not there says the same as an empty one.
    Field,
    /// A key: an entry that is not there was deleted or not yet added.
    Entry,
}

/// A merge at work.
#[derive(Debug, Default)]
pub(super) struct ThreeWay<'a> {
    /// Where it stands.
    names: Vec<&'a str>,
    pub conflicts: Conflicts,
    pub drawn_by_both: usize,
}

impl<'a> ThreeWay<'a> {
    /// The fields of the whole plan.
    pub fn plan(&mut self, three: Three<'a>) -> Tree {
        let fields = self.entries(three, Named::Field);
        Tree::Fields { is_optional: false, fields }
    }

    /// What stands at a place in the end; `None` where nothing does.
    fn value(&mut self, three: Three<'a>, named: Named) -> Option<Tree> {
        if let Settled::As(settled) = three.settled() {
            return settled.cloned();
        }
        let sides = [three.ours, three.theirs, three.base];
        let of_form = sides.into_iter().flatten().find_map(Tree::unsaid).filter(|_| named == Named::Field);
        let is_there = |side: Option<&Tree>| side.is_some() || of_form.is_some();
        if !is_there(three.ours) || !is_there(three.theirs) {
            return self.conflict(three);
        }
        match (three.ours.or(of_form.as_ref()), three.theirs.or(of_form.as_ref())) {
            (Some(Tree::Fields { is_optional, .. }), Some(Tree::Fields { .. })) => {
                let fields = self.entries(three, Named::Field);
                let is_said = *is_optional || named == Named::Entry || !fields.is_empty();
                is_said.then_some(Tree::Fields { is_optional: *is_optional, fields })
            }
            (Some(Tree::Map(_)), Some(Tree::Map(_))) => {
                let entries = self.entries(three, Named::Entry);
                (named == Named::Entry || !entries.is_empty()).then_some(Tree::Map(entries))
            }
            (Some(Tree::List(_)), Some(Tree::List(_))) => {
                self.list(three).filter(|list| named == Named::Entry || !list.members().is_empty())
            }
            (Some(Tree::Text(ours)), Some(Tree::Text(theirs))) => {
                let base = three.base.and_then(Tree::text).unwrap_or_default();
                match merged_lines(base, ours, theirs) {
                    Some(text) => Some(Tree::Text(text)),
                    None => self.conflict(three),
                }
            }
            _ => self.conflict(three),
        }
    }

    /// Fields or entries one by one.
    fn entries(&mut self, three: Three<'a>, named: Named) -> BTreeMap<String, Tree> {
        let mut entries = BTreeMap::new();
        for name in three.names() {
            self.names.push(name);
            let value = self.value(three.get(name), named);
            self.names.pop();
            entries.extend(value.map(|value| (name.to_owned(), value)));
        }
        entries
    }

    /// The members of a list that both sides changed.
    fn list(&mut self, three: Three<'a>) -> Option<Tree> {
        let Some(keyed) = lists::keyed(three, schema::members(&self.names)) else {
            return self.conflict(three);
        };
        let members = keyed.into_iter().filter_map(|(key, three)| match three.settled() {
            Settled::As(settled) => settled.cloned(),
            Settled::No => self.member(&key, three),
        });
        Some(Tree::List(members.collect()))
    }

    /// A member of a list that both sides changed. Its key is not part of the plans, so that it has a
    /// walk of its own.
    fn member(&mut self, key: &str, three: Three<'a>) -> Option<Tree> {
        let mut names: Vec<&str> = self.names.clone();
        names.push(key);
        let mut inner = ThreeWay { names, ..ThreeWay::default() };
        let value = inner.value(three, Named::Entry);
        self.drawn_by_both += inner.drawn_by_both;
        self.conflicts.append(&mut inner.conflicts);
        value
    }

    /// What stands until a person decides: our value, or theirs where ours has none.
    fn conflict(&mut self, three: Three<'a>) -> Option<Tree> {
        if schema::is_drawn(&self.names) {
            self.drawn_by_both += 1;
        } else {
            let conflict = conflict(three.base, three.ours, three.theirs);
            self.conflicts.insert(place_text(&self.names), conflict);
        }
        three.ours.or(three.theirs).cloned()
    }
}

/// Texts of several lines merged line by line; `None` where both sides changed the same lines.
fn merged_lines(base: &str, ours: &str, theirs: &str) -> Option<String> {
    if ![base, ours, theirs].iter().any(|text| text.contains('\n')) {
        return None;
    }
    // Every line ends alike, so that a line after the last is no change of the last.
    let [base, ours, theirs] = [base, ours, theirs].map(|text| format!("{text}\n"));
    let merged = diffy::merge(&base, &ours, &theirs).ok()?;
    Some(merged.strip_suffix('\n').unwrap_or(&merged).to_owned())
}
