//! The canvas: paints the scene through the camera and turns what hands do into actions.

mod cards;
mod compared;
mod empty;
mod gestures;
mod glide;
mod lines;
mod naming;
mod paint;

use egui::{Context, Id, Pos2, Rect, Sense, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};
use lucide_icons::Icon;

use crate::rules::Subject;
use crate::scene::{Area, Card, Figure, Layer, Role, Scene, Subject as Drawn};

use super::action::Actions;
use super::session::Camera;
use super::shown::Shown;
use super::theme;
use super::widgets::paint_icon;
use glide::Way;
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
    way: Option<Way<'a>>,
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
    let way = Way::now(ui, shown, actions);
    let camera = way.map_or(camera, |way| way.camera(camera));
    let canvas = Canvas { shown, rect, camera, way };
    let background = ui.interact(rect, Id::unique("canvas"), Sense::click_and_drag());
    background.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Canvas, true, "Canvas"));
    ui.set_clip_rect(rect);
    grid_ui(ui, &canvas);
    let is_panning = gestures::pan_and_zoom(ui, &canvas, actions);
    paint_scene(ui, &canvas);
    if !is_panning {
        gestures::background(ui, &canvas, &background, actions);
        cards::cards_ui(ui, &canvas, actions);
        compared::compared_ui(ui, &canvas, &background, actions);
    }
    gestures::preview_ui(ui, &canvas);
    naming::naming_ui(ui, &canvas, actions);
    let is_bare = shown.plan.systems.is_empty() && shown.session.on_canvas.is_none();
    if is_bare && shown.session.naming.is_none() {
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

/// Paints what lies in view.
fn paint_scene(ui: &Ui, canvas: &Canvas<'_>) {
    let paint = Paint::new(ui, canvas.rect, canvas.camera);
    let camera = &canvas.camera;
    let is_line = |figure: &&Figure| figure.layer == Layer::Lines;
    let lines =
        Paint::new(ui, canvas.rect, *camera).with_opacity(canvas.way.map_or(1.0, |way| 1.0 - way.left));
    canvas.shown.scene.figures.iter().filter(is_line).for_each(|figure| lines.figure(figure));
    if canvas.way.is_none() {
        lines::selected_ui(ui, canvas);
    }
    for figure in canvas.shown.scene.figures.iter().filter(|figure| !is_line(figure)) {
        let is_selected = is_selected_card(canvas.shown, figure);
        let card = card_of(canvas.shown, figure);
        let gliding = canvas.way.zip(card).map(|(way, card)| way.offset(card)).filter(|by| *by != Vec2::ZERO);
        match gliding {
            Some(by) => {
                let origin_in_plan = camera.origin_in_plan - by;
                Paint::new(ui, canvas.rect, Camera { origin_in_plan, ..*camera }).figure(figure);
            }
            None if card.is_none() => lines.figure(figure),
            None => paint.figure(figure),
        }
        let by = gliding.unwrap_or_default();
        if is_selected && figure.layer == Layer::Cards || is_marked_card(canvas.shown, figure) {
            ring(ui, canvas, figure, by);
        }
        pin_ui(ui, canvas, card, by);
    }
}

/// The card that a figure draws.
fn card_of<'a>(shown: &Shown<'a>, figure: &Figure) -> Option<&'a Card> {
    match &figure.subject {
        Drawn::System(id) if figure.layer == Layer::Cards => shown.scene.card(id),
        _ => None,
    }
}

/// The pin on a pinned card, at its upper left corner.
fn pin_ui(ui: &Ui, canvas: &Canvas<'_>, card: Option<&Card>, by: Vec2) {
    let pinned = &canvas.shown.plan.drawing.pinned;
    let Some(card) = card.filter(|card| pinned.contains(&card.id)) else { return };
    let rect = canvas.screen(rect_from_area(card.rect.into()).translate(by));
    let (zoom, centre) = (canvas.camera.zoom, rect.left_top() + vec2(6.0, 2.0) * canvas.camera.zoom);
    let radius = (8.5 * zoom).max(6.5);
    ui.painter().circle_filled(centre, radius, theme::colour(ui, Role::AccentSoft));
    ui.painter().circle_stroke(centre, radius, Stroke::new(1.0, theme::colour(ui, Role::Accent)));
    paint_icon(ui, centre, Icon::Pin, radius * 1.2, Role::Accent);
}

fn is_selected_card(shown: &Shown<'_>, figure: &Figure) -> bool {
    match &figure.subject {
        Drawn::System(id) => shown.session.is_selected(&Subject::System(id.clone())),
        _ => false,
    }
}

/// Whether a figure is the card that the difference looked at is about.
fn is_marked_card(shown: &Shown<'_>, figure: &Figure) -> bool {
    match (&figure.subject, shown.session.marked()) {
        (Drawn::System(id), Some(Subject::System(marked))) => figure.layer == Layer::Cards && id == marked,
        _ => false,
    }
}

/// The ring round a selected card.
fn ring(ui: &Ui, canvas: &Canvas<'_>, figure: &Figure, moved: Vec2) {
    let Drawn::System(id) = &figure.subject else { return };
    let Some(card) = canvas.shown.scene.card(id) else { return };
    let rect = canvas.screen(rect_from_area(card.rect.into()).translate(moved)).expand(3.0);
    let stroke = Stroke::new(2.0, theme::colour(ui, Role::Selection));
    ui.painter().rect_stroke(rect, 8.0 * canvas.camera.zoom, stroke, StrokeKind::Middle);
}
