//! Tidies what a person placed: cards that nearly stand in a row or column are put in line, and
//! overlapping ones apart, each as near to its old place as that allows.

use super::beside::Occupied;
use super::regions::Regions;
use super::{Node, Point, ROW_GAP, Rect, STEP};

/// Room that stays free between two cards.
const MARGIN: i32 = 20;
/// How far places are looked for, in rings round the old one.
const RINGS: i32 = 60;

/// Tidied corners of cards that stand at `positions`; fixed cards stay where they are fixed.
#[must_use]
pub fn tidy(nodes: &[Node], positions: &[Point]) -> Vec<Point> {
    let count = nodes.len().min(positions.len());
    let mut corners: Vec<Point> =
        (0..count).map(|card| nodes[card].fixed.unwrap_or(positions[card])).collect();
    let xs = in_line(&lines(nodes, &corners, |at| at.x, |node| node.width / 2));
    let ys = in_line(&lines(nodes, &corners, |at| at.y, |node| node.height / 2));
    let mut occupied = Occupied::default();
    for card in (0..count).filter(|card| nodes[*card].fixed.is_some()) {
        occupied.add(nodes[card].rect_at(corners[card]));
    }
    let mut order: Vec<usize> = (0..count).filter(|card| nodes[*card].fixed.is_none()).collect();
    let regions = Regions::new(nodes.iter().zip(corners.iter().copied()));
    let wish = |card: usize| Point::new(xs[card], ys[card]);
    let distance = |one: Point, other: Point| one.x.abs_diff(other.x) + one.y.abs_diff(other.y);
    order.sort_by_key(|card| (distance(corners[*card], wish(*card)), *card));
    for card in order {
        // A card that a person put into the box of others may stay there.
        let was = nodes[card].rect_at(corners[card]);
        let stays_apart = regions.is_outside_others(nodes[card].group, &was);
        let is_allowed = |rect: &Rect| !stays_apart || regions.is_outside_others(nodes[card].group, rect);
        let corner = free_place(&nodes[card], wish(card), &occupied, is_allowed);
        occupied.add(nodes[card].rect_at(corner));
        corners[card] = corner;
    }
    corners
}

/// A coordinate of each card's middle, half its size, and whether it may change.
fn lines(
    nodes: &[Node],
    corners: &[Point],
    side: fn(&Point) -> i32,
    half: fn(&Node) -> i32,
) -> Vec<(i32, i32, bool)> {
    let line =
        |(corner, node): (&Point, &Node)| (side(corner) + half(node), half(node), node.fixed.is_some());
    corners.iter().zip(nodes).map(line).collect()
}

/// The coordinates of the corners, after middles that are nearer than half a card came in line: with
/// a fixed one where there is one, else with the middle one of them.
fn in_line(lines: &[(i32, i32, bool)]) -> Vec<i32> {
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by_key(|card| (lines[*card].0, *card));
    let mut corners = vec![0; lines.len()];
    let mut rest = order.as_slice();
    while let Some(first) = rest.first() {
        let (start, half, _) = lines[*first];
        let together = rest.iter().take_while(|card| lines[**card].0 - start <= half).count().max(1);
        let (near, others) = rest.split_at(together);
        let anchor = near.iter().find(|card| lines[**card].2).unwrap_or(&near[near.len() / 2]);
        let (middle, anchor_half, is_fixed) = lines[*anchor];
        let corner = middle - anchor_half;
        // Only a fixed card may stand off the grid.
        let corner = if is_fixed { corner } else { (corner + STEP / 2).div_euclid(STEP) * STEP };
        for card in near {
            corners[*card] = corner + anchor_half - lines[*card].1;
        }
        rest = others;
    }
    corners
}

/// The nearest free place, in line with the wished one.
fn free_place(node: &Node, wish: Point, occupied: &Occupied, is_allowed: impl Fn(&Rect) -> bool) -> Point {
    let is_free = |corner: &Point| {
        let rect = node.rect_at(*corner);
        occupied.is_free(&rect.grown(MARGIN)) && is_allowed(&rect)
    };
    let on_step = |length: i32| (length + STEP - 1) / STEP * STEP;
    let (across, down) =
        (on_step(i32::midpoint(node.width, MARGIN)), on_step(i32::midpoint(node.height, ROW_GAP)));
    for ring in 0..=RINGS {
        let cells = (-ring..=ring).flat_map(|row| (-ring..=ring).map(move |column| (column, row)));
        let on_ring = cells.filter(|(column, row)| column.abs().max(row.abs()) == ring);
        let places = on_ring.map(|(column, row)| Point::new(wish.x + column * across, wish.y + row * down));
        let distance = |at: &Point| (at.x.abs_diff(wish.x) + at.y.abs_diff(wish.y), *at);
        if let Some(corner) = places.filter(is_free).min_by_key(distance) {
            return corner;
        }
    }
    let mut rows = (1..).map(|row| Point::new(wish.x, wish.y + (RINGS + row) * down));
    rows.find(is_free).unwrap_or(wish)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card() -> Node {
        Node { width: 172, height: 74, ..Node::default() }
    }

    fn points(corners: &[(i32, i32)]) -> Vec<Point> {
        corners.iter().map(|(x, y)| Point::new(*x, *y)).collect()
    }

    #[test]
    fn cards_that_nearly_stand_in_a_row_are_put_in_line() {
        let tidied = tidy(&[card(); 3], &points(&[(0, 0), (300, 12), (607, 4)]));
        assert_eq!(tidied, points(&[(0, 4), (300, 4), (608, 4)]));
    }

    #[test]
    fn overlapping_cards_are_put_apart_and_those_that_stand_well_stay() {
        let tidied = tidy(&[card(); 3], &points(&[(0, 0), (8, 4), (400, 400)]));
        assert!(!card().rect_at(tidied[0]).overlaps(&card().rect_at(tidied[1])), "{tidied:?}");
        assert_eq!(tidied[2], Point::new(400, 400));
    }

    #[test]
    fn a_fixed_card_stays_and_others_line_up_with_it() {
        let fixed = Node { fixed: Some(Point::new(1, 3)), ..card() };
        let tidied = tidy(&[card(), fixed], &points(&[(300, 20), (1, 3)]));
        assert_eq!(tidied, points(&[(300, 3), (1, 3)]));
    }

    #[test]
    fn what_is_tidy_stays() {
        let tidied = tidy(&[card(); 6], &points(&[(0, 0), (9, 3), (300, 12), (607, 4), (620, 90), (4, 110)]));
        assert_eq!(tidy(&[card(); 6], &tidied), tidied);
    }
}
