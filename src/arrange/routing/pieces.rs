//! The horizontal pieces of routes: how far each may be moved without meeting a card, and in which
//! order those that run together cross least. Vertical pieces are seen from the side.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::tiles::Tiles;
use super::{Link, Point, Rect};

/// Room to cards of other flows, and to the own cards for the arrowhead, where there is so much.
const CLEAR: i32 = 10;
const CLEAR_OF_OWN: i32 = 16;
/// How near to a card's corner a port may be.
const CORNER: i32 = 12;
/// Pieces that end this near to each other would look connected.
pub(super) const NEAR: i32 = 4;
/// No piece is moved further than this.
const FAR: i32 = 240;

/// A horizontal piece of a route.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) route: usize,
    pub(super) index: usize,
    /// Its height, as wished.
    pub(super) y: i32,
    pub(super) left: i32,
    pub(super) right: i32,
    pub(super) lowest: i32,
    pub(super) highest: i32,
    /// Whether it stays where it is unless it is pushed.
    pub(super) is_settled: bool,
}

/// Where pieces lie: the ways, what they join, and the cards.
#[derive(Clone, Copy)]
pub(super) struct Sight<'a> {
    pub(super) ways: &'a [Vec<Point>],
    pub(super) links: &'a [Link],
    pub(super) tiles: &'a Tiles<usize>,
}

impl Sight<'_> {
    /// The horizontal pieces of these routes, every other one from the first that is given with
    /// the route. Those that belong further up come first.
    pub(super) fn pieces(&self, routes: &[(usize, usize)]) -> Vec<Piece> {
        self.in_order(self.pieces_of(routes))
    }

    /// The same, route by route.
    pub(super) fn pieces_of(&self, routes: &[(usize, usize)]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for (route, first) in routes {
            let last = self.ways[*route].len().saturating_sub(1);
            pieces.extend((*first..last).step_by(2).map(|index| self.piece(*route, index)));
        }
        pieces
    }

    /// A piece that may be pushed this far from where it is.
    pub(super) fn settled(&self, (route, index): (usize, usize), most: i32) -> Piece {
        let y = self.ways[route][index].y;
        let is_loop = self.links[route].from == self.links[route].to;
        let most = if is_loop { 0 } else { most };
        let mut piece = self.piece(route, index);
        (piece.y, piece.is_settled) = (y, true);
        piece.lowest = piece.lowest.clamp(y - most, y);
        piece.highest = piece.highest.clamp(y, y + most);
        piece
    }

    fn piece(&self, route: usize, index: usize) -> Piece {
        let (points, link) = (&self.ways[route], &self.links[route]);
        let (start, end) = (points[index], points[index + 1]);
        let (left, right, y) = (start.x.min(end.x), start.x.max(end.x), start.y);
        let mut ceiling = (y - FAR, false);
        let mut floor = (y + FAR, false);
        let (mut lowest, mut highest) = (i32::MIN / 4, i32::MAX / 4);
        let is_port =
            |card: usize| (card == link.from && index == 0) || (card == link.to && index + 2 == points.len());
        let band = Rect::new(left, y - FAR, right - left, 2 * FAR).grown(CLEAR);
        for (rect, card) in self.tiles.near(&band) {
            if is_port(*card) {
                let corner = CORNER.min(rect.height / 2);
                lowest = lowest.max(rect.y + corner);
                highest = highest.min(rect.bottom() - corner);
            } else if rect.x < right + CLEAR && left - CLEAR < rect.right() {
                let is_own = *card == link.from || *card == link.to;
                if rect.bottom() <= y {
                    ceiling = ceiling.max((rect.bottom(), is_own));
                } else if y <= rect.y {
                    floor = floor.min((rect.y, is_own));
                } else if rect.x < right && left < rect.right() {
                    (lowest, highest) = (y, y);
                }
            }
        }
        // Of a narrow gap between cards, half is for the lines.
        let quarter = (floor.0 - ceiling.0) / 4;
        let clear = |is_own: bool| if is_own { CLEAR_OF_OWN } else { CLEAR }.min(quarter);
        lowest = lowest.max(ceiling.0 + clear(ceiling.1));
        highest = highest.min(floor.0 - clear(floor.1));
        if lowest > highest {
            (lowest, highest) = (y, y);
        }
        let wished = self.middle_of_step(route, index, lowest, highest).unwrap_or(y);
        Piece { route, index, y: wished, left, right, lowest, highest, is_settled: false }
    }

    /// A step between two levels looks best in the middle of its channel.
    fn middle_of_step(&self, route: usize, index: usize, lowest: i32, highest: i32) -> Option<i32> {
        let points = &self.ways[route];
        let (before, after) = (points.get(index.checked_sub(1)?)?.y, points.get(index + 2)?.y);
        let y = points[index].y;
        let is_step = (before - y).signum() * (after - y).signum() < 0;
        let low = lowest.max(before.min(after));
        let high = highest.min(before.max(after));
        (is_step && low < high && high - low < 400).then(|| i32::midpoint(low, high))
    }

    /// From top to bottom; pieces on one level in the order in which they cross least.
    fn in_order(&self, mut pieces: Vec<Piece>) -> Vec<Piece> {
        pieces.sort_by_key(|piece| (piece.y, piece.route, piece.index));
        let level_of = levels(&pieces);
        let mut levels: BTreeMap<(i32, usize), Vec<usize>> = BTreeMap::new();
        for (place, level) in level_of.iter().enumerate() {
            levels.entry((pieces[*level].y, *level)).or_default().push(place);
        }
        let mut order = Vec::with_capacity(pieces.len());
        for level in levels.into_values() {
            let start = order.len();
            for piece in level {
                // The relation is not transitive, so no sort: each goes before the first it belongs above.
                let is_above = |other: &usize| self.above(&pieces[piece], &pieces[*other]) == Ordering::Less;
                let place = order[start..].iter().position(is_above);
                order.insert(place.map_or(order.len(), |place| start + place), piece);
            }
        }
        order.into_iter().map(|place| pieces[place].clone()).collect()
    }

    /// Whether one piece belongs above the other, by where the routes part at the ends.
    pub(super) fn above(&self, one: &Piece, other: &Piece) -> Ordering {
        if !run_together(one, other) {
            return Ordering::Equal;
        }
        // To the left, what parts to the right hand lies above; to the right, below.
        let at_left = -self.parting(one, other, 2);
        let at_right = self.parting(one, other, 0);
        (at_left + at_right).cmp(&0)
    }

    /// Where one route goes when it parts from the other, in this heading: 1 to the right hand of
    /// it, -1 to the left hand, 0 nowhere.
    fn parting(&self, one: &Piece, other: &Piece, heading: i32) -> i32 {
        let (mut first, mut second) = (self.walk(one, heading), self.walk(other, heading));
        loop {
            let (here, there) = (first.point(), second.point());
            let is_shorter = match first.heading {
                0 => there.x - here.x,
                1 => there.y - here.y,
                2 => here.x - there.x,
                _ => here.y - there.y,
            };
            let hand = match is_shorter.signum() {
                1 => first.turn().map_or(0, hand),
                -1 => -second.turn().map_or(0, hand),
                _ => match (first.turn(), second.turn()) {
                    (Some(one), Some(other)) if one == other => 2,
                    (one, other) => (one.map_or(0, hand) - other.map_or(0, hand)).signum(),
                },
            };
            if hand != 2 {
                return hand;
            }
            first.go_on();
            second.go_on();
        }
    }

    /// The walk along a route from one of its pieces in a heading.
    fn walk(&self, piece: &Piece, heading: i32) -> Walk<'_> {
        let points = &self.ways[piece.route][..];
        let goes_right = points[piece.index].x < points[piece.index + 1].x;
        let is_ahead = goes_right == (heading == 0);
        Walk { points, at: if is_ahead { piece.index + 1 } else { piece.index }, is_ahead, heading }
    }
}

