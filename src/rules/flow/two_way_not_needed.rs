//! A flow that also goes back from a system that only reads.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use crate::landscape::{Edge, ShortestPaths};
use crate::model::Role;
use crate::rules::flow_changes::without_edges;
use crate::rules::{
    Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, Subject, View, listed,
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "two-way-not-needed",
    title: "Two-way flow for a reader",
    family: Family::Flow,
    severity: "advice",
    pillar: Pillar::Reliability,
    when: "A flow carries a domain, or a part of it, in both directions, and one end is a reader of the domain \
           with no claim on it in force. A system whose claim has ended is a reader unless it is declared \
           author. Where both ends are readers, the way back is the one from the end that is further from the \
           source of truth.",
    why: "What only reads has nothing to send. The way back can only bring old values, and has to be mapped, \
          guarded and watched all the same.",
    what_to_do: "Make the flow one-way for this domain, or say that the system changes it.",
    not_when: "A flow of several domains keeps the way back of the others: only the domain that is read \
               becomes one-way. A status that comes back is a part of the domain: name it.",
    source: "Which direction data flows is to be decided for each flow; two-way synchronisation is always to \
             be questioned.",
    thresholds: &[],
    looks_at: LooksAt::EachStage,
    check,
    fixes,
};

/// The edges that readers send back, by flow.
fn ways_back<'a, 'p>(view: &View<'a, 'p>) -> BTreeMap<usize, Vec<&'a Edge<'p>>> {
    let mut by_flow: BTreeMap<usize, Vec<_>> = BTreeMap::new();
    for (domain, edges) in view.landscape().edges_by_domain.iter().enumerate() {
        let known = OnceCell::new();
        let truths = &view.authorities()[domain].truths;
        let paths = || known.get_or_init(|| view.graph(domain).shortest_paths(truths));
        for of_flow in edges.chunk_by(|a, b| a.flow == b.flow) {
            for edge in of_flow.iter().filter(|edge| is_way_back(view, edge, of_flow, paths)) {
                by_flow.entry(edge.flow).or_default().push(edge);
            }
        }
    }
    by_flow
}

fn is_way_back<'k, 'g: 'k>(
    view: &View<'_, '_>,
    edge: &Edge<'_>,
    of_flow: &[Edge<'_>],
    paths: impl Fn() -> &'k ShortestPaths<'g>,
) -> bool {
    let overlaps =
        |other: &&Edge<'_>| other.part == edge.part || other.part.is_empty() || edge.part.is_empty();
    let has_way_out =
        of_flow.iter().filter(overlaps).any(|other| (other.from, other.to) == (edge.to, edge.from));
    has_way_out && only_reads(view, edge.from, edge) && !is_nearer(view, edge, paths)
}

fn only_reads(view: &View<'_, '_>, system: usize, edge: &Edge<'_>) -> bool {
    let authority = &view.authorities()[edge.domain];
    authority.role(view.index(), system) == Some(Role::Reader) && !authority.is_truth(system)
}

/// Whether both ends are readers and the sender is the one that is nearer to the truth.
fn is_nearer<'k, 'g: 'k>(
    view: &View<'_, '_>,
    edge: &Edge<'_>,
    paths: impl Fn() -> &'k ShortestPaths<'g>,
) -> bool {
    let distance = |system: usize| (paths().steps(system).unwrap_or(usize::MAX), system);
    only_reads(view, edge.to, edge) && distance(edge.from) < distance(edge.to)
}

