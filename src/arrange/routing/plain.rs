//! Plain routes, tried in turn until one meets no card: straight, one step, two steps round.
//! For plans with very many flows, and where the search gives up.

use std::collections::HashMap;

use super::search::corners;
use super::{Point, Rect};

/// The side of the tiles in which cards are looked up.
const TILE: i32 = 256;
/// How far a route runs beside a card.
const BESIDE: i32 = 24;
/// How far apart the lanes of successive routes are.
const LANE: i32 = 8;
const LANES: i32 = 9;

/// A plain route.
pub(super) enum Way {
    /// It meets no card.
    Free(Vec<Point>),
    /// Every plain route meets a card; this is the first of them.
    ThroughCards(Vec<Point>),
}

/// Where cards stand, and how many flows each has been given.
pub(super) struct Streets<'a> {
    cards: &'a [Rect],
    tiles: HashMap<(i32, i32), Vec<usize>>,
    given: Vec<i32>,
    loops: Vec<i32>,
}

impl<'a> Streets<'a> {
    pub(super) fn of(cards: &'a [Rect]) -> Self {
        let mut tiles: HashMap<_, Vec<usize>> = HashMap::new();
        for (index, card) in cards.iter().enumerate() {
            for column in card.x.div_euclid(TILE)..=card.right().div_euclid(TILE) {
                for row in card.y.div_euclid(TILE)..=card.bottom().div_euclid(TILE) {
                    tiles.entry((column, row)).or_default().push(index);
                }
            }
        }
        Self { cards, tiles, given: vec![0; cards.len()], loops: vec![0; cards.len()] }
    }

    /// A flow of a system to itself: round the upper right corner.
    pub(super) fn loop_at(&mut self, card: usize) -> Vec<Point> {
        let rect = self.cards[card];
        let turn = self.loops[card];
        self.loops[card] += 1;
        let out = 12 + turn.min(2) * LANE;
        let (high, right) = (rect.y + 14 + turn.min(3) * 6, rect.right() - 30 - turn.min(3) * LANE);
        let (outside, above) = (rect.right() + out, rect.y - out);
        vec![
            Point::new(rect.right(), high),
            Point::new(outside, high),
            Point::new(outside, above),
            Point::new(right, above),
            Point::new(right, rect.y),
        ]
    }

    /// A route from one card to another.
    pub(super) fn way(&mut self, from: usize, to: usize) -> Way {
        let lane = (self.given[from] + self.given[to]) % LANES;
        let candidates = self.candidates(from, to, lane);
        self.given[from] += 1;
        self.given[to] += 1;
        let free = candidates.iter().position(|points| self.is_free(points, from, to));
        let points = corners(&candidates[free.unwrap_or(0)]);
        if free.is_some() { Way::Free(points) } else { Way::ThroughCards(points) }
    }

    fn candidates(&self, from: usize, to: usize, lane: i32) -> Vec<Vec<Point>> {
        let (start, end) = (self.cards[from], self.cards[to]);
        let (left, right) = if start.centre().x <= end.centre().x { (start, end) } else { (end, start) };
        let (out, into) = (port(&start, self.given[from]), port(&end, self.given[to]));
        let shift = lane * LANE;
        let mut candidates = Vec::new();
        if right.x - left.right() > BESIDE {
            for street in [left.right() + BESIDE + shift, right.x - BESIDE - shift] {
                candidates.push(Self::step(&start, &end, out, into, street));
            }
        }
        let below = start.bottom().max(end.bottom()) + BESIDE / 2 + shift / 3;
        let above = start.y.min(end.y) - BESIDE / 2 - shift / 3;
        let between = [start.bottom().min(end.bottom()) + BESIDE / 2, start.y.max(end.y) - BESIDE / 2];
        for street in between.into_iter().chain([below, above]) {
            candidates.push(Self::round(&start, &end, out, into, street, shift));
        }
        let outside = start.right().max(end.right()) + BESIDE + shift;
        candidates.push(Self::step(&start, &end, out, into, outside));
        let outside = start.x.min(end.x) - BESIDE - shift;
        candidates.push(Self::step(&start, &end, out, into, outside));
        candidates
    }

    /// Out at the side, along one vertical street, in at the side.
    fn step(start: &Rect, end: &Rect, out: i32, into: i32, street: i32) -> Vec<Point> {
        vec![
            Point::new(side(start, street), out),
            Point::new(street, out),
            Point::new(street, into),
            Point::new(side(end, street), into),
        ]
    }

    /// Out at the side, to a horizontal street, along it, and in at the side.
    fn round(start: &Rect, end: &Rect, out: i32, into: i32, street: i32, shift: i32) -> Vec<Point> {
        let to_right = start.centre().x <= end.centre().x;
        let beside = |card: &Rect, at_right: bool| {
            if at_right { card.right() + BESIDE + shift } else { card.x - BESIDE - shift }
        };
        let (first, last) = (beside(start, to_right), beside(end, !to_right));
        vec![
            Point::new(side(start, first), out),
            Point::new(first, out),
            Point::new(first, street),
            Point::new(last, street),
            Point::new(last, into),
            Point::new(side(end, last), into),
        ]
    }

    fn is_free(&self, points: &[Point], from: usize, to: usize) -> bool {
        points.windows(2).all(|pair| !self.is_blocked(pair[0], pair[1], from, to))
    }

    fn is_blocked(&self, start: Point, end: Point, from: usize, to: usize) -> bool {
        let line = Rect::between(start, end);
        let columns = line.x.div_euclid(TILE)..=line.right().div_euclid(TILE);
        let mut tiles = columns.flat_map(|column| {
            let rows = line.y.div_euclid(TILE)..=line.bottom().div_euclid(TILE);
            rows.map(move |row| (column, row))
        });
        tiles.any(|tile| {
            let near = self.tiles.get(&tile).map_or(&[][..], Vec::as_slice);
            near.iter().any(|card| {
                let margin = if *card == from || *card == to { 0 } else { 4 };
                self.cards[*card].grown(margin).is_crossed_by(start, end)
            })
        })
    }
}

/// The height at which the next flow of a card leaves it.
fn port(card: &Rect, given: i32) -> i32 {
    let steps = [0, -1, 1, -2, 2];
    card.centre().y + steps[(given % 5).unsigned_abs() as usize] * (card.height / 7)
}

fn side(card: &Rect, street: i32) -> i32 {
    if street > card.centre().x { card.right() } else { card.x }
}
