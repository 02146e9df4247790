//! Systems that reach each other in a circle: the groups, how a circle runs, and where it is best cut.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use petgraph::graph::{DiGraph, NodeIndex};

use super::reach::components;

/// One system to the next, by place.
type Step = (usize, usize);

/// Two or more systems of which each reaches each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CyclicGroup {
    /// The systems, by place and sorted.
    pub systems: Vec<usize>,
    /// The steps between them.
    next: BTreeMap<usize, BTreeSet<usize>>,
}

impl CyclicGroup {
    /// The groups that steps from one system to the next make, in the order of their systems.
    #[must_use]
    pub fn all(steps: impl IntoIterator<Item = Step>) -> Vec<Self> {
        let mut steps: Vec<Step> = steps.into_iter().collect();
        steps.sort_unstable();
        steps.dedup();
        let mut systems: Vec<_> = steps.iter().flat_map(|&(from, to)| [from, to]).collect();
        systems.sort_unstable();
        systems.dedup();
        let mut graph = DiGraph::<(), ()>::with_capacity(systems.len(), steps.len());
        for _ in &systems {
            graph.add_node(());
        }
        for (from, to) in &steps {
            if let (Ok(from), Ok(to)) = (systems.binary_search(from), systems.binary_search(to)) {
                graph.add_edge(NodeIndex::new(from), NodeIndex::new(to), ());
            }
        }
        let groups = components(&graph).into_iter().filter(|group| group.len() > 1);
        let mut groups: Vec<Vec<_>> =
            groups.map(|group| group.into_iter().map(|node| systems[node]).collect()).collect();
        groups.sort();
        groups.into_iter().map(|systems| Self::new(systems, &steps)).collect()
    }

    /// The group of these systems; the steps are sorted.
    fn new(systems: Vec<usize>, steps: &[Step]) -> Self {
        let inside = |to: &usize| systems.binary_search(to).is_ok();
        let next_of = |&from: &usize| {
            let first = steps.partition_point(|step| step.0 < from);
            let targets = steps[first..].iter().take_while(|step| step.0 == from).map(|step| step.1);
            (from, targets.filter(|to| *to != from && inside(to)).collect())
        };
        Self { next: systems.iter().map(next_of).collect(), systems }
    }

    /// Whether a system is in the group.
    #[must_use]
    pub fn has(&self, system: usize) -> bool {
        self.systems.binary_search(&system).is_ok()
    }

    /// A shortest circle through the first system, which stands at both ends; of equal ones the first by
    /// place.
    #[must_use]
    pub fn circle(&self) -> Vec<usize> {
        let first = self.systems[0];
        let mut before: BTreeMap<usize, usize> = BTreeMap::new();
        let mut queue = VecDeque::from([first]);
        while let Some(system) = queue.pop_front() {
            for &next in &self.next[&system] {
                if before.contains_key(&next) {
                    continue;
                }
                before.insert(next, system);
                queue.push_back(next);
            }
        }
        let mut circle = vec![first];
        let mut system = before.get(&first).copied();
        while let Some(earlier) = system {
            circle.push(earlier);
            system = before.get(&earlier).copied().filter(|_| earlier != first);
        }
        circle.reverse();
        circle
    }

    /// The steps without which no circle is left, none of them needlessly: those that lead back towards
    /// the systems from which everything should start. Back is what leads to a system that is nearer to
    /// one of these, or as near and earlier by place. Where none of them is in the group, the first system
    /// is taken.
    #[must_use]
    pub fn steps_back(&self, starts: &[usize]) -> BTreeSet<Step> {
        let distance = self.distances(starts);
        let is_back = |(from, to): &Step| (distance[to], to) < (distance[from], from);
        let steps = self.next.iter().flat_map(|(&from, next)| next.iter().map(move |&to| (from, to)));
        let (mut back, forward): (Vec<Step>, Vec<Step>) = steps.partition(is_back);
        let mut kept: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (from, to) in forward {
            kept.entry(from).or_default().insert(to);
        }
        back.sort_by_key(|&(from, to)| (distance[&from] - distance[&to], from, to));
        back.retain(|&(from, to)| {
            let closes_a_circle = reaches(&kept, to, from);
            if !closes_a_circle {
                kept.entry(from).or_default().insert(to);
            }
            closes_a_circle
        });
        back.into_iter().collect()
    }

    fn distances(&self, starts: &[usize]) -> BTreeMap<usize, usize> {
        let mut queue: VecDeque<usize> =
            starts.iter().copied().filter(|start| self.next.contains_key(start)).collect();
        if queue.is_empty() {
            queue.push_back(self.systems[0]);
        }
        let mut distance: BTreeMap<usize, usize> = queue.iter().map(|&start| (start, 0)).collect();
        while let Some(system) = queue.pop_front() {
            let further = distance[&system] + 1;
            for &next in &self.next[&system] {
                distance.entry(next).or_insert_with(|| {
                    queue.push_back(next);
                    further
                });
            }
        }
        distance
    }
}

fn reaches(next: &BTreeMap<usize, BTreeSet<usize>>, from: usize, to: usize) -> bool {
    let mut seen = BTreeSet::from([from]);
    let mut open = vec![from];
    while let Some(system) = open.pop() {
        if system == to {
            return true;
        }
        open.extend(next.get(&system).into_iter().flatten().filter(|next| seen.insert(**next)));
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_of_two_or_more_are_found_and_a_system_alone_is_none() {
        let groups = CyclicGroup::all([(5, 6), (6, 5), (1, 2), (2, 3), (3, 1), (3, 4), (7, 7)]);
        let systems: Vec<_> = groups.iter().map(|group| group.systems.as_slice()).collect();
        assert_eq!(systems, [&[1, 2, 3][..], &[5, 6]]);
    }

    #[test]
    fn the_circle_shown_is_a_shortest_one() {
        let group = &CyclicGroup::all([(1, 2), (2, 3), (3, 4), (4, 1), (3, 1)])[0];
        assert_eq!(group.circle(), [1, 2, 3, 1]);
    }

    #[test]
    fn what_leads_back_to_the_start_is_cut() {
        let ring = &CyclicGroup::all([(1, 2), (2, 3), (3, 1)])[0];
        assert_eq!(ring.steps_back(&[2]), [(1, 2)].into());
        assert_eq!(ring.steps_back(&[]), [(3, 1)].into());
        let star = &CyclicGroup::all([(1, 9), (9, 1), (2, 9), (9, 2)])[0];
        assert_eq!(star.steps_back(&[9]), [(1, 9), (2, 9)].into());
    }

    #[test]
    fn nothing_is_cut_that_closes_no_circle() {
        // 4 is as far from 1 as 3 is, and 4 → 3 leads back by place only.
        let group = &CyclicGroup::all([(1, 3), (1, 4), (4, 3), (3, 1)])[0];
        assert_eq!(group.steps_back(&[1]), [(3, 1)].into());
    }

    #[test]
    fn the_shortest_steps_back_stay_where_they_alone_close_no_circle() {
        // 5 → 4 leads back by place only and stays; then 4 → 6 closes 6 → 5 → 4 → 6.
        let steps = [(1, 6), (1, 3), (6, 5), (3, 4), (5, 4), (4, 6), (6, 1)];
        let group = &CyclicGroup::all(steps)[0];
        assert_eq!(group.steps_back(&[1]), [(4, 6), (6, 1)].into());
    }
}
