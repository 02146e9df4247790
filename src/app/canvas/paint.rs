//! Paints the scene's shapes with egui: places through the camera, colours through the theme.

use egui::epaint::{PathShape, PathStroke};
use egui::{Align2, Color32, FontId, Mesh, Painter, Pos2, Rect, Stroke, StrokeKind, Ui, pos2, vec2};

use crate::scene::shape::flattened;
use crate::scene::text::Weight;
use crate::scene::{self, Anchor, Area, Figure, Role, Shape, Spot, Theme};

use super::super::session::Camera;
use super::super::theme::{colour_of, current, family, icon_family};
use super::dashes::dashes;
use super::rect_from_area;

/// Text that would be smaller than this on screen is left out.
pub(super) const SMALLEST_TEXT: f32 = 7.0;

/// A painter that knows the camera and the theme.
pub struct Paint {
    painter: Painter,
    theme: &'static Theme,
    canvas: Rect,
    camera: Camera,
    seen_in_plan: Rect,
}

impl Paint {
    /// A painter for a canvas.
    #[must_use]
    pub fn new(ui: &Ui, canvas: Rect, camera: Camera) -> Self {
        let seen = |pos| camera.plan_from_screen(canvas, pos);
        Self {
            painter: ui.painter().with_clip_rect(canvas),
            theme: current(ui),
            canvas,
            camera,
            seen_in_plan: Rect::from_min_max(seen(canvas.min), seen(canvas.max)),
        }
    }

    /// The same, paler.
    #[must_use]
    pub fn with_opacity(mut self, opacity: f32) -> Self {
        self.painter.set_opacity(opacity);
        self
    }

    /// Whether the texts of a figure are large enough to be read.
    pub fn shows_text_of(&self, figure: &Figure) -> bool {
        figure.shapes.iter().all(|shape| match shape {
            Shape::Text { size, .. } => size * self.camera.zoom >= SMALLEST_TEXT,
            _ => true,
        })
    }

    /// Paints a figure where it is in view.
    pub fn figure(&self, figure: &Figure) {
        if self.seen_in_plan.intersects(rect_from_area(figure.bounds)) {
            for shape in &figure.shapes {
                self.shape(shape);
            }
        }
    }

    fn shape(&self, shape: &Shape) {
        let zoom = self.camera.zoom;
        match shape {
            Shape::Rect { area, radius, fill, stroke } => {
                let fill = fill.map_or(Color32::TRANSPARENT, |role| self.colour(role));
                self.rect(*area, *radius, fill, stroke.as_ref());
            }
            Shape::Path { points, radius, stroke } => self.path(points, *radius, stroke),
            Shape::Polygon { points, fill } => {
                let points = points.iter().map(|spot| self.pos(*spot)).collect();
                let polygon = PathShape::convex_polygon(points, self.colour(*fill), PathStroke::NONE);
                self.painter.add(polygon);
            }
            Shape::Circle { centre, radius, fill, stroke } => {
                let stroke = stroke.as_ref().map_or(Stroke::NONE, |stroke| self.stroke(stroke));
                self.painter.circle(self.pos(*centre), radius * zoom, self.colour(*fill), stroke);
            }
            Shape::Text { pos, size, weight, role, anchor, text } => {
                self.text(*pos, *size, *weight, *role, *anchor, text);
            }
            Shape::Icon { pos, size, role, glyph } => {
                if size * zoom >= SMALLEST_TEXT {
                    let centre = self.pos(*pos) + vec2(size * zoom, size * zoom) / 2.0;
                    let font = FontId::new(quantised(size * zoom), icon_family());
                    self.painter.text(centre, Align2::CENTER_CENTER, glyph, font, self.colour(*role));
                }
            }
        }
    }

