//! The primitive shapes of a picture, in plan units and with colours as roles.

use crate::arrange::{Point, Rect};
use crate::model::{AreaId, FlowId, SystemId};

use super::text::Weight;
use super::{GroupId, Role};

/// A place in plan units, for drawing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spot {
    /// To the right.
    pub x: f32,
    /// Down.
    pub y: f32,
}

impl Spot {
    /// The spot at these coordinates.
    #[must_use]
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    /// The spot that lies `distance` from here on the way to another.
    fn towards(self, other: Self, distance: f32) -> Self {
        let length = self.distance(other).max(0.001);
        let share = distance / length;
        Self::new(self.x + (other.x - self.x) * share, self.y + (other.y - self.y) * share)
    }

    fn distance(self, other: Self) -> f32 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

impl From<Point> for Spot {
    fn from(point: Point) -> Self {
        Self::new(point.x as f32, point.y as f32)
    }
}

/// A rectangle in plan units, for drawing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    /// The left edge.
    pub x: f32,
    /// The upper edge.
    pub y: f32,
    /// From left to right.
    pub width: f32,
    /// From top to bottom.
    pub height: f32,
}

impl Area {
    /// The rectangle with this corner and size.
    #[must_use]
    pub const fn new(x: f32, y: f32, width: f32, height: f32) -> Self {
        Self { x, y, width, height }
    }

    /// Larger by `margin` on every side.
    #[must_use]
    pub fn grown(self, margin: f32) -> Self {
        Self::new(self.x - margin, self.y - margin, self.width + 2.0 * margin, self.height + 2.0 * margin)
    }

    /// The smallest rectangle with both in it.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let right = (self.x + self.width).max(other.x + other.width);
        let bottom = (self.y + self.height).max(other.y + other.height);
        Self::new(x, y, right - x, bottom - y)
    }

    /// The middle.
    #[must_use]
    pub fn centre(self) -> Spot {
        Spot::new(self.x + self.width / 2.0, self.y + self.height / 2.0)
    }
}

impl From<Rect> for Area {
    fn from(rect: Rect) -> Self {
        Self::new(rect.x as f32, rect.y as f32, rect.width as f32, rect.height as f32)
    }
}

/// A line's colour, width and dashes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub role: Role,
    /// Its width in plan units.
    pub width: f32,
    /// Lengths of dash and gap; drawn through where absent.
    pub dash: Option<(f32, f32)>,
}

impl Stroke {
    /// A line drawn through.
    #[must_use]
    pub const fn solid(role: Role, width: f32) -> Self {
        Self { role, width, dash: None }
    }

    /// A dashed line.
    #[must_use]
    pub const fn dashed(role: Role, width: f32, dash: f32, gap: f32) -> Self {
        Self { role, width, dash: Some((dash, gap)) }
    }
}

/// Which part of a text stands at its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// Something to paint.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A rectangle with rounded corners.
    Rect {
        /// Where.
        area: Area,
        /// The radius of its corners.
        radius: f32,
        /// Its inside.
        fill: Option<Role>,
        /// Its edge, in the middle of which the area ends.
        stroke: Option<Stroke>,
    },
    /// A line of straight pieces with rounded corners.
    Path {
        /// Start, bends and end.
        points: Vec<Spot>,
        /// The radius of the corners.
        radius: f32,
        /// How it is drawn.
        stroke: Stroke,
    },
    /// A filled area with straight edges: an arrowhead.
    Polygon {
        /// Its corners.
        points: Vec<Spot>,
        /// Its inside.
        fill: Role,
    },
    /// A filled circle.
    Circle {
        /// Its middle.
        centre: Spot,
        /// Its radius.
        radius: f32,
        /// Its inside.
        fill: Role,
        /// Its edge.
        stroke: Option<Stroke>,
    },
    /// One line of text.
    Text {
        /// Where on the baseline the anchor stands.
        pos: Spot,
        /// The size of the letters.
        size: f32,
        /// Their thickness.
        weight: Weight,
        /// Their colour.
        role: Role,
        /// Which part of the text stands at the position.
        anchor: Anchor,
        /// The text, shortened to its room.
        text: String,
    },
    /// An icon.
    Icon {
        /// The upper left corner of its square.
        pos: Spot,
        /// The side of its square.
        size: f32,
        /// Its colour.
        role: Role,
        /// Its character in the icon font.
        glyph: char,
    },
}

