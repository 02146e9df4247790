//! Paints the picture layer by layer: what lies in view, in as much detail as the zoom allows. Cards that are
//! being moved stand where they would come to stand, gliding ones where they are on their way.

use std::collections::HashSet;

use egui::{Rect, Stroke, StrokeKind, Ui, Vec2, vec2};
use lucide_icons::Icon;

use crate::model::SystemId;
use crate::scene::{AreaBox, Card, Detail, Figure, Layer, Role, Subject as Drawn};

use super::super::session::{Camera, Gesture};
use super::super::theme;
use super::super::widgets::{paint_icon, severity_role};
use super::far::Far;
use super::level::Level;
use super::paint::Paint;
use super::sketch::Spread;
use super::{Canvas, lines, rect_from_area};

/// With more lines in view than this, they have no corners and arrowheads until everything can be read.
const MOST_WHOLE_LINES: usize = 250;

/// The picture as one frame paints it.
struct Layers<'a, 'c> {
    ui: &'a Ui,
    canvas: &'a Canvas<'c>,
    level: Level,
    seen: Rect,
    /// How far the selected cards are being moved.
    moved: Option<Vec2>,
    /// The same, where the picture does not show it already.
    moved_cards: Option<Vec2>,
    selected: HashSet<&'a SystemId>,
}

/// Paints what lies in view.
pub(super) fn scene_ui(ui: &Ui, canvas: &Canvas<'_>) {
    let moved = match &canvas.shown.session.gesture {
        Some(Gesture::Move(by)) => Some(*by),
        _ => None,
    };
    let layers = Layers {
        ui,
        canvas,
        level: Level::at(canvas.camera.zoom),
        seen: canvas.seen(),
        moved,
        moved_cards: moved.filter(|_| !canvas.shown.is_moving),
        selected: canvas.shown.session.selected_systems().collect(),
    };
    layers.areas();
    layers.lines();
    if canvas.way.is_none() {
        lines::selected_ui(ui, canvas);
    }
    layers.cards();
    layers.labels();
    layers.rings();
}

