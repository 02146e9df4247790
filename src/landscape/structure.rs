//! The numbers of shape at a stage: links, mappings, propagation cost, cyclic groups.

use petgraph::algo::articulation_points::articulation_points;
use petgraph::graph::DiGraph;

use super::graphs::{each_pair_once, hops};
use super::reach::{component_of, reach_counts};
use super::{Authority, Edge, Index, Landscape, LinkGraph, dependency_graph};

/// The class of a landscape by its cyclic groups, as in the literature on hidden structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// No cyclic group to speak of.
    Hierarchical,
    /// Several cyclic groups of similar size.
    MultiCore,
    /// One large cyclic group and the rest around it.
    CorePeriphery,
    /// Between the classes.
    Borderline,
}

impl Shape {
    /// The class in words.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Hierarchical => "hierarchical",
            Self::MultiCore => "multi-core",
            Self::CorePeriphery => "core-periphery",
            Self::Borderline => "borderline",
        }
    }
}

/// The numbers of shape at a stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Structure {
    /// Systems, hubs not counted.
    pub systems: usize,
    /// Hubs.
    pub hubs: usize,
    /// Flows.
    pub flows: usize,
    /// Pairs of systems or hubs that are linked.
    pub links: usize,
    /// Pairs of systems that are linked without a hub between.
    pub direct_links: usize,
    /// Systems that have a direct link.
    pub direct_systems: usize,
    /// Places where a data format is translated.
    pub mappings: usize,
    /// Domains that several systems write.
    pub domains_with_several_writers: usize,
    /// Domains of which no claim decides or no rule says who wins.
    pub contested_domains: usize,
    /// Share of ordered pairs of systems in which a change of one can reach the other, 0 to 1,
    /// mediated flows cut at canonical hubs. 0 where there is no system.
    pub propagation_cost: f64,
    /// The same with canonical hubs as transparent as any other.
    pub propagation_cost_naive: f64,
    /// Systems in the largest cyclic group; 1 where there is none.
    pub largest_cyclic_group: usize,
    /// The class.
    pub shape: Shape,
    /// Systems and hubs whose loss cuts the landscape apart, by place.
    pub cut_points: Vec<usize>,
}

impl Structure {
    /// Works the numbers out.
    #[must_use]
    pub fn new(
        index: &Index<'_>,
        landscape: &Landscape<'_>,
        authorities: &[Authority<'_>],
        links: &LinkGraph,
    ) -> Self {
        let systems: Vec<_> = landscape.systems(index).collect();
        let (direct_links, direct_systems) = direct(index, landscape);
        let (propagation_cost, groups) = propagation(&dependency_graph(index, landscape, false), &systems);
        // Without a canonical hub nothing is cut, and both costs are the same.
        let is_cut = landscape.hubs(index).any(|hub| index.systems[hub].system.is_canonical_hub());
        let through_all_hubs = || propagation(&dependency_graph(index, landscape, true), &systems).0;
        let mut cut_points: Vec<_> = articulation_points(links).into_iter().map(|node| links[node]).collect();
        cut_points.sort_unstable();
        Self {
            hubs: landscape.hubs(index).count(),
            flows: landscape.flows.len(),
            links: links.edge_count(),
            direct_links,
            direct_systems,
            mappings: mappings(index, landscape),
            domains_with_several_writers: authorities.iter().filter(|a| a.writers.len() >= 2).count(),
            contested_domains: authorities.iter().filter(|a| a.is_contested(index)).count(),
            propagation_cost,
            propagation_cost_naive: if is_cut { through_all_hubs() } else { propagation_cost },
            largest_cyclic_group: groups.first().copied().unwrap_or_default(),
            shape: shape(systems.len(), &groups),
            cut_points,
            systems: systems.len(),
        }
    }

    /// Links of a full mesh of the systems: n(n−1)/2.
    #[must_use]
    pub const fn full_mesh(&self) -> usize {
        self.systems * self.systems.saturating_sub(1) / 2
    }

    /// Direct links as a share of all pairs of the systems that have one, 0 to 1; absent below two.
    #[must_use]
    pub fn fill(&self) -> Option<f64> {
        let pairs = self.direct_systems * self.direct_systems.saturating_sub(1) / 2;
        (pairs > 0).then(|| self.direct_links as f64 / pairs as f64)
    }
}

fn direct(index: &Index<'_>, landscape: &Landscape<'_>) -> (usize, usize) {
    let is_direct = |flow: &&usize| index.flows[**flow].via.is_empty();
    let links = landscape.flows.iter().filter(is_direct).flat_map(|&flow| hops(index, flow));
    let links = each_pair_once(links);
    let mut is_linked = vec![false; index.systems.len()];
    for &(a, b) in &links {
        (is_linked[a], is_linked[b]) = (true, true);
    }
    (links.len(), is_linked.iter().filter(|is_linked| **is_linked).count())
}

fn each_once<T: Ord>(mut all: Vec<T>) -> Vec<T> {
    all.sort_unstable();
    all.dedup();
    all
}

fn mappings(index: &Index<'_>, landscape: &Landscape<'_>) -> usize {
    landscape.edges_by_domain.iter().map(|edges| mappings_of(index, edges)).sum()
}

/// The places where the format of one domain is translated.
fn mappings_of(index: &Index<'_>, edges: &[Edge<'_>]) -> usize {
    let mut pairs = Vec::new();
    let mut hub_sides = Vec::new();
    for edge in edges {
        let hubs = index.flows[edge.flow].via.iter().copied().flatten();
        let mut canonical = hubs.filter(|&hub| index.systems[hub].system.is_canonical_hub());
        if let Some(first) = canonical.next() {
            hub_sides.push((first, edge.from, true));
            hub_sides.push((canonical.next_back().unwrap_or(first), edge.to, false));
        } else {
            pairs.push((edge.from, edge.to));
        }
    }
    each_once(pairs).len() + each_once(hub_sides).len()
}

