//! A migration without a way back that somebody has tried.

use crate::rules::migrations::{ask, main_system, migrating, migration};
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Report, Rule, Severity, Threshold, View};

/// The rule.
pub static RULE: Rule = Rule {
    id: "rollback-unproven",
    title: "No proven way back",
    family: Family::Migration,
    severity: "error; warning where it is only untested and little depends on it",
    pillar: Pillar::Reliability,
    when: "A system migrates and has no rollback plan, or one that was not tested in staging: said so, or \
           not recorded from the gate cutover on. An untested plan is a warning where the criticality is \
           known to be low. A plan that was tested is there, unless it is said not to be.",
    why: "The night in which it fails is no time to find out how to return.",
    what_to_do: "Write down triggers, point of no return and who decides, and try it in staging before \
                 go-live.",
    not_when: "Federated and retired systems need a note on restoring, not a rollback.",
    source: "A rollback plan is tested in staging before go-live, with objective signals and a named caller.",
    thresholds: &[Threshold {
        name: "criticality",
        default: 2.0,
        unit: "of 4",
        reason: "up to here a failed cutover annoys, but stops nobody",
    }],
    looks_at: LooksAt::Target,
    check,
    fixes,
};

fn check(view: &View<'_, '_>, report: &mut Report) {
    for (place, entry) in migrating(view) {
        let rollback = &migration(entry.system).rollback;
        let is_tested = rollback.tested == Some(true);
        let is_missing = rollback.documented.map_or(!is_tested && view.counts_absent(), |is_there| !is_there);
        if !is_missing && !view.is_no(rollback.tested) {
            continue;
        }
        let is_minor = || {
            let bar = view.threshold("criticality");
            entry.system.criticality.is_some_and(|rank| f64::from(rank) <= bar)
        };
        let severity = if !is_missing && is_minor() { Severity::Warning } else { Severity::Error };
        let what = if is_missing { "no rollback plan" } else { "an untested rollback plan" };
        report.add(severity, [view.system(place)], format_args!("{} has {what}.", entry.system.name));
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let Some((id, system)) = main_system(view, finding) else { return Vec::new() };
    let rollback = &migration(system).rollback;
    let name = &system.name;
    let write = ask(format!("Add a rollback plan for {name}: triggers, point of no return, owner"), id);
    let test = ask(format!("Test the rollback of {name} in staging and record it"), id);
    match (rollback.documented, rollback.tested) {
        (Some(true), _) => vec![test],
        (_, Some(true)) => vec![write],
        _ => vec![write, test],
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, fix_titles, messages};

    #[test]
    fn a_missing_and_an_untested_plan_are_found() {
        let text = "aim cutover
             a: migrate      !! rollback-unproven error
             b: migrate, migration.rollback.documented false, criticality 1      !! rollback-unproven error
             c: migrate, migration.rollback.documented true, criticality 3       !! rollback-unproven error
             d: migrate, migration.rollback.documented true, migration.rollback.tested false    !! rollback-unproven error";
        assert_findings(&RULE, text);
        let found = messages(&RULE, text);
        assert_eq!((&*found[0], &*found[2]), ("a has no rollback plan.", "c has an untested rollback plan."));
        assert_eq!(
            fix_titles(&RULE, text),
            [
                "Add a rollback plan for a: triggers, point of no return, owner",
                "Test the rollback of a in staging and record it"
            ]
        );
    }

    #[test]
    fn a_plan_that_is_said_not_to_be_there_is_missing_though_something_was_tested() {
        let text = "aim build
             a: migrate, criticality 1, migration.rollback.tested true, migration.rollback.documented false
             a:      !! rollback-unproven error";
        assert_findings(&RULE, text);
        assert_eq!(messages(&RULE, text), ["a has no rollback plan."]);
        let write = "Add a rollback plan for a: triggers, point of no return, owner";
        assert_eq!(fix_titles(&RULE, text), [write]);
    }

    #[test]
    fn an_untested_plan_of_a_minor_system_is_a_warning() {
        let text = "aim cutover
             a: migrate, migration.rollback.documented true, criticality 2     !! rollback-unproven warning";
        assert_findings(&RULE, text);
        assert_eq!(fix_titles(&RULE, text), ["Test the rollback of a in staging and record it"]);
    }

    #[test]
    fn before_the_cutover_only_what_was_said_counts() {
        assert_findings(
            &RULE,
            "aim build
             a: migrate, criticality 4
             b: migrate, migration.rollback.documented true
             c: migrate, migration.rollback.documented false    !! rollback-unproven error
             d: migrate, migration.rollback.tested false        !! rollback-unproven error",
        );
    }

    #[test]
    fn a_tested_plan_and_other_dispositions_are_silence() {
        assert_findings(
            &RULE,
            "aim cutover
             a: migrate, migration.rollback.documented true, migration.rollback.tested true
             b: migrate, migration.rollback.tested true
             c: federate
             d: retire
             e: integrate",
        );
    }
}
