//! Some cards on one sheet: the layered arrangement says roughly where each belongs, the search on
//! the board makes a picture of it.

use super::board::{Effort, Slots, improve};
use super::{COLUMN_GAP, Node, Page, Point, ROW_GAP, Rect, STEP, layered};

/// Slots for each card: free ones let lines through and let cards stand where they belong.
const SLACK: f64 = 1.6;
/// How much worse a move may be at first, in plan units of line.
const HEAT: i32 = 1_200;
/// How far from the wished slot cards try others.
const REACH: i32 = 4;
/// Comparisons for each pair of cards, at least and at most.
const WORK_OF_PAIR: u64 = 500;
const WORK: std::ops::RangeInclusive<u64> = 1_000_000..=45_000_000;
/// Up to this many cards the search has several starts.
const FEW: usize = 40;
/// How much wider streets are for each tenth of a link that a card has above one and a half, up to
/// this many tenths.
const WIDER: i32 = 2;
const MOST_CROWDED: usize = 25;
const WORK_OF_FEW: u64 = 2_400_000;

/// From one column to the next, and from one row to the next. Many cards with many links get wider
/// streets, for their lines and labels.
pub(super) fn pitch(nodes: &[Node], links: usize) -> (i32, i32) {
    let width = nodes.iter().map(|node| node.width).max().unwrap_or_default();
    let height = nodes.iter().map(|node| node.height).max().unwrap_or_default();
    let tenths = if nodes.len() <= FEW { 0 } else { links * 10 / nodes.len() };
    let wider = i32::try_from(tenths.saturating_sub(15).min(MOST_CROWDED)).unwrap_or_default() * WIDER;
    (on_step(width + COLUMN_GAP + wider), on_step(height + ROW_GAP + wider))
}

fn on_step(length: i32) -> i32 {
    (length + STEP - 1) / STEP * STEP
}

/// Columns and rows for this many cards on this page.
pub(super) fn cells(count: usize, pitch: (i32, i32), page: Page) -> (i32, i32) {
    let wanted = count as f64 * SLACK;
    let columns = (wanted * page.aspect() * f64::from(pitch.1) / f64::from(pitch.0)).sqrt().round().max(1.0);
    (columns as i32, (wanted / columns).round().max(1.0) as i32)
}

/// The work that a picture of this many cards is worth.
pub(super) fn work(count: usize) -> u64 {
    if count <= FEW {
        return WORK_OF_FEW;
    }
    (WORK_OF_PAIR * (count * count) as u64).clamp(*WORK.start(), *WORK.end())
}

/// Corners of the cards, none of which is fixed, from the origin and without empty rows and columns.
pub(super) fn arrange(nodes: &[Node], edges: &[(usize, usize)], page: Page) -> Vec<Point> {
    let pitch = pitch(nodes, edges.len());
    let first = Point::new(pitch.0 / 2, pitch.1 / 2);
    let slots = Slots::new(first, pitch, cells(nodes.len(), pitch, page), Rect::default());
    let mut corners = fill(nodes, edges, &slots, work(nodes.len()));
    close_gaps(&mut corners, pitch);
    corners
}

/// Corners of the cards in these slots; fixed ones stay where they are. There must be enough slots.
pub(super) fn fill(nodes: &[Node], edges: &[(usize, usize)], slots: &Slots, work: u64) -> Vec<Point> {
    let starts = if nodes.len() <= FEW { 4 } else { 1 };
    let start = start(nodes, edges, slots);
    let effort = |seed| Effort { work: work / starts, heat: HEAT, reach: REACH, seed };
    let best = (1..=starts)
        .map(|seed| improve(nodes, edges, slots, &start, effort(seed)))
        .min_by_key(|(cost, _)| *cost);
    let taken = best.map(|(_, taken)| taken).unwrap_or_default();
    let corner = |(node, slot): (&Node, u32)| {
        node.fixed.unwrap_or_else(|| slots.corner(slot, (node.width, node.height)))
    };
    nodes.iter().zip(taken).map(corner).collect()
}