/// The names of the domains of edges, by reader.
fn domains_by_reader(view: &View<'_, '_>, edges: &[&Edge<'_>]) -> BTreeMap<usize, Vec<String>> {
    let mut by_reader: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for edge in edges {
        let names = by_reader.entry(edge.from).or_default();
        let name = view.index().domain_name(edge.domain);
        if names.last().is_none_or(|last| last != name) {
            names.push(name.to_owned());
        }
    }
    by_reader
}

fn names(names: &[String]) -> String {
    listed(&names.iter().map(String::as_str).collect::<Vec<_>>())
}

fn check(view: &View<'_, '_>, report: &mut Report) {
    for (flow, edges) in ways_back(view) {
        let follows_from = edges.iter().flat_map(|edge| [edge.domain, edge.from, edge.to]);
        report.add_once([flow].into_iter().chain(follows_from), |report| {
            let sentences = domains_by_reader(view, &edges).into_iter().map(|(reader, domains)| {
                let reader = view.index().system_name(reader);
                format!("{reader} only reads {}; the way back is not needed.", names(&domains))
            });
            let message = sentences.collect::<Vec<_>>().join(" ");
            let mut related: Vec<_> = edges.iter().map(|edge| view.domain(edge.domain)).collect();
            related.extend([edges[0].from, edges[0].to].map(|system| view.system(system)));
            related.dedup();
            report.add_related(Severity::Advice, [view.flow(flow)], related, message);
        });
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::Flow(id)] = finding.subjects.as_slice() else { return Vec::new() };
    let index = view.index();
    let Some(edges) = index.flow(id).and_then(|flow| ways_back(view).remove(&flow)) else {
        return Vec::new();
    };
    let first = edges[0];
    let title = if edges.iter().all(|edge| edge.from == first.from) {
        format!("Make it one-way, {} to {}", index.system_name(first.to), index.system_name(first.from))
    } else {
        "Make each domain that is only read one-way".to_owned()
    };
    let mut fixes = vec![Fix::edits(title, without_edges(view, &edges))];
    for (reader, domains) in domains_by_reader(view, &edges) {
        let title = format!("Say that {} changes {}", index.system_name(reader), names(&domains));
        let row = edges.iter().find(|edge| edge.from == reader).map_or(first, |edge| edge).domain;
        fixes.push(Fix::open(title, Place::OwnershipRow(index.domains[row].0.clone())));
    }
    fixes
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, hidden, messages, parse};
    use crate::rules::{Facts, Scope, check, offered_fixes};

    #[test]
    fn a_reader_on_a_two_way_flow_is_found() {
        let text = "order = truth erp
             shop.order: reader
             erp <-> shop via bus : order, price, stock   !! two-way-not-needed advice
             shop.price: author
             shop.stock: reader
             bus: hub";
        let far = "order = truth erp
             shop.order: reader
             bi.order: reader
             erp -> shop : order
             bi <-> shop : order   !! two-way-not-needed advice";
        assert_findings(&RULE, far);
        assert_findings(&RULE, text);
        assert_eq!(messages(&RULE, text), ["shop only reads order and stock; the way back is not needed."]);
    }

    #[test]
    fn other_roles_claims_one_way_flows_and_other_parts_are_silence() {
        assert_findings(
            &RULE,
            "order = truth erp
             erp.order: reader
             shop.order: author
             form.order: entry
             old.order: archive
             bi.order: reader
             erp <-> shop : order
             erp <-> form : order
             erp <-> old : order
             erp <-> tool : order
             erp -> bi : order
             erp -> bi : order.request, order.status back
             erp -> bi : price, order back",
        );
        assert_findings(
            &RULE,
            "order = truth erp
             bi.order: reader
             erp -> bi : order, order.status back    !! two-way-not-needed",
        );
    }

    #[test]
    fn a_system_that_has_handed_over_reads_from_then_on() {
        let text = "order = truth erp, truth sf from 1\n hub: hub\n lake <-> erp : order";
        assert_findings(&RULE, &format!("{text}   !! two-way-not-needed"));
        assert_findings(&RULE, &format!("{text}\nlook at today"));
    }

    #[test]
    fn of_two_readers_the_nearer_one_sends() {
        let text = "order = truth erp
             app.order: reader
             shop.order: reader
             erp -> shop : order
             app <-> shop : order | id both";
        assert_eq!(messages(&RULE, text), ["app only reads order; the way back is not needed."]);
        assert_fix(
            &RULE,
            text,
            "Make it one-way, shop to app",
            "order = truth erp
             app.order: reader
             shop.order: reader
             erp -> shop : order
             app -> shop : order back | id both",
        );
        let unfed = "app.order: reader\n shop.order: reader\n app <-> shop : order";
        assert_eq!(messages(&RULE, unfed), ["shop only reads order; the way back is not needed."]);
    }

    #[test]
    fn only_what_is_read_becomes_one_way() {
        let text = "order = truth oms
             price = truth crm
             oms -> erp : order
             crm.order: reader
             erp <-> crm : order, price | id both, guard both";
        assert_eq!(fix_titles(&RULE, text), ["Make it one-way, erp to crm", "Say that crm changes order"]);
        assert_fix(
            &RULE,
            text,
            "Make it one-way, erp to crm",
            "order = truth oms
             price = truth crm
             oms -> erp : order
             crm.order: reader
             erp -> crm : order, price both | id both, guard both",
        );
    }

    #[test]
    fn each_end_may_read_another_domain() {
        let text = "order = truth erp
             price = truth crm
             crm.order: reader
             erp.price: reader
             erp <-> crm : order read, price read | id both, guard both";
        assert_fix(
            &RULE,
            text,
            "Make each domain that is only read one-way",
            "order = truth erp
             price = truth crm
             crm.order: reader
             erp.price: reader
             erp -> crm : order read, price back read | id both, guard both",
        );
    }

    #[test]
    fn a_copy_that_writes_to_the_truth_is_the_cause() {
        let text = "points = truth loy\n sf.points: reader\n loy <-> sf : points | guard both";
        assert_eq!(hidden(text), ["write-against-truth hides two-way-not-needed"]);
    }

    #[test]
    fn who_changes_a_domain_is_said_in_the_row_of_that_domain() {
        let text = "order = truth erp
             price = truth crm
             crm.order: reader
             erp.price: reader
             erp <-> crm : order read, price read | guard both";
        let plan = parse(text).plan;
        let facts = Facts::new(&plan);
        let findings = check(&facts, Scope::AllStages);
        let finding = findings.list.iter().find(|finding| finding.rule.id == RULE.id).unwrap();
        let offered = offered_fixes(&facts, &findings, finding);
        let row = |title: &str| {
            let (fix, _) = offered.iter().find(|(fix, _)| fix.title == title).unwrap();
            format!("{:?}", fix.action)
        };
        assert!(row("Say that crm changes order").contains("order"));
        assert!(row("Say that erp changes price").contains("price"));
    }
}
