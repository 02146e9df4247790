//! Arranging cards: all, the new ones, the selected ones; tidying and pinning. Each is one step, and the
//! cards glide from where they stood.

use crate::arrange::{Arrangement, Page, Point, arrange_selection, tidy};
use crate::edit::{Edit, place_systems};
use crate::landscape::Index;
use crate::model::{Plan, Position, SystemId};
use crate::scene::Layout;

use super::super::action::Arranging;
use super::super::frame::Window;
use super::super::session::Glide;

impl Window {
    /// Arranges cards and writes down where all of them stand, so that none moves when others do.
    pub(super) fn arrange(&mut self, arranging: Arranging) {
        let glide = self.glide_from_here();
        let selected: Vec<_> = self.session.selected_systems().cloned().collect();
        let plan = self.document.plan();
        let places = match arranging {
            Arranging::All(page) => all(plan, page),
            Arranging::New => places(plan, &Layout::new(&Index::new(plan))),
            Arranging::Selection => among_placed(plan, &selected, arrange_selection),
            Arranging::Tidy => among_placed(plan, &selected, tidied),
        };
        if arranging == Arranging::Tidy && places == self.card_rects() {
            self.say("Everything is tidy: nothing overlaps and the rows are straight");
            return;
        }
        let label = match arranging {
            Arranging::All(Page::Screen) => "Arrange all",
            Arranging::All(Page::A4Landscape) => "Arrange all for A4",
            Arranging::All(Page::A3Landscape) => "Arrange all for A3",
            Arranging::New => "Place the new ones",
            Arranging::Selection => "Arrange the selection",
            Arranging::Tidy => "Tidy",
        };
        self.commit(label.to_owned(), None, place_systems(places));
        self.session.glide = Some(glide);
        if matches!(arranging, Arranging::All(_)) {
            self.session.camera = None;
        }
    }

    /// Holds the selected cards where they are, or lets them go; a pinned card has a place.
    pub(super) fn set_pinned(&mut self, is_pinned: bool) {
        let selected = self.session.selected_system_set();
        let plan = self.document.plan();
        let rects = self.card_rects();
        let placed = rects
            .into_iter()
            .filter(|(id, _)| is_pinned && selected.contains(id) && !plan.drawing.positions.contains_key(id));
        let mut edits = place_systems(placed);
        edits.extend(selected.iter().map(|id| Edit::Pin(id.clone(), is_pinned)));
        let word = if is_pinned { "Pin" } else { "Unpin" };
        let label = match selected.first() {
            Some(only) if selected.len() == 1 => format!("{word} {}", plan.system_name(only)),
            _ => format!("{word} {} systems", selected.len()),
        };
        self.commit(label, None, edits);
    }

    /// Where cards and camera are now.
    pub(super) fn glide_from_here(&self) -> Glide {
        let cards = self.deriver.latest().map_or(&[][..], |derived| &derived.scene.cards);
        let from = cards.iter().map(|card| (card.id.clone(), Position(card.rect.x, card.rect.y))).collect();
        let number = self.document.history.revision();
        Glide { number, from, camera: self.session.camera.unwrap_or_default() }
    }

    /// After a step back or forward, cards glide where it moved any.
    pub(super) fn glide_where_moved(&mut self, before: &Plan, glide: Glide) {
        let is_moved = before.drawing.positions != self.document.plan().drawing.positions;
        self.session.glide = is_moved.then_some(glide);
    }
}

/// Everything arranged anew, round the pinned cards.
fn all(plan: &Plan, page: Page) -> Vec<(SystemId, Position)> {
    let mut plan = plan.clone();
    let pinned = plan.drawing.pinned.clone();
    plan.drawing.positions.retain(|id, _| pinned.contains(id));
    places(&plan, &Layout::on_page(&Index::new(&plan), page))
}

fn places(plan: &Plan, layout: &Layout) -> Vec<(SystemId, Position)> {
    let corners = layout.systems.iter().map(|rect| Position(rect.x, rect.y));
    plan.systems.keys().cloned().zip(corners).collect()
}

/// Some cards arranged among all others, which stay; pinned ones stay as well.
fn among_placed(
    plan: &Plan,
    selected: &[SystemId],
    arrange: impl Fn(&Arrangement, &[Point], &[usize]) -> Vec<Point>,
) -> Vec<(SystemId, Position)> {
    let index = Index::new(plan);
    let layout = Layout::new(&index);
    let rects = layout.systems.iter().chain(layout.missing.values());
    let positions: Vec<_> = rects.map(|rect| Point::new(rect.x, rect.y)).collect();
    let mut arrangement = Layout::arrangement(&index);
    for (node, entry) in arrangement.nodes.iter_mut().zip(&index.systems) {
        if !plan.drawing.pinned.contains(entry.id) {
            node.fixed = None;
        }
    }
    let selected: Vec<_> = selected.iter().filter_map(|id| index.system(id)).collect();
    let corners = arrange(&arrangement, &positions, &selected);
    let corners = corners.iter().map(|at| Position(at.x, at.y));
    plan.systems.keys().cloned().zip(corners).collect()
}

/// The selected cards tidied among the others; with fewer than two selected, all.
fn tidied(arrangement: &Arrangement, positions: &[Point], selected: &[usize]) -> Vec<Point> {
    let mut nodes = arrangement.nodes.clone();
    for (place, node) in nodes.iter_mut().enumerate() {
        if selected.len() >= 2 && !selected.contains(&place) {
            node.fixed = Some(positions[place]);
        }
    }
    tidy(&nodes, positions)
}
