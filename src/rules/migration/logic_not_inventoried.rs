//! Business rules that sit in a system and that nobody has listed before it goes.

use crate::edit::change_system;
use crate::rules::migrations::{ask, main_system, migrating, migration};
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Report, Rule, Severity, Threshold, View};

/// The highest degree of customisation that counts as standard.
const STANDARD: u8 = 1;

/// The rule.
pub static RULE: Rule = Rule {
    id: "logic-not-inventoried",
    title: "Hidden business rules",
    family: Family::Migration,
    severity: "warning",
    pillar: Pillar::OperationalExcellence,
    when: "A system migrates, is known to be heavily customised, and its rules are not listed: said so, or \
           not recorded from the gate cutover on.",
    why: "A migration moves records. What the old system did with them by itself is missed on the first \
          morning.",
    what_to_do: "List the rules inside: keep, improve, drop.",
    not_when: "Standard software as a service is hardly customised: 0 or 1 of 4.",
    source: "A migration does not replicate complex business logic by itself.",
    thresholds: &[Threshold {
        name: "customisation",
        default: 3.0,
        unit: "of 4",
        reason: "from here on the system does what its maker does not know of",
    }],
    looks_at: LooksAt::Target,
    check,
    fixes,
};

fn check(view: &View<'_, '_>, report: &mut Report) {
    for (place, entry) in migrating(view) {
        let bar = view.threshold("customisation");
        let is_customised = entry.system.customisation.is_some_and(|degree| f64::from(degree) >= bar);
        if is_customised && view.is_no(migration(entry.system).logic_inventory) {
            let message =
                format!("{} is heavily customised and its rules are not listed.", entry.system.name);
            report.add(Severity::Warning, [view.system(place)], message);
        }
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let Some((id, system)) = main_system(view, finding) else { return Vec::new() };
    let standard = change_system(view.index().plan, id, |system| system.customisation = Some(STANDARD));
    vec![
        ask(format!("List the rules of {} and record it: keep, improve, drop", system.name), id),
        Fix::edits(format!("Mark {} as standard", system.name), standard),
    ]
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    #[test]
    fn a_customised_system_without_a_list_is_found() {
        let text = "aim cutover
             a: migrate, customisation 3     !! logic-not-inventoried warning
             b: migrate, customisation 4, migration.logic_inventory false     !! logic-not-inventoried warning";
        assert_findings(&RULE, text);
        assert_eq!(messages(&RULE, text)[0], "a is heavily customised and its rules are not listed.");
    }

    #[test]
    fn before_the_cutover_only_what_was_said_counts() {
        assert_findings(
            &RULE,
            "aim build
             a: migrate, customisation 3
             b: migrate, customisation 3, migration.logic_inventory false     !! logic-not-inventoried",
        );
    }

    #[test]
    fn a_list_a_standard_system_an_unknown_degree_and_systems_that_stay_are_silence() {
        assert_findings(
            &RULE,
            "aim cutover
             a: migrate, customisation 4, migration.logic_inventory true
             b: migrate, customisation 2, migration.logic_inventory false
             c: migrate, migration.logic_inventory false
             d: integrate, customisation 4",
        );
    }

    #[test]
    fn the_list_is_asked_for_or_the_system_is_standard() {
        let crm =
            "focal sf\ncrm: migrate, into sf, at 1, approach phased, exit 1, migration.logic_inventory false";
        let before = format!("{crm}, customisation 3");
        assert_eq!(
            fix_titles(&RULE, &before),
            ["List the rules of crm and record it: keep, improve, drop", "Mark crm as standard"]
        );
        assert_fix(&RULE, &before, "Mark crm as standard", &format!("{crm}, customisation 1"));
    }
}
