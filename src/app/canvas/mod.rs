//! The canvas: paints the scene through the camera and turns what hands do into actions.

mod areas;
mod cards;
mod compared;
mod dashes;
mod empty;
mod far;
mod gestures;
mod glide;
mod groups;
mod layers;
mod level;
mod lines;
mod naming;
mod paint;
mod sketch;

pub use sketch::Sketch;

use egui::{Context, Id, Mesh, Pos2, Rect, Sense, Ui, pos2, vec2};

use crate::scene::{Area, Role, Scene};

use super::action::Actions;
use super::session::Camera;
use super::shown::Shown;
use super::theme;
use glide::Way;

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

    /// The part of the plan that is in view.
    fn seen(&self) -> Rect {
        Rect::from_min_max(self.plan(self.rect.min), self.plan(self.rect.max))
    }

    fn card_on_screen(&self, card: &crate::scene::Card) -> Rect {
        self.screen(rect_from_area(card.rect.into()))
    }

    /// The system whose card is under a point on screen.
    fn system_at(&self, pos_on_screen: Pos2) -> Option<&crate::model::SystemId> {
        let place = self.shown.sketch.system_at(self.plan(pos_on_screen))?;
        self.shown.scene.cards.get(place).map(|card| &card.id)
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
    layers::scene_ui(ui, &canvas);
    if !is_panning {
        gestures::background(ui, &canvas, &background, actions);
        areas::areas_ui(ui, &canvas, actions);
        groups::groups_ui(ui, &canvas, actions);
        cards::cards_ui(ui, &canvas, actions);
        compared::compared_ui(ui, &canvas, &background, actions);
    }
    gestures::preview_ui(ui, &canvas);
    groups::way_back_ui(ui, &canvas, actions);
    naming::naming_ui(ui, &canvas, actions);
    let is_bare = shown.plan.systems.is_empty() && shown.session.on_canvas.is_none();
    if is_bare && shown.session.naming.is_none() {
        empty::empty_ui(ui, rect, actions);
    }
    ui.allocate_rect(rect, Sense::hover());
}

/// The dots behind everything, while they are far enough apart; one mesh.
fn grid_ui(ui: &Ui, canvas: &Canvas<'_>) {
    const STEP: f32 = 24.0;
    if canvas.camera.zoom < 0.75 {
        return;
    }
    let colour = theme::colour(ui, Role::Grid);
    let seen = canvas.seen();
    let lines =
        |from: f32, to: f32| ((from / STEP) as i32..=(to / STEP) as i32).map(|step| step as f32 * STEP);
    let mut mesh = Mesh::default();
    for x in lines(seen.min.x, seen.max.x) {
        for y in lines(seen.min.y, seen.max.y) {
            let dot = canvas.camera.screen_from_plan(canvas.rect, pos2(x, y));
            mesh.add_colored_rect(Rect::from_center_size(dot, vec2(1.5, 1.5)), colour);
        }
    }
    ui.painter().add(mesh);
}
