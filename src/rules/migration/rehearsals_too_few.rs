//! A migration that is not rehearsed often enough to be sure of it.

use std::collections::BTreeSet;

use crate::model::{Plan, Stage, System, SystemId};
use crate::rules::migrations::{main_system, migrating, migration, plan_it, records};
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Report, Rule, Severity, Threshold, View};

/// The rule.
pub static RULE: Rule = Rule {
    id: "rehearsals-too-few",
    title: "Too few rehearsals",
    family: Family::Migration,
    severity: "warning; error at none of a critical system",
    pillar: Pillar::OperationalExcellence,
    when: "A system migrates with fewer trial migrations than needed; none recorded counts as none from the \
           gate cutover on. Error at none where the criticality is known to be high. One is enough for a \
           single domain, held or claimed today, of fewer records than the bar.",
    why: "The first run shows the structure, the second whether the fixes work, the third that it can be \
          repeated.",
    what_to_do: "Plan rehearsals with full data: for structure, for fixes, for repeatability.",
    not_when: "Few records of one object: one run is enough.",
    source: "The three-run rule; at least two full rehearsals in practice.",
    thresholds: &[
        Threshold {
            name: "trial_runs",
            default: 3.0,
            unit: "trial migrations",
            reason: "structure, fixes, repeatability",
        },
        Threshold {
            name: "criticality",
            default: 3.0,
            unit: "of 4",
            reason: "from here on a failed cutover stops a part of the business",
        },
        Threshold {
            name: "records",
            default: 5_000.0,
            unit: "records",
            reason: "so few are loaded again by hand",
        },
    ],
    looks_at: LooksAt::Target,
    check,
    fixes,
};

/// How many trial migrations a system needs.
#[expect(clippy::cast_sign_loss, reason = "never below zero")]
fn needed(view: &View<'_, '_>, id: &SystemId, system: &System) -> u32 {
    let bar = view.threshold("trial_runs").max(0.0).ceil() as u32;
    let is_small = records(system).is_some_and(|records| (records as f64) < view.threshold("records"));
    if is_small && objects(view.index().plan, id, system) == 1 { bar.min(1) } else { bar }
}

/// The number of domains that a system holds itself, or that it is a source of truth of today.
fn objects(plan: &Plan, id: &SystemId, system: &System) -> usize {
    let held = system.holdings.iter().filter(|(_, holding)| !holding.is_virtual).map(|(domain, _)| domain);
    let claimed = plan.domains.iter().filter(|(_, domain)| {
        domain.truth.iter().any(|claim| claim.system == *id && claim.from == Stage::Today)
    });
    held.chain(claimed.map(|(domain, _)| domain)).collect::<BTreeSet<_>>().len()
}

fn check(view: &View<'_, '_>, report: &mut Report) {
    for (place, entry) in migrating(view) {
        let recorded = migration(entry.system).trial_runs;
        let Some(runs) = recorded.or_else(|| view.counts_absent().then_some(0)) else { continue };
        let needed = needed(view, entry.id, entry.system);
        if runs >= needed {
            continue;
        }
        let bar = view.threshold("criticality");
        let is_critical = entry.system.criticality.is_some_and(|rank| f64::from(rank) >= bar);
        let severity = if runs == 0 && is_critical { Severity::Error } else { Severity::Warning };
        let name = &entry.system.name;
        let planned = match runs {
            0 => format!("No trial migration of {name} is planned"),
            1 => format!("1 trial migration of {name} is planned"),
            _ => format!("{runs} trial migrations of {name} are planned"),
        };
        let proof = if needed == 1 {
            "1 proves that it works".to_owned()
        } else {
            format!("{needed} prove that it can be repeated")
        };
        report.add(severity, [view.system(place)], format_args!("{planned}; {proof}."));
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let Some((id, system)) = main_system(view, finding) else { return Vec::new() };
    let runs = needed(view, id, system);
    let what = if runs == 1 { "rehearsal" } else { "rehearsals" };
    let title = format!("Plan {runs} {what} of {}", system.name);
    vec![plan_it(view.index().plan, id, title, |migration| migration.trial_runs = Some(runs))]
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, messages};

    #[test]
    fn fewer_than_three_are_found_and_none_of_a_critical_system_is_an_error() {
        let text = "aim cutover
             a: migrate, migration.trial_runs 2, criticality 4     !! rehearsals-too-few warning
             b: migrate, migration.trial_runs 0, criticality 3     !! rehearsals-too-few error
             c: migrate, criticality 2                             !! rehearsals-too-few warning
             d: migrate, criticality 3                             !! rehearsals-too-few error
             e: migrate, migration.trial_runs 1                    !! rehearsals-too-few warning";
        assert_findings(&RULE, text);
        let mut found = messages(&RULE, text);
        found.sort();
        assert_eq!(found[0], "1 trial migration of e is planned; 3 prove that it can be repeated.");
        assert_eq!(found[1], "2 trial migrations of a are planned; 3 prove that it can be repeated.");
        assert_eq!(found[2], "No trial migration of b is planned; 3 prove that it can be repeated.");
    }

    #[test]
    fn before_the_cutover_only_what_was_said_counts() {
        assert_findings(
            &RULE,
            "aim build
             a: migrate, criticality 4
             b: migrate, migration.trial_runs 0      !! rehearsals-too-few warning",
        );
    }

    #[test]
    fn enough_rehearsals_and_systems_that_stay_are_silence() {
        assert_findings(&RULE, "aim cutover\na: migrate, migration.trial_runs 3\nb: integrate\nc: retire");
    }

    #[test]
    fn one_is_enough_for_few_records_of_one_object() {
        let small = "aim cutover
             a: migrate, migration.trial_runs 1
             a.price: records 4999
             a.note: virtual
             b: migrate, migration.trial_runs 1     !! rehearsals-too-few
             b.price: records 5000
             c: migrate, migration.trial_runs 1     !! rehearsals-too-few
             c.price: records 10
             c.note: records 10
             d: migrate, migration.trial_runs 1     !! rehearsals-too-few
             d.price: reader
             e: migrate, migration.trial_runs 1     !! rehearsals-too-few
             e.price: records 10
             cost = truth e
             f: migrate, migration.trial_runs 1
             f.stock: records 10
             stock = truth f
             fee = truth f from 1";
        assert_findings(&RULE, small);
        let none = "aim cutover\na: migrate\na.price: records 10";
        assert_eq!(messages(&RULE, none), ["No trial migration of a is planned; 1 proves that it works."]);
    }

    #[test]
    fn as_many_as_are_needed_can_be_planned() {
        let crm = "focal sf\ncrm: migrate, into sf, at 1, approach phased, exit 1";
        assert_fix(
            &RULE,
            &format!("{crm}, migration.trial_runs 0"),
            "Plan 3 rehearsals of crm",
            &format!("{crm}, migration.trial_runs 3"),
        );
        let small = "focal sf\nprice = truth sf\ncrm.price: records 10";
        let crm = "crm: migrate, into sf, at 1, approach phased, exit 1, migration.trial_runs";
        assert_fix(
            &RULE,
            &format!("{small}\n{crm} 0"),
            "Plan 1 rehearsal of crm",
            &format!("{small}\n{crm} 1"),
        );
    }
}
