//! Plans narrowed to what has to be looked at closely, so that ten thousand systems of which a hundred
//! changed cost no more than a hundred. What was left out is put back by copying pointers.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::Plan;

/// The plans without the elements and cards that are the same in all of them.
pub(super) fn differing<const N: usize>(plans: [&Plan; N]) -> [Plan; N] {
    let systems = different(plans.map(|plan| &plan.systems), is_same);
    let flows = different(plans.map(|plan| &plan.flows), is_same);
    let domains = different(plans.map(|plan| &plan.domains), is_same);
    let positions = different(plans.map(|plan| &plan.drawing.positions), PartialEq::eq);
    let mut narrowed = plans.map(Plan::clone);
    let parts = systems.into_iter().zip(flows).zip(domains).zip(positions);
    for (plan, (((systems, flows), domains), positions)) in narrowed.iter_mut().zip(parts) {
        (plan.systems, plan.flows, plan.domains) = (systems, flows, domains);
        plan.drawing.positions = positions;
    }
    narrowed
}

/// The plan with the one element that a place, from the outside in, leads to, and without cards.
pub(super) fn only(plan: &Plan, place: &[String]) -> Plan {
    let (part, id) = (place.first().map_or("", String::as_str), place.get(1).map_or("", String::as_str));
    let mut narrowed = plan.clone();
    narrowed.systems.retain(|known, _| part == "systems" && known.as_str() == id);
    narrowed.flows.retain(|known, _| part == "flows" && known.as_str() == id);
    narrowed.domains.retain(|known, _| part == "domains" && known.as_str() == id);
    narrowed.drawing.positions.clear();
    narrowed
}

/// What became of a narrowed plan, with what a whole one holds beside what was looked at.
pub(super) fn widened(became: Plan, whole: &Plan, looked_at: &[Plan]) -> Plan {
    let mut plan = became;
    plan.systems = beside(&whole.systems, looked_at.iter().map(|plan| &plan.systems), plan.systems);
    plan.flows = beside(&whole.flows, looked_at.iter().map(|plan| &plan.flows), plan.flows);
    plan.domains = beside(&whole.domains, looked_at.iter().map(|plan| &plan.domains), plan.domains);
    let cards = looked_at.iter().map(|plan| &plan.drawing.positions);
    plan.drawing.positions = beside(&whole.drawing.positions, cards, plan.drawing.positions);
    plan
}

fn beside<'a, K: Ord + Clone + 'a, V: Clone + 'a>(
    whole: &BTreeMap<K, V>,
    looked_at: impl Iterator<Item = &'a BTreeMap<K, V>>,
    became: BTreeMap<K, V>,
) -> BTreeMap<K, V> {
    let mut entries = whole.clone();
    for id in looked_at.flat_map(BTreeMap::keys) {
        entries.remove(id);
    }
    entries.extend(became);
    entries
}

/// Whether two elements are the same. Most are even one: what nobody changed is shared.
fn is_same<T: PartialEq>(one: &Arc<T>, other: &Arc<T>) -> bool {
    Arc::ptr_eq(one, other) || one == other
}

/// Of each map the entries that are not the same in all; one walk along all of them.
fn different<K: Ord + Clone, V: Clone, const N: usize>(
    maps: [&BTreeMap<K, V>; N],
    is_same: impl Fn(&V, &V) -> bool,
) -> [BTreeMap<K, V>; N] {
    let mut found = maps.map(|_| BTreeMap::new());
    let mut walks = maps.map(|map| map.iter().peekable());
    while let Some(first) = walks.iter_mut().filter_map(|walk| walk.peek().map(|(key, _)| *key)).min() {
        let row = walks.each_mut().map(|walk| walk.next_if(|(key, _)| *key == first).map(|(_, value)| value));
        let is_in_all = match row[0] {
            Some(one) => row.iter().all(|other| other.is_some_and(|other| is_same(one, other))),
            None => false,
        };
        if !is_in_all {
            for (found, value) in found.iter_mut().zip(row) {
                found.extend(value.map(|value| (first.clone(), value.clone())));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate;
    use crate::model::{Position, System};

    #[test]
    fn what_is_the_same_in_all_is_left_out_and_comes_back() {
        let base = generate::plan(40, 3);
        let mut side = crate::plan_file::read(&crate::plan_file::write(&base)).unwrap();
        let id = side.systems.keys().nth(7).cloned().unwrap();
        Arc::make_mut(side.systems.get_mut(&id).unwrap()).name = "Another".to_owned();
        let gone = side.flows.pop_first().unwrap().0;
        side.systems.insert("new".into(), System::named("New").into());
        side.drawing.positions.insert(id.clone(), Position(1, 2));
        let sorted = crate::plan_file::read(&crate::plan_file::write(&base)).unwrap();

        let narrowed = differing([&sorted, &side]);
        let ids = |plan: &Plan| plan.systems.keys().map(|id| id.as_str().to_owned()).collect::<Vec<_>>();
        assert_eq!(ids(&narrowed[0]), [id.as_str()]);
        assert_eq!(narrowed[1].systems.len(), 2);
        assert_eq!(narrowed[0].flows.keys().collect::<Vec<_>>(), [&gone]);
        assert_eq!((narrowed[1].flows.len(), narrowed[1].domains.len()), (0, 0));
        assert_eq!(narrowed[1].drawing.positions.len(), 1);
        let became = narrowed[1].clone();
        assert_eq!(widened(became, &sorted, &narrowed), side);
    }

    #[test]
    fn one_element_is_looked_at_and_the_others_stay() {
        let plan = generate::plan(20, 3);
        let id = plan.domains.keys().next().unwrap();
        let narrowed = only(&plan, &["domains".to_owned(), id.to_string(), "name".to_owned()]);
        assert_eq!((narrowed.domains.len(), narrowed.systems.len(), narrowed.flows.len()), (1, 0, 0));
        assert_eq!(widened(narrowed.clone(), &plan, &[narrowed]), plan);
    }
}
