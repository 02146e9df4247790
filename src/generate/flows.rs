//! Made-up flows: few systems have many of them, most have few.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::random::Random;
use super::{a_wave, applications};
use crate::model::{
    Auth, Direction, DomainId, Flow, FlowId, Guards, Mapping, Mechanism, Pattern, Payload, Plan, Stage,
    SystemId, Timing, WaveId,
};

/// Adds about 2.1 flows for each system.
pub(super) fn add(plan: &mut Plan, random: &mut Random) {
    let mut sketch = Sketch::of(plan);
    if sketch.systems.len() < 2 {
        return;
    }
    let wanted = plan.systems.len() * 21 / 10;
    let mut next = 1;
    while plan.flows.len() < wanted {
        let newcomer = sketch.systems.get(next).cloned();
        next += 1;
        let Some((from, to)) = sketch.ends(random, newcomer) else { continue };
        let mut flow = sketch.flow(random, from, to);
        add_until(plan, random, &mut flow);
        let id = plan.free_flow_id(&flow);
        let replacement = replacement(plan, random, &flow, &id);
        plan.flows.insert(id, Arc::new(flow));
        if let Some(replacement) = replacement {
            plan.flows.insert(plan.free_flow_id(&replacement), Arc::new(replacement));
        }
    }
}

/// What new flows are drawn from.
struct Sketch {
    systems: Vec<SystemId>,
    hubs: Vec<SystemId>,
    domains: Vec<DomainId>,
    /// The domains that a system is the source of truth for.
    owned: BTreeMap<SystemId, Vec<DomainId>>,
    /// Every system once for each flow that it has: who has many gets more.
    busy: Vec<SystemId>,
}

impl Sketch {
    fn of(plan: &Plan) -> Self {
        let mut owned: BTreeMap<SystemId, Vec<DomainId>> = BTreeMap::new();
        for (id, domain) in &plan.domains {
            for claim in &domain.truth {
                owned.entry(claim.system.clone()).or_default().push(id.clone());
            }
        }
        let is_focal = |id: &SystemId| Some(id) == plan.focal_system.as_ref();
        let mut systems = applications(plan);
        // The focal system first, so that it becomes one of the busiest.
        systems.sort_by_key(|id| !is_focal(id));
        Self {
            busy: systems.first().into_iter().flat_map(|focal| vec![focal.clone(); 4]).collect(),
            hubs: plan.systems.iter().filter(|(_, it)| it.is_hub()).map(|(id, _)| id.clone()).collect(),
            domains: plan.domains.keys().cloned().collect(),
            systems,
            owned,
        }
    }

    /// The ends of a new flow: the newcomer, or anybody, and somebody busy.
    fn ends(&mut self, random: &mut Random, newcomer: Option<SystemId>) -> Option<(SystemId, SystemId)> {
        let one = newcomer.or_else(|| random.pick(&self.systems).cloned())?;
        let other = random.pick(&self.busy).filter(|other| **other != one)?.clone();
        self.busy.extend([one.clone(), other.clone()]);
        Some(if random.chance(50) { (one, other) } else { (other, one) })
    }

    fn flow(&self, random: &mut Random, from: SystemId, to: SystemId) -> Flow {
        let direction = if random.chance(10) { Direction::Both } else { Direction::Forward };
        let via = random.pick(&self.hubs).filter(|_| random.chance(45)).cloned();
        let guards = if random.chance(40) { Guards::Both } else { Guards::None };
        let mut flow = Flow {
            carries: self.payloads(random, &from, direction),
            via: via.into_iter().collect(),
            guards: if direction == Direction::Both { guards } else { Guards::None },
            ..Flow::between(from, to)
        };
        add_technique(random, &mut flow);
        add_records(random, &mut flow);
        add_faults(random, &mut flow);
        flow
    }

    fn payloads(&self, random: &mut Random, from: &SystemId, direction: Direction) -> Vec<Payload> {
        let owned = self.owned.get(from).filter(|_| random.chance(70)).unwrap_or(&self.domains);
        let count = random.weighted(&[(6, 1), (3, 2), (1, 3)]).unwrap_or(1);
        let mut domains: Vec<_> = (0..count).filter_map(|_| random.pick(owned).cloned()).collect();
        domains.sort();
        domains.dedup();
        domains.into_iter().map(|domain| Payload { direction, ..Payload::of(domain) }).collect()
    }
}

