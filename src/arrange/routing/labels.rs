//! A place for each label: on its own flow, clear of cards and other labels, and if possible of
//! other flows.

use super::tiles::{Ground, Tiles};
use super::{Link, Point, Rect, Route};

/// How far apart the places are that are tried on a piece.
const STEP: i32 = 10;
/// Room for the arrowhead, or for the line to be seen, at the ends of a route.
const END: i32 = 14;
/// How many places are tried on a piece, and how many on a route.
const MOST_STEPS: i32 = 80;
const MOST_TRIED: usize = 120;

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

/// What labels must heed: cards, the pieces of all routes, and the labels themselves.
pub(super) struct Signs<'a> {
    pub(super) ground: &'a Ground,
    pub(super) links: &'a [Link],
    pub(super) lines: &'a Tiles<(usize, usize)>,
    pub(super) labels: &'a mut Tiles<usize>,
}

impl Signs<'_> {
    /// Places the labels of these routes. A label without a place of its own is left out. Those of the
    /// others stay, or make room beside these: returns whose labels did.
    pub(super) fn place(&mut self, routes: &mut [Route], changed: &[usize]) -> Vec<usize> {
        let is_labelled =
            |route: &usize| self.links[*route].label_width > 0 && routes[*route].points.len() > 1;
        let mut order: Vec<usize> = changed.iter().copied().filter(is_labelled).collect();
        // Short routes have the fewest places to choose from.
        order.sort_by_key(|route| (length(&routes[*route].points), *route));
        for route in &order {
            self.remove(*route, &routes[*route]);
            routes[*route].label = None;
        }
        let mut unhappy = Vec::new();
        for route in order {
            let cost = self.settle(&mut routes[route], route);
            if cost >= price::LABEL {
                unhappy.push(route);
            }
        }
        let mut asked = Vec::new();
        for route in &unhappy {
            asked.extend(self.make_room(routes, *route));
        }
        for route in unhappy.into_iter().chain(asked.iter().copied()) {
            let area = area(&routes[route], &self.links[route]);
            if area.is_some_and(|area| self.cost(&area, route) >= price::LABEL) {
                self.remove(route, &routes[route]);
                routes[route].label = None;
            }
        }
        asked
    }

    /// Takes a label along with the piece of its route that was pushed aside. Says whether it has
    /// room there.
    pub(super) fn carry(&mut self, route: &mut Route, index: usize, before: &[Point], now: &[Point]) -> bool {
        let Some(label) = route.label else { return true };
        let is_on = |line: &Rect| line.grown(1).is_crossed_by(label, label);
        let mut pieces = before.windows(2).zip(now.windows(2));
        let piece = pieces.find(|(before, _)| is_on(&Rect::between(before[0], before[1])));
        let Some((_, now)) = piece else { return false };
        let line = Rect::between(now[0], now[1]);
        let middle = Point::new(label.x.clamp(line.x, line.right()), label.y.clamp(line.y, line.bottom()));
        if middle != label {
            self.remove(index, route);
            self.put(index, route, Some(middle));
        }
        area(route, &self.links[index]).is_none_or(|area| self.cost(&area, index) < price::LABEL)
    }

    fn remove(&mut self, index: usize, route: &Route) {
        if let Some(area) = area(route, &self.links[index]) {
            self.labels.remove(area, index);
        }
    }

    /// Puts a label somewhere.
    fn put(&mut self, index: usize, route: &mut Route, label: Option<Point>) {
        route.label = label;
        if let Some(area) = area(route, &self.links[index]) {
            self.labels.add(area, index);
        }
    }

    /// Gives a label the best place and says what it costs.
    fn settle(&mut self, route: &mut Route, index: usize) -> i32 {
        let link = &self.links[index];
        let (cost, middle) = self.best_place(&route.points, index, (link.label_width, link.label_height));
        self.put(index, route, Some(middle));
        cost
    }

    /// A label that lies on others tries again after each of them has; the better of both stays.
    /// Returns those of the others that went elsewhere.
    fn make_room(&mut self, routes: &mut [Route], route: usize) -> Vec<usize> {
        let Some(own) = area(&routes[route], &self.links[route]) else { return Vec::new() };
        let near =
            self.labels.near(&own).filter(|(other, index)| *index != route && other.grown(3).overlaps(&own));
        let mut others: Vec<usize> = near.map(|(_, index)| *index).collect();
        others.sort_unstable();
        others.dedup();
        others.retain(|other| {
            let other = *other;
            let before = [routes[route].label, routes[other].label];
            let both = [route, other];
            let cost = |signs: &Self, routes: &[Route]| -> i32 {
                let areas = both.iter().map(|one| (one, area(&routes[*one], &signs.links[*one])));
                areas.map(|(one, area)| area.map_or(0, |area| signs.cost(&area, *one))).sum()
            };
            let cost_before = cost(self, routes);
            for one in both {
                self.remove(one, &routes[one]);
            }
            for one in both {
                self.settle(&mut routes[one], one);
            }
            if cost(self, routes) >= cost_before {
                for (one, label) in both.into_iter().zip(before) {
                    self.remove(one, &routes[one]);
                    self.put(one, &mut routes[one], label);
                }
            }
            routes[other].label != before[1]
        });
        others
    }

    /// What it costs to cover this area with the label of a route.
    fn cost(&self, area: &Rect, route: usize) -> i32 {
        let mut cost = 0;
        for (card, _) in self.ground.upright.near(&area.grown(10)) {
            if card.grown(3).overlaps(area) {
                cost += price::CARD;
            } else if card.grown(10).overlaps(area) {
                // Badges stand on the edges of cards.
                cost += price::BADGE;
            }
        }
        let labels = self.labels.near(&area.grown(3));
        cost += price::LABEL * count(labels, |label, owner| *owner != route && label.grown(3).overlaps(area));
        let ground = area.grown(2);
        let crosses = |line: &Rect, (owner, _): &(usize, usize)| *owner != route && meets(&ground, line);
        cost + price::LINE * count(self.lines.near(&ground), crosses)
    }

    fn best_place(&self, points: &[Point], route: usize, size: (i32, i32)) -> (i32, Point) {
        let mut places = candidates(points, size);
        places.sort_unstable_by_key(|(cost, order, _)| (*cost, *order));
        let first = places.first().map_or_else(Point::default, |(_, _, middle)| *middle);
        let mut best = (i32::MAX, first);
        for (cost, _, middle) in places.into_iter().take(MOST_TRIED) {
            if best.0 <= cost {
                break;
            }
            let cost = cost + self.cost(&Rect::around(middle, size.0, size.1), route);
            if cost < best.0 {
                best = (cost, middle);
            }
        }
        best
    }
}

