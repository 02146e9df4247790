//! A copy that nothing brings from the source of truth.

use std::borrow::Cow;

use crate::edit::{Edit, change_system};
use crate::landscape::Authority;
use crate::model::Role;
use crate::rules::flow_changes::{Feed, stop_sending};
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Report, Rule, Severity, Subject, View};

/// The rule.
pub static RULE: Rule = Rule {
    id: "not-fed-by-truth",
    title: "A copy with no supply line",
    family: Family::SourceOfTruth,
    severity: "warning",
    pillar: Pillar::Reliability,
    when: "A system uses the domain as a reader (declared, or because its claim has ended and it is not \
           declared author), or receives it without a declared role; it has no claim on the domain in force \
           and does not look it up virtually; and no path of flows that carry the domain leads to it from a \
           system that has one (for the reader's partition, where both name one). Hubs are no ends of a path. \
           Silent where no claim is in force.",
    why: "The copy shows what it once got, or what somebody else made of it, and ages from there.",
    what_to_do: "Bring it from the source of truth, directly or through the hub, or give the copy up.",
    not_when: "Somebody only looks it up: mark the access as virtual.",
    source: "Each system has access to the other's data, and a single system is authoritative for it.",
    thresholds: &[],
    looks_at: LooksAt::EachStage,
    check,
    fixes,
};

/// The truths that count for a system; where its partition has none, there is nothing to miss.
fn truths<'a>(view: &View<'_, '_>, authority: &'a Authority<'_>, system: usize) -> Cow<'a, [usize]> {
    let holding = view.index().holding(system, authority.domain);
    authority.truths_for(view.index(), holding.map_or("", |holding| holding.partition.as_str()))
}

fn is_copy(view: &View<'_, '_>, authority: &Authority<'_>, system: usize) -> bool {
    let holding = view.index().holding(system, authority.domain);
    let reads = match authority.role(view.index(), system) {
        Some(role) => role == Role::Reader,
        None => view.graph(authority.domain).receives(system),
    };
    reads && !authority.is_truth(system) && holding.is_none_or(|holding| !holding.is_virtual)
}

fn check(view: &View<'_, '_>, report: &mut Report) {
    for authority in view.authorities() {
        let graph = view.graph(authority.domain);
        for &system in authority.users.iter().filter(|&&system| is_copy(view, authority, system)) {
            let truths = truths(view, authority, system);
            if truths.is_empty() || truths.iter().any(|&truth| graph.has_path(truth, system)) {
                continue;
            }
            let follows_from = [authority.domain, system].into_iter().chain(truths.iter().copied());
            report.add_once(follows_from, |report| {
                report.add_related(
                    Severity::Warning,
                    [view.domain(authority.domain), view.system(system)],
                    truths.iter().map(|&truth| view.system(truth)).collect::<Vec<_>>(),
                    format_args!(
                        "{} uses {}, but nothing brings it from {}.",
                        view.index().system_name(system),
                        view.index().domain_name(authority.domain),
                        view.names(&truths)
                    ),
                );
            });
        }
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::Domain(domain_id), Subject::System(system_id)] = finding.subjects.as_slice() else {
        return Vec::new();
    };
    let index = view.index();
    let (Some(domain), Some(system)) = (index.domain(domain_id), index.system(system_id)) else {
        return Vec::new();
    };
    let truths = truths(view, &view.authorities()[domain], system);
    let truth = truths.iter().copied().find(|&truth| view.landscape().stands(truth));
    let mut fixes =
        truth.map_or_else(Vec::new, |from| Feed { domain, from, to: system }.fixes(view, finding));
    let title = format!("{} does not need {}", index.system_name(system), index.domain_name(domain));
    fixes.push(Fix::edits(title, give_up(view, domain, system)));
    fixes
}

