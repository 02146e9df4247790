//! The edits that lead from one plan to another: waves, domains, systems and flows, and what is drawn or
//! chosen of systems that go. Other parts of the plan are not compared.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Element, Id, Plan};

use super::{Change, Edit};

/// The edits that make the waves, domains, systems and flows of one plan those of another, in an order in
/// which they can be applied. None where these are equal.
#[must_use]
pub fn edits_between(before: &Plan, after: &Plan) -> Vec<Edit> {
    let mut edits = Vec::new();
    changes(&before.waves, &after.waves, |id, change| edits.push(Edit::Wave(id, change)));
    changes(&before.domains, &after.domains, |id, change| edits.push(Edit::Domain(id, change)));
    changes(&before.systems, &after.systems, |id, change| edits.push(Edit::System(id, change)));
    changes(&before.flows, &after.flows, |id, change| edits.push(Edit::Flow(id, change)));
    for id in before.systems.keys().filter(|id| !after.systems.contains_key(*id)) {
        if before.drawing.positions.contains_key(id) {
            edits.push(Edit::Place(id.clone(), None));
        }
        if before.drawing.pinned.contains(id) {
            edits.push(Edit::Pin(id.clone(), false));
        }
        if before.focal_system.as_ref() == Some(id) {
            edits.push(Edit::FocalSystem(None));
        }
    }
    edits
}

fn changes<T: Element + Clone + PartialEq>(
    before: &BTreeMap<Id<T>, Arc<T>>,
    after: &BTreeMap<Id<T>, Arc<T>>,
    mut say: impl FnMut(Id<T>, Box<Change<T>>),
) {
    for id in before.keys().filter(|id| !after.contains_key(*id)) {
        say(id.clone(), Box::new(Change::Remove));
    }
    for (id, element) in after {
        match before.get(id) {
            Some(old) if Arc::ptr_eq(old, element) || old == element => {}
            Some(_) => say(id.clone(), Box::new(Change::Set(T::clone(element)))),
            None => say(id.clone(), Box::new(Change::Add(T::clone(element)))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;
    use crate::model::{Position, System, SystemId};

    #[test]
    fn a_change_an_addition_and_a_removal_lead_from_one_to_the_other() {
        let mut before = Plan::named("Test");
        for id in ["crm", "erp", "old"] {
            before.systems.insert(id.into(), System::named(id).into());
        }
        before.drawing.positions.insert("old".into(), Position(1, 2));
        before.focal_system = Some("old".into());
        let mut after = before.clone();
        after.systems.remove(&SystemId::new("old"));
        after.systems.insert("erp".into(), System::named("ERP").into());
        after.systems.insert("shop".into(), System::named("Shop").into());
        let edits = edits_between(&before, &after);
        assert_eq!(edits.len(), 5);
        let changed = apply(&before, edits).unwrap();
        assert_eq!(changed.systems, after.systems);
        assert!(changed.drawing.positions.is_empty() && changed.focal_system.is_none());
        assert!(edits_between(&after, &after).is_empty());
    }
}
