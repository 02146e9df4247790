//! Cards in columns from left to right, by the method of Sugiyama: cycles are broken, every card
//! gets a rank, the ranks are ordered for few crossings, and heights make long links straight.

mod cycles;
mod heights;
mod layers;
mod ordering;
mod ranks;

use layers::Layers;

/// Visits of a link's end that ordering may make.
const ORDERING_WORK: usize = 200_000;

/// Where each node stands: its rank, from the left, and its middle in rows, from the top. Parts
/// that no link joins stand below each other.
pub(super) fn places(count: usize, edges: &[(usize, usize)]) -> Vec<(usize, f64)> {
    let mut places = vec![(0, 0.0); count];
    let mut top = 0.0;
    for part in parts(count, edges) {
        let place_of = |node: usize| part.binary_search(&node).ok();
        let inner: Vec<_> =
            edges.iter().filter_map(|(from, to)| Some((place_of(*from)?, place_of(*to)?))).collect();
        let mut lowest: f64 = top;
        for (node, (rank, height)) in part.iter().zip(places_of_part(part.len(), &inner)) {
            places[*node] = (rank, top + height);
            lowest = lowest.max(top + height + 1.0);
        }
        top = lowest;
    }
    places
}

fn places_of_part(count: usize, edges: &[(usize, usize)]) -> Vec<(usize, f64)> {
    let edges = cycles::broken(count, edges);
    let ranks = ranks::ranks(count, &edges);
    let mut layers = Layers::new(&ranks, &edges);
    ordering::order(&mut layers, ORDERING_WORK);
    ranks.into_iter().zip(heights::heights(&layers)).collect()
}

/// The nodes that links join, by their lowest number; within a part in their order.
pub(super) fn parts(count: usize, edges: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut neighbours = vec![Vec::new(); count];
    for (from, to) in edges {
        neighbours[*from].push(*to);
        neighbours[*to].push(*from);
    }
    let mut is_seen = vec![false; count];
    let mut parts = Vec::new();
    for start in 0..count {
        if std::mem::replace(&mut is_seen[start], true) {
            continue;
        }
        let mut part = vec![start];
        let mut next = 0;
        while let Some(node) = part.get(next).copied() {
            next += 1;
            part.extend(
                neighbours[node]
                    .iter()
                    .copied()
                    .filter(|other| !std::mem::replace(&mut is_seen[*other], true)),
            );
        }
        part.sort_unstable();
        parts.push(part);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_goes_from_left_to_right_and_another_part_stands_below() {
        let places = places(5, &[(0, 1), (1, 2), (3, 4)]);
        assert_eq!(places.iter().map(|(rank, _)| *rank).collect::<Vec<_>>(), [0, 1, 2, 0, 1]);
        assert!(places[3].1 >= places[0].1 + 1.0);
    }
}
