//! Which parts of the drawing belong to which group, so that a card that finds a place stays with its own and
//! out of the boxes of others. A box that a person let overlap another is left as it is.

use std::collections::BTreeMap;

use super::sheets::FRAME;
use super::{Node, Point, Rect};

/// The box round the cards of each group.
#[derive(Clone, Debug, Default)]
pub(super) struct Regions(BTreeMap<usize, Rect>);

impl Regions {
    /// The boxes of the cards that have a place.
    pub(super) fn new<'n>(placed: impl Iterator<Item = (&'n Node, Point)>) -> Self {
        let mut regions = Self::default();
        placed.for_each(|(node, at)| regions.add(node.group, node.rect_at(at)));
        regions
    }

    /// Makes a group's box larger; cards without a group have none.
    pub(super) fn add(&mut self, group: Option<usize>, rect: Rect) {
        let Some(group) = group else { return };
        self.0.entry(group).and_modify(|all| *all = all.union(&rect)).or_insert(rect);
    }

    /// The box of a group, without its frame.
    pub(super) fn of(&self, group: Option<usize>) -> Option<Rect> {
        group.and_then(|group| self.0.get(&group).copied())
    }

    /// Whether a card of a group stands here outside the boxes of all others.
    pub(super) fn is_outside_others(&self, group: Option<usize>, rect: &Rect) -> bool {
        self.others(group).all(|other| !other.grown(FRAME).overlaps(rect))
    }

    /// Whether the box of a card's group, with the card here, meets no box that it did not meet before.
    pub(super) fn keeps_apart(&self, group: Option<usize>, rect: &Rect) -> bool {
        let own = self.of(group);
        let grown = own.map_or(*rect, |own| own.union(rect)).grown(FRAME);
        let frame = |other: &Rect| if group.is_some() { other.grown(FRAME) } else { *other };
        self.is_outside_others(group, rect)
            && self.others(group).all(|other| {
                let met = own.is_some_and(|own| frame(&other).overlaps(&own.grown(FRAME)));
                met || group.is_none() || !frame(&other).overlaps(&grown)
            })
    }

    fn others(&self, group: Option<usize>) -> impl Iterator<Item = Rect> {
        self.0.iter().filter(move |(other, _)| Some(**other) != group).map(|(_, rect)| *rect)
    }
}
