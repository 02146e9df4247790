//! Data that can travel in a circle and come back to where it started.

use std::collections::{BTreeMap, BTreeSet};

use crate::edit::{Edit, change_flow};
use crate::landscape::{CyclicGroup, Edge};
use crate::model::{ConflictKind, Guards, Mechanism};
use crate::rules::flow_changes::without_edges;
use crate::rules::{
    Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, Subject, View, listed,
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "sync-loop",
    title: "Update can run in a circle",
    family: Family::Flow,
    severity: "error; warning with field mastership",
    pillar: Pillar::Reliability,
    when: "Two or more systems reach each other over flows that write the domain, hubs being no hop. Left out \
           are flows that people carry by hand, and the directions of a flow that have an echo guard. Named \
           parts of the domain are looked at each for itself; what names no part belongs to every part, and a \
           circle of its edges that a larger circle holds is no finding of its own. Warning where the conflict \
           rule is field mastership, so that each field has one author.",
    why: "One edit comes back as a change from elsewhere and is sent on again: it echoes for ever, burns API \
          calls, and can undo what was typed in between.",
    what_to_do: "Take out what leads back towards the source of truth, or guard it: a change that came from a \
                 system does not go back to it. Where it is a question and an answer, name the parts.",
    not_when: "A request out and a status back are different parts of the domain: name them. Two-way flows \
               with an echo guard are fine.",
    source: "Integration practice: echo filtering by integration user, origin tag or content hash, and \
             idempotent writes.",
    thresholds: &[],
    looks_at: LooksAt::EachStage,
    check,
    fixes,
};

/// A group of systems in which a part of a domain can run in a circle.
struct Loop<'a, 'p> {
    group: CyclicGroup,
    /// The edges among the systems of the group.
    edges: Vec<&'a Edge<'p>>,
}

/// The loops of a domain, one part after the other, by their systems.
fn loops<'a, 'p>(view: &View<'a, 'p>, domain: usize) -> BTreeMap<Vec<usize>, Vec<Loop<'a, 'p>>> {
    let graph = view.graph(domain);
    if !graph.has_circle() {
        return BTreeMap::new();
    }
    let runs_by_itself =
        |edge: &Edge<'_>| view.index().flows[edge.flow].flow.mechanism != Some(Mechanism::Manual);
    let edges = view.landscape().edges_by_domain[domain].iter();
    let edges = edges.filter(|edge| graph.are_in_a_circle(edge.from, edge.to));
    let edges: Vec<_> =
        edges.filter(|edge| edge.writes && !edge.is_guarded && runs_by_itself(edge)).collect();
    if edges.is_empty() {
        return BTreeMap::new();
    }
    let mut parts: BTreeSet<_> = edges.iter().map(|edge| edge.part).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        parts.insert("");
    }
    let mut found = Vec::new();
    for part in parts {
        let of_part = || edges.iter().copied().filter(|edge| edge.part.is_empty() || edge.part == part);
        for group in CyclicGroup::all(of_part().map(|edge| (edge.from, edge.to))) {
            let edges = of_part().filter(|edge| group.has(edge.from) && group.has(edge.to)).collect();
            found.push(Loop { group, edges });
        }
    }
    let is_own = found.iter().map(|one| !found.iter().any(|other| one.is_within(other))).collect::<Vec<_>>();
    let mut loops: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (one, _) in found.into_iter().zip(is_own).filter(|(_, is_own)| *is_own) {
        loops.entry(one.group.systems.clone()).or_default().push(one);
    }
    loops
}

impl Loop<'_, '_> {
    /// Whether a larger loop holds all of it, so that what ends that one ends it too.
    fn is_within(&self, other: &Self) -> bool {
        self.group.systems.len() < other.group.systems.len()
            && self.group.systems.iter().all(|&system| other.group.has(system))
            && self.edges.iter().all(|edge| other.edges.contains(edge))
    }
}

fn check(view: &View<'_, '_>, report: &mut Report) {
    let index = view.index();
    for (domain, (_, facts)) in index.domains.iter().enumerate() {
        let severity = match facts.conflict_rule.as_ref().map(|rule| rule.winner) {
            Some(ConflictKind::FieldMastership) => Severity::Warning,
            _ => Severity::Error,
        };
        for (systems, loops) in loops(view, domain) {
            let flows: BTreeSet<_> =
                loops.iter().flat_map(|found| &found.edges).map(|edge| edge.flow).collect();
            let circle = loops[0].group.circle();
            let others = if circle.len() - 1 < systems.len() {
                format!(", and in other circles among {}", view.names(&systems))
            } else {
                String::new()
            };
            let message = format_args!(
                "{} can travel {}{others}. One edit echoes for ever and burns API calls.",
                index.domain_name(domain),
                view.path(&circle)
            );
            let mut subjects = vec![view.domain(domain)];
            subjects.extend(systems.iter().map(|&system| view.system(system)));
            let related: Vec<_> = flows.into_iter().map(|flow| view.flow(flow)).collect();
            report.add_related(severity, subjects, related, message);
        }
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::Domain(id), systems @ ..] = finding.subjects.as_slice() else { return Vec::new() };
    let index = view.index();
    let systems: Option<Vec<_>> = systems
        .iter()
        .map(|subject| match subject {
            Subject::System(id) => index.system(id),
            _ => None,
        })
        .collect();
    let (Some(domain), Some(systems)) = (index.domain(id), systems) else { return Vec::new() };
    let Some(loops) = loops(view, domain).remove(&systems) else { return Vec::new() };
    let weak = weak_edges(view, domain, &loops);
    let mut fixes = vec![
        Fix::edits(one_way_title(view, domain, &weak), without_edges(view, &weak)),
        Fix::edits(format!("Add an echo guard on {}", ways(view, &weak)), guarded(view, &weak)),
    ];
    if let Some(whole) = weak.iter().find(|edge| edge.part.is_empty()) {
        let title = format!("Split {} by part, such as request and status", index.domain_name(domain));
        fixes.push(Fix::open(title, Place::Inspector(view.flow(whole.flow))));
    }
    fixes
}

