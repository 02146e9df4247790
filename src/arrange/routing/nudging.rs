//! Moves parallel pieces of routes apart and spreads ports along the sides of cards. Every piece
//! has a range in which it meets no card; within it, pieces that run side by side keep a gap, in
//! the order in which they cross least.

use std::cmp::Ordering;

use super::{Link, Point, Rect};

/// The gaps that are tried, the best first: room for a label between lines that lie one above the
/// other, and for one beside it between upright ones.
const GAPS: [i32; 7] = [22, 16, 12, 10, 8, 6, 4];
const UPRIGHT_GAPS: [i32; 10] = [92, 68, 46, 30, 22, 16, 12, 10, 8, 5];
/// Room to cards of other flows, and to the own cards for the arrowhead.
const CLEAR: i32 = 10;
const CLEAR_OF_OWN: i32 = 16;
/// How near to a card's corner a port may be.
const CORNER: i32 = 12;
/// Pieces that end this near to each other would look connected.
const NEAR: i32 = 4;

/// Spreads horizontal pieces, then vertical ones, then horizontal ones again.
pub(super) fn spread(ways: &mut [Vec<Point>], links: &[Link], cards: &[Rect]) {
    let turned: Vec<Rect> =
        cards.iter().map(|card| Rect::new(card.y, card.x, card.height, card.width)).collect();
    for _ in 0..2 {
        spread_horizontal(ways, links, cards, &GAPS);
        turn(ways);
        spread_horizontal(ways, links, &turned, &UPRIGHT_GAPS);
        turn(ways);
    }
}

fn turn(ways: &mut [Vec<Point>]) {
    for point in ways.iter_mut().flatten() {
        *point = Point::new(point.y, point.x);
    }
}

/// A horizontal piece of a route.
#[derive(Clone, Debug)]
struct Piece {
    route: usize,
    index: usize,
    /// Its height, as wished.
    y: i32,
    left: i32,
    right: i32,
    lowest: i32,
    highest: i32,
    /// Where the route goes beyond the left and the right end: up (-1), down (1), nowhere (0).
    turns: [i32; 2],
}

fn spread_horizontal(ways: &mut [Vec<Point>], links: &[Link], cards: &[Rect], gaps: &[i32]) {
    let mut pieces = Vec::new();
    for (route, points) in ways.iter().enumerate() {
        if links[route].from == links[route].to {
            continue;
        }
        for index in 0..points.len().saturating_sub(1) {
            if points[index].y == points[index + 1].y {
                pieces.push(piece(route, index, points, &links[route], cards));
            }
        }
    }
    let pieces = in_order(pieces);
    for group in groups(&pieces) {
        for (piece, y) in group.iter().zip(heights(&pieces, &group, gaps)) {
            let Piece { route, index, .. } = pieces[*piece];
            ways[route][index].y = y;
            ways[route][index + 1].y = y;
        }
    }
}

fn piece(route: usize, index: usize, points: &[Point], link: &Link, cards: &[Rect]) -> Piece {
    let (start, end) = (points[index], points[index + 1]);
    let y = start.y;
    let beyond = |outer: Option<&Point>| outer.map_or(0, |outer| (outer.y - y).signum());
    let before = beyond(index.checked_sub(1).and_then(|before| points.get(before)));
    let after = beyond(points.get(index + 2));
    let turns = if start.x <= end.x { [before, after] } else { [after, before] };
    let (left, right) = (start.x.min(end.x), start.x.max(end.x));
    let mut piece =
        Piece { route, index, y, left, right, lowest: i32::MIN / 4, highest: i32::MAX / 4, turns };
    for (card, rect) in cards.iter().enumerate() {
        let is_port = (card == link.from && index == 0) || (card == link.to && index + 2 == points.len());
        if is_port {
            let corner = CORNER.min(rect.height / 2);
            piece.lowest = piece.lowest.max(rect.y + corner);
            piece.highest = piece.highest.min(rect.bottom() - corner);
        } else {
            let clear = if card == link.from || card == link.to { CLEAR_OF_OWN } else { CLEAR };
            keep_off(&mut piece, rect, clear);
        }
    }
    if before * after < 0 {
        centre(&mut piece, points[index - 1].y, points[index + 2].y);
    }
    piece
}

/// Narrows a piece's range so that it stays on its side of a card.
fn keep_off(piece: &mut Piece, card: &Rect, clear: i32) {
    if piece.left - CLEAR >= card.right() || piece.right + CLEAR <= card.x {
        return;
    }
    if piece.y >= card.bottom() {
        piece.lowest = piece.lowest.max((card.bottom() + clear).min(piece.y));
    } else if piece.y <= card.y {
        piece.highest = piece.highest.min((card.y - clear).max(piece.y));
    } else if piece.left < card.right() && piece.right > card.x {
        (piece.lowest, piece.highest) = (piece.y, piece.y);
    }
}

/// A step between two levels looks best in the middle of its channel.
fn centre(piece: &mut Piece, one: i32, other: i32) {
    let low = piece.lowest.max(one.min(other));
    let high = piece.highest.min(one.max(other));
    if low < high && high - low < 400 {
        piece.y = i32::midpoint(low, high);
    }
}