/// The propagation cost, and how many of the systems are in each strongly connected component, most first.
fn propagation(dependencies: &DiGraph<(), usize>, systems: &[usize]) -> (f64, Vec<usize>) {
    let (component_of, components) = component_of(dependencies);
    let mut groups = vec![0; components];
    for &system in systems {
        groups[component_of[system]] += 1;
    }
    groups.sort_unstable_by(|a, b| b.cmp(a));
    let counts = reach_counts(dependencies, &component_of, components);
    let reached: usize = systems.iter().map(|&system| counts[system]).sum();
    let pairs = systems.len() * systems.len();
    (if pairs == 0 { 0.0 } else { reached as f64 / pairs as f64 }, groups)
}

/// Bars of 4 %, 6 % and 1.5 times as in `SciTools` Understand; a core needs three systems, because 4 % of
/// a small landscape is less than that.
fn shape(systems: usize, groups: &[usize]) -> Shape {
    let largest = groups.first().copied().unwrap_or_default();
    let second = groups.get(1).copied().unwrap_or_default();
    let share = largest as f64 / systems.max(1) as f64;
    if largest < 3 || share < 0.04 {
        Shape::Hierarchical
    } else if second >= 2 && (largest as f64) < 1.5 * second as f64 {
        Shape::MultiCore
    } else if share <= 0.06 {
        Shape::Borderline
    } else {
        Shape::CorePeriphery
    }
}

#[cfg(test)]
mod tests {
    use super::{Shape, shape};

    #[test]
    fn the_shape_follows_from_the_two_largest_groups() {
        for (systems, groups, expected) in [
            (10, &[][..], Shape::Hierarchical),
            (10, &[2], Shape::Hierarchical),
            (10, &[3], Shape::CorePeriphery),
            // 4 % of a hundred systems.
            (101, &[4], Shape::Hierarchical),
            (100, &[4], Shape::Borderline),
            // 6 % of a hundred systems.
            (100, &[6], Shape::Borderline),
            (100, &[7], Shape::CorePeriphery),
            // The largest is one and a half times the second.
            (20, &[5, 4], Shape::MultiCore),
            (20, &[6, 4], Shape::CorePeriphery),
            (20, &[3, 1], Shape::CorePeriphery),
            (20, &[2, 2], Shape::Hierarchical),
            (10, &[3, 3], Shape::MultiCore),
            (50, &[12, 10], Shape::MultiCore),
        ] {
            assert_eq!(shape(systems, groups), expected, "{systems} systems, {groups:?}");
        }
    }

    #[test]
    fn a_canonical_hub_cuts_how_far_a_change_spreads_and_another_hub_does_not() {
        let costs = |hub: &str| {
            let text = format!("bus: {hub}\na -> b via bus : x\nb -> c : x");
            let plan = crate::rules::parse_sketch(&text).plan;
            let facts = crate::rules::Facts::new(&plan);
            let structure = facts.structure(0);
            [structure.propagation_cost, structure.propagation_cost_naive]
                .map(|cost| format!("{:.0} of 9", cost * 9.0))
        };
        // Of nine pairs: each system and itself, c and b; and then a for b and c.
        assert_eq!(costs("hub, canonical"), ["4 of 9", "6 of 9"]);
        assert_eq!(costs("pairwise"), ["6 of 9", "6 of 9"]);
    }

    #[test]
    fn a_full_mesh_links_each_two_systems_once() {
        for (text, links) in [("a: integrate", 0), ("a -> b", 1), ("a -> b\nb -> c\nc -> d", 6)] {
            let plan = crate::rules::parse_sketch(text).plan;
            assert_eq!(crate::rules::Facts::new(&plan).structure(0).full_mesh(), links, "{text}");
        }
    }
}