/// What a figure stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// An area of the plan.
    Area(AreaId),
    /// Systems that an overview shows as one.
    Group(GroupId),
    /// A system of the plan, or a reference to one that it does not have.
    System(SystemId),
    /// One flow, or several that share a link to a hub.
    Flows(Vec<FlowId>),
    /// The move of a system into another.
    Migration(SystemId),
    /// The explanation of the signs.
    Legend,
}

/// What is painted before what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// Areas, the lowest.
    Areas,
    /// Flows.
    Lines,
    /// Cards.
    Cards,
    /// Labels of flows.
    Labels,
    /// The legend, on top.
    Legend,
}

/// How much of a figure is painted when it is looked at from far away.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Detail {
    /// All that is large enough to be seen.
    Always,
    /// A line without its corners and arrowheads; of other things nothing.
    Near,
    /// One rectangle in one colour, with an edge in another where something became of it.
    Patch(Area, Role, Option<Role>),
}

/// The shapes of one thing in one layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What it stands for.
    pub subject: Subject,
    /// In which layer it is painted.
    pub layer: Layer,
    /// Nothing is painted outside.
    pub bounds: Area,
    /// What is left of it from far away.
    pub detail: Detail,
    /// What a screen reader says.
    pub title: String,
    /// The shapes, in the order in which they are painted.
    pub shapes: Vec<Shape>,
}

/// How long and how wide arrowheads are.
const ARROW: (f32, f32) = (9.0, 8.0);

/// The corners of an arrowhead with its tip at the end of a line that comes from `before`.
#[must_use]
pub fn arrow_head(before: Spot, tip: Spot) -> Vec<Spot> {
    let base = tip.towards(before, ARROW.0);
    let (along_x, along_y) = ((tip.x - base.x) / ARROW.0, (tip.y - base.y) / ARROW.0);
    let half = ARROW.1 / 2.0;
    vec![
        tip,
        Spot::new(base.x - along_y * half, base.y + along_x * half),
        Spot::new(base.x + along_y * half, base.y - along_x * half),
    ]
}

/// Where a line ends, so that it does not show beside the arrowhead on its tip.
#[must_use]
pub fn arrow_base(before: Spot, tip: Spot) -> Spot {
    tip.towards(before, (ARROW.0 - 1.0).min(before.distance(tip)))
}

/// A rounded corner: where it begins, the corner itself, and where it ends.
pub type Corner = [Spot; 3];

/// The rounded corners of a path, one for each point between its ends.
#[must_use]
pub fn rounded_corners(points: &[Spot], radius: f32) -> Vec<Corner> {
    let round = |triple: &[Spot]| {
        let room = triple[0].distance(triple[1]).min(triple[1].distance(triple[2])) / 2.0;
        let reach = radius.min(room);
        [triple[1].towards(triple[0], reach), triple[1], triple[1].towards(triple[2], reach)]
    };
    points.windows(3).map(round).collect()
}

/// A path with rounded corners as short straight pieces, for painters without curves.
#[must_use]
pub fn flattened(points: &[Spot], radius: f32) -> Vec<Spot> {
    const PIECES: u8 = 4;
    let mut flat: Vec<Spot> = points.first().copied().into_iter().collect();
    for [begin, corner, end] in rounded_corners(points, radius) {
        flat.extend((0..=PIECES).map(|piece| {
            let share = f32::from(piece) / f32::from(PIECES);
            let blend = |a: f32, b: f32, c: f32| {
                (1.0 - share).powi(2) * a + 2.0 * share * (1.0 - share) * b + share.powi(2) * c
            };
            Spot::new(blend(begin.x, corner.x, end.x), blend(begin.y, corner.y, end.y))
        }));
    }
    flat.extend(points.last().filter(|_| points.len() > 1));
    flat
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_corner_is_no_rounder_than_its_sides_are_long() {
        let points = [Spot::new(0.0, 0.0), Spot::new(4.0, 0.0), Spot::new(4.0, 100.0)];
        assert_eq!(rounded_corners(&points, 8.0)[0][0], Spot::new(2.0, 0.0));
        assert_eq!(flattened(&points, 8.0).len(), 7);
    }

    #[test]
    fn an_arrowhead_points_where_the_line_goes() {
        let head = arrow_head(Spot::new(0.0, 0.0), Spot::new(20.0, 0.0));
        assert_eq!(head[0], Spot::new(20.0, 0.0));
        assert_eq!(head[1], Spot::new(11.0, 4.0));
    }
}
