//! Into which pieces a landscape falls when one system or hub is lost: one depth-first pass, in which
//! what hangs below a node is a span of the order of visits.

use std::ops::Range;

use petgraph::graph::NodeIndex;

use super::LinkGraph;

/// What is left together, as spans of visits.
type Piece = Vec<Range<usize>>;

/// The order of one depth-first pass over the link graph.
#[derive(Debug)]
pub struct Pieces {
    /// Places in the order in which they were first visited; parts that are not linked follow each other.
    order: Vec<usize>,
    /// How many of the places before a visit count.
    counted: Vec<usize>,
    /// By place; `None` for places that the graph does not have.
    visit_of: Vec<Option<usize>>,
    /// By visit: the spans of children from which nothing leads above the node.
    cut_below: Vec<Vec<Range<usize>>>,
    /// By visit: the span of the linked part that it is in.
    part: Vec<Range<usize>>,
}

impl Pieces {
    /// One pass over the graph, with what says which places count.
    #[must_use]
    pub fn new(links: &LinkGraph, counts: impl Fn(usize) -> bool) -> Self {
        let mut pass = Pass { visit: vec![None; links.node_count()], order: Vec::new(), low: Vec::new() };
        let mut cut_below = vec![Vec::new(); links.node_count()];
        let mut part = Vec::with_capacity(links.node_count());
        for root in links.node_indices() {
            let first = pass.order.len();
            pass.visit_from(links, root, &mut cut_below);
            part.resize(pass.order.len(), first..pass.order.len());
        }
        let order: Vec<_> = pass.order.into_iter().map(|node| links[node]).collect();
        let mut visit_of = vec![None; order.iter().max().map_or(0, |last| last + 1)];
        for (visit, &place) in order.iter().enumerate() {
            visit_of[place] = Some(visit);
        }
        let mut counted = vec![0; order.len() + 1];
        for (visit, &place) in order.iter().enumerate() {
            counted[visit + 1] = counted[visit] + usize::from(counts(place));
        }
        Self { order, counted, visit_of, cut_below, part }
    }

    /// The places that count in all pieces but the largest that are left of a place's linked part without
    /// it, sorted. Of equal ones the one with the first of these places is the largest.
    #[must_use]
    pub fn cut_off_by(&self, place: usize) -> Vec<usize> {
        let counted = |span: &Range<usize>| self.counted[span.end] - self.counted[span.start];
        let size = |piece: &Piece| piece.iter().map(counted).sum();
        let mut pieces = self.without(place);
        let most: usize = pieces.iter().map(size).max().unwrap_or_default();
        let mut largest: Vec<_> = (0..pieces.len()).filter(|&piece| size(&pieces[piece]) == most).collect();
        if largest.len() > 1 {
            largest.sort_by_cached_key(|&piece| self.counting(&pieces[piece]).min());
        }
        if let Some(&largest) = largest.first() {
            pieces.swap_remove(largest);
        }
        let mut cut_off: Vec<_> = pieces.iter().flat_map(|piece| self.counting(piece)).collect();
        cut_off.sort_unstable();
        cut_off
    }

    fn counting(&self, piece: &Piece) -> impl Iterator<Item = usize> {
        let visits = piece.iter().cloned().flatten();
        visits.filter(|&visit| self.counted[visit] < self.counted[visit + 1]).map(|visit| self.order[visit])
    }

    /// The pieces that are left of a place's linked part without it; one where it holds nothing together.
    fn without(&self, place: usize) -> Vec<Piece> {
        let Some(visit) = self.visit_of.get(place).copied().flatten() else { return Vec::new() };
        let below = &self.cut_below[visit];
        let mut spans: Vec<Piece> = below.iter().map(|span| vec![span.clone()]).collect();
        let mut rest = Vec::new();
        let mut next = self.part[visit].start;
        let mut gaps: Vec<_> = below.iter().cloned().chain(std::iter::once(visit..visit + 1)).collect();
        gaps.sort_by_key(|gap| gap.start);
        for gap in gaps {
            rest.push(next..gap.start);
            next = gap.end;
        }
        rest.push(next..self.part[visit].end);
        spans.push(rest);
        spans.into_iter().filter(|spans| spans.iter().any(|span| !span.is_empty())).collect()
    }
}

/// A pass under way.
struct Pass {
    visit: Vec<Option<usize>>,
    order: Vec<NodeIndex>,
    /// By visit: the earliest visit that it or what is below it is linked to.
    low: Vec<usize>,
}

impl Pass {
    fn visit_from(&mut self, links: &LinkGraph, root: NodeIndex, cut_below: &mut [Vec<Range<usize>>]) {
        if self.visit[root.index()].is_some() {
            return;
        }
        let mut path = vec![(self.enter(root), links.neighbors(root))];
        while let Some((visit, neighbours)) = path.last_mut() {
            let visit = *visit;
            if let Some(next) = neighbours.next() {
                match self.visit[next.index()] {
                    Some(earlier) => self.low[visit] = self.low[visit].min(earlier),
                    None => path.push((self.enter(next), links.neighbors(next))),
                }
                continue;
            }
            path.pop();
            if let Some((above, _)) = path.last() {
                if self.low[visit] >= *above {
                    cut_below[*above].push(visit..self.order.len());
                }
                self.low[*above] = self.low[*above].min(self.low[visit]);
            }
        }
    }

    fn enter(&mut self, node: NodeIndex) -> usize {
        let visit = self.order.len();
        self.visit[node.index()] = Some(visit);
        self.order.push(node);
        self.low.push(visit);
        visit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(links: &[(u32, u32)], place: usize) -> Vec<Vec<usize>> {
        let shape = LinkGraph::from_edges(links);
        let links = shape.map(|node, _| node.index(), |_, ()| ());
        let sorted = |mut piece: Vec<usize>| {
            piece.sort_unstable();
            piece
        };
        let pieces = Pieces::new(&links, |_| true);
        let places = |piece: &Piece| sorted(pieces.counting(piece).collect());
        let mut left: Vec<_> = pieces.without(place).iter().map(places).collect();
        left.sort();
        left
    }

    #[test]
    fn a_chain_falls_in_two_and_a_ring_in_none() {
        assert_eq!(without(&[(0, 1), (1, 2), (2, 3)], 1), [vec![0], vec![2, 3]]);
        assert_eq!(without(&[(0, 1), (1, 2), (2, 0)], 1), [vec![0, 2]]);
    }

    #[test]
    fn a_star_falls_apart_and_what_is_not_linked_does_not_count() {
        assert_eq!(without(&[(0, 1), (0, 2), (0, 3), (4, 5)], 0), [vec![1], vec![2], vec![3]]);
        assert_eq!(without(&[(0, 1), (2, 3), (3, 4), (4, 2), (4, 5)], 4), [vec![2, 3], vec![5]]);
        assert_eq!(without(&[(0, 1), (2, 3)], 3), [vec![2]]);
    }
}
