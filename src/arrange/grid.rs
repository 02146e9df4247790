//! A few cards on a grid: every card tries every cell, as long as the picture gets better.
//! Better means shorter lines, fewer bends, fewer crossings and data that goes to the right.

use super::{COLUMN_GAP, Node, Point, ROW_GAP, STEP};

type Cell = (i32, i32);

/// Corners for the nodes, as one block from the origin.
pub(super) fn arrange(nodes: &[Node], edges: &[(usize, usize)]) -> Vec<Point> {
    let Some(width) = nodes.iter().map(|node| node.width).max() else { return Vec::new() };
    let height = nodes.iter().map(|node| node.height).max().unwrap_or_default();
    let pitch = (rounded(width + COLUMN_GAP), rounded(height + ROW_GAP));
    let rounds = if nodes.len() <= 20 { 8 } else { 2 };
    let best = (0..rounds)
        .map(|round| {
            let mut board = Board::new(nodes, edges, pitch, round);
            board.improve();
            (board.cost(), board.cells)
        })
        .min_by_key(|(cost, _)| *cost);
    let cells = best.map(|(_, cells)| cells).unwrap_or_default();
    let left = cells.iter().map(|cell| cell.0).min().unwrap_or_default();
    let top = cells.iter().map(|cell| cell.1).min().unwrap_or_default();
    cells.iter().map(|cell| Point::new((cell.0 - left) * pitch.0, (cell.1 - top) * pitch.1)).collect()
}

fn rounded(length: i32) -> i32 {
    (length + STEP - 1) / STEP * STEP
}

/// What makes a picture worse, in plan units of line.
mod price {
    pub(super) const BEND: i32 = 60;
    pub(super) const CARD_IN_THE_WAY: i32 = 240;
    pub(super) const SAME_COLUMN: i32 = 190;
    pub(super) const BACKWARD: i32 = 90;
    pub(super) const CROSSING: i32 = 130;
    pub(super) const OFF_CENTRE: i32 = 24;
    pub(super) const LOOSE: i32 = 6;
}

struct Board<'a> {
    nodes: &'a [Node],
    edges: &'a [(usize, usize)],
    /// The edges at each node.
    edges_at: Vec<Vec<usize>>,
    pitch: (i32, i32),
    columns: i32,
    rows: i32,
    cells: Vec<Cell>,
    /// Which node stands in a cell.
    taken: Vec<Option<usize>>,
}

impl<'a> Board<'a> {
    /// A board with all nodes on it; each round starts with another order.
    fn new(nodes: &'a [Node], edges: &'a [(usize, usize)], pitch: (i32, i32), round: usize) -> Self {
        let count = nodes.len() as f64;
        let wanted = (count * 1.6 * f64::from(pitch.1) / f64::from(pitch.0)).sqrt();
        let columns = (wanted.ceil() as i32).max(1);
        let rows = (count / f64::from(columns)).ceil() as i32 + 1;
        let mut edges_at = vec![Vec::new(); nodes.len()];
        for (edge, (from, to)) in edges.iter().enumerate() {
            edges_at[*from].push(edge);
            edges_at[*to].push(edge);
        }
        let cells = vec![OFF_BOARD; nodes.len()];
        let taken = vec![None; (columns * rows).unsigned_abs() as usize];
        let mut board = Self { nodes, edges, edges_at, pitch, columns, rows, cells, taken };
        for node in board.order(round) {
            board.put_in_best_cell(node);
        }
        board
    }

