//! The lines on which routes are searched: the middle of every card, a little beside its edges,
//! and the middle of wide gaps. Remembers which pieces are already used.

use super::{Point, Rect};

/// How far from a card's edge a line runs.
const BESIDE: i32 = 16;
/// How near to a foreign card a route may come.
const CLEAR: i32 = 6;
/// Gaps between lines that are wider than this get a line in the middle.
const WIDE: i32 = 60;
/// A search on a larger lattice would take too long.
const MOST_CROSSINGS: usize = 600_000;

pub(super) struct Lattice {
    pub(super) xs: Vec<i32>,
    pub(super) ys: Vec<i32>,
    /// One more than the card in which a crossing lies; 0 in the open.
    owner: Vec<u32>,
    /// How many routes use the piece to the right of, and below, each crossing.
    used: [Vec<u16>; 2],
}

impl Lattice {
    /// The lattice of these cards, unless it would be too large.
    pub(super) fn of(cards: &[Rect]) -> Option<Self> {
        let xs = lines(cards.iter().map(|card| (card.x, card.right(), card.centre().x)));
        let ys = lines(cards.iter().map(|card| (card.y, card.bottom(), card.centre().y)));
        let size = xs.len() * ys.len();
        if size > MOST_CROSSINGS {
            return None;
        }
        let mut lattice = Self { xs, ys, owner: vec![0; size], used: [vec![0; size], vec![0; size]] };
        for (index, card) in (1..).zip(cards) {
            lattice.claim(&card.grown(CLEAR), index);
        }
        for (index, card) in (1..).zip(cards) {
            lattice.claim(card, index);
        }
        Some(lattice)
    }

    fn claim(&mut self, area: &Rect, owner: u32) {
        let first_x = self.xs.partition_point(|x| *x <= area.x);
        let end_x = self.xs.partition_point(|x| *x < area.right());
        let first_y = self.ys.partition_point(|y| *y <= area.y);
        let end_y = self.ys.partition_point(|y| *y < area.bottom());
        for row in first_y..end_y {
            let start = row * self.xs.len();
            self.owner[start + first_x..start + end_x].fill(owner);
        }
    }

    /// The crossing at a point that lies on two lines.
    pub(super) fn crossing(&self, point: Point) -> Option<usize> {
        let column = self.xs.binary_search(&point.x).ok()?;
        let row = self.ys.binary_search(&point.y).ok()?;
        Some(row * self.xs.len() + column)
    }

    pub(super) fn point(&self, crossing: usize) -> Point {
        Point::new(self.xs[crossing % self.xs.len()], self.ys[crossing / self.xs.len()])
    }

    pub(super) const fn size(&self) -> usize {
        self.owner.len()
    }

    pub(super) fn owner(&self, crossing: usize) -> u32 {
        self.owner[crossing]
    }

    /// The next crossing: to the right, down, to the left, up.
    pub(super) fn next(&self, crossing: usize, heading: usize) -> Option<usize> {
        let width = self.xs.len();
        match heading {
            0 => (crossing % width + 1 < width).then_some(crossing + 1),
            1 => Some(crossing + width).filter(|next| *next < self.size()),
            2 => (!crossing.is_multiple_of(width)).then(|| crossing - 1),
            _ => crossing.checked_sub(width),
        }
    }

    /// The end of a piece from which its use is counted.
    fn piece(crossing: usize, next: usize) -> usize {
        crossing.min(next)
    }

    /// How many routes run along a piece.
    pub(super) fn used_along(&self, crossing: usize, next: usize, heading: usize) -> u16 {
        self.used[heading % 2][Self::piece(crossing, next)]
    }

    /// How many routes run across a crossing, seen from someone who passes it in this heading.
    pub(super) fn used_across(&self, crossing: usize, heading: usize) -> u16 {
        let across = 1 - heading % 2;
        let before = if across == 0 { self.next(crossing, 2) } else { self.next(crossing, 3) };
        let near = before.map_or(0, |before| self.used[across][before]);
        near.min(self.used[across][crossing])
    }

    pub(super) fn mark_used(&mut self, crossing: usize, next: usize, heading: usize) {
        self.used[heading % 2][Self::piece(crossing, next)] += 1;
    }
}

/// Sorted lines from the edges and middles of all cards, in one direction.
fn lines(cards: impl Iterator<Item = (i32, i32, i32)>) -> Vec<i32> {
    let (mut middles, mut sides) = (Vec::new(), Vec::new());
    for (low, high, middle) in cards {
        middles.push(middle);
        sides.extend([low - BESIDE, high + BESIDE]);
    }
    middles.sort_unstable();
    middles.dedup();
    sides.sort_unstable();
    sides.dedup_by(|later, earlier| *later - *earlier < 6);
    let mut all = [middles, sides].concat();
    all.sort_unstable();
    all.dedup();
    let halves: Vec<i32> = all
        .windows(2)
        .filter(|pair| pair[1] - pair[0] > WIDE)
        .map(|pair| i32::midpoint(pair[0], pair[1]))
        .collect();
    // Lines round everything, so that there is always a way.
    all.extend(
        all.first()
            .map(|first| first - 2 * BESIDE)
            .into_iter()
            .chain(all.last().map(|last| last + 2 * BESIDE)),
    );
    all.extend(halves);
    all.sort_unstable();
    all
}
