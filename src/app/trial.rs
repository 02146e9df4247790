//! The canvas without a window: paints frames with the code of the window and says what came out, so that the time
//! of a frame can be measured.

use egui::{Context, Event, Pos2, RawInput, Rect, Vec2};

use crate::model::Plan;
use crate::scene::Zone;

use super::canvas;
use super::document::Document;
use super::frame::Window;
use super::session::Camera;

/// A canvas of a plan, on a screen of its own.
#[derive(Debug)]
pub struct CanvasTrial {
    ctx: Context,
    window: Window,
    screen: Rect,
    time: f64,
}

impl CanvasTrial {
    /// The canvas of a plan on a screen of this size, in points. Waits until all that follows from the plan is known.
    #[must_use]
    pub fn new(plan: Plan, screen: Vec2) -> Self {
        let ctx = Context::default();
        let mut window = Window::new(&ctx, None, None);
        window.document = Document::without_file(plan);
        window.session.zone = Some(Zone::Whole);
        while window.deriver.latest().is_none() || window.deriver.is_stale() {
            window.prepare(&ctx);
            std::thread::yield_now();
        }
        let mut trial = Self { ctx, window, screen: Rect::from_min_size(Pos2::ZERO, screen), time: 0.0 };
        trial.fit();
        trial
    }

    /// Looks at the whole plan. Returns the zoom.
    pub fn fit(&mut self) -> f32 {
        let Some(derived) = self.window.deriver.latest() else { return 1.0 };
        let camera = canvas::fitting_all(self.screen, &derived.scene);
        self.window.session.camera = Some(camera);
        camera.zoom
    }

    /// Looks at the plan around a point of it, given as shares of its width and height.
    pub fn look(&mut self, share: Vec2, zoom: f32) {
        let Some(derived) = self.window.deriver.latest() else { return };
        let all = derived.scene.bounds;
        let centre = Pos2::new(all.x + all.width * share.x, all.y + all.height * share.y);
        let origin_in_plan = centre - self.screen.size() / zoom / 2.0;
        self.window.session.camera = Some(Camera { origin_in_plan, zoom });
    }

    /// Paints one frame, with the pointer in the middle, and turns it into triangles. Returns how many.
    pub fn frame(&mut self) -> usize {
        self.time += 1.0 / 60.0;
        let pointer = Event::PointerMoved(self.screen.center());
        let input = RawInput {
            screen_rect: Some(self.screen),
            time: Some(self.time),
            events: vec![pointer],
            ..RawInput::default()
        };
        let derived = self.window.deriver.latest().cloned();
        let window = &self.window;
        let mut output = self.ctx.run_ui(input, |ui| {
            if let Some(derived) = &derived {
                canvas::canvas_ui(ui, &window.shown(derived), &mut Vec::new());
            }
        });
        output.textures_delta.clear();
        let meshes = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        let triangles = meshes.iter().map(|mesh| match &mesh.primitive {
            egui::epaint::Primitive::Mesh(mesh) => mesh.indices.len() / 3,
            egui::epaint::Primitive::Callback(_) => 0,
        });
        triangles.sum()
    }
}
