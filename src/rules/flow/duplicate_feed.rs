//! A system that receives the same data from several others.

use std::collections::{BTreeMap, BTreeSet};

use crate::edit::{Edit, apply, change_domain};
use crate::landscape::Edge;
use crate::model::{ConflictKind, ConflictRule, Role};
use crate::rules::flow_changes::without_edges;
use crate::rules::hubs::{Detour, best_hub, can_be_led};
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, Subject, View};

/// The rule.
pub static RULE: Rule = Rule {
    id: "duplicate-feed",
    title: "Two feeds for the same data",
    family: Family::Flow,
    severity: "warning",
    pillar: Pillar::Reliability,
    when: "A system receives a domain, also virtually or without writing, from two or more others that are no \
           systems of entry, and what they send overlaps: no different partitions (of the flow, else of the \
           sender's holding, else of its claims in force), no different named parts, and not the one with a \
           partition alone and the other with a part alone. Left out are warehouses and data platforms, \
           sources of truth of a domain with a conflict rule, systems that look the domain up where it \
           stands, and feeds that all come through one hub that decides by its own rules.",
    why: "Two feeds bring the same record at different times. What the receiver shows depends on which came \
          last.",
    what_to_do: "Keep the feed from the source of truth, say which part each feed brings, or merge the feeds \
                 before they arrive.",
    not_when: "Data is brought together in the source of truth or in a warehouse. The feeds bring different \
               regions, brands or parts. Systems of entry only create.",
    source: "The interface catalogue of TOGAF is there to show the degree of duplication of interfaces.",
    thresholds: &[],
    looks_at: LooksAt::EachStage,
    check,
    fixes,
};

/// One edge into the receiver.
struct Feed<'a, 'p> {
    edge: &'a Edge<'p>,
    /// What it is limited to: partitions, and a part.
    tags: [Vec<&'p str>; 2],
}

impl Feed<'_, '_> {
    fn overlaps(&self, other: &Self) -> bool {
        let pairs = self.tags.iter().zip(&other.tags);
        let mut alike = pairs.filter(|(one, other)| !one.is_empty() && !other.is_empty()).peekable();
        let are_apart = if alike.peek().is_some() {
            alike.any(|(one, other)| !one.iter().any(|tag| other.contains(tag)))
        } else {
            self.is_tagged() && other.is_tagged()
        };
        self.edge.from != other.edge.from && !are_apart
    }

    fn is_tagged(&self) -> bool {
        self.tags.iter().any(|tags| !tags.is_empty())
    }
}

/// The edges that bring a domain twice, by receiver.
fn doubles<'a, 'p>(view: &View<'a, 'p>, domain: usize) -> BTreeMap<usize, Vec<&'a Edge<'p>>> {
    let edges = view.landscape().edges_by_domain[domain].iter();
    let mut edges: Vec<_> = edges.filter(|edge| is_feed(view, edge)).collect();
    edges.sort_by_key(|edge| edge.to);
    let by_receiver = edges.chunk_by(|a, b| a.to == b.to).filter(|edges| edges.len() > 1);
    let by_receiver = by_receiver.filter(|edges| !may_receive_several(view, domain, edges[0].to));
    let doubles = by_receiver.map(|edges| {
        let (receiver, feeds) = (edges[0].to, edges.iter().map(|edge| feed(view, edge)).collect::<Vec<_>>());
        let is_double = |feed: &&Feed<'_, '_>| feeds.iter().any(|other| feed.overlaps(other));
        (receiver, feeds.iter().filter(is_double).map(|feed| feed.edge).collect::<Vec<_>>())
    });
    doubles.filter(|(_, edges)| !edges.is_empty() && !are_merged(view, domain, edges)).collect()
}

fn is_feed(view: &View<'_, '_>, edge: &Edge<'_>) -> bool {
    let is_entry = view.authorities()[edge.domain].role(view.index(), edge.from) == Some(Role::Entry);
    edge.from != edge.to && !is_entry
}

fn feed<'a, 'p>(view: &View<'a, 'p>, edge: &'a Edge<'p>) -> Feed<'a, 'p> {
    let index = view.index();
    let tags = |tag: &'p str| if tag.is_empty() { Vec::new() } else { vec![tag] };
    let of_flow = tags(&index.flows[edge.flow].flow.partition);
    let of_sender = tags(index.holding(edge.from, edge.domain).map_or("", |holding| &holding.partition));
    let of_claims = claimed_partitions(view, edge);
    let partitions = [of_flow, of_sender, of_claims].into_iter().find(|tags| !tags.is_empty());
    Feed { edge, tags: [partitions.unwrap_or_default(), tags(edge.part)] }
}

/// The partitions that the sender decides about; none where it has a claim on all of them.
fn claimed_partitions<'p>(view: &View<'_, 'p>, edge: &Edge<'_>) -> Vec<&'p str> {
    let sender = view.index().systems[edge.from].id;
    let claims = view.authorities()[edge.domain].claims.iter().filter(|claim| claim.system == *sender);
    let partitions: Vec<_> = claims.map(|claim| claim.scope.partition.as_str()).collect();
    if partitions.contains(&"") { Vec::new() } else { partitions }
}

