//! Calls that wait for calls: long chains, chains that are down too often, and circles.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::edit::{Edit, change_system};
use crate::landscape::{CyclicGroup, call_graph, components};
use crate::model::{Initiator, Role};
use crate::rules::technique::as_event;
use crate::rules::{
    Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, Subject, Threshold, View, listed,
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "sync-chain",
    title: "Chain of waiting calls",
    family: Family::Flow,
    severity: "warning; error for a circle",
    pillar: Pillar::Reliability,
    when: "In the graph of synchronous calls, circles taken as one: the longest path has three calls or more; of \
           several, the first by id. Or the availabilities of the systems and hubs on the longest path that \
           starts at a system with an availability target, multiplied, are below that target; only where all \
           of them are known, and where the path is no part of another that is too often down. Each circle of \
           calls is an error. A hub counts for the availability and is no call.",
    why: "Who waits is only as available and as quick as everything behind it together: three systems with \
          99.9 % make 99.7 %. In a circle, a call can wait for itself.",
    what_to_do: "Turn a call into an event, keep a copy where the answer is needed, or read where the data \
                 stands.",
    not_when: "Two calls in a row are normal.",
    source: "Guides for distributed applications: do not chain synchronous calls; the availability of a chain \
             is the product of the availabilities.",
    thresholds: &[Threshold {
        name: "calls",
        default: 3.0,
        unit: "calls",
        reason: "two calls in a row are normal",
    }],
    looks_at: LooksAt::EachStage,
    check,
    fixes,
};

/// The calls of a stage, circles taken as one.
struct Calls {
    /// Edge weights are flows.
    graph: DiGraph<(), usize>,
    /// The groups of systems that call each other in circles, and the systems alone; each after those that
    /// it calls.
    groups: Vec<Vec<usize>>,
    /// By group: the longest path from it.
    longest: Vec<Longest>,
}

/// One call, by its flow.
#[derive(Clone, Copy)]
struct Call {
    flow: usize,
    from: usize,
    to: usize,
}

/// The longest path from a group: how many calls, and the first of them with the group that it leads to.
#[derive(Clone, Copy, Default)]
struct Longest {
    calls: usize,
    first: Option<(Call, usize)>,
}

/// Calls that wait for each other, in order.
struct Chain(Vec<Call>);

impl Calls {
    fn of(view: &View<'_, '_>) -> Self {
        let graph = call_graph(view.index(), view.landscape());
        let groups = components(&graph);
        let mut group_of = vec![0; graph.node_count()];
        for (number, group) in groups.iter().enumerate() {
            for &system in group {
                group_of[system] = number;
            }
        }
        let mut longest: Vec<Longest> = Vec::with_capacity(groups.len());
        for (number, group) in groups.iter().enumerate() {
            let calls = group.iter().flat_map(|&system| graph.edges(NodeIndex::new(system)));
            let calls = calls.map(|call| {
                let (from, to) = (call.source().index(), call.target().index());
                (Call { flow: *call.weight(), from, to }, group_of[to])
            });
            // Of equally long ones the one to the group that is first by id, then the first flow.
            let rank =
                |(call, next): &(Call, usize)| (Reverse(longest[*next].calls), groups[*next][0], call.flow);
            let first = calls.filter(|(_, next)| *next != number).min_by_key(rank);
            let calls = first.map_or(0, |(_, next)| longest[next].calls + 1);
            longest.push(Longest { calls, first });
        }
        Self { graph, groups, longest }
    }

    /// The longest path from a group: the calls, each with the group that it leads to.
    fn steps(&self, group: usize) -> impl Iterator<Item = (Call, usize)> {
        std::iter::successors(self.longest[group].first, |(_, next)| self.longest[*next].first)
    }

    fn chain(&self, group: usize) -> Chain {
        Chain(self.steps(group).map(|(call, _)| call).collect())
    }

