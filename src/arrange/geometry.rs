//! Points and rectangles in whole plan units. One unit is one point at 100 %; y goes down.

/// A place in the plan's drawing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    /// To the right.
    pub x: i32,
    /// Down.
    pub y: i32,
}

impl Point {
    /// The point at these coordinates.
    #[must_use]
    pub const fn new(x: i32, y: i32) -> Self {
        Self { x, y }
    }
}

/// A rectangle by its upper left corner and its size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rect {
    /// The left edge.
    pub x: i32,
    /// The upper edge.
    pub y: i32,
    /// From left to right, not negative.
    pub width: i32,
    /// From top to bottom, not negative.
    pub height: i32,
}

impl Rect {
    /// The rectangle with this corner and size.
    #[must_use]
    pub const fn new(x: i32, y: i32, width: i32, height: i32) -> Self {
        Self { x, y, width, height }
    }

    /// The smallest rectangle with both points in it.
    #[must_use]
    pub fn between(one: Point, other: Point) -> Self {
        let (x, y) = (one.x.min(other.x), one.y.min(other.y));
        Self::new(x, y, one.x.max(other.x) - x, one.y.max(other.y) - y)
    }

    /// The rectangle round this point.
    #[must_use]
    pub const fn around(centre: Point, width: i32, height: i32) -> Self {
        Self::new(centre.x - width / 2, centre.y - height / 2, width, height)
    }

    /// The right edge.
    #[must_use]
    pub const fn right(&self) -> i32 {
        self.x + self.width
    }

    /// The lower edge.
    #[must_use]
    pub const fn bottom(&self) -> i32 {
        self.y + self.height
    }

    /// The middle.
    #[must_use]
    pub const fn centre(&self) -> Point {
        Point::new(self.x + self.width / 2, self.y + self.height / 2)
    }

    /// Larger by `margin` on every side.
    #[must_use]
    pub const fn grown(&self, margin: i32) -> Self {
        Self::new(self.x - margin, self.y - margin, self.width + 2 * margin, self.height + 2 * margin)
    }

    /// Whether the insides meet; edges may touch.
    #[must_use]
    pub const fn overlaps(&self, other: &Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// Whether a horizontal or vertical line runs through the inside; it may run along an edge.
    #[must_use]
    pub fn is_crossed_by(&self, from: Point, to: Point) -> bool {
        let line = Self::between(from, to);
        let meets = |start: i32, end: i32, low: i32, high: i32| start < high && end > low;
        meets(line.x, line.right(), self.x, self.right())
            && meets(line.y, line.bottom(), self.y, self.bottom())
    }

    /// The smallest rectangle with both in it.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Self::new(x, y, self.right().max(other.right()) - x, self.bottom().max(other.bottom()) - y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_along_an_edge_does_not_cross() {
        let card = Rect::new(0, 0, 100, 50);
        assert!(card.is_crossed_by(Point::new(-10, 25), Point::new(110, 25)));
        assert!(!card.is_crossed_by(Point::new(-10, 0), Point::new(110, 0)));
        assert!(!card.is_crossed_by(Point::new(100, 25), Point::new(150, 25)));
    }

    #[test]
    fn cards_side_by_side_do_not_overlap() {
        let card = Rect::new(0, 0, 100, 50);
        assert!(!card.overlaps(&Rect::new(100, 0, 100, 50)));
        assert!(card.overlaps(&Rect::new(99, 49, 100, 50)));
    }
}
