//! Heights within columns: every vertex as level with its neighbours as the order allows. Links
//! that pass columns pull hardest, so that they run straight.

use super::layers::Layers;

const PASSES: usize = 8;
/// How much room a stand-in takes, as a share of a card's row.
const STAND_IN: f64 = 0.25;

/// The middle of each node, in rows from the top, for columns whose order stays as it is.
pub(super) fn heights(layers: &Layers) -> Vec<f64> {
    let mut middles = vec![0.0; layers.vertices()];
    for column in &layers.columns {
        let all: f64 = column.iter().map(|vertex| pitch(layers, *vertex)).sum();
        let mut top = -all / 2.0;
        for vertex in column {
            middles[*vertex] = top + pitch(layers, *vertex) / 2.0;
            top += pitch(layers, *vertex);
        }
    }
    for pass in 0..PASSES {
        for step in 0..layers.columns.len() {
            let column = if pass % 2 == 0 { step } else { layers.columns.len() - 1 - step };
            level(&layers.columns[column], layers, &mut middles);
        }
    }
    middles.truncate(layers.nodes);
    let highest = middles.iter().copied().fold(f64::INFINITY, f64::min);
    middles.iter().map(|middle| middle - highest).collect()
}

fn pitch(layers: &Layers, vertex: usize) -> f64 {
    if layers.is_stand_in(vertex) { STAND_IN } else { 1.0 }
}

/// How much a link between two vertices wants to be level.
fn pull(layers: &Layers, one: usize, other: usize) -> f64 {
    match (layers.is_stand_in(one), layers.is_stand_in(other)) {
        (true, true) => 8.0,
        (false, false) => 1.0,
        _ => 2.0,
    }
}

/// Vertices that move together: where the first one starts, and how heavy they are.
struct Block {
    start: f64,
    weight: f64,
    members: usize,
}

/// Moves the vertices of one column to the middle of their neighbours, as near as their order allows.
fn level(column: &[usize], layers: &Layers, middles: &mut [f64]) {
    let mut offset = 0.0;
    let mut blocks: Vec<Block> = Vec::with_capacity(column.len());
    for vertex in column {
        let (mut sum, mut weight) = (0.0, 0.0);
        for neighbour in layers.before[*vertex].iter().chain(&layers.after[*vertex]) {
            let pull = pull(layers, *vertex, *neighbour);
            sum += pull * middles[*neighbour];
            weight += pull;
        }
        let pitch = pitch(layers, *vertex);
        let wished = if weight > 0.0 { sum / weight } else { middles[*vertex] };
        let start = wished - pitch / 2.0 - offset;
        let mut block = Block { start, weight: weight.max(0.1), members: 1 };
        offset += pitch;
        // Neighbours that would stand in the wrong order move together, as one block.
        while let Some(above) = blocks.pop_if(|above| above.start >= block.start) {
            let weight = above.weight + block.weight;
            let start = (above.start * above.weight + block.start * block.weight) / weight;
            block = Block { start, weight, members: above.members + block.members };
        }
        blocks.push(block);
    }
    let starts = blocks.iter().flat_map(|block| std::iter::repeat_n(block.start, block.members));
    offset = 0.0;
    for (vertex, start) in column.iter().zip(starts) {
        middles[*vertex] = start + offset + pitch(layers, *vertex) / 2.0;
        offset += pitch(layers, *vertex);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_beside_a_long_link_is_level() {
        let layers = Layers::new(&[0, 1, 2, 3], &[(0, 1), (1, 2), (2, 3), (0, 3)]);
        let heights = heights(&layers);
        assert!((heights[1] - heights[2]).abs() < 0.05, "{heights:?}");
    }

    #[test]
    fn cards_of_one_column_keep_their_order_and_distance() {
        let heights = heights(&Layers::new(&[0, 0, 0, 1], &[(0, 3), (1, 3), (2, 3)]));
        assert!(heights[1] - heights[0] > 0.99 && heights[2] - heights[1] > 0.99, "{heights:?}");
        assert!((heights[1] - heights[3]).abs() < 0.05, "{heights:?}");
    }
}
