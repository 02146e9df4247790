//! The graphs of links, calls and dependencies at a stage, as petgraph graphs whose nodes are the places
//! of systems.

use petgraph::graph::{DiGraph, NodeIndex, UnGraph};

use crate::model::{Initiator, Timing};

use super::{Index, Landscape};

/// Physical links: system–hub–system for mediated flows, each pair once. Node weights are places.
pub type LinkGraph = UnGraph<usize, ()>;

/// The link graph of a stage, with every standing system and hub as a node.
#[must_use]
pub fn link_graph(index: &Index<'_>, landscape: &Landscape<'_>) -> LinkGraph {
    let mut graph = LinkGraph::default();
    let nodes: Vec<_> = (0..index.systems.len())
        .map(|place| landscape.stands(place).then(|| graph.add_node(place)))
        .collect();
    for (a, b) in each_pair_once(landscape.flows.iter().flat_map(|&flow| hops(index, flow))) {
        if let (Some(a), Some(b)) = (nodes[a], nodes[b]) {
            graph.add_edge(a, b, ());
        }
    }
    graph
}

/// Pairs of places in order, each once. Packed in one word they are sorted in half the time.
pub(super) fn each_pair_once(pairs: impl Iterator<Item = (usize, usize)>) -> Vec<(usize, usize)> {
    let mut packed: Vec<u64> = pairs.map(|(a, b)| (a as u64) << 32 | b as u64).collect();
    packed.sort_unstable();
    packed.dedup();
    packed.into_iter().map(|pair| ((pair >> 32) as usize, (pair & u64::from(u32::MAX)) as usize)).collect()
}

/// The physical hops of a flow, each as (smaller place, larger place).
pub(super) fn hops<'a>(index: &'a Index<'_>, flow: usize) -> impl Iterator<Item = (usize, usize)> + 'a {
    let entry = &index.flows[flow];
    let mut path = [entry.from].into_iter().chain(entry.via.iter().copied()).chain([entry.to]).flatten();
    let mut last = path.next();
    path.filter_map(move |next| {
        let before = last.replace(next).filter(|before| *before != next)?;
        Some((before.min(next), before.max(next)))
    })
}

/// Caller to callee for synchronous flows; edge weights are flows.
#[must_use]
pub fn call_graph(index: &Index<'_>, landscape: &Landscape<'_>) -> DiGraph<(), usize> {
    let calls = landscape.flows.iter().filter_map(|&flow| {
        let entry = &index.flows[flow];
        let (from, to) = (entry.from?, entry.to?);
        match (entry.flow.timing?, entry.flow.initiator) {
            (Timing::Sync, Initiator::From) => Some((from, to, flow)),
            (Timing::Sync, Initiator::To) => Some((to, from, flow)),
            _ => None,
        }
    });
    directed(index.systems.len(), calls)
}

/// Who is touched by a change of whom: caller to callee for synchronous flows, else receiver to sender,
/// two-way both ways. Flows via a canonical hub are left out unless `through_canonical_hubs`.
#[must_use]
pub fn dependency_graph(
    index: &Index<'_>,
    landscape: &Landscape<'_>,
    through_canonical_hubs: bool,
) -> DiGraph<(), usize> {
    let is_cut = |flow: &&usize| {
        let is_canonical =
            |hub: &Option<usize>| hub.is_some_and(|hub| index.systems[hub].system.is_canonical_hub());
        through_canonical_hubs || !index.flows[**flow].via.iter().any(is_canonical)
    };
    let mut edges = Vec::new();
    for &flow in landscape.flows.iter().filter(is_cut) {
        let entry = &index.flows[flow];
        let (Some(from), Some(to)) = (entry.from, entry.to) else { continue };
        let goes_forward =
            entry.flow.carries.is_empty() || entry.carries.iter().any(|(_, p)| p.direction.goes_forward());
        let goes_back = entry.carries.iter().any(|(_, payload)| payload.direction.goes_back());
        if goes_forward && goes_back {
            edges.extend([(from, to, flow), (to, from, flow)]);
        } else if entry.flow.timing == Some(Timing::Sync) {
            let is_called_back = entry.flow.initiator == Initiator::To;
            edges.push(if is_called_back { (to, from, flow) } else { (from, to, flow) });
        } else {
            edges.push(if goes_forward { (to, from, flow) } else { (from, to, flow) });
        }
    }
    directed(index.systems.len(), edges)
}

fn directed(nodes: usize, edges: impl IntoIterator<Item = (usize, usize, usize)>) -> DiGraph<(), usize> {
    let mut graph = DiGraph::with_capacity(nodes, 0);
    for _ in 0..nodes {
        graph.add_node(());
    }
    for (from, to, flow) in edges {
        graph.add_edge(NodeIndex::new(from), NodeIndex::new(to), flow);
    }
    graph
}
