//! Where the cards of two plans stand in one picture: the open plan's as they are, the other's beside them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::arrange::{Arrangement, Node, Occupied, Point, Rect, arrange};
use crate::landscape::Index;
use crate::model::SystemId;

use super::layout::hops;
use super::{AreaBox, CARD_HEIGHT, CARD_WIDTH, Layout};

/// Room that stays free round the card of a system that only the other plan has.
const MARGIN: i32 = 20;

/// Where the cards of two plans stand in one picture, with those of systems that one of them refers to and
/// neither has; and the areas of the open plan, whose cards stand in their boxes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JointPlaces {
    systems: BTreeMap<SystemId, Rect>,
    pub(super) areas: Vec<AreaBox>,
}

impl JointPlaces {
    /// The cards of the open plan where they are, the others where the other plan placed them if nothing is
    /// in the way, else beside their neighbours. No card stands on another that did not before.
    #[must_use]
    pub fn new(open: &Index<'_>, layout: &Layout, other: &Index<'_>) -> Self {
        let own = open.systems.iter().map(|entry| entry.id.clone()).zip(layout.systems.iter().copied());
        let mut places: BTreeMap<SystemId, Rect> = own.collect();
        places.extend(layout.missing.iter().map(|(id, rect)| (id.clone(), *rect)));
        let areas = AreaBox::of_plan(open, layout);
        let others = not_among(&places, other);
        if others.is_empty() {
            return Self { systems: places, areas };
        }
        let (ids, fixed): (Vec<_>, Vec<_>) = places.iter().map(|(id, rect)| (id, fixed_node(*rect))).unzip();
        let new = nodes_of(&others, &places, other);
        let numbers: HashMap<&SystemId, usize> =
            ids.into_iter().chain(others.iter().copied()).zip(0..).collect();
        let flows = [open, other].into_iter().flat_map(|index| &index.flows);
        let links = flows.flat_map(|entry| hops(entry, true));
        let edges = links.filter_map(|(from, to)| Some((*numbers.get(from)?, *numbers.get(to)?)));
        let arrangement =
            Arrangement { edges: edges.collect(), nodes: fixed.into_iter().chain(new).collect() };
        let corners = arrange(&arrangement).into_iter().skip(places.len());
        let rects: Vec<_> = others.into_iter().cloned().zip(corners.map(card_at)).collect();
        places.extend(rects);
        Self { systems: places, areas }
    }

    /// All cards in the order of their ids.
    pub(super) fn all(&self) -> impl Iterator<Item = (&SystemId, &Rect)> {
        self.systems.iter()
    }
}

fn card_at(corner: Point) -> Rect {
    Rect::new(corner.x, corner.y, CARD_WIDTH, CARD_HEIGHT)
}

fn fixed_node(rect: Rect) -> Node {
    let fixed = Some(Point::new(rect.x, rect.y));
    Node { width: rect.width, height: rect.height, fixed, ..Node::default() }
}

/// What another plan has or refers to, and has no place yet.
fn not_among<'p>(places: &BTreeMap<SystemId, Rect>, other: &Index<'p>) -> Vec<&'p SystemId> {
    let ends = other
        .flows
        .iter()
        .flat_map(|entry| std::iter::once(&entry.flow.from).chain(&entry.flow.via).chain([&entry.flow.to]));
    let all: BTreeSet<&SystemId> = other.systems.iter().map(|entry| entry.id).chain(ends).collect();
    all.into_iter().filter(|id| !places.contains_key(*id)).collect()
}

/// Cards of the other plan: where a person placed them, if that is free, else anywhere.
fn nodes_of(ids: &[&SystemId], places: &BTreeMap<SystemId, Rect>, other: &Index<'_>) -> Vec<Node> {
    let mut occupied = Occupied::default();
    for rect in places.values() {
        occupied.add(*rect);
    }
    let node = |id: &&SystemId| {
        let wish = other.plan.drawing.positions.get(*id).map(|at| card_at(Point::new(at.0, at.1)));
        match wish.filter(|rect| occupied.is_free(&rect.grown(MARGIN))) {
            Some(rect) => {
                occupied.add(rect);
                fixed_node(rect)
            }
            None => Node { width: CARD_WIDTH, height: CARD_HEIGHT, ..Node::default() },
        }
    };
    ids.iter().map(node).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Position;

    #[test]
    fn no_card_of_the_other_plan_stands_on_another_and_none_of_the_open_plan_moves() {
        let open = crate::generate::plan(40, 1);
        let mut other = crate::generate::plan(60, 2);
        let layout = Layout::new(&Index::new(&open));
        let taken = layout.systems[0];
        let ids: Vec<SystemId> = other.systems.keys().cloned().collect();
        let only: Vec<_> = ids.into_iter().filter(|id| !open.systems.contains_key(id)).collect();
        other.drawing.positions.insert(only[0].clone(), Position(taken.x + 5, taken.y));
        other.drawing.positions.insert(only[1].clone(), Position(-5000, -5000));
        let places = JointPlaces::new(&Index::new(&open), &layout, &Index::new(&other)).systems;
        assert!(open.systems.keys().zip(&layout.systems).all(|(id, rect)| places[id] == *rect));
        assert_eq!((places[&only[1]].x, places[&only[1]].y), (-5000, -5000), "where the other placed it");
        let rects: Vec<_> = places.values().collect();
        for (at, rect) in rects.iter().enumerate() {
            assert!(rects[..at].iter().all(|other| !other.overlaps(rect)), "{rect:?}");
        }
        assert!(other.systems.keys().all(|id| places.contains_key(id)));
    }
}
