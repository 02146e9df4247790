//! History that would fill the storage of the focal system and that nobody changes any more.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::landscape::SystemEntry;
use crate::limits::{brought, free_storage_gb, record_kb};
use crate::model::{Disposition, Kind, System, SystemId};
use crate::rules::disposition_changes::change_to;
use crate::rules::migrations::{ask, main_system, migrating, migration, own_holdings, records};
use crate::rules::{
    Family, Finding, Fix, LooksAt, Pillar, Report, Rule, Severity, Threshold, View, thousands,
};

/// The most systems that are offered to stay when the storage is too small.
const MOST_OFFERED: usize = 3;

/// The rule.
pub static RULE: Rule = Rule {
    id: "federate-instead",
    title: "Too much history to move",
    family: Family::Migration,
    severity: "warning for a warehouse, advice for much history, warning or error for the focal system's \
               storage",
    pillar: Pillar::ResourceAndCost,
    when: "A warehouse migrates; or the holdings of a migrating system that are mostly old records are known \
           to have very many; or the known records that move into the focal system, of systems that migrate \
           (less what their loads take elsewhere) and of loads, fill its free data storage, 2 KB each, nearly \
           or more than fully. One finding for each system, the storage being the focal system's. Silent about \
           the storage where the edition, the users or the storage in use are not known.",
    why: "History is read now and then and paid for every month; in the focal system it is dear and slows \
          everything down.",
    what_to_do: "Leave history where it is and read it from there, or move only the last years.",
    not_when: "Records that automation, duplicate matching or identity resolution need must be copied: ask \
               before changing. Some objects take more or less than 2 KB: person accounts 4, campaigns 8, \
               campaign members 1, e-mails what they are.",
    source: "Federate through a data platform rather than migrate into the objects of the focal system; \
             storage allocations of Salesforce.",
    thresholds: &[
        Threshold {
            name: "history_records",
            default: 10_000_000.0,
            unit: "records",
            reason: "20 GB at 2 KB: more than a small organisation has in all",
        },
        Threshold {
            name: "storage_warning",
            default: 75.0,
            unit: "% of the free storage",
            reason: "the first year's growth needs the rest",
        },
        Threshold {
            name: "storage_error",
            default: 100.0,
            unit: "% of the free storage",
            reason: "more does not fit",
        },
    ],
    looks_at: LooksAt::Target,
    check,
    fixes,
};

fn check(view: &View<'_, '_>, report: &mut Report) {
    for (place, entry) in migrating(view) {
        let history = own_holdings(entry.system).filter(|holding| holding.history == Some(true));
        let history = history.filter_map(|holding| holding.records).fold(0, u64::saturating_add);
        let is_much = history as f64 >= view.threshold("history_records");
        let (severity, records) = match entry.system.kind {
            Kind::Warehouse => (Severity::Warning, records(entry.system)),
            _ if is_much => (Severity::Advice, Some(history)),
            _ => continue,
        };
        report.add(severity, [view.system(place)], would_move(view, entry, records));
    }
    check_storage(view, report);
}

fn would_move(view: &View<'_, '_>, entry: &SystemEntry<'_>, records: Option<u64>) -> String {
    let plan = view.index().plan;
    let into = migration(entry.system).into.as_ref();
    let goal = into.map_or_else(|| plan.focal_name(), |into| plan.system_name(into));
    let is_focal = into.is_none() || into == plan.focal_system.as_ref();
    let free = free_storage_gb(plan).filter(|_| is_focal);
    let free = free.map(|free| format!(" ({:.1} GB free)", free.max(0.0))).unwrap_or_default();
    let what = records.map_or_else(
        || format!("The history of {}", entry.system.name),
        |records| format!("{} of {}", amount(view, records), entry.system.name),
    );
    format!(
        "{what} would go into the storage of {goal}{free}. Leave history where it is and read it from there."
    )
}

/// "15,000,000 records (30.0 GB)".
fn amount(view: &View<'_, '_>, records: u64) -> String {
    format!("{} records ({:.1} GB)", thousands(records), gigabytes(view, records))
}

/// What records take in the focal system's storage.
fn gigabytes(view: &View<'_, '_>, records: u64) -> f64 {
    const KB_PER_GB: f64 = 1_000_000.0;
    records as f64 * record_kb(view.index().plan) / KB_PER_GB
}

/// The known records that move into the focal system, by the place of the system that they come from.
fn arriving(view: &View<'_, '_>) -> BTreeMap<usize, u64> {
    let index = view.index();
    let Some(focal) = &index.plan.focal_system else { return BTreeMap::new() };
    let of = |system: &System| {
        let loads = system.loads.values().filter(|load| load.into.as_ref() == Some(focal));
        let loaded = loads.filter_map(|load| load.records).fold(0, u64::saturating_add);
        let moves =
            system.disposition == Disposition::Migrate && migration(system).into.as_ref() == Some(focal);
        if moves { loaded.max(brought(system, focal).flatten().fold(0, u64::saturating_add)) } else { loaded }
    };
    let systems = index.systems.iter().enumerate();
    systems.map(|(place, entry)| (place, of(entry.system))).filter(|(_, records)| *records > 0).collect()
}

