//! The domain graph: how the records of one domain travel at a stage. Directed and logical: a hub is
//! no hop. Only systems that send or receive the domain are in it.

use std::sync::OnceLock;

use petgraph::algo::spfa;
use petgraph::graph::{DiGraph, NodeIndex};

use super::reach::PathsFrom;
use super::{Edge, Reach};

/// The directed graph of one domain, or of a part of it.
#[derive(Debug)]
pub struct DomainGraph {
    /// The systems, by place and sorted; node `i` is `systems[i]`.
    systems: Vec<usize>,
    /// By node: whether it receives.
    receives: Vec<bool>,
    /// Sender and receiver as nodes, and the flow.
    edges: Vec<(usize, usize, usize)>,
    /// The same for searching paths, made when first asked for; edge weights are flows.
    graph: OnceLock<DiGraph<(), usize>>,
    reach: Reach,
}

impl DomainGraph {
    /// The graph of these edges.
    #[must_use]
    pub fn new<'a, 'p: 'a>(edges: impl IntoIterator<Item = &'a Edge<'p>>) -> Self {
        let mut edges: Vec<_> = edges.into_iter().map(|edge| (edge.from, edge.to, edge.flow)).collect();
        let mut systems: Vec<_> = edges.iter().flat_map(|(from, to, _)| [*from, *to]).collect();
        systems.sort_unstable();
        systems.dedup();
        let node = |system: usize| systems.partition_point(|&other| other < system);
        let mut receives = vec![false; systems.len()];
        for (from, to, _) in &mut edges {
            (*from, *to) = (node(*from), node(*to));
            receives[*to] = true;
        }
        let reach = Reach::of(systems.len(), edges.iter().map(|(from, to, _)| (*from, *to)));
        Self { systems, receives, edges, graph: OnceLock::new(), reach }
    }

    fn graph(&self) -> &DiGraph<(), usize> {
        self.graph.get_or_init(|| {
            let mut graph = DiGraph::with_capacity(self.systems.len(), self.edges.len());
            self.systems.iter().for_each(|_| _ = graph.add_node(()));
            for &(from, to, flow) in &self.edges {
                graph.add_edge(NodeIndex::new(from), NodeIndex::new(to), flow);
            }
            graph
        })
    }

    /// Whether records of one system arrive, over however many hops, at another. A system reaches itself.
    #[must_use]
    pub fn has_path(&self, from: usize, to: usize) -> bool {
        match (self.systems.binary_search(&from), self.systems.binary_search(&to)) {
            _ if from == to => true,
            (Ok(from), Ok(to)) => self.reach.reaches(from, to),
            _ => false,
        }
    }

    /// Number of systems in it.
    #[must_use]
    pub const fn size(&self) -> usize {
        self.systems.len()
    }

    /// Whether any two systems reach each other.
    #[must_use]
    pub const fn has_circle(&self) -> bool {
        self.reach.has_circle()
    }

    /// Whether two systems of the graph reach each other, or are one.
    #[must_use]
    pub fn are_in_a_circle(&self, one: usize, other: usize) -> bool {
        match (self.systems.binary_search(&one), self.systems.binary_search(&other)) {
            (Ok(one), Ok(other)) => self.reach.are_in_a_circle(one, other),
            _ => false,
        }
    }

    /// Whether a system receives the domain from any other, or from itself.
    #[must_use]
    pub fn receives(&self, system: usize) -> bool {
        self.systems.binary_search(&system).is_ok_and(|node| self.receives[node])
    }

    /// The shortest path from one of several systems to another, both ends included.
    #[must_use]
    pub fn shortest_path(&self, sources: &[usize], to: usize) -> Option<Vec<usize>> {
        self.shortest_paths(sources).to(to)
    }

    /// The shortest paths from the nearest of several systems to each that they reach.
    #[must_use]
    pub fn shortest_paths(&self, sources: &[usize]) -> ShortestPaths<'_> {
        let sources: Vec<_> =
            sources.iter().filter_map(|source| self.systems.binary_search(source).ok()).collect();
        ShortestPaths { systems: &self.systems, paths: PathsFrom::new(self.graph(), &sources) }
    }

    /// The quickest ways from a system to all that it reaches, where each flow takes some minutes.
    #[must_use]
    pub fn quickest_ways(&self, from: usize, minutes: impl Fn(usize) -> u32) -> QuickestWays {
        let start = self.systems.binary_search(&from).ok().map(NodeIndex::new);
        let cost = |flow: &usize| u64::from(minutes(*flow));
        let paths = start.and_then(|start| spfa(self.graph(), start, |edge| cost(edge.weight())).ok());
        let Some(paths) = paths else { return QuickestWays::default() };
        let reached = paths.distances.iter().zip(&paths.predecessors).zip(&self.systems);
        let reached = reached.filter(|((minutes, _), _)| **minutes < u64::MAX);
        let way = |before: &Option<NodeIndex>| before.map(|node| self.systems[node.index()]);
        QuickestWays(reached.map(|((minutes, before), system)| (*system, (*minutes, way(before)))).collect())
    }
}

/// The shortest paths from the nearest of several systems.
#[derive(Debug)]
pub struct ShortestPaths<'g> {
    systems: &'g [usize],
    paths: PathsFrom,
}

impl ShortestPaths<'_> {
    /// The path to a system, both ends included; `None` where none leads there.
    #[must_use]
    pub fn to(&self, system: usize) -> Option<Vec<usize>> {
        let path = self.paths.to(self.systems.binary_search(&system).ok()?)?;
        Some(path.into_iter().map(|node| self.systems[node]).collect())
    }

    /// Number of steps to a system; `None` where no path leads there.
    #[must_use]
    pub fn steps(&self, system: usize) -> Option<usize> {
        self.paths.steps(self.systems.binary_search(&system).ok()?)
    }
}

/// The quickest ways from one system: for each that it reaches the minutes, and from whom the last step is.
#[derive(Debug, Default)]
pub struct QuickestWays(Vec<(usize, (u64, Option<usize>))>);

impl QuickestWays {
    /// How many minutes it takes to a system; `None` where no way leads there.
    #[must_use]
    pub fn minutes(&self, to: usize) -> Option<u64> {
        self.way(to).map(|(minutes, _)| minutes)
    }

    fn way(&self, to: usize) -> Option<(u64, Option<usize>)> {
        let place = self.0.binary_search_by_key(&to, |(system, _)| *system).ok()?;
        Some(self.0[place].1)
    }

    /// The systems on the way to one, both ends included; empty where no way leads there.
    #[must_use]
    pub fn path(&self, to: usize) -> Vec<usize> {
        let last = self.way(to).map(|_| to);
        let mut path: Vec<_> = std::iter::successors(last, |&system| self.way(system)?.1).collect();
        path.reverse();
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quickest_way_counts_and_not_the_shortest() {
        // The flow's place is its minutes.
        let edge =
            |from, to, flow| Edge { flow, from, to, domain: 0, part: "", writes: true, is_guarded: false };
        let edges = [edge(1, 2, 60), edge(1, 3, 5), edge(3, 2, 0), edge(2, 1, 0), edge(4, 1, 0)];
        let ways = DomainGraph::new(&edges).quickest_ways(1, |flow| flow as u32);
        assert_eq!((ways.minutes(2), ways.path(2)), (Some(5), vec![1, 3, 2]));
        assert_eq!((ways.minutes(1), ways.path(1)), (Some(0), vec![1]));
        assert_eq!((ways.minutes(4), ways.path(4)), (None, vec![]));
        assert_eq!(DomainGraph::new(&edges).quickest_ways(7, |_| 1).minutes(7), None);
    }
}
