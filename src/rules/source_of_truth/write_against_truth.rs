//! A copy that writes to the source of truth.

use std::collections::BTreeMap;

use crate::edit::{Edit, change_flow, change_system};
use crate::landscape::Edge;
use crate::model::{Direction, DomainId, Flow, FlowId, Payload, Role, SystemId};
use crate::rules::{
    Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, Subject, View, listed,
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "write-against-truth",
    title: "A copy writes to the truth",
    family: Family::SourceOfTruth,
    severity: "error",
    pillar: Pillar::Reliability,
    when: "A flow carries the domain, writing, from a system that is declared reader or archive to one that \
           has a claim in force (for the flow's or else the sender's partition, where claim and sender name \
           one). A system whose claim has ended is a reader unless it is declared author; one that has a \
           claim itself is none. A named part counts as a message of its own, unless the same flow brings that \
           part or the whole the other way.",
    why: "A copy is always a little older. Written back, it undoes the fresher change that it has not heard of.",
    what_to_do: "Make the flow one-way, or say that the copy may write and who wins.",
    not_when: "An undeclared role is often a system of entry and is asked for elsewhere. Acknowledgements and \
               status messages are parts of the domain: name the part, which goes one way.",
    source: "Which direction data flows is to be decided for each flow; the source system remains the system \
             of record only while copies are read-only.",
    thresholds: &[],
    looks_at: LooksAt::EachStage,
    check,
    fixes,
};

/// The writing edges of copies towards a truth, by flow.
fn offences<'a, 'p>(view: &View<'a, 'p>) -> BTreeMap<usize, Vec<&'a Edge<'p>>> {
    let mut by_flow: BTreeMap<usize, Vec<_>> = BTreeMap::new();
    for edge in view.landscape().edges().filter(|edge| edge.writes && !is_message(view, edge)) {
        let authority = &view.authorities()[edge.domain];
        let is_copy = matches!(authority.role(view.index(), edge.from), Some(Role::Reader | Role::Archive));
        if is_copy && !authority.is_truth(edge.from) && decides(view, edge) {
            by_flow.entry(edge.flow).or_default().push(edge);
        }
    }
    by_flow
}

/// Whether the edge brings a named part that its flow does not bring the other way as well.
fn is_message(view: &View<'_, '_>, edge: &Edge<'_>) -> bool {
    let (entry, sender) = (&view.index().flows[edge.flow], view.index().systems[edge.from].id);
    let comes_back = |&(domain, payload): &(usize, &Payload)| {
        let is_same = domain == edge.domain && (payload.part.is_empty() || payload.part == edge.part);
        is_same && goes_to(entry.flow, sender, payload)
    };
    !edge.part.is_empty() && !entry.carries.iter().any(comes_back)
}

/// Whether the flow brings a payload to one of its ends.
fn goes_to(flow: &Flow, end: &SystemId, payload: &Payload) -> bool {
    if flow.to == *end { payload.direction.goes_forward() } else { payload.direction.goes_back() }
}

/// Whether the receiver decides about what the edge brings.
fn decides(view: &View<'_, '_>, edge: &Edge<'_>) -> bool {
    let index = view.index();
    let holding = index.holding(edge.from, edge.domain);
    let of_flow = index.flows[edge.flow].flow.partition.as_str();
    let of_sender = holding.map_or("", |holding| holding.partition.as_str());
    let partition = if of_flow.is_empty() { of_sender } else { of_flow };
    view.authorities()[edge.domain].truths_for(index, partition).contains(&edge.to)
}

fn check(view: &View<'_, '_>, report: &mut Report) {
    for (flow, edges) in offences(view) {
        let mut systems: Vec<_> = edges.iter().flat_map(|edge| [edge.from, edge.to]).collect();
        systems.sort_unstable();
        systems.dedup();
        let mut related: Vec<_> = edges.iter().map(|edge| view.domain(edge.domain)).collect();
        related.extend(systems.into_iter().map(|system| view.system(system)));
        related.dedup();
        report.add_related(Severity::Error, [view.flow(flow)], related, message(view, &edges));
    }
}

