//! Where lines cross each other and cards, by a sweep from left to right.

use crate::arrange::{Point, Rect};

/// The tangent of 30 degrees, squared: the limit of a small angle.
const SMALL_ANGLE: f64 = 1.0 / 3.0;

/// A straight piece of a line, the left end first.
#[derive(Clone, Copy)]
struct Piece {
    start: Point,
    end: Point,
    top: i32,
    bottom: i32,
    line: usize,
}

/// How many times different lines cross, and how many of those at a small angle.
pub(super) fn count(lines: &[&[Point]]) -> (u64, u64) {
    let pairs = lines.iter().enumerate().flat_map(|(line, points)| {
        points.windows(2).filter(|pair| pair[0] != pair[1]).map(move |pair| (line, pair[0], pair[1]))
    });
    let mut pieces: Vec<Piece> = pairs
        .map(|(line, one, other)| Piece {
            start: one.min(other),
            end: one.max(other),
            top: one.y.min(other.y),
            bottom: one.y.max(other.y),
            line,
        })
        .collect();
    pieces.sort_unstable_by_key(|piece| (piece.start, piece.end, piece.line));
    let (mut all, mut narrow) = (0, 0);
    for (place, piece) in pieces.iter().enumerate() {
        let near = pieces[place + 1..].iter().take_while(|other| other.start.x <= piece.end.x);
        for other in near.filter(|other| other.top <= piece.bottom && piece.top <= other.bottom) {
            if other.line != piece.line && cross(piece, other) {
                all += 1;
                narrow += u64::from(is_narrow(piece, other));
            }
        }
    }
    (all, narrow)
}

/// On which side of the line from `from` through `to` a point lies: twice the area of the three.
pub(super) fn side(from: Point, to: Point, point: Point) -> i64 {
    let difference = |one: i32, other: i32| i64::from(one) - i64::from(other);
    difference(to.x, from.x) * difference(point.y, from.y)
        - difference(to.y, from.y) * difference(point.x, from.x)
}

/// Whether two pieces cross. Pieces with a common end do not; a line that passes another one's
/// bend counts for one of the two pieces there.
fn cross(one: &Piece, other: &Piece) -> bool {
    let has_common_end = [other.start, other.end].iter().any(|end| *end == one.start || *end == one.end);
    let is_left = |piece: &Piece, point: Point| side(piece.start, piece.end, point) >= 0;
    !has_common_end
        && is_left(one, other.start) != is_left(one, other.end)
        && is_left(other, one.start) != is_left(other, one.end)
}

fn is_narrow(one: &Piece, other: &Piece) -> bool {
    let way = |piece: &Piece| {
        (f64::from(piece.end.x) - f64::from(piece.start.x), f64::from(piece.end.y) - f64::from(piece.start.y))
    };
    let (one, other) = (way(one), way(other));
    let (cross, dot) = (one.0 * other.1 - one.1 * other.0, one.0 * other.0 + one.1 * other.1);
    cross * cross < SMALL_ANGLE * dot * dot
}

/// Whether a straight piece meets the inside of a rectangle; it may run along an edge.
pub(super) fn meets_inside(rect: &Rect, from: Point, to: Point) -> bool {
    let (top, bottom) = (from.y.min(to.y), from.y.max(to.y));
    let (left, right) = (from.x.min(to.x), from.x.max(to.x));
    let box_meets = left < rect.right() && right > rect.x && top < rect.bottom() && bottom > rect.y;
    let corners =
        [(rect.x, rect.y), (rect.right(), rect.y), (rect.x, rect.bottom()), (rect.right(), rect.bottom())];
    let sides = corners.map(|(x, y)| side(from, to, Point::new(x, y)).signum());
    box_meets && sides.contains(&1) && sides.contains(&-1)
}
