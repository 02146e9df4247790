//! A place for each label: on its own flow, clear of cards and other labels, and if possible of
//! other flows.

use std::collections::HashMap;

use super::{Link, Point, Rect};

const TILE: i32 = 256;
/// How far apart the places are that are tried on a piece.
const STEP: i32 = 10;
/// Room for the arrowhead, or for the line to be seen, at the ends of a route.
const END: i32 = 14;
/// How many places are tried on a piece: in most pictures, and in those with very many flows.
const MOST_STEPS: i32 = 80;
const FEW_STEPS: i32 = 6;

/// What makes a place worse.
mod price {
    pub(super) const CARD: i32 = 4_000;
    pub(super) const BADGE: i32 = 50;
    pub(super) const LABEL: i32 = 3_000;
    pub(super) const LINE: i32 = 160;
    pub(super) const END: i32 = 120;
    pub(super) const ARROWHEAD: i32 = 20;
    pub(super) const BEND: i32 = 30;
    pub(super) const UPRIGHT: i32 = 24;
}

#[derive(Clone, Copy)]
enum Thing {
    Card(Rect),
    Line(usize, Point, Point),
    Label(Rect),
}

/// What stands where, by tile.
#[derive(Default)]
struct Ground(HashMap<(i32, i32), Vec<Thing>>);

impl Ground {
    fn add(&mut self, area: &Rect, thing: Thing) {
        for column in area.x.div_euclid(TILE)..=area.right().div_euclid(TILE) {
            for row in area.y.div_euclid(TILE)..=area.bottom().div_euclid(TILE) {
                self.0.entry((column, row)).or_default().push(thing);
            }
        }
    }

    /// What it costs to cover this area with the label of a route.
    fn cost(&self, area: &Rect, route: usize) -> i32 {
        let mut cost = 0;
        for column in area.x.div_euclid(TILE)..=area.right().div_euclid(TILE) {
            for row in area.y.div_euclid(TILE)..=area.bottom().div_euclid(TILE) {
                for thing in self.0.get(&(column, row)).map_or(&[][..], Vec::as_slice) {
                    cost += match thing {
                        Thing::Card(card) if card.grown(3).overlaps(area) => price::CARD,
                        // Badges stand on the edges of cards.
                        Thing::Card(card) if card.grown(10).overlaps(area) => price::BADGE,
                        Thing::Label(label) if label.grown(3).overlaps(area) => price::LABEL,
                        Thing::Line(owner, start, end)
                            if *owner != route && area.grown(2).is_crossed_by(*start, *end) =>
                        {
                            price::LINE
                        }
                        _ => 0,
                    };
                }
            }
        }
        cost
    }
}

/// The middle of each label.
pub(super) fn places(ways: &[Vec<Point>], links: &[Link], cards: &[Rect]) -> Vec<Point> {
    let mut ground = Ground::default();
    for card in cards {
        ground.add(card, Thing::Card(*card));
    }
    let is_thorough = ways.len() <= super::MOST_SEARCHED;
    for (route, points) in ways.iter().enumerate().filter(|_| is_thorough) {
        for pair in points.windows(2) {
            ground.add(&Rect::between(pair[0], pair[1]), Thing::Line(route, pair[0], pair[1]));
        }
    }
    let mut middles = vec![Point::default(); ways.len()];
    let mut order: Vec<usize> = (0..ways.len()).filter(|route| ways[*route].len() > 1).collect();
    // Short routes have the fewest places to choose from.
    order.sort_by_key(|route| (length(&ways[*route]), *route));
    for route in order {
        let (width, height) = (links[route].label_width, links[route].label_height);
        if width == 0 {
            continue;
        }
        let most_steps = if is_thorough { MOST_STEPS } else { FEW_STEPS };
        middles[route] = best_place(&ways[route], route, (width, height), &ground, most_steps);
        let area = Rect::around(middles[route], width, height);
        ground.add(&area, Thing::Label(area));
    }
    middles
}

fn length(points: &[Point]) -> i32 {
    points.windows(2).map(|pair| (pair[0].x - pair[1].x).abs() + (pair[0].y - pair[1].y).abs()).sum()
}

fn best_place(points: &[Point], route: usize, size: (i32, i32), ground: &Ground, most_steps: i32) -> Point {
    let total = length(points);
    let mut walked = 0;
    let mut best: Option<(i32, Point)> = None;
    for pair in points.windows(2) {
        let piece = length(pair);
        let (across, down) = ((pair[1].x - pair[0].x).signum(), (pair[1].y - pair[0].y).signum());
        let along = if across == 0 { size.1 } else { size.0 };
        let steps = (piece / STEP / 2 * 2).clamp(2, most_steps);
        for step in 0..=steps {
            let part = piece * step / steps;
            let middle = Point::new(pair[0].x + across * part, pair[0].y + down * part);
            let at = walked + part;
            let to_end = at.min(total - at) - along / 2;
            let mut cost = (at - total / 2).abs() / 8;
            cost += if to_end < END { price::END + END - to_end } else { 0 };
            cost += if to_end < END && at > total / 2 { price::ARROWHEAD } else { 0 };
            cost += if part.min(piece - part) < along / 2 { price::BEND } else { 0 };
            cost += if across == 0 { price::UPRIGHT } else { 0 };
            if best.is_some_and(|(least, _)| least <= cost) {
                continue;
            }
            cost += ground.cost(&Rect::around(middle, size.0, size.1), route);
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, middle));
            }
        }
        walked += piece;
    }
    best.map_or_else(|| points.first().copied().unwrap_or_default(), |(_, middle)| middle)
}