    fn rect(&self, area: Area, radius: f32, fill: Color32, stroke: Option<&scene::Stroke>) {
        let rect = Rect::from_min_max(
            self.pos(Spot::new(area.x, area.y)),
            self.pos(Spot::new(area.x + area.width, area.y + area.height)),
        );
        let radius = radius * self.camera.zoom;
        match stroke {
            Some(stroke) if stroke.dash.is_some() => {
                self.painter.rect_filled(rect, radius, fill);
                let corners = [
                    rect.left_top(),
                    rect.right_top(),
                    rect.right_bottom(),
                    rect.left_bottom(),
                    rect.left_top(),
                ];
                self.dashed(&corners, stroke);
            }
            Some(stroke) => {
                _ = self.painter.rect(rect, radius, fill, self.stroke(stroke), StrokeKind::Middle);
            }
            None => _ = self.painter.rect_filled(rect, radius, fill),
        }
    }

    fn path(&self, points: &[Spot], radius: f32, stroke: &scene::Stroke) {
        let points: Vec<_> = flattened(points, radius).into_iter().map(|spot| self.pos(spot)).collect();
        if stroke.dash.is_some() {
            self.dashed(&points, stroke);
        } else {
            self.painter.add(PathShape::line(points, self.stroke(stroke)));
        }
    }

    fn dashed(&self, points: &[Pos2], stroke: &scene::Stroke) {
        let (dash, gap) = stroke.dash.unwrap_or((1.0, 0.0));
        let zoom = self.camera.zoom;
        let (dash, gap) = ((dash * zoom).max(1.0), (gap * zoom).max(1.0));
        let stroke = self.stroke(stroke);
        let pixels = self.painter.pixels_per_point();
        // A rectangle thinner than a pixel, or between two, would come and go.
        let width = stroke.width.max(1.0 / pixels);
        let edge = |middle: f32| ((middle - width / 2.0) * pixels).round() / pixels;
        let mut mesh = Mesh::default();
        for [from, to] in dashes(points, dash, gap, self.canvas.expand(dash)) {
            let along = to - from;
            // Most dashes lie straight; one rectangle is cheaper than a line with soft edges.
            if along.x == 0.0 || along.y == 0.0 {
                let mut rect = Rect::from_two_pos(from, to);
                if along.x == 0.0 {
                    rect.min.x = edge(from.x);
                    rect.max.x = rect.min.x + width;
                } else {
                    rect.min.y = edge(from.y);
                    rect.max.y = rect.min.y + width;
                }
                mesh.add_colored_rect(rect, stroke.color);
            } else {
                self.painter.line_segment([from, to], stroke);
            }
        }
        self.painter.add(mesh);
    }

    /// Text on its baseline, in whole sizes, so that the glyph atlas stays small while zooming.
    fn text(&self, spot: Spot, size: f32, weight: Weight, role: Role, anchor: Anchor, text: &str) {
        let size = size * self.camera.zoom;
        if size < SMALLEST_TEXT {
            return;
        }
        let font = FontId::new(quantised(size), family(weight));
        let colour = self.colour(role);
        let galley = self.painter.layout_no_wrap(text.to_owned(), font, colour);
        let baseline =
            galley.rows.first().and_then(|row| row.glyphs.first()).map_or(size, |glyph| glyph.pos.y);
        let width = galley.size().x;
        let left = match anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => width / 2.0,
            Anchor::End => width,
        };
        let pos = self.pos(spot) - vec2(left, baseline);
        self.painter.galley(pos, galley, colour);
    }

    fn pos(&self, spot: Spot) -> Pos2 {
        self.camera.screen_from_plan(self.canvas, pos2(spot.x, spot.y))
    }

    fn colour(&self, role: Role) -> Color32 {
        colour_of(self.theme, role)
    }

    /// Lines stay visible when they are far away.
    fn stroke(&self, stroke: &scene::Stroke) -> Stroke {
        Stroke::new((stroke.width * self.camera.zoom).max(0.6), self.colour(stroke.role))
    }
}

/// Sizes in steps of a quarter point.
fn quantised(size: f32) -> f32 {
    (size * 4.0).round() / 4.0
}
