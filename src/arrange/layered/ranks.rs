//! How far to the right each node belongs: the ranks with the shortest links, by the network
//! simplex method of Gansner, Koutsofios, North and Vo (1993). The links must have no cycle and
//! join all nodes.

/// Changes of the tree for each node after which the ranks are good enough.
const CHANGES: usize = 12;
/// How many candidates for leaving the tree are looked at before the best of them is taken.
const CANDIDATES: usize = 30;

/// A rank for each node, from 0; every link goes to a higher rank.
pub(super) fn ranks(count: usize, edges: &[(usize, usize)]) -> Vec<usize> {
    if count == 0 {
        return Vec::new();
    }
    let mut simplex = Simplex::new(count, edges);
    simplex.grow_tree();
    simplex.number();
    simplex.measure_cuts();
    for _ in 0..CHANGES * count {
        let Some(leaving) = simplex.leaving() else { break };
        let Some(entering) = simplex.entering(leaving) else { break };
        simplex.exchange(leaving, entering);
    }
    simplex.balance();
    let first = simplex.rank.iter().min().copied().unwrap_or_default();
    simplex.rank.iter().map(|rank| rank.abs_diff(first) as usize).collect()
}

/// A tree of tight links, and how the length of all links changes where one of them is cut.
struct Simplex<'a> {
    edges: &'a [(usize, usize)],
    edges_at: Vec<Vec<usize>>,
    rank: Vec<i32>,
    is_in_tree: Vec<bool>,
    /// The edges of the tree at each node.
    branches: Vec<Vec<usize>>,
    /// The edge of the tree towards the root.
    parent: Vec<Option<usize>>,
    /// Numbers in postorder: a node's subtree has those from `low` to its own.
    low: Vec<usize>,
    number: Vec<usize>,
    /// For edges of the tree: what a longer edge adds to the length of all.
    cut: Vec<i32>,
    /// The edges of the tree, in no particular order.
    tree: Vec<usize>,
    /// Where the search for an edge to leave goes on.
    next: usize,
}

impl<'a> Simplex<'a> {
    fn new(count: usize, edges: &'a [(usize, usize)]) -> Self {
        let mut edges_at = vec![Vec::new(); count];
        for (edge, (from, to)) in edges.iter().enumerate() {
            edges_at[*from].push(edge);
            edges_at[*to].push(edge);
        }
        Self {
            edges,
            rank: longest_paths(count, edges),
            edges_at,
            is_in_tree: vec![false; edges.len()],
            branches: vec![Vec::new(); count],
            parent: vec![None; count],
            low: vec![0; count],
            number: vec![0; count],
            cut: vec![0; edges.len()],
            tree: Vec::new(),
            next: 0,
        }
    }

    fn slack(&self, edge: usize) -> i32 {
        let (from, to) = self.edges[edge];
        self.rank[to] - self.rank[from] - 1
    }

    fn other_end(&self, edge: usize, node: usize) -> usize {
        let (from, to) = self.edges[edge];
        if from == node { to } else { from }
    }

    /// Grows a tree of tight edges from the first node; where none is tight, the tree moves.
    fn grow_tree(&mut self) {
        let mut is_reached = vec![false; self.rank.len()];
        is_reached[0] = true;
        let mut members = vec![0];
        let mut place = 0;
        while members.len() < self.rank.len() {
            while let Some(node) = members.get(place).copied() {
                place += 1;
                for edge in self.edges_at[node].clone() {
                    let other = self.other_end(edge, node);
                    if !is_reached[other] && self.slack(edge) == 0 {
                        is_reached[other] = true;
                        members.push(other);
                        self.add_to_tree(edge);
                    }
                }
            }
            let leads_out = |edge: &usize| is_reached[self.edges[*edge].0] != is_reached[self.edges[*edge].1];
            let nearest =
                (0..self.edges.len()).filter(leads_out).min_by_key(|edge| (self.slack(*edge), *edge));
            let Some(edge) = nearest else { return };
            let starts_inside = is_reached[self.edges[edge].0];
            let shift = if starts_inside { self.slack(edge) } else { -self.slack(edge) };
            for node in &members {
                self.rank[*node] += shift;
            }
            place = members.iter().position(|node| self.edges_at[*node].contains(&edge)).unwrap_or(place);
        }
    }

