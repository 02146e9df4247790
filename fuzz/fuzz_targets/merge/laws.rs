//! What holds for every merge, asked of the plans as JSON: the program's own tree is not used, so that
//! it cannot agree with itself.

use std::collections::{BTreeMap, BTreeSet};

use hybridscape::model::{Conflict, Plan};
use hybridscape::plan_file::{read, write};
use hybridscape::share::{
    Choice, Merged, as_json, as_text, conflicts_in_words, difference, findings_of_neither, merge, resolve,
};
use serde_json::{Map, Value};

pub fn check(base: &Plan, ours: &Plan, theirs: &Plan) {
    for (one, other) in [(ours, base), (base, ours), (ours, ours)] {
        let merged = merge(base, one, other).expect("a plan merges with its base and with itself");
        assert_eq!((&merged.plan, merged.conflicts.len()), (ours, 0), "a clean merge is the side that changed");
    }
    let merged = merge(base, ours, theirs).expect("plans can be merged");
    check_nothing_is_lost(base, ours, theirs, &merged);
    check_sides_can_be_swapped(base, ours, theirs, &merged);
    check_conflicts(ours, theirs, &merged);
    let text = write(&merged.plan);
    // The sides of raw texts may be as large as a file may be, and what is merged larger.
    match read(&text) {
        Ok(back) => {
            assert_eq!(back.conflicts, merged.plan.conflicts);
            assert_eq!(write(&back), text, "a merged plan is written as it is read");
        }
        Err(error) => panic!("a merged plan cannot be read: {error}"),
    }
}

/// Comparing never fails, and a plan is no different from itself.
pub fn check_difference(old: &Plan, new: &Plan) {
    let found = difference(old, new).expect("plans can be compared");
    let _ = (as_text(&found), as_json(&found));
    assert!(difference(new, new).expect("plans can be compared").is_empty());
    assert!(!found.is_empty() || without_order(old) == without_order(new), "a change is passed over");
    let _ = findings_of_neither(new, old, old);
}

fn json(plan: &Plan) -> Value {
    let mut json = serde_json::to_value(plan).expect("a plan is JSON");
    json.as_object_mut().map(|fields| fields.remove("conflicts"));
    json
}

/// The plan with every list in one order, without what an earlier merge left open.
fn without_order(plan: &Plan) -> Value {
    fn sort(value: &mut Value) {
        match value {
            Value::Array(members) => {
                members.iter_mut().for_each(sort);
                members.sort_by_key(Value::to_string);
            }
            Value::Object(fields) => fields.values_mut().for_each(sort),
            _ => {}
        }
    }
    let mut json = json(plan);
    sort(&mut json);
    json
}

/// A place with its slashes, as a conflict names it.
fn inside(place: &str, name: &str) -> String {
    let name = name.replace('~', "~0").replace('/', "~1");
    if place.is_empty() { name } else { format!("{place}/{name}") }
}

fn is_open_below(place: &str, conflicts: &BTreeMap<String, Conflict>) -> bool {
    let below = format!("{place}/");
    place.is_empty() && !conflicts.is_empty()
        || conflicts.range(below.clone()..).next().is_some_and(|(open, _)| open.starts_with(&below))
}

/// One place in the three plans and in what became of them.
#[derive(Clone, Copy, Debug)]
struct Four<'a> {
    base: Option<&'a Value>,
    ours: Option<&'a Value>,
    theirs: Option<&'a Value>,
    merged: Option<&'a Value>,
}

impl<'a> Four<'a> {
    fn map(self, of: impl Fn(&'a Value) -> Option<&'a Value>) -> Self {
        let [base, ours, theirs, merged] =
            [self.base, self.ours, self.theirs, self.merged].map(|value| value.and_then(&of));
        Self { base, ours, theirs, merged }
    }

    fn all(self) -> [Option<&'a Value>; 4] {
        [self.base, self.ours, self.theirs, self.merged]
    }

    /// What must stand where at most one side changed something.
    fn settled(self) -> Option<Option<&'a Value>> {
        if self.ours == self.theirs || self.theirs == self.base {
            Some(self.ours)
        } else {
            (self.ours == self.base).then_some(self.theirs)
        }
    }
}

