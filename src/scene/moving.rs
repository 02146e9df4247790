//! A picture while cards are dragged: the cards where the hand has them, and the lines that this
//! concerns. Everything else is as it was before.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::arrange::Rect;
use crate::model::SystemId;

use super::{Routing, Scene};

/// Cards on their way, and the picture with them.
#[derive(Debug)]
pub struct Moving {
    base: Arc<Scene>,
    routing: Arc<Routing>,
    systems: BTreeSet<SystemId>,
    /// The cards of the systems, by their place in the picture.
    cards: Vec<usize>,
    by: (i32, i32),
    /// The lines that differ from the base.
    changed: Vec<usize>,
    scene: Scene,
}

impl Moving {
    /// Cards that have not moved yet.
    #[must_use]
    pub fn new(base: &Arc<Scene>, routing: &Arc<Routing>, systems: BTreeSet<SystemId>) -> Self {
        let cards = base.cards.iter().enumerate().filter(|(_, card)| systems.contains(&card.id));
        Self {
            cards: cards.map(|(place, _)| place).collect(),
            systems,
            by: (0, 0),
            changed: Vec::new(),
            scene: base.with_a_figure_for_everything(),
            base: Arc::clone(base),
            routing: Arc::clone(routing),
        }
    }

    /// Whether it is the same picture and the same cards.
    #[must_use]
    pub fn is_of(&self, base: &Arc<Scene>, systems: &BTreeSet<SystemId>) -> bool {
        self.is_based_on(base) && self.systems == *systems
    }

    /// Whether it is the same picture.
    #[must_use]
    pub fn is_based_on(&self, base: &Arc<Scene>) -> bool {
        Arc::ptr_eq(&self.base, base)
    }

    /// The picture with the cards where they are now.
    #[must_use]
    pub const fn scene(&self) -> &Scene {
        &self.scene
    }

    /// Moves the cards to this distance from where they were, in plan units.
    pub fn move_by(&mut self, x: i32, y: i32) {
        if self.by == (x, y) {
            return;
        }
        self.by = (x, y);
        let place = |card: &usize| {
            let from = self.base.cards[*card].rect;
            (*card, Rect { x: from.x + x, y: from.y + y, ..from })
        };
        let moves: Vec<(usize, Rect)> = self.cards.iter().map(place).collect();
        for line in std::mem::take(&mut self.changed) {
            self.scene.flows[line].clone_from(&self.base.flows[line]);
            self.scene.draw_line_again(line);
        }
        for (card, to) in &moves {
            self.scene.cards[*card].rect = *to;
            self.scene.draw_card_again(*card);
        }
        if (x, y) == (0, 0) {
            return;
        }
        for (line, route) in self.routing.moved(&moves) {
            self.scene.flows[line].take(route);
            self.scene.draw_line_again(line);
            self.changed.push(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arrange::Point;
    use crate::landscape::{Index, Landscape};
    use crate::model::{Plan, Position};
    use crate::scene::{FindingMarks, Layout, Options};

    /// Three systems in a row, the last one below; data goes from the first to the second.
    fn plan() -> Plan {
        let mut plan = crate::generate::plan(3, 1);
        let ids: Vec<SystemId> = plan.systems.keys().cloned().collect();
        let places = [Position(0, 0), Position(800, 0), Position(400, 400)];
        plan.drawing.positions = ids.iter().cloned().zip(places).collect();
        let (id, flow) = plan.flows.pop_first().unwrap();
        let mut flow = Arc::unwrap_or_clone(flow);
        (flow.from, flow.to, flow.via) = (ids[0].clone(), ids[1].clone(), Vec::new());
        plan.flows = [(id, Arc::new(flow))].into();
        plan
    }

    fn pictured(plan: &Plan, earlier: Option<&Arc<Routing>>) -> (Scene, Arc<Routing>) {
        let index = Index::new(plan);
        let (layout, now) = (Layout::new(&index), Landscape::new(&index, 0));
        let (marks, options) = (FindingMarks::default(), Options::default());
        Scene::routed((&index, &layout), &now, None, &marks, &options, earlier)
    }

    #[test]
    fn a_line_goes_round_a_card_that_is_dragged_into_its_way_and_back_when_it_is_gone() {
        let plan = plan();
        let (scene, routing) = pictured(&plan, None);
        let base = Arc::new(scene);
        let dragged = base.cards.iter().find(|card| card.rect.y == 400).unwrap().id.clone();
        let line = |scene: &Scene| scene.flows[0].points.clone();
        assert_eq!(line(&base).len(), 2, "straight");
        let mut moving = Moving::new(&base, &routing, [dragged.clone()].into());
        moving.move_by(0, -400);
        let card = moving.scene().card(&dragged).unwrap().rect;
        let is_crossed =
            |points: &[Point]| points.windows(2).any(|pair| card.is_crossed_by(pair[0], pair[1]));
        assert!(is_crossed(&line(&base)) && !is_crossed(&line(moving.scene())));
        // Dropped, the picture is the same.
        let mut dropped = plan.clone();
        dropped.drawing.positions.insert(dragged, Position(400, 0));
        let (scene, after) = pictured(&dropped, Some(&routing));
        assert_eq!((&scene.flows, &scene.cards), (&moving.scene().flows, &moving.scene().cards));
        // Taken back, it is as before.
        assert_eq!(pictured(&plan, Some(&after)).0, *base);
        moving.move_by(0, 90);
        assert_eq!(line(moving.scene()), line(&base));
    }
}
