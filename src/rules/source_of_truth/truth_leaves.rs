//! A source of truth that the target does not have any more.

use std::collections::BTreeSet;

use crate::edit::change_domain;
use crate::model::{Claim, Disposition, Stage, SystemId};
use crate::rules::disposition_changes::{change_to, follow_up};
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Report, Rule, Severity, Subject, View};

/// The rule.
pub static RULE: Rule = Rule {
    id: "truth-leaves",
    title: "The source of truth is being retired",
    family: Family::SourceOfTruth,
    severity: "error",
    pillar: Pillar::Reliability,
    when: "A system with a claim in force in the target migrates, retires or does not stand in the target, \
           or the plan does not have it.",
    why: "The records would be owned by a system that nobody can open.",
    what_to_do: "Hand the truth over to the system that takes the data, or keep the system.",
    not_when: "None known.",
    source: "After a migration the new system becomes the system of record for all that lived in the old one.",
    thresholds: &[],
    looks_at: LooksAt::Target,
    check,
    fixes,
};

fn check(view: &View<'_, '_>, report: &mut Report) {
    for authority in view.authorities() {
        for &truth in authority.truths.iter().filter(|&&truth| !view.landscape().stands(truth)) {
            let entry = &view.index().systems[truth];
            let into = entry.system.migration.as_ref().and_then(|migration| migration.into.as_ref());
            let fate = match (entry.system.disposition, into) {
                (Disposition::Migrate, Some(into)) => {
                    format!("it is migrated into {}", view.index().plan.system_name(into))
                }
                (Disposition::Migrate, None) => "it is migrated".to_owned(),
                (Disposition::Retire, _) => "it is retired".to_owned(),
                _ => "it is switched off before the target".to_owned(),
            };
            report.add(
                Severity::Error,
                [view.domain(authority.domain), view.system(truth)],
                format_args!(
                    "{} is still the source of truth for {}, but {fate}.",
                    entry.system.name,
                    view.index().domain_name(authority.domain)
                ),
            );
        }
        let is_gone = |id: &&SystemId| view.index().system(id).is_none();
        let claimants: BTreeSet<_> =
            authority.claims.iter().map(|claim| &claim.system).filter(is_gone).collect();
        for id in claimants {
            let domain = view.index().domain_name(authority.domain);
            let message =
                format!("{id} is still the source of truth for {domain}, but the plan does not have it.");
            report.add(
                Severity::Error,
                [view.domain(authority.domain), Subject::System(id.clone())],
                message,
            );
        }
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::Domain(domain), Subject::System(leaving)] = finding.subjects.as_slice() else {
        return Vec::new();
    };
    let plan = view.index().plan;
    let mut fixes = Vec::new();
    let migration = plan.systems.get(leaving).and_then(|system| system.migration.as_ref());
    let into = migration.and_then(|m| m.into.clone()).or_else(|| plan.focal_system.clone());
    if let Some(into) = into.filter(|into| into != leaving && plan.systems.contains_key(into)) {
        let from = handover_stage(view, leaving);
        let title = format!("Move the truth for {} to {}", plan.domain_name(domain), plan.system_name(&into));
        let is_known = plan.systems.contains_key(leaving);
        let edit = change_domain(plan, domain, |domain| {
            if !is_known {
                let claims = domain.truth.iter_mut().filter(|claim| claim.system == *leaving);
                claims.for_each(|claim| claim.system = into.clone());
                let all = std::mem::take(&mut domain.truth);
                for claim in all {
                    if !domain.truth.contains(&claim) {
                        domain.truth.push(claim);
                    }
                }
                return;
            }
            let ended: Vec<_> =
                domain.truth.iter().filter(|claim| claim.system == *leaving).cloned().collect();
            for claim in ended {
                let heir = Claim { system: into.clone(), from: from.clone(), scope: claim.scope };
                if !domain.truth.contains(&heir) {
                    domain.truth.push(heir);
                }
            }
        });
        fixes.push(Fix::edits(title, edit));
    }
    fixes.extend(follow_up(plan, leaving));
    fixes.extend(change_to(plan, leaving, Disposition::Integrate, |name, with| {
        format!("Keep {name} and integrate it{with}")
    }));
    fixes
}

