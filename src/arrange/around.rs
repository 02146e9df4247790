//! New cards round placed ones, or a selection among cards that stay: on a grid in line with those,
//! in the slots that are free. Nothing that is fixed moves.

use super::beside::Occupied;
use super::board::Slots;
use super::{Node, Page, Point, Rect, flat};

/// Free slots for ten cards, at least.
const ROOM: usize = 13;
/// Room that stays free round a card.
const MARGIN: i32 = 20;

/// Corners of all cards: fixed ones where they are, the others round `centre`, in line with `anchor`.
pub(super) fn arrange(
    nodes: &[Node],
    edges: &[(usize, usize)],
    page: Page,
    centre: Point,
    anchor: Point,
) -> Vec<Point> {
    let fixed: Vec<Rect> = nodes.iter().filter_map(|node| node.fixed.map(|at| node.rect_at(at))).collect();
    let free: Vec<Node> = nodes.iter().filter(|node| node.fixed.is_none()).copied().collect();
    let mut occupied = Occupied::default();
    for rect in &fixed {
        occupied.add(*rect);
    }
    let is_free = |node: usize| nodes[node].fixed.is_none();
    let links = edges.iter().filter(|(from, to)| is_free(*from) || is_free(*to)).count();
    let pitch = flat::pitch(&free, links);
    let size = free.iter().fold((0, 0), |size, node| (size.0.max(node.width), size.1.max(node.height)));
    let reach = fixed.iter().copied().reduce(|all, rect| all.union(&rect)).unwrap_or_default();
    let (mut columns, mut rows) = flat::cells(free.len(), pitch, page);
    loop {
        let first = in_line(
            Point::new(centre.x - pitch.0 * (columns - 1) / 2, centre.y - pitch.1 * (rows - 1) / 2),
            anchor,
            pitch,
        );
        let mut slots = Slots::new(first, pitch, (columns, rows), reach);
        slots.close(size, |rect| !occupied.is_free(&rect.grown(MARGIN)));
        if slots.open_count() * 10 >= free.len() * ROOM {
            return flat::fill(nodes, edges, &slots, flat::work(nodes.len()));
        }
        (columns, rows) = (columns + 1, rows + 2);
    }
}

/// The place nearest to `at` that is whole pitches away from the anchor.
fn in_line(at: Point, anchor: Point, pitch: (i32, i32)) -> Point {
    let nearest =
        |at: i32, anchor: i32, pitch: i32| anchor + (at - anchor + pitch / 2).div_euclid(pitch) * pitch;
    Point::new(nearest(at.x, anchor.x, pitch.0), nearest(at.y, anchor.y, pitch.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_stand_round_a_pin_and_in_line_with_it() {
        let card = Node { width: 172, height: 74, ..Node::default() };
        let mut nodes = vec![card; 9];
        nodes[0].fixed = Some(Point::new(1003, 501));
        let edges: Vec<_> =
            (1..9).map(|other| if other % 2 == 0 { (0, other) } else { (other, 0) }).collect();
        let centre = Point::new(1089, 538);
        let corners = arrange(&nodes, &edges, Page::Screen, centre, centre);
        assert_eq!(corners[0], Point::new(1003, 501));
        let is_near = |at: &Point| (at.x - 1003).abs() < 900 && (at.y - 501).abs() < 500;
        assert!(corners.iter().all(is_near), "{corners:?}");
        assert!(corners.iter().any(|at| at.x < 900) && corners.iter().any(|at| at.x > 1100), "{corners:?}");
    }
}