    /// The chains to report: the longest of all, where it is too long, and those that are too often down. The
    /// longest path from a system on one that is, is the rest of it, and no chain of its own.
    fn bad_chains(&self, view: &View<'_, '_>) -> Vec<Chain> {
        let first_by_id = |group: &usize| Reverse(self.groups[*group][0]);
        let longest =
            (0..self.groups.len()).max_by_key(|group| (self.longest[*group].calls, first_by_id(group)));
        let too_long = longest.filter(|group| self.longest[*group].calls as f64 >= view.threshold("calls"));
        let too_often_down = (0..self.groups.len()).filter(|group| {
            let [system] = self.groups[*group][..] else { return false };
            let target = view.index().systems[system].system.availability_target;
            target.is_some() && Some(*group) != too_long && self.chain(*group).misses_target(view)
        });
        let bad: Vec<_> = too_long.into_iter().chain(too_often_down).collect();
        let down = bad.iter().filter(|&&group| self.chain(group).misses_target(view));
        let on_the_way: BTreeSet<_> =
            down.flat_map(|&group| self.steps(group)).map(|(_, next)| next).collect();
        bad.into_iter().filter(|group| !on_the_way.contains(group)).map(|group| self.chain(group)).collect()
    }

    /// The groups in which calls can wait for themselves.
    fn circles(&self) -> Vec<CyclicGroup> {
        let calls = self.graph.edge_references();
        CyclicGroup::all(calls.map(|call| (call.source().index(), call.target().index())))
    }

    /// All synchronous flows by which one system calls another.
    fn flows_between(&self, from: usize, to: usize) -> Vec<usize> {
        let calls = self.graph.edges_connecting(NodeIndex::new(from), NodeIndex::new(to));
        let mut flows: Vec<_> = calls.map(|call| *call.weight()).collect();
        flows.sort_unstable();
        flows
    }
}

impl Chain {
    /// Those that call and are called, in order.
    fn systems(&self) -> Vec<usize> {
        let mut systems: Vec<_> = self.0.iter().flat_map(|call| [call.from, call.to]).collect();
        systems.dedup();
        systems
    }

    /// At best so many percent; `None` where one availability is not known.
    fn availability(&self, view: &View<'_, '_>) -> Option<f64> {
        let index = view.index();
        let hubs = self.0.iter().flat_map(|call| index.flows[call.flow].via.iter().copied().flatten());
        let places: BTreeSet<_> = self.systems().into_iter().chain(hubs).collect();
        let shares = places.iter().map(|&place| index.systems[place].system.availability);
        let product: Option<f64> = shares.map(|share| share.map(|percent| percent / 100.0)).product();
        product.map(|share| share * 100.0)
    }

    fn target(&self, view: &View<'_, '_>) -> Option<f64> {
        view.index().systems[self.0.first()?.from].system.availability_target
    }

    fn misses_target(&self, view: &View<'_, '_>) -> bool {
        let both = self.target(view).zip(self.availability(view));
        both.is_some_and(|(target, availability)| availability < target)
    }

    fn message(&self, view: &View<'_, '_>) -> String {
        let calls = self.0.len();
        let wait =
            if calls == 1 { "1 call waits".to_owned() } else { format!("{calls} calls wait for each other") };
        let at_best =
            self.availability(view).map(|percent| format!("; at best {} % available", share(percent)));
        let needed = self.target(view).filter(|_| self.misses_target(view));
        let first = view.index().system_name(self.0[0].from);
        let needed = needed.map(|target| format!(", and {first} needs {target} %"));
        let (at_best, needed) = (at_best.unwrap_or_default(), needed.unwrap_or_default());
        format!("{}: {wait}{at_best}{needed}.", view.path(&self.systems()))
    }
}

/// A share in percent, cut off after two places: never more than it is.
fn share(percent: f64) -> f64 {
    (percent * 100.0 + 1e-6).floor() / 100.0
}

fn check(view: &View<'_, '_>, report: &mut Report) {
    let calls = Calls::of(view);
    for circle in calls.circles() {
        let others = match circle.circle() {
            path if path.len() - 1 < circle.systems.len() => {
                format!("{}, and others among {}", view.path(&path), view.names(&circle.systems))
            }
            path => view.path(&path),
        };
        let message = format_args!("{others}: these calls can wait for themselves.");
        report.add(Severity::Error, subjects(view, &circle.systems), message);
    }
    for chain in calls.bad_chains(view) {
        report.add(Severity::Warning, subjects(view, &chain.systems()), chain.message(view));
    }
}