/// Where the label of a route lies.
pub(super) fn area(route: &Route, link: &Link) -> Option<Rect> {
    route.label.map(|middle| Rect::around(middle, link.label_width, link.label_height))
}

/// Whether a piece of a line runs through an area.
pub(super) fn meets(area: &Rect, line: &Rect) -> bool {
    area.is_crossed_by(Point::new(line.x, line.y), Point::new(line.right(), line.bottom()))
}

fn count<'t, T: 't>(things: impl Iterator<Item = &'t (Rect, T)>, counts: impl Fn(&Rect, &T) -> bool) -> i32 {
    i32::try_from(things.filter(|(area, owner)| counts(area, owner)).count()).unwrap_or(i32::MAX)
}

fn length(points: &[Point]) -> i32 {
    points.windows(2).map(|pair| (pair[0].x - pair[1].x).abs() + (pair[0].y - pair[1].y).abs()).sum()
}

/// The places on a route: what each costs by itself, its order, and the middle of the label.
fn candidates(points: &[Point], size: (i32, i32)) -> Vec<(i32, usize, Point)> {
    let total = length(points);
    let mut walked = 0;
    let mut places = Vec::new();
    for pair in points.windows(2) {
        let piece = length(pair);
        let (across, down) = ((pair[1].x - pair[0].x).signum(), (pair[1].y - pair[0].y).signum());
        let along = if across == 0 { size.1 } else { size.0 };
        let steps = (piece / STEP / 2 * 2).clamp(2, MOST_STEPS);
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
            places.push((cost, places.len(), middle));
        }
        walked += piece;
    }
    places
}
