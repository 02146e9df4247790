//! The domain graph: how the records of one domain travel at a stage. Directed and logical: a hub is
//! no hop. Only systems that send or receive the domain are in it.

use petgraph::graph::{DiGraph, NodeIndex};

use super::reach::shortest_path;
use super::{Edge, Reach};

/// The directed graph of one domain, or of a part of it.
#[derive(Debug)]
pub struct DomainGraph {
    /// The systems, by place and sorted; node `i` is `systems[i]`.
    systems: Vec<usize>,
    /// Edge weights are flows.
    graph: DiGraph<(), usize>,
    reach: Reach,
}

impl DomainGraph {
    /// The graph of these edges.
    #[must_use]
    pub fn new<'a, 'p: 'a>(edges: impl IntoIterator<Item = &'a Edge<'p>>) -> Self {
        let edges: Vec<_> = edges.into_iter().collect();
        let mut systems: Vec<_> = edges.iter().flat_map(|edge| [edge.from, edge.to]).collect();
        systems.sort_unstable();
        systems.dedup();
        let mut graph = DiGraph::with_capacity(systems.len(), edges.len());
        for _ in &systems {
            graph.add_node(());
        }
        for edge in edges {
            if let (Ok(from), Ok(to)) = (systems.binary_search(&edge.from), systems.binary_search(&edge.to)) {
                graph.add_edge(NodeIndex::new(from), NodeIndex::new(to), edge.flow);
            }
        }
        Self { reach: Reach::new(&graph), systems, graph }
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

    /// The shortest path from one of several systems to another, both ends included.
    #[must_use]
    pub fn shortest_path(&self, sources: &[usize], to: usize) -> Option<Vec<usize>> {
        let sources: Vec<_> =
            sources.iter().filter_map(|source| self.systems.binary_search(source).ok()).collect();
        let path = shortest_path(&self.graph, &sources, self.systems.binary_search(&to).ok()?)?;
        Some(path.into_iter().map(|node| self.systems[node]).collect())
    }
}
