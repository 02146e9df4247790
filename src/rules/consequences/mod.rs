//! What follows when it is decided what becomes of a system: the truth that it hands over, its flows, the
//! roles of what takes over; or, where it stays, what is taken back. One step with a sentence for each
//! consequence. What only people can know (patterns, owners, the cleansing of the data) it leaves to them.

mod departure;
mod flows;
mod reconnect;
mod staying;
#[cfg(test)]
mod tests;
mod truth;
mod virtual_history;

use std::sync::Arc;

use crate::edit::{Edit, edits_between};
use crate::model::{Approach, Disposition, DomainId, Flow, FlowId, Plan, Stage, System, SystemId, WaveId};

/// What a person chose; the rest is proposed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// The system that takes over; else what the system's migration says, else the focal system.
    pub into: Option<SystemId>,
    /// The wave of the cutover, or for a retirement of the exit; else the system's own, else the next with
    /// room, or for a retirement the last.
    pub wave: Option<WaveId>,
    /// How it is moved; else as recorded, else in phases.
    pub approach: Option<Approach>,
}

/// One step with what it does, in sentences.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Consequences {
    /// The step, the disposition itself included; empty where all of it is in the plan already.
    pub edits: Vec<Edit>,
    /// A sentence for each consequence; the disposition itself is none.
    pub sentences: Vec<String>,
}

impl Consequences {
    /// How much goes along: ", with 2 flows and 1 domain"; empty where nothing does.
    #[must_use]
    pub fn in_words(&self) -> String {
        let count = |is_one: fn(&Edit) -> bool| self.edits.iter().filter(|edit| is_one(edit)).count();
        let flows = count(|edit| matches!(edit, Edit::Flow(..)));
        let domains = count(|edit| matches!(edit, Edit::Domain(..)));
        let counted = [(flows, "flow"), (domains, "domain")];
        let words: Vec<_> = counted
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| super::hubs::counted(count, word))
            .collect();
        if words.is_empty() { String::new() } else { format!(", with {}", words.join(" and ")) }
    }
}

/// What follows when this becomes of a system, whether the plan says so already or not. Applied, it leaves
/// nothing to follow. A system that the plan does not have has no consequences.
#[must_use]
pub fn consequences(
    plan: &Plan,
    system: &SystemId,
    disposition: Disposition,
    choices: &Choices,
) -> Consequences {
    let Some(before) = plan.systems.get(system) else { return Consequences::default() };
    let mut work = Work::new(plan, system, before);
    match disposition {
        Disposition::Migrate => work.migrate(choices),
        Disposition::Retire => work.retire(choices),
        _ => work.stay(disposition),
    }
    Consequences { edits: edits_between(plan, &work.plan), sentences: work.sentences }
}

/// What follows for one flow of a system that migrates; `None` where nothing of that is known or left.
pub(super) fn reroute_flow(plan: &Plan, system: &SystemId, flow: &FlowId) -> Option<Consequences> {
    let before = plan.systems.get(system).filter(|system| system.disposition == Disposition::Migrate)?;
    let mut work = Work::new(plan, system, before);
    let departure = work.recorded_departure()?;
    work.reroute_one(flow, &departure);
    work.guard_new_flows();
    let edits = edits_between(plan, &work.plan);
    (!edits.is_empty()).then_some(Consequences { edits, sentences: work.sentences })
}

/// A plan in which one consequence after the other is drawn.
struct Work {
    plan: Plan,
    id: SystemId,
    name: String,
    sentences: Vec<String>,
    /// The flows that begin with the step.
    new: Vec<FlowId>,
}

impl Work {
    fn new(plan: &Plan, id: &SystemId, system: &System) -> Self {
        let name = system.name.clone();
        Self { plan: plan.clone(), id: id.clone(), name, sentences: Vec::new(), new: Vec::new() }
    }

    fn migrate(&mut self, choices: &Choices) {
        let Some(departure) = self.plan_migration(choices) else { return };
        if departure.heir.is_some() {
            self.hand_over(&departure);
            self.pass_on_roles(&departure);
            self.reroute(&departure);
            self.reconnect_what_it_leaves();
        }
        self.guard_new_flows();
    }

    fn retire(&mut self, choices: &Choices) {
        let Some(departure) = self.plan_exit(choices) else { return };
        self.hand_over(&departure);
        self.reroute(&departure);
        self.reconnect_what_it_leaves();
        self.guard_new_flows();
    }

    fn stay(&mut self, disposition: Disposition) {
        self.take_back();
        self.change(|system| {
            system.disposition = disposition;
            system.exit_wave = None;
        });
        self.reconnect_what_it_needs();
        if disposition == Disposition::Federate {
            self.read_history_in_place();
        }
        self.guard_new_flows();
    }

    fn say(&mut self, sentence: impl Into<String>) {
        self.sentences.push(sentence.into());
    }

    fn change(&mut self, change: impl FnOnce(&mut System)) {
        if let Some(system) = self.plan.systems.get_mut(&self.id) {
            change(Arc::make_mut(system));
        }
    }

    fn change_flow(&mut self, id: &FlowId, change: impl FnOnce(&mut Flow)) {
        if let Some(flow) = self.plan.flows.get_mut(id) {
            change(Arc::make_mut(flow));
        }
    }

    /// Adds a flow under a free id.
    fn add_flow(&mut self, flow: Flow) -> FlowId {
        let id = self.plan.free_flow_id(&flow);
        self.plan.flows.insert(id.clone(), Arc::new(flow));
        self.new.push(id.clone());
        id
    }

    fn wave_name(&self, wave: &WaveId) -> String {
        self.plan.stage_name(&Stage::Wave(wave.clone())).to_owned()
    }

    fn domain_name(&self, domain: &DomainId) -> String {
        self.plan.domain_name(domain).to_owned()
    }
}
