//! The search on a board: cards try slots near their neighbours, at first also when that makes the
//! picture a little worse, then only when it makes it better.

use super::{Board, NONE, Slots};
use crate::arrange::Node;

/// Up to this many links a card is tried as often as any other.
const FEW_LINKS: usize = 6;
/// How much longer links may become in a move that is looked at more closely, in plan units.
const DETOUR: i32 = 500;

/// How the search goes about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Effort {
    /// Comparisons of two lines that it may make.
    pub(crate) work: u64,
    /// How much worse a move may be at the start, in plan units of line.
    pub(crate) heat: i32,
    /// How many slots round the wished one are tried.
    pub(crate) reach: i32,
    /// Another number gives another picture.
    pub(crate) seed: u64,
}

/// The slots of all nodes after the search that began with those of `start`, and what the picture costs.
pub(crate) fn improve(
    nodes: &[Node],
    edges: &[(usize, usize)],
    slots: &Slots,
    start: &[u32],
    effort: Effort,
) -> (i64, Vec<u32>) {
    let mut board = Board::new(nodes, edges, slots, start);
    let mut random = Random(effort.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let movable: Vec<usize> = (0..nodes.len()).filter(|node| nodes[*node].fixed.is_none()).collect();
    if !movable.is_empty() && slots.open_count() > 1 {
        board.wander(&movable, effort, &mut random);
        board.settle(&movable, effort);
    }
    (board.cost(), board.into_slots())
}

/// A small generator of numbers, the same on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (((self.0 >> 32) * u64::from(limit)) >> 32) as u32
    }
}

impl Board<'_> {
    /// Random moves, of which also slightly bad ones are kept, less and less so.
    fn wander(&mut self, movable: &[usize], effort: Effort, random: &mut Random) {
        let work = effort.work * 4 / 5;
        let side = (2 * effort.reach + 1).unsigned_abs();
        let begun = self.work;
        while self.work < work {
            let rest = work.saturating_sub(self.work).cast_signed();
            // Squared, so that the search is cool for longer than it is hot.
            let share = rest * 1024 / (work - begun).cast_signed();
            let tolerance = (i64::from(effort.heat) * share * share / (1024 * 1024)) as i32;
            let node = movable[random.below(movable.len() as u32) as usize];
            let (column, row) =
                if random.below(3) == 0 { self.slots.cell(self.slot_of[node]) } else { self.wish(node) };
            let column = column + random.below(side).cast_signed() - effort.reach;
            let row = row + random.below(side).cast_signed() - effort.reach;
            self.work += 64;
            if let Some(slot) =
                self.slots.slot(column, row).filter(|slot| self.is_worth_a_try(node, *slot, random))
            {
                self.try_move(node, slot, tolerance);
            }
        }
    }

    /// Cards with many links cost most and move least: they are tried less often.
    fn is_worth_a_try(&self, node: usize, slot: u32, random: &mut Random) -> bool {
        let other = self.node_in[slot as usize];
        let links = self.links_at[node].len() + self.links_at.get(other as usize).map_or(0, Vec::len);
        links <= 2 * FEW_LINKS || random.below(links as u32) < FEW_LINKS as u32
    }

    /// Every card tries the slots near it and near its neighbours, until none finds a better one.
    fn settle(&mut self, movable: &[usize], effort: Effort) {
        let mut is_better = true;
        while is_better && self.work < effort.work {
            is_better = false;
            for node in movable {
                let places = [(self.wish(*node), effort.reach), (self.slots.cell(self.slot_of[*node]), 1)];
                for ((column, row), reach) in places {
                    for (down, across) in
                        (-reach..=reach).flat_map(|down| (-reach..=reach).map(move |across| (down, across)))
                    {
                        if let Some(slot) = self.slots.slot(column + across, row + down) {
                            is_better |= self.work < effort.work && self.try_move(*node, slot, 0);
                        }
                    }
                }
            }
        }
    }

    /// The cell in the middle of a node's neighbours, or its own.
    fn wish(&self, node: usize) -> (i32, i32) {
        let (mut x, mut y, mut count) = (0, 0, 0);
        for place in &self.links_at[node] {
            let link = self.links[*place as usize];
            let other = if link.from as usize == node { link.to } else { link.from } as usize;
            let weight = self.lines.weight(*place as usize);
            x += weight * i32::from(self.x[other]);
            y += weight * i32::from(self.y[other]);
            count += weight;
        }
        if count == 0 {
            self.slots.cell(self.slot_of[node])
        } else {
            self.slots.cell_near((x / count, y / count))
        }
    }

    /// Moves a node, or swaps it with the one that stands there; keeps that if the picture gets
    /// better, or worse by less than the tolerance.
    fn try_move(&mut self, node: usize, slot: u32, tolerance: i32) -> bool {
        let old = self.slot_of[node];
        if slot == old {
            return false;
        }
        let other =
            Some(self.node_in[slot as usize] as usize).filter(|_| self.node_in[slot as usize] != NONE);
        let ways =
            |board: &Self| board.cost_of_ways(node) + other.map_or(0, |other| board.cost_of_ways(other));
        // Lengths are quickly compared; a move that makes them much worse hardly ever pays.
        let old_ways = ways(self);
        self.swap(node, slot);
        let new_ways = ways(self);
        self.swap(node, old);
        self.work += 64;
        if new_ways > old_ways + tolerance + DETOUR {
            return false;
        }
        let mut before = self.noted_cost_of(node);
        if let Some(other) = other {
            before += self.noted_cost_of(other) - self.cost_in_common(node, other);
        }
        self.swap(node, slot);
        let limit = before + tolerance;
        let mut after = 0;
        if let Some(other) = other {
            after -= self.cost_in_common(node, other);
            after += self.cost_up_to(limit - after, other);
        }
        after += self.cost_up_to(limit - after, node);
        if after < limit {
            self.revision += 1;
            return true;
        }
        self.swap(node, old);
        false
    }
}