impl<'a> Layers<'a, '_> {
    fn figure(&self, number: u32) -> &'a Figure {
        &self.canvas.shown.scene.figures[number as usize]
    }

    fn paint(&self) -> Paint {
        Paint::new(self.ui, self.canvas.rect, self.canvas.camera)
    }

    /// A painter for what is away from its place.
    fn paint_moved(&self, by: Vec2) -> Paint {
        let camera = self.canvas.camera;
        Paint::new(self.ui, self.canvas.rect, Camera { origin_in_plan: camera.origin_in_plan - by, ..camera })
    }

    fn far(&self) -> Far<'a> {
        Far::new(self.ui, theme::current(self.ui), self.canvas.rect, self.canvas.camera)
    }

    /// Lines and labels come as the cards arrive.
    fn opacity(&self) -> f32 {
        self.canvas.way.map_or(1.0, |way| 1.0 - way.left)
    }

    fn in_view<'s>(&self, spreads: &'s [Spread]) -> impl Iterator<Item = &'s Spread> + use<'s> {
        let seen = self.seen;
        spreads.iter().filter(move |spread| seen.intersects(spread.bounds))
    }

    fn areas(&self) {
        for spread in self.in_view(&self.canvas.shown.sketch.below) {
            let figure = self.figure(spread.figure);
            match self.moved.filter(|_| self.is_moved_whole(figure)) {
                Some(by) => self.paint_moved(by).figure(figure),
                None => self.paint().figure(figure),
            }
        }
    }

    /// Whether an area's cards are moved all together.
    fn is_moved_whole(&self, figure: &Figure) -> bool {
        let Drawn::Area(id) = &figure.subject else { return false };
        let area: Option<&AreaBox> = self.canvas.shown.scene.areas.iter().find(|area| area.id == *id);
        area.is_some_and(|area| area.systems.iter().all(|id| self.selected.contains(id)))
    }

    fn lines(&self) {
        let sketch = self.canvas.shown.sketch;
        let paint = self.paint().with_opacity(self.opacity());
        for spread in self.in_view(&sketch.lines) {
            paint.figure(self.figure(spread.figure));
        }
        let in_view =
            if self.level == Level::Far { Vec::new() } else { sketch.lines_in(self.seen.expand(8.0)) };
        if self.level == Level::Far || self.level == Level::Middle && in_view.len() > MOST_WHOLE_LINES {
            self.far().lines(&sketch.pieces, self.seen, self.opacity());
            return;
        }
        for number in in_view {
            paint.figure(self.figure(number));
        }
    }

    fn cards(&self) {
        let cards = &self.canvas.shown.sketch.cards;
        if self.level == Level::Far {
            self.far().patches(cards, self.seen, |card| self.moved_by(card));
        }
        let is_whole = |card: &Spread| card.patch.is_none() || self.level != Level::Far;
        let (paint, far) = (self.paint(), self.far());
        for card in cards.iter().filter(|card| is_whole(card) && self.is_seen(card)) {
            let (figure, by) = (self.figure(card.figure), self.moved_by(card));
            match (card.patch, self.card(figure)) {
                (Some(patch), Some(card)) if self.level == Level::Middle => {
                    let worst = card.findings.worst().map(severity_role);
                    far.named(patch, by, &card.name, worst);
                }
                _ if by == Vec2::ZERO => paint.figure(figure),
                _ => self.paint_moved(by).figure(figure),
            }
        }
    }

    /// Whether a card is in view where it is painted.
    fn is_seen(&self, card: &Spread) -> bool {
        self.seen.intersects(card.bounds.translate(self.moved_by(card)))
    }

    fn labels(&self) {
        let paint = self.paint().with_opacity(self.opacity());
        for spread in self.in_view(&self.canvas.shown.sketch.above) {
            let figure = self.figure(spread.figure);
            let is_left_out = figure.detail == Detail::Near && self.level != Level::Near;
            if !is_left_out && (figure.layer != Layer::Labels || paint.shows_text_of(figure)) {
                paint.figure(figure);
            }
        }
    }

    /// The card that a figure draws.
    fn card(&self, figure: &Figure) -> Option<&'a Card> {
        match &figure.subject {
            Drawn::System(id) => self.canvas.shown.scene.card(id),
            _ => None,
        }
    }

    /// How far a card is painted from its place, in plan units.
    fn moved_by(&self, spread: &Spread) -> Vec2 {
        if self.canvas.way.is_none() && self.moved_cards.is_none() {
            return Vec2::ZERO;
        }
        let Some(card) = self.card(self.figure(spread.figure)) else { return Vec2::ZERO };
        let gliding = self.canvas.way.map(|way| way.offset(card)).filter(|by| *by != Vec2::ZERO);
        gliding.or(self.moved_cards.filter(|_| self.selected.contains(&card.id))).unwrap_or_default()
    }

    /// Rings round the selected cards, and pins.
    fn rings(&self) {
        let pinned = &self.canvas.shown.plan.drawing.pinned;
        if self.selected.is_empty() && pinned.is_empty() {
            return;
        }
        for spread in self.canvas.shown.sketch.cards.iter().filter(|spread| self.is_seen(spread)) {
            let Some(card) = self.card(self.figure(spread.figure)) else { continue };
            let by = self.moved_by(spread);
            let rect = self.canvas.screen(rect_from_area(card.rect.into()).translate(by));
            if self.selected.contains(&card.id) {
                let stroke = Stroke::new(2.0, theme::colour(self.ui, Role::Selection));
                let radius = 8.0 * self.canvas.camera.zoom;
                self.ui.painter().rect_stroke(rect.expand(3.0), radius, stroke, StrokeKind::Middle);
            }
            if self.level == Level::Near && pinned.contains(&card.id) {
                self.pin(rect);
            }
        }
    }

    /// The pin on a pinned card, at its upper left corner.
    fn pin(&self, rect: Rect) {
        let zoom = self.canvas.camera.zoom;
        let centre = rect.left_top() + vec2(6.0, 2.0) * zoom;
        let radius = (8.5 * zoom).max(6.5);
        let painter = self.ui.painter();
        painter.circle_filled(centre, radius, theme::colour(self.ui, Role::AccentSoft));
        painter.circle_stroke(centre, radius, Stroke::new(1.0, theme::colour(self.ui, Role::Accent)));
        paint_icon(self.ui, centre, Icon::Pin, radius * 1.2, Role::Accent);
    }
}
