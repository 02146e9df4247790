//! The slots that cards can stand in: a grid in the plan, without those that are taken for good.

use super::lines::MOST_AREA;
use crate::arrange::{Point, Rect, STEP};

/// A grid of slots.
#[derive(Clone, Debug)]
pub(crate) struct Slots {
    /// The middle of the first slot.
    first: Point,
    /// From one slot to the next, across and down.
    pitch: (i32, i32),
    columns: i32,
    rows: i32,
    is_open: Vec<bool>,
    /// The plan units in one unit of the board.
    unit: i32,
    origin: Point,
}

impl Slots {
    /// A grid with this many columns and rows, its first slot's middle at `first`; lines to places
    /// within `reach` can be compared.
    pub(crate) fn new(first: Point, pitch: (i32, i32), (columns, rows): (i32, i32), reach: Rect) -> Self {
        let size = Rect::new(first.x, first.y, pitch.0 * columns, pitch.1 * rows).union(&reach);
        let mut unit = (pitch.1 / 2).max(1);
        while (i64::from(size.width / unit) + 1) * (i64::from(size.height / unit) + 1) > MOST_AREA {
            unit += unit / 4 + 1;
        }
        let is_open = vec![true; (columns * rows).unsigned_abs() as usize];
        Self { first, pitch, columns, rows, is_open, unit, origin: Point::new(size.x, size.y) }
    }

    /// Closes the slots in which a card of this size would overlap a taken rectangle.
    pub(crate) fn close(&mut self, (width, height): (i32, i32), taken: impl Fn(&Rect) -> bool) {
        for slot in 0..self.len() {
            let middle = self.middle(slot as u32);
            self.is_open[slot] &= !taken(&Rect::around(middle, width, height));
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.is_open.len()
    }

    pub(crate) fn open_count(&self) -> usize {
        self.is_open.iter().filter(|is_open| **is_open).count()
    }

    /// From one slot to the next, across and down.
    pub(crate) fn pitch(&self) -> (i32, i32) {
        self.pitch
    }

    pub(super) fn columns(&self) -> i32 {
        self.columns
    }

    pub(super) fn rows(&self) -> i32 {
        self.rows
    }

    pub(super) fn unit(&self) -> i32 {
        self.unit
    }

    /// The column and row of a slot.
    pub(super) fn cell(&self, slot: u32) -> (i32, i32) {
        (slot.cast_signed() % self.columns, slot.cast_signed() / self.columns)
    }

    /// The open slot in this column and row.
    pub(super) fn slot(&self, column: i32, row: i32) -> Option<u32> {
        let is_inside = (0..self.columns).contains(&column) && (0..self.rows).contains(&row);
        let slot = is_inside.then(|| (row * self.columns + column).unsigned_abs())?;
        self.is_open[slot as usize].then_some(slot)
    }

    /// The cell that is nearest to a place in units, also beyond the grid.
    pub(super) fn cell_near(&self, (x, y): (i32, i32)) -> (i32, i32) {
        let across = x * self.unit + self.origin.x - self.first.x + self.pitch.0 / 2;
        let down = y * self.unit + self.origin.y - self.first.y + self.pitch.1 / 2;
        (across.div_euclid(self.pitch.0), down.div_euclid(self.pitch.1))
    }

    /// The middle of a slot in the plan.
    pub(crate) fn middle(&self, slot: u32) -> Point {
        let (column, row) = self.cell(slot);
        Point::new(self.first.x + column * self.pitch.0, self.first.y + row * self.pitch.1)
    }

    /// The middles of the first slot and of the last one.
    pub(crate) fn ends(&self) -> (Point, Point) {
        (self.first, self.middle((self.len() as u32).saturating_sub(1)))
    }

    /// Where a card of this size stands in a slot.
    pub(crate) fn corner(&self, slot: u32, (width, height): (i32, i32)) -> Point {
        let middle = self.middle(slot);
        let on_step = |length: i32| length.div_euclid(STEP) * STEP;
        Point::new(on_step(middle.x - width / 2), on_step(middle.y - height / 2))
    }

    pub(super) fn at(&self, slot: u32) -> (i16, i16) {
        self.units(self.middle(slot))
    }

    /// A place in the plan in units of the board.
    pub(super) fn units(&self, at: Point) -> (i16, i16) {
        let units = |length: i32| ((length + self.unit / 2) / self.unit).clamp(0, i32::from(i16::MAX)) as i16;
        (units(at.x - self.origin.x), units(at.y - self.origin.y))
    }

    /// A slot for each wish, the nearest one that is open and still free. There must be enough.
    pub(crate) fn nearest(&self, wishes: &[Point]) -> Vec<u32> {
        let mut is_free = self.is_open.clone();
        let mut slots = Vec::with_capacity(wishes.len());
        for wish in wishes {
            let distance = |slot: &u32| {
                let middle = self.middle(*slot);
                (middle.x.abs_diff(wish.x) + middle.y.abs_diff(wish.y), *slot)
            };
            let free = (0..self.len() as u32).filter(|slot| is_free[*slot as usize]);
            let slot = free.min_by_key(distance).unwrap_or_default();
            is_free[slot as usize] = false;
            slots.push(slot);
        }
        slots
    }
}
