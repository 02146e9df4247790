//! *Wave is done*: today becomes the state after the first wave, in one step. The stages that remain look
//! as before; what the plan knew only of the time before is gone, the way back is Undo.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{
    DataDomain, Disposition, DomainId, Flow, FlowId, Plan, Role, Scope, Stage, Subject, System, SystemId,
    WaveId,
};

use super::{Change, Edit, edits_between};

/// Why a wave cannot be declared done. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WaveNotDone {
    /// The wave is not in the plan.
    #[error("the plan has no wave {0}; it may have been deleted meanwhile")]
    Absent(WaveId),
    /// Another wave comes first.
    #[error("{wave} comes after {before}; say first that {before} is done, or delete it")]
    NotFirst {
        /// The wave's name.
        wave: String,
        /// The name of the first wave.
        before: String,
    },
}

/// The edits that roll today forward over the first wave: what it introduced is there, what it ended is
/// gone, claims become today's, and the wave itself goes. A system that cut over in it and is still switched
/// on is from now on one that retires: nothing of it moves any more.
pub fn wave_is_done(plan: &Plan, wave: &WaveId) -> Result<Vec<Edit>, WaveNotDone> {
    let done = plan.waves.get(wave).ok_or_else(|| WaveNotDone::Absent(wave.clone()))?;
    if let Some(first) = plan.waves_in_order().into_iter().next().filter(|first| *first != wave) {
        let (wave, before) = (done.name.clone(), plan.waves[first].name.clone());
        return Err(WaveNotDone::NotFirst { wave, before });
    }
    let mut work = Work { before: plan, plan: plan.clone(), wave };
    work.roll_flows();
    work.roll_domains();
    work.roll_systems();
    work.plan.waves.remove(wave);
    let mut edits = edits_between(plan, &work.plan);
    edits.extend(work.records());
    Ok(edits)
}

struct Work<'a> {
    before: &'a Plan,
    plan: Plan,
    wave: &'a WaveId,
}

