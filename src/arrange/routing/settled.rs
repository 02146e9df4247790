//! Routes that are new among routes that stay: which pieces beside the new ones may give way a
//! little, which only say where there is no room, and where among them the new ones belong.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::pieces::{NEAR, Piece, Sight, run_together};
use super::tiles::{Tiles, turned};
use super::{Point, Rect};

/// How far a piece that stays may be pushed, and how near to a new one it is asked to.
const GIVES_WAY: i32 = 40;
/// Pieces further away than this from where one may lie do not matter to it.
const REACH: i32 = 24;

/// The routes that stay, seen upright or from the side.
pub(super) struct Settled<'a> {
    /// Their pieces, upright, by route and place in it.
    pub(super) lines: &'a Tiles<(usize, usize)>,
    /// All ways before parallel pieces were moved apart, as they are seen.
    pub(super) raw: &'a [Vec<Point>],
    /// By route: which of every two pieces is horizontal, as they are seen.
    pub(super) first: &'a [usize],
    pub(super) is_turned: bool,
}

impl Settled<'_> {
    /// The horizontal pieces of these new routes and of what lies beside them, from top to bottom.
    pub(super) fn pieces(&self, sight: &Sight<'_>, fresh: &[usize]) -> Vec<Piece> {
        let fresh =
            sight.pieces_of(&fresh.iter().map(|route| (*route, self.first[*route])).collect::<Vec<_>>());
        let mut yielding = BTreeMap::new();
        for piece in &fresh {
            for key in self.near(sight, piece, piece.y - GIVES_WAY, piece.y + GIVES_WAY) {
                yielding.entry(key).or_insert_with(|| sight.settled(key, GIVES_WAY));
            }
        }
        let mut all = yielding.clone();
        for piece in fresh.iter().chain(yielding.values()) {
            for key in self.near(sight, piece, piece.lowest - REACH, piece.highest + REACH) {
                all.entry(key).or_insert_with(|| sight.settled(key, 0));
            }
        }
        self.in_order(sight, all.into_values().collect(), fresh)
    }

    /// The horizontal pieces that stay, run together with this one and lie between two heights.
    fn near(&self, sight: &Sight<'_>, piece: &Piece, top: i32, bottom: i32) -> Vec<(usize, usize)> {
        // What was pushed before is known at its earlier place.
        let band = Rect::new(piece.left, top, piece.right - piece.left, bottom - top).grown(GIVES_WAY / 2);
        let band = if self.is_turned { turned(&band) } else { band };
        let band_meets = |area: &Rect| {
            area.x <= band.right()
                && band.x <= area.right()
                && area.y <= band.bottom()
                && band.y <= area.bottom()
        };
        let is_row = |area: &Rect| if self.is_turned { area.width == 0 } else { area.height == 0 };
        let found = self.lines.near(&band).filter(|(area, _)| is_row(area) && band_meets(area));
        let found = found.map(|(_, key)| *key).filter(|(route, index)| {
            let way = &sight.ways[*route];
            let (start, end) = (way[*index], way[index + 1]);
            let (left, right) = (start.x.min(end.x), start.x.max(end.x));
            index % 2 == self.first[*route]
                && left < piece.right + NEAR
                && piece.left < right + NEAR
                && (top..=bottom).contains(&start.y)
        });
        found.collect()
    }

    /// Each new piece goes before the first beside it that it belongs above, as low as its height asks.
    fn in_order(&self, sight: &Sight<'_>, mut order: Vec<Piece>, mut fresh: Vec<Piece>) -> Vec<Piece> {
        let by_height = |piece: &Piece| (piece.y, piece.route, piece.index);
        order.sort_by_key(by_height);
        fresh.sort_by_key(by_height);
        let raw = Sight { ways: self.raw, ..*sight };
        let height = |piece: &Piece| self.raw[piece.route][piece.index].y;
        for piece in fresh {
            let is_above = |other: &Piece| {
                if piece.highest < other.lowest || other.highest < piece.lowest {
                    return piece.highest < other.lowest;
                }
                let is_on_line = (height(&piece) - height(other)).abs() <= NEAR;
                match raw.above(&piece, other) {
                    Ordering::Less if is_on_line => true,
                    Ordering::Greater if is_on_line => false,
                    _ => piece.y < other.y,
                }
            };
            let mut place = order.len();
            let mut least = 0;
            for (at, other) in order.iter().enumerate().filter(|(_, other)| run_together(&piece, other)) {
                if is_above(other) {
                    place = at;
                    break;
                }
                least = at + 1;
            }
            // Among those with which it does not run together, by its height.
            let by_height = order[least..place].iter().position(|other| piece.y < other.y);
            order.insert(by_height.map_or(place, |at| least + at), piece);
        }
        order
    }
}
