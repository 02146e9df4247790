//! Cards in groups among cards that stay: each group is arranged as a whole. One without a card that stays is
//! put where nothing is in its way, as near as that goes to where it would stand without them; the others are
//! arranged round what stays of them.

use std::collections::BTreeMap;

use super::regions::Regions;
use super::sheets::{self, FRAME};
use super::{Arrangement, Node, Page, Point, Rect, STEP, around, beside};

/// Free room between two boxes.
const GAP: i32 = 32;
/// How far apart the places are that are tried for a box.
const STRIDE: i32 = 60;
/// How many rings of places are tried round the first.
const RINGS: i32 = 200;

/// Corners of all cards: fixed ones where they are, the others by groups about `centre`.
pub(super) fn arrange(nodes: &[Node], edges: &[(usize, usize)], page: Page, centre: Point) -> Vec<Point> {
    let wishes = wishes(nodes, edges, page, centre);
    let mut corners: Vec<Point> = nodes.iter().map(|node| node.fixed.unwrap_or_default()).collect();
    let mut groups: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for (place, node) in nodes.iter().enumerate() {
        groups.entry(node.group).or_default().push(place);
    }
    let fixed = |group: &[usize]| {
        let rects = group.iter().filter_map(|node| nodes[*node].fixed.map(|at| nodes[*node].rect_at(at)));
        rects.reduce(|all, rect| all.union(&rect))
    };
    let mut settled: Vec<(Option<usize>, Rect)> = Vec::new();
    for (group, members) in groups.iter().filter(|(group, _)| group.is_some()) {
        settled.extend(fixed(members).map(|rect| (*group, rect.grown(FRAME))));
    }
    let lone = groups.get(&None).into_iter().flatten();
    settled.extend(lone.filter_map(|node| Some((None, nodes[*node].rect_at(nodes[*node].fixed?)))));
    // What stays comes first, cards without a group find their places last.
    let mut order: Vec<_> = groups.iter().collect();
    order.sort_by_key(|(group, members)| (group.is_none(), fixed(members).is_none(), **group));
    for (group, members) in order {
        let free: Vec<usize> = members.iter().copied().filter(|node| nodes[*node].fixed.is_none()).collect();
        let Some(extent) = union(nodes, &free, &wishes) else { continue };
        if free.len() < members.len() || group.is_none() {
            settle_round(nodes, edges, page, (members, *group), extent.centre(), &settled, &mut corners);
        } else {
            let to = free_place(extent, &settled);
            for node in &free {
                let at = wishes[node];
                corners[*node] = Point::new(at.x + to.x - extent.x, at.y + to.y - extent.y);
            }
        }
        let taken: BTreeMap<usize, Point> = members.iter().map(|node| (*node, corners[*node])).collect();
        let frame = if group.is_some() { FRAME } else { 0 };
        settled.extend(union(nodes, members, &taken).map(|rect| (*group, rect.grown(frame))));
    }
    corners
}

/// Where the free cards would stand if there were no others.
fn wishes(nodes: &[Node], edges: &[(usize, usize)], page: Page, centre: Point) -> BTreeMap<usize, Point> {
    let free: Vec<usize> = (0..nodes.len()).filter(|node| nodes[*node].fixed.is_none()).collect();
    let own: Vec<Node> = free.iter().map(|node| nodes[*node]).collect();
    let place_of = |node: usize| free.binary_search(&node).ok();
    let inner: Vec<_> =
        edges.iter().filter_map(|(from, to)| Some((place_of(*from)?, place_of(*to)?))).collect();
    let corners = sheets::arrange(&own, &inner, page);
    let rects = own.iter().zip(&corners).map(|(node, at)| node.rect_at(*at));
    let middle = rects.reduce(|all, rect| all.union(&rect)).unwrap_or_default().centre();
    let (x, y) = (on_step(centre.x - middle.x), on_step(centre.y - middle.y));
    free.into_iter().zip(corners).map(|(node, at)| (node, Point::new(at.x + x, at.y + y))).collect()
}

fn on_step(length: i32) -> i32 {
    length.div_euclid(STEP) * STEP
}

