//! Where things go: positions for cards and routes for flows. Knows sizes and links, not what
//! they stand for. The same input always gives the same picture.

mod alignment;
mod beside;
mod columns;
mod geometry;
mod grid;
mod ordering;
mod packing;
mod ranks;
pub mod routing;

pub use geometry::{Point, Rect};

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
}

impl Node {
    fn rect_at(&self, corner: Point) -> Rect {
        Rect::new(corner.x, corner.y, self.width, self.height)
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

/// Above this many cards, columns and sweeps take the place of the thorough search.
const FEW: usize = 36;

/// The upper left corner of every card. Cards never overlap, unless fixed ones already did.
#[must_use]
pub fn arrange(input: &Arrangement) -> Vec<Point> {
    let edges = links(input);
    let free: Vec<usize> = (0..input.nodes.len()).filter(|node| input.nodes[*node].fixed.is_none()).collect();
    let mut positions: Vec<Point> = input.nodes.iter().map(|node| node.fixed.unwrap_or_default()).collect();
    let placed = input.nodes.len() - free.len();
    if placed == 0 {
        for (node, corner) in free.iter().zip(block(input, &edges, &free)) {
            positions[*node] = corner;
        }
    } else if free.len() > placed && free.len() > FEW {
        let below = beside::below_placed(input);
        for (node, corner) in free.iter().zip(block(input, &edges, &free)) {
            positions[*node] = Point::new(corner.x + below.x, corner.y + below.y);
        }
    } else {
        beside::place(input, &edges, &mut positions);
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

/// Corners for some of the nodes, as one block that starts near the origin.
fn block(input: &Arrangement, edges: &[(usize, usize)], chosen: &[usize]) -> Vec<Point> {
    let mut place_of = vec![usize::MAX; input.nodes.len()];
    for (place, node) in chosen.iter().enumerate() {
        place_of[*node] = place;
    }
    let nodes: Vec<Node> = chosen.iter().map(|node| input.nodes[*node]).collect();
    let inner: Vec<_> = edges
        .iter()
        .map(|(from, to)| (place_of[*from], place_of[*to]))
        .filter(|(from, to)| *from != usize::MAX && *to != usize::MAX)
        .collect();
    if nodes.len() <= FEW { grid::arrange(&nodes, &inner) } else { packing::arrange(&nodes, &inner) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn card(fixed: Option<Point>) -> Node {
        Node { width: 172, height: 74, fixed, ..Node::default() }
    }

    fn arrangements() -> impl Strategy<Value = Arrangement> {
        (0_usize..70).prop_flat_map(|count| {
            let edges = prop::collection::vec((0..count.max(1), 0..count.max(1)), 0..=count * 2);
            let fixed = prop::collection::vec(prop::bool::weighted(0.2), count);
            (fixed, edges).prop_map(|(fixed, edges)| Arrangement {
                nodes: (0..)
                    .zip(fixed)
                    .map(|(place, fixed)| card(fixed.then(|| Point::new(place % 7 * 201, place / 7 * 91))))
                    .collect(),
                edges,
            })
        })
    }

    fn overlaps(input: &Arrangement, positions: &[Point]) -> usize {
        let rects: Vec<_> = input.nodes.iter().zip(positions).map(|(node, at)| node.rect_at(*at)).collect();
        (0..rects.len())
            .flat_map(|one| (0..one).map(move |other| (one, other)))
            .filter(|(one, other)| rects[*one].overlaps(&rects[*other]))
            .count()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn cards_never_overlap_and_placed_ones_stay(input in arrangements()) {
            let positions = arrange(&input);
            prop_assert_eq!(overlaps(&input, &positions), 0);
            for (node, position) in input.nodes.iter().zip(&positions) {
                prop_assert!(node.fixed.is_none_or(|fixed| fixed == *position));
            }
            prop_assert_eq!(positions, arrange(&input));
        }
    }

    #[test]
    fn a_large_landscape_is_about_as_wide_as_a_screen() {
        let edges = (0..300).map(|place| (place, (place * 7 + 3) % 300)).collect();
        let input = Arrangement { nodes: vec![card(None); 300], edges };
        let positions = arrange(&input);
        assert_eq!(overlaps(&input, &positions), 0);
        let width = positions.iter().map(|at| at.x).max().unwrap() + 172;
        let height = positions.iter().map(|at| at.y).max().unwrap() + 74;
        let aspect = f64::from(width) / f64::from(height);
        assert!((0.8..4.0).contains(&aspect), "{width} x {height}");
    }

    #[test]
    fn a_new_card_lands_beside_its_neighbour() {
        let placed = Point::new(4000, 4000);
        let input = Arrangement {
            nodes: vec![card(Some(placed)), card(Some(Point::new(0, 0))), card(None)],
            edges: vec![(0, 2)],
        };
        let position = arrange(&input)[2];
        assert!((position.x - placed.x).abs() < 600 && (position.y - placed.y).abs() < 300, "{position:?}");
    }
}