/// Every change of one side alone is in the merged plan, and what both changed is there or a conflict.
fn check_nothing_is_lost(base: &Plan, ours: &Plan, theirs: &Plan, merged: &Merged) {
    let jsons = [base, ours, theirs, &merged.plan].map(json);
    let [base, ours, theirs, result] = &jsons;
    let four = Four { base: Some(base), ours: Some(ours), theirs: Some(theirs), merged: Some(result) };
    Walk { conflicts: &merged.conflicts, plan: &merged.plan, base }.visit("", four);
}

struct Walk<'a> {
    conflicts: &'a BTreeMap<String, Conflict>,
    plan: &'a Plan,
    base: &'a Value,
}

impl Walk<'_> {
    fn visit(&self, place: &str, four: Four<'_>) {
        if self.conflicts.contains_key(place) || self.is_card_of_deleted(place) {
            return;
        }
        let is_open_below = is_open_below(place, self.conflicts);
        if let Some(settled) = four.settled() {
            if four.merged == settled {
                return;
            }
            let can_differ_below = is_open_below || place.is_empty() || place.starts_with("drawing");
            assert!(can_differ_below, "lost at {place}: {four:#?}");
        }
        let objects = four.all().map(|value| value.and_then(Value::as_object));
        if four.all().iter().flatten().all(|value| value.is_object()) {
            let names = objects.iter().flatten().flat_map(|fields| fields.keys());
            for name in names.collect::<BTreeSet<_>>() {
                self.visit(&inside(place, name), four.map(|value| value.get(name)));
            }
        } else if place.starts_with("drawing/positions/") {
            assert!(four.merged == four.ours || four.merged == four.theirs, "redrawn at {place}: {four:#?}");
        } else if four.all().iter().flatten().all(|value| value.is_array()) {
            self.list(place, four, is_open_below);
        } else {
            Self::text(place, four);
        }
    }

    /// Cards of systems that are deleted leave the drawing.
    fn is_card_of_deleted(&self, place: &str) -> bool {
        let id = place.strip_prefix("drawing/positions/").map(|id| id.replace("~1", "/").replace("~0", "~"));
        let was_there = |id: &str| self.base["systems"].get(id).is_some();
        id.is_some_and(|id| was_there(&id) && !self.plan.systems.contains_key(id.as_str()))
    }

    fn list(&self, place: &str, four: Four<'_>, is_open_below: bool) {
        let last = place.rsplit('/').next().unwrap_or_default();
        if is_open_below || place == "drawing/pinned" {
            return;
        }
        assert!(!matches!(last, "via" | "order"), "two orders became one at {place}: {four:#?}");
        let members = four.all().map(|list| list.and_then(Value::as_array).map_or(&[][..], Vec::as_slice));
        let [base, ours, theirs, merged] = members;
        for (side, other) in [(ours, theirs), (theirs, ours)] {
            for member in side.iter().filter(|member| !base.contains(member)) {
                // A member that the other side has in another form is merged field by field.
                let is_merged = merged.iter().any(|found| is_made_of(found, member, other, base));
                assert!(is_merged, "lost {member} at {place}: {four:#?}");
            }
            for member in base.iter().filter(|member| !side.contains(member) && other.contains(member)) {
                assert!(!merged.contains(member), "{member} is back at {place}: {four:#?}");
            }
        }
    }

    /// Texts that both changed are merged by line; everything else is a conflict.
    fn text(place: &str, four: Four<'_>) {
        let texts = four.all().map(|value| value.and_then(Value::as_str).unwrap_or_default());
        let is_text = [four.ours, four.theirs, four.merged].iter().all(|value| value.is_some_and(Value::is_string));
        assert!(is_text && texts.iter().any(|text| text.contains('\n')), "decided at {place}: {four:#?}");
        let [base, ours, theirs, merged] = texts.map(|text| text.lines().collect::<Vec<_>>());
        for line in ours.iter().chain(&theirs).filter(|line| !base.contains(line)) {
            assert!(merged.contains(line), "lost the line {line:?} at {place}: {four:#?}");
        }
    }
}

