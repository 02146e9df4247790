//! Short ways to say the most frequent edits: an element of the plan with something different about it.

use crate::model::{
    DataDomain, Decision, DecisionId, DomainId, Flow, FlowId, Plan, Position, System, SystemId, Waiver,
    WaiverId, Wave, WaveId,
};

use super::{Change, Edit};

/// The edit that changes a system; `None` where the plan does not have it.
pub fn change_system(plan: &Plan, id: &SystemId, change: impl FnOnce(&mut System)) -> Option<Edit> {
    let mut system = System::clone(plan.systems.get(id)?);
    change(&mut system);
    Some(Edit::System(id.clone(), Box::new(Change::Set(system))))
}

/// The edit that changes a flow; `None` where the plan does not have it.
pub fn change_flow(plan: &Plan, id: &FlowId, change: impl FnOnce(&mut Flow)) -> Option<Edit> {
    let mut flow = Flow::clone(plan.flows.get(id)?);
    change(&mut flow);
    Some(Edit::Flow(id.clone(), Box::new(Change::Set(flow))))
}

/// The edit that changes a domain; `None` where the plan does not have it.
pub fn change_domain(plan: &Plan, id: &DomainId, change: impl FnOnce(&mut DataDomain)) -> Option<Edit> {
    let mut domain = DataDomain::clone(plan.domains.get(id)?);
    change(&mut domain);
    Some(Edit::Domain(id.clone(), Box::new(Change::Set(domain))))
}

/// The edit that changes a wave; `None` where the plan does not have it.
pub fn change_wave(plan: &Plan, id: &WaveId, change: impl FnOnce(&mut Wave)) -> Option<Edit> {
    let mut wave = Wave::clone(plan.waves.get(id)?);
    change(&mut wave);
    Some(Edit::Wave(id.clone(), Box::new(Change::Set(wave))))
}

/// A new system.
#[must_use]
pub fn add_system(id: SystemId, system: System) -> Edit {
    Edit::System(id, Box::new(Change::Add(system)))
}

/// A new flow.
#[must_use]
pub fn add_flow(id: FlowId, flow: Flow) -> Edit {
    Edit::Flow(id, Box::new(Change::Add(flow)))
}

/// A new domain.
#[must_use]
pub fn add_domain(id: DomainId, domain: DataDomain) -> Edit {
    Edit::Domain(id, Box::new(Change::Add(domain)))
}

/// A new wave.
#[must_use]
pub fn add_wave(id: WaveId, wave: Wave) -> Edit {
    Edit::Wave(id, Box::new(Change::Add(wave)))
}

/// A new decision record.
#[must_use]
pub fn add_decision(id: DecisionId, decision: Decision) -> Edit {
    Edit::Decision(id, Box::new(Change::Add(decision)))
}

/// A newly accepted finding.
#[must_use]
pub fn add_waiver(id: WaiverId, waiver: Waiver) -> Edit {
    Edit::Waiver(id, Box::new(Change::Add(waiver)))
}

/// The edits that put cards where a person or *Arrange* wants them.
pub fn place_systems(positions: impl IntoIterator<Item = (SystemId, Position)>) -> Vec<Edit> {
    positions.into_iter().map(|(id, position)| Edit::Place(id, Some(position))).collect()
}
