//! Many cards, or cards in groups: each group by itself in a box, the boxes beside each other.
//! Boxes never overlap and hold no strangers.

use super::board::Slots;
use super::boxes;
use super::communities::{communities, numbered};
use super::{Node, Page, Point, Rect, flat, layered};

/// Up to this many cards are arranged as one sheet.
pub(super) const MOST_ON_ONE_SHEET: usize = 400;
/// How many cards a community may have.
const MOST_IN_COMMUNITY: usize = 90;
/// Free room round the cards of a group, for its frame and name.
pub(super) const FRAME: i32 = 48;

/// Corners for cards without fixed ones, from the origin.
pub(super) fn arrange(nodes: &[Node], edges: &[(usize, usize)], page: Page) -> Vec<Point> {
    let has_groups = nodes.iter().any(|node| node.group.is_some());
    if has_groups {
        return boxed(nodes, edges, &by_group(nodes, edges), page);
    }
    if nodes.len() > MOST_ON_ONE_SHEET {
        return boxed(nodes, edges, &by_community(nodes.len(), edges, MOST_IN_COMMUNITY), page);
    }
    let parts = layered::parts(nodes.len(), edges);
    if parts.len() <= 1 {
        return flat::arrange(nodes, edges, page);
    }
    boxed(nodes, edges, &by_part(nodes.len(), edges), page)
}

/// The box of each card: its group; cards without one by the links among them.
fn by_group(nodes: &[Node], edges: &[(usize, usize)]) -> Vec<usize> {
    let is_inner = |(from, to): &&(usize, usize)| nodes[*from].group.is_none() && nodes[*to].group.is_none();
    let inner: Vec<_> = edges.iter().filter(is_inner).copied().collect();
    let others = communities(nodes.len(), &inner, MOST_IN_COMMUNITY);
    let others = with_loners_together(&inner, others);
    let label = |(node, other): (&Node, usize)| (node.group, if node.group.is_some() { 0 } else { other });
    numbered(nodes.iter().zip(others).map(label))
}

/// The community of each card, by any number, none with more cards than `most`; all cards without links share one.
///
/// Links are pairs of known cards.
#[must_use]
pub fn by_community(count: usize, edges: &[(usize, usize)], most: usize) -> Vec<usize> {
    with_loners_together(edges, communities(count, edges, most))
}

/// The box of each card: the part that links join; all cards without links share one.
fn by_part(count: usize, edges: &[(usize, usize)]) -> Vec<usize> {
    let mut labels = vec![0; count];
    for (label, part) in layered::parts(count, edges).into_iter().enumerate() {
        for node in part {
            labels[node] = label;
        }
    }
    with_loners_together(edges, labels)
}

fn with_loners_together(edges: &[(usize, usize)], mut labels: Vec<usize>) -> Vec<usize> {
    let mut is_alone = vec![true; labels.len()];
    for (from, to) in edges {
        (is_alone[*from], is_alone[*to]) = (false, false);
    }
    let alone = labels.len();
    labels.iter_mut().zip(is_alone).filter(|(_, is_alone)| *is_alone).for_each(|(label, _)| *label = alone);
    numbered(labels.into_iter())
}

/// Cards that share a box.
struct Sheet {
    members: Vec<usize>,
    slots: Slots,
    /// Free room round its cards.
    frame: i32,
    width: i32,
    height: i32,
    /// Where the cards stand already, because there are too many for one search.
    corners: Option<Vec<Point>>,
}

impl Sheet {
    /// How much room its cards take at these corners, with the frame.
    fn extent(&self, nodes: &[Node], corners: &[Point]) -> (i32, i32) {
        let rects = self.members.iter().zip(corners).map(|(node, at)| nodes[*node].rect_at(*at));
        let (right, bottom) =
            rects.fold((0, 0), |(right, bottom), rect| (rect.right().max(right), rect.bottom().max(bottom)));
        (right + self.frame, bottom + self.frame)
    }
}

fn boxed(nodes: &[Node], edges: &[(usize, usize)], labels: &[usize], page: Page) -> Vec<Point> {
    let sheets = sheets(nodes, edges, labels, page);
    let sizes: Vec<_> = sheets.iter().map(|sheet| (sheet.width, sheet.height)).collect();
    let between: Vec<_> = edges.iter().map(|(from, to)| (labels[*from], labels[*to])).collect();
    let columns = boxes::columns(&sizes, &between, page);
    let roomy = boxes::corners(&columns, &sizes);
    let middles: Vec<Point> = sizes
        .iter()
        .zip(&roomy)
        .map(|((width, height), at)| Rect::new(at.x, at.y, *width, *height).centre())
        .collect();
    let mut edges_of = vec![Vec::new(); sheets.len()];
    for (from, to) in edges {
        edges_of[labels[*from]].push((*from, *to));
        if labels[*from] != labels[*to] {
            edges_of[labels[*to]].push((*from, *to));
        }
    }
    let inside = sheets.iter().enumerate().map(|(label, sheet)| {
        sheet.corners.clone().unwrap_or_else(|| {
            let direction = |other: usize| {
                Point::new(middles[other].x - roomy[label].x, middles[other].y - roomy[label].y)
            };
            filled(sheet, nodes, &edges_of[label], labels, direction)
        })
    });
    let inside: Vec<Vec<Point>> = inside.collect();
    // What the cards left free is given back.
    let sizes: Vec<_> =
        sheets.iter().zip(&inside).map(|(sheet, corners)| sheet.extent(nodes, corners)).collect();
    let boxes = boxes::corners(&columns, &sizes);
    let mut corners = vec![Point::default(); nodes.len()];
    for (label, sheet) in sheets.iter().enumerate() {
        for (node, corner) in sheet.members.iter().zip(&inside[label]) {
            corners[*node] = Point::new(boxes[label].x + corner.x, boxes[label].y + corner.y);
        }
    }
    corners
}