/// Removes what is noted of the domain at the system and what this stage's flows bring of it.
fn give_up(view: &View<'_, '_>, domain: usize, system: usize) -> Vec<Edit> {
    let index = view.index();
    let (plan, domain_id) = (index.plan, index.domains[domain].0);
    let holding = index.systems[system].system.holdings.get(domain_id);
    let mut edits: Vec<_> = holding
        .and_then(|_| {
            change_system(plan, index.systems[system].id, |system| drop(system.holdings.remove(domain_id)))
        })
        .into_iter()
        .collect();
    let mut senders: Vec<_> = view.landscape().edges_by_domain[domain]
        .iter()
        .filter(|edge| edge.to == system)
        .map(|edge| (edge.flow, edge.from))
        .collect();
    senders.dedup();
    edits.extend(senders.into_iter().filter_map(|(flow, from)| {
        let is_unwanted = |payload: &crate::model::Payload| payload.domain == *domain_id;
        stop_sending(plan, index.flows[flow].id, index.systems[from].id, is_unwanted)
    }));
    edits
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    #[test]
    fn a_reader_and_an_undeclared_receiver_that_the_truth_does_not_reach_are_found() {
        assert_findings(
            &RULE,
            "order = truth erp
             sf.order: reader       !! not-fed-by-truth warning
             shop.order: author
             bi.order:              !! not-fed-by-truth warning
             shop -> bi : order
             shop -> erp : order",
        );
    }

    #[test]
    fn a_path_over_other_systems_or_a_hub_feeds() {
        assert_findings(
            &RULE,
            "order = truth erp
             sf.order: reader
             bi.order: reader
             erp -> sf via bus : order
             sf -> bi : order
             bus: hub",
        );
    }

    #[test]
    fn a_path_of_another_domain_does_not_feed_and_a_hub_is_no_shortcut() {
        assert_findings(
            &RULE,
            "order = truth erp
             stock = truth wms
             sf.order: reader       !! not-fed-by-truth
             erp -> sf : stock
             erp -> lake via bus : order
             wms -> sf via bus : stock
             bus: hub",
        );
    }

    #[test]
    fn virtual_access_other_roles_undeclared_senders_and_a_missing_truth_are_silence() {
        assert_findings(
            &RULE,
            "order = truth erp
             sf.order: reader, virtual
             old.order: archive
             form.order: entry
             shop.order: author
             tool.order:
             tool -> erp : order
             note =
             crm.note: reader
             lake.note: reader",
        );
    }

    #[test]
    fn the_truth_of_the_partition_has_to_reach_it() {
        assert_findings(
            &RULE,
            "order = truth sap1 partition DE, truth sap2 partition FR
             shop.order: reader, partition FR     !! not-fed-by-truth
             app.order: reader
             site.order: reader, partition UK
             sap1 -> shop : order
             sap1 -> app : order",
        );
    }

    #[test]
    fn a_system_whose_claim_has_ended_is_a_reader_unless_it_is_declared_author() {
        let text = "order = truth old, truth sf from 1\n old.order: archive";
        assert_findings(&RULE, &format!("{text}   !! not-fed-by-truth warning"));
        assert_findings(&RULE, &text.replace("archive", "author"));
        assert_findings(&RULE, &format!("{text}\n sf -> old : order"));
        assert_findings(&RULE, &format!("{text}\n look at today"));
    }

    #[test]
    fn before_the_target_a_role_counts_only_where_the_domain_flows() {
        let text = "order = truth erp
             sf.order: reader
             shop -> bi : order
             shop.order: author";
        assert_findings(&RULE, &format!("{text}\nbi.order: !! not-fed-by-truth\nlook at today"));
    }

    #[test]
    fn a_truth_that_is_not_there_yet_feeds_nobody() {
        let text = "order = truth oms
             oms: from 1
             bi.order: reader
             shop -> bi : order | until 1
             oms -> bi : order | since 1
             look at today";
        assert_eq!(messages(&RULE, text), ["bi uses order, but nothing brings it from oms."]);
    }

    #[test]
    fn a_flow_from_the_truth_directly_or_through_the_hub_is_offered() {
        let before = "order = truth erp
             bus: hub
             sf.order: reader, max-age 60
             erp -> lake via bus : order";
        assert_eq!(
            fix_titles(&RULE, before),
            [
                "Add a flow of order from erp to sf",
                "Route order from erp to sf through bus",
                "sf does not need order"
            ]
        );
        assert_fix(
            &RULE,
            before,
            "Route order from erp to sf through bus",
            &format!("{before}\nerp -> sf via bus : order | since target, batch, pattern batch-sync"),
        );
    }

    #[test]
    fn a_copy_that_nobody_needs_goes() {
        assert_fix(
            &RULE,
            "order = truth erp
             shop.order: author
             order = rule last-writer
             bi.order: reader
             shop -> erp : order
             shop <-> bi : order | id sync",
            "bi does not need order",
            "order = truth erp
             shop.order: author
             order = rule last-writer
             shop -> erp : order
             bi: other
             shop -> bi : order back | id sync",
        );
    }

    #[test]
    fn what_runs_in_parallel_and_holds_the_domain_without_a_role_is_missed_by_the_new_truth() {
        let text = "order = truth erp, truth sf from 1
             erp: migrate, into sf, at 1, exit 2, approach parallel-run
             erp.order: records 1000
             look at 1";
        assert_eq!(messages(&RULE, text), ["erp uses order, but nothing brings it from sf."]);
        assert_eq!(messages(&RULE, &text.replace("records 1000", "reader")), [""; 0]);
    }
}
