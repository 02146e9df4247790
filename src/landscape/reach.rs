//! Who reaches whom: components, all-pairs reachability by bit sets, shortest paths.

use std::collections::VecDeque;

use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};

/// The strongly connected components, each sorted, in reverse topological order.
#[must_use]
pub fn components<N, E>(graph: &DiGraph<N, E>) -> Vec<Vec<usize>> {
    let sorted = |component: Vec<NodeIndex>| {
        let mut places: Vec<_> = component.into_iter().map(NodeIndex::index).collect();
        places.sort_unstable();
        places
    };
    tarjan_scc(graph).into_iter().map(sorted).collect()
}

/// For every node the set of nodes that it reaches, itself included.
#[derive(Debug)]
pub struct Reach {
    component_of: Vec<usize>,
    reached: Vec<Vec<u64>>,
}

impl Reach {
    /// All-pairs reachability: bit sets over components, one pass.
    #[must_use]
    pub fn new<N, E>(graph: &DiGraph<N, E>) -> Self {
        let components = components(graph);
        let mut component_of = vec![0; graph.node_count()];
        for (number, component) in components.iter().enumerate() {
            for &node in component {
                component_of[node] = number;
            }
        }
        let words = graph.node_count().div_ceil(64);
        let mut reached: Vec<Vec<u64>> = Vec::with_capacity(components.len());
        for (number, component) in components.iter().enumerate() {
            let mut set = vec![0_u64; words];
            for &node in component {
                set[node / 64] |= 1 << (node % 64);
                for next in graph.neighbors(NodeIndex::new(node)).map(|next| component_of[next.index()]) {
                    if next != number {
                        set.iter_mut().zip(&reached[next]).for_each(|(mine, theirs)| *mine |= theirs);
                    }
                }
            }
            reached.push(set);
        }
        Self { component_of, reached }
    }

    /// Whether one node reaches another. A node reaches itself.
    #[must_use]
    pub fn reaches(&self, from: usize, to: usize) -> bool {
        self.reached[self.component_of[from]][to / 64] >> (to % 64) & 1 == 1
    }

    /// Whether two nodes reach each other.
    #[must_use]
    pub fn has_circle(&self) -> bool {
        self.reached.len() < self.component_of.len()
    }

    /// Number of nodes that a node reaches, itself included.
    #[must_use]
    pub fn count(&self, from: usize) -> usize {
        self.reached[self.component_of[from]].iter().map(|word| word.count_ones() as usize).sum()
    }
}

/// The shortest path between one of several sources and a node, both ends included; of equal ones the
/// first by place.
#[must_use]
pub fn shortest_path<N, E>(graph: &DiGraph<N, E>, sources: &[usize], to: usize) -> Option<Vec<usize>> {
    PathsFrom::new(graph, sources).to(to)
}

/// The shortest paths from the nearest of several sources; of equal ones the first by place.
#[derive(Debug)]
pub(super) struct PathsFrom {
    /// The node before each that is reached; a source is before itself.
    before: Vec<Option<usize>>,
}

impl PathsFrom {
    /// One breadth-first search.
    pub(super) fn new<N, E>(graph: &DiGraph<N, E>, sources: &[usize]) -> Self {
        let mut before: Vec<Option<usize>> = vec![None; graph.node_count()];
        let mut queue: VecDeque<_> = sources.iter().copied().collect();
        for &source in sources {
            before[source] = Some(source);
        }
        let mut next = Vec::new();
        while let Some(node) = queue.pop_front() {
            next.extend(graph.neighbors(NodeIndex::new(node)).map(NodeIndex::index));
            next.sort_unstable();
            for next in next.drain(..) {
                if before[next].is_none() {
                    before[next] = Some(node);
                    queue.push_back(next);
                }
            }
        }
        Self { before }
    }

    /// The path to a node, both ends included.
    pub(super) fn to(&self, to: usize) -> Option<Vec<usize>> {
        self.before[to].map(|_| path_back(&self.before, to))
    }

    /// Number of steps to a node.
    pub(super) fn steps(&self, to: usize) -> Option<usize> {
        let earlier = |node: &usize| self.before[*node].filter(|before| before != node);
        self.before[to].map(|_| std::iter::successors(Some(to), earlier).count() - 1)
    }
}

fn path_back(before: &[Option<usize>], to: usize) -> Vec<usize> {
    let mut path = vec![to];
    let mut node = to;
    while let Some(earlier) = before[node].filter(|&earlier| earlier != node) {
        path.push(earlier);
        node = earlier;
    }
    path.reverse();
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(edges: &[(u32, u32)]) -> DiGraph<(), ()> {
        DiGraph::from_edges(edges)
    }

    #[test]
    fn a_node_reaches_itself_and_what_follows() {
        let reach = Reach::new(&graph(&[(0, 1), (1, 2), (2, 1), (3, 0)]));
        assert!(reach.reaches(0, 2) && reach.reaches(3, 2) && reach.reaches(2, 2));
        assert!(!reach.reaches(1, 0));
        assert_eq!((reach.count(0), reach.count(2), reach.count(3)), (3, 2, 4));
    }

    #[test]
    fn of_several_sources_the_nearest_counts() {
        let graph = graph(&[(0, 1), (1, 2), (2, 3), (4, 3)]);
        assert_eq!(shortest_path(&graph, &[0, 4], 3), Some(vec![4, 3]));
        assert_eq!(shortest_path(&graph, &[3], 0), None);
        assert_eq!(shortest_path(&graph, &[0], 0), Some(vec![0]));
    }
}
