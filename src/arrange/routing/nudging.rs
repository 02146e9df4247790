//! Moves parallel pieces of routes apart and spreads ports along the sides of cards. Every piece
//! has a range in which it meets no card; within it, pieces that run side by side keep a gap.

use std::collections::BTreeMap;

use super::pieces::{NEAR, Piece, Sight, root};
use super::settled::Settled;
use super::tiles::{Ground, Tiles};
use super::{Link, Point};

/// The gaps that are tried, the best first: room for a label between lines that lie one above the
/// other, and for one beside it between upright ones.
const GAPS: [i32; 9] = [22, 16, 12, 10, 8, 6, 4, 2, 1];
const UPRIGHT_GAPS: [i32; 12] = [92, 68, 46, 30, 22, 16, 12, 10, 8, 5, 3, 1];

/// Spreads horizontal pieces, then vertical ones, then both again.
pub(super) fn spread(ways: &mut [Vec<Point>], routes: &[usize], links: &[Link], ground: &Ground) {
    // Pieces may shrink to nothing, so which are horizontal is remembered.
    let rows: Vec<_> =
        routes.iter().map(|route| (*route, usize::from(starts_upright(&ways[*route])))).collect();
    let columns: Vec<_> = rows.iter().map(|(route, first)| (*route, 1 - first)).collect();
    for _ in 0..2 {
        let pieces = Sight { ways, links, tiles: &ground.upright }.pieces(&rows);
        apply(ways, &pieces, &GAPS);
        turn(ways);
        let pieces = Sight { ways, links, tiles: &ground.turned }.pieces(&columns);
        apply(ways, &pieces, &UPRIGHT_GAPS);
        turn(ways);
    }
}

/// Spreads the pieces of new routes among those of the others, of which only what is beside them
/// gives way. `raw` are all ways before they were spread, `others` the pieces of those that
/// stay.
pub(super) fn spread_among(
    ways: &mut [Vec<Point>],
    fresh: &[usize],
    raw: &[Vec<Point>],
    links: &[Link],
    ground: &Ground,
    others: &Tiles<(usize, usize)>,
) {
    let rows: Vec<usize> = raw.iter().map(|way| usize::from(starts_upright(way))).collect();
    let columns: Vec<usize> = rows.iter().map(|first| 1 - first).collect();
    let mut turned_raw = raw.to_vec();
    turn(&mut turned_raw);
    let rows = Settled { lines: others, raw, first: &rows, is_turned: false };
    let columns = Settled { lines: others, raw: &turned_raw, first: &columns, is_turned: true };
    let pieces = rows.pieces(&Sight { ways, links, tiles: &ground.upright }, fresh);
    apply(ways, &pieces, &GAPS);
    turn(ways);
    let pieces = columns.pieces(&Sight { ways, links, tiles: &ground.turned }, fresh);
    apply(ways, &pieces, &UPRIGHT_GAPS);
    turn(ways);
}

fn starts_upright(way: &[Point]) -> bool {
    matches!(way, [first, second, ..] if first.x == second.x)
}

fn turn(ways: &mut [Vec<Point>]) {
    for point in ways.iter_mut().flatten() {
        *point = Point::new(point.y, point.x);
    }
}

fn apply(ways: &mut [Vec<Point>], pieces: &[Piece], gaps: &[i32]) {
    for (piece, y) in pieces.iter().zip(heights(pieces, gaps)) {
        let way = &mut ways[piece.route];
        way[piece.index].y = y;
        way[piece.index + 1].y = y;
    }
}

/// Pairs of pieces of which the second is the next below the first somewhere. That suffices to keep
/// all apart: what lies between two pieces keeps them apart as well.
pub(super) fn neighbours(pieces: &[Piece]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    // The lowest piece so far, by where its part of the row begins; it ends with the next part.
    let mut lowest: BTreeMap<i32, Option<usize>> = BTreeMap::from([(i32::MIN, None)]);
    for (index, piece) in pieces.iter().enumerate() {
        let (left, right) = (piece.left - NEAR / 2, piece.right + NEAR / 2);
        let before = |x: i32, lowest: &BTreeMap<i32, Option<usize>>| {
            lowest.range(..=x).next_back().and_then(|(_, piece)| *piece)
        };
        let (at_left, at_right) = (before(left, &lowest), before(right, &lowest));
        let inner: Vec<i32> = lowest.range(left..right).map(|(x, _)| *x).collect();
        let start = pairs.len();
        pairs.extend(at_left.map(|above| (above, index)));
        for x in inner {
            pairs.extend(lowest.remove(&x).flatten().map(|above| (above, index)));
        }
        pairs[start..].sort_unstable();
        lowest.insert(left, Some(index));
        lowest.entry(right).or_insert(at_right);
    }
    pairs.dedup();
    pairs
}

/// Pieces that depend on each other, directly or through others.
#[derive(Default)]
struct Group {
    /// In their order.
    members: Vec<usize>,
    /// Neighbours among them, by the lower one.
    pairs: Vec<(usize, usize)>,
    /// The same, the last upper one first.
    upwards: Vec<(usize, usize)>,
}

