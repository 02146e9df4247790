//! Where things go: positions for cards and routes for flows. Knows sizes and links, not what
//! they stand for. The same input always gives the same picture.

mod around;
mod beside;
mod board;
mod boxes;
mod communities;
mod flat;
mod geometry;
mod grouped;
mod layered;
pub mod measures;
mod regions;
pub mod routing;
mod sheets;
mod tidy;

pub use beside::Occupied;
pub use geometry::{Point, Rect};
pub use sheets::by_community as communities;
pub use tidy::tidy;

/// Free room between two columns, for labels and lines.
pub const COLUMN_GAP: i32 = 128;
/// Free room between two rows.
pub const ROW_GAP: i32 = 48;
/// Positions are multiples of this.
pub const STEP: i32 = 4;

/// A card to arrange.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Node {
    /// Its width.
    pub width: i32,
    /// Its height.
    pub height: i32,
    /// Where a person placed it. It stays there.
    pub fixed: Option<Point>,
    /// Whether it passes data on; hubs like the middle.
    pub is_hub: bool,
    /// Whether it is the focal system; it likes the middle.
    pub is_focal: bool,
    /// The group it belongs to, by any number. A group's cards are arranged in a box of their own, without
    /// strangers; only cards that are fixed may stand in the boxes of others.
    pub group: Option<usize>,
}

impl Node {
    fn rect_at(&self, corner: Point) -> Rect {
        Rect::new(corner.x, corner.y, self.width, self.height)
    }
}

/// What a picture is made for. Its shape decides how many columns there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// A screen, 16 to 9.
    #[default]
    Screen,
    /// A sheet of A4 on its side, with the margins that printers need.
    A4Landscape,
    /// A sheet of A3 on its side, with the margins that printers need.
    A3Landscape,
}

impl Page {
    /// How wide it is for its height.
    #[must_use]
    pub fn aspect(self) -> f64 {
        match self {
            Self::Screen => 16.0 / 9.0,
            // Ten millimetres on each side of 297 x 210 and of 420 x 297.
            Self::A4Landscape => 277.0 / 190.0,
            Self::A3Landscape => 400.0 / 277.0,
        }
    }
}

/// Cards and the links between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrangement {
    /// The cards.
    pub nodes: Vec<Node>,
    /// Links by index of their nodes, from sender to receiver. Links of unknown nodes are ignored.
    pub edges: Vec<(usize, usize)>,
}

/// The upper left corner of every card. Cards never overlap, unless fixed ones already did.
///
/// Without fixed cards all are arranged. Where most cards are fixed, each new one lands beside its
/// neighbours; where few are, as pins, the others are arranged round them.
#[must_use]
pub fn arrange(input: &Arrangement) -> Vec<Point> {
    arrange_on(input, Page::Screen)
}

/// The same as [`arrange`], for a page of another shape.
#[must_use]
pub fn arrange_on(input: &Arrangement, page: Page) -> Vec<Point> {
    let edges = links(input);
    let free = (0..input.nodes.len()).filter(|node| input.nodes[*node].fixed.is_none()).count();
    let placed = || input.nodes.iter().filter_map(|node| node.fixed.map(|at| node.rect_at(at)));
    let Some(all) = placed().reduce(|all, rect| all.union(&rect)) else {
        return sheets::arrange(&input.nodes, &edges, page);
    };
    if free > input.nodes.len() - free {
        return arrange_free(input, page, &edges, all.centre(), pin_nearest(placed(), all.centre()));
    }
    let mut positions: Vec<Point> = input.nodes.iter().map(|node| node.fixed.unwrap_or_default()).collect();
    beside::place(input, &edges, &mut positions);
    positions
}

/// Arranges the selected cards about where they stand; all others stay at their positions.
///
/// Selected cards that are fixed stay as well. Selected indices of unknown cards are ignored.
#[must_use]
pub fn arrange_selection(input: &Arrangement, positions: &[Point], selected: &[usize]) -> Vec<Point> {
    let mut others = input.clone();
    for (node, at) in others.nodes.iter_mut().zip(positions) {
        node.fixed = Some(*at);
    }
    let is_free = |node: &&usize| input.nodes.get(**node).is_some_and(|node| node.fixed.is_none());
    let free: Vec<usize> = selected.iter().filter(is_free).copied().collect();
    let rects = free.iter().zip(free.iter().filter_map(|node| positions.get(*node)));
    let Some(all) =
        rects.map(|(node, at)| input.nodes[*node].rect_at(*at)).reduce(|all, rect| all.union(&rect))
    else {
        return positions.to_vec();
    };
    for node in &free {
        others.nodes[*node].fixed = None;
    }
    let first = free.first().map(|node| input.nodes[*node].rect_at(positions[*node]).centre());
    arrange_free(&others, Page::Screen, &links(input), all.centre(), first.unwrap_or_default())
}

/// The middle of the pin that is nearest to a place.
fn pin_nearest(pins: impl Iterator<Item = Rect>, place: Point) -> Point {
    let middles = pins.map(|pin| pin.centre());
    let distance = |at: &Point| (at.x.abs_diff(place.x) + at.y.abs_diff(place.y), *at);
    middles.min_by_key(distance).unwrap_or_default()
}

/// Arranges the cards that are not fixed round a place, in line with an anchor; too many for that
/// below everything.
fn arrange_free(
    input: &Arrangement,
    page: Page,
    edges: &[(usize, usize)],
    centre: Point,
    anchor: Point,
) -> Vec<Point> {
    if input.nodes.iter().any(|node| node.group.is_some()) {
        return grouped::arrange(&input.nodes, edges, page, centre);
    }
    let free: Vec<usize> = (0..input.nodes.len()).filter(|node| input.nodes[*node].fixed.is_none()).collect();
    if free.len() <= sheets::MOST_ON_ONE_SHEET && input.nodes.len() <= 4 * sheets::MOST_ON_ONE_SHEET {
        return around::arrange(&input.nodes, edges, page, centre, anchor);
    }
    let nodes: Vec<Node> = free.iter().map(|node| input.nodes[*node]).collect();
    let place_of = |node: usize| free.binary_search(&node).ok();
    let inner: Vec<_> =
        edges.iter().filter_map(|(from, to)| Some((place_of(*from)?, place_of(*to)?))).collect();
    let below = beside::below_placed(input);
    let mut positions: Vec<Point> = input.nodes.iter().map(|node| node.fixed.unwrap_or_default()).collect();
    for (node, corner) in free.iter().zip(sheets::arrange(&nodes, &inner, page)) {
        positions[*node] = Point::new(corner.x + below.x, corner.y + below.y);
    }
    positions
}

/// The links without loops, repetitions and strangers.
fn links(input: &Arrangement) -> Vec<(usize, usize)> {
    let count = input.nodes.len();
    let known = input.edges.iter().filter(|(from, to)| from != to && *from < count && *to < count);
    let mut edges: Vec<_> = known.copied().collect();
    edges.sort_unstable();
    edges.dedup();
    edges
}

#[cfg(test)]
mod tests;