impl Work<'_> {
    fn is_gone(&self, id: &SystemId) -> bool {
        self.before.systems.get(id).is_some_and(|system| system.exit_wave.as_ref() == Some(self.wave))
    }

    fn has_ended(&self, id: &FlowId) -> bool {
        self.before.flows.get(id).is_some_and(|flow| flow.until.as_ref() == Some(self.wave))
    }

    fn begins_now(&self, stage: &Stage) -> bool {
        matches!(stage, Stage::Wave(wave) if wave == self.wave)
    }

    fn has_moved(&self, id: &SystemId) -> bool {
        let system = self.before.systems.get(id).filter(|system| system.disposition == Disposition::Migrate);
        let migration = system.and_then(|system| system.migration.as_ref());
        migration.is_some_and(|migration| migration.wave.as_ref() == Some(self.wave))
    }

    fn roll_flows(&mut self) {
        for (id, flow) in &self.before.flows {
            if self.has_ended(id) {
                self.plan.flows.remove(id);
                continue;
            }
            let mut rolled = Flow::clone(flow);
            if self.begins_now(&rolled.since) {
                rolled.since = Stage::Today;
            }
            rolled.replaces.retain(|replaced| !self.has_ended(replaced));
            self.plan.flows.insert(id.clone(), Arc::new(rolled));
        }
    }

    fn roll_domains(&mut self) {
        for (id, domain) in &self.before.domains {
            let mut rolled = DataDomain::clone(domain);
            let begins: Vec<_> = domain.truth.iter().filter(|claim| self.begins_now(&claim.from)).collect();
            let is_over = |scope: &Scope| begins.iter().any(|claim| claim.scope == *scope);
            rolled.truth.retain(|claim| {
                let has_ended = claim.from == Stage::Today && is_over(&claim.scope);
                !has_ended && !self.is_gone(&claim.system)
            });
            for claim in rolled.truth.iter_mut().filter(|claim| self.begins_now(&claim.from)) {
                claim.from = Stage::Today;
            }
            if let Some(rule) = &mut rolled.conflict_rule {
                rule.order.retain(|system| !self.is_gone(system));
            }
            let lost = domain.truth.iter().filter(|claim| !rolled.truth.contains(claim));
            let lost: BTreeSet<_> = lost.map(|claim| claim.system.clone()).collect();
            for system in lost.iter().filter(|id| rolled.truth.iter().all(|claim| claim.system != **id)) {
                self.becomes_reader(system, id);
            }
            self.plan.domains.insert(id.clone(), Arc::new(rolled));
        }
    }

    /// A system whose claim has ended keeps a copy; now that the claim is forgotten, it has to be said.
    fn becomes_reader(&mut self, id: &SystemId, domain: &DomainId) {
        let touches = |flow: &&Arc<Flow>| {
            (flow.from == *id || flow.to == *id) && flow.until.is_none() && flow.carries_domain(domain)
        };
        let uses_it = self.plan.flows.values().any(|flow| touches(&flow));
        let Some(system) = self.plan.systems.get_mut(id) else { return };
        if !uses_it && !system.holdings.contains_key(domain) {
            return;
        }
        let holding = Arc::make_mut(system).holdings.entry(domain.clone()).or_default();
        if holding.role != Some(Role::Author) {
            holding.role = Some(Role::Reader);
        }
    }

    fn roll_systems(&mut self) {
        let ids: Vec<_> = self.plan.systems.keys().cloned().collect();
        for id in ids {
            if self.is_gone(&id) {
                self.plan.systems.remove(&id);
                continue;
            }
            let Some(mut system) = self.plan.systems.get(&id).map(|system| System::clone(system)) else {
                continue;
            };
            if self.begins_now(&system.introduced) {
                system.introduced = Stage::Today;
            }
            system.loads.retain(|_, load| load.wave.as_ref() != Some(self.wave));
            if self.has_moved(&id) {
                system.disposition = Disposition::Retire;
            }
            if let Some(migration) = &mut system.migration {
                migration.wave.take_if(|wave| wave == self.wave);
                migration.parallel_until.take_if(|wave| wave == self.wave);
                migration.after.retain(|other| !self.is_gone(other) && !self.has_moved(other));
            }
            self.plan.systems.insert(id, Arc::new(system));
        }
    }

    /// Waivers and decisions that are about the wave: nothing can be found of it any more.
    fn records(&self) -> Vec<Edit> {
        let subject = Subject::Wave(self.wave.clone());
        let waivers = self.before.waivers.iter().filter(|(_, waiver)| waiver.subjects.contains(&subject));
        let waivers = waivers.map(|(id, _)| Edit::Waiver(id.clone(), Box::new(Change::Remove)));
        let decisions = self.before.decisions.iter();
        let decisions = decisions.filter(|(_, decision)| decision.subjects.contains(&subject));
        let decisions = decisions.map(|(id, decision)| {
            let mut decision = crate::model::Decision::clone(decision);
            decision.subjects.retain(|other| *other != subject);
            Edit::Decision(id.clone(), Box::new(Change::Set(decision)))
        });
        waivers.chain(decisions).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;
    use crate::rules::parse_sketch;

    #[test]
    fn what_the_wave_brought_is_there_and_what_it_ended_is_gone() {
        let before = parse_sketch(
            "focal sf
             wave 2: notes last
             account = truth crm, truth sf from 1, truth mdm from 2
             order = truth old
             crm: migrate, into sf, at 1, exit 2, approach phased
             crm.account: records 5
             erp: migrate, into sf, at 2, approach phased
             erp: migration.after crm
             old: retire, exit 1
             new: integrate, from 1
             crm -> shop : account | id out, until 1
             sf -> shop : account | id feed, since 1, replaces out
             sf -> new : account | id later, since 2",
        );
        let wave = WaveId::new("wave-1");
        let after = apply(&before.plan, wave_is_done(&before.plan, &wave).unwrap()).unwrap();
        let mut expected = parse_sketch(
            "focal sf
             wave 2: notes last
             account = truth sf, truth mdm from 2
             order: integrate
             crm: retire, into sf, exit 2, approach phased
             crm.account: reader, records 5
             erp: migrate, into sf, at 2, approach phased
             new: integrate
             sf -> shop : account | id feed
             sf -> new : account | id later, since 2",
        )
        .plan;
        expected.waves.remove(&wave);
        expected.systems.remove(&SystemId::new("order"));
        expected.domains.insert("order".into(), DataDomain::named("order").into());
        assert_eq!(crate::plan_file::write(&after), crate::plan_file::write(&expected));
    }

    #[test]
    fn a_system_whose_claim_has_ended_is_declared_reader_unless_it_is_author() {
        for (role, then) in [("archive", "reader"), ("entry", "reader"), ("author", "author")] {
            let text = |truth: &str, role: &str| {
                format!("order = truth {truth}\n old.order: {role}\n sf: crm\n wave 1: notes now")
            };
            let before = parse_sketch(&text("old, truth sf from 1", role)).plan;
            let wave = WaveId::new("wave-1");
            let after = apply(&before, wave_is_done(&before, &wave).unwrap()).unwrap();
            let mut expected = parse_sketch(&text("sf", then)).plan;
            expected.waves.remove(&wave);
            assert_eq!(after, expected, "{role}");
        }
    }
}
