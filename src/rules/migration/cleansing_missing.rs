//! Records that move as dirty as they are.

use crate::model::{Cleansing, DomainKind, System};
use crate::rules::migrations::{ask, main_system, migrating, migration, plan_it, records};
use crate::rules::{
    Family, Finding, Fix, LooksAt, Pillar, Report, Rule, Severity, Threshold, View, thousands,
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "cleansing-missing",
    title: "Dirty data would move",
    family: Family::Migration,
    severity: "error; warning where it is under way and measured poor; advice for a few codes",
    pillar: Pillar::OperationalExcellence,
    when: "A system migrates, is known to have records of its own, and no cleansing is planned: said so, or \
           not recorded from the gate cutover on. A warning where cleansing is planned or in progress and a \
           holding has more duplicates or is less complete than the bars allow. Advice where nothing is \
           planned for reference data of fewer rows than the bar, all of them known.",
    why: "The most common way for a migration to fail is to move the data as it is: nobody trusts the new \
          system.",
    what_to_do: "Plan the cleansing, measure duplicates and completeness, and leave behind what nobody needs.",
    not_when: "It was looked at and is not needed: record that.",
    source: "Typical customer data has 10 to 30 % duplicates. The bars are defaults.",
    thresholds: &[
        Threshold {
            name: "duplicates",
            default: 10.0,
            unit: "%",
            reason: "the lower end of what customer data has before anybody cleans it",
        },
        Threshold {
            name: "completeness",
            default: 85.0,
            unit: "%",
            reason: "below, one record in seven cannot be used",
        },
        Threshold {
            name: "reference_records",
            default: 500.0,
            unit: "records",
            reason: "so many codes are read through by hand",
        },
    ],
    looks_at: LooksAt::Target,
    check,
    fixes,
};

fn check(view: &View<'_, '_>, report: &mut Report) {
    for (place, entry) in migrating(view) {
        let Some(records) = records(entry.system).filter(|&records| records > 0) else { continue };
        let found = match migration(entry.system).cleansing {
            Some(Cleansing::None) => Some(unplanned(view, entry.system, records)),
            None => view.counts_absent().then(|| unplanned(view, entry.system, records)),
            Some(Cleansing::Planned | Cleansing::InProgress) => measured_poor(view, entry.system),
            Some(Cleansing::Done | Cleansing::NotNeeded) => None,
        };
        if let Some((severity, message)) = found {
            report.add(severity, [view.system(place)], message);
        }
    }
}

fn unplanned(view: &View<'_, '_>, system: &System, records: u64) -> (Severity, String) {
    let is_small = is_reference(view, system) && (records as f64) < view.threshold("reference_records");
    let severity = if is_small { Severity::Advice } else { Severity::Error };
    (severity, format!("{} records would move from {} without cleansing.", thousands(records), system.name))
}

/// Whether all that a system has is reference data, counted to the last record.
fn is_reference(view: &View<'_, '_>, system: &System) -> bool {
    let mut own = system.holdings.iter().filter(|(_, holding)| !holding.is_virtual);
    let domains = &view.index().plan.domains;
    own.all(|(id, holding)| {
        let kind = domains.get(id).and_then(|domain| domain.kind);
        kind == Some(DomainKind::Reference) && holding.records.is_some()
    })
}

