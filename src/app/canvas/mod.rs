//! The canvas: paints the scene through the camera and turns what hands do into actions.

mod cards;
mod empty;
mod gestures;
mod lines;
mod naming;
mod paint;

use egui::{Context, Id, Pos2, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use crate::rules::Subject;
use crate::scene::{Area, Figure, Layer, Role, Scene, Subject as Drawn};

use super::action::Actions;
use super::session::{Camera, Gesture};
use super::shown::Shown;
use super::theme;
use paint::Paint;

/// The canvas on screen, as it was drawn last.
#[must_use]
pub fn rect_of(ctx: &Context) -> Rect {
    ctx.data(|data| data.get_temp(Id::unique("canvas rect"))).unwrap_or(Rect::ZERO)
}

/// The camera that shows the whole scene.
#[must_use]
pub fn fitting_all(canvas: Rect, scene: &Scene) -> Camera {
    Camera::fitting(canvas, rect_from_area(scene.bounds))
}

fn rect_from_area(area: Area) -> Rect {
    Rect::from_min_size(pos2(area.x, area.y), vec2(area.width, area.height))
}

/// The canvas as one frame sees it.
struct Canvas<'a> {
    shown: &'a Shown<'a>,
    rect: Rect,
    camera: Camera,
}

impl Canvas<'_> {
    fn screen(&self, rect_in_plan: Rect) -> Rect {
        let corner = |pos| self.camera.screen_from_plan(self.rect, pos);
        Rect::from_min_max(corner(rect_in_plan.min), corner(rect_in_plan.max))
    }

    fn plan(&self, pos_on_screen: Pos2) -> Pos2 {
        self.camera.plan_from_screen(self.rect, pos_on_screen)
    }

    fn card_on_screen(&self, card: &crate::scene::Card) -> Rect {
        self.screen(rect_from_area(card.rect.into()))
    }

    /// The system whose card is under a point on screen.
    fn system_at(&self, pos_on_screen: Pos2) -> Option<&crate::model::SystemId> {
        let pos = self.plan(pos_on_screen);
        let cards = self.shown.scene.cards.iter().rev();
        cards.into_iter().find(|card| rect_from_area(card.rect.into()).contains(pos)).map(|card| &card.id)
    }
}

/// Draws the canvas.
pub fn canvas_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions) {
    let rect = ui.available_rect_before_wrap();
    ui.ctx().data_mut(|data| data.insert_temp(Id::unique("canvas rect"), rect));
    let camera = shown.session.camera.unwrap_or_else(|| fitting_all(rect, shown.scene));
    let canvas = Canvas { shown, rect, camera };
    let background = ui.interact(rect, Id::unique("canvas"), Sense::click_and_drag());
    background.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Canvas, true, "Canvas"));
    ui.set_clip_rect(rect);
    grid_ui(ui, &canvas);
    let is_panning = gestures::pan_and_zoom(ui, &canvas, actions);
    paint_scene(ui, &canvas);
    lines::selected_ui(ui, &canvas);
    if !is_panning {
        gestures::background(ui, &canvas, &background, actions);
        cards::cards_ui(ui, &canvas, actions);
    }
    gestures::preview_ui(ui, &canvas);
    naming::naming_ui(ui, &canvas, actions);
    if shown.plan.systems.is_empty() && shown.session.naming.is_none() {
        empty::empty_ui(ui, rect, actions);
    }
    ui.allocate_rect(rect, Sense::hover());
}

/// The dots behind everything, while they are far enough apart.
fn grid_ui(ui: &Ui, canvas: &Canvas<'_>) {
    const STEP: f32 = 24.0;
    if canvas.camera.zoom < 0.6 {
        return;
    }
    let colour = theme::colour(ui, Role::Grid);
    let first = canvas.plan(canvas.rect.min);
    let last = canvas.plan(canvas.rect.max);
    let lines =
        |from: f32, to: f32| ((from / STEP) as i32..=(to / STEP) as i32).map(|step| step as f32 * STEP);
    for x in lines(first.x, last.x) {
        for y in lines(first.y, last.y) {
            let dot = canvas.camera.screen_from_plan(canvas.rect, pos2(x, y));
            ui.painter().rect_filled(Rect::from_center_size(dot, vec2(1.5, 1.5)), 0.0, colour);
        }
    }
}

/// Paints what lies in view; cards that are being moved stand where they would come to stand.
fn paint_scene(ui: &Ui, canvas: &Canvas<'_>) {
    let paint = Paint::new(ui, canvas.rect, canvas.camera);
    let moved = match &canvas.shown.session.gesture {
        Some(Gesture::Move(by)) => Some(*by),
        _ => None,
    };
    let camera = &canvas.camera;
    let moving = moved.map(|by| {
        Paint::new(ui, canvas.rect, Camera { origin_in_plan: camera.origin_in_plan - by, ..*camera })
    });
    for figure in &canvas.shown.scene.figures {
        let is_selected = is_selected_card(canvas.shown, figure);
        match &moving {
            Some(moving) if is_selected => moving.figure(figure),
            _ => paint.figure(figure),
        }
        if is_selected && figure.layer == Layer::Cards {
            ring(ui, canvas, figure, moved.unwrap_or_default());
        }
    }
}

fn is_selected_card(shown: &Shown<'_>, figure: &Figure) -> bool {
    match &figure.subject {
        Drawn::System(id) => shown.session.is_selected(&Subject::System(id.clone())),
        _ => false,
    }
}

/// The ring round a selected card.
fn ring(ui: &Ui, canvas: &Canvas<'_>, figure: &Figure, moved: egui::Vec2) {
    let Drawn::System(id) = &figure.subject else { return };
    let Some(card) = canvas.shown.scene.card(id) else { return };
    let rect = canvas.screen(rect_from_area(card.rect.into()).translate(moved)).expand(3.0);
    let stroke = Stroke::new(2.0, theme::colour(ui, Role::Selection));
    ui.painter().rect_stroke(rect, 8.0 * canvas.camera.zoom, stroke, StrokeKind::Middle);
}
