//! Moves parallel pieces of routes apart and spreads ports along the sides of cards. Every piece
//! has a range in which it meets no card; within it, pieces that run side by side keep a gap.

use std::collections::BTreeMap;

use super::pieces::{NEAR, Piece, Sight, root};
use super::search::corners;
use super::tiles::Ground;
use super::{Link, Point};

/// The gaps that are tried, the best first: room for a label between lines that lie one above the
/// other, and for one beside it between upright ones.
const GAPS: [i32; 9] = [22, 16, 12, 10, 8, 6, 4, 2, 1];
const UPRIGHT_GAPS: [i32; 12] = [92, 68, 46, 30, 22, 16, 12, 10, 8, 5, 3, 1];

/// Spreads horizontal pieces, then vertical ones, then both again.
pub(super) fn spread(ways: &mut [Vec<Point>], routes: &[usize], links: &[Link], ground: &Ground) {
    // Pieces may shrink to nothing, so which are horizontal is remembered.
    let is_upright = |route: usize| matches!(ways[route][..], [first, second, ..] if first.x == second.x);
    let rows: Vec<_> = routes.iter().map(|route| (*route, usize::from(is_upright(*route)))).collect();
    let columns: Vec<_> = rows.iter().map(|(route, first)| (*route, 1 - first)).collect();
    for _ in 0..2 {
        let pieces = Sight { ways, links, tiles: &ground.upright }.pieces(&rows);
        apply(ways, &pieces, &GAPS);
        turn(ways, routes);
        let pieces = Sight { ways, links, tiles: &ground.turned }.pieces(&columns);
        apply(ways, &pieces, &UPRIGHT_GAPS);
        turn(ways, routes);
    }
    for route in routes {
        ways[*route] = corners(&ways[*route]);
    }
}

fn turn(ways: &mut [Vec<Point>], routes: &[usize]) {
    for route in routes {
        for point in &mut ways[*route] {
            *point = Point::new(point.y, point.x);
        }
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
            let company = (above[*member] + below[*member]).max(1);
            self.rooms[*member] = ((pieces[*member].highest - pieces[*member].lowest) / company).max(1);
        }
    }

    /// Sets the heights of a group and says whether all have room.
    fn fits(&mut self, group: &Group, gap: i32) -> bool {
        for member in &group.members {
            (self.down[*member], self.up[*member]) = (self.pieces[*member].y, self.pieces[*member].y);
        }
        push_down(self.pieces, group, &self.rooms, gap, &mut self.down);
        push_up(self.pieces, group, &self.rooms, gap, &mut self.down);
        push_up(self.pieces, group, &self.rooms, gap, &mut self.up);
        push_down(self.pieces, group, &self.rooms, gap, &mut self.up);
        let has_room = |member: &usize| {
            let piece = &self.pieces[*member];
            self.down[*member] >= piece.lowest && self.up[*member] <= piece.highest
        };
        group.members.iter().all(has_room)
    }
}

fn push_down(pieces: &[Piece], group: &Group, rooms: &[i32], gap: i32, heights: &mut [i32]) {
    let mut pairs = group.pairs.iter().peekable();
    for member in &group.members {
        let mut least = heights[*member].max(pieces[*member].lowest);
        while let Some((above, _)) = pairs.next_if(|(_, below)| below == member) {
            least = least.max(heights[*above] + gap.min(rooms[*above]).min(rooms[*member]));
        }
        heights[*member] = least;
    }
}

fn push_up(pieces: &[Piece], group: &Group, rooms: &[i32], gap: i32, heights: &mut [i32]) {
    let mut pairs = group.upwards.iter().peekable();
    for member in group.members.iter().rev() {
        let mut most = heights[*member].min(pieces[*member].highest);
        while let Some((_, below)) = pairs.next_if(|(above, _)| above == member) {
            most = most.min(heights[*below] - gap.min(rooms[*below]).min(rooms[*member]));
        }
        heights[*member] = most;
    }
}