fn check_storage(view: &View<'_, '_>, report: &mut Report) {
    let index = view.index();
    let focal = index.focal().filter(|&focal| !index.systems[focal].system.disposition.leaves());
    let (Some(focal), Some(free)) = (focal, free_storage_gb(index.plan)) else { return };
    let arriving = arriving(view);
    let records = arriving.values().copied().fold(0, u64::saturating_add);
    if records == 0 {
        return;
    }
    let share = gigabytes(view, records) * 100.0;
    let severity = if share > free * view.threshold("storage_error") {
        Severity::Error
    } else if share >= free * view.threshold("storage_warning") {
        Severity::Warning
    } else {
        return;
    };
    let message = format_args!(
        "{} would go into the storage of {} ({:.1} GB free). Leave history where it is and read it from \
         there.",
        amount(view, records),
        index.system_name(focal),
        free.max(0.0)
    );
    let related: Vec<_> = arriving.keys().map(|&system| view.system(system)).collect();
    report.add_related(severity, [view.system(focal)], related, message);
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let Some((id, system)) = main_system(view, finding) else { return Vec::new() };
    let index = view.index();
    if system.disposition == Disposition::Migrate {
        let fewer = format!("Move only the last years of {}: say how many records", system.name);
        return federate(view, id).into_iter().chain([ask(fewer, id)]).collect();
    }
    let mut movers: Vec<_> = arriving(view).into_iter().collect();
    movers.sort_by_key(|&(place, records)| (Reverse(records), place));
    let movers: Vec<_> = movers.into_iter().map(|(place, _)| &index.systems[place]).collect();
    let migrating = movers.iter().filter(|entry| entry.system.disposition == Disposition::Migrate);
    let stay = migrating.take(MOST_OFFERED).filter_map(|entry| federate(view, entry.id));
    let fewer = movers.first().map(|entry| {
        ask(format!("Move only the last years of {}: say how many records", entry.system.name), entry.id)
    });
    stay.chain(fewer).collect()
}