fn message(view: &View<'_, '_>, edges: &[&Edge<'_>]) -> String {
    let index = view.index();
    let mut domains_by_ends: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for edge in edges {
        domains_by_ends.entry((edge.from, edge.to)).or_default().push(index.domain_name(edge.domain));
    }
    let sentences = domains_by_ends.into_iter().map(|((from, to), mut domains)| {
        domains.dedup();
        let (from, to) = (index.system_name(from), index.system_name(to));
        let it = if domains.len() == 1 { "it" } else { "them" };
        format!("{from} only holds a copy of {}, yet this flow writes {it} back to {to}.", listed(&domains))
    });
    sentences.collect::<Vec<_>>().join(" ")
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::Flow(id)] = finding.subjects.as_slice() else { return Vec::new() };
    let index = view.index();
    let edges = index.flow(id).and_then(|place| offences(view).remove(&place)).unwrap_or_default();
    // A flow that offends in both directions is two questions: a person has to look.
    let Some(first) = edges.first().filter(|first| edges.iter().all(|edge| edge.from == first.from)) else {
        return vec![Fix::open("Open the flow", Place::Inspector(finding.subjects[0].clone()))];
    };
    let sender = index.systems[first.from].id;
    let sent: Vec<_> = edges.iter().map(|edge| (index.domains[edge.domain].0, edge.part)).collect();
    let (sender_name, truth_name) = (index.system_name(first.from), index.system_name(first.to));
    let mut names: Vec<_> = edges.iter().map(|edge| index.domain_name(edge.domain)).collect();
    names.dedup();
    let list = listed(&names);
    let title = if is_two_way(view, id, sender, &sent) {
        format!("Make it one-way, {truth_name} to {sender_name}")
    } else {
        format!("Reverse it: {truth_name} feeds {sender_name}")
    };
    let turn = Fix::edits(title, turn(view, id, sender, &sent));
    let declare = |role, title: String| {
        let edit = change_system(index.plan, sender, |system| {
            for &(domain, _) in &sent {
                system.holdings.entry(domain.clone()).or_default().role = Some(role);
            }
        });
        Fix::edits(title, edit)
    };
    vec![
        turn,
        declare(Role::Author, format!("Make {sender_name} an author of {list}")),
        declare(Role::Entry, format!("Make {sender_name} a system of entry that only creates {list}")),
    ]
}

/// What is sent: domains, and parts of them.
type Sent<'p> = [(&'p DomainId, &'p str)];

/// Whether the flow brings one of these domains to the system that sends them as well.
fn is_two_way(view: &View<'_, '_>, id: &FlowId, sender: &SystemId, sent: &Sent<'_>) -> bool {
    let flow = &view.index().plan.flows[id];
    let is_sent = |payload: &Payload| sent.iter().any(|(domain, _)| **domain == payload.domain);
    flow.carries.iter().any(|payload| is_sent(payload) && goes_to(flow, sender, payload))
}

