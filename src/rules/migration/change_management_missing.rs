//! Users who change tools unprepared.

use crate::rules::migrations::{main_system, migrating, migration, plan_it};
use crate::rules::{
    Family, Finding, Fix, LooksAt, Pillar, Report, Rule, Severity, Threshold, View, listed, thousands,
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "change-management-missing",
    title: "People are not prepared",
    family: Family::Migration,
    severity: "error for many users without training; else warning",
    pillar: Pillar::OperationalExcellence,
    when: "A system migrates, is known to have users, and training, communication or support is not \
           planned: said so, or not recorded from the gate cutover on. Error where training is missing and \
           the users are at least as many as the bar.",
    why: "A tool that people do not know or do not want is worked around.",
    what_to_do: "Plan training, communication and support: who tells whom what and when, and who helps.",
    not_when: "Systems in the background, without users.",
    source: "Underestimated change management is a classic cause of failed migrations.",
    thresholds: &[Threshold {
        name: "users",
        default: 100.0,
        unit: "users",
        reason: "so many are no longer shown it one by one",
    }],
    looks_at: LooksAt::Target,
    check,
    fixes,
};

fn check(view: &View<'_, '_>, report: &mut Report) {
    for (place, entry) in migrating(view) {
        let Some(users) = entry.system.users.filter(|&users| users > 0) else { continue };
        let migration = migration(entry.system);
        let records = [
            ("training", migration.training),
            ("communication", migration.communication),
            ("support", migration.support),
        ];
        let missing = records.into_iter().filter(|(_, record)| view.is_no(*record));
        let missing: Vec<_> = missing.map(|(name, _)| name).collect();
        let Some(first) = missing.first() else { continue };
        let is_grave = *first == "training" && f64::from(users) >= view.threshold("users");
        let severity = if is_grave { Severity::Error } else { Severity::Warning };
        report.add(severity, [view.system(place)], message(&entry.system.name, users, &missing));
    }
}

fn message(name: &str, users: u32, missing: &[&str]) -> String {
    let who = match users {
        1 => "1 user changes tools".to_owned(),
        _ => format!("{} users change tools", thousands(u64::from(users))),
    };
    format!("{who} when {name} goes; no {} is planned.", listed(missing).replace(" and ", " or "))
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let Some((id, system)) = main_system(view, finding) else { return Vec::new() };
    let title = format!("Plan training, communication and support for the users of {}", system.name);
    let fix = plan_it(view.index().plan, id, title, |migration| {
        migration.training = Some(true);
        migration.communication = Some(true);
        migration.support = Some(true);
    });
    vec![fix]
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, messages};

    #[test]
    fn users_without_training_are_found_and_many_are_an_error() {
        let text = "aim cutover
             a: migrate, users 100     !! change-management-missing error
             b: migrate, users 99      !! change-management-missing warning
             c: migrate, users 2200, migration.training false, migration.communication true, migration.support true     !! change-management-missing error
             d: migrate, users 1       !! change-management-missing warning";
        assert_findings(&RULE, text);
        let mut found = messages(&RULE, text);
        found.sort();
        assert_eq!(
            found,
            [
                "1 user changes tools when d goes; no training, communication or support is planned.",
                "100 users change tools when a goes; no training, communication or support is planned.",
                "2,200 users change tools when c goes; no training is planned.",
                "99 users change tools when b goes; no training, communication or support is planned.",
            ]
        );
    }

    #[test]
    fn a_single_missing_part_beside_training_is_a_warning() {
        let text = "aim cutover
             a: migrate, users 500, migration.training true, migration.support true      !! change-management-missing warning
             b: migrate, users 500, migration.training true, migration.communication true, migration.support false  !! change-management-missing warning";
        assert_findings(&RULE, text);
        assert_eq!(
            messages(&RULE, text)[0],
            "500 users change tools when a goes; no communication is planned."
        );
    }

    #[test]
    fn before_the_cutover_only_what_was_said_counts() {
        assert_findings(
            &RULE,
            "aim build
             a: migrate, users 500
             b: migrate, users 500, migration.training true
             c: migrate, users 500, migration.training false      !! change-management-missing error
             d: migrate, users 500, migration.support false       !! change-management-missing warning",
        );
    }

    #[test]
    fn nobody_unknown_numbers_prepared_users_and_systems_that_stay_are_silence() {
        assert_findings(
            &RULE,
            "aim cutover
             a: migrate, users 0
             b: migrate
             c: migrate, users 500, migration.training true, migration.communication true, migration.support true
             d: integrate, users 500
             e: retire, users 500",
        );
    }

    #[test]
    fn all_three_can_be_planned() {
        let crm = "aim cutover\nfocal sf\ncrm: migrate, into sf, at 1, approach phased, exit 1, users 500";
        assert_fix(
            &RULE,
            crm,
            "Plan training, communication and support for the users of crm",
            &format!("{crm}, migration.training true, migration.communication true, migration.support true"),
        );
    }
}
