//! What the rules on wiring share: who talks through a hub, and the edits that lead flows through one.

use std::collections::{BTreeMap, BTreeSet};

use crate::edit::{Edit, add_flow, add_system, apply, change_flow};
use crate::landscape::{Edge, FlowEntry};
use crate::model::{Disposition, Flow, Hub, Kind, Plan, Stage, System, SystemId, Timing, WaveId};

use super::View;

/// The directed edges that go through each hub at the view's stage.
pub(super) fn edges_by_hub<'a, 'p>(view: &View<'a, 'p>) -> BTreeMap<usize, Vec<&'a Edge<'p>>> {
    let mut by_hub: BTreeMap<usize, Vec<_>> = BTreeMap::new();
    for edge in view.landscape().edges() {
        let via = &view.index().flows[edge.flow].via;
        for (place, hub) in via.iter().enumerate() {
            if let Some(hub) = hub.filter(|_| !via[..place].contains(hub)) {
                by_hub.entry(hub).or_default().push(edge);
            }
        }
    }
    by_hub
}

/// The systems that talk through each hub that stands at the view's stage, by place.
pub(super) fn spokes_by_hub(view: &View<'_, '_>) -> BTreeMap<usize, BTreeSet<usize>> {
    let mut by_hub: BTreeMap<_, BTreeSet<_>> =
        view.landscape().hubs(view.index()).map(|hub| (hub, BTreeSet::new())).collect();
    for entry in view.landscape().flows.iter().map(|&flow| &view.index().flows[flow]) {
        for hub in entry.via.iter().flatten() {
            if let Some(spokes) = by_hub.get_mut(hub) {
                spokes.extend(ends(entry));
            }
        }
    }
    by_hub
}

/// The systems that talk through a hub at the view's stage, by place.
pub(super) fn spokes(view: &View<'_, '_>, hub: usize) -> BTreeSet<usize> {
    let entries = view.landscape().flows.iter().map(|&flow| &view.index().flows[flow]);
    entries.filter(|entry| entry.via.contains(&Some(hub))).flat_map(ends).collect()
}

/// The ends of a flow that the plan has, each once.
pub(super) fn ends(entry: &FlowEntry<'_>) -> impl Iterator<Item = usize> + use<> {
    let to = entry.to.filter(|_| entry.to != entry.from);
    [entry.from, to].into_iter().flatten()
}

/// The hub of the view's stage for a connection of some systems: the one that serves most of them already,
/// of equal ones the one that serves most systems at all, then the first by id.
pub(super) fn best_hub(view: &View<'_, '_>, systems: &[usize]) -> Option<usize> {
    let hubs = view.landscape().hubs(view.index());
    hubs.max_by_key(|&hub| {
        let spokes = spokes(view, hub);
        let served = systems.iter().filter(|system| spokes.contains(system)).count();
        (served, spokes.len(), std::cmp::Reverse(hub))
    })
}

/// Whether a flow can be led through a hub without a second thought: it is direct, nobody waits for
/// it, it makes a copy, and no reason is given why it goes round the hub.
pub(super) fn can_be_led(flow: &Flow) -> bool {
    flow.is_direct() && flow.timing != Some(Timing::Sync) && !flow.is_virtual() && flow.bypass_ok.is_empty()
}

/// "1 flow", "4 flows".
pub(super) fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// A hub that flows are led through from a stage on.
pub(super) struct Detour {
    hub: SystemId,
    /// What people call the hub.
    pub name: String,
    /// The hub, where the plan does not have it yet.
    new: Option<System>,
}

impl Detour {
    /// Through a hub of the plan.
    pub fn through(view: &View<'_, '_>, hub: usize) -> Self {
        let entry = &view.index().systems[hub];
        Self { hub: entry.id.clone(), name: entry.system.name.clone(), new: None }
    }

    /// Through a new hub with a model of its own, there from the first wave on; without waves, at once.
    pub fn through_new_hub(plan: &Plan) -> Self {
        let name = "Integration hub".to_owned();
        let system = System {
            kind: Kind::IntegrationPlatform,
            disposition: Disposition::Integrate,
            introduced: plan
                .waves_in_order()
                .first()
                .map_or(Stage::Today, |wave| Stage::Wave((*wave).clone())),
            hub: Some(Hub { canonical: Some(true), ..Hub::default() }),
            ..System::named(&name)
        };
        Self { hub: plan.free_system_id(&name), name, new: Some(system) }
    }

    /// Through the hub of the view's stage that is best for the ends of these flows, or a new one where
    /// none stands.
    pub fn through_best_hub(view: &View<'_, '_>, flows: &[usize]) -> Self {
        let ends: BTreeSet<_> = flows.iter().flat_map(|&flow| ends(&view.index().flows[flow])).collect();
        best_hub(view, &ends.into_iter().collect::<Vec<_>>())
            .map_or_else(|| Self::through_new_hub(view.index().plan), |hub| Self::through(view, hub))
    }

