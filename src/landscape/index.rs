//! A plan with its references resolved once: ids become places, stages become spans.

use std::ops::Range;

use foldhash::HashMap;

use crate::model::{
    Claim, DataDomain, DomainId, Flow, FlowId, Holding, Payload, Plan, Role, System, SystemId,
};

use super::Timeline;

/// A system and the stages at which it stands.
#[derive(Debug)]
pub struct SystemEntry<'p> {
    /// Its id.
    pub id: &'p SystemId,
    /// The system.
    pub system: &'p System,
    /// Whether it is a hub, as the system says.
    pub is_hub: bool,
    /// The stages at which it stands.
    pub life: Range<usize>,
    /// The stage of its cutover, where it migrates and the wave is known.
    pub cutover: Option<usize>,
    /// What it does with the domains that the plan has, by the place of the domain.
    holdings: Vec<(usize, &'p Holding)>,
}

impl<'p> SystemEntry<'p> {
    /// What it does with the domains that the plan has, by the place of the domain and in order.
    #[must_use]
    pub fn holdings(&self) -> &[(usize, &'p Holding)] {
        &self.holdings
    }
}

/// A system and what it does with a domain.
#[derive(Clone, Copy, Debug)]
pub struct Holder<'p> {
    /// The system.
    pub system: usize,
    /// What is noted.
    pub holding: &'p Holding,
    /// The role that is noted; here again, because it is asked for most.
    pub role: Option<Role>,
}

/// A claim with its references resolved.
#[derive(Debug)]
pub struct ClaimEntry<'p> {
    /// The claim.
    pub claim: &'p Claim,
    /// The system that claims; absent where the plan has no such system.
    pub system: Option<usize>,
    /// The stages at which it is in force: from the one with which it begins, if the plan has it, until
    /// another claim with the same scope begins.
    pub life: Range<usize>,
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
    /// The claims on each domain.
    pub claims: Vec<Vec<ClaimEntry<'p>>>,
    /// The systems with a holding of each domain, by place and in order.
    pub holders: Vec<Vec<Holder<'p>>>,
    system_places: HashMap<&'p SystemId, usize>,
    domain_places: HashMap<&'p DomainId, usize>,
    flow_places: HashMap<&'p FlowId, usize>,
    focal: Option<usize>,
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
            claims: Vec::new(),
            holders: vec![Vec::new(); plan.domains.len()],
            focal: None,
            timeline,
            systems,
        };
        for (place, entry) in index.systems.iter_mut().enumerate() {
            let held = entry.system.holdings.iter();
            entry.holdings =
                held.filter_map(|(id, holding)| Some((*index.domain_places.get(id)?, holding))).collect();
            for &(domain, holding) in &entry.holdings {
                index.holders[domain].push(Holder { system: place, holding, role: holding.role });
            }
        }
        index.focal = plan.focal_system.as_ref().and_then(|id| index.system(id));
        index.claims = plan.domains.values().map(|domain| index.claim_entries(domain)).collect();
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

    /// A system as holder of a domain, by their places; `None` where nothing is noted. Looked up with the domain,
    /// because most rules go through the plan domain by domain.
    #[must_use]
    pub fn holder(&self, system: usize, domain: usize) -> Option<&Holder<'p>> {
        let holders = &self.holders[domain];
        Some(&holders[holders.binary_search_by_key(&system, |holder| holder.system).ok()?])
    }

    /// What is noted of a domain at a system, by their places.
    #[must_use]
    pub fn holding(&self, system: usize, domain: usize) -> Option<&'p Holding> {
        self.holder(system, domain).map(|holder| holder.holding)
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

    /// The name of a flow, as the plan says it: the names of its ends.
    #[must_use]
    pub fn flow_name(&self, entry: &FlowEntry<'p>) -> String {
        let name = |place: Option<usize>, id: &'p SystemId| {
            place.map_or(id.as_str(), |place| self.system_name(place))
        };
        let flow = entry.flow;
        [name(entry.from, &flow.from), flow.arrow(), name(entry.to, &flow.to)].join(" ")
    }

    /// The place of the focal system.
    #[must_use]
    pub const fn focal(&self) -> Option<usize> {
        self.focal
    }

    fn claim_entries(&self, domain: &'p DataDomain) -> Vec<ClaimEntry<'p>> {
        let starts: Vec<_> = domain.truth.iter().map(|claim| self.timeline.place(&claim.from)).collect();
        let entry = |(claim, start): (&'p Claim, &Option<usize>)| {
            let life = start.map_or(0..0, |start| {
                let others = domain.truth.iter().zip(&starts).filter(|(other, _)| other.scope == claim.scope);
                let later = others.filter_map(|(_, later)| later.filter(|later| *later > start));
                start..later.min().unwrap_or(self.timeline.len())
            });
            ClaimEntry { claim, system: self.system(&claim.system), life }
        };
        domain.truth.iter().zip(&starts).map(entry).collect()
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
    SystemEntry { id, system, is_hub: system.is_hub(), life: first..exit, cutover, holdings: Vec::new() }
}