fn sheets(nodes: &[Node], edges: &[(usize, usize)], labels: &[usize], page: Page) -> Vec<Sheet> {
    let count = labels.iter().max().map_or(0, |last| last + 1);
    let mut members = vec![Vec::new(); count];
    let mut ends = vec![0; nodes.len()];
    for (from, to) in edges {
        ends[*from] += 1;
        ends[*to] += 1;
    }
    labels.iter().enumerate().for_each(|(node, label)| members[*label].push(node));
    members.into_iter().map(|members| sheet(members, nodes, edges, &ends, page)).collect()
}

/// A sheet for these cards; `ends` says how many links end at each card.
fn sheet(members: Vec<usize>, nodes: &[Node], edges: &[(usize, usize)], ends: &[usize], page: Page) -> Sheet {
    let own: Vec<Node> = members.iter().map(|node| Node { group: None, ..nodes[*node] }).collect();
    let frame = if members.iter().any(|node| nodes[*node].group.is_some()) { FRAME } else { 0 };
    let pitch = flat::pitch(&own, members.iter().map(|node| ends[*node]).sum::<usize>() / 2);
    let first = Point::new(frame + pitch.0 / 2, frame + pitch.1 / 2);
    let cells = flat::cells(own.len(), pitch, page);
    let slots = Slots::new(first, pitch, cells, reach(first, pitch, cells));
    if own.len() <= MOST_ON_ONE_SHEET {
        let (width, height) = (cells.0 * pitch.0 + 2 * frame, cells.1 * pitch.1 + 2 * frame);
        return Sheet { members, slots, frame, width, height, corners: None };
    }
    let place_of = |node: usize| members.binary_search(&node).ok();
    let inner: Vec<_> =
        edges.iter().filter_map(|(from, to)| Some((place_of(*from)?, place_of(*to)?))).collect();
    let framed = |corner: Point| Point::new(corner.x + frame, corner.y + frame);
    let corners: Vec<Point> = arrange(&own, &inner, page).into_iter().map(framed).collect();
    let mut sheet = Sheet { members, slots, frame, width: 0, height: 0, corners: None };
    (sheet.width, sheet.height) = sheet.extent(nodes, &corners);
    sheet.corners = Some(corners);
    sheet
}

/// The slots and one more on every side, for lines that leave the sheet.
fn reach(first: Point, pitch: (i32, i32), cells: (i32, i32)) -> Rect {
    let (width, height) = (pitch.0 * cells.0, pitch.1 * cells.1);
    Rect::new(first.x, first.y, width, height).grown(pitch.0)
}

/// Corners of the cards of a sheet; those with links to other sheets stand on that side of it.
fn filled(
    sheet: &Sheet,
    nodes: &[Node],
    edges: &[(usize, usize)],
    labels: &[usize],
    direction: impl Fn(usize) -> Point,
) -> Vec<Point> {
    let mut own: Vec<Node> = sheet.members.iter().map(|node| nodes[*node]).collect();
    let mut others: Vec<usize> = Vec::new();
    let mut inner = Vec::with_capacity(edges.len());
    for edge in edges {
        let mut place = |node: usize| {
            if let Ok(place) = sheet.members.binary_search(&node) {
                return place;
            }
            let known = others.iter().position(|other| *other == labels[node]);
            let other = known.unwrap_or_else(|| {
                others.push(labels[node]);
                others.len() - 1
            });
            sheet.members.len() + other
        };
        inner.push((place(edge.0), place(edge.1)));
    }
    let (first, last) = sheet.slots.ends();
    let beyond = |at: Point| {
        let margin = sheet.slots.pitch();
        Point::new(
            at.x.clamp(first.x - margin.0, last.x + margin.0),
            at.y.clamp(first.y - margin.1, last.y + margin.1),
        )
    };
    own.extend(others.iter().map(|other| Node { fixed: Some(beyond(direction(*other))), ..Node::default() }));
    inner.sort_unstable();
    let mut corners = flat::fill(&own, &inner, &sheet.slots, flat::work(sheet.members.len()));
    corners.truncate(sheet.members.len());
    flat::close_gaps(&mut corners, sheet.slots.pitch());
    let framed = |at: Point| Point::new(at.x + sheet.frame, at.y + sheet.frame);
    corners.into_iter().map(framed).collect()
}
