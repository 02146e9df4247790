//! The truth changes hands, and nobody has said when.

use std::collections::BTreeSet;

use crate::edit::{Edit, change_domain};
use crate::model::{Claim, DataDomain, DomainId, Stage, System, SystemId, WaveId};
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, Subject, View};

/// The rule.
pub static RULE: Rule = Rule {
    id: "authority-handover-undated",
    title: "Truth changes hands, no date",
    family: Family::SourceOfTruth,
    severity: "error",
    pillar: Pillar::Reliability,
    when: "A claim begins at the target without a wave, while another system's claim with an overlapping \
           scope is in force directly before. Or a system with a claim in force before its cutover migrates \
           by parallel run or coexistence, and no claim with an overlapping scope begins between its cutover \
           and its exit (or the target, where no exit is set). It is found once for each domain.",
    why: "Until somebody says when, both systems are edited, and the later load overwrites one of them.",
    what_to_do: "Set the wave of the handover.",
    not_when: "Where both systems never run together (big bang), the wave of the cutover is the date: setting \
               it is one click.",
    source: "Synchronisation after the migration is designed while it is scoped; a design for coexistence \
             must answer who holds which data until when.",
    thresholds: &[],
    looks_at: LooksAt::Target,
    check,
    fixes,
};

/// A handover that lacks its date: who gives and who takes, where that is known.
struct Handover<'p> {
    giver: &'p Claim,
    taker: Option<&'p Claim>,
}

fn handover<'p>(view: &View<'_, 'p>, domain: usize) -> Option<Handover<'p>> {
    undated(view, domain).or_else(|| unsaid_in_parallel(view, domain))
}

fn undated<'p>(view: &View<'_, 'p>, domain: usize) -> Option<Handover<'p>> {
    let before = &view.facts.stages[view.at - 1].authorities[domain].claims;
    let takers = view.index().domains[domain].1.truth.iter().filter(|claim| claim.from == Stage::Target);
    takers.into_iter().find_map(|taker| {
        let gives = |claim: &&&Claim| claim.system != taker.system && claim.scope.overlaps(&taker.scope);
        before.iter().find(gives).map(|giver| Handover { giver, taker: Some(taker) })
    })
}

fn unsaid_in_parallel<'p>(view: &View<'_, 'p>, domain: usize) -> Option<Handover<'p>> {
    let index = view.index();
    let claims = &index.domains[domain].1.truth;
    // Only a system with a claim can give. In the order of the systems.
    let claimants: BTreeSet<_> = index.claims[domain].iter().filter_map(|claim| claim.system).collect();
    let entries = claimants.into_iter().map(|system| &index.systems[system]);
    let parallel = entries.filter(|entry| runs_in_parallel(entry.system));
    parallel.filter_map(|entry| Some((entry, entry.cutover?))).find_map(|(entry, cutover)| {
        let exit = entry.life.end;
        let is_said = |giver: &Claim| {
            claims.iter().any(|claim| {
                let from = index.timeline.place(&claim.from).filter(|_| claim.from != Stage::Target);
                claim.scope.overlaps(&giver.scope)
                    && from.is_some_and(|from| (cutover..=exit).contains(&from))
            })
        };
        let before = &view.facts.stages[cutover - 1].authorities[domain].claims;
        let giver = before.iter().find(|claim| claim.system == *entry.id && !is_said(claim))?;
        Some(Handover { giver, taker: None })
    })
}

fn runs_in_parallel(system: &System) -> bool {
    let approach = system.migration.as_ref().and_then(|migration| migration.approach);
    approach.is_some_and(crate::model::Approach::runs_on_after_cutover)
}

fn check(view: &View<'_, '_>, report: &mut Report) {
    let plan = view.index().plan;
    for (place, (_, domain)) in view.index().domains.iter().enumerate() {
        let Some(Handover { giver, taker }) = handover(view, place) else { continue };
        let (name, from) = (&domain.name, plan.system_name(&giver.system));
        let message = match taker {
            Some(taker) => format!(
                "{name} moves from {from} to {}, but no wave is set. Until then both will be edited.",
                plan.system_name(&taker.system)
            ),
            None => {
                format!(
                    "{from} runs on after its cutover, and no claim says who holds {name} until its exit."
                )
            }
        };
        let systems = std::iter::once(giver).chain(taker);
        let related: Vec<_> = systems.map(|claim| Subject::System(claim.system.clone())).collect();
        report.add_related(Severity::Error, [view.domain(place)], related, message);
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::Domain(id)] = finding.subjects.as_slice() else { return Vec::new() };
    let index = view.index();
    let found = index.domain(id).and_then(|place| handover(view, place));
    let Some(Handover { giver, taker }) = found else { return Vec::new() };
    let plan = index.plan;
    let system = plan.systems.get(&giver.system).map(|system| &**system);
    let migration = system.and_then(|system| system.migration.as_ref());
    let known = |wave: Option<&WaveId>| wave.filter(|&wave| plan.waves.contains_key(wave)).cloned();
    let heir = migration.and_then(|migration| migration.into.as_ref()).or(plan.focal_system.as_ref());
    let heir = taker.map(|taker| &taker.system).or(heir);
    let mut fixes = Vec::new();
    if let (Some(heir), Some(wave)) = (heir, known(migration.and_then(|migration| migration.wave.as_ref()))) {
        let title = format!("Hand {} over in {}", plan.domain_name(id), plan.waves[&wave].name);
        fixes.push(Fix::edits(title, date(view, id, giver, heir, wave)));
    }
    let end = migration.and_then(|migration| migration.parallel_until.as_ref());
    let end = end.or_else(|| system?.exit_wave.as_ref()).filter(|_| system.is_some_and(runs_in_parallel));
    if let (Some(heir), Some(wave)) = (heir, known(end)) {
        let title = format!(
            "Keep {} as truth until the end of the parallel run in {}",
            plan.system_name(&giver.system),
            plan.waves[&wave].name
        );
        fixes.push(Fix::edits(title, date(view, id, giver, heir, wave)));
    }
    fixes.push(Fix::open("Choose the wave in the ownership matrix", Place::OwnershipRow(id.clone())));
    fixes
}

