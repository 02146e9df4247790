//! Master data in several systems without a key that they share.

use std::collections::BTreeSet;

use crate::edit::change_domain;
use crate::model::{Disposition, DomainKind, Kind};
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, Subject, View};

/// The rule.
pub static RULE: Rule = Rule {
    id: "key-strategy-missing",
    title: "No shared key",
    family: Family::SourceOfTruth,
    severity: "warning",
    pillar: Pillar::Reliability,
    when: "The domain is master data without a key (external id or cross-reference), and two or more systems \
           use it in the target, or a system that migrates holds it, has a claim on it, or is an end of a flow \
           that carries it at some stage.",
    why: "Without a key that both sides know, records are matched by name: duplicates, and updates of the \
          wrong record.",
    what_to_do: "Name the key: the id of the source of truth, a composite of system and id, or a \
                 cross-reference table.",
    not_when: "Transactions inherit the key of the system that creates them: only master data is checked.",
    source: "State management in integration patterns: store the remote key or the own one, depending on \
             which system is the master, and upsert by external id.",
    thresholds: &[],
    looks_at: LooksAt::Target,
    check,
    fixes,
};

/// The systems between which records are matched: users in the target, and what migrates into one of them.
fn matched_systems(view: &View<'_, '_>, place: usize) -> (usize, Vec<usize>) {
    let index = view.index();
    let users = &view.authorities()[place].users;
    let migrates = |system: &usize| index.systems[*system].system.disposition == Disposition::Migrate;
    let claimants = index.claims[place].iter().filter_map(|entry| entry.system);
    let used = view.facts.stages.iter().flat_map(|stage| &stage.authorities[place].users);
    let migrating = index.holders[place]
        .iter()
        .map(|holder| &holder.system)
        .chain(used)
        .copied()
        .chain(claimants)
        .filter(migrates);
    let migrating: BTreeSet<_> = migrating.collect();
    let mut systems: Vec<_> = users.iter().chain(&migrating).copied().collect();
    systems.sort_unstable();
    systems.dedup();
    let is_at_stake = users.len() >= 2 || !migrating.is_empty();
    (if is_at_stake { systems.len() } else { 0 }, systems)
}

fn check(view: &View<'_, '_>, report: &mut Report) {
    for (place, (_, domain)) in view.index().domains.iter().enumerate() {
        if domain.kind != Some(DomainKind::Master) || !domain.key.is_empty() {
            continue;
        }
        let (count, systems) = matched_systems(view, place);
        let message = match count {
            0 => continue,
            1 => format!(
                "Records of {} cannot be matched after the migration of {}: no shared key is defined.",
                domain.name,
                view.names(&systems)
            ),
            _ => format!(
                "Records of {} cannot be matched between {count} systems: no shared key is defined.",
                domain.name
            ),
        };
        let related: Vec<_> = systems.iter().map(|&system| view.system(system)).collect();
        report.add_related(Severity::Warning, [view.domain(place)], related, message);
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::Domain(id)] = finding.subjects.as_slice() else { return Vec::new() };
    let index = view.index();
    let Some(place) = index.domain(id) else { return Vec::new() };
    let key = |title: String, key: String| {
        Fix::edits(title, change_domain(index.plan, id, |domain| domain.key = key))
    };
    let mut fixes = Vec::new();
    if let Some(truth) = view.authorities()[place].main_truth(index) {
        let name = index.system_name(truth);
        fixes.push(key(format!("Use the {name} id as external id"), format!("{name} id")));
    }
    fixes.push(key("Use a composite key of system and id".into(), "system|id".into()));
    let is_keeper = |system: &usize| {
        let system = index.systems[*system].system;
        system.is_hub() || system.kind == Kind::Mdm
    };
    let keeper = (0..index.systems.len()).filter(|&system| view.landscape().stands(system)).find(is_keeper);
    if let Some(keeper) = keeper {
        let name = index.system_name(keeper);
        fixes.push(key(
            format!("Keep a cross-reference table in {name}"),
            format!("cross-reference table in {name}"),
        ));
    }
    fixes.push(Fix::open("Name the key in the ownership matrix", Place::OwnershipRow(id.clone())));
    fixes
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    #[test]
    fn master_data_without_a_key_in_two_systems_is_found() {
        assert_findings(
            &RULE,
            "customer = master, truth sf     !! key-strategy-missing warning
             sf -> erp : customer",
        );
    }

    #[test]
    fn master_data_that_migrates_is_found() {
        let text = "crm: migrate, into sf, at 1
             contact = master, truth crm, truth sf from 1
             crm.contact: records 500
             sf.contact: reader";
        assert_findings(&RULE, &text.replace("sf from 1", "sf from 1     !! key-strategy-missing"));
        assert_eq!(
            messages(&RULE, text),
            ["Records of contact cannot be matched between 2 systems: no shared key is defined."]
        );
    }

    #[test]
    fn what_a_system_that_migrates_only_holds_sends_or_receives_is_found() {
        assert_findings(
            &RULE,
            "crm: migrate, into sf, at 1
             crm.contact: reader
             contact = master, truth erp     !! key-strategy-missing",
        );
        let text = "crm: migrate, into sf, at 1
             contact = master, truth erp
             erp -> crm : contact | until 1";
        assert_findings(&RULE, &text.replace("truth erp", "truth erp     !! key-strategy-missing"));
        assert_findings(&RULE, &text.replace("migrate, into sf, at 1", "retire, exit 1"));
        assert_findings(&RULE, &text.replace(": contact", ": order"));
        assert_eq!(
            messages(&RULE, text),
            ["Records of contact cannot be matched between 2 systems: no shared key is defined."]
        );
    }

    #[test]
    fn a_key_one_user_other_kinds_and_unknown_kinds_are_silence() {
        assert_findings(
            &RULE,
            "product = master, truth erp, key SKU
             erp -> shop : product
             price = master, truth erp
             order = transaction, truth erp
             erp -> shop : order
             note = truth erp
             erp -> shop : note
             old: retire, exit 1
             price = master
             old -> erp : price | until 1",
        );
    }

    #[test]
    fn the_three_kinds_of_key_are_offered() {
        let text = "hub: hub
             customer = master, truth sf
             sf -> erp : customer";
        assert_eq!(
            fix_titles(&RULE, text),
            [
                "Use the sf id as external id",
                "Use a composite key of system and id",
                "Keep a cross-reference table in hub",
                "Name the key in the ownership matrix"
            ]
        );
        assert_fix(
            &RULE,
            text,
            "Use the sf id as external id",
            "hub: hub
             customer = master, truth sf, key sf id
             sf -> erp : customer",
        );
    }

    #[test]
    fn what_only_one_system_has_is_matched_after_its_migration() {
        let text = "crm: migrate, into sf, at 1
             contact = master, truth crm";
        assert_eq!(
            messages(&RULE, text),
            ["Records of contact cannot be matched after the migration of crm: no shared key is defined."]
        );
    }
}
