//! What an earlier decision to migrate or retire a system set in motion, taken back: flows that ended go on,
//! what took their place goes where nobody touched it since, claims and roles come back.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::landscape::{Index, Timeline};
use crate::model::{Claim, DomainId, Flow, FlowId, Holding, Role, Stage, SystemId, WaveId};

use super::Work;
use super::flows::forget_planned_end;
use super::truth::is_held;

/// The wave of an earlier departure, and the system that was to take over.
struct Earlier {
    wave: WaveId,
    heir: Option<SystemId>,
}

impl Work {
    /// Takes back what followed from an earlier departure.
    pub(super) fn take_back(&mut self) {
        let Some(system) = self.plan.systems.get(&self.id).cloned() else { return };
        let has_wave = system.migration.as_ref().is_some_and(|migration| migration.wave.is_some());
        let departure = self.recorded_departure().filter(|_| has_wave);
        let cutover = departure.map(|departure| Earlier { wave: departure.wave, heir: departure.heir });
        let exit = system.exit_wave.clone().map(|wave| Earlier { wave, heir: None });
        for earlier in cutover.into_iter().chain(exit) {
            self.take_flows_back(&earlier);
            self.take_claims_back(&earlier);
            self.take_roles_back(&earlier);
        }
    }

    fn take_flows_back(&mut self, earlier: &Earlier) {
        let plan = self.plan.clone();
        let index = Index::new(&plan);
        let system = self.id.clone();
        let Some(at) = index.timeline.wave_place(&earlier.wave) else { return };
        for (id, old) in plan.flows.iter().filter(|(_, flow)| !flow.bridge) {
            let is_of_system = old.from == system || old.to == system || old.via.contains(&system);
            let Some(until) = old.until.as_ref().filter(|_| is_of_system) else { continue };
            if index.timeline.wave_place(until).is_none_or(|until| until < at) {
                continue;
            }
            let is_cutover = *until == earlier.wave;
            let begins = Stage::Wave(until.clone());
            let others = || plan.flows.iter().filter(|(other, next)| *other != id && next.since == begins);
            let takes_over = |next: &Flow| takes_over(next, id, old, &system, earlier.heir.as_ref());
            let next: Vec<_> = others().filter(|(_, next)| takes_over(next)).collect();
            let untouched = next.iter().find(|(_, next)| is_cutover && is_untouched(next, old, &system));
            let is_around = |next: &Flow| old.via.contains(&system) && !next.via.contains(&system);
            let has_its_ends = |next: &Flow| (&next.from, &next.to) == (&old.from, &old.to);
            let is_of_others = others().any(|(_, next)| has_its_ends(next) && !is_around(next));
            let is_unclear = is_of_others || has_another_gone(&index, old, &system, until);
            if is_unclear || (!is_cutover && next.is_empty()) {
                continue;
            }
            let name = plan.flow_name(id);
            self.change_flow(id, forget_planned_end);
            match (untouched, next.first()) {
                (Some((other, next)), _) => {
                    let begins = plan.flow_name(other);
                    self.plan.flows.remove(*other);
                    self.change_flow(id, |flow| flow.until.clone_from(&next.until));
                    self.say(format!("{name} goes on, and {begins} does not begin"));
                }
                (None, Some((other, _))) => {
                    self.change_flow(id, |flow| flow.until = None);
                    self.change_flow(other, |next| _ = next.replaces.remove(id));
                    self.say(format!("{name} goes on beside {}", plan.flow_name(other)));
                }
                (None, None) => {
                    self.change_flow(id, |flow| flow.until = None);
                    self.say(format!("{name} goes on"));
                }
            }
        }
    }

    fn take_claims_back(&mut self, earlier: &Earlier) {
        let timeline = Timeline::new(&self.plan);
        let Some(at) = timeline.wave_place(&earlier.wave) else { return };
        let plan = self.plan.clone();
        for (id, domain) in &plan.domains {
            let was_handed_over = |claim: &&Claim| {
                claim.from == Stage::Wave(earlier.wave.clone())
                    && claim.system != self.id
                    && earlier.heir.as_ref().is_none_or(|heir| claim.system == *heir)
                    && is_held(&timeline, &domain.truth, &claim.scope, at, &self.id)
            };
            let back: Vec<_> = domain.truth.iter().filter(was_handed_over).cloned().collect();
            let Some(changed) = self.plan.domains.get_mut(id) else { continue };
            if !back.is_empty() {
                Arc::make_mut(changed).truth.retain(|claim| !back.contains(claim));
            }
            if let Some(heir) = &earlier.heir {
                let has_a_say = changed.truth.iter().any(|claim| claim.system == *heir);
                let follows = |pair: &[SystemId]| pair[0] == self.id && pair[1] == *heir;
                let order =
                    changed.conflict_rule.as_ref().map(|rule| rule.order.as_slice()).unwrap_or_default();
                let place = order.windows(2).position(follows).filter(|_| !has_a_say);
                if let (Some(place), Some(rule)) = (place, &mut Arc::make_mut(changed).conflict_rule) {
                    rule.order.remove(place + 1);
                }
            }
            if !back.is_empty() {
                self.say(format!("{} stays the source of truth for {}", self.name, domain.name));
            }
        }
    }

