//! Who reaches whom: components, all-pairs reachability by bit sets, shortest paths.

use std::collections::VecDeque;

use petgraph::algo::{TarjanScc, tarjan_scc};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use super::graphs::each_pair_once;

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

/// The strongly connected component of each node, numbered in reverse topological order, and how many there are.
pub(super) fn component_of<N, E>(graph: &DiGraph<N, E>) -> (Vec<usize>, usize) {
    let mut component_of = vec![0; graph.node_count()];
    let mut components = 0;
    TarjanScc::new().run(graph, |component| {
        for node in component {
            component_of[node.index()] = components;
        }
        components += 1;
    });
    (component_of, components)
}

/// For every node the set of nodes that it reaches, itself included.
#[derive(Debug)]
pub struct Reach {
    /// By node: the number of its set. Nodes that reach each other may share one.
    set_of: Vec<usize>,
    has_circle: bool,
    /// So many words for each set: a bit for each node.
    words: usize,
    reached: Vec<u64>,
}

impl Reach {
    /// All-pairs reachability: bit sets over components, one pass.
    #[must_use]
    pub fn new<N, E>(graph: &DiGraph<N, E>) -> Self {
        let (component_of, components) = component_of(graph);
        let words = graph.node_count().div_ceil(64);
        let mut reached = vec![0_u64; components * words];
        for node in in_order(&component_of, components) {
            let number = component_of[node];
            let (done, open) = reached.split_at_mut(number * words);
            let set = &mut open[..words];
            set[node / 64] |= 1 << (node % 64);
            for next in graph.neighbors(NodeIndex::new(node)).map(|next| component_of[next.index()]) {
                if next != number {
                    let theirs = &done[next * words..(next + 1) * words];
                    set.iter_mut().zip(theirs).for_each(|(mine, theirs)| *mine |= theirs);
                }
            }
        }
        Self { has_circle: components < component_of.len(), set_of: component_of, words, reached }
    }

    /// The same of so many nodes and the edges between them. Most data domains have few systems: then a set is a
    /// word, and passes over the edges are quicker than looking for components.
    #[must_use]
    pub fn of(nodes: usize, edges: impl DoubleEndedIterator<Item = (usize, usize)> + Clone) -> Self {
        if nodes > 64 {
            let mut graph = DiGraph::<(), ()>::with_capacity(nodes, 0);
            (0..nodes).for_each(|_| _ = graph.add_node(()));
            graph.extend_with_edges(edges.map(|(from, to)| (NodeIndex::new(from), NodeIndex::new(to))));
            return Self::new(&graph);
        }
        let mut reached: Vec<u64> = (0..nodes).map(|node| 1 << node).collect();
        let mut is_done = false;
        while !is_done {
            is_done = true;
            for (from, to) in edges.clone().rev() {
                let both = reached[from] | reached[to];
                is_done &= both == reached[from];
                reached[from] = both;
            }
        }
        let mut steps = edges.filter(|(from, to)| from != to);
        let has_circle = steps.any(|(from, to)| reached[to] >> from & 1 == 1);
        Self { set_of: (0..nodes).collect(), has_circle, words: 1, reached }
    }

    /// Whether one node reaches another. A node reaches itself.
    #[must_use]
    pub fn reaches(&self, from: usize, to: usize) -> bool {
        self.set(from)[to / 64] >> (to % 64) & 1 == 1
    }

    /// Whether two nodes reach each other.
    #[must_use]
    pub const fn has_circle(&self) -> bool {
        self.has_circle
    }

    /// Whether two nodes reach each other, or are one.
    #[must_use]
    pub fn are_in_a_circle(&self, one: usize, other: usize) -> bool {
        self.reaches(one, other) && self.reaches(other, one)
    }

    /// Number of nodes that a node reaches, itself included.
    #[must_use]
    pub fn count(&self, from: usize) -> usize {
        self.set(from).iter().map(|word| word.count_ones() as usize).sum()
    }

    fn set(&self, from: usize) -> &[u64] {
        let number = self.set_of[from];
        &self.reached[number * self.words..(number + 1) * self.words]
    }
}

