//! From ranks to columns: as many columns as make the picture about as wide as a screen, none
//! of them much higher than the others.

/// How wide a picture is for its height.
pub(super) const ASPECT: f64 = 16.0 / 9.0;

/// The nodes in columns, the left one first.
pub(super) fn columns(ranks: &[usize], pitch: (i32, i32)) -> Vec<Vec<usize>> {
    let wanted = (ranks.len() as f64 * ASPECT * f64::from(pitch.1) / f64::from(pitch.0)).sqrt();
    let most_columns = (1..ranks.len()).find(|columns| *columns as f64 >= wanted).unwrap_or(1);
    let most_rows = ranks.len().div_ceil(most_columns).max(1);
    let count = ranks.iter().max().map_or(0, |rank| rank + 1);
    let kept = count.min(most_columns.max(2));
    let mut ranked = vec![Vec::new(); kept];
    for (node, rank) in ranks.iter().enumerate() {
        ranked[rank * kept / count.max(1)].push(node);
    }
    ranked.into_iter().filter(|nodes| !nodes.is_empty()).flat_map(|nodes| split(nodes, most_rows)).collect()
}

/// Neighbouring columns of at most half again as many rows as there should be.
fn split(nodes: Vec<usize>, most_rows: usize) -> Vec<Vec<usize>> {
    if nodes.len() <= most_rows + most_rows / 2 + 1 {
        return vec![nodes];
    }
    let parts = nodes.len().div_ceil(most_rows);
    let mut columns = vec![Vec::new(); parts];
    for (place, node) in nodes.into_iter().enumerate() {
        columns[place % parts].push(node);
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_high_rank_becomes_several_columns() {
        let columns = columns(&[0; 100], (284, 124));
        assert!((6..=12).contains(&columns.len()), "{}", columns.len());
        assert_eq!(columns.iter().map(Vec::len).sum::<usize>(), 100);
    }

    #[test]
    fn a_long_chain_is_folded() {
        let ranks: Vec<usize> = (0..100).collect();
        assert!(columns(&ranks, (284, 124)).len() < 14);
    }
}