/// From top to bottom; pieces on one level in the order in which they cross least.
fn in_order(mut pieces: Vec<Piece>) -> Vec<Piece> {
    pieces.sort_by_key(|piece| (piece.y, piece.route, piece.index));
    let mut ordered: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut level = 0;
    for piece in pieces {
        let is_new_level = ordered.last().is_none_or(|last| piece.y - last.y > NEAR);
        if is_new_level {
            level = ordered.len();
        }
        // The relation is not transitive, so no sort: each goes before the first it belongs above.
        let place = ordered[level..].iter().position(|other| above(&piece, other) == Ordering::Less);
        ordered.insert(place.map_or(ordered.len(), |place| level + place), piece);
    }
    ordered
}

/// Whether one piece belongs above the other, by where the routes go at the ends.
fn above(one: &Piece, other: &Piece) -> Ordering {
    if !run_together(one, other) {
        return Ordering::Equal;
    }
    let at_left = match one.left.cmp(&other.left) {
        Ordering::Greater => one.turns[0],
        Ordering::Less => -other.turns[0],
        Ordering::Equal => (one.turns[0] - other.turns[0]).signum(),
    };
    let at_right = match one.right.cmp(&other.right) {
        Ordering::Less => one.turns[1],
        Ordering::Greater => -other.turns[1],
        Ordering::Equal => (one.turns[1] - other.turns[1]).signum(),
    };
    (at_left + at_right).cmp(&0)
}

fn run_together(one: &Piece, other: &Piece) -> bool {
    one.left < other.right + NEAR && other.left < one.right + NEAR
}

/// The first piece of the group of a piece.
fn root(group_of: &mut [usize], mut piece: usize) -> usize {
    while group_of[piece] != piece {
        group_of[piece] = group_of[group_of[piece]];
        piece = group_of[piece];
    }
    piece
}

/// Pieces that depend on each other, directly or through others, in their order.
fn groups(pieces: &[Piece]) -> Vec<Vec<usize>> {
    let mut group_of: Vec<usize> = (0..pieces.len()).collect();
    for one in 0..pieces.len() {
        for other in one + 1..pieces.len() {
            let is_near = pieces[other].y - pieces[one].y < 100;
            if is_near && run_together(&pieces[one], &pieces[other]) {
                let (first, second) = (root(&mut group_of, one), root(&mut group_of, other));
                group_of[first.max(second)] = first.min(second);
            }
        }
    }
    let mut groups: std::collections::BTreeMap<usize, Vec<usize>> = std::collections::BTreeMap::new();
    for piece in 0..pieces.len() {
        groups.entry(root(&mut group_of, piece)).or_default().push(piece);
    }
    groups.into_values().collect()
}

/// Heights for a group, with the widest gap for which there is room.
fn heights(pieces: &[Piece], group: &[usize], gaps: &[i32]) -> Vec<i32> {
    let mut best = Vec::new();
    for gap in gaps {
        let (heights, fits) = heights_with_gap(pieces, group, *gap);
        best = heights;
        if fits {
            break;
        }
    }
    best
}

/// The mean of pushing everything down and pushing everything up keeps every gap and every range.
fn heights_with_gap(pieces: &[Piece], group: &[usize], gap: i32) -> (Vec<i32>, bool) {
    let members: Vec<Member<'_>> =
        group.iter().map(|piece| Member::of(&pieces[*piece], pieces, group)).collect();
    let mut down: Vec<i32> = members.iter().map(|member| member.piece.y).collect();
    let mut up = down.clone();
    push_down(&members, &mut down, gap);
    push_up(&members, &mut down, gap);
    push_up(&members, &mut up, gap);
    push_down(&members, &mut up, gap);
    let mut fits = true;
    let heights = members
        .iter()
        .zip(down.iter().zip(&up))
        .map(|(Member { piece, .. }, (down, up))| {
            fits &= *down >= piece.lowest && *up <= piece.highest;
            let middle = i32::midpoint(*down, *up);
            if piece.lowest <= piece.highest { middle.clamp(piece.lowest, piece.highest) } else { piece.y }
        })
        .collect();
    (heights, fits)
}

/// A piece and the gap for which its own range has room.
struct Member<'a> {
    piece: &'a Piece,
    room: i32,
}

impl<'a> Member<'a> {
    fn of(piece: &'a Piece, pieces: &[Piece], group: &[usize]) -> Self {
        let is_rival = |other: &Piece| {
            other.lowest < piece.highest && piece.lowest < other.highest && run_together(piece, other)
        };
        let company = group.iter().filter(|other| is_rival(&pieces[**other])).count().max(2);
        let gaps = i32::try_from(company - 1).unwrap_or(i32::MAX);
        Self { piece, room: ((piece.highest - piece.lowest) / gaps).max(NEAR) }
    }

    fn gap(&self, other: &Self, gap: i32) -> i32 {
        gap.min(self.room).min(other.room)
    }
}

fn push_down(members: &[Member<'_>], heights: &mut [i32], gap: i32) {
    for (place, member) in members.iter().enumerate() {
        let before = (0..place).filter(|other| run_together(members[*other].piece, member.piece));
        let least = before.map(|other| heights[other] + members[other].gap(member, gap)).max();
        heights[place] = heights[place].max(member.piece.lowest).max(least.unwrap_or(i32::MIN));
    }
}

fn push_up(members: &[Member<'_>], heights: &mut [i32], gap: i32) {
    for (place, member) in members.iter().enumerate().rev() {
        let after =
            (place + 1..members.len()).filter(|other| run_together(members[*other].piece, member.piece));
        let most = after.map(|other| heights[other] - members[other].gap(member, gap)).min();
        heights[place] = heights[place].min(member.piece.highest).min(most.unwrap_or(i32::MAX));
    }
}