fn add_technique(random: &mut Random, flow: &mut Flow) {
    let timing = random.weighted(&[(2, Timing::Sync), (4, Timing::Async), (4, Timing::Batch)]);
    let (pattern, mechanisms, latency) = match timing {
        Some(Timing::Sync) => {
            (Pattern::RequestReply, [Mechanism::Rest, Mechanism::Soap, Mechanism::Odata], 0)
        }
        Some(Timing::Async) => {
            (Pattern::FireForget, [Mechanism::Event, Mechanism::Queue, Mechanism::Rest], 1 + random.below(15))
        }
        _ => (
            Pattern::BatchSync,
            [Mechanism::File, Mechanism::Bulk, Mechanism::Database],
            60 * (1 + random.below(24)),
        ),
    };
    flow.timing = timing;
    flow.pattern = Some(pattern);
    flow.mechanism = random.pick(&mechanisms).copied();
    flow.latency_min = random.chance(90).then_some(latency as u32);
    flow.records_per_day = random.chance(80).then(|| 10 * (1 + random.below(4_000)) as u64);
    flow.runs_per_day = (timing == Some(Timing::Batch)).then(|| (1 + random.below(24)) as u32);
}

fn add_records(random: &mut Random, flow: &mut Flow) {
    flow.auth = random
        .weighted(&[(6, Some(Auth::Oauth)), (2, Some(Auth::Certificate)), (1, Some(Auth::Basic)), (1, None)])
        .flatten();
    flow.encrypted = random.record(80, 8);
    flow.monitored = random.record(70, 18);
    flow.retry = random.record(70, 15);
    flow.idempotent = random.record(65, 15);
    flow.validated = random.record(50, 20);
    flow.mapping = random.pick(Mapping::ALL).copied().filter(|_| random.chance(85));
    flow.value = random.chance(80).then(|| random.below(6) as u8);
    flow.owner = if random.chance(85) { "Integration team".to_owned() } else { String::new() };
}

/// A few flows are done by hand, have a pattern that does not fit, or move much in one run.
fn add_faults(random: &mut Random, flow: &mut Flow) {
    match random.below(100) {
        0..3 => flow.mechanism = Some(Mechanism::Manual),
        3..6 => flow.pattern = random.pick(Pattern::ALL).copied(),
        6..20 => flow.records_per_run = Some(500 * (1 + random.below(150)) as u64),
        _ => {}
    }
}

/// Ends most of the flows of systems that go; some are forgotten, and some only bridge.
fn add_until(plan: &Plan, random: &mut Random, flow: &mut Flow) {
    if let Some(wave) = last_wave(plan, flow).filter(|_| random.chance(70)) {
        flow.until = Some(wave);
    } else if random.chance(3) {
        flow.bridge = true;
        flow.since = a_wave(plan, random).map_or(Stage::Today, Stage::Wave);
    }
}

/// The wave in which the first end of a flow goes, if one goes in a wave.
fn last_wave(plan: &Plan, flow: &Flow) -> Option<WaveId> {
    let ends = [&flow.from, &flow.to].map(|end| &plan.systems[end]);
    let mut leaving = ends.into_iter().filter(|system| system.disposition.leaves());
    leaving.find_map(|system| {
        let cutover = system.migration.as_ref().and_then(|migration| migration.wave.clone());
        cutover.or_else(|| system.exit_wave.clone())
    })
}

/// The flow that takes the place of one that ends, between the focal system and the end that stays.
fn replacement(plan: &Plan, random: &mut Random, old: &Flow, id: &FlowId) -> Option<Flow> {
    let wave = old.until.clone().filter(|_| random.chance(65))?;
    let focal = plan.focal_system.as_ref()?;
    let moves = |end: &SystemId| plan.systems[end].disposition.leaves();
    let (from, to) = match (moves(&old.from), moves(&old.to)) {
        (true, false) => (focal.clone(), old.to.clone()),
        (false, true) => (old.from.clone(), focal.clone()),
        _ => return None,
    };
    let since = Stage::Wave(wave);
    let replaces = [id.clone()].into();
    (from != to).then(|| Flow { from, to, since, until: None, replaces, ..old.clone() })
}
