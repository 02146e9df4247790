//! How far to the right each node belongs: cycles are broken greedily, then every link goes to
//! a higher rank by the longest path, and nodes move towards the side with more of their links.

use std::collections::BTreeSet;

/// A rank for each node, from 0, without gaps at the start.
pub(super) fn ranks(count: usize, edges: &[(usize, usize)]) -> Vec<usize> {
    let sequence = sequence(count, edges);
    let mut place = vec![0; count];
    for (position, node) in sequence.iter().enumerate() {
        place[*node] = position;
    }
    let mut successors = vec![Vec::new(); count];
    let mut predecessors = vec![Vec::new(); count];
    for (from, to) in edges {
        let (first, second) = if place[*from] < place[*to] { (*from, *to) } else { (*to, *from) };
        successors[first].push(second);
        predecessors[second].push(first);
    }
    let mut ranks = vec![0; count];
    for node in &sequence {
        ranks[*node] = predecessors[*node].iter().map(|before| ranks[*before] + 1).max().unwrap_or(0);
    }
    for node in sequence.iter().rev() {
        let latest = successors[*node].iter().map(|after| ranks[*after] - 1).min();
        if let Some(latest) = latest.filter(|_| successors[*node].len() > predecessors[*node].len()) {
            ranks[*node] = latest;
        }
    }
    ranks
}

/// An order of the nodes in which few links go back (Eades, Lin and Smyth).
fn sequence(count: usize, edges: &[(usize, usize)]) -> Vec<usize> {
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

    #[test]
    fn a_chain_goes_from_left_to_right() {
        assert_eq!(ranks(4, &[(0, 1), (1, 2), (2, 3)]), [0, 1, 2, 3]);
    }

    #[test]
    fn a_cycle_is_broken_once() {
        let ranks = ranks(3, &[(0, 1), (1, 2), (2, 0)]);
        let mut sorted = ranks.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, [0, 1, 2], "{ranks:?}");
    }
}
