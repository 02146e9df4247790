//! New cards among placed ones: each in the nearest free place beside its neighbours, and those
//! without neighbours below everything. Nothing that was placed moves.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use super::regions::Regions;
use super::{Arrangement, COLUMN_GAP, Node, Point, ROW_GAP, Rect, STEP};

/// The rings of places that are tried round the best one.
const RINGS: i32 = 24;
/// Room that stays free round a new card.
const MARGIN: i32 = 20;

/// Which rectangles stand in which part of the drawing.
#[derive(Debug, Default)]
pub struct Occupied(HashMap<(i32, i32), Vec<Rect>>);

const TILE: i32 = 512;

impl Occupied {
    fn tiles(rect: &Rect) -> impl Iterator<Item = (i32, i32)> + use<> {
        let columns = rect.x.div_euclid(TILE)..=rect.right().div_euclid(TILE);
        let rows = rect.y.div_euclid(TILE)..=rect.bottom().div_euclid(TILE);
        columns.flat_map(move |column| rows.clone().map(move |row| (column, row)))
    }

    /// Puts a rectangle there.
    pub fn add(&mut self, rect: Rect) {
        for tile in Self::tiles(&rect) {
            self.0.entry(tile).or_default().push(rect);
        }
    }

    /// Whether nothing overlaps a rectangle.
    #[must_use]
    pub fn is_free(&self, rect: &Rect) -> bool {
        Self::tiles(rect).all(|tile| {
            self.0.get(&tile).is_none_or(|others| !others.iter().any(|other| other.overlaps(rect)))
        })
    }
}

/// The left end of the row below everything that was placed.
pub(super) fn below_placed(input: &Arrangement) -> Point {
    let placed = || input.nodes.iter().filter_map(|node| node.fixed.map(|at| node.rect_at(at)));
    let left = placed().map(|rect| rect.x).min().unwrap_or_default();
    let bottom = placed().map(|rect| rect.bottom()).max().unwrap_or_default();
    Point::new(on_step(left), on_step(bottom + 2 * ROW_GAP))
}

fn on_step(length: i32) -> i32 {
    length.div_euclid(STEP) * STEP
}

/// Fills in the positions of all nodes that are not fixed.
pub(super) fn place(input: &Arrangement, edges: &[(usize, usize)], positions: &mut [Point]) {
    let mut occupied = Occupied::default();
    let mut is_placed: Vec<bool> = input.nodes.iter().map(|node| node.fixed.is_some()).collect();
    let mut neighbours = vec![Vec::new(); input.nodes.len()];
    for (from, to) in edges {
        neighbours[*from].push((*to, false));
        neighbours[*to].push((*from, true));
    }
    for node in &input.nodes {
        if let Some(at) = node.fixed {
            occupied.add(node.rect_at(at));
        }
    }
    let ties = |node: usize, is_placed: &[bool]| {
        Reverse(neighbours[node].iter().filter(|(neighbour, _)| is_placed[*neighbour]).count())
    };
    let free = (0..input.nodes.len()).filter(|node| !is_placed[*node]);
    let mut waiting: BTreeSet<_> = free.map(|node| (ties(node, &is_placed), node)).collect();
    let below = below_placed(input);
    let placed = input.nodes.iter().filter_map(|node| node.fixed.map(|at| (node, at)));
    let mut regions = Regions::new(placed);
    while let Some((_, node)) = waiting.pop_first() {
        let near = neighbours[node].iter().filter(|(neighbour, _)| is_placed[*neighbour]);
        let wishes: Vec<Point> = near
            .map(|(neighbour, is_sender)| {
                wish(positions[*neighbour], &input.nodes[*neighbour], &input.nodes[node], *is_sender)
            })
            .collect();
        let own = &input.nodes[node];
        let at_home = regions.of(own.group).map(|rect| Point::new(rect.x, rect.bottom() + ROW_GAP));
        let wish = mean(&wishes).or(at_home).unwrap_or(below);
        let corner = free_place(wish, own, below, &occupied, &regions);
        positions[node] = corner;
        occupied.add(own.rect_at(corner));
        regions.add(own.group, own.rect_at(corner));
        let others = neighbours[node].iter().map(|(neighbour, _)| *neighbour);
        let others: Vec<usize> = others.filter(|other| !is_placed[*other]).collect();
        for other in &others {
            waiting.remove(&(ties(*other, &is_placed), *other));
        }
        is_placed[node] = true;
        waiting.extend(
            others.iter().filter(|other| **other != node).map(|other| (ties(*other, &is_placed), *other)),
        );
    }
}

/// Where a node would like to stand for one neighbour: to its right if it receives, else to its left.
fn wish(at: Point, neighbour: &Node, node: &Node, receives: bool) -> Point {
    let x = if receives { at.x + neighbour.width + COLUMN_GAP } else { at.x - COLUMN_GAP - node.width };
    Point::new(x, at.y + neighbour.height / 2 - node.height / 2)
}

fn mean(points: &[Point]) -> Option<Point> {
    let count = i64::try_from(points.len()).ok().filter(|count| *count > 0)?;
    let sum = |side: fn(&Point) -> i32| points.iter().map(|point| i64::from(side(point))).sum::<i64>();
    Some(Point::new((sum(|point| point.x) / count) as i32, (sum(|point| point.y) / count) as i32))
}

/// The free place that is nearest to the wish, with its own group and out of the boxes of others; far down where
/// there is none near.
fn free_place(wish: Point, node: &Node, below: Point, occupied: &Occupied, regions: &Regions) -> Point {
    let wish = regions.of(node.group).map_or(wish, |own| within(wish, &own));
    let (across, down) = (node.width / 2 + COLUMN_GAP / 2, node.height + ROW_GAP);
    let place =
        |column: i32, row: i32| Point::new(on_step(wish.x + column * across), on_step(wish.y + row * down));
    let is_free = |corner: &Point| {
        let rect = node.rect_at(*corner);
        occupied.is_free(&rect.grown(MARGIN)) && regions.keeps_apart(node.group, &rect)
    };
    for ring in 0..=RINGS {
        let cells = (-ring..=ring).flat_map(|row| (-ring..=ring).map(move |column| (column, row)));
        let on_ring = cells.filter(|(column, row)| column.abs().max(row.abs()) == ring);
        let free = on_ring.map(|(column, row)| place(column, row)).filter(is_free);
        let distance = |corner: &Point| (corner.x.abs_diff(wish.x) + 2 * corner.y.abs_diff(wish.y), *corner);
        if let Some(corner) = free.min_by_key(distance) {
            return corner;
        }
    }
    // A box that its neighbours shut in can only grow over one of them.
    let is_clear = |corner: &Point| {
        let rect = node.rect_at(*corner);
        occupied.is_free(&rect.grown(MARGIN)) && regions.is_outside_others(node.group, &rect)
    };
    let mut rows = (0..).map(|row| Point::new(below.x, on_step(below.y + row * down)));
    rows.find(is_clear).unwrap_or(below)
}

/// The place in a box that is nearest to another place.
fn within(at: Point, rect: &Rect) -> Point {
    Point::new(at.x.clamp(rect.x, rect.right()), at.y.clamp(rect.y, rect.bottom()))
}
