//! Storage: what a subscription allows, and what the plan fills.

use crate::landscape::{Index, SystemEntry};
use crate::model::{Disposition, Load, Plan, System, SystemId};

use super::Budget;
use super::table::{figure, general, of_edition};

const KB_PER_GB: f64 = 1_000_000.0;
const MB_PER_GB: f64 = 1_000.0;

/// Gigabytes of data that the focal system's subscription allows. `None` where its edition is not in the
/// table or nobody wrote down how many users it has.
#[must_use]
pub fn allowed_storage_gb(plan: &Plan) -> Option<f64> {
    let per_user = of_edition(plan, "storage-mb-per-user")? / MB_PER_GB;
    Some(figure(plan, "storage-base-gb")? + per_user * f64::from(plan.org.users?))
}

/// Gigabytes that are free today: allowed less used. Below zero where more is used than allowed; `None`
/// where either is not known.
#[must_use]
pub fn free_storage_gb(plan: &Plan) -> Option<f64> {
    Some(allowed_storage_gb(plan)? - plan.org.storage_used_gb?)
}

/// Kilobytes that a record takes.
#[must_use]
pub fn record_kb(plan: &Plan) -> f64 {
    general(plan, "record-kb")
}

/// What is stored at a stage: what is used today and the records that have moved in by then.
pub(super) fn stored(index: &Index<'_>, focal: &SystemId, at: usize) -> Budget {
    let plan = index.plan;
    let today = plan.org.storage_used_gb;
    let mut budget = Budget {
        used: today.unwrap_or_default(),
        known: usize::from(today.is_some()),
        unknown: usize::from(today.is_none()),
        allowed: allowed_storage_gb(plan),
    };
    for entry in &index.systems {
        for records in moved(index, entry, focal, at) {
            budget.add(records.map(|records| records as f64 * record_kb(plan) / KB_PER_GB));
        }
    }
    budget
}

/// The records of each domain that a system has itself and brings along when it migrates into another: those
/// that no load takes elsewhere. `None` where nobody wrote down how many.
pub fn brought<'p>(system: &'p System, into: &'p SystemId) -> impl Iterator<Item = Option<u64>> + 'p {
    let own = system.holdings.iter().filter(|(_, holding)| !holding.is_virtual);
    own.map(move |(domain, holding)| {
        let is_elsewhere = |load: &&Load| {
            let has_it = load.domains.is_empty() || load.domains.contains(domain);
            has_it && load.into.as_ref().is_some_and(|other| other != into)
        };
        let elsewhere = || system.loads.values().filter(is_elsewhere);
        if elsewhere().any(|load| load.partition.is_empty()) {
            return Some(0);
        }
        elsewhere().try_fold(holding.records?, |left, load| {
            load.records.filter(|_| load.domains.len() == 1).map(|records| left.saturating_sub(records))
        })
    })
}

/// The records of each holding, or of each load, that have moved into the focal system by a stage.
fn moved(index: &Index<'_>, entry: &SystemEntry<'_>, focal: &SystemId, at: usize) -> Vec<Option<u64>> {
    let into = entry.system.migration.as_ref().and_then(|migration| migration.into.as_ref());
    let is_moving = entry.system.disposition == Disposition::Migrate && into == Some(focal);
    if is_moving && at >= entry.cutover.unwrap_or_else(|| index.timeline.target()) {
        return brought(entry.system, focal).collect();
    }
    let is_there = |load: &&Load| {
        load.into.as_ref() == Some(focal)
            && load.wave.as_ref().is_some_and(|wave| index.timeline.wave_place_or_target(wave) <= at)
    };
    entry.system.loads.values().filter(is_there).map(|load| load.records).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::parse_sketch;

    fn plan(text: &str) -> Plan {
        let org = "plan: org.edition Enterprise, org.users 60, org.storage_used_gb 2";
        parse_sketch(&format!("focal sf\n{org}\n{text}")).plan
    }

    #[test]
    fn users_add_to_the_base_and_what_is_used_is_taken_off() {
        let mut plan = plan("");
        assert_eq!(allowed_storage_gb(&plan), Some(11.2));
        assert!((free_storage_gb(&plan).unwrap() - 9.2).abs() < 1e-9);
        plan.org.storage_used_gb = None;
        assert_eq!(free_storage_gb(&plan), None);
        plan.org.edition = "Golden".to_owned();
        assert_eq!(allowed_storage_gb(&plan), None);
    }

    fn stored_by_stage(plan: &Plan) -> Vec<(f64, usize)> {
        let index = Index::new(plan);
        let stages = 0..index.timeline.len();
        let budgets = stages.map(|at| stored(&index, plan.focal_system.as_ref().unwrap(), at));
        budgets.map(|budget| (budget.used, budget.unknown)).collect()
    }

    #[test]
    fn records_fill_it_from_their_cutover_on() {
        let plan = plan(
            "crm: migrate, into sf, at 2
             crm.account: records 1000000
             crm.price: records 5000000, virtual
             crm.note:
             old: migrate, into lake, at 1
             old.account: records 1000000
             erp.account: records 1000000",
        );
        assert_eq!(stored_by_stage(&plan), [(2.0, 0), (2.0, 0), (4.0, 1), (4.0, 1)]);
    }

    #[test]
    fn a_load_moves_in_its_wave_and_is_not_counted_again_at_the_cutover() {
        let mut plan = plan("crm: migrate, into sf, at 2 \n crm.account: records 1000000");
        let load = Load {
            into: Some("sf".into()),
            wave: Some("wave-1".into()),
            records: Some(500_000),
            ..Load::default()
        };
        let crm = std::sync::Arc::make_mut(plan.systems.get_mut("crm").unwrap());
        crm.loads.insert("north".into(), load);
        assert_eq!(stored_by_stage(&plan), [(2.0, 0), (3.0, 0), (4.0, 0), (4.0, 0)]);
    }

    #[test]
    fn what_wholly_goes_elsewhere_is_nothing_here_though_nobody_knows_how_much_it_is() {
        let mut plan = plan("crm: migrate, into sf, at 1 \n crm.event:");
        assert_eq!(stored_by_stage(&plan), [(2.0, 0), (2.0, 1), (2.0, 1)]);
        let load = Load { into: Some("lake".into()), ..Load::default() };
        let crm = std::sync::Arc::make_mut(plan.systems.get_mut("crm").unwrap());
        crm.loads.insert("history".into(), load);
        assert_eq!(stored_by_stage(&plan), [(2.0, 0), (2.0, 0), (2.0, 0)]);
    }
}
