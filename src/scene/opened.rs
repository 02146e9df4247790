//! One group of an overview, opened: its systems where they stand, and each neighbour as a box beside them, on the
//! left where data mostly comes from it, else on the right.

use std::collections::BTreeMap;

use crate::arrange::routing::{Link, route};
use crate::arrange::{Point, Rect};
use crate::model::{FlowId, SystemId};
use crate::rules::Severity;

use super::bundle::Bundle;
use super::flow_line::label_size;
use super::group_box::{GroupBox, NEIGHBOUR_HEIGHT, NEIGHBOUR_WIDTH};
use super::grouping::{Group, Grouping};
use super::lines::{Line, Sight};
use super::{Card, Counts, FlowLine, Layout};

/// Room between the cards and the neighbours.
const GAP: i32 = 190;
/// Room between two neighbours in a column, and between two columns.
const ROW_GAP: i32 = 26;
const COLUMN_GAP: i32 = 70;

/// A group, opened.
#[derive(Default)]
pub(super) struct Opened {
    pub(super) cards: Vec<Card>,
    pub(super) flows: Vec<FlowLine>,
    pub(super) neighbours: Vec<GroupBox>,
    pub(super) bundles: Vec<Bundle>,
}

/// Lines between one card and one neighbour.
#[derive(Default)]
struct Crossing {
    flows: Vec<FlowId>,
    is_error: bool,
    /// How many of them bring data, less how many take it away.
    brings: i64,
}

impl Opened {
    pub(super) fn new(sight: &Sight<'_, '_>, layout: &Layout, grouping: &Grouping, group: &Group) -> Self {
        let all = sight.lines();
        let own = |id: &SystemId| grouping.group_of(sight.index, id).is_some_and(|of| of.id == group.id);
        let is_missing = |id: &SystemId| sight.index.system(id).is_none();
        let is_inner = |line: &&Line| {
            own(&line.from) && (own(&line.to) || is_missing(&line.to))
                || is_missing(&line.from) && own(&line.to)
        };
        let lines: Vec<Line> = all.iter().filter(is_inner).cloned().collect();
        let mut cards = sight.cards(layout, &all);
        let is_end = |id: &SystemId| lines.iter().any(|line| line.from == *id || line.to == *id);
        cards.retain(|card| own(&card.id) || is_missing(&card.id) && is_end(&card.id));
        let places: BTreeMap<&SystemId, usize> = cards.iter().map(|card| &card.id).zip(0..).collect();
        let mut crossings: BTreeMap<(usize, usize), Crossing> = BTreeMap::new();
        for line in &all {
            let (near, far, brings) = match (places.get(&line.from), places.get(&line.to)) {
                (Some(near), None) => (*near, &line.to, -1),
                (None, Some(near)) => (*near, &line.from, 1),
                _ => continue,
            };
            let Some(other) = sight.index.system(far).map(|place| grouping.of[place]) else { continue };
            let crossing = crossings.entry((near, other)).or_default();
            crossing.flows.extend(line.flows.iter().cloned());
            crossing.is_error |= line.severity == Some(Severity::Error);
            crossing.brings += brings * i64::from(!(line.goes_forward && line.goes_back));
        }
        let neighbours = neighbours(grouping, &cards, &crossings);
        routed(cards, &lines, neighbours, crossings)
    }
}

