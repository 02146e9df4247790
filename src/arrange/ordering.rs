//! The order within columns: barycentre sweeps with stand-ins where a link passes a column, and
//! swaps of neighbours. Large pictures get fewer sweeps and no stand-ins.

/// Above this many stand-ins the picture is large, and none are made.
const MOST_STAND_INS: usize = 6_000;
/// Up to this many vertices neighbours are swapped as long as that pays.
const MOST_FOR_SWAPS: usize = 1_500;

struct Sweeper {
    columns: Vec<Vec<usize>>,
    before: Vec<Vec<usize>>,
    after: Vec<Vec<usize>>,
    /// Where a vertex stands in its column: its index, as a share of the column's length.
    share: Vec<f64>,
    index: Vec<usize>,
}

/// The columns with their nodes in an order that gives few crossings.
pub(super) fn order(columns: Vec<Vec<usize>>, edges: &[(usize, usize)], count: usize) -> Vec<Vec<usize>> {
    let mut sweeper = Sweeper::new(columns, edges, count);
    let vertices = sweeper.before.len();
    let sweeps = if vertices <= MOST_FOR_SWAPS { 12 } else { 6 };
    let mut best = (usize::MAX, sweeper.columns.clone());
    for sweep in 0..sweeps {
        sweeper.sweep(sweep % 2 == 0);
        if vertices <= MOST_FOR_SWAPS {
            sweeper.swap_neighbours();
        }
        let crossings = sweeper.crossings();
        if crossings < best.0 {
            best = (crossings, sweeper.columns.clone());
        }
    }
    best.1.into_iter().map(|column| column.into_iter().filter(|vertex| *vertex < count).collect()).collect()
}

impl Sweeper {
    fn new(mut columns: Vec<Vec<usize>>, edges: &[(usize, usize)], count: usize) -> Self {
        let mut column_of = vec![0; count];
        for (column, nodes) in columns.iter().enumerate() {
            for node in nodes {
                column_of[*node] = column;
            }
        }
        let ends = |(from, to): &(usize, usize)| {
            if column_of[*from] <= column_of[*to] { (*from, *to) } else { (*to, *from) }
        };
        let span = |edge: &(usize, usize)| column_of[edge.0].abs_diff(column_of[edge.1]);
        let stand_ins: usize = edges.iter().map(|edge| span(edge).saturating_sub(1)).sum();
        let has_stand_ins = stand_ins <= MOST_STAND_INS;
        let vertices = count + if has_stand_ins { stand_ins } else { 0 };
        let (mut before, mut after) = (vec![Vec::new(); vertices], vec![Vec::new(); vertices]);
        let mut next = count;
        for edge in edges.iter().filter(|edge| span(edge) > 0) {
            let (mut left, right) = ends(edge);
            if has_stand_ins {
                for nodes in &mut columns[column_of[left] + 1..column_of[right]] {
                    nodes.push(next);
                    after[left].push(next);
                    before[next].push(left);
                    (left, next) = (next, next + 1);
                }
            }
            after[left].push(right);
            before[right].push(left);
        }
        let mut sweeper =
            Self { columns, before, after, share: vec![0.0; vertices], index: vec![0; vertices] };
        (0..sweeper.columns.len()).for_each(|column| sweeper.note_places(column));
        sweeper
    }

    fn note_places(&mut self, column: usize) {
        let nodes = &self.columns[column];
        for (index, node) in nodes.iter().enumerate() {
            self.index[*node] = index;
            self.share[*node] = (index as f64 + 0.5) / nodes.len() as f64;
        }
    }

    fn sweep(&mut self, is_forward: bool) {
        let count = self.columns.len();
        for step in 0..count {
            let column = if is_forward { step } else { count - 1 - step };
            let mut nodes = std::mem::take(&mut self.columns[column]);
            let neighbours = if is_forward { &self.before } else { &self.after };
            let key = |node: usize| {
                let near = &neighbours[node];
                let sum: f64 = near.iter().map(|neighbour| self.share[*neighbour]).sum();
                if near.is_empty() { self.share[node] } else { sum / near.len() as f64 }
            };
            let mut keyed: Vec<(f64, usize)> = nodes.drain(..).map(|node| (key(node), node)).collect();
            keyed.sort_by(|one, other| one.0.total_cmp(&other.0));
            self.columns[column] = keyed.into_iter().map(|(_, node)| node).collect();
            self.note_places(column);
        }
    }

    fn swap_neighbours(&mut self) {
        for column in 0..self.columns.len() {
            for _ in 0..4 {
                let mut is_better = false;
                for place in 1..self.columns[column].len() {
                    let (upper, lower) = (self.columns[column][place - 1], self.columns[column][place]);
                    if self.crossings_of(upper, lower) > self.crossings_of(lower, upper) {
                        self.columns[column].swap(place - 1, place);
                        is_better = true;
                    }
                }
                self.note_places(column);
                if !is_better {
                    break;
                }
            }
        }
    }

    /// Crossings between the links of two vertices of one column, the first above the second.
    fn crossings_of(&self, upper: usize, lower: usize) -> usize {
        let inversions = |sides: &[Vec<usize>]| -> usize {
            let below =
                |place: usize| sides[lower].iter().filter(|other| self.index[**other] < place).count();
            sides[upper].iter().map(|neighbour| below(self.index[*neighbour])).sum()
        };
        inversions(&self.before) + inversions(&self.after)
    }

    /// Crossings between neighbouring columns.
    fn crossings(&self) -> usize {
        self.columns.iter().map(|column| self.crossings_after(column)).sum()
    }

    fn crossings_after(&self, column: &[usize]) -> usize {
        let mut ends = Vec::new();
        for node in column {
            let first = ends.len();
            ends.extend(self.after[*node].iter().map(|neighbour| self.index[*neighbour]));
            ends[first..].sort_unstable();
        }
        let size = ends.iter().max().map_or(0, |most| most + 1);
        let mut tree = vec![0_usize; size + 1];
        let mut crossings = 0;
        for (seen, end) in ends.iter().enumerate() {
            let (mut at_most, mut place) = (0, end + 1);
            while place > 0 {
                at_most += tree[place];
                place &= place - 1;
            }
            crossings += seen - at_most;
            place = end + 1;
            while place <= size {
                tree[place] += 1;
                place += place & place.wrapping_neg();
            }
        }
        crossings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crossing_that_need_not_be_is_removed() {
        let ordered = order(vec![vec![0, 1], vec![2, 3]], &[(0, 3), (1, 2)], 4);
        let place = |column: usize, node: usize| ordered[column].iter().position(|other| *other == node);
        assert_eq!(place(0, 0), place(1, 3));
    }

    #[test]
    fn crossings_are_counted() {
        let sweeper = Sweeper::new(vec![vec![0, 1], vec![2, 3]], &[(0, 3), (1, 2)], 4);
        assert_eq!(sweeper.crossings(), 1);
    }
}
