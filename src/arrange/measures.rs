//! How good an arrangement is, in figures: what crosses, overlaps and runs through cards, how long
//! and how bent the lines are, how large the picture is, and what a change moved. Plain geometry:
//! who routed the lines does not matter.

mod crossing;

use super::{Node, Point, Rect};

/// The figures of one picture. Lengths are in plan units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measures {
    /// How many times the lines of two different flows cross.
    pub crossings: u64,
    /// How many of those crossings have an angle below 30 degrees, so that lines are easily confused.
    pub crossings_at_small_angles: u64,
    /// How many times lines change their direction.
    pub bends: u64,
    /// The length of all lines together.
    pub length: u64,
    /// How many pairs of cards overlap.
    pub overlaps: u64,
    /// How many flows run through a card that is not one of their ends.
    pub flows_through_cards: u64,
    /// How many flows end further left than they start.
    pub flows_against_direction: u64,
    /// From the left edge of the leftmost card or line to the right edge of the rightmost one.
    pub width: i32,
    /// From the top of the highest card or line to the bottom of the lowest one.
    pub height: i32,
}

impl Measures {
    /// The width for each unit of height; absent for an empty picture.
    #[must_use]
    pub fn aspect(&self) -> Option<f64> {
        (self.height > 0).then(|| f64::from(self.width) / f64::from(self.height))
    }

    /// The area of the picture in square plan units.
    #[must_use]
    pub fn area(&self) -> i64 {
        i64::from(self.width) * i64::from(self.height)
    }
}

/// Measures a picture: its cards, the two cards of each flow by index, and each flow's line.
///
/// A line has any number of points and needs not be orthogonal; flows without a line, or with an
/// unknown card, are not counted.
#[must_use]
pub fn measure<L: AsRef<[Point]>>(cards: &[Rect], ends: &[(usize, usize)], lines: &[L]) -> Measures {
    let is_known = |(from, to): (usize, usize)| from < cards.len() && to < cards.len();
    let drawn: Vec<((usize, usize), &[Point])> = ends
        .iter()
        .copied()
        .zip(lines.iter().map(AsRef::as_ref))
        .filter(|(ends, line)| is_known(*ends) && line.len() > 1)
        .collect();
    let lines: Vec<&[Point]> = drawn.iter().map(|(_, line)| *line).collect();
    let (crossings, crossings_at_small_angles) = crossing::count(&lines);
    let is_backward = |ends: (usize, usize)| cards[ends.1].centre().x < cards[ends.0].centre().x;
    let size = size(cards, &lines);
    Measures {
        crossings,
        crossings_at_small_angles,
        bends: lines.iter().map(|line| bends(line)).sum(),
        length: lines.iter().map(|line| length(line)).sum(),
        overlaps: overlaps(cards),
        flows_through_cards: through_cards(cards, &drawn),
        flows_against_direction: drawn.iter().filter(|(ends, _)| is_backward(*ends)).count() as u64,
        width: size.width,
        height: size.height,
    }
}

/// A straight line from centre to centre for each flow: what an arrangement is worth before routing.
#[must_use]
pub fn straight_lines(cards: &[Rect], ends: &[(usize, usize)]) -> Vec<Vec<Point>> {
    let centre = |card: usize| cards.get(card).map(Rect::centre);
    ends.iter()
        .map(|(from, to)| centre(*from).zip(centre(*to)).map_or(Vec::new(), |(a, b)| vec![a, b]))
        .collect()
}

/// What moved between two arrangements of the same cards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Movement {
    /// How many cards stand elsewhere.
    pub moved: usize,
    /// How far they moved together, across plus down, in plan units.
    pub distance: u64,
    /// How far the card that moved most did, in plan units.
    pub farthest: u32,
}

/// Compares two arrangements, card by card.
#[must_use]
pub fn movement(before: &[Point], after: &[Point]) -> Movement {
    let distances = before.iter().zip(after).map(|(old, new)| old.x.abs_diff(new.x) + old.y.abs_diff(new.y));
    distances.fold(Movement::default(), |sum, distance| Movement {
        moved: sum.moved + usize::from(distance > 0),
        distance: sum.distance + u64::from(distance),
        farthest: sum.farthest.max(distance),
    })
}

/// The rectangles of cards that stand at these corners.
#[must_use]
pub fn rects(nodes: &[Node], corners: &[Point]) -> Vec<Rect> {
    nodes.iter().zip(corners).map(|(node, at)| node.rect_at(*at)).collect()
}

fn size(cards: &[Rect], lines: &[&[Point]]) -> Rect {
    let points = lines.iter().flat_map(|line| line.iter()).map(|at| Rect::new(at.x, at.y, 0, 0));
    cards.iter().copied().chain(points).reduce(|all, rect| all.union(&rect)).unwrap_or_default()
}

fn length(line: &[Point]) -> u64 {
    // Not `hypot`, whose last digit differs between systems.
    let square = |one: i32, other: i32| (f64::from(one) - f64::from(other)).powi(2);
    let piece = |pair: &[Point]| (square(pair[1].x, pair[0].x) + square(pair[1].y, pair[0].y)).sqrt();
    (line.windows(2).map(piece).sum::<f64>().round() as i64).unsigned_abs()
}

