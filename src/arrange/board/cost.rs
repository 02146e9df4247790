//! What makes a picture worse, in plan units of line.

use super::{Board, NONE};

/// A crossing of two links.
const CROSSING: i32 = 130;
/// A link that is neither in a row nor in a column.
const BEND: i32 = 60;
/// A card on the straight way between two others of its row or column.
const CARD_IN_THE_WAY: i32 = 240;
/// A link within a column, where there is little room for it.
const SAME_COLUMN: i32 = 190;
/// A link that goes to the left: this much, more for each card, and at most. The more lines there
/// are the more crossings a link can save by going back, and the direction would get lost.
const BACKWARD: i32 = 150;
const BACKWARD_FOR_A_CARD: i32 = 4;
const MOST_BACKWARD: i32 = 900;
/// For each half slot that the focal system is away from the middle.
const FOCAL_OFF_CENTRE: i32 = 48;
/// The same for a hub.
const HUB_OFF_CENTRE: i32 = 24;
/// The same for any other card: keeps the picture together.
const LOOSE: i32 = 6;

/// What a link to the left costs among this many cards.
pub(super) fn backward(cards: usize) -> i32 {
    i32::try_from(cards)
        .map_or(MOST_BACKWARD, |cards| cards.saturating_mul(BACKWARD_FOR_A_CARD).saturating_add(BACKWARD))
        .min(MOST_BACKWARD)
}

impl Board<'_> {
    /// What the picture costs as far as it depends on where this node stands, noted until a card moves.
    pub(super) fn noted_cost_of(&mut self, node: usize) -> i32 {
        if self.noted[node].0 != self.revision {
            self.noted[node] = (self.revision, self.cost_up_to(i32::MAX, node));
        }
        self.noted[node].1
    }

    /// What the picture costs as far as it depends on where this node stands; where that is more
    /// than the limit, any figure above it.
    pub(super) fn cost_up_to(&mut self, limit: i32, node: usize) -> i32 {
        let mut cost =
            self.cost_of_place(node) + CARD_IN_THE_WAY * self.lines.over((self.x[node], self.y[node]));
        let mut counted = 1;
        for link in &self.links_at[node] {
            if cost > limit {
                break;
            }
            cost += self.cost_of_link(*link as usize);
            counted += 1;
        }
        self.work += (counted * (self.lines.len() + 16)) as u64;
        cost
    }

    /// What two nodes cost together too much, where the cost of each is added.
    pub(super) fn cost_in_common(&mut self, one: usize, other: usize) -> i32 {
        let mut twice = 0;
        for link in &self.links_at[one] {
            for second in &self.links_at[other] {
                twice += if link == second {
                    self.cost_of_link(*link as usize)
                } else {
                    CROSSING * self.lines.crossings_of_two(*link as usize, *second as usize)
                };
            }
        }
        self.work += (self.links_at[one].len() * self.links_at[other].len()) as u64;
        twice
    }

    /// What the whole picture costs.
    pub(super) fn cost(&self) -> i64 {
        let places = (0..self.nodes.len()).map(|node| self.cost_of_place(node));
        let links = (0..self.links.len())
            .map(|link| self.cost_of_link(link) - CROSSING * self.lines.crossings(link) / 2);
        places.chain(links).map(i64::from).sum()
    }

    fn cost_of_place(&self, node: usize) -> i32 {
        if self.slot_of[node] == NONE {
            return 0;
        }
        let (column, row) = self.slots.cell(self.slot_of[node]);
        let off = (2 * column - self.slots.columns() + 1).abs() + (2 * row - self.slots.rows() + 1).abs();
        let price = match &self.nodes[node] {
            node if node.is_focal => FOCAL_OFF_CENTRE,
            node if node.is_hub => HUB_OFF_CENTRE,
            _ => LOOSE,
        };
        off * price
    }

    fn cost_of_link(&self, place: usize) -> i32 {
        let (across, down) = self.lines.way(place);
        let mut cost = self.cost_of_way(place) + CROSSING * self.lines.crossings(place);
        if across == 0 || down == 0 {
            cost +=
                CARD_IN_THE_WAY * self.lines.weight(place) * self.lines.places_on(place, &self.x, &self.y);
        }
        cost
    }

    /// What a link costs whatever else there is.
    fn cost_of_way(&self, place: usize) -> i32 {
        let link = self.links[place];
        let (across, down) = self.lines.way(place);
        let weight = self.lines.weight(place);
        let mut cost = (across.abs() + down.abs()) * self.slots.unit() * weight;
        if across != 0 && down != 0 {
            cost += BEND * weight;
        }
        match across {
            0 => cost += SAME_COLUMN * weight,
            1.. => cost += self.backward * link.backward,
            _ => cost += self.backward * link.forward,
        }
        cost
    }

    /// What the ways of a node's links cost, whatever else there is.
    pub(super) fn cost_of_ways(&self, node: usize) -> i32 {
        self.links_at[node].iter().map(|link| self.cost_of_way(*link as usize)).sum()
    }
}
