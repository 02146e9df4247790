//! Too many direct links for the number of systems.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeSet;

use foldhash::HashMap;

use crate::edit::{Edit, apply};
use crate::landscape::FlowEntry;
use crate::rules::hubs::{Detour, can_be_led, counted, ends};
use crate::rules::{
    Facts, Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, Subject, Threshold, View,
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "p2p-sprawl",
    title: "Point-to-point sprawl",
    family: Family::Sprawl,
    severity: "warning, error",
    pillar: Pillar::OperationalExcellence,
    when: "Let L be the distinct pairs of systems linked directly and S the systems with such a link; hubs are \
           none of them, and the systems of one suite count as one. Warning: S ≥ 5 and L > S. Error: \
           S ≥ 8 and L ≥ 2S, or S ≥ 5 and L fills half of all pairs or more.",
    why: "Links between each pair grow quadratically, n(n−1)/2: ten systems can have 45, twenty 190. A change \
          in any system can break several of them.",
    what_to_do: "Lead the links of shared data through a hub, or accept them for now with a date. For mappings a \
                 hub pays only where many publish and many subscribe, (publishers−1)·(subscribers−1) > 1: the \
                 fix takes such domains first and tells the numbers before and after.",
    not_when: "Two or three stable systems. Products of one vendor's suite with native connectors: give them \
               the same `suite`.",
    source: "Hub-and-spoke instead of point-to-point; a hub pays once three or more systems share data \
             (DAMA-DMBOK), in practice above four.",
    thresholds: &[
        Threshold { name: "systems", default: 5.0, unit: "systems", reason: "below, direct links are fine" },
        Threshold {
            name: "error-systems",
            default: 8.0,
            unit: "systems",
            reason: "a landscape of some size",
        },
        Threshold {
            name: "error-ratio",
            default: 2.0,
            unit: "links per system",
            reason: "twice what a hub needs",
        },
        Threshold {
            name: "error-fill",
            default: 0.5,
            unit: "share of all pairs",
            reason: "half of a full mesh",
        },
    ],
    looks_at: LooksAt::EachStage,
    check,
    fixes,
};

fn check(view: &View<'_, '_>, report: &mut Report) {
    let links = DirectLinks::of(view);
    let Some(severity) = links.severity(view) else { return };
    let (count, systems) = (links.link_count, links.node_count);
    let message = format_args!("{count} direct links between {systems} systems. A hub would need {systems}.");
    report.add_related(severity, [Subject::Landscape], linked_systems(view, &links), message);
}

/// The systems with a direct link, each product of a suite by itself.
fn linked_systems(view: &View<'_, '_>, links: &DirectLinks) -> Vec<Subject> {
    let index = view.index();
    let mut is_linked = vec![false; index.systems.len()];
    let direct = index.flows.iter().zip(&links.by_flow).filter(|(_, link)| link.is_some());
    for end in direct.flat_map(|(entry, _)| ends(entry)) {
        is_linked[end] = true;
    }
    (0..is_linked.len()).filter(|&place| is_linked[place]).map(|place| view.system(place)).collect()
}

/// By system: the node that it is. That is its place, or the place of the first of its suite, which may be a hub;
/// hubs themselves are none.
fn nodes(view: &View<'_, '_>) -> Vec<Option<usize>> {
    let mut suites = HashMap::default();
    let systems = view.index().systems.iter().map(|entry| entry.system).enumerate();
    systems
        .map(|(place, system)| {
            let suite = system.suite.as_str();
            let node = if suite.is_empty() { place } else { *suites.entry(suite).or_insert(place) };
            (!system.is_hub()).then_some(node)
        })
        .collect()
}

/// Two nodes in order.
type Link = (usize, usize);

/// The link of a flow, if it is a direct one.
fn link(nodes: &[Option<usize>], entry: &FlowEntry<'_>) -> Option<Link> {
    let (a, b) = (nodes[entry.from?]?, nodes[entry.to?]?);
    (entry.flow.is_direct() && a != b).then(|| (a.min(b), a.max(b)))
}

/// The direct links of a stage, counted so that flows can be taken out one by one.
struct DirectLinks {
    /// Number of links that are left.
    link_count: usize,
    /// Number of nodes that have one.
    node_count: usize,
    /// By flow: its link.
    by_flow: Vec<Option<Link>>,
    /// Number of flows that are left of each link, in order.
    flows_of: Vec<(Link, usize)>,
    /// By node: number of its links that are left.
    links_of: Vec<usize>,
}

impl DirectLinks {
    fn of(view: &View<'_, '_>) -> Self {
        let (entries, nodes) = (&view.index().flows, nodes(view));
        let mut by_flow = vec![None; entries.len()];
        for &flow in &view.landscape().flows {
            by_flow[flow] = link(&nodes, &entries[flow]);
        }
        let mut links: Vec<_> = by_flow.iter().copied().flatten().collect();
        links.sort_unstable();
        let flows_of: Vec<_> = links.chunk_by(|a, b| a == b).map(|flows| (flows[0], flows.len())).collect();
        let mut links_of = vec![0; nodes.len()];
        for &((a, b), _) in &flows_of {
            links_of[a] += 1;
            links_of[b] += 1;
        }
        let node_count = links_of.iter().filter(|&&links| links > 0).count();
        Self { link_count: flows_of.len(), node_count, by_flow, flows_of, links_of }
    }