    /// Roles that the other system would not have without this one: nothing else is known of what it does with
    /// the domain, and no flow brings it or takes it.
    fn take_roles_back(&mut self, earlier: &Earlier) {
        let Some(heir) = &earlier.heir else { return };
        let roles: Vec<(DomainId, Role)> = self.plan.systems.get(&self.id).map_or_else(Vec::new, |system| {
            system.holdings.iter().filter_map(|(id, holding)| Some((id.clone(), holding.role?))).collect()
        });
        let of_heir = self.plan.flows.values().filter(|flow| flow.from == *heir || flow.to == *heir);
        let used: BTreeSet<_> =
            of_heir.flat_map(|flow| &flow.carries).map(|load| load.domain.clone()).collect();
        for (domain, role) in roles.into_iter().filter(|(domain, _)| !used.contains(domain)) {
            let Some(taker) = self.plan.systems.get_mut(heir) else { return };
            let is_all = |holding: &Holding| {
                *holding == Holding { role: Some(role), is_virtual: holding.is_virtual, ..Holding::default() }
            };
            if taker.holdings.get(&domain).is_some_and(is_all) {
                Arc::make_mut(taker).holdings.remove(&domain);
                let (heir, domain) = (self.plan.system_name(heir).to_owned(), self.domain_name(&domain));
                self.say(format!("{heir} does not take over {domain}"));
            }
        }
    }
}

/// Whether a flow stands for another with what takes over in a system's place, or says that it replaces it.
fn takes_over(next: &Flow, id: &FlowId, old: &Flow, system: &SystemId, heir: Option<&SystemId>) -> bool {
    let is_like = |next: &SystemId, old: &SystemId| match heir {
        _ if old != system => next == old,
        Some(heir) => next == heir,
        None => next != system,
    };
    let carries_some = next.carries.iter().any(|load| old.carries_domain(&load.domain));
    let is_empty = next.carries.is_empty() && old.carries.is_empty();
    let stands_for_it = is_like(&next.from, &old.from) && is_like(&next.to, &old.to);
    next.replaces.contains(id) || (stands_for_it && (carries_some || is_empty))
}

/// Whether a flow is still what was made of another when its system left.
fn is_untouched(next: &Flow, old: &Flow, system: &SystemId) -> bool {
    let other_end_stays = |next: &SystemId, old: &SystemId| old == system || next == old;
    let is_part = |next: &crate::model::Payload| {
        old.carries.iter().any(|old| (&old.domain, &old.part) == (&next.domain, &next.part))
    };
    let alike = Flow {
        from: old.from.clone(),
        to: old.to.clone(),
        via: old.via.clone(),
        carries: old.carries.clone(),
        since: old.since.clone(),
        until: old.until.clone(),
        replaces: old.replaces.clone(),
        guards: old.guards,
        dropped_reason: old.dropped_reason.clone(),
        ..next.clone()
    };
    other_end_stays(&next.from, &old.from)
        && other_end_stays(&next.to, &old.to)
        && next.carries.iter().all(is_part)
        && alike == *old
}

/// Whether another part of a flow is gone by a wave, so that the flow cannot go on.
fn has_another_gone(index: &Index<'_>, flow: &Flow, system: &SystemId, wave: &WaveId) -> bool {
    let Some(at) = index.timeline.wave_place(wave) else { return true };
    let parts = [&flow.from, &flow.to].into_iter().chain(&flow.via).filter(|id| *id != system);
    parts.into_iter().any(|id| {
        index.system(id).is_none_or(|place| {
            let entry = &index.systems[place];
            entry.cutover.unwrap_or(entry.life.end).min(entry.life.end) <= at
        })
    })
}

#[cfg(test)]
mod tests;
