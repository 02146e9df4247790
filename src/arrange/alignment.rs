//! Heights within columns: every node as level with its neighbours as the order allows.

use super::{Node, ROW_GAP, STEP};

const PASSES: usize = 8;

/// The upper edge of each node, for columns whose order stays as it is.
pub(super) fn tops(columns: &[Vec<usize>], edges: &[(usize, usize)], nodes: &[Node]) -> Vec<i32> {
    let mut neighbours = vec![Vec::new(); nodes.len()];
    for (from, to) in edges {
        neighbours[*from].push(*to);
        neighbours[*to].push(*from);
    }
    let mut middles = vec![0.0; nodes.len()];
    for column in columns {
        let heights: f64 = column.iter().map(|node| pitch(&nodes[*node])).sum();
        let mut top = -heights / 2.0;
        for node in column {
            middles[*node] = top + f64::from(nodes[*node].height) / 2.0;
            top += pitch(&nodes[*node]);
        }
    }
    for pass in 0..PASSES {
        for step in 0..columns.len() {
            let column = &columns[if pass % 2 == 0 { step } else { columns.len() - 1 - step }];
            level(column, &neighbours, nodes, &mut middles);
        }
    }
    let top = |node: usize| middles[node] - f64::from(nodes[node].height) / 2.0;
    let highest = (0..nodes.len()).map(top).fold(f64::INFINITY, f64::min);
    (0..nodes.len()).map(|node| ((top(node) - highest) / f64::from(STEP)).floor() as i32 * STEP).collect()
}

fn pitch(node: &Node) -> f64 {
    f64::from(node.height + ROW_GAP)
}

/// Moves the nodes of one column to the middle of their neighbours, as near as their order allows.
fn level(column: &[usize], neighbours: &[Vec<usize>], nodes: &[Node], middles: &mut [f64]) {
    let mut offset = 0.0;
    let mut blocks: Vec<(f64, usize)> = Vec::with_capacity(column.len());
    for node in column {
        let near = &neighbours[*node];
        let sum: f64 = near.iter().map(|neighbour| middles[*neighbour]).sum();
        let wished = if near.is_empty() { middles[*node] } else { sum / near.len() as f64 };
        let mut block = (wished - f64::from(nodes[*node].height) / 2.0 - offset, 1);
        offset += pitch(&nodes[*node]);
        // Neighbours that would stand in the wrong order move together, as one block.
        while let Some(above) = blocks.pop_if(|above| above.0 >= block.0) {
            let members = above.1 + block.1;
            let mean = (above.0 * above.1 as f64 + block.0 * block.1 as f64) / members as f64;
            block = (mean, members);
        }
        blocks.push(block);
    }
    let starts = blocks.iter().flat_map(|(start, members)| std::iter::repeat_n(*start, *members));
    offset = 0.0;
    for (node, start) in column.iter().zip(starts) {
        middles[*node] = start + offset + f64::from(nodes[*node].height) / 2.0;
        offset += pitch(&nodes[*node]);
    }
}