/// Nodes in the order of their components.
fn in_order(component_of: &[usize], components: usize) -> Vec<usize> {
    let mut next = vec![0; components + 1];
    for &number in component_of {
        next[number + 1] += 1;
    }
    for number in 0..components {
        next[number + 1] += next[number];
    }
    let mut nodes = vec![0; component_of.len()];
    for (node, &number) in component_of.iter().enumerate() {
        nodes[next[number]] = node;
        next[number] += 1;
    }
    nodes
}

/// For every node how many nodes it reaches, itself included. The same as counting in a [`Reach`], but a few
/// hundred nodes at a time, so that the sets of a large graph need not all be kept, and without sets for
/// those that reach nothing or that nothing reaches. Components as from [`component_of`].
pub(super) fn reach_counts<N, E>(
    graph: &DiGraph<N, E>,
    component_of: &[usize],
    components: usize,
) -> Vec<usize> {
    /// So many words are a cache line.
    const WORDS: usize = 8;
    let steps = steps(graph, component_of);
    let mut is_reached = vec![false; components];
    for &(_, to) in &steps {
        is_reached[to] = true;
    }
    let reached: Vec<_> = component_of.iter().copied().filter(|&number| is_reached[number]).collect();
    let mut counts = vec![0; components];
    for &number in component_of.iter().filter(|&&number| !is_reached[number]) {
        counts[number] += 1;
    }
    let mut sets = vec![[0_u64; WORDS]; components];
    for nodes in reached.chunks(WORDS * 64) {
        sets.fill([0; WORDS]);
        for (bit, &number) in nodes.iter().enumerate() {
            sets[number][bit / 64] |= 1 << (bit % 64);
        }
        for &(from, to) in &steps {
            let theirs = sets[to];
            sets[from].iter_mut().zip(theirs).for_each(|(mine, theirs)| *mine |= theirs);
        }
        for (count, set) in counts.iter_mut().zip(&sets).filter(|(_, set)| **set != [0; WORDS]) {
            *count += set.iter().map(|word| word.count_ones() as usize).sum::<usize>();
        }
    }
    component_of.iter().map(|&number| counts[number]).collect()
}

/// The steps from one component to another, each once, those that lead nowhere else first.
fn steps<N, E>(graph: &DiGraph<N, E>, component_of: &[usize]) -> Vec<(usize, usize)> {
    let steps = graph
        .edge_references()
        .map(|edge| (component_of[edge.source().index()], component_of[edge.target().index()]));
    each_pair_once(steps.filter(|(from, to)| from != to))
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
    fn few_nodes_and_many_give_the_same() {
        let edges = [(0, 1), (1, 2), (2, 1), (3, 0), (4, 4), (5, 0), (2, 6)];
        for more in [0, 60, 130] {
            let edges = edges.map(|(from, to)| (from + more, to + more));
            let reach = Reach::of(7 + more, edges.into_iter());
            let told: Vec<_> = (0..7).map(|node| reach.count(node + more)).collect();
            assert_eq!(told, [4, 3, 3, 5, 1, 5, 1]);
            assert!(reach.are_in_a_circle(1 + more, 2 + more) && !reach.are_in_a_circle(more, 1 + more));
            assert!(reach.has_circle());
            let without = Reach::of(7 + more, edges.into_iter().filter(|edge| *edge != (2 + more, 1 + more)));
            assert!(!without.has_circle());
        }
    }

    #[test]
    fn counting_alone_gives_what_the_sets_hold() {
        // A ring that leads into a tree, and a node by itself.
        let ring = (0..300).map(|node| (node, (node + 1) % 300));
        let tree = (300..1_500).map(|node| (node / 2, node));
        let graph = DiGraph::<(), ()>::from_edges(ring.chain(tree).chain([(1_501, 1_502)]));
        let reach = Reach::new(&graph);
        let held: Vec<_> = (0..graph.node_count()).map(|node| reach.count(node)).collect();
        let (component_of, components) = component_of(&graph);
        assert_eq!(reach_counts(&graph, &component_of, components), held);
    }

    #[test]
    fn of_several_sources_the_nearest_counts() {
        let graph = graph(&[(0, 1), (1, 2), (2, 3), (4, 3)]);
        assert_eq!(shortest_path(&graph, &[0, 4], 3), Some(vec![4, 3]));
        assert_eq!(shortest_path(&graph, &[3], 0), None);
        assert_eq!(shortest_path(&graph, &[0], 0), Some(vec![0]));
    }
}
