//! Cards on a grid of slots: cards try other slots, as long as the picture gets better. Better
//! means fewer crossings, shorter lines, data that goes to the right, and nothing in the way.
//! The work is counted, not timed, so that every machine makes the same picture.

mod cost;
mod lines;
mod search;
mod slots;

pub(super) use search::{Effort, improve};
pub(super) use slots::Slots;

use std::collections::BTreeMap;

use super::Node;
use lines::Lines;

const NONE: u32 = u32::MAX;

/// A line between two cards: how many links run along it, and how many back.
#[derive(Clone, Copy, Debug, Default)]
struct Link {
    from: u32,
    to: u32,
    forward: i32,
    backward: i32,
}

/// Cards on their slots.
pub(super) struct Board<'a> {
    nodes: &'a [Node],
    slots: &'a Slots,
    links: Vec<Link>,
    /// The links at each node.
    links_at: Vec<Vec<u32>>,
    lines: Lines,
    /// The slot of each node; none for fixed ones.
    slot_of: Vec<u32>,
    /// Where each node stands, in units of the slots.
    x: Vec<i16>,
    y: Vec<i16>,
    /// Which node stands in a slot.
    node_in: Vec<u32>,
    /// What a link to the left costs.
    backward: i32,
    /// Comparisons so far.
    work: u64,
    /// Raised whenever a card moves for good; costs noted at an older revision are stale.
    revision: u32,
    noted: Vec<(u32, i32)>,
}

impl<'a> Board<'a> {
    /// A board on which the fixed nodes stand, and the others in the slots of `start`.
    pub(super) fn new(nodes: &'a [Node], edges: &[(usize, usize)], slots: &'a Slots, start: &[u32]) -> Self {
        let links = links(edges);
        let mut links_at = vec![Vec::new(); nodes.len()];
        for (place, link) in (0_u32..).zip(&links) {
            links_at[link.from as usize].push(place);
            links_at[link.to as usize].push(place);
        }
        let drawn =
            Lines::of(links.iter().map(|link| (link.forward + link.backward).unsigned_abs() as usize));
        let mut board = Self {
            nodes,
            slots,
            links,
            links_at,
            lines: drawn,
            slot_of: vec![NONE; nodes.len()],
            x: vec![0; nodes.len()],
            y: vec![0; nodes.len()],
            node_in: vec![NONE; slots.len()],
            backward: cost::backward(nodes.len()),
            work: 0,
            revision: 0,
            noted: vec![(NONE, 0); nodes.len()],
        };
        for (node, slot) in start.iter().enumerate() {
            match nodes[node].fixed {
                Some(at) => board.stand(node, slots.units(nodes[node].rect_at(at).centre())),
                None => board.put(node, *slot),
            }
        }
        board
    }

    /// The slot of each node.
    pub(super) fn into_slots(self) -> Vec<u32> {
        self.slot_of
    }

    fn put(&mut self, node: usize, slot: u32) {
        self.slot_of[node] = slot;
        self.node_in[slot as usize] = node as u32;
        self.stand(node, self.slots.at(slot));
    }

    fn stand(&mut self, node: usize, at: (i16, i16)) {
        (self.x[node], self.y[node]) = at;
        for link in &self.links_at[node] {
            if self.links[*link as usize].from as usize == node {
                self.lines.set_start(*link as usize, at);
            } else {
                self.lines.set_end(*link as usize, at);
            }
        }
    }

    /// Moves a node into a slot; who stands there takes its old one.
    fn swap(&mut self, node: usize, slot: u32) {
        let old = self.slot_of[node];
        let other = self.node_in[slot as usize];
        self.node_in[old as usize] = NONE;
        self.put(node, slot);
        if other != NONE {
            self.put(other as usize, old);
        }
    }
}

/// One link for each linked pair, with how many run along it and back.
fn links(edges: &[(usize, usize)]) -> Vec<Link> {
    let mut pairs: BTreeMap<(usize, usize), (i32, i32)> = BTreeMap::new();
    for (from, to) in edges {
        let counts = pairs.entry((*from.min(to), *from.max(to))).or_default();
        if from < to {
            counts.0 += 1;
        } else {
            counts.1 += 1;
        }
    }
    let link =
        |((from, to), (forward, backward))| Link { from: from as u32, to: to as u32, forward, backward };
    pairs.into_iter().map(link).collect()
}
