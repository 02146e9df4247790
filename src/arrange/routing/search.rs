//! The cheapest way over the lattice (A*): short, few bends, few crossings, beside other routes
//! instead of on them. It leaves its cards in the middle of a side, straight.

use super::lattice::{Crossing, Lattice, NONE};
use super::{Point, Rect};

const BEND: u32 = 70;
const CROSSING: u32 = 80;
/// How much of a side a flow wants for itself, and what each costs for which there is no room.
const PORT_ROOM: u32 = 24;
const CROWDED: u32 = 100;
/// What each other route on a piece costs, in percent of its length. Routes that run together cross
/// others less often than routes that run everywhere.
const SHARED: u32 = 10;
/// A channel has room for this many; each further one costs so much more.
const CHANNEL_ROOM: u32 = 5;
const FULL: u32 = 40;
/// How many routes on a piece, across a crossing, and at a side of a card are counted.
const MOST_SHARED: u32 = 16;
const MOST_CROSSED: u32 = 40;
const MOST_AT_SIDE: u32 = 8;
/// For leaving or entering a card at its top or bottom: names read from left to right.
const UPRIGHT: u32 = 24;
/// How far round its two cards a way is looked for: first, and where there is none.
const WINDOWS: [i32; 3] = [320, 2_000, i32::MAX / 4];
/// How many steps all searches may take together before they hurry.
const STEPS: usize = 4_000_000;
/// How much the way that is left counts, in percent: 100 finds the cheapest route, more finds a
/// good one sooner.
const THOROUGH: u32 = 100;
const QUICK: u32 = 160;
const AFTER_MOVE: u32 = 170;
const HASTY: u32 = 170;
/// How many steps one search may take before it hurries, after a card was moved.
const STEPS_AFTER_MOVE: usize = 5_000;
/// Above this many links, searches are quick.
const MANY_LINKS: usize = 1_000;

/// What is remembered during a search, kept for the next one.
#[derive(Clone, Debug, Default)]
pub(super) struct Search {
    /// By crossing and heading.
    states: Vec<State>,
    run: u32,
    open: Queue,
    /// How many steps one search may take before it hurries.
    most_steps: usize,
    /// How much the way that is left counts.
    haste: u32,
}

/// A crossing passed in a heading.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    /// The search in which it was seen.
    seen: u32,
    cost: u32,
    came_from: u32,
}

/// States to look at, by buckets of the price of their routes; of one bucket, the last comes first.
#[derive(Clone, Debug, Default)]
struct Queue {
    buckets: Vec<Vec<(u32, u32)>>,
    /// No bucket before this one holds anything.
    first: usize,
}

impl Queue {
    /// Prices that differ by less are taken for equal.
    const WIDTH: u32 = 4;

    fn clear(&mut self) {
        self.buckets.iter_mut().for_each(Vec::clear);
        self.first = 0;
    }

    fn push(&mut self, price: u32, state: u32, cost: u32) {
        let bucket = (price / Self::WIDTH) as usize;
        if bucket >= self.buckets.len() {
            self.buckets.resize_with(bucket + 1, Vec::new);
        }
        self.first = self.first.min(bucket);
        self.buckets[bucket].push((state, cost));
    }

    fn pop(&mut self) -> Option<(u32, u32)> {
        while self.first < self.buckets.len() {
            if let Some(next) = self.buckets[self.first].pop() {
                return Some(next);
            }
            self.first += 1;
        }
        None
    }
}

/// What one search is for.
struct Goal<'a> {
    cards: [&'a Rect; 2],
    /// The ports of the card where it ends.
    ports: [u32; 4],
    used_ports: [u16; 4],
    target: Point,
    /// What entering it costs at least because its sides are used.
    least_crowd: u32,
    window: Rect,
    /// Whether crossings with other routes do not matter.
    is_hasty: bool,
}

/// How a search ended.
enum Outcome {
    /// In this state the goal was reached.
    Found(u32),
    /// The window has no way.
    NoWay,
    /// It took too long.
    TooLong,
}

impl Search {
    /// For searches of which this many share the time.
    pub(super) fn for_links(links: usize) -> Self {
        let haste = if links > MANY_LINKS { QUICK } else { THOROUGH };
        Self { most_steps: (STEPS / links.max(1)).clamp(200, 60_000), haste, ..Self::default() }
    }

    /// The same for searches during a frame: good ways suffice.
    pub(super) fn be_quick(&mut self) {
        (self.haste, self.most_steps) = (AFTER_MOVE, self.most_steps.min(STEPS_AFTER_MOVE));
    }

    /// The way between two cards, from edge to edge, or nothing where there is none.
    pub(super) fn way(
        &mut self,
        lattice: &Lattice,
        cards: &[Rect],
        from: usize,
        to: usize,
    ) -> Option<Vec<Point>> {
        let states = lattice.crossings.len() * 4;
        if self.states.len() < states {
            self.states.resize(states, State::default());
        }
        let ends = [&cards[from], &cards[to]];
        let both = ends[0].union(ends[1]);
        let crowd = |(heading, used): (u32, &u16)| {
            end_price(ends[1], heading, *used) - end_price(ends[1], heading, 0)
        };
        let sides = (0..).zip(&lattice.used_ports[to]);
        let open = sides.filter(|(side, _)| lattice.ports[to][*side as usize] != NONE);
        let least_crowd = open.map(crowd).min().unwrap_or(0);
        let mut goal = Goal {
            least_crowd,
            cards: ends,
            ports: lattice.ports[to],
            used_ports: lattice.used_ports[to],
            target: ends[1].centre(),
            window: both,
            is_hasty: false,
        };
        let found = WINDOWS.iter().find_map(|margin| {
            goal.window = Rect::new(
                both.x.saturating_sub(*margin),
                both.y.saturating_sub(*margin),
                both.width.saturating_add(margin * 2),
                both.height.saturating_add(margin * 2),
            );
            goal.is_hasty = false;
            loop {
                match self.explore(lattice, from, &goal) {
                    Outcome::Found(state) => return Some(state),
                    Outcome::NoWay => return None,
                    Outcome::TooLong => goal.is_hasty = true,
                }
            }
        })?;
        let points = self.trace(lattice, found);
        Some(corners(&points)).filter(|points| points.len() >= 2)
    }

