//! Migrations that wait for each other.

use std::collections::BTreeSet;

use petgraph::graph::{DiGraph, NodeIndex};

use crate::edit::{Edit, change_domain, change_system};
use crate::landscape::{Move, Reason, components, shortest_path};
use crate::model::{DomainId, SystemId};
use crate::rules::migrations::wave_at;
use crate::rules::{
    Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, Subject, View, listed,
};

/// The most domains that are offered for preloading.
const MOST_PRELOADED: usize = 4;

/// The rule.
pub static RULE: Rule = Rule {
    id: "migration-order-cycle",
    title: "Migrations wait for each other",
    family: Family::Migration,
    severity: "error",
    pillar: Pillar::OperationalExcellence,
    when: "Migrating systems wait for each other in a circle, whatever their waves: a system waits for those \
           that it is said to come after, and, where it does not look the domain up virtually, for the one \
           that is today's source of truth of the parent of a domain that it holds (for the same partition, \
           where both name one, and unless it is one itself). Loads wait, and are waited for, by themselves. Nobody waits for a parent that \
           is preloaded. Also data domains that are each other's parents in a circle, none of which is \
           preloaded; a domain that is its own parent is no circle.",
    why: "Whatever moves first lacks what it refers to.",
    what_to_do: "Preload a parent as reference data, load in two passes with the reference left blank first, \
                 or move together what is only said to come one after the other.",
    not_when: "A parent that is preloaded from a system that stays: mark it as preloaded.",
    source: "Practice of loading: parents before children, two passes for references in a circle.",
    thresholds: &[],
    looks_at: LooksAt::Target,
    check,
    fixes,
};

fn check(view: &View<'_, '_>, report: &mut Report) {
    let precedence = view.facts.precedence();
    let mut seen = BTreeSet::new();
    for group in precedence.cycles() {
        let systems: BTreeSet<_> = group.iter().map(|&place| precedence.moves[place].system).collect();
        let subjects: Vec<_> = systems.iter().map(|&system| view.system(system)).collect();
        let Some(circle) = precedence.circle(group[0]) else { continue };
        if seen.insert(systems) {
            let names: Vec<_> = circle.iter().map(|&place| name(view, &precedence.moves[place])).collect();
            report.add(Severity::Error, subjects, sentence(&names, "waits for"));
        }
    }
    let parents = parents(view);
    for group in components(&parents).into_iter().filter(|group| group.len() > 1) {
        let subjects: Vec<_> = group.iter().map(|&domain| view.domain(domain)).collect();
        let next: Vec<_> = parents.neighbors(NodeIndex::new(group[0])).map(NodeIndex::index).collect();
        let Some(circle) = shortest_path(&parents, &next, group[0]) else { continue };
        let circle = std::iter::once(group[0]).chain(circle);
        let names: Vec<_> = circle.map(|domain| view.index().domain_name(domain).to_owned()).collect();
        report.add(Severity::Error, subjects, sentence(&names, "refers to"));
    }
}

/// "A waits for B and B waits for A.": a circle is given so that each is waited for by the next.
fn sentence(circle: &[String], verb: &str) -> String {
    let clauses = circle.windows(2).rev().map(|pair| format!("{} {verb} {}", pair[1], pair[0]));
    let clauses: Vec<_> = clauses.collect();
    format!("{}.", listed(&clauses.iter().map(String::as_str).collect::<Vec<_>>()))
}

fn name(view: &View<'_, '_>, moved: &Move<'_>) -> String {
    let system = view.index().system_name(moved.system);
    moved.load.map_or_else(|| system.to_owned(), |load| format!("{system} (load {load})"))
}

/// Parent to child, by place; without what is preloaded and what is its own parent.
fn parents(view: &View<'_, '_>) -> DiGraph<(), ()> {
    let index = view.index();
    let mut graph = DiGraph::with_capacity(index.domains.len(), 0);
    for _ in &index.domains {
        graph.add_node(());
    }
    for (child, (_, domain)) in index.domains.iter().enumerate() {
        let parents = domain.parents.iter().filter_map(|id| index.domain(id));
        for parent in parents.filter(|&parent| parent != child && !index.domains[parent].1.preloaded) {
            graph.add_edge(NodeIndex::new(parent), NodeIndex::new(child), ());
        }
    }
    graph
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let systems: Vec<_> = finding.subjects.iter().filter_map(system_of).collect();
    let domains: Vec<_> = finding.subjects.iter().filter_map(domain_of).collect();
    if let Some(first) = domains.first() {
        let name = view.index().plan.domain_name(first);
        let title = format!("Load {name} in two passes, its references blank first");
        let two_passes = Fix::open(title, Place::Inspector(Subject::Domain((*first).clone())));
        return preload(view, domains.into_iter().cloned()).chain([two_passes]).collect();
    }
    let members: BTreeSet<_> = systems.iter().filter_map(|id| view.index().system(id)).collect();
    let precedence = view.facts.precedence();
    let is_inside = |place: usize| members.contains(&precedence.moves[place].system);
    let inside = precedence.waits.iter().filter(|wait| is_inside(wait.before) && is_inside(wait.after));
    let waited_for: BTreeSet<_> = inside
        .filter_map(|wait| match wait.reason {
            Reason::Parent { parent, .. } => Some(view.index().domains[parent].0.clone()),
            Reason::Said => None,
        })
        .collect();
    preload(view, waited_for).chain(merge(view, &systems, &members)).collect()
}