    /// The nodes with the most links first; from the second round on, shuffled a little.
    fn order(&self, round: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.nodes.len()).collect();
        let weight = |node: &usize| {
            let noise = (node * 7919 + round * 104_729) % 11 * round.min(3);
            std::cmp::Reverse(self.edges_at[*node].len() * 10 + noise)
        };
        order.sort_by_key(weight);
        order
    }

    fn all_cells(&self) -> impl Iterator<Item = Cell> + use<> {
        let columns = self.columns;
        (0..columns * self.rows).map(move |index| (index % columns, index / columns))
    }

    fn slot(&self, cell: Cell) -> usize {
        (cell.1 * self.columns + cell.0).unsigned_abs() as usize
    }

    fn put_in_best_cell(&mut self, node: usize) {
        let mut best = (i32::MAX, OFF_BOARD);
        for cell in self.all_cells() {
            if self.taken[self.slot(cell)].is_none() {
                self.put(node, cell);
                best = best.min((self.cost_at(&[node]), cell));
                self.lift(node);
            }
        }
        self.put(node, best.1);
    }

    fn put(&mut self, node: usize, cell: Cell) {
        let slot = self.slot(cell);
        self.taken[slot] = Some(node);
        self.cells[node] = cell;
    }

    fn lift(&mut self, node: usize) {
        let slot = self.slot(self.cells[node]);
        self.taken[slot] = None;
        self.cells[node] = OFF_BOARD;
    }

    /// Lets every node try every cell, until none finds a better one.
    fn improve(&mut self) {
        for _ in 0..12 {
            let mut is_better = false;
            for node in 0..self.nodes.len() {
                for cell in self.all_cells() {
                    is_better |= self.try_move(node, cell);
                }
            }
            if !is_better {
                return;
            }
        }
    }

    /// Moves a node, or swaps it with the one that stands there, and keeps that if it pays.
    fn try_move(&mut self, node: usize, cell: Cell) -> bool {
        let old = self.cells[node];
        if old == cell {
            return false;
        }
        let other = self.taken[self.slot(cell)];
        let both = [node, other.unwrap_or(node)];
        let moved = if other.is_some() { &both[..] } else { &both[..1] };
        let before = self.cost_at(moved);
        self.swap(node, other, old, cell);
        if self.cost_at(moved) < before {
            return true;
        }
        self.swap(node, other, cell, old);
        false
    }

    fn swap(&mut self, node: usize, other: Option<usize>, old: Cell, new: Cell) {
        self.lift(node);
        if let Some(other) = other {
            self.lift(other);
            self.put(other, old);
        }
        self.put(node, new);
    }

    fn cost(&self) -> i32 {
        let all: Vec<usize> = (0..self.nodes.len()).collect();
        self.cost_at(&all)
    }

    /// What the picture costs as far as it depends on where these nodes stand.
    fn cost_at(&self, nodes: &[usize]) -> i32 {
        let is_moved = |node: usize| nodes.contains(&node);
        let mut cost = 0;
        for node in nodes {
            cost += self.cost_of_place(*node);
            for edge in &self.edges_at[*node] {
                let (from, to) = self.edges[*edge];
                if from == *node || !is_moved(from) || from == to {
                    cost += self.cost_of_edge(*edge);
                    cost += price::CROSSING * self.crossings(*edge, &is_moved) / 2;
                }
            }
        }
        cost + price::CARD_IN_THE_WAY * self.cards_in_the_way()
    }

    fn cost_of_place(&self, node: usize) -> i32 {
        let cell = self.cells[node];
        let from_middle = (2 * cell.0 - self.columns + 1).abs() + (2 * cell.1 - self.rows + 2).abs();
        let is_central = self.nodes[node].is_hub || self.nodes[node].is_focal;
        // The last row is spare: only a card that gains by it goes there.
        let spare = if cell.1 == self.rows - 1 { 70 } else { 0 };
        spare + from_middle * if is_central { price::OFF_CENTRE } else { price::LOOSE }
    }

    fn is_on_board(&self, edge: usize) -> bool {
        let (from, to) = self.edges[edge];
        self.cells[from] != OFF_BOARD && self.cells[to] != OFF_BOARD
    }

    fn cost_of_edge(&self, edge: usize) -> i32 {
        if !self.is_on_board(edge) {
            return 0;
        }
        let (from, to) = (self.cells[self.edges[edge].0], self.cells[self.edges[edge].1]);
        let (across, down) = (to.0 - from.0, to.1 - from.1);
        let mut cost = across.abs() * self.pitch.0 + down.abs() * self.pitch.1;
        if across != 0 && down != 0 {
            cost += price::BEND;
        }
        if across == 0 {
            cost += price::SAME_COLUMN;
        }
        if across < 0 {
            cost += price::BACKWARD;
        }
        cost
    }

    /// Cards on the straight way between two linked cards of one row or one column.
    fn cards_in_the_way(&self) -> i32 {
        let on_board = (0..self.edges.len()).filter(|edge| self.is_on_board(*edge));
        let counts = on_board.map(|edge| {
            let (from, to) = (self.cells[self.edges[edge].0], self.cells[self.edges[edge].1]);
            if from.1 == to.1 {
                let between = from.0.min(to.0) + 1..from.0.max(to.0);
                between.filter(|column| self.taken[self.slot((*column, from.1))].is_some()).count()
            } else if from.0 == to.0 {
                let between = from.1.min(to.1) + 1..from.1.max(to.1);
                between.filter(|row| self.taken[self.slot((from.0, *row))].is_some()).count()
            } else {
                0
            }
        });
        i32::try_from(counts.sum::<usize>()).unwrap_or(i32::MAX / 1000)
    }

    /// How many edges cross this one, doubled for those that do not move with it.
    fn crossings(&self, edge: usize, is_moved: &impl Fn(usize) -> bool) -> i32 {
        if !self.is_on_board(edge) {
            return 0;
        }
        let mut count = 0;
        for other in 0..self.edges.len() {
            if other != edge && self.is_on_board(other) && self.cross(edge, other) {
                let (from, to) = self.edges[other];
                count += if is_moved(from) || is_moved(to) { 1 } else { 2 };
            }
        }
        count
    }

    fn cross(&self, one: usize, other: usize) -> bool {
        let (one, other) = (self.edges[one], self.edges[other]);
        if [other.0, other.1].iter().any(|end| *end == one.0 || *end == one.1) {
            return false;
        }
        self.parts(one, other) && self.parts(other, one)
    }
}