    /// The state in which the goal is reached.
    fn explore(&mut self, lattice: &Lattice, from: usize, goal: &Goal<'_>) -> Outcome {
        self.run += 1;
        self.open.clear();
        for (heading, start) in (0..).zip(lattice.ports[from]).filter(|(_, start)| *start != NONE) {
            let state = start * 4 + heading;
            let used = lattice.used_ports[from][heading as usize];
            self.reach(lattice, goal, state, state, end_price(goal.cards[0], heading, used));
        }
        let mut steps = 0;
        while let Some((state, cost)) = self.open.pop() {
            let (crossing, heading) = (state / 4, state % 4);
            if is_end(goal, crossing, heading) {
                return Outcome::Found(state);
            }
            if cost != self.states[state as usize].cost {
                continue;
            }
            steps += 1;
            if steps > self.most_steps && !goal.is_hasty {
                return Outcome::TooLong;
            }
            let here = lattice.crossings[crossing as usize];
            for next_heading in [heading, (heading + 1) % 4, (heading + 3) % 4] {
                let next = here.next[next_heading as usize];
                if next == NONE || !contains(&goal.window, lattice.at(next)) {
                    continue;
                }
                let bend = if next_heading == heading { 0 } else { BEND };
                let there = &lattice.crossings[next as usize];
                let mut cost = cost + bend + step(&here, there, next_heading as usize, goal.is_hasty);
                if is_end(goal, next, next_heading) {
                    let used = goal.used_ports[(next_heading as usize + 2) % 4];
                    cost += end_price(goal.cards[1], next_heading, used);
                }
                self.reach(lattice, goal, next * 4 + next_heading, state, cost);
            }
        }
        Outcome::NoWay
    }

    /// Notes a way to a state, unless a cheaper one is known.
    fn reach(&mut self, lattice: &Lattice, goal: &Goal<'_>, state: u32, from: u32, cost: u32) {
        let known = &mut self.states[state as usize];
        if known.seen == self.run && known.cost <= cost {
            return;
        }
        *known = State { seen: self.run, cost, came_from: from };
        let (crossing, heading) = (state / 4, state % 4);
        let price = if is_end(goal, crossing, heading) {
            cost
        } else {
            cost + goal.least_crowd
                + remaining(
                    lattice.at(crossing),
                    heading,
                    goal.target,
                    if goal.is_hasty { HASTY } else { self.haste },
                )
        };
        self.open.push(price, state, cost);
    }

    /// The points from the start to the end.
    fn trace(&self, lattice: &Lattice, end: u32) -> Vec<Point> {
        let mut state = end;
        let mut points = vec![lattice.at(end / 4)];
        while self.states[state as usize].came_from != state {
            state = self.states[state as usize].came_from;
            points.push(lattice.at(state / 4));
        }
        points.reverse();
        points
    }
}

fn is_end(goal: &Goal<'_>, crossing: u32, heading: u32) -> bool {
    goal.ports[(heading as usize + 2) % 4] == crossing
}

/// What it costs to leave or enter a card in this heading, from or to its middle.
fn end_price(card: &Rect, heading: u32, used: u16) -> u32 {
    let (length, side, upright) = if heading.is_multiple_of(2) {
        (card.width, card.height, 0)
    } else {
        (card.height, card.width, UPRIGHT)
    };
    let (length, used) = (length.unsigned_abs() / 2, u32::from(used));
    let room = side.unsigned_abs() / PORT_ROOM;
    let crowd = (used + 1).saturating_sub(room).min(MOST_AT_SIDE);
    length + length * used.min(MOST_AT_SIDE) * 2 / 5 + crowd * CROWDED + upright
}

fn step(here: &Crossing, there: &Crossing, heading: usize, is_hasty: bool) -> u32 {
    let length = here.point.x.abs_diff(there.point.x) + here.point.y.abs_diff(there.point.y);
    let shared = u32::from(here.used[heading]).min(MOST_SHARED);
    if is_hasty {
        return length + length * shared.min(MOST_SHARED / 2) / 16;
    }
    let full = shared.saturating_sub(CHANNEL_ROOM);
    let crossed = u32::from(there.used_across(heading)).min(MOST_CROSSED);
    length + length * (shared * SHARED + full * FULL) / 100 + crossed * CROSSING
}

const fn contains(window: &Rect, point: Point) -> bool {
    window.x <= point.x && point.x <= window.right() && window.y <= point.y && point.y <= window.bottom()
}

/// The least that is still to pay: the distance and the bends without which one does not arrive.
fn remaining(from: Point, heading: u32, to: Point, haste: u32) -> u32 {
    let (right, down) = (to.x - from.x, to.y - from.y);
    let (ahead, aside) = match heading {
        0 => (right, down),
        1 => (down, right),
        2 => (-right, down),
        _ => (-down, right),
    };
    let bends = match (ahead < 0, aside != 0) {
        (true, _) => 2,
        (false, true) => 1,
        (false, false) => 0,
    };
    (right.unsigned_abs() + down.unsigned_abs()) * haste / 100 + bends * BEND
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