/// A box for each neighbour, by the place of its group.
fn neighbours(
    grouping: &Grouping,
    cards: &[Card],
    crossings: &BTreeMap<(usize, usize), Crossing>,
) -> BTreeMap<usize, GroupBox> {
    // Of each: what it brings, the heights of the cards that it is linked to, and how many flows there are.
    let mut ties: BTreeMap<usize, (i64, Vec<i32>, usize)> = BTreeMap::new();
    for ((card, other), crossing) in crossings {
        let tie = ties.entry(*other).or_default();
        tie.0 += crossing.brings;
        tie.1.push(cards[*card].rect.centre().y);
        tie.2 += crossing.flows.len();
    }
    let bounds = cards.iter().map(|card| card.rect).reduce(|all, rect| all.union(&rect)).unwrap_or_default();
    let mean = |heights: &[i32]| {
        let count = i64::try_from(heights.len()).unwrap_or(1).max(1);
        heights.iter().map(|y| i64::from(*y)).sum::<i64>() / count
    };
    let side = |is_left: bool| {
        let mut side: Vec<_> = ties.iter().filter(|(_, tie)| (tie.0 > 0) == is_left).collect();
        side.sort_by_key(|(other, tie)| (mean(&tie.1), **other));
        side.into_iter().map(|(other, _)| *other).collect::<Vec<_>>()
    };
    let mut boxes = BTreeMap::new();
    for is_left in [true, false] {
        let side = side(is_left);
        for (other, at) in side.iter().zip(column(bounds, side.len(), is_left)) {
            let group = &grouping.groups[*other];
            let drawn = GroupBox {
                id: group.id.clone(),
                name: group.name.clone(),
                rect: Rect::new(at.x, at.y, NEIGHBOUR_WIDTH, NEIGHBOUR_HEIGHT),
                systems: Vec::new(),
                dispositions: BTreeMap::new(),
                findings: Counts::default(),
                flows: ties[other].2,
                is_neighbour: true,
            };
            boxes.insert(*other, drawn);
        }
    }
    boxes
}

/// Corners beside the cards, in as many columns as it takes.
fn column(bounds: Rect, count: usize, is_left: bool) -> Vec<Point> {
    let step = NEIGHBOUR_HEIGHT + ROW_GAP;
    let rows = ((bounds.height + 2 * step) / step).max(5);
    let count = i32::try_from(count).unwrap_or(i32::MAX);
    let corner = |number: i32| {
        let (column, row) = (number / rows, number % rows);
        let in_column = (count - column * rows).min(rows);
        let top = bounds.centre().y - (in_column * step - ROW_GAP) / 2;
        let away = GAP + column * (NEIGHBOUR_WIDTH + COLUMN_GAP);
        let x = if is_left { bounds.x - away - NEIGHBOUR_WIDTH } else { bounds.right() + away };
        Point::new(x, top + row * step)
    };
    (0..count).map(corner).collect()
}

/// Routes the lines inside and those to the neighbours round all boxes.
fn routed(
    cards: Vec<Card>,
    lines: &[Line],
    neighbours: BTreeMap<usize, GroupBox>,
    crossings: BTreeMap<(usize, usize), Crossing>,
) -> Opened {
    let places: BTreeMap<&SystemId, usize> = cards.iter().map(|card| &card.id).zip(0..).collect();
    let at = |id: &SystemId| places.get(id).copied().unwrap_or(usize::MAX);
    let mut hops: Vec<Link> = lines
        .iter()
        .map(|line| {
            let (label_width, label_height) = label_size(line);
            Link { from: at(&line.from), to: at(&line.to), label_width, label_height }
        })
        .collect();
    let mut bundles = Vec::new();
    for ((card, other), crossing) in crossings {
        let ends = format!("{} – {}", cards[card].name, neighbours[&other].name);
        let bundle = Bundle::new(ends, crossing.flows, crossing.is_error);
        let place = cards.len() + neighbours.keys().position(|known| *known == other).unwrap_or_default();
        let brings = crossing.brings > 0;
        hops.push(if brings { bundle.link(place, card) } else { bundle.link(card, place) });
        bundles.push(bundle);
    }
    let rects: Vec<Rect> =
        cards.iter().map(|card| card.rect).chain(neighbours.values().map(|group| group.rect)).collect();
    let mut routes = route(&rects, &hops);
    let outer = routes.split_off(lines.len());
    for (bundle, route) in bundles.iter_mut().zip(outer) {
        bundle.take(route);
    }
    let flows = lines.iter().zip(routes).map(|(line, route)| FlowLine::of(line, route)).collect();
    Opened { cards, flows, neighbours: neighbours.into_values().collect(), bundles }
}