fn subjects(view: &View<'_, '_>, systems: &[usize]) -> Vec<Subject> {
    systems.iter().map(|&system| view.system(system)).collect()
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let calls = Calls::of(view);
    let is_it = |systems: &[usize]| subjects(view, systems) == finding.subjects;
    if let Some(circle) = calls.circles().into_iter().find(|circle| is_it(&circle.systems)) {
        let back = circle.steps_back(&[]);
        return vec![as_events(view, &calls, &back.into_iter().collect::<Vec<_>>())];
    }
    let Some(chain) = calls.bad_chains(view).into_iter().find(|chain| is_it(&chain.systems())) else {
        return Vec::new();
    };
    let mut fixes = vec![as_events(view, &calls, &calls_to_turn(view, &chain))];
    fixes.extend(cache(view, &calls, &chain));
    fixes.extend(chain.0.last().map(|last| {
        let name = view.index().system_name(last.to);
        let title = format!("Read from {name} where the data stands instead of chaining");
        Fix::open(title, Place::Inspector(view.flow(last.flow)))
    }));
    fixes
}

/// The calls without which no piece of the chain is too long: each third one, which of three is the last; the
/// first piece is shorter where its availability asks for it.
fn calls_to_turn(view: &View<'_, '_>, chain: &Chain) -> Vec<(usize, usize)> {
    let too_many = view.threshold("calls");
    let mut turned = Vec::new();
    let mut length = 0.0;
    for (place, call) in chain.0.iter().enumerate() {
        let piece = Chain(chain.0[..=place].to_vec());
        length += 1.0;
        if length >= too_many || (turned.is_empty() && piece.misses_target(view)) {
            turned.push((call.from, call.to));
            length = 0.0;
        }
    }
    turned
}

fn as_events(view: &View<'_, '_>, calls: &Calls, turned: &[(usize, usize)]) -> Fix {
    let names: Vec<_> = turned.iter().map(|&(from, to)| view.path(&[from, to])).collect();
    let title = match names.as_slice() {
        [only] => format!("Turn the call {only} into an event"),
        names if names.len() <= 3 => {
            format!(
                "Turn the calls {} into events",
                listed(&names.iter().map(String::as_str).collect::<Vec<_>>())
            )
        }
        names => format!("Turn {} calls into events", names.len()),
    };
    let flows: BTreeSet<_> = turned.iter().flat_map(|&(from, to)| calls.flows_between(from, to)).collect();
    let initiator = |flow: usize| view.index().flows[flow].flow.initiator;
    Fix::edits(title, flows.into_iter().filter_map(|flow| as_event(view, flow, initiator(flow))))
}

/// Keeps a copy at the first system, where the first call only asks: what it asks for is sent to it instead.
fn cache(view: &View<'_, '_>, calls: &Calls, chain: &Chain) -> Option<Fix> {
    let index = view.index();
    let &Call { from: first, to: second, .. } = chain.0.first()?;
    let flows = calls.flows_between(first, second);
    let only_asks = |flow: &usize| {
        let is_start = index.flows[*flow].from == Some(first);
        let mut ways = index.flows[*flow].carries.iter().map(|(_, payload)| payload.direction).peekable();
        ways.peek().is_some() && ways.all(|way| if is_start { !way.goes_forward() } else { !way.goes_back() })
    };
    if !flows.iter().all(only_asks) {
        return None;
    }
    let carried: BTreeSet<_> =
        flows.iter().flat_map(|&flow| index.flows[flow].carries.iter().map(|(domain, _)| *domain)).collect();
    let names: Vec<_> = carried.iter().map(|&domain| index.domain_name(domain)).collect();
    let title = format!("Keep a copy of {} at {}", listed(&names), index.system_name(first));
    let mut edits: Vec<Edit> = Vec::new();
    for &flow in &flows {
        let sender = if index.flows[flow].from == Some(first) { Initiator::To } else { Initiator::From };
        edits.extend(as_event(view, flow, sender));
    }
    edits.extend(change_system(index.plan, index.systems[first].id, |system| {
        for &domain in &carried {
            let holding = system.holdings.entry(index.domains[domain].0.clone()).or_default();
            holding.role.get_or_insert(Role::Reader);
            holding.is_virtual = false;
        }
    }));
    Some(Fix::edits(title, edits))
}

#[cfg(test)]
mod tests;