/// A turn to the right hand is 1, to the left hand -1.
const fn hand(turn: i32) -> i32 {
    if turn == 1 { 1 } else { -1 }
}

struct Walk<'a> {
    points: &'a [Point],
    /// The point at which the piece ends that is walked along.
    at: usize,
    is_ahead: bool,
    heading: i32,
}

impl Walk<'_> {
    fn point(&self) -> Point {
        self.points[self.at]
    }

    fn next(&self) -> Option<usize> {
        if self.is_ahead {
            Some(self.at + 1).filter(|next| *next < self.points.len())
        } else {
            self.at.checked_sub(1)
        }
    }

    /// How the route turns where the piece ends: 1 to the right hand, 3 to the left hand.
    fn turn(&self) -> Option<i32> {
        let (here, next) = (self.point(), self.points[self.next()?]);
        let heading = match ((next.x - here.x).signum(), (next.y - here.y).signum()) {
            (1, _) => 0,
            (_, 1) => 1,
            (-1, _) => 2,
            (_, -1) => 3,
            _ => return None,
        };
        let turn = (heading - self.heading).rem_euclid(4);
        (turn % 2 == 1).then_some(turn)
    }

    fn go_on(&mut self) {
        if let (Some(turn), Some(next)) = (self.turn(), self.next()) {
            self.heading = (self.heading + turn) % 4;
            self.at = next;
        }
    }
}

/// Whether two pieces lie side by side, or end so near to each other that it looks like it.
pub(super) const fn run_together(one: &Piece, other: &Piece) -> bool {
    one.left < other.right + NEAR && other.left < one.right + NEAR
}

/// For each piece the first of its level: those that run together at nearly one height. Sorted by height.
fn levels(pieces: &[Piece]) -> Vec<usize> {
    let mut level_of: Vec<usize> = (0..pieces.len()).collect();
    for (one, other) in super::nudging::neighbours(pieces) {
        if pieces[other].y - pieces[one].y <= NEAR {
            let (one, other) = (root(&mut level_of, one), root(&mut level_of, other));
            level_of[one.max(other)] = one.min(other);
        }
    }
    (0..pieces.len()).map(|piece| root(&mut level_of, piece)).collect()
}

/// The first piece of the group of a piece.
pub(super) fn root(group_of: &mut [usize], mut piece: usize) -> usize {
    while group_of[piece] != piece {
        group_of[piece] = group_of[group_of[piece]];
        piece = group_of[piece];
    }
    piece
}