fn union(nodes: &[Node], members: &[usize], corners: &BTreeMap<usize, Point>) -> Option<Rect> {
    let rects = members.iter().filter_map(|node| corners.get(node).map(|at| nodes[*node].rect_at(*at)));
    rects.reduce(|all, rect| all.union(&rect))
}

/// Arranges the free cards of one group round those of it that stay, out of the boxes of the others. Where that
/// would stretch its box over another, each card goes beside its neighbours instead.
fn settle_round(
    nodes: &[Node],
    edges: &[(usize, usize)],
    page: Page,
    (members, group): (&[usize], Option<usize>),
    centre: Point,
    settled: &[(Option<usize>, Rect)],
    corners: &mut [Point],
) {
    let place_of = |node: usize| members.binary_search(&node).ok();
    let inner: Vec<_> =
        edges.iter().filter_map(|(from, to)| Some((place_of(*from)?, place_of(*to)?))).collect();
    let mut own: Vec<Node> = members.iter().map(|node| nodes[*node]).collect();
    let fixed = own.iter().filter_map(|node| node.fixed.map(|at| node.rect_at(at)));
    let all = fixed.reduce(|all, rect| all.union(&rect)).filter(|_| group.is_some());
    let others = settled.iter().filter(|(other, _)| *other != group || group.is_none());
    own.extend(others.map(|(other, rect)| obstacle(*other, rect)));
    let framed = own.iter().map(|node| Node { group: None, ..with_gap(node, group) });
    let centre = all.map_or(centre, |all| all.centre());
    let mut placed = around::arrange(&framed.collect::<Vec<_>>(), &inner, page, centre, centre);
    let regions = Regions::new(own[members.len()..].iter().filter_map(|node| Some((node, node.fixed?))));
    let whole = own.iter().zip(&placed).take(members.len()).map(|(node, at)| node.rect_at(*at));
    let whole = whole.reduce(|all, rect| all.union(&rect)).unwrap_or_default();
    if group.is_some() && !regions.keeps_apart(group, &whole) {
        let input = Arrangement { nodes: own, edges: inner };
        placed = input.nodes.iter().map(|node| node.fixed.unwrap_or_default()).collect();
        beside::place(&input, &input.edges, &mut placed);
    }
    for (node, at) in members.iter().zip(placed) {
        corners[*node] = at;
    }
}

/// The box of other cards, or one of them, as a card that stays. A group's frame is left off: it is known.
fn obstacle(group: Option<usize>, rect: &Rect) -> Node {
    let rect = rect.grown(if group.is_some() { -FRAME } else { 0 });
    let fixed = Some(Point::new(rect.x, rect.y));
    Node { width: rect.width, height: rect.height, fixed, group, ..Node::default() }
}

/// A card of another group with the room that both frames need.
fn with_gap(node: &Node, group: Option<usize>) -> Node {
    let frames = i32::from(node.group.is_some()) + i32::from(group.is_some());
    match node.fixed {
        Some(at) if node.group != group => {
            let rect = node.rect_at(at).grown(frames * FRAME + GAP);
            let fixed = Some(Point::new(rect.x, rect.y));
            Node { width: rect.width, height: rect.height, fixed, ..*node }
        }
        _ => *node,
    }
}

/// The corner nearest to where a box is, at which it is apart from all that are settled.
fn free_place(wished: Rect, settled: &[(Option<usize>, Rect)]) -> Point {
    let is_free = |at: &Point| {
        let rect = Rect::new(at.x, at.y, wished.width, wished.height).grown(FRAME + GAP);
        settled.iter().all(|(_, other)| !other.overlaps(&rect))
    };
    let place = |column: i32, row: i32| Point::new(wished.x + column * STRIDE, wished.y + row * STRIDE);
    for ring in 0..=RINGS {
        let sides = (-ring..=ring)
            .flat_map(|step| [(step, -ring), (step, ring), (-ring, step), (ring, step)])
            .map(|(column, row)| place(column, row));
        let distance = |at: &Point| (at.x.abs_diff(wished.x) + at.y.abs_diff(wished.y), *at);
        if let Some(at) = sides.filter(is_free).min_by_key(distance) {
            return at;
        }
    }
    let bottom = settled.iter().map(|(_, rect)| rect.bottom()).max().unwrap_or_default();
    Point::new(wished.x, on_step(bottom + FRAME + 2 * GAP))
}