/// The edges without which nothing runs in a circle: those that lead back towards the sources of truth in the
/// group; where there are none towards those that update, else towards the first system by id. What is as near
/// as its receiver leads back where the receiver comes first by id. An edge that closes no circle stays.
fn weak_edges<'a, 'p>(view: &View<'_, '_>, domain: usize, loops: &[Loop<'a, 'p>]) -> Vec<&'a Edge<'p>> {
    let authority = &view.authorities()[domain];
    let mut weak: Vec<&Edge<'_>> = Vec::new();
    for Loop { group, edges } in loops {
        let truths: Vec<_> = authority.truths.iter().copied().filter(|&truth| group.has(truth)).collect();
        let starts = if truths.is_empty() { &authority.writers } else { &truths };
        let back = group.steps_back(starts);
        weak.extend(edges.iter().filter(|edge| back.contains(&(edge.from, edge.to))));
    }
    weak.sort_by_key(|edge| (edge.flow, edge.from, edge.part));
    weak.dedup();
    weak
}

/// "Shop → ERP and CRM → ERP"; more than a few are counted.
fn ways(view: &View<'_, '_>, edges: &[&Edge<'_>]) -> String {
    let ways: BTreeSet<_> = edges.iter().map(|edge| (edge.from, edge.to)).collect();
    if ways.len() > 3 {
        return format!("{} ways back", ways.len());
    }
    let names: Vec<_> = ways.into_iter().map(|(from, to)| view.path(&[from, to])).collect();
    listed(&names.iter().map(String::as_str).collect::<Vec<_>>())
}

fn one_way_title(view: &View<'_, '_>, domain: usize, weak: &[&Edge<'_>]) -> String {
    let index = view.index();
    let name = index.domain_name(domain);
    if let [only] = weak
        && view.landscape().edges_by_domain[domain]
            .iter()
            .any(|edge| edge.flow == only.flow && edge.from == only.to)
    {
        let (from, to) = (index.system_name(only.to), index.system_name(only.from));
        return format!("Make the flow of {name} one-way from {from} to {to}");
    }
    format!("No longer send {name} along {}", ways(view, weak))
}

/// The edits that keep changes from echoing along these edges.
fn guarded(view: &View<'_, '_>, edges: &[&Edge<'_>]) -> Vec<Edit> {
    let index = view.index();
    let ways: BTreeSet<_> = edges.iter().map(|edge| (edge.flow, edge.from)).collect();
    let mut guards: BTreeMap<usize, Guards> = BTreeMap::new();
    for (flow, from) in ways {
        let entry = &index.flows[flow];
        let guard = guards.entry(flow).or_insert(entry.flow.guards);
        let is_forward = entry.from == Some(from);
        *guard = match (is_forward || guard.guards_forward(), !is_forward || guard.guards_back()) {
            (true, false) => Guards::Forward,
            (false, true) => Guards::Back,
            _ => Guards::Both,
        };
    }
    let change = |(flow, guard): (usize, Guards)| {
        change_flow(index.plan, index.flows[flow].id, |flow| flow.guards = guard)
    };
    guards.into_iter().filter_map(change).collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, hidden, messages};

    #[test]
    fn a_ring_a_two_way_flow_and_a_way_over_a_hub_are_circles() {
        assert_findings(
            &RULE,
            "order = truth erp
             erp -> shop via bus : order
             shop -> crm : order
             crm -> erp : order
             account <-> mail : contact
             bus: hub
             crm.order:             !! sync-loop error
             mail.contact:          !! sync-loop error",
        );
    }

    #[test]
    fn two_groups_of_one_domain_are_two_findings() {
        let text = "erp <-> shop : order
             crm <-> mail : order
             erp -> crm : order";
        assert_eq!(
            messages(&RULE, text),
            [
                "order can travel crm → mail → crm. One edit echoes for ever and burns API calls.",
                "order can travel erp → shop → erp. One edit echoes for ever and burns API calls.",
            ]
        );
    }

    #[test]
    fn guards_hand_work_reading_and_one_way_are_silence() {
        assert_findings(
            &RULE,
            "a <-> b : w | guard back
             a <-> c : w | mechanism manual
             a -> d : w
             d -> a : w read
             a <-> e : w read | pattern virtual
             a <-> f : w | guard forward
             a <-> g : w | guard both
             a -> h : w
             h -> a : v",
        );
        // The guard is in one direction of one flow of two.
        assert_findings(&RULE, "a <-> b : w | guard back\nb -> a : w\nw = !! sync-loop");
    }

    #[test]
    fn a_request_out_and_a_status_back_are_no_circle_unless_the_whole_goes_too() {
        assert_findings(&RULE, "crm -> erp : order.request\nerp -> crm : order.status");
        assert_findings(
            &RULE,
            "crm -> erp : order.request
             erp -> crm : order
             order =               !! sync-loop",
        );
        // Each part makes a circle of its own, and the larger holds the smaller.
        assert_findings(
            &RULE,
            "erp <-> crm : order
             crm -> shop : order.status
             shop -> erp : order.status
             erp -> mail : order.request
             shop.order:           !! sync-loop",
        );
    }

    #[test]
    fn a_virtual_flow_that_writes_counts() {
        assert_findings(
            &RULE,
            "a <-> b : w | pattern virtual
             c -> d : w | pattern virtual
             d -> c : w
             e -> f : w read | pattern virtual
             f -> e : w
             b.w:                   !! sync-loop error
             d.w:                   !! sync-loop error",
        );
    }

    #[test]
    fn field_mastership_makes_it_a_warning_with_and_without_truths_of_parts() {
        let text = "erp.order: author\n erp <-> shop : order\n shop.order: !! sync-loop";
        for truth in ["truth shop group price", "truth shop"] {
            assert_findings(&RULE, &format!("order = {truth}, rule field-mastership\n{text} warning"));
            assert_findings(&RULE, &format!("order = {truth}, rule last-writer\n{text} error"));
        }
    }

    #[test]
    fn a_wide_group_is_named_with_its_first_circle() {
        let text = "a <-> b : x\nb <-> c : x";
        assert_eq!(
            messages(&RULE, text),
            [
                "x can travel a → b → a, and in other circles among a, b and c. One edit echoes for ever and burns \
              API calls."
            ]
        );
    }

    #[test]
    fn the_way_back_to_the_truth_goes() {
        assert_fix(
            &RULE,
            "order = truth erp
             price = truth erp
             shop <-> erp : order, price read | id sync",
            "Make the flow of order one-way from erp to shop",
            "order = truth erp
             price = truth erp
             shop -> erp : order back, price both read | id sync",
        );
        assert_fix(
            &RULE,
            "x = truth b
             a -> b : x | id ab
             b -> c : x
             c -> a : x",
            "No longer send x along a → b",
            "x = truth b
             b -> c : x
             c -> a : x",
        );
    }

    #[test]
    fn every_way_back_goes_so_that_no_smaller_circle_is_left() {
        assert_fix(
            &RULE,
            "x = truth b
             a <-> b : x.status | id ab
             b <-> c : x | id bc",
            "No longer send x along a → b and c → b",
            "x = truth b
             a -> b : x.status back | id ab
             b -> c : x | id bc",
        );
    }

    #[test]
    fn an_author_that_must_be_heard_gets_a_guard() {
        let text = "order = truth erp, rule source-priority erp shop
             shop.order: author
             erp <-> shop : order | id sync";
        assert_eq!(
            fix_titles(&RULE, text),
            ["Add an echo guard on shop → erp", "Split order by part, such as request and status"]
        );
        assert_fix(&RULE, text, "Add an echo guard on shop → erp", &format!("{text}, guard back"));
        assert_fix(
            &RULE,
            "x = truth b\n a -> b : x | id one, guard back\n b -> a : x | id two",
            "Add an echo guard on a → b",
            "x = truth b\n a -> b : x | id one, guard both\n b -> a : x | id two",
        );
    }

    #[test]
    fn three_ways_are_named_and_more_are_counted() {
        let three = "x = truth a\n a <-> b : x\n a <-> c : x\n a <-> d : x";
        assert_eq!(fix_titles(&RULE, three)[0], "No longer send x along b → a, c → a and d → a");
        assert_eq!(
            fix_titles(&RULE, &format!("{three}\n a <-> e : x")),
            [
                "No longer send x along 4 ways back",
                "Add an echo guard on 4 ways back",
                "Split x by part, such as request and status"
            ]
        );
    }

    #[test]
    fn a_copy_that_writes_to_the_truth_hides_the_loop_of_its_flow() {
        let text = "points = truth loy\n level =\n sf.points: reader\n loy <-> sf : points, level";
        let mut found = hidden(text);
        found.retain(|line| line.ends_with("sync-loop"));
        assert_eq!(found, ["write-against-truth hides sync-loop"; 2]);
    }

    #[test]
    fn only_the_way_back_gets_a_guard() {
        let ring = "x = truth b
             a -> b : x | id ab
             b -> c : x
             c -> a : x";
        let guarded = ring.replace("id ab", "id ab, guard forward");
        assert_fix(&RULE, ring, "Add an echo guard on a → b", &guarded);
    }
}
