//! The order within columns: barycentre sweeps, swaps of neighbours as long as that pays, and new
//! starts, until the work that the picture is worth is done. Work is counted, not timed.

use super::layers::Layers;

/// Sweeps without a better order after which a start is given up.
const PATIENCE: usize = 4;
/// Starts that are tried as far as the work allows.
const STARTS: usize = 4;

/// Puts the columns into an order with few crossings. `work` is in visits of a link's end.
pub(super) fn order(layers: &mut Layers, work: usize) {
    let links: usize = layers.after.iter().map(Vec::len).sum();
    let mut sweeper = Sweeper { share: vec![0.0; layers.vertices()], layers, work: 0 };
    let first = sweeper.layers.columns.clone();
    let mut best = (usize::MAX, first.clone());
    for start in 0..STARTS {
        sweeper.layers.take_order(started(&first, start));
        let mut fruitless = 0;
        let mut least = usize::MAX;
        for sweep in start.. {
            if fruitless >= PATIENCE || sweeper.work >= work {
                break;
            }
            sweeper.sweep(sweep % 2 == 0);
            sweeper.swap_neighbours();
            sweeper.work += links * 4;
            let crossings = sweeper.layers.crossings();
            fruitless = if crossings < least { 0 } else { fruitless + 1 };
            least = least.min(crossings);
            if crossings < best.0 {
                best = (crossings, sweeper.layers.columns.clone());
            }
        }
    }
    sweeper.layers.take_order(best.1);
}

/// Another order to start from for each number.
fn started(columns: &[Vec<usize>], start: usize) -> Vec<Vec<usize>> {
    let reordered = |column: &Vec<usize>| {
        let mut column = column.clone();
        match start {
            0 => {}
            1 => column.reverse(),
            _ => column.sort_by_key(|vertex| (vertex * (7919 + start * 2) % 1009, *vertex)),
        }
        column
    };
    columns.iter().map(reordered).collect()
}

struct Sweeper<'a> {
    layers: &'a mut Layers,
    /// Where a vertex stands in its column, as a share of the column's length.
    share: Vec<f64>,
    work: usize,
}

impl Sweeper<'_> {
    fn note_shares(&mut self, column: usize) {
        let vertices = &self.layers.columns[column];
        for (index, vertex) in vertices.iter().enumerate() {
            self.share[*vertex] = (index as f64 + 0.5) / vertices.len() as f64;
        }
    }

    fn sweep(&mut self, is_forward: bool) {
        let count = self.layers.columns.len();
        (0..count).for_each(|column| self.note_shares(column));
        for step in 0..count {
            let column = if is_forward { step } else { count - 1 - step };
            let vertices = std::mem::take(&mut self.layers.columns[column]);
            let neighbours = if is_forward { &self.layers.before } else { &self.layers.after };
            let key = |vertex: usize| {
                let near = &neighbours[vertex];
                let sum: f64 = near.iter().map(|neighbour| self.share[*neighbour]).sum();
                if near.is_empty() { self.share[vertex] } else { sum / near.len() as f64 }
            };
            let mut keyed: Vec<(f64, usize)> =
                vertices.into_iter().map(|vertex| (key(vertex), vertex)).collect();
            keyed.sort_by(|one, other| one.0.total_cmp(&other.0));
            self.layers.columns[column] = keyed.into_iter().map(|(_, vertex)| vertex).collect();
            self.layers.note_places(column);
            self.note_shares(column);
        }
    }

    fn swap_neighbours(&mut self) {
        for column in 0..self.layers.columns.len() {
            for _ in 0..4 {
                let mut is_better = false;
                for place in 1..self.layers.columns[column].len() {
                    let vertices = &self.layers.columns[column];
                    let (upper, lower) = (vertices[place - 1], vertices[place]);
                    if self.gain(upper, lower) > 0 {
                        self.layers.columns[column].swap(place - 1, place);
                        is_better = true;
                    }
                }
                self.layers.note_places(column);
                if !is_better {
                    break;
                }
            }
        }
    }

    /// How many crossings fewer there are where two neighbours of a column change places.
    fn gain(&mut self, upper: usize, lower: usize) -> i64 {
        let index = &self.layers.index;
        let mut gain = 0;
        for sides in [&self.layers.before, &self.layers.after] {
            for one in &sides[upper] {
                for other in &sides[lower] {
                    gain += match index[*one].cmp(&index[*other]) {
                        std::cmp::Ordering::Greater => 1,
                        std::cmp::Ordering::Less => -1,
                        std::cmp::Ordering::Equal => 0,
                    };
                }
            }
            self.work += sides[upper].len() * sides[lower].len();
        }
        gain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crossing_that_need_not_be_is_removed() {
        let mut layers = Layers::new(&[0, 0, 1, 1], &[(0, 3), (1, 2)]);
        order(&mut layers, 1_000);
        assert_eq!(layers.crossings(), 0);
        assert_eq!(layers.index[0], layers.index[3]);
    }

    #[test]
    fn without_work_the_order_stays() {
        let mut layers = Layers::new(&[0, 0, 1, 1], &[(0, 3), (1, 2)]);
        order(&mut layers, 0);
        assert_eq!(layers.columns, [[0, 1], [2, 3]]);
    }
}
