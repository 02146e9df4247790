//! Many cards: each connected part by itself, then the parts side by side, and the cards
//! without links in a block of their own.

use super::columns::{ASPECT, columns};
use super::{COLUMN_GAP, FEW, Node, Point, ROW_GAP, STEP, alignment, grid, ordering, ranks};

/// A part that is arranged in itself: its nodes, their corners from the origin, its size.
struct Part {
    members: Vec<usize>,
    corners: Vec<Point>,
    width: i32,
    height: i32,
}

/// Corners for the nodes, as one block from the origin.
pub(super) fn arrange(nodes: &[Node], edges: &[(usize, usize)]) -> Vec<Point> {
    let mut parts: Vec<Part> =
        members(nodes.len(), edges).into_iter().map(|members| part(members, nodes, edges)).collect();
    parts.sort_by_key(|part| (std::cmp::Reverse(part.height), part.members.first().copied()));
    let mut corners = vec![Point::default(); nodes.len()];
    for (part, at) in parts.iter().zip(shelves(&parts)) {
        for (node, corner) in part.members.iter().zip(&part.corners) {
            corners[*node] = Point::new(at.x + corner.x, at.y + corner.y);
        }
    }
    corners
}

/// The connected parts; all nodes without links are one part, the last.
fn members(count: usize, edges: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut neighbours = vec![Vec::new(); count];
    for (from, to) in edges {
        neighbours[*from].push(*to);
        neighbours[*to].push(*from);
    }
    let mut is_seen = vec![false; count];
    let (mut parts, mut alone) = (Vec::new(), Vec::new());
    for start in 0..count {
        if neighbours[start].is_empty() {
            alone.push(start);
        } else if !is_seen[start] {
            is_seen[start] = true;
            let mut part = vec![start];
            let mut next = 0;
            while let Some(node) = part.get(next).copied() {
                next += 1;
                for neighbour in &neighbours[node] {
                    if !std::mem::replace(&mut is_seen[*neighbour], true) {
                        part.push(*neighbour);
                    }
                }
            }
            part.sort_unstable();
            parts.push(part);
        }
    }
    parts.extend((!alone.is_empty()).then_some(alone));
    parts
}

fn part(members: Vec<usize>, nodes: &[Node], edges: &[(usize, usize)]) -> Part {
    let own: Vec<Node> = members.iter().map(|node| nodes[*node]).collect();
    let place = |node: usize| members.binary_search(&node).ok();
    let inner: Vec<_> = edges.iter().filter_map(|(from, to)| Some((place(*from)?, place(*to)?))).collect();
    let corners = if own.len() <= FEW && !inner.is_empty() {
        grid::arrange(&own, &inner)
    } else {
        layered(&own, &inner)
    };
    let far = |side: fn(Point, &Node) -> i32| {
        corners.iter().zip(&own).map(|(corner, node)| side(*corner, node)).max().unwrap_or_default()
    };
    let width = far(|corner, node| corner.x + node.width);
    let height = far(|corner, node| corner.y + node.height);
    Part { members, corners, width, height }
}

/// From left to right in columns.
fn layered(nodes: &[Node], edges: &[(usize, usize)]) -> Vec<Point> {
    let width = nodes.iter().map(|node| node.width).max().unwrap_or_default();
    let height = nodes.iter().map(|node| node.height).max().unwrap_or_default();
    let ranks = ranks::ranks(nodes.len(), edges);
    let columns = columns(&ranks, (width + COLUMN_GAP, height + ROW_GAP));
    let columns = ordering::order(columns, edges, nodes.len());
    let tops = alignment::tops(&columns, edges, nodes);
    let mut corners = vec![Point::default(); nodes.len()];
    let mut left = 0;
    for column in &columns {
        for node in column {
            corners[*node] = Point::new(left, tops[*node]);
        }
        let widest = column.iter().map(|node| nodes[*node].width).max().unwrap_or_default();
        left += (widest + COLUMN_GAP + STEP - 1) / STEP * STEP;
    }
    corners
}

/// Where each part goes: in shelves, the highest parts first.
fn shelves(parts: &[Part]) -> Vec<Point> {
    let (across, down) = (COLUMN_GAP, ROW_GAP * 2);
    let area: f64 =
        parts.iter().map(|part| f64::from(part.width + across) * f64::from(part.height + down)).sum();
    let widest = parts.iter().map(|part| part.width).max().unwrap_or_default();
    let room = ((area * ASPECT).sqrt() as i32).max(widest);
    let (mut left, mut top, mut shelf) = (0, 0, 0);
    let rounded = |length: i32| (length + STEP - 1) / STEP * STEP;
    let mut corners = Vec::with_capacity(parts.len());
    for part in parts {
        if left > 0 && left + part.width > room {
            (left, top, shelf) = (0, rounded(top + shelf + down), 0);
        }
        corners.push(Point::new(left, top));
        left = rounded(left + part.width + across);
        shelf = shelf.max(part.height);
    }
    corners
}
