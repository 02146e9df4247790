//! Cycles are broken: some links are turned, so that all of them run in one direction. A search in
//! depth turns few where few cards are linked; above that, the greedy order of Eades, Lin and Smyth.

use std::collections::BTreeSet;

/// Up to this many nodes the search in depth gives pictures with fewer crossings; above, links
/// become so long that their ordering takes too much work.
const MOST_FOR_DEPTH: usize = 300;

/// The links, turned where that is needed so that none of them is part of a cycle; no pair twice,
/// and none from a node to itself.
pub(super) fn broken(count: usize, edges: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let sequence = if count <= MOST_FOR_DEPTH { by_depth(count, edges) } else { greedy(count, edges) };
    let mut place = vec![0; count];
    for (position, node) in sequence.iter().enumerate() {
        place[*node] = position;
    }
    let turned =
        |(from, to): &(usize, usize)| if place[*from] < place[*to] { (*from, *to) } else { (*to, *from) };
    let mut links: Vec<_> = edges.iter().filter(|(from, to)| from != to).map(turned).collect();
    links.sort_unstable();
    links.dedup();
    links
}

/// The reversed order in which a search in depth is done with the nodes: only links back into the
/// path of the search run against it. Nodes that send most more than they receive come first.
fn by_depth(count: usize, edges: &[(usize, usize)]) -> Vec<usize> {
    let mut successors = vec![Vec::new(); count];
    let mut surplus = vec![0; count];
    for (from, to) in edges {
        successors[*from].push(*to);
        surplus[*from] -= 1;
        surplus[*to] += 1;
    }
    let mut starts: Vec<usize> = (0..count).collect();
    starts.sort_by_key(|node| (surplus[*node], *node));
    let mut is_seen = vec![false; count];
    let mut done = Vec::with_capacity(count);
    for start in starts {
        let mut stack = if is_seen[start] { Vec::new() } else { vec![(start, 0)] };
        is_seen[start] = true;
        while let Some((node, next)) = stack.pop() {
            let Some(successor) = successors[node].get(next).copied() else {
                done.push(node);
                continue;
            };
            stack.push((node, next + 1));
            if !std::mem::replace(&mut is_seen[successor], true) {
                stack.push((successor, 0));
            }
        }
    }
    done.reverse();
    done
}

/// An order of the nodes in which few links go back (Eades, Lin and Smyth).
fn greedy(count: usize, edges: &[(usize, usize)]) -> Vec<usize> {
    let mut remaining = Remaining::new(count, edges);
    let (mut first, mut last) = (Vec::with_capacity(count), Vec::new());
    loop {
        if let Some(sink) = remaining.sinks.pop_first() {
            remaining.take(sink);
            last.push(sink);
        } else if let Some(source) = remaining.sources.pop_first() {
            remaining.take(source);
            first.push(source);
        } else if let Some((_, node)) = remaining.others.pop_last() {
            remaining.take(node);
            first.push(node);
        } else {
            break;
        }
    }
    first.extend(last.into_iter().rev());
    first
}

/// The nodes that are not in the sequence yet.
struct Remaining {
    neighbours: Vec<Vec<(usize, bool)>>,
    leaving: Vec<i32>,
    arriving: Vec<i32>,
    is_taken: Vec<bool>,
    sources: BTreeSet<usize>,
    sinks: BTreeSet<usize>,
    /// The rest, by how many more links leave than arrive.
    others: BTreeSet<(i32, usize)>,
}

impl Remaining {
    fn new(count: usize, edges: &[(usize, usize)]) -> Self {
        let mut remaining = Self {
            neighbours: vec![Vec::new(); count],
            leaving: vec![0; count],
            arriving: vec![0; count],
            is_taken: vec![false; count],
            sources: BTreeSet::new(),
            sinks: BTreeSet::new(),
            others: BTreeSet::new(),
        };
        for (from, to) in edges {
            remaining.neighbours[*from].push((*to, true));
            remaining.neighbours[*to].push((*from, false));
            remaining.leaving[*from] += 1;
            remaining.arriving[*to] += 1;
        }
        (0..count).for_each(|node| remaining.file(node));
        remaining
    }

    fn file(&mut self, node: usize) {
        if self.leaving[node] == 0 {
            self.sinks.insert(node);
        } else if self.arriving[node] == 0 {
            self.sources.insert(node);
        } else {
            self.others.insert((self.leaving[node] - self.arriving[node], node));
        }
    }

    fn unfile(&mut self, node: usize) {
        self.sinks.remove(&node);
        self.sources.remove(&node);
        self.others.remove(&(self.leaving[node] - self.arriving[node], node));
    }

    fn take(&mut self, node: usize) {
        self.is_taken[node] = true;
        for (neighbour, is_leaving) in std::mem::take(&mut self.neighbours[node]) {
            if !self.is_taken[neighbour] {
                self.unfile(neighbour);
                let count = if is_leaving { &mut self.arriving } else { &mut self.leaving };
                count[neighbour] -= 1;
                self.file(neighbour);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the links can be followed without end.
    fn has_cycle(count: usize, edges: &[(usize, usize)]) -> bool {
        let mut left: BTreeSet<usize> = (0..count).collect();
        while let Some(node) = left
            .iter()
            .copied()
            .find(|node| !edges.iter().any(|(from, to)| to == node && left.contains(from)))
        {
            left.remove(&node);
        }
        !left.is_empty()
    }

    #[test]
    fn a_cycle_is_broken_once() {
        let edges = [(0, 1), (1, 2), (2, 0)];
        for sequence in [by_depth(3, &edges), greedy(3, &edges)] {
            let place = |node: usize| sequence.iter().position(|other| *other == node);
            assert_eq!(
                edges.iter().filter(|(from, to)| place(*from) > place(*to)).count(),
                1,
                "{sequence:?}"
            );
        }
    }

    #[test]
    fn two_way_links_become_one_and_no_cycle_is_left() {
        let edges = [(0, 1), (1, 0), (1, 2), (2, 3), (3, 1), (3, 0)];
        let links = broken(4, &edges);
        assert_eq!(links.len(), 5);
        assert!(!has_cycle(4, &links), "{links:?}");
    }
}