    fn take_out(&mut self, flow: usize) {
        let Some(link) = self.by_flow[flow].take() else { return };
        let Ok(place) = self.flows_of.binary_search_by_key(&link, |(link, _)| *link) else { return };
        self.flows_of[place].1 -= 1;
        if self.flows_of[place].1 == 0 {
            self.link_count -= 1;
            for node in [link.0, link.1] {
                self.links_of[node] -= 1;
                self.node_count -= usize::from(self.links_of[node] == 0);
            }
        }
    }

    fn severity(&self, view: &View<'_, '_>) -> Option<Severity> {
        let (links, nodes) = (self.link_count as f64, self.node_count as f64);
        let is_dense = nodes >= view.threshold("systems")
            && links / (nodes * (nodes - 1.0) / 2.0) >= view.threshold("error-fill");
        let is_large =
            nodes >= view.threshold("error-systems") && links >= view.threshold("error-ratio") * nodes;
        if is_dense || is_large {
            Some(Severity::Error)
        } else {
            (nodes >= view.threshold("systems") && links > nodes).then_some(Severity::Warning)
        }
    }
}

fn fixes(view: &View<'_, '_>, _: &Finding) -> Vec<Fix> {
    re_route(view).into_iter().chain([choose_links(view)]).collect()
}

/// Leads as many flows as are needed through a hub.
fn re_route(view: &View<'_, '_>) -> Option<Fix> {
    let led = flows_to_lead(view)?;
    let detour = Detour::through_best_hub(view, &led);
    let direct = DirectLinks::of(view);
    let links: BTreeSet<_> = led.iter().filter_map(|&flow| direct.by_flow[flow]).collect();
    let what = if detour.is_new() {
        format!("Insert a hub and re-route these {}", counted(links.len(), "link"))
    } else {
        format!("Lead {} through {}", counted(led.len(), "flow"), detour.name)
    };
    let edits = detour.edits(view, &led);
    let outcome = outcome(view, &edits).map(|outcome| format!(" ({outcome})"));
    Some(Fix::edits(what + &outcome.unwrap_or_default(), edits))
}

/// Shows the flows of the direct links, for somebody to choose among them.
fn choose_links(view: &View<'_, '_>) -> Fix {
    let direct = DirectLinks::of(view);
    let flows = (0..direct.by_flow.len()).filter(|&flow| direct.by_flow[flow].is_some());
    let subjects = flows.map(|flow| view.flow(flow)).collect();
    let title = format!("Choose which of the {} direct links to re-route", direct.link_count);
    Fix::open(title, Place::Selection { at: view.at, subjects })
}

/// The numbers before and after: what a hub saves in links it often costs in mappings, and then that is said.
fn outcome(view: &View<'_, '_>, edits: &[Edit]) -> Option<String> {
    let plan = apply(view.index().plan, edits.iter().cloned()).ok()?;
    let facts = Facts::new(&plan);
    let (before, after) = (view.structure(), facts.structure(view.at));
    let change = |what: &str, before: usize, after: usize| match before.cmp(&after) {
        Ordering::Less => format!("{what} rise from {before} to {after}"),
        Ordering::Equal => format!("{what} stay at {before}"),
        Ordering::Greater => format!("{what} fall from {before} to {after}"),
    };
    Some(format!(
        "{}, {}, {}",
        change("direct links", before.direct_links, after.direct_links),
        change("all links", before.links, after.links),
        change("mappings", before.mappings, after.mappings)
    ))
}

/// What a hub could take over of one domain.
#[derive(Default)]
struct Share {
    flows: BTreeSet<usize>,
    pairs: BTreeSet<(usize, usize)>,
}

impl Share {
    /// Whether one mapping for each publisher and each subscriber is less than one for each pair. Where all
    /// are paired that is p·s > p + s, or (p−1)·(s−1) > 1; sparse pairs need a hub less.
    fn pays(&self) -> bool {
        let publishers: BTreeSet<_> = self.pairs.iter().map(|(from, _)| from).collect();
        let subscribers: BTreeSet<_> = self.pairs.iter().map(|(_, to)| to).collect();
        self.pairs.len() > publishers.len() + subscribers.len()
    }
}

/// The flows whose way through a hub ends the sprawl: domain by domain, those for which the hub pays first,
/// then the one with most flows. Flows on which somebody waits and virtual ones stay direct.
fn flows_to_lead(view: &View<'_, '_>) -> Option<Vec<usize>> {
    let index = view.index();
    let mut shares: Vec<_> = index.domains.iter().map(|_| Share::default()).collect();
    for edge in view.landscape().edges().filter(|edge| can_be_led(index.flows[edge.flow].flow)) {
        let share = &mut shares[edge.domain];
        share.flows.insert(edge.flow);
        share.pairs.insert((edge.from, edge.to));
    }
    shares.sort_by_cached_key(|share| Reverse((share.pays(), share.flows.len())));
    let (mut led, mut links) = (BTreeSet::new(), DirectLinks::of(view));
    for share in shares {
        for flow in share.flows {
            if led.insert(flow) {
                links.take_out(flow);
            }
        }
        if links.severity(view).is_none() {
            return Some(led.into_iter().collect());
        }
    }
    None
}

#[cfg(test)]
mod tests;