/// The wave of the cutover, else of the exit, else the last; the target where there is no wave.
fn handover_stage(view: &View<'_, '_>, leaving: &SystemId) -> Stage {
    let plan = view.index().plan;
    let system = plan.systems.get(leaving);
    let cutover = system.and_then(|system| system.migration.as_ref()?.wave.clone());
    let exit = system.and_then(|system| system.exit_wave.clone());
    let known = cutover.or(exit).filter(|wave| plan.waves.contains_key(wave));
    let last = || plan.waves_in_order().last().map(|wave| (*wave).clone());
    known.or_else(last).map_or(Stage::Target, Stage::Wave)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    #[test]
    fn a_truth_that_migrates_retires_or_is_switched_off_is_found() {
        assert_findings(
            &RULE,
            "crm: migrate, into sf, at 1
             old: retire
             tool: integrate, exit 1
             account = truth crm    !! truth-leaves error
             points = truth old     !! truth-leaves error
             note = truth tool      !! truth-leaves error",
        );
    }

    #[test]
    fn a_claim_of_a_system_that_the_plan_does_not_have_is_found() {
        let mut plan = crate::rules::parse_sketch("focal sf\nsf: crm\nnote = truth sf").plan;
        let with_ghost = |domain: &mut crate::model::DataDomain| domain.truth[0].system = "gone".into();
        with_ghost(std::sync::Arc::make_mut(plan.domains.get_mut("note").unwrap()));
        let facts = crate::rules::Facts::new(&plan);
        let before = crate::rules::check(&facts, crate::rules::Scope::AllStages);
        let finding = before.list.iter().find(|finding| finding.rule.id == RULE.id).unwrap();
        assert_eq!(
            finding.message,
            "gone is still the source of truth for note, but the plan does not have it."
        );
        let fixes = crate::rules::offered_fixes(&facts, &before, finding);
        assert_eq!(fixes[0].0.title, "Move the truth for note to sf");
        std::sync::Arc::make_mut(plan.domains.get_mut("note").unwrap()).truth.push(crate::model::Claim {
            system: "sf".into(),
            from: crate::model::Stage::Today,
            scope: crate::model::Scope::default(),
        });
        let facts = crate::rules::Facts::new(&plan);
        let before = crate::rules::check(&facts, crate::rules::Scope::AllStages);
        let finding = before.list.iter().find(|finding| finding.rule.id == RULE.id).unwrap();
        let (_, preview) = &crate::rules::offered_fixes(&facts, &before, finding)[0];
        assert_eq!(preview.as_ref().unwrap().plan.domains["note"].truth.len(), 1, "a claim stands once");
    }

    #[test]
    fn a_truth_that_is_handed_over_or_stays_is_silence() {
        assert_findings(
            &RULE,
            "crm: migrate, into sf, at 1
             account = truth crm, truth sf from 1
             order = truth erp",
        );
    }

    #[test]
    fn the_truth_moves_where_the_system_migrates() {
        assert_fix(
            &RULE,
            "crm: migrate, into sf, at 1
             sf: crm
             account = truth crm",
            "Move the truth for account to sf",
            "crm: migrate, into sf, at 1
             sf: crm
             account = truth crm, truth sf from 1",
        );
    }

    #[test]
    fn the_message_tells_what_becomes_of_the_system() {
        let fate = |facts: &str| messages(&RULE, &format!("crm: {facts}\naccount = truth crm")).concat();
        let told = |fate: &str| format!("crm is still the source of truth for account, but it is {fate}.");
        assert_eq!(fate("migrate, into sf, at 1"), told("migrated into sf"));
        assert_eq!(fate("migrate, at 1"), told("migrated"));
        assert_eq!(fate("retire"), told("retired"));
        assert_eq!(fate("integrate, exit 1"), told("switched off before the target"));
    }

    #[test]
    fn the_truth_moves_to_no_system_that_is_not_there() {
        let moves =
            |text: &str| fix_titles(&RULE, text).iter().any(|title| title.starts_with("Move the truth"));
        assert!(!moves("crm: migrate, into nowhere, at 1 \n account = truth crm"));
        assert!(!moves("focal sf \n sf: retire \n account = truth sf"));
    }

    #[test]
    fn what_follows_when_it_migrates_can_be_drawn() {
        let titles = fix_titles(
            &RULE,
            "sf: crm
             crm: migrate, into sf, at 1, approach phased
             account = truth crm
             crm -> erp : account",
        );
        let drawn = titles.iter().find(|title| title.starts_with("Draw all that follows")).unwrap();
        assert!(drawn.contains("when crm migrates"), "{drawn}");
    }
}