/// The system stays and is read where it stands; what was planned for its migration is kept. What it would
/// lose with the systems that leave is connected again.
fn federate(view: &View<'_, '_>, id: &SystemId) -> Option<Fix> {
    change_to(view.index().plan, id, Disposition::Federate, |name, with| {
        format!("Change {name} to federate (zero copy){with}")
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, hidden, messages};

    const ORG: &str = "focal sf
        plan: org.edition Enterprise, org.users 60, org.storage_used_gb 2\n";

    #[test]
    fn a_warehouse_that_migrates_is_found() {
        let text = "focal sf
             dwh: warehouse, migrate, into sf, at 1      !! federate-instead warning
             old: warehouse, migrate, into lake          !! federate-instead warning
             old.sales: records 2000000
             lake: data-platform
             pool: data-platform, migrate
             bi: warehouse, federate";
        assert_findings(&RULE, text);
        assert_eq!(
            messages(&RULE, text),
            [
                "The history of dwh would go into the storage of sf. Leave history where it is and read it \
                 from there.",
                "2,000,000 records (4.0 GB) of old would go into the storage of lake. Leave history where it \
                 is and read it from there.",
            ]
        );
    }

    #[test]
    fn much_history_is_advice() {
        assert_findings(
            &RULE,
            "a: migrate            !! federate-instead advice
             a.note: records 9000000, history
             a.case: records 1000000, history
             b: migrate
             b.note: records 9999999, history
             b.case: records 5000000
             c: migrate
             c.note: records 50000000, history, virtual
             d: integrate
             d.note: records 50000000, history",
        );
    }

    #[test]
    fn a_storage_that_is_nearly_or_more_than_full_is_found_at_the_focal_system() {
        let with = |records: u64| format!("{ORG}a: migrate, into sf\na.x: records {records}\n");
        assert_findings(&RULE, &format!("{}sf: !! federate-instead error", with(4_600_001)));
        assert_findings(&RULE, &format!("{}sf: !! federate-instead warning", with(4_600_000)));
        assert_findings(&RULE, &format!("{}sf: !! federate-instead warning", with(3_450_000)));
        assert_findings(&RULE, &with(3_449_000));
        assert_eq!(
            messages(&RULE, &with(15_000_000)),
            [
                "15,000,000 records (30.0 GB) would go into the storage of sf (9.2 GB free). Leave history where \
              it is and read it from there."
            ]
        );
    }

    #[test]
    fn all_that_arrives_is_counted_and_nothing_twice() {
        let text = format!(
            "{ORG}a: migrate, into sf
             a.x: records 3000000
             a: loads.early.into sf, loads.early.records 1000000
             b: integrate, loads.german.into sf, loads.german.records 449000
             e: integrate, loads.german.into lake, loads.german.records 9000000
             c: migrate, into lake
             c.x: records 5000000
             d: migrate, into sf
             d.x: records 5000000, virtual\n"
        );
        assert_findings(&RULE, &text);
        let more = text.replace("449000", "450000");
        assert_findings(&RULE, &format!("{more}sf: !! federate-instead warning"));
    }

    #[test]
    fn what_a_load_takes_elsewhere_fills_no_storage() {
        let old =
            format!("{ORG}old: migrate, into sf\nold.account: records 1000\nold.event: records 5000000\n");
        assert_findings(&RULE, &format!("{old}sf: !! federate-instead error"));
        let load = |text: &str| format!("old: loads.history.into lake, {text}\n");
        assert_findings(&RULE, &(old.clone() + &load("loads.history.domains event")));
        let part = "loads.history.domains event, loads.history.partition old, loads.history.records";
        assert_findings(&RULE, &(old.clone() + &load(&format!("{part} 2000000"))));
        let little = old + &load(&format!("{part} 1000000"));
        assert_findings(&RULE, &format!("{little}sf: !! federate-instead warning"));
    }

    #[test]
    fn an_unknown_storage_is_silence_and_a_full_one_an_error() {
        assert_findings(
            &RULE,
            "focal sf\nplan: org.edition Enterprise\na: migrate, into sf\na.x: records 9000000",
        );
        let full = ORG.replace("gb 2", "gb 30");
        assert_findings(
            &RULE,
            &format!("{full}a: migrate, into sf\na.x: records 1\nsf: !! federate-instead error"),
        );
        assert_findings(&RULE, &format!("{full}a: migrate, into sf"));
        assert_findings(&RULE, &format!("{full}a: migrate, into sf\na.x: records 1\nsf: retire"));
    }

    #[test]
    fn the_system_can_stay_and_be_read_where_it_stands() {
        let domains = "history = analytical, truth dwh\ndwh.history: records 14000000, history";
        let before =
            format!("{ORG}{domains}\ndwh: warehouse, migrate, into sf, at 1, exit 2, approach phased");
        let after = format!("{ORG}{domains}\ndwh: warehouse, federate, into sf, at 1, approach phased");
        assert_fix(&RULE, &before, "Change dwh to federate (zero copy)", &after);
        assert_eq!(
            fix_titles(&RULE, &before),
            ["Change dwh to federate (zero copy)", "Move only the last years of dwh: say how many records"]
        );
    }

    #[test]
    fn a_system_that_stays_keeps_what_it_gets_from_those_that_leave() {
        let sketch = |fate: &str, flow: &str| {
            format!(
                "focal sf
                 order = truth crm, truth sf from 1
                 crm: migrate, into sf, at 1, approach phased
                 dwh: warehouse, {fate}, into sf, at 1, approach phased
                 crm -> dwh : order | id old, until 1
                 crm -> bi : order | id other, until 1
                 dwh.order: reader\n{flow}"
            )
        };
        assert_fix(
            &RULE,
            &sketch("migrate", ""),
            "Change dwh to federate (zero copy), with 1 flow",
            &sketch("federate", "sf -> dwh : order | since 1"),
        );
    }

    #[test]
    fn of_several_systems_that_fill_the_storage_the_largest_is_asked_about_first() {
        let before = format!(
            "{ORG}x = truth sf
             a: migrate, into sf, at 1, approach phased
             a.x: records 1000000
             b: migrate, into sf, at 1, approach phased
             b.x: records 4000000"
        );
        assert_eq!(
            fix_titles(&RULE, &before),
            ["Change b to federate (zero copy)", "Move only the last years of b: say how many records"]
        );
        let load = format!("{before}\nb: integrate, loads.all.into sf, loads.all.records 4000000");
        assert_eq!(fix_titles(&RULE, &load), ["Move only the last years of b: say how many records"]);
    }

    #[test]
    fn the_free_storage_is_only_that_of_the_focal_system() {
        let text = format!("{ORG}lake: data-platform\nold: warehouse, migrate, into");
        let said = |into: &str| messages(&RULE, &format!("{text} {into}"))[0].contains("(9.2 GB free)");
        assert!(said("sf") && !said("lake"));
    }

    #[test]
    fn it_hides_that_the_same_system_is_not_rehearsed_unless_it_is_only_advice() {
        let text = "aim cutover\nfocal sf\nsf: crm\ndwh: warehouse, migrate, into sf, at 1, approach phased";
        assert_eq!(hidden(text), ["federate-instead hides rehearsals-too-few"]);
        let advice = text.replace("warehouse, ", "");
        assert_eq!(hidden(&format!("{advice}\ndwh.note: records 10000000, history")), [""; 0]);
    }
}