impl Board<'_> {
    /// Whether the ends of the second edge stand on both sides of the first.
    fn parts(&self, edge: (usize, usize), ends: (usize, usize)) -> bool {
        let (start, end) = (self.cells[edge.0], self.cells[edge.1]);
        let side = |node: usize| {
            let cell = self.cells[node];
            ((end.0 - start.0) * (cell.1 - start.1) - (end.1 - start.1) * (cell.0 - start.0)).signum()
        };
        side(ends.0) * side(ends.1) < 0
    }
}

const OFF_BOARD: Cell = (-1, -1);

#[cfg(test)]
mod tests {
    use super::*;

    fn cards(count: usize) -> Vec<Node> {
        vec![Node { width: 172, height: 74, ..Node::default() }; count]
    }

    #[test]
    fn none_and_one_are_fine() {
        assert!(arrange(&[], &[]).is_empty());
        assert_eq!(arrange(&cards(1), &[]), [Point::new(0, 0)]);
    }

    #[test]
    fn data_goes_to_the_right() {
        let corners = arrange(&cards(2), &[(1, 0)]);
        assert!(corners[1].x < corners[0].x && corners[0].y == corners[1].y, "{corners:?}");
    }

    #[test]
    fn a_hub_stands_among_its_spokes() {
        let mut nodes = cards(9);
        nodes[4].is_hub = true;
        let edges: Vec<_> = (0..9).filter(|spoke| *spoke != 4).map(|spoke| (spoke, 4)).collect();
        let corners = arrange(&nodes, &edges);
        let columns: Vec<i32> = corners.iter().map(|corner| corner.x).collect();
        assert!(columns.iter().any(|x| *x < columns[4]) && columns.iter().any(|x| *x > columns[4]));
    }
}