/// Whether a member is what a side says, or holds each field that the side changed in a member of the
/// other side or of the base.
fn is_made_of(found: &Value, member: &Value, other: &[Value], base: &[Value]) -> bool {
    let none = Map::new();
    let fields = |value: &'_ Value| value.as_object().cloned().unwrap_or_else(|| none.clone());
    let (found_fields, member_fields) = (fields(found), fields(member));
    found == member
        || found.is_object()
            && found_fields.iter().all(|(name, value)| {
                member_fields.get(name) == Some(value)
                    || other.iter().chain(base).any(|other| other.get(name) == Some(value))
            })
}

/// Who is called ours and who theirs makes no difference but to what stands until a conflict is decided.
fn check_sides_can_be_swapped(base: &Plan, ours: &Plan, theirs: &Plan, merged: &Merged) {
    let swapped = merge(base, theirs, ours).expect("plans can be merged the other way round");
    let mirror = |conflict: Conflict| Conflict { base: conflict.base, ours: conflict.theirs, theirs: conflict.ours };
    let mirrored = swapped.conflicts.clone().into_iter().map(|(place, conflict)| (place, mirror(conflict)));
    assert_eq!(merged.conflicts, mirrored.collect(), "the order of the sides means something");
    assert_eq!(merged.drawn_by_both, swapped.drawn_by_both);
    let (one, other) = (json(&merged.plan), json(&swapped.plan));
    same_where_decided("", &one, &other, &merged.conflicts);
}

fn same_where_decided(place: &str, one: &Value, other: &Value, conflicts: &BTreeMap<String, Conflict>) {
    if one == other || conflicts.contains_key(place) || place == "drawing" {
        return;
    }
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            let names = one.keys().chain(other.keys()).collect::<BTreeSet<_>>();
            for name in names {
                let place = inside(place, name);
                let value = |of: &Map<String, Value>| of.get(name).cloned().unwrap_or_default();
                same_where_decided(&place, &value(one), &value(other), conflicts);
            }
        }
        (Value::String(one), Value::String(other)) => {
            let lines = |text: &str| {
                let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
                lines.sort();
                lines
            };
            assert_eq!(lines(one), lines(other), "the order of the sides means something at {place}");
        }
        _ if is_open_below(place, conflicts) => {}
        _ => panic!("the order of the sides means something at {place}: {one:#} and {other:#}"),
    }
}

/// Each conflict names two values, and taking one gives the plan that value.
fn check_conflicts(ours: &Plan, theirs: &Plan, merged: &Merged) {
    let words = conflicts_in_words(&merged.plan).expect("conflicts have words");
    assert_eq!(words.len(), merged.plan.conflicts.len());
    for words in &words {
        assert!(!words.what.is_empty() && !words.ours.is_empty() && !words.theirs.is_empty(), "{words:?}");
    }
    for (place, conflict) in merged.conflicts.iter().take(3) {
        assert_ne!(conflict.ours, conflict.theirs, "no conflict at {place}");
        assert_eq!(merged.plan.conflicts.get(place), Some(conflict));
        for (choice, side) in [(Choice::Ours, ours), (Choice::Theirs, theirs)] {
            let decided = resolve(&merged.plan, place, &choice)
                .unwrap_or_else(|error| panic!("{choice:?} cannot be taken: {error}"));
            assert!(!decided.conflicts.contains_key(place));
            let pointer = format!("/{place}");
            let [decided, side] = [json(&decided), json(side)].map(|json| json.pointer(&pointer).cloned());
            // Members of lists have keys that JSON does not have.
            if decided.is_some() || !place.starts_with("domains/") && !place.starts_with("flows/") {
                assert_eq!(decided, side, "{choice:?} at {place} is something else");
            }
        }
        let _ = resolve(&merged.plan, place, &Choice::Both);
        for value in [&conflict.ours, &conflict.theirs].into_iter().flatten() {
            let typed = Choice::Value(value.clone());
            resolve(&merged.plan, place, &typed).unwrap_or_else(|error| panic!("{value}: {error}"));
        }
    }
}
