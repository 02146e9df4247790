//! Routes that need no search: straight across the gap between two cards, a loop from a card to
//! itself, and the way through other cards where there is no other.

use super::search::corners;
use super::tiles::{Ground, turned, whole};
use super::{Point, Rect};

/// How near to a card's corner a straight route may end.
const CORNER: i32 = 14;
/// How near to a foreign card a straight route may come.
const CLEAR: i32 = 8;
/// How far the loops of one card are apart.
const LOOP_STEP: i32 = 8;

/// A straight line between two cards that see each other, and how many such lines have room.
pub(super) fn straight(ground: &Ground, from: usize, to: usize) -> Option<(Vec<Point>, usize)> {
    let (start, end) = (ground.cards[from], ground.cards[to]);
    if let Some((at, low, high, room)) = across(&start, &end, &ground.upright) {
        let (low, high) = (Point::new(low, at), Point::new(high, at));
        return Some((if start.x < end.x { vec![low, high] } else { vec![high, low] }, room));
    }
    let (at, low, high, room) = across(&turned(&start), &turned(&end), &ground.turned)?;
    let (low, high) = (Point::new(at, low), Point::new(at, high));
    Some((if start.y < end.y { vec![low, high] } else { vec![high, low] }, room))
}

/// Height, left and right end of a straight line, and for how many there is room.
fn across(one: &Rect, other: &Rect, tiles: &super::tiles::Tiles<usize>) -> Option<(i32, i32, i32, usize)> {
    let (left, right) = if one.x < other.x { (one, other) } else { (other, one) };
    let lowest = one.y.max(other.y) + CORNER;
    let highest = one.bottom().min(other.bottom()) - CORNER;
    if lowest > highest || left.right() >= right.x {
        return None;
    }
    let is_free = |at: &i32| {
        tiles.free_right((at - CLEAR, at + CLEAR), left.right(), right.x) == right.x
            && tiles.free_left((at - CLEAR, at + CLEAR), right.x, left.right()) == left.right()
    };
    let at = [i32::midpoint(lowest, highest), lowest, highest].into_iter().find(is_free)?;
    Some((at, left.right(), right.x, whole(highest - lowest) / 20 + 1))
}

/// A flow of a card to itself: round a corner, the upper right one if there is room.
pub(super) fn loop_at(ground: &Ground, card: usize, turn: usize) -> Vec<Point> {
    let rect = ground.cards[card];
    let turn = i32::try_from(turn.min(3)).unwrap_or(3);
    let sizes = [12 + turn.min(2) * LOOP_STEP, 8, 4, 2, 1, 0];
    let corners = [(true, true), (false, true), (true, false), (false, false)];
    let mut ways = sizes
        .iter()
        .flat_map(|out| corners.map(|(at_right, at_top)| round_corner(&rect, turn, *out, at_right, at_top)));
    let first = ways.next().unwrap_or_default();
    let is_free = |way: &Vec<Point>| way.windows(2).all(|pair| ground.is_free(pair[0], pair[1]));
    std::iter::once(first.clone()).chain(ways).find(is_free).unwrap_or(first)
}

fn round_corner(rect: &Rect, turn: i32, out: i32, at_right: bool, at_top: bool) -> Vec<Point> {
    let (beside, inward) =
        ((14 + turn * 6).min(rect.height / 2), (30 + turn * LOOP_STEP).min(rect.width / 2));
    let (side, outside, inside) = if at_right {
        (rect.right(), rect.right() + out, rect.right() - inward)
    } else {
        (rect.x, rect.x - out, rect.x + inward)
    };
    let (edge, above, at) = if at_top {
        (rect.y, rect.y - out, rect.y + beside)
    } else {
        (rect.bottom(), rect.bottom() + out, rect.bottom() - beside)
    };
    vec![
        Point::new(side, at),
        Point::new(outside, at),
        Point::new(outside, above),
        Point::new(inside, above),
        Point::new(inside, edge),
    ]
}

/// The way where none is free, because cards lie on each other: at most one bend, through anything.
pub(super) fn through(start: &Rect, end: &Rect) -> Vec<Point> {
    let (from, to) = (start.centre(), end.centre());
    let side = |card: &Rect, x: i32| if x < card.centre().x { card.x } else { card.right() };
    let edge = |card: &Rect, y: i32| if y < card.centre().y { card.y } else { card.bottom() };
    if start.x <= to.x && to.x <= start.right() {
        return vec![Point::new(to.x, edge(start, to.y)), Point::new(to.x, edge(end, from.y))];
    }
    if end.y <= from.y && from.y <= end.bottom() {
        return vec![Point::new(side(start, to.x), from.y), Point::new(side(end, from.x), from.y)];
    }
    corners(&[
        Point::new(side(start, to.x), from.y),
        Point::new(to.x, from.y),
        Point::new(to.x, edge(end, from.y)),
    ])
}