/// A slot for each node that is not fixed: the layered places, stretched to the slots.
fn start(nodes: &[Node], edges: &[(usize, usize)], slots: &Slots) -> Vec<u32> {
    let places = layered::places(nodes.len(), edges);
    let last = places.iter().map(|(rank, _)| *rank).max().unwrap_or_default().max(1) as f64;
    let lowest = places.iter().map(|(_, height)| *height).fold(1.0, f64::max);
    let (first, end) = slots.ends();
    let wish = |(rank, height): (usize, f64)| {
        let x = first.x + (rank as f64 / last * f64::from(end.x - first.x)) as i32;
        Point::new(x, first.y + (height / lowest * f64::from(end.y - first.y)) as i32)
    };
    let mut starts = vec![0; nodes.len()];
    let free: Vec<usize> = (0..nodes.len()).filter(|node| nodes[*node].fixed.is_none()).collect();
    let wishes: Vec<Point> = free.iter().map(|node| wish(places[*node])).collect();
    for (node, slot) in free.iter().zip(slots.nearest(&wishes)) {
        starts[*node] = slot;
    }
    starts
}

/// Takes out columns and rows in which nothing stands. Every corner lies in the cell of its slot, because
/// slots begin half a pitch from the origin and cards are smaller than a pitch.
pub(super) fn close_gaps(corners: &mut [Point], pitch: (i32, i32)) {
    let mut close = |side: fn(&mut Point) -> &mut i32, pitch: i32| {
        let mut taken: Vec<i32> = corners.iter_mut().map(|corner| side(corner).div_euclid(pitch)).collect();
        taken.sort_unstable();
        taken.dedup();
        for corner in corners.iter_mut() {
            let place = side(corner).div_euclid(pitch);
            let closed = taken.partition_point(|other| *other < place);
            *side(corner) -= (place - i32::try_from(closed).unwrap_or(place)) * pitch;
        }
        let least = corners.iter_mut().map(|corner| *side(corner)).min().unwrap_or_default();
        for corner in corners.iter_mut() {
            *side(corner) -= least;
        }
    };
    close(|corner| &mut corner.x, pitch.0);
    close(|corner| &mut corner.y, pitch.1);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cards(count: usize) -> Vec<Node> {
        vec![Node { width: 172, height: 74, ..Node::default() }; count]
    }

    #[test]
    fn none_and_one_are_fine() {
        assert!(arrange(&[], &[], Page::Screen).is_empty());
        assert_eq!(arrange(&cards(1), &[], Page::Screen), [Point::new(0, 0)]);
    }

    #[test]
    fn data_goes_to_the_right() {
        let corners = arrange(&cards(2), &[(1, 0)], Page::Screen);
        assert!(corners[1].x < corners[0].x && corners[0].y == corners[1].y, "{corners:?}");
    }

    #[test]
    fn a_hub_stands_among_its_spokes() {
        let mut nodes = cards(9);
        nodes[4].is_hub = true;
        let edges: Vec<_> = (0..9).filter(|spoke| *spoke != 4).map(|spoke| (spoke, 4)).collect();
        let rows: Vec<i32> = arrange(&nodes, &edges, Page::Screen).iter().map(|corner| corner.y).collect();
        assert!(rows.iter().any(|y| *y < rows[4]) && rows.iter().any(|y| *y > rows[4]), "{rows:?}");
    }

    #[test]
    fn empty_rows_and_columns_are_closed() {
        let mut corners = [(100, 40), (700, 40), (100, 440)].map(|(x, y)| Point::new(x, y));
        close_gaps(&mut corners, (300, 100));
        assert_eq!(corners.map(|at| (at.x, at.y)), [(0, 0), (300, 0), (0, 100)]);
    }
}
