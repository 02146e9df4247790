//! The cheapest way over the lattice (A*): short, few bends, few crossings, beside other routes
//! instead of on them. It starts and ends in the middle of its cards and leaves them straight.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::lattice::Lattice;
use super::{Point, Rect};

const BEND: i32 = 70;
const CROSSING: i32 = 36;
/// For leaving or entering a card at its top or bottom: names read from left to right.
const UPRIGHT: i32 = 24;
/// How many steps one search may take, and all together.
const MOST_STEPS: usize = 60_000;
const MOST_STEPS_IN_ALL: usize = 5_000_000;

pub(super) struct Search {
    lattice: Lattice,
    /// By crossing and heading: the search in which it was seen, its cost, and where it came from.
    seen: Vec<u32>,
    cost: Vec<i32>,
    came_from: Vec<u32>,
    run: u32,
    steps_left: usize,
    /// How much the way that is left counts: 1 finds the cheapest route, more finds one sooner.
    haste: i32,
}

impl Search {
    pub(super) fn new(lattice: Lattice, haste: i32) -> Self {
        let states = lattice.size() * 4;
        Self {
            lattice,
            seen: vec![0; states],
            cost: vec![0; states],
            came_from: vec![0; states],
            run: 0,
            steps_left: MOST_STEPS_IN_ALL,
            haste,
        }
    }

    /// The way between two cards, from edge to edge, or nothing where the search gives up.
    pub(super) fn way(&mut self, cards: &[Rect], from: usize, to: usize) -> Option<Vec<Point>> {
        let start = self.lattice.crossing(cards[from].centre())?;
        let goal = self.lattice.crossing(cards[to].centre())?;
        let owners = [u32::try_from(from).ok()? + 1, u32::try_from(to).ok()? + 1];
        if self.lattice.owner(start) != owners[0] || self.lattice.owner(goal) != owners[1] {
            return None;
        }
        let end = self.explore(start, goal, owners)?;
        let crossings = self.trace(end, start);
        self.mark(&crossings);
        let points: Vec<Point> = crossings.iter().map(|crossing| self.lattice.point(*crossing)).collect();
        Some(clipped(&corners(&points), &cards[from], &cards[to])).filter(|points| points.len() >= 2)
    }

    /// The state in which the goal is reached.
    fn explore(&mut self, start: usize, goal: usize, owners: [u32; 2]) -> Option<usize> {
        self.run += 1;
        let target = self.lattice.point(goal);
        let mut open = BinaryHeap::new();
        for heading in 0..4 {
            self.reach(start * 4 + heading, start * 4 + heading, upright(heading));
            open.push(Reverse((0, start * 4 + heading)));
        }
        for _ in 0..MOST_STEPS.min(self.steps_left) {
            self.steps_left -= 1;
            let Reverse((estimate, state)) = open.pop()?;
            let (crossing, heading) = (state / 4, state % 4);
            if crossing == goal {
                return Some(state);
            }
            let cost = self.cost[state];
            if estimate > cost + self.haste * remaining(self.lattice.point(crossing), target)
                && crossing != start
            {
                continue;
            }
            for next_heading in [heading, (heading + 1) % 4, (heading + 3) % 4] {
                let is_turn = next_heading != heading;
                // Inside a card there are no bends.
                if is_turn && self.lattice.owner(crossing) != 0 {
                    continue;
                }
                let Some(next) = self.lattice.next(crossing, next_heading) else { continue };
                let owner = self.lattice.owner(next);
                if owner != 0 && !owners.contains(&owner) {
                    continue;
                }
                let step = self.step(crossing, next, next_heading, is_turn)
                    + if next == goal { upright(next_heading) } else { 0 };
                let next_state = next * 4 + next_heading;
                if self.reach(next_state, state, cost + step) {
                    let estimate = cost + step + self.haste * remaining(self.lattice.point(next), target);
                    open.push(Reverse((estimate, next_state)));
                }
            }
        }
        None
    }

    /// Notes a way to a state, unless a cheaper one is known.
    fn reach(&mut self, state: usize, from: usize, cost: i32) -> bool {
        if self.seen[state] == self.run && self.cost[state] <= cost {
            return false;
        }
        self.seen[state] = self.run;
        self.cost[state] = cost;
        self.came_from[state] = u32::try_from(from).unwrap_or_default();
        true
    }

    fn step(&self, crossing: usize, next: usize, heading: usize, is_turn: bool) -> i32 {
        let (here, there) = (self.lattice.point(crossing), self.lattice.point(next));
        let length = (here.x - there.x).abs() + (here.y - there.y).abs();
        let shared = i32::from(self.lattice.used_along(crossing, next, heading));
        let crossed = i32::from(self.lattice.used_across(next, heading));
        length + length * shared.min(8) * 2 / 5 + crossed * CROSSING + if is_turn { BEND } else { 0 }
    }

    /// The crossings from the start to the end.
    fn trace(&self, end: usize, start: usize) -> Vec<usize> {
        let mut crossings = vec![end / 4];
        let mut state = end;
        while state / 4 != start {
            state = self.came_from[state] as usize;
            crossings.push(state / 4);
        }
        crossings.reverse();
        crossings
    }

    fn mark(&mut self, crossings: &[usize]) {
        for pair in crossings.windows(2) {
            let heading = usize::from(pair[0].abs_diff(pair[1]) != 1);
            self.lattice.mark_used(pair[0], pair[1], heading);
        }
    }
}

const fn upright(heading: usize) -> i32 {
    if heading.is_multiple_of(2) { 0 } else { UPRIGHT }
}

fn remaining(from: Point, to: Point) -> i32 {
    let (across, down) = ((from.x - to.x).abs(), (from.y - to.y).abs());
    across + down + if across > 0 && down > 0 { BEND } else { 0 }
}

/// Start, bends and end of a line of points.
pub(super) fn corners(points: &[Point]) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::new();
    for point in points {
        if kept.last() == Some(point) {
            continue;
        }
        let is_straight = |before: &Point, last: &Point| {
            (before.x == last.x && last.x == point.x) || (before.y == last.y && last.y == point.y)
        };
        if let [.., before, last] = &kept[..]
            && is_straight(before, last)
        {
            kept.pop();
        }
        kept.push(*point);
    }
    kept
}

/// Cuts off what lies inside the cards at both ends.
fn clipped(points: &[Point], from: &Rect, to: &Rect) -> Vec<Point> {
    let mut points = points.to_vec();
    if let [first, second, ..] = &mut points[..] {
        *first = edge_towards(from, *second);
    }
    if let [.., second, last] = &mut points[..] {
        *last = edge_towards(to, *second);
    }
    points
}

/// The middle of the side of a card that faces a point straight beside it.
fn edge_towards(card: &Rect, point: Point) -> Point {
    let centre = card.centre();
    if point.y == centre.y {
        Point::new(if point.x > centre.x { card.right() } else { card.x }, centre.y)
    } else {
        Point::new(centre.x, if point.y > centre.y { card.bottom() } else { card.y })
    }
}