fn groups(pieces: &[Piece], widest: i32) -> Vec<Group> {
    let reaches = |(one, other): &(usize, usize)| pieces[*one].highest + widest > pieces[*other].lowest;
    let pairs: Vec<_> = neighbours(pieces).into_iter().filter(reaches).collect();
    let mut group_of: Vec<usize> = (0..pieces.len()).collect();
    for (one, other) in &pairs {
        let (one, other) = (root(&mut group_of, *one), root(&mut group_of, *other));
        group_of[one.max(other)] = one.min(other);
    }
    let mut groups: Vec<Group> = pieces.iter().map(|_| Group::default()).collect();
    for piece in 0..pieces.len() {
        groups[root(&mut group_of, piece)].members.push(piece);
    }
    for pair in pairs {
        groups[root(&mut group_of, pair.0)].pairs.push(pair);
    }
    groups.retain(|group| !group.members.is_empty());
    for group in &mut groups {
        group.upwards.clone_from(&group.pairs);
        group.upwards.sort_unstable_by(|one, other| other.cmp(one));
    }
    groups
}

/// A height for each piece, with the widest gap for which its group has room.
fn heights(pieces: &[Piece], gaps: &[i32]) -> Vec<i32> {
    let wished: Vec<i32> = pieces.iter().map(|piece| piece.y).collect();
    let widest = gaps.first().copied().unwrap_or(NEAR);
    let mut spreading = Spreading { pieces, rooms: vec![0; pieces.len()], down: wished.clone(), up: wished };
    for group in groups(pieces, widest) {
        spreading.set_rooms(&group);
        let _ = gaps.iter().find(|gap| spreading.fits(&group, **gap));
    }
    let Spreading { down, up, .. } = spreading;
    let middle = |(piece, (down, up)): (&Piece, (i32, i32))| {
        i32::midpoint(down, up).clamp(piece.lowest, piece.highest)
    };
    pieces.iter().zip(down.into_iter().zip(up)).map(middle).collect()
}

/// Heights in the making. The mean of pushing everything down and pushing everything up keeps
/// every gap and every range.
struct Spreading<'a> {
    pieces: &'a [Piece],
    /// The gap for which each piece's own range has room.
    rooms: Vec<i32>,
    down: Vec<i32>,
    up: Vec<i32>,
}

impl Spreading<'_> {
    /// A piece's range, shared by the longest chain of neighbours with it.
    fn set_rooms(&mut self, group: &Group) {
        let (above, below) = (&mut self.down, &mut self.up);
        for member in &group.members {
            (above[*member], below[*member]) = (0, 0);
        }
        let pieces = self.pieces;
        let are_rivals = |(one, other): &&(usize, usize)| {
            pieces[*other].lowest < pieces[*one].highest && pieces[*one].lowest < pieces[*other].highest
        };
        for (one, other) in group.pairs.iter().filter(are_rivals) {
            above[*other] = above[*other].max(above[*one] + 1);
        }
        for (one, other) in group.pairs.iter().rev().filter(are_rivals) {
            below[*one] = below[*one].max(below[*other] + 1);
        }
        for member in &group.members {
            if pieces[*member].lowest == pieces[*member].highest && pieces[*member].is_settled {
                // Its own lack of room says nothing about the gap to others.
                self.rooms[*member] = i32::MAX;
                continue;
            }
            let company = (above[*member] + below[*member]).max(1);
            self.rooms[*member] = ((pieces[*member].highest - pieces[*member].lowest) / company).max(1);
        }
    }

    /// Sets the heights of a group and says whether all have room.
    fn fits(&mut self, group: &Group, gap: i32) -> bool {
        for member in &group.members {
            (self.down[*member], self.up[*member]) = (self.pieces[*member].y, self.pieces[*member].y);
        }
        let gaps = Gaps { pieces: self.pieces, rooms: &self.rooms, gap };
        gaps.push_down(group, &mut self.down);
        gaps.push_up(group, &mut self.down);
        gaps.push_up(group, &mut self.up);
        gaps.push_down(group, &mut self.up);
        let has_room = |member: &usize| {
            let piece = &self.pieces[*member];
            self.down[*member] >= piece.lowest && self.up[*member] <= piece.highest
        };
        group.members.iter().all(has_room)
    }
}

/// How far apart pieces are kept.
struct Gaps<'a> {
    pieces: &'a [Piece],
    rooms: &'a [i32],
    gap: i32,
}

impl Gaps<'_> {
    /// The gap between two neighbours; between two that stay it does not grow.
    fn between(&self, above: usize, below: usize) -> i32 {
        let (one, other) = (&self.pieces[above], &self.pieces[below]);
        let gap = self.gap.min(self.rooms[above]).min(self.rooms[below]);
        if one.is_settled && other.is_settled { gap.min((other.y - one.y).max(0)) } else { gap }
    }

    fn push_down(&self, group: &Group, heights: &mut [i32]) {
        let mut pairs = group.pairs.iter().peekable();
        for member in &group.members {
            let mut least = heights[*member].max(self.pieces[*member].lowest);
            while let Some((above, _)) = pairs.next_if(|(_, below)| below == member) {
                least = least.max(heights[*above] + self.between(*above, *member));
            }
            heights[*member] = least;
        }
    }

    fn push_up(&self, group: &Group, heights: &mut [i32]) {
        let mut pairs = group.upwards.iter().peekable();
        for member in group.members.iter().rev() {
            let mut most = heights[*member].min(self.pieces[*member].highest);
            while let Some((_, below)) = pairs.next_if(|(above, _)| above == member) {
                most = most.min(heights[*below] - self.between(*member, *below));
            }
            heights[*member] = most;
        }
    }
}