    /// Whether the hub is new.
    pub const fn is_new(&self) -> bool {
        self.new.is_some()
    }

    /// The edits that lead these flows through the hub.
    pub fn edits(&self, view: &View<'_, '_>, flows: &[usize]) -> Vec<Edit> {
        let introduced = match &self.new {
            Some(system) => Some(&system.introduced),
            None => view.index().plan.systems.get(&self.hub).map(|system| &system.introduced),
        };
        let begin = introduced.map_or(0, |stage| view.index().timeline.place_or_target(stage));
        let mut edits: Vec<_> =
            self.new.iter().map(|system| add_system(self.hub.clone(), system.clone())).collect();
        edits.extend(rewired(view, flows, begin, |flow| flow.via = vec![self.hub.clone()]));
        edits
    }
}

/// The edits that wire flows differently from a stage on. Where the plan has a wave for it, a flow that
/// is there before ends in that wave and a copy begins, which is said to replace it where it is designed;
/// without waves the flow itself changes. Flows that cannot change then are passed over.
pub(super) fn rewired(
    view: &View<'_, '_>,
    flows: &[usize],
    begin: usize,
    rewire: impl Fn(&mut Flow),
) -> Vec<Edit> {
    let index = view.index();
    let wave = first_wave_from(view, begin);
    let mut plan = index.plan.clone();
    let mut edits = Vec::new();
    for entry in flows.iter().map(|&flow| &index.flows[flow]) {
        let begins_later = wave.as_ref().is_some_and(|(place, _)| entry.life.start >= *place);
        let step: Vec<Edit> = match &wave {
            Some((place, wave)) if !begins_later && entry.life.end > *place => {
                let mut copy = Flow { since: Stage::Wave(wave.clone()), ..entry.flow.clone() };
                if is_designed(&copy) {
                    copy.replaces.insert(entry.id.clone());
                }
                rewire(&mut copy);
                let ended = change_flow(&plan, entry.id, |flow| flow.until = Some(wave.clone()));
                ended.into_iter().chain([add_flow(plan.free_flow_id(&copy), copy)]).collect()
            }
            Some(_) if !begins_later => continue,
            None if entry.life.start < begin => continue,
            _ => change_flow(&plan, entry.id, &rewire).into_iter().collect(),
        };
        if let Ok(changed) = apply(&plan, step.iter().cloned()) {
            plan = changed;
            edits.extend(step);
        }
    }
    edits
}

/// Whether what a replacement needs is known: pattern, timing and owner.
pub(super) const fn is_designed(flow: &Flow) -> bool {
    flow.pattern.is_some() && flow.timing.is_some() && !flow.owner.is_empty()
}

/// The first wave that is not before a stage.
pub(super) fn first_wave_from(view: &View<'_, '_>, begin: usize) -> Option<(usize, WaveId)> {
    let mut stages = view.index().timeline.stages().iter().enumerate().skip(begin);
    stages.find_map(|(place, stage)| match stage {
        Stage::Wave(wave) => Some((place, wave.clone())),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan_file::write;
    use crate::rules::Facts;
    use crate::rules::post_migration::post_migration_gap::RULE;
    use crate::rules::sketch::parse;

    /// Leads every flow through `bus` from a stage on.
    fn assert_rewired(before: &str, begin: usize, after: &str) {
        let plan = parse(before).plan;
        let facts = Facts::new(&plan);
        let view = View::new(&facts, facts.index.timeline.target(), &RULE);
        let flows: Vec<_> = (0..facts.index.flows.len()).collect();
        let edits = rewired(&view, &flows, begin, |flow| flow.via = vec!["bus".into()]);
        assert_eq!(write(&apply(&plan, edits).unwrap()), write(&parse(after).plan));
    }

    #[test]
    fn only_what_is_there_from_the_wave_on_is_wired_differently() {
        let waves = "bus: hub\nwave 3: notes last";
        assert_rewired(
            &format!(
                "{waves}
                 a -> b : x | id over, until 1
                 a -> c : x | id ends, until 2
                 a -> d : x | id there
                 a -> e : x | id later, since 2"
            ),
            2,
            &format!(
                "{waves}
                 a -> b : x | id over, until 1
                 a -> c : x | id ends, until 2
                 a -> d : x | id there, until 2
                 a -> d via bus : x | since 2
                 a -> e via bus : x | id later, since 2"
            ),
        );
    }

    #[test]
    fn what_begins_before_a_stage_without_a_wave_cannot_change_then() {
        assert_rewired(
            "bus: hub\na -> b : x | id there\na -> c : x | id last, since target",
            1,
            "bus: hub\na -> b : x | id there\na -> c via bus : x | id last, since target",
        );
    }
}
