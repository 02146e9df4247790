//! What a step changed: the elements that are different, each whole, and those that are gone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::model::{DataDomain, DomainId, Flow, FlowId, Plan, Position, System, SystemId, Wave, WaveId};

/// The difference between a plan and the one before it.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Step {
    /// What the step is called: "Rename ERP".
    pub label: String,
    /// Everything but the elements below, where any of it changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    rest: Option<Box<Plan>>,
    #[serde(skip_serializing_if = "Changes::is_empty")]
    waves: Changes<WaveId, Arc<Wave>>,
    #[serde(skip_serializing_if = "Changes::is_empty")]
    domains: Changes<DomainId, Arc<DataDomain>>,
    #[serde(skip_serializing_if = "Changes::is_empty")]
    systems: Changes<SystemId, Arc<System>>,
    #[serde(skip_serializing_if = "Changes::is_empty")]
    flows: Changes<FlowId, Arc<Flow>>,
    #[serde(skip_serializing_if = "Changes::is_empty")]
    positions: Changes<SystemId, Position>,
}

impl Step {
    /// The step from one plan to another.
    pub fn between(label: &str, old: &Plan, new: &Plan) -> Self {
        let rest = rest_of(new);
        Self {
            label: label.to_owned(),
            rest: (rest != rest_of(old)).then(|| Box::new(rest)),
            waves: Changes::between(&old.waves, &new.waves, are_same),
            domains: Changes::between(&old.domains, &new.domains, are_same),
            systems: Changes::between(&old.systems, &new.systems, are_same),
            flows: Changes::between(&old.flows, &new.flows, are_same),
            positions: Changes::between(&old.drawing.positions, &new.drawing.positions, PartialEq::eq),
        }
    }

    /// Takes the step; returns its name.
    pub fn apply(self, plan: &mut Plan) -> String {
        if let Some(rest) = self.rest {
            let old = std::mem::replace(plan, *rest);
            (plan.waves, plan.domains, plan.systems, plan.flows) =
                (old.waves, old.domains, old.systems, old.flows);
            plan.drawing.positions = old.drawing.positions;
        }
        self.waves.apply(&mut plan.waves);
        self.domains.apply(&mut plan.domains);
        self.systems.apply(&mut plan.systems);
        self.flows.apply(&mut plan.flows);
        self.positions.apply(&mut plan.drawing.positions);
        self.label
    }
}

/// The plan without the maps that grow with the landscape. A field that is new in the model is in
/// here by itself.
fn rest_of(plan: &Plan) -> Plan {
    let mut rest = plan.clone();
    rest.waves.clear();
    rest.domains.clear();
    rest.systems.clear();
    rest.flows.clear();
    rest.drawing.positions.clear();
    rest
}

fn are_same<T: PartialEq>(old: &Arc<T>, new: &Arc<T>) -> bool {
    Arc::ptr_eq(old, new) || old == new
}

/// What is different in a map.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Changes<K: Ord, V> {
    set: BTreeMap<K, V>,
    gone: BTreeSet<K>,
}

impl<K: Ord, V> Default for Changes<K, V> {
    fn default() -> Self {
        Self { set: BTreeMap::new(), gone: BTreeSet::new() }
    }
}

impl<K: Ord + Clone, V: Clone> Changes<K, V> {
    fn between(old: &BTreeMap<K, V>, new: &BTreeMap<K, V>, is_same: impl Fn(&V, &V) -> bool) -> Self {
        let is_known = |id: &K, value: &V| old.get(id).is_some_and(|old| is_same(old, value));
        let different = new.iter().filter(|(id, value)| !is_known(id, value));
        let gone = old.keys().filter(|id| !new.contains_key(*id));
        Self {
            set: different.map(|(id, value)| (id.clone(), value.clone())).collect(),
            gone: gone.cloned().collect(),
        }
    }
}

impl<K: Ord, V> Changes<K, V> {
    fn is_empty(&self) -> bool {
        self.set.is_empty() && self.gone.is_empty()
    }

    fn apply(self, map: &mut BTreeMap<K, V>) {
        for id in &self.gone {
            map.remove(id);
        }
        map.extend(self.set);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate;
    use crate::plan_file::notation;

    #[test]
    fn the_step_between_any_two_plans_leads_from_one_to_the_other() {
        let plan_of = |seed: u8| {
            let mut plan = generate::plan(5 * usize::from(seed), seed.into());
            // Some cards stand where they stand in another plan, and each plan pins another one.
            let ids = plan.systems.keys().cloned();
            plan.drawing.positions = ids.map(|id| (id, Position((seed / 2).into(), 0))).collect();
            plan.drawing.pinned.insert(SystemId::new(&seed.to_string()));
            plan
        };
        let plans: Vec<_> = (0..8).map(plan_of).collect();
        for (old, new) in plans.iter().flat_map(|old| plans.iter().map(move |new| (old, new))) {
            let text = notation().to_string(&Step::between("Rename", old, new)).unwrap();
            let mut plan = old.clone();
            let step: Step = notation().from_str(&text).unwrap();
            assert_eq!(step.apply(&mut plan), "Rename");
            assert_eq!(plan, *new);
        }
    }

    #[test]
    fn a_step_holds_what_changed_and_nothing_else() {
        let old = generate::plan(1_000, 1);
        let mut new = old.clone();
        let (id, system) = new.systems.iter_mut().min_by_key(|(_, system)| system.holdings.len()).unwrap();
        let id = id.clone();
        Arc::make_mut(system).name = "Other".to_owned();
        new.drawing.positions.insert(id, Position(1, 2));
        let text = notation().to_string(&Step::between("Rename", &old, &new)).unwrap();
        assert!(text.len() < 2_000, "{text}");
    }
}