/// Lets the flow bring all this to the system that sent it, and no longer from it.
fn turn(view: &View<'_, '_>, id: &FlowId, sender: &SystemId, sent: &Sent<'_>) -> Option<Edit> {
    change_flow(view.index().plan, id, |flow| {
        let to_sender = if flow.from == *sender { Direction::Back } else { Direction::Forward };
        let is_sent = |payload: &Payload| sent.contains(&(&payload.domain, payload.part.as_str()));
        for payload in flow.carries.iter_mut().filter(|payload| is_sent(payload)) {
            payload.direction = to_sender;
        }
        flow.carries.sort();
        flow.carries.dedup();
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    #[test]
    fn a_reader_or_an_archive_that_writes_to_the_truth_is_found() {
        assert_findings(
            &RULE,
            "points = truth loy
             sf.points: reader
             app.points: reader
             old.points: archive
             loy <-> sf : points            !! write-against-truth error
             app -> loy via bus : points    !! write-against-truth error
             old -> loy : points            !! write-against-truth error
             bus: hub",
        );
    }

    #[test]
    fn a_system_whose_claim_has_ended_is_a_reader() {
        assert_findings(
            &RULE,
            "case = truth desk, truth sf from 1
             desk -> sf : case     !! write-against-truth error",
        );
        assert_findings(
            &RULE,
            "case = truth desk, truth sf from 1
             desk.case: author
             desk -> sf : case",
        );
    }

    #[test]
    fn a_system_whose_claim_has_ended_is_a_reader_also_where_it_was_entry_or_archive() {
        for role in ["archive", "entry", "reader"] {
            let text = format!("case = truth desk, truth sf from 1\n desk.case: {role}\n desk -> sf : case");
            assert_findings(&RULE, &format!("{text}   !! write-against-truth"));
        }
    }

    #[test]
    fn writers_entries_undeclared_roles_reading_flows_and_named_parts_are_silence() {
        assert_findings(
            &RULE,
            "order = truth erp
             shop.order: author
             form.order: entry
             bi.order: reader
             portal.order: reader
             shop -> erp : order
             form -> erp : order
             tool -> erp : order
             bi -> erp : order read
             portal -> erp : order.acknowledgement
             portal -> shop : order",
        );
    }

    #[test]
    fn a_part_that_the_flow_brings_the_other_way_as_well_is_no_message() {
        assert_findings(
            &RULE,
            "order = truth erp
             stock = truth erp
             sf.order: reader
             sf <-> erp : order.status                      !! write-against-truth
             erp -> sf : order, order.status back           !! write-against-truth
             sf -> erp : order.status, order.status back    !! write-against-truth",
        );
        assert_findings(
            &RULE,
            "order = truth erp
             stock = truth erp
             sf.order: reader
             erp -> sf : order
             sf -> erp : order.status
             erp -> sf : order.request, order.status back
             erp -> sf : stock, order.status back",
        );
    }

    #[test]
    fn a_part_becomes_one_way_too() {
        assert_fix(
            &RULE,
            "order = truth erp
             sf.order: reader
             erp <-> sf : order.lines, order.status | id sync",
            "Make it one-way, erp to sf",
            "order = truth erp
             sf.order: reader
             erp -> sf : order.lines, order.status | id sync",
        );
        let text =
            "order = truth erp\n sf.order: reader\n erp <-> sf : order.lines, order.status | guard both";
        assert_eq!(
            fix_titles(&RULE, text),
            ["Make it one-way, erp to sf", "Make sf a system of entry that only creates order"]
        );
        assert_eq!(
            messages(&RULE, text),
            ["sf only holds a copy of order, yet this flow writes it back to erp."]
        );
    }

    #[test]
    fn a_truth_of_another_partition_is_not_written_against() {
        assert_findings(
            &RULE,
            "order = truth de partition DE, truth fr partition FR
             sf.order: reader
             shop.order: reader, partition FR
             sf -> fr : order | partition DE
             sf -> de : order | partition DE    !! write-against-truth
             shop -> de : order
             shop -> fr : order                 !! write-against-truth",
        );
    }

    #[test]
    fn the_handover_counts_from_its_wave() {
        assert_findings(
            &RULE,
            "case = truth desk, truth sf from 1
             desk -> sf : case
             look at today",
        );
    }

    #[test]
    fn one_finding_names_all_domains_of_the_flow() {
        let text = "points = truth loy
             level = truth loy
             sf.points: reader
             sf.level: reader
             loy <-> sf : points, level";
        assert_eq!(
            messages(&RULE, text),
            ["sf only holds a copy of level and points, yet this flow writes them back to loy."]
        );
        assert_eq!(fix_titles(&RULE, text)[0], "Make it one-way, loy to sf");
    }

    #[test]
    fn it_becomes_one_way_or_turns_round() {
        assert_fix(
            &RULE,
            "points = truth loy
             sf.points: reader
             loy <-> sf : points | id sync",
            "Make it one-way, loy to sf",
            "points = truth loy
             sf.points: reader
             loy -> sf : points | id sync",
        );
        assert_fix(
            &RULE,
            "points = truth loy
             sf.points: reader
             sf -> loy : points | id sync",
            "Reverse it: loy feeds sf",
            "points = truth loy
             sf.points: reader
             sf -> loy : points back | id sync",
        );
        let beside =
            "points = truth loy\n level = truth loy\n sf.points: reader\n sf -> loy : points, level back";
        assert_eq!(fix_titles(&RULE, beside)[0], "Reverse it: loy feeds sf");
    }

    #[test]
    fn only_the_way_back_of_the_copy_goes() {
        assert_fix(
            &RULE,
            "points = truth loy
             level = truth loy
             wish = truth sf
             sf.points: reader
             sf.level: reader
             sf -> loy : points, level both, wish | id sync",
            "Make it one-way, loy to sf",
            "points = truth loy
             level = truth loy
             wish = truth sf
             sf.points: reader
             sf.level: reader
             sf -> loy : points back, level back, wish | id sync",
        );
    }

    #[test]
    fn an_author_is_offered_where_a_rule_says_who_wins() {
        let before = "points = truth loy
             sf.points: reader
             sf -> loy : points";
        assert_eq!(
            fix_titles(&RULE, before),
            ["Reverse it: loy feeds sf", "Make sf a system of entry that only creates points"]
        );
        assert_fix(
            &RULE,
            "points = truth loy, rule source-priority loy sf
             sf.points: reader
             sf -> loy : points | id sync",
            "Make sf an author of points",
            "points = truth loy, rule source-priority loy sf
             sf.points: author
             sf -> loy : points | id sync",
        );
    }
}
