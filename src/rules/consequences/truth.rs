//! What a system that goes hands over: its claims, its place in conflict rules, its roles.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::landscape::{Index, Timeline};
use crate::model::{Claim, DataDomain, DomainId, Holding, Role, Scope, SystemId};

use super::Work;
use super::departure::Departure;

impl Work {
    /// Hands every claim over that would still be in force when the system is gone: to the system into which
    /// it migrates, else to the one that evidently takes over. Where there is none, the claim stays.
    pub(super) fn hand_over(&mut self, departure: &Departure) {
        let plan = self.plan.clone();
        let index = Index::new(&plan);
        for (id, domain) in &plan.domains {
            let mut changed = DataDomain::clone(domain);
            let claims = domain.truth.iter().filter(|claim| claim.system == self.id);
            let scopes: BTreeSet<_> = claims.map(|claim| claim.scope.clone()).collect();
            for scope in scopes {
                let heir = departure.heir.clone().or_else(|| evident_heir(&index, id, &scope, &self.id));
                match heir {
                    Some(heir) => {
                        self.hand_scope_over(&index.timeline, departure, &mut changed, &scope, &heir);
                    }
                    None if is_in_force_at_the_end(&index.timeline, domain, &scope, &self.id) => {
                        self.say(format!("Nobody takes over {} as its source of truth", domain.name));
                    }
                    None => {}
                }
            }
            if let (Some(rule), Some(heir)) = (&mut changed.conflict_rule, &departure.heir)
                && !rule.order.contains(heir)
                && let Some(place) = rule.order.iter().position(|system| *system == self.id)
            {
                rule.order.insert(place + 1, heir.clone());
                let heir = plan.system_name(heir);
                self.say(format!("{heir} wins conflicts on {} where {} did", domain.name, self.name));
            }
            self.plan.domains.insert(id.clone(), Arc::new(changed));
        }
    }

    fn hand_scope_over(
        &mut self,
        timeline: &Timeline,
        departure: &Departure,
        domain: &mut DataDomain,
        scope: &Scope,
        heir: &SystemId,
    ) {
        let before = domain.truth.clone();
        let place = |claim: &Claim| timeline.place(&claim.from).filter(|_| claim.scope == *scope);
        for claim in &mut domain.truth {
            let is_late = place(claim).is_some_and(|from| from >= departure.at);
            let is_undated = claim.system == *heir && place(claim) == Some(timeline.target());
            if is_late && claim.system == self.id {
                claim.system = heir.clone();
            } else if is_undated && is_held(timeline, &before, scope, departure.at, &self.id) {
                claim.from = departure.stage();
            }
        }
        let is_said = domain
            .truth
            .iter()
            .any(|claim| place(claim).is_some_and(|from| (departure.at..=departure.gone).contains(&from)));
        if !is_said && is_held(timeline, &before, scope, departure.at, &self.id) {
            domain
                .truth
                .push(Claim { scope: scope.clone(), ..Claim::whole(heir.clone(), departure.stage()) });
        }
        let mut seen: Vec<Claim> = Vec::new();
        domain.truth.retain(|claim| !seen.contains(claim) && (seen.push(claim.clone()), true).1);
        if domain.truth != before {
            let part = if scope.is_whole() { "" } else { "a part of " };
            let (heir, wave) = (self.plan.system_name(heir).to_owned(), self.wave_name(&departure.wave));
            self.say(format!("{heir} is the source of truth for {part}{} from {wave}", domain.name));
        }
    }

    /// Gives the system that takes over the roles that it lacks.
    pub(super) fn pass_on_roles(&mut self, departure: &Departure) {
        let (Some(heir), Some(system)) = (&departure.heir, self.plan.systems.get(&self.id).cloned()) else {
            return;
        };
        for (id, holding) in &system.holdings {
            let Some(role) = holding.role else { continue };
            let decides = self
                .plan
                .domains
                .get(id)
                .is_none_or(|domain| domain.truth.iter().any(|claim| claim.system == *heir));
            let Some(taker) = self.plan.systems.get_mut(heir).filter(|_| !decides) else { continue };
            if taker.holdings.get(id).is_some_and(|known| known.role.is_some()) {
                continue;
            }
            let inherited = Arc::make_mut(taker)
                .holdings
                .entry(id.clone())
                .or_insert_with(|| Holding { is_virtual: holding.is_virtual, ..Holding::default() });
            inherited.role = Some(role);
            let taker = self.plan.system_name(heir).to_owned();
            self.say(format!("{taker} takes over the role {role} for {}", self.domain_name(id)));
        }
    }
}

/// Whether a system holds the truth for a scope directly before a stage.
pub(super) fn is_held(
    timeline: &Timeline,
    claims: &[Claim],
    scope: &Scope,
    at: usize,
    system: &SystemId,
) -> bool {
    let claims = claims.iter().filter(|claim| claim.scope == *scope);
    let earlier =
        claims.filter_map(|claim| Some((timeline.place(&claim.from).filter(|&from| from < at)?, claim)));
    let latest = earlier.clone().map(|(from, _)| from).max();
    earlier.into_iter().any(|(from, claim)| Some(from) == latest && claim.system == *system)
}

fn is_in_force_at_the_end(
    timeline: &Timeline,
    domain: &DataDomain,
    scope: &Scope,
    system: &SystemId,
) -> bool {
    is_held(timeline, &domain.truth, scope, timeline.len(), system)
}

/// The one system that decides about a domain when a claim on a part of it ends, or the only other author.
fn evident_heir(index: &Index<'_>, id: &DomainId, scope: &Scope, leaving: &SystemId) -> Option<SystemId> {
    let target = index.timeline.target();
    let stands = |id: &SystemId| {
        index.system(id).is_some_and(|place| index.systems[place].life.contains(&target)) && id != leaving
    };
    let (_, domain) = index.domains[index.domain(id)?];
    let wider = domain.truth.iter().filter(|claim| claim.scope != *scope && claim.scope.contains(scope));
    let wider = wider
        .filter(|claim| is_held(&index.timeline, &domain.truth, &claim.scope, target + 1, &claim.system));
    let authors = index.systems.iter().filter(|entry| {
        entry.system.holdings.get(id).is_some_and(|holding| holding.role == Some(Role::Author))
    });
    let mut takers: BTreeSet<_> = wider.map(|claim| &claim.system).filter(|id| stands(id)).collect();
    if takers.is_empty() {
        takers = authors.map(|entry| entry.id).filter(|id| stands(id)).collect();
    }
    let mut takers = takers.into_iter();
    takers.next().filter(|_| takers.next().is_none()).cloned()
}

#[cfg(test)]
mod tests;