fn bends(line: &[Point]) -> u64 {
    let turns = |three: &&[Point]| crossing::side(three[0], three[1], three[2]) != 0;
    line.windows(3).filter(turns).count() as u64
}

/// Pairs of cards that overlap, found by a sweep from left to right.
fn overlaps(cards: &[Rect]) -> u64 {
    let mut sorted = cards.to_vec();
    sorted.sort_unstable();
    let later = |place: usize, card: &Rect| {
        let near = sorted[place + 1..].iter().take_while(|other| other.x < card.right());
        near.filter(|other| other.overlaps(card)).count() as u64
    };
    sorted.iter().enumerate().map(|(place, card)| later(place, card)).sum()
}

/// How many flows meet the inside of a card of others.
fn through_cards(cards: &[Rect], drawn: &[((usize, usize), &[Point])]) -> u64 {
    let mut sorted: Vec<(Rect, usize)> = cards.iter().copied().zip(0..).collect();
    sorted.sort_unstable();
    let widest = cards.iter().map(|card| card.width).max().unwrap_or_default();
    let is_hit = |ends: (usize, usize), from: Point, to: Point| {
        let (left, right) = (from.x.min(to.x), from.x.max(to.x));
        let first = sorted.partition_point(|(card, _)| card.x < left - widest);
        let near = sorted[first..].iter().take_while(|(card, _)| card.x < right);
        near.filter(|(_, place)| *place != ends.0 && *place != ends.1)
            .any(|(card, _)| crossing::meets_inside(card, from, to))
    };
    let runs_through = |(ends, line): &&((usize, usize), &[Point])| {
        line.windows(2).any(|pair| is_hit(*ends, pair[0], pair[1]))
    };
    drawn.iter().filter(runs_through).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(corners: &[(i32, i32)]) -> Vec<Point> {
        corners.iter().map(|(x, y)| Point::new(*x, *y)).collect()
    }

    /// Four cards at the corners of a square.
    fn corners() -> [Rect; 4] {
        [(0, 0), (400, 0), (0, 400), (400, 400)].map(|(x, y)| Rect::new(x, y, 100, 100))
    }

    #[test]
    fn the_diagonals_of_a_square_cross_once_and_its_sides_never() {
        let (cards, ends) = (corners(), [(0, 1), (2, 3), (0, 3), (1, 2)]);
        let measures = measure(&cards, &ends, &straight_lines(&cards, &ends));
        assert_eq!((measures.crossings, measures.crossings_at_small_angles), (1, 0));
        assert_eq!((measures.width, measures.height, measures.area()), (500, 500, 250_000));
        assert_eq!(measures.flows_against_direction, 1);
        assert_eq!(measures.length, 400 + 400 + 566 + 566);
    }

    #[test]
    fn a_narrow_crossing_is_counted_as_such() {
        let lines = [points(&[(0, 0), (400, 40)]), points(&[(0, 40), (400, 0)])];
        let measures = measure(&corners(), &[(0, 1), (2, 3)], &lines);
        assert_eq!((measures.crossings, measures.crossings_at_small_angles), (1, 1));
    }

    #[test]
    fn lines_that_cross_in_a_bend_cross_once() {
        let lines = [points(&[(0, 50), (200, 50), (200, 200)]), points(&[(100, 0), (200, 50), (300, 100)])];
        assert_eq!(measure(&corners(), &[(0, 1), (2, 3)], &lines).crossings, 0, "they only touch");
        let lines = [points(&[(0, 50), (200, 50), (400, 50)]), points(&[(200, 0), (200, 100)])];
        assert_eq!(measure(&corners(), &[(0, 1), (2, 3)], &lines).crossings, 1);
    }

    #[test]
    fn a_line_through_a_card_of_others_is_found_and_along_its_edge_is_not() {
        let cards = [Rect::new(0, 0, 100, 50), Rect::new(200, 0, 100, 50), Rect::new(400, 0, 100, 50)];
        let through = measure(&cards, &[(0, 2)], &[points(&[(100, 25), (400, 25)])]);
        let along = measure(&cards, &[(0, 2)], &[points(&[(100, 25), (150, 25), (150, 50), (400, 50)])]);
        assert_eq!((through.flows_through_cards, along.flows_through_cards), (1, 0));
        assert_eq!((through.bends, along.bends), (0, 2));
    }

    #[test]
    fn overlaps_are_pairs_of_cards() {
        let cards = [(0, 0), (50, 20), (90, 0), (300, 0)].map(|(x, y)| Rect::new(x, y, 100, 50));
        assert_eq!(measure::<Vec<Point>>(&cards, &[], &[]).overlaps, 3);
    }

    #[test]
    fn an_empty_picture_and_flows_without_a_card_have_no_figures() {
        let measures = measure(&[], &[(0, 7)], &[points(&[(0, 0), (9, 9)])]);
        assert_eq!((measures, measures.aspect()), (Measures::default(), None));
    }

    #[test]
    fn what_moved_is_counted() {
        let movement = movement(&points(&[(0, 0), (5, 5)]), &points(&[(0, 0), (8, 1)]));
        assert_eq!(movement, Movement { moved: 1, distance: 7, farthest: 7 });
    }
}