/// Whether a system brings data together on purpose, or keeps no copy of it.
fn may_receive_several(view: &View<'_, '_>, domain: usize, receiver: usize) -> bool {
    let index = view.index();
    let facts = index.domains[domain].1;
    let system = index.systems[receiver].system;
    let merges = facts.conflict_rule.is_some() && view.authorities()[domain].is_truth(receiver);
    let is_looked_up = || index.holding(receiver, domain).is_some_and(|holding| holding.is_virtual);
    system.kind.is_analytical() || merges || is_looked_up()
}

/// Whether all feeds come through one hub that decides what arrives.
fn are_merged(view: &View<'_, '_>, domain: usize, edges: &[&Edge<'_>]) -> bool {
    let index = view.index();
    let hubs =
        |edge: &Edge<'_>| index.flows[edge.flow].via.iter().copied().flatten().collect::<BTreeSet<_>>();
    let common = edges.iter().map(|edge| hubs(edge)).reduce(|one, other| &one & &other);
    winner(view, domain) == Some(ConflictKind::HubDecides) && common.is_some_and(|hubs| !hubs.is_empty())
}

fn winner(view: &View<'_, '_>, domain: usize) -> Option<ConflictKind> {
    view.index().domains[domain].1.conflict_rule.as_ref().map(|rule| rule.winner)
}

fn senders(edges: &[&Edge<'_>]) -> Vec<usize> {
    edges.iter().map(|edge| edge.from).collect::<BTreeSet<_>>().into_iter().collect()
}

fn check(view: &View<'_, '_>, report: &mut Report) {
    let index = view.index();
    for domain in 0..index.domains.len() {
        for (receiver, edges) in doubles(view, domain) {
            let senders = senders(&edges);
            report.add_related(
                Severity::Warning,
                [view.domain(domain), view.system(receiver)],
                senders.iter().map(|&sender| view.system(sender)).collect::<Vec<_>>(),
                format_args!(
                    "{} receives {} from {}. The order of arrival decides what it shows.",
                    index.system_name(receiver),
                    index.domain_name(domain),
                    view.names(&senders)
                ),
            );
        }
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::Domain(domain), Subject::System(receiver)] = finding.subjects.as_slice() else {
        return Vec::new();
    };
    let index = view.index();
    let (Some(domain), Some(receiver)) = (index.domain(domain), index.system(receiver)) else {
        return Vec::new();
    };
    let Some(edges) = doubles(view, domain).remove(&receiver) else { return Vec::new() };
    let name = index.domain_name(domain);
    let mut fixes: Vec<_> = keep_one(view, domain, &edges).into_iter().collect();
    let title = format!("Say which region of {name} each of {} feeds", view.names(&senders(&edges)));
    fixes.push(Fix::open(title, Place::Inspector(view.flow(edges[0].flow))));
    fixes.extend(merge(view, domain, &edges));
    fixes
}

/// Keeps the feed that is nearest to the source of truth, usually the truth itself.
fn keep_one(view: &View<'_, '_>, domain: usize, edges: &[&Edge<'_>]) -> Option<Fix> {
    let index = view.index();
    let truths = &view.authorities()[domain].truths;
    let distance =
        |sender: &usize| view.graph(domain).shortest_path(truths, *sender).map(|path| (path.len(), *sender));
    let (_, kept) = senders(edges).iter().filter_map(distance).min()?;
    let others: Vec<_> = edges.iter().copied().filter(|edge| edge.from != kept).collect();
    let title =
        format!("Keep only the feed of {} from {}", index.domain_name(domain), index.system_name(kept));
    Some(Fix::edits(title, without_edges(view, &others)))
}

/// Leads all feeds through the best hub, which decides from then on.
fn merge(view: &View<'_, '_>, domain: usize, edges: &[&Edge<'_>]) -> Option<Fix> {
    let index = view.index();
    let (id, facts) = index.domains[domain];
    if facts.conflict_rule.as_ref().is_some_and(|rule| rule.winner != ConflictKind::HubDecides) {
        return None;
    }
    let ends: Vec<_> = senders(edges).into_iter().chain([edges[0].to]).collect();
    let hub = best_hub(view, &ends)?;
    let is_there = |flow: &usize| index.flows[*flow].via.contains(&Some(hub));
    let flows: BTreeSet<_> = edges.iter().map(|edge| edge.flow).collect();
    let led: Vec<_> = flows.into_iter().filter(|flow| !is_there(flow)).collect();
    if !led.iter().all(|&flow| can_be_led(index.flows[flow].flow)) {
        return None;
    }
    let detour = Detour::through(view, hub);
    let mut edits: Vec<Edit> = detour.edits(view, &led);
    let plan = apply(index.plan, edits.iter().cloned()).ok()?;
    edits.extend(change_domain(&plan, id, |domain| {
        domain.conflict_rule = Some(ConflictRule::of(ConflictKind::HubDecides));
    }));
    Some(Fix::edits(format!("Merge the feeds of {} in {}", index.domain_name(domain), detour.name), edits))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    #[test]
    fn two_senders_of_the_same_data_are_found() {
        let text = "customer = truth mdm
             mdm -> shop : customer
             app <-> shop via bus : customer
             bus: hub
             shop.customer: reader   !! duplicate-feed warning";
        assert_findings(&RULE, text);
        assert_eq!(
            messages(&RULE, text),
            ["shop receives customer from app and mdm. The order of arrival decides what it shows."]
        );
    }

    #[test]
    fn one_sender_entries_and_other_domains_are_silence() {
        assert_findings(
            &RULE,
            "form.customer: entry
             mdm -> shop : customer
             mdm -> shop : customer
             form -> shop : customer
             shop -> shop : customer
             app -> shop : order",
        );
    }

    #[test]
    fn what_is_only_read_and_what_comes_virtually_are_feeds_too() {
        for second in ["customer read", "customer | pattern virtual", "customer | mechanism zero-copy"] {
            let text = format!("mdm -> shop : customer\n lake -> shop : {second}");
            assert_findings(&RULE, &format!("{text}\n shop.customer: reader !! duplicate-feed warning"));
            assert_findings(&RULE, &format!("{text}\n lake.customer: entry"));
        }
    }

    #[test]
    fn a_warehouse_a_truth_with_a_rule_and_a_look_up_may_receive_several() {
        let feeds = "a -> t : x\n b -> t : x\n";
        for kind in ["warehouse", "data-platform"] {
            assert_findings(&RULE, &format!("{feeds} t: {kind}"));
        }
        assert_findings(&RULE, &format!("{feeds} t.x: virtual"));
        assert_findings(&RULE, &format!("{feeds} x = truth t, rule source-priority t"));
        assert_findings(&RULE, &format!("{feeds} x = truth t\n t.x: author !! duplicate-feed"));
        assert_findings(
            &RULE,
            &format!("{feeds} x = truth a, rule source-priority a\n t.x: author !! duplicate-feed"),
        );
    }

    #[test]
    fn different_partitions_and_parts_are_silence() {
        assert_findings(
            &RULE,
            "b.x: partition FR
             a -> t : x | partition DE
             b -> t : x
             a -> u : x.head
             b -> u : x.lines
             a -> v : x | partition DE
             c -> v : x.lines
             c -> w : x.lines
             a -> z : x.head | partition DE
             c -> z : x.lines | partition DE
             a -> w : x | partition DE
             y = truth a partition DE, truth b partition FR, truth b partition IT
             a -> t : y
             b -> t : y",
        );
        assert_findings(
            &RULE,
            "y = truth a partition DE, truth b partition FR, truth b
             t.y: reader            !! duplicate-feed
             a -> t : y
             b -> t : y",
        );
        let overlapping = "t.x: reader   !! duplicate-feed\n a -> t : x | partition DE\n";
        assert_findings(&RULE, &format!("{overlapping} b -> t : x | partition DE"));
        assert_findings(&RULE, &format!("{overlapping} b.x: partition FR\n b -> t : x | partition DE"));
        assert_findings(&RULE, &format!("{overlapping} b -> t : x"));
        assert_eq!(
            messages(&RULE, "a -> t : x | partition DE\n b -> t : x"),
            ["t receives x from a and b. The order of arrival decides what it shows."]
        );
        assert_findings(&RULE, "t.x: reader   !! duplicate-feed\n a -> t : x.head\n b -> t : x");
        assert_findings(&RULE, &format!("{overlapping} b -> t : x.head | partition DE"));
        assert_findings(
            &RULE,
            "t.x: reader   !! duplicate-feed\n a -> t : x.head\n b -> t : x.head | partition DE",
        );
    }

    #[test]
    fn field_groups_of_the_senders_do_not_tell_feeds_apart() {
        assert_findings(
            &RULE,
            "y = truth a group price, truth b group stock
             t.y: reader            !! duplicate-feed
             a -> t : y
             b -> t : y",
        );
    }

    #[test]
    fn only_the_feeds_that_overlap_are_named() {
        let text = "a -> t : x | partition DE\n b -> t : x | partition FR\n c -> t : x | partition DE";
        assert_eq!(
            messages(&RULE, text),
            ["t receives x from a and c. The order of arrival decides what it shows."]
        );
    }

    #[test]
    fn the_feed_that_is_nearest_to_the_truth_is_kept() {
        assert_fix(
            &RULE,
            "x = truth z
             z -> b : x
             b -> t : x
             c -> t : x, y | id more
             a -> t : x | id gone
             z -> m : x
             m -> n : x
             n -> c : x",
            "Keep only the feed of x from b",
            "x = truth z
             z -> b : x
             b -> t : x
             c -> t : y | id more
             a: integrate
             z -> m : x
             m -> n : x
             n -> c : x",
        );
        let no_truth = "a -> t : x\n b -> t : x";
        assert_eq!(fix_titles(&RULE, no_truth), ["Say which region of x each of a and b feeds"]);
    }

    #[test]
    fn feeds_are_merged_in_a_hub_that_decides() {
        let text = "bus: hub, canonical
             x = truth a
             a -> t via bus : x | id at
             b -> t : x | id bt";
        assert_fix(
            &RULE,
            text,
            "Merge the feeds of x in bus",
            "bus: hub, canonical
             x = truth a, rule hub-decides
             a -> t via bus : x | id at
             b -> t via bus : x | id bt",
        );
        let decided = text.replace("truth a", "truth a, rule source-priority a");
        assert!(!fix_titles(&RULE, &decided).iter().any(|title| title.starts_with("Merge")));
        let waiting = text.replace("id bt", "id bt, sync");
        assert!(!fix_titles(&RULE, &waiting).iter().any(|title| title.starts_with("Merge")));
        let apart = text.replace("truth a", "truth a, rule hub-decides");
        assert_findings(&RULE, &format!("{apart}\n t.x: reader !! duplicate-feed"));
    }
}