/// The first holding that is measured and poor.
fn measured_poor(view: &View<'_, '_>, system: &System) -> Option<(Severity, String)> {
    let mut own = system.holdings.iter().filter(|(_, holding)| !holding.is_virtual);
    let (most, least) = (view.threshold("duplicates"), view.threshold("completeness"));
    let measured = |(id, holding): (_, &crate::model::Holding)| {
        let duplicates = holding.duplicates.filter(|&share| share > most);
        let completeness = holding.completeness.filter(|&share| share < least);
        let duplicates = duplicates.map(|share| format!("has {share} % duplicates"));
        let words = duplicates.or_else(|| completeness.map(|share| format!("is only {share} % complete")))?;
        let domain = view.index().plan.domain_name(id);
        Some(format!("{domain} in {} {words}, and its cleansing is not done.", system.name))
    };
    own.find_map(measured).map(|message| (Severity::Warning, message))
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let Some((id, system)) = main_system(view, finding) else { return Vec::new() };
    let name = &system.name;
    if finding.severity == Severity::Warning {
        return vec![ask(format!("Clean the data of {name} and record that it is done"), id)];
    }
    let plan = plan_it(view.index().plan, id, format!("Plan the cleansing of {name}"), |migration| {
        migration.cleansing = Some(Cleansing::Planned);
    });
    vec![
        plan,
        ask(format!("Record duplicates and completeness of {name}"), id),
        ask(format!("Leave old records of {name} behind: say how many move"), id),
    ]
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    #[test]
    fn records_without_cleansing_are_found() {
        let text = "aim cutover
             crm: migrate, into sf          !! cleansing-missing error
             crm.account: records 220000
             crm.contact: records 780000
             old: migrate, migration.cleansing none     !! cleansing-missing error
             old.account: records 1";
        assert_findings(&RULE, text);
        assert_eq!(messages(&RULE, text)[0], "1,000,000 records would move from crm without cleansing.");
    }

    #[test]
    fn before_the_cutover_only_what_was_said_counts() {
        assert_findings(
            &RULE,
            "aim build
             crm: migrate, into sf
             crm.account: records 220000
             old: migrate, migration.cleansing none     !! cleansing-missing error
             old.account: records 220000",
        );
    }

    #[test]
    fn no_known_record_another_disposition_and_cleansing_are_silence() {
        assert_findings(
            &RULE,
            "aim cutover
             crm: migrate
             crm.account: reader
             crm.note: virtual, records 500000
             none: migrate
             none.account: records 0
             erp: integrate
             erp.order: records 5000
             a: migrate, migration.cleansing done
             a.account: records 5000, duplicates 30
             b: migrate, migration.cleansing not-needed
             b.account: records 5000, completeness 10
             c: migrate, migration.cleansing planned
             c.account: records 5000, duplicates 10, completeness 85",
        );
    }

    #[test]
    fn what_is_measured_poor_while_cleansing_goes_on_is_a_warning() {
        let text = "a: migrate, migration.cleansing planned          !! cleansing-missing warning
             a.account: records 5000, duplicates 10.5
             b: migrate, migration.cleansing in-progress      !! cleansing-missing warning
             b.account: records 5000, completeness 84
             b.note: virtual, duplicates 50";
        assert_findings(&RULE, text);
        assert_eq!(
            messages(&RULE, text),
            [
                "account in a has 10.5 % duplicates, and its cleansing is not done.",
                "account in b is only 84 % complete, and its cleansing is not done."
            ]
        );
        assert_eq!(fix_titles(&RULE, text), ["Clean the data of a and record that it is done"]);
    }

    #[test]
    fn a_few_codes_are_advice() {
        assert_findings(
            &RULE,
            "aim cutover
             country = reference
             codes: migrate       !! cleansing-missing advice
             codes.country: records 499
             more: migrate        !! cleansing-missing error
             more.country: records 500
             crm: migrate         !! cleansing-missing error
             crm.account: records 20
             uncounted: migrate   !! cleansing-missing error
             uncounted.country: records 20
             uncounted.region:
             region = reference
             half: migrate        !! cleansing-missing error
             half.country: records 20
             half.account:",
        );
    }

    #[test]
    fn cleansing_can_be_planned() {
        let rest = "aim cutover
             crm.account: records 220000
             focal sf
             account = truth sf";
        let crm = "crm: migrate, into sf, at 1, approach phased, exit 1";
        assert_fix(
            &RULE,
            &format!("{rest}\n{crm}"),
            "Plan the cleansing of crm",
            &format!("{rest}\n{crm}, migration.cleansing planned"),
        );
    }
}
