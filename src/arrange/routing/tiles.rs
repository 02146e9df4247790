//! Finds what lies in an area, or first in a direction, without looking at everything: areas are
//! kept by the square tiles that they touch.

use std::ops::RangeInclusive;

use super::{Point, Rect};

/// The least side of a tile for cards, and for lines and labels. Larger ones are taken where things
/// lie far apart.
const SIDE: i32 = 256;
const FINE_SIDE: i32 = 96;

/// Areas with something that belongs to them.
#[derive(Clone, Debug)]
pub(super) struct Tiles<T> {
    origin: Point,
    side: i32,
    columns: usize,
    rows: usize,
    content: Vec<Vec<(Rect, T)>>,
}

impl<T: Copy + PartialEq> Tiles<T> {
    /// Empty tiles for about this many things within these bounds. What lies outside is found too.
    pub(super) fn new(bounds: &Rect, expected: usize) -> Self {
        Self::with_side(bounds, expected, SIDE)
    }

    /// The same for lines and labels, of which more lie near to each other.
    pub(super) fn fine(bounds: &Rect, expected: usize) -> Self {
        Self::with_side(bounds, expected, FINE_SIDE)
    }

    fn with_side(bounds: &Rect, expected: usize, side: i32) -> Self {
        let most = (expected * 4 + 64) as f64;
        let least = (f64::from(bounds.width) * f64::from(bounds.height) / most).sqrt().ceil() as i32;
        let side = side.max(least).max(bounds.width / 2000).max(bounds.height / 2000);
        let (columns, rows) = (whole(bounds.width / side) + 1, whole(bounds.height / side) + 1);
        let content = vec![Vec::new(); columns * rows];
        Self { origin: Point::new(bounds.x, bounds.y), side, columns, rows, content }
    }

    fn column(&self, x: i32) -> usize {
        whole((x - self.origin.x) / self.side).min(self.columns - 1)
    }

    fn row(&self, y: i32) -> usize {
        whole((y - self.origin.y) / self.side).min(self.rows - 1)
    }

    const fn place(&self, column: usize, row: usize) -> usize {
        row * self.columns + column
    }

    fn places(&self, area: &Rect) -> impl Iterator<Item = usize> + use<T> {
        let columns = self.column(area.x)..=self.column(area.right());
        let (width, rows) = (self.columns, self.row(area.y)..=self.row(area.bottom()));
        rows.flat_map(move |row| columns.clone().map(move |column| row * width + column))
    }

    pub(super) fn add(&mut self, area: Rect, thing: T) {
        for place in self.places(&area) {
            self.content[place].push((area, thing));
        }
    }

    pub(super) fn remove(&mut self, area: Rect, thing: T) {
        for place in self.places(&area) {
            self.content[place].retain(|known| *known != (area, thing));
        }
    }

    /// What may meet an area: everything in its tiles, some of it more than once.
    pub(super) fn near<'t>(&'t self, area: &Rect) -> impl Iterator<Item = &'t (Rect, T)> + use<'t, T> {
        self.places(area).flat_map(|place| &self.content[place])
    }

    fn in_column(&self, column: usize, rows: RangeInclusive<usize>) -> impl Iterator<Item = &Rect> {
        rows.flat_map(move |row| &self.content[self.place(column, row)]).map(|(area, _)| area)
    }

    /// How far one comes to the right from `x`, at the heights from `low` to `high`, at most to `limit`.
    pub(super) fn free_right(&self, (low, high): (i32, i32), x: i32, limit: i32) -> i32 {
        for column in self.column(x)..=self.column(limit) {
            let areas = self.in_column(column, self.row(low)..=self.row(high));
            let ahead = areas.filter(|area| area.right() > x);
            let meets = ahead.filter(|area| is_between(area, low, high)).map(|area| area.x.max(x));
            if let Some(nearest) = meets.min() {
                return nearest.min(limit);
            }
        }
        limit
    }

    /// How far one comes to the left.
    pub(super) fn free_left(&self, (low, high): (i32, i32), x: i32, limit: i32) -> i32 {
        for column in (self.column(limit)..=self.column(x)).rev() {
            let areas = self.in_column(column, self.row(low)..=self.row(high));
            let ahead = areas.filter(|area| area.x < x);
            let meets = ahead.filter(|area| is_between(area, low, high)).map(|area| area.right().min(x));
            if let Some(nearest) = meets.max() {
                return nearest.max(limit);
            }
        }
        limit
    }
}

/// A count; nothing for what is negative.
pub(super) fn whole(count: i32) -> usize {
    usize::try_from(count).unwrap_or(0)
}

/// Whether the inside of an area meets these heights, or this one height.
const fn is_between(area: &Rect, low: i32, high: i32) -> bool {
    area.y < high && low < area.bottom()
}

/// Where the cards stand, seen upright and on the side: what holds for rows then holds for columns.
#[derive(Clone, Debug)]
pub(super) struct Ground {
    /// All cards, by index.
    pub(super) cards: Vec<Rect>,
    /// The cards with x and y exchanged.
    pub(super) turned_cards: Vec<Rect>,
    pub(super) upright: Tiles<usize>,
    pub(super) turned: Tiles<usize>,
    /// Everything, with room for a way round it.
    pub(super) bounds: Rect,
}

/// Room for ways round everything.
const AROUND: i32 = 48;

impl Ground {
    pub(super) fn of(cards: &[Rect]) -> Self {
        let bounds = cards.iter().copied().reduce(|all, card| all.union(&card)).unwrap_or_default();
        let bounds = bounds.grown(AROUND);
        let mut ground = Self {
            cards: cards.to_vec(),
            turned_cards: cards.iter().map(turned).collect(),
            upright: Tiles::new(&bounds, cards.len()),
            turned: Tiles::new(&turned(&bounds), cards.len()),
            bounds,
        };
        for (index, card) in cards.iter().enumerate() {
            ground.upright.add(*card, index);
            ground.turned.add(turned(card), index);
        }
        ground
    }

    /// Puts a card elsewhere.
    pub(super) fn move_card(&mut self, card: usize, to: Rect) {
        let from = self.cards[card];
        self.upright.remove(from, card);
        self.turned.remove(turned(&from), card);
        self.upright.add(to, card);
        self.turned.add(turned(&to), card);
        self.cards[card] = to;
        self.turned_cards[card] = turned(&to);
        self.bounds = self.bounds.union(&to.grown(AROUND));
    }

    /// Whether a horizontal or vertical line runs through no card.
    pub(super) fn is_free(&self, from: Point, to: Point) -> bool {
        let line = Rect::between(from, to);
        !self.upright.near(&line).any(|(card, _)| card.is_crossed_by(from, to))
    }
}

/// The rectangle with x and y exchanged.
pub(super) const fn turned(rect: &Rect) -> Rect {
    Rect::new(rect.y, rect.x, rect.height, rect.width)
}
