//! Cards that belong together because most of their links stay among them: the method of Louvain,
//! in the order of the nodes and with a largest size, so that each community makes one picture.

use std::collections::BTreeMap;

/// Rounds of moves on each level; few change anything after the first ones.
const ROUNDS: usize = 8;

/// The community of each node, numbered without gaps by the lowest node; none has more than `most` nodes.
pub(super) fn communities(count: usize, edges: &[(usize, usize)], most: usize) -> Vec<usize> {
    let mut community: Vec<usize> = (0..count).collect();
    let mut level = Level::new(vec![1; count], edges.iter().map(|(from, to)| (*from, *to, 1)));
    loop {
        let joined = level.join(most);
        let last = joined.iter().max().map_or(0, |last| last + 1);
        for label in &mut community {
            *label = joined[*label];
        }
        if last == joined.len() {
            return community;
        }
        level = level.merged(&joined, last);
    }
}

/// Communities of the level before, as nodes.
struct Level {
    sizes: Vec<usize>,
    links: Vec<Vec<(usize, i64)>>,
    /// The weight of all links at a node, also of those within it.
    degrees: Vec<i64>,
    total: i64,
}

impl Level {
    fn new(sizes: Vec<usize>, edges: impl Iterator<Item = (usize, usize, i64)>) -> Self {
        let mut level =
            Self { links: vec![Vec::new(); sizes.len()], degrees: vec![0; sizes.len()], sizes, total: 0 };
        for (from, to, weight) in edges {
            level.degrees[from] += weight;
            level.degrees[to] += weight;
            level.total += 2 * weight;
            if from != to {
                level.links[from].push((to, weight));
                level.links[to].push((from, weight));
            }
        }
        level
    }

    /// Lets every node join the community where most of its links are beyond chance.
    fn join(&self, most: usize) -> Vec<usize> {
        let mut label: Vec<usize> = (0..self.sizes.len()).collect();
        let (mut sizes, mut degrees) = (self.sizes.clone(), self.degrees.clone());
        let mut weight_to = vec![0; self.sizes.len()];
        for _ in 0..ROUNDS {
            let mut is_changed = false;
            for node in 0..self.sizes.len() {
                let old = label[node];
                let mut near = vec![old];
                for (other, weight) in &self.links[node] {
                    near.push(label[*other]);
                    weight_to[label[*other]] += weight;
                }
                sizes[old] -= self.sizes[node];
                degrees[old] -= self.degrees[node];
                near.sort_unstable();
                near.dedup();
                let gain = |label: usize| weight_to[label] * self.total - self.degrees[node] * degrees[label];
                let fits = |label: &&usize| sizes[**label] + self.sizes[node] <= most;
                let best =
                    near.iter().filter(fits).max_by_key(|label| (gain(**label), **label == old, **label));
                let new = best.copied().unwrap_or(old);
                sizes[new] += self.sizes[node];
                degrees[new] += self.degrees[node];
                label[node] = new;
                is_changed |= new != old;
                for label in near {
                    weight_to[label] = 0;
                }
            }
            if !is_changed {
                break;
            }
        }
        numbered(label.into_iter())
    }

    fn merged(&self, label: &[usize], count: usize) -> Self {
        let mut sizes = vec![0; count];
        let mut weights: BTreeMap<(usize, usize), i64> = BTreeMap::new();
        let mut inner = self.degrees.clone();
        for (node, links) in self.links.iter().enumerate() {
            sizes[label[node]] += self.sizes[node];
            for (other, weight) in links {
                inner[node] -= weight;
                if node < *other {
                    *weights.entry((label[node], label[*other])).or_default() += weight;
                }
            }
        }
        for (node, weight) in inner.iter().enumerate().filter(|(_, weight)| **weight > 0) {
            *weights.entry((label[node], label[node])).or_default() += weight / 2;
        }
        Self::new(sizes, weights.into_iter().map(|((from, to), weight)| (from, to, weight)))
    }
}

/// The same labels, numbered without gaps in the order in which they first appear.
pub(super) fn numbered<L: Ord>(labels: impl Iterator<Item = L>) -> Vec<usize> {
    let mut numbers = BTreeMap::new();
    let number = |label: L| {
        let next = numbers.len();
        *numbers.entry(label).or_insert(next)
    };
    labels.map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rings of ten nodes with chords, one link from each ring to the next.
    fn rings(count: usize) -> Vec<(usize, usize)> {
        let ring = |ring: usize| {
            let inner = (0..10).flat_map(move |node| [(node, (node + 1) % 10), (node, (node + 3) % 10)]);
            inner.map(move |(from, to)| (ring * 10 + from, ring * 10 + to))
        };
        let bridges = (1..count).map(|ring| (ring * 10 - 1, ring * 10));
        (0..count).flat_map(ring).chain(bridges).collect()
    }

    #[test]
    fn rings_with_one_link_between_them_are_communities() {
        let labels = communities(40, &rings(4), 12);
        assert_eq!(labels, (0..40).map(|node| node / 10).collect::<Vec<_>>());
    }

    #[test]
    fn none_is_larger_than_allowed() {
        let labels = communities(40, &rings(4), 6);
        let largest = (0..40).map(|label| labels.iter().filter(|other| **other == label).count()).max();
        assert!(largest <= Some(6), "{labels:?}");
    }

    #[test]
    fn nodes_without_links_stay_alone() {
        assert_eq!(communities(3, &[], 10), [0, 1, 2]);
    }
}
