//! The lines on which routes are searched: straight out of the middle of every side of a card,
//! a little beside its edges, and in the middle of wide gaps. Each ends where it meets a card, so
//! that their number grows with the cards and not with its square.

use std::collections::HashMap;

use super::Rect;
use super::tiles::Tiles;

/// How far from a card's edge a line runs, where there is room.
pub(super) const BESIDE: i32 = 16;
/// Gaps between cards that are this wide get a line in the middle.
const WIDE: i32 = 92;
/// Gaps that are wider than this are no channels.
const WIDEST: i32 = 900;

/// A horizontal line, or a vertical one seen from the side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Line {
    /// Its height.
    pub(super) at: i32,
    pub(super) low: i32,
    pub(super) high: i32,
}

/// Where a route may leave a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Port {
    /// The height of its line.
    pub(super) at: i32,
    /// Where on that line it lies.
    pub(super) end: i32,
    pub(super) card: usize,
    /// Whether the line leaves the card towards higher coordinates.
    pub(super) goes_up: bool,
}

/// Cards seen in one of the two ways, and from the other side.
pub(super) struct Seen<'a> {
    pub(super) cards: &'a [Rect],
    pub(super) along: &'a Tiles<usize>,
    pub(super) across: &'a Tiles<usize>,
    /// No line leaves this region.
    pub(super) region: Rect,
}

impl Seen<'_> {
    /// The lines of these cards, sorted, and the ports on them, sorted too. Of lines that are
    /// nearer to each other than `apart` and as long, one is kept.
    pub(super) fn lines(&self, chosen: &[usize], apart: i32) -> (Vec<Line>, Vec<Port>) {
        let (mut rays, mut ports, mut channels) = (Vec::new(), Vec::new(), Vec::new());
        for card in chosen {
            self.add_rays(*card, &mut rays, &mut ports);
            self.add_lanes(&self.cards[*card], &mut channels);
        }
        for at in [self.region.y, self.region.bottom()] {
            channels.extend(
                self.through(at, self.region.x).filter(|channel| channel.high == self.region.right()),
            );
        }
        let mut lines = thinned(channels, apart);
        lines.append(&mut rays);
        ports.sort_unstable();
        (merged(lines), ports)
    }

    fn add_rays(&self, index: usize, rays: &mut Vec<Line>, ports: &mut Vec<Port>) {
        let card = &self.cards[index];
        let at = card.centre().y;
        if at < self.region.y || at > self.region.bottom() {
            return;
        }
        let high = self.along.free_right((at - 1, at + 1), card.right(), self.region.right());
        if high > card.right() && card.right() >= self.region.x {
            rays.push(Line { at, low: card.right(), high });
            ports.push(Port { at, end: card.right(), card: index, goes_up: true });
        }
        let low = self.along.free_left((at - 1, at + 1), card.x, self.region.x);
        if low < card.x && card.x <= self.region.right() {
            rays.push(Line { at, low, high: card.x });
            ports.push(Port { at, end: card.x, card: index, goes_up: false });
        }
    }

    fn add_lanes(&self, card: &Rect, lanes: &mut Vec<Line>) {
        let width = (card.x, card.right());
        let above = card.y - self.across.free_left(width, card.y, self.region.y);
        let below = self.across.free_right(width, card.bottom(), self.region.bottom()) - card.bottom();
        for at in [card.y - (above / 2).min(BESIDE), card.bottom() + (below / 2).min(BESIDE)] {
            lanes.extend(self.through(at, card.x).filter(|lane| lane.high >= card.right()));
        }
        for (at, gap) in [(card.y - above / 2, above), (card.bottom() + below / 2, below)] {
            if (WIDE..WIDEST).contains(&gap) {
                lanes.extend(self.through(at, card.centre().x));
            }
        }
    }

    /// The line through a point, as far as it is free. It does not run along the edge of a card.
    fn through(&self, at: i32, x: i32) -> Option<Line> {
        let high = self.along.free_right((at - 1, at + 1), x, self.region.right());
        let low = self.along.free_left((at - 1, at + 1), x, self.region.x);
        let is_inside = at >= self.region.y && at <= self.region.bottom();
        (is_inside && low < high).then_some(Line { at, low, high })
    }
}

/// Leaves out lines beside which a longer one runs.
fn thinned(mut lines: Vec<Line>, apart: i32) -> Vec<Line> {
    lines.sort_unstable_by_key(|line| (line.low - line.high, *line));
    let mut kept: Vec<Line> = Vec::new();
    let mut by_height: HashMap<i32, Vec<Line>> = HashMap::new();
    for line in lines {
        let level = line.at.div_euclid(apart);
        let hides = |other: &Line| {
            (other.at - line.at).abs() < apart && other.low <= line.low && other.high >= line.high
        };
        let mut levels = (level - 1..=level + 1).filter_map(|level| by_height.get(&level));
        if !levels.any(|others| others.iter().any(hides)) {
            by_height.entry(level).or_default().push(line);
            kept.push(line);
        }
    }
    kept
}

/// Makes one line of those that lie on each other. Sorted.
fn merged(mut lines: Vec<Line>) -> Vec<Line> {
    lines.sort_unstable();
    let mut merged: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines {
        match merged.last_mut() {
            Some(last) if last.at == line.at && line.low <= last.high => last.high = last.high.max(line.high),
            _ => merged.push(line),
        }
    }
    merged
}