fn system_of(subject: &Subject) -> Option<&SystemId> {
    if let Subject::System(id) = subject { Some(id) } else { None }
}

fn domain_of(subject: &Subject) -> Option<&DomainId> {
    if let Subject::Domain(id) = subject { Some(id) } else { None }
}

fn preload(view: &View<'_, '_>, domains: impl IntoIterator<Item = DomainId>) -> impl Iterator<Item = Fix> {
    let plan = view.index().plan;
    domains.into_iter().take(MOST_PRELOADED).map(|id| {
        let title = format!("Preload {} as reference data", plan.domain_name(&id));
        Fix::edits(title, change_domain(plan, &id, |domain| domain.preloaded = true))
    })
}

/// Cuts all of them over in the last of their waves, none after another.
fn merge(view: &View<'_, '_>, systems: &[&SystemId], members: &BTreeSet<usize>) -> Option<Fix> {
    let index = view.index();
    let cutovers = members.iter().filter_map(|&system| index.systems[system].cutover);
    let wave = wave_at(index, cutovers.max()?)?;
    let title = format!(
        "Merge {} into {}, none after the other",
        view.names(&members.iter().copied().collect::<Vec<_>>()),
        index.plan.waves[wave].name
    );
    let edits: Vec<Edit> = systems
        .iter()
        .filter_map(|id| {
            change_system(index.plan, id, |system| {
                let migration = system.migration.get_or_insert_default();
                migration.after.retain(|before| !systems.contains(&before));
                migration.wave = Some(wave.clone());
            })
        })
        .collect();
    Some(Fix::edits(title, edits))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    const SAID: &str = "focal sf
        crm: migrate, into sf, at 1, approach phased, migration.after erp
        erp: migrate, into sf, at 2, approach phased, migration.after crm\n";
    const DATA: &str = "focal sf
        crm: migrate, into sf, at 1, approach phased
        erp: migrate, into sf, at 1, approach phased
        account = truth crm, truth sf from 1, key id
        product = truth erp, truth sf from 1, key id
        crm.quote: records 100
        erp.order: records 100
        quote = parent product
        order = parent account\n";

    #[test]
    fn what_waits_for_each_other_is_found_whatever_the_wave() {
        assert_findings(&RULE, &format!("{SAID}crm, erp     !! migration-order-cycle error"));
        assert_eq!(messages(&RULE, SAID), ["crm waits for erp and erp waits for crm."]);
        assert_findings(&RULE, &format!("{DATA}crm, erp     !! migration-order-cycle error"));
        let three = "a: migrate, migration.after c
             b: migrate, migration.after a
             c: migrate, migration.after b";
        assert_findings(&RULE, &format!("{three}\na, b, c     !! migration-order-cycle"));
        assert_eq!(messages(&RULE, three), ["a waits for c, c waits for b and b waits for a."]);
    }

    #[test]
    fn one_way_waiting_systems_that_stay_and_preloaded_parents_are_silence() {
        assert_findings(
            &RULE,
            "a: migrate, migration.after b&c
             b: migrate
             c: integrate, migration.after a",
        );
        assert_findings(&RULE, &format!("{DATA}account = preloaded"));
    }

    #[test]
    fn a_load_of_its_own_ends_the_waiting() {
        let load = "crm: loads.early.domains account, loads.early.wave wave-1";
        assert_findings(&RULE, &format!("{DATA}{load}"));
    }

    #[test]
    fn domains_that_are_each_others_parents_are_found() {
        let text = "account = parent contact
             contact = parent account";
        assert_findings(&RULE, &format!("{text}\naccount = !! migration-order-cycle error"));
        assert_eq!(messages(&RULE, text), ["account refers to contact and contact refers to account."]);
        let own = text.replace("parent contact", "parent contact, parent account");
        assert_eq!(messages(&RULE, &own), ["account refers to contact and contact refers to account."]);
        assert_findings(&RULE, "person = parent person\norder = parent person");
        assert_findings(&RULE, &format!("{text}\ncontact = preloaded"));
    }

    #[test]
    fn a_parent_can_be_preloaded() {
        assert_eq!(
            fix_titles(&RULE, DATA),
            ["Preload account as reference data", "Preload product as reference data"]
        );
        let after = format!("{DATA}account = preloaded");
        assert_fix(&RULE, DATA, "Preload account as reference data", &after);
        let circle = "a = parent b\nb = parent a";
        assert_eq!(
            fix_titles(&RULE, circle),
            [
                "Preload a as reference data",
                "Preload b as reference data",
                "Load a in two passes, its references blank first"
            ]
        );
    }

    #[test]
    fn what_is_only_said_to_come_after_each_other_can_move_together() {
        assert_fix(
            &RULE,
            SAID,
            "Merge crm and erp into Wave 2, none after the other",
            "focal sf
             crm: migrate, into sf, at 2, approach phased
             erp: migrate, into sf, at 2, approach phased",
        );
    }

    #[test]
    fn only_parents_for_which_the_circle_waits_are_preloaded() {
        // Four others wait for parents in the circle.
        let others = ["a1", "a2", "a3", "a4"].map(|parent| {
            format!("{parent} = truth crm, truth sf from 1, key id\nshop.of-{parent}: records 5\nof-{parent} = parent {parent}\n")
        });
        let text = format!("{DATA}shop: migrate, into sf, at 1, approach phased\n{}", others.concat());
        assert_eq!(
            fix_titles(&RULE, &text),
            ["Preload account as reference data", "Preload product as reference data"]
        );
    }
}
