//! A plan with its references resolved once: ids become places, stages become spans.

use std::collections::HashMap;
use std::ops::Range;

use crate::model::{DataDomain, DomainId, Flow, FlowId, Payload, Plan, System, SystemId};

use super::Timeline;

/// A system and the stages at which it stands.
#[derive(Debug)]
pub struct SystemEntry<'p> {
    /// Its id.
    pub id: &'p SystemId,
    /// The system.
    pub system: &'p System,
    /// The stages at which it stands.
    pub life: Range<usize>,
    /// The stage of its cutover, where it migrates and the wave is known.
    pub cutover: Option<usize>,
}

/// A flow with its ends resolved.
#[derive(Debug)]
pub struct FlowEntry<'p> {
    /// Its id.
    pub id: &'p FlowId,
    /// The flow.
    pub flow: &'p Flow,
    /// Where it starts; absent where the plan has no such system.
    pub from: Option<usize>,
    /// Where it ends; absent where the plan has no such system.
    pub to: Option<usize>,
    /// The hubs in between.
    pub via: Vec<Option<usize>>,
    /// What it carries, without domains that the plan does not have.
    pub carries: Vec<(usize, &'p Payload)>,
    /// The stages for which it is declared, whether or not its ends stand.
    pub life: Range<usize>,
}

impl FlowEntry<'_> {
    /// Whether it refers to a system, a hub or a domain that the plan does not have.
    #[must_use]
    pub fn refers_to_nothing(&self) -> bool {
        self.from.is_none()
            || self.to.is_none()
            || self.via.contains(&None)
            || self.carries.len() < self.flow.carries.len()
    }
}

/// A plan with its references resolved.
#[derive(Debug)]
pub struct Index<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// Its stages.
    pub timeline: Timeline,
    /// Its systems by id.
    pub systems: Vec<SystemEntry<'p>>,
    /// Its domains by id.
    pub domains: Vec<(&'p DomainId, &'p DataDomain)>,
    /// Its flows by id.
    pub flows: Vec<FlowEntry<'p>>,
    system_places: HashMap<&'p SystemId, usize>,
    domain_places: HashMap<&'p DomainId, usize>,
    flow_places: HashMap<&'p FlowId, usize>,
}

impl<'p> Index<'p> {
    /// Resolves a plan.
    #[must_use]
    pub fn new(plan: &'p Plan) -> Self {
        let timeline = Timeline::new(plan);
        let systems: Vec<_> =
            plan.systems.iter().map(|(id, system)| system_entry(&timeline, id, system)).collect();
        let mut index = Self {
            plan,
            domains: plan.domains.iter().map(|(id, domain)| (id, &**domain)).collect(),
            system_places: plan.systems.keys().zip(0..).collect(),
            domain_places: plan.domains.keys().zip(0..).collect(),
            flow_places: plan.flows.keys().zip(0..).collect(),
            flows: Vec::new(),
            timeline,
            systems,
        };
        index.flows = plan.flows.iter().map(|(id, flow)| index.flow_entry(id, flow)).collect();
        index
    }

    /// The place of a system.
    #[must_use]
    pub fn system(&self, id: &SystemId) -> Option<usize> {
        self.system_places.get(id).copied()
    }

    /// The place of a domain.
    #[must_use]
    pub fn domain(&self, id: &DomainId) -> Option<usize> {
        self.domain_places.get(id).copied()
    }

    /// The place of a flow.
    #[must_use]
    pub fn flow(&self, id: &FlowId) -> Option<usize> {
        self.flow_places.get(id).copied()
    }

    /// The name of the system at a place.
    #[must_use]
    pub fn system_name(&self, system: usize) -> &'p str {
        &self.systems[system].system.name
    }

    /// The name of the domain at a place.
    #[must_use]
    pub fn domain_name(&self, domain: usize) -> &'p str {
        &self.domains[domain].1.name
    }

    /// The place of the focal system.
    #[must_use]
    pub fn focal(&self) -> Option<usize> {
        self.plan.focal_system.as_ref().and_then(|id| self.system(id))
    }

    fn flow_entry(&self, id: &'p FlowId, flow: &'p Flow) -> FlowEntry<'p> {
        let first = self.timeline.place_or_target(&flow.since);
        let gone =
            flow.until.as_ref().map_or(self.timeline.len(), |wave| self.timeline.wave_place_or_target(wave));
        FlowEntry {
            id,
            flow,
            from: self.system(&flow.from),
            to: self.system(&flow.to),
            via: flow.via.iter().map(|hub| self.system(hub)).collect(),
            carries: flow
                .carries
                .iter()
                .filter_map(|payload| Some((self.domain(&payload.domain)?, payload)))
                .collect(),
            life: first..gone,
        }
    }
}

fn system_entry<'p>(timeline: &Timeline, id: &'p SystemId, system: &'p System) -> SystemEntry<'p> {
    let first = timeline.place_or_target(&system.introduced);
    let last = if system.disposition.leaves() { timeline.target() } else { timeline.len() };
    let exit = system.exit_wave.as_ref().map_or(last, |wave| timeline.wave_place_or_target(wave).min(last));
    let cutover = system
        .migration
        .as_ref()
        .filter(|_| system.disposition == crate::model::Disposition::Migrate)
        .and_then(|migration| timeline.wave_place(migration.wave.as_ref()?));
    SystemEntry { id, system, life: first..exit, cutover }
}