    fn add_to_tree(&mut self, edge: usize) {
        self.is_in_tree[edge] = true;
        self.tree.push(edge);
        let (from, to) = self.edges[edge];
        self.branches[from].push(edge);
        self.branches[to].push(edge);
    }

    /// Numbers the tree in postorder from the first node.
    fn number(&mut self) {
        let mut next = 0;
        let mut stack = vec![(0, 0)];
        self.parent[0] = None;
        self.low[0] = 0;
        while let Some((node, branch)) = stack.pop() {
            match self.branches[node].get(branch).copied() {
                None => {
                    self.number[node] = next;
                    next += 1;
                }
                Some(edge) => {
                    stack.push((node, branch + 1));
                    if self.parent[node] != Some(edge) {
                        let child = self.other_end(edge, node);
                        self.parent[child] = Some(edge);
                        self.low[child] = next;
                        stack.push((child, 0));
                    }
                }
            }
        }
    }

    fn is_below(&self, node: usize, root: usize) -> bool {
        (self.low[root]..=self.number[root]).contains(&self.number[node])
    }

    /// The lower end of an edge of the tree.
    fn child(&self, edge: usize) -> usize {
        let (from, to) = self.edges[edge];
        if self.number[from] < self.number[to] { from } else { to }
    }

    /// The cut of each edge of the tree, from the leaves up.
    fn measure_cuts(&mut self) {
        let mut nodes: Vec<usize> = (0..self.rank.len()).collect();
        nodes.sort_unstable_by_key(|node| self.number[*node]);
        for node in nodes {
            let Some(parent) = self.parent[node] else { continue };
            let leaves_upward = self.edges[parent].0 == node;
            let mut cut = 0;
            for edge in &self.edges_at[node] {
                let goes_along = (self.edges[*edge].0 == node) == leaves_upward;
                let sign = if goes_along { 1 } else { -1 };
                cut += sign;
                if self.is_in_tree[*edge] && *edge != parent {
                    cut -= sign * self.cut[*edge];
                }
            }
            self.cut[parent] = cut;
        }
    }

    /// An edge of the tree that should be longer.
    fn leaving(&mut self) -> Option<usize> {
        let mut best: Option<usize> = None;
        let mut seen = 0;
        for _ in 0..self.tree.len() {
            self.next = (self.next + 1) % self.tree.len();
            let edge = self.tree[self.next];
            if self.cut[edge] < 0 {
                if best.is_none_or(|best| self.cut[edge] < self.cut[best]) {
                    best = Some(edge);
                }
                seen += 1;
                if seen == CANDIDATES {
                    break;
                }
            }
        }
        best
    }

    /// The edge that becomes tight first where another leaves the tree.
    fn entering(&self, leaving: usize) -> Option<usize> {
        let child = self.child(leaving);
        let goes_out = self.edges[leaving].1 == child;
        let fits = |edge: &usize| {
            let (from, to) = self.edges[*edge];
            let (inner, outer) = if goes_out { (from, to) } else { (to, from) };
            self.is_below(inner, child) && !self.is_below(outer, child)
        };
        (0..self.edges.len()).filter(fits).min_by_key(|edge| (self.slack(*edge), *edge))
    }