/// Lets the heir's undated claims that overlap the giver's begin in a wave; where there are none, adds one.
fn date(
    view: &View<'_, '_>,
    domain: &DomainId,
    giver: &Claim,
    heir: &SystemId,
    wave: WaveId,
) -> Option<Edit> {
    let from = Stage::Wave(wave);
    let is_undated = |claim: &Claim| {
        claim.system == *heir && claim.from == Stage::Target && claim.scope.overlaps(&giver.scope)
    };
    change_domain(view.index().plan, domain, |domain: &mut DataDomain| {
        let mut undated: Vec<_> = domain.truth.iter_mut().filter(|claim| is_undated(claim)).collect();
        for claim in &mut undated {
            claim.from = from.clone();
        }
        if undated.is_empty() {
            domain.truth.push(Claim { system: heir.clone(), from, scope: giver.scope.clone() });
        }
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    #[test]
    fn a_claim_from_the_target_while_another_holds_is_found() {
        assert_findings(
            &RULE,
            "contact = truth crm, truth sf from target                       !! authority-handover-undated error
             account = truth crm, truth sf group sales from target           !! authority-handover-undated error
             order = truth erp from 1, truth sf from target                  !! authority-handover-undated error",
        );
    }

    #[test]
    fn a_wave_a_first_claim_another_part_and_the_same_system_are_silence() {
        assert_findings(
            &RULE,
            "contact = truth crm, truth sf from 1
             consent = truth sf from target
             price = truth erp partition DE, truth sf partition FR from target
             order = truth erp, truth erp group billing from target
             case = truth desk, truth erp from 1, truth erp from target",
        );
    }

    #[test]
    fn a_truth_that_runs_on_needs_a_claim_between_cutover_and_exit() {
        assert_findings(
            &RULE,
            "crm: migrate, into sf, at 1, approach parallel-run, exit 2
             desk: migrate, into sf, at 1, approach coexistence
             contact = truth crm, truth sf from 3     !! authority-handover-undated error
             case = truth desk                        !! authority-handover-undated error
             account = truth crm, truth sf from 1
             order = truth crm, truth sf from 2
             lead = truth crm from 3",
        );
    }

    #[test]
    fn no_cutover_wave_another_approach_or_an_earlier_handover_is_silence() {
        assert_findings(
            &RULE,
            "crm: migrate, into sf, approach parallel-run
             old: migrate, into sf, at 2, approach big-bang
             desk: migrate, into sf, at 2, approach parallel-run, exit 3
             contact = truth crm
             account = truth old
             case = truth desk, truth sf from 1",
        );
    }

    #[test]
    fn the_message_names_both() {
        assert_eq!(
            messages(&RULE, "contact = truth crm, truth sf from target"),
            ["contact moves from crm to sf, but no wave is set. Until then both will be edited."]
        );
    }

    #[test]
    fn it_is_handed_over_in_the_wave_of_the_cutover() {
        assert_fix(
            &RULE,
            "crm: migrate, into sf, at 2
             contact = truth crm, truth sf from target",
            "Hand contact over in Wave 2",
            "crm: migrate, into sf, at 2
             contact = truth crm, truth sf from 2",
        );
    }

    #[test]
    fn or_at_the_end_of_the_parallel_run() {
        let before = "crm: migrate, into sf, at 1, approach parallel-run, exit 2
             sf: crm
             contact = truth crm";
        assert_eq!(
            fix_titles(&RULE, before),
            [
                "Hand contact over in Wave 1",
                "Keep crm as truth until the end of the parallel run in Wave 2",
                "Choose the wave in the ownership matrix"
            ]
        );
        assert_fix(
            &RULE,
            before,
            "Keep crm as truth until the end of the parallel run in Wave 2",
            &format!("{before}, truth sf from 2"),
        );
    }

    #[test]
    fn a_claim_after_the_exit_is_too_late() {
        assert_findings(
            &RULE,
            "crm: migrate, into sf, at 1, approach parallel-run, exit 1
             contact = truth crm, truth sf from 2     !! authority-handover-undated error",
        );
    }

    #[test]
    fn a_claim_of_the_heir_that_has_its_wave_keeps_it() {
        assert_fix(
            &RULE,
            "crm: migrate, into sf, at 2
             contact = truth crm, truth sf group notes from 1, truth sf from target",
            "Hand contact over in Wave 2",
            "crm: migrate, into sf, at 2
             contact = truth crm, truth sf group notes from 1, truth sf from 2",
        );
    }
}