    fn exchange(&mut self, leaving: usize, entering: usize) {
        let child = self.child(leaving);
        let slack = self.slack(entering);
        let shift = if self.edges[leaving].0 == child { -slack } else { slack };
        for node in 0..self.rank.len() {
            if self.is_below(node, child) {
                self.rank[node] += shift;
            }
        }
        let change = self.cut[leaving];
        let (from, to) = self.edges[entering];
        self.update_cuts(from, to, change, true);
        self.update_cuts(to, from, change, false);
        self.cut[entering] = -change;
        self.cut[leaving] = 0;
        self.is_in_tree[leaving] = false;
        self.tree.retain(|edge| *edge != leaving);
        let (from, to) = self.edges[leaving];
        self.branches[from].retain(|edge| *edge != leaving);
        self.branches[to].retain(|edge| *edge != leaving);
        self.add_to_tree(entering);
        self.number();
    }

    /// Changes the cuts on the way from a node up to where the other one is below.
    fn update_cuts(&mut self, from: usize, other: usize, change: i32, is_along: bool) {
        let mut node = from;
        while !self.is_below(other, node) {
            let Some(edge) = self.parent[node] else { return };
            let adds = (self.edges[edge].0 == node) == is_along;
            self.cut[edge] += if adds { change } else { -change };
            node = self.other_end(edge, node);
        }
    }

    /// Nodes with as many links on either side go where there are fewest others.
    fn balance(&mut self) {
        let first = self.rank.iter().min().copied().unwrap_or_default();
        self.rank.iter_mut().for_each(|rank| *rank -= first);
        let last = self.rank.iter().max().copied().unwrap_or_default();
        let mut members = vec![0; last.unsigned_abs() as usize + 1];
        self.rank.iter().for_each(|rank| members[rank.unsigned_abs() as usize] += 1);
        for node in 0..self.rank.len() {
            let (mut earliest, mut latest, mut surplus) = (0, last, 0);
            for edge in &self.edges_at[node] {
                let (from, to) = self.edges[*edge];
                if to == node {
                    earliest = earliest.max(self.rank[from] + 1);
                    surplus += 1;
                } else {
                    latest = latest.min(self.rank[to] - 1);
                    surplus -= 1;
                }
            }
            if surplus == 0 {
                let best =
                    (earliest..=latest).min_by_key(|rank| (members[rank.unsigned_abs() as usize], *rank));
                members[self.rank[node].unsigned_abs() as usize] -= 1;
                self.rank[node] = best.unwrap_or(self.rank[node]);
                members[self.rank[node].unsigned_abs() as usize] += 1;
            }
        }
    }
}

/// The longest path to each node.
fn longest_paths(count: usize, edges: &[(usize, usize)]) -> Vec<i32> {
    let mut waiting = vec![0; count];
    let mut successors = vec![Vec::new(); count];
    for (from, to) in edges {
        waiting[*to] += 1;
        successors[*from].push(*to);
    }
    let mut ready: Vec<usize> = (0..count).filter(|node| waiting[*node] == 0).collect();
    let mut rank = vec![0; count];
    while let Some(node) = ready.pop() {
        for successor in &successors[node] {
            rank[*successor] = rank[*successor].max(rank[node] + 1);
            waiting[*successor] -= 1;
            if waiting[*successor] == 0 {
                ready.push(*successor);
            }
        }
    }
    rank
}

#[cfg(test)]
mod tests {
    use super::*;

    fn length(ranks: &[usize], edges: &[(usize, usize)]) -> usize {
        edges.iter().map(|(from, to)| ranks[*to] - ranks[*from]).sum()
    }

    #[test]
    fn a_source_stands_beside_what_it_feeds() {
        assert_eq!(ranks(5, &[(0, 1), (1, 2), (2, 3), (4, 3)]), [0, 1, 2, 3, 2]);
    }

    #[test]
    fn links_are_as_short_as_they_can_be() {
        let edges = [(0, 1), (1, 2), (2, 3), (3, 7), (0, 4), (4, 6), (0, 5), (5, 6), (6, 7)];
        let ranks = ranks(8, &edges);
        assert_eq!(length(&ranks, &edges), 10, "{ranks:?}");
    }

    #[test]
    fn a_single_node_has_the_first_rank() {
        assert_eq!(ranks(1, &[]), [0]);
    }
}
