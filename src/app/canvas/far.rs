//! The picture from far away: all lines as one mesh, all cards as another, without corners, arrowheads and
//! labels. Edges lie on whole pixels, so that thin lines neither blur nor flicker.

use egui::{Align2, Color32, FontId, Mesh, Pos2, Rect, Shape, Stroke, Ui, Vec2, pos2, vec2};

use crate::scene::text::{Weight, fit, fit_in_two};
use crate::scene::{Role, Theme};

use super::super::session::Camera;
use super::super::theme::{colour_of, family};
use super::sketch::{Patch, Piece, Spread};

/// Lines are no thinner than this, in points on screen.
const THINNEST: f32 = 1.0;
/// How wide lines are, in plan units.
const WIDTH: f32 = 1.5;
/// Pieces that are shorter than this on screen are left out.
const SHORTEST: f32 = 0.75;
/// The same where there are more pieces in view than this.
const SHORTEST_IN_CROWD: f32 = 5.0;
const CROWD: usize = 12_000;
/// How high the letters of names are, as a share of the card, and at least and at most.
const NAME: f32 = 0.34;
const SMALLEST_NAME: f32 = 8.0;
const LARGEST_NAME: f32 = 11.0;
/// How far lines of a name are apart, for its size.
const LINE: f32 = 1.1;
/// Room before and after a name.
const BEFORE_NAME: f32 = 3.0;
const AFTER_NAME: f32 = 2.0;
/// Cards of this height have room for two lines.
const TWO_LINES: f32 = 16.5;
/// Lower ones are tinted.
const TINTED: f32 = 21.0;
/// The side of the mark of a finding.
const MARK: f32 = 6.0;
/// How wide the edge is that says that something became of a card.
const EDGE: f32 = 2.0;
/// The width of the bar in the colour of the disposition, for each point that the card is wide.
const BAR: f32 = 0.03;

/// Paints meshes through the camera.
pub(super) struct Far<'a> {
    ui: &'a Ui,
    theme: &'static Theme,
    canvas: Rect,
    camera: Camera,
    pixels: f32,
}

impl<'a> Far<'a> {
    pub(super) fn new(ui: &'a Ui, theme: &'static Theme, canvas: Rect, camera: Camera) -> Self {
        Self { ui, theme, canvas, camera, pixels: ui.ctx().pixels_per_point() }
    }

    fn pos(&self, pos_in_plan: Pos2) -> Pos2 {
        self.camera.screen_from_plan(self.canvas, pos_in_plan)
    }

    fn on_pixel(&self, length: f32) -> f32 {
        (length * self.pixels).round() / self.pixels
    }

    /// The pieces in sight as one mesh, paler the more of them share the room.
    pub(super) fn lines(&self, pieces: &[Piece], seen: Rect, opacity: f32) {
        let in_view = || pieces.iter().filter(|piece| seen.intersects(piece.rect()));
        let count = in_view().count();
        // Of very many pieces the short ones only add to the haze.
        let shortest = if count > CROWD { SHORTEST_IN_CROWD } else { SHORTEST };
        let mut mesh = Mesh::default();
        let width = (WIDTH * self.camera.zoom).max(THINNEST);
        let colours = self.colours((opacity * (self.camera.zoom * 2.4 + 0.22)).min(1.0));
        let clip = self.canvas.expand(width);
        for piece in in_view() {
            let (from, to) = (self.pos(piece.from), self.pos(piece.to));
            let along = to - from;
            let colour = colours[piece.role as usize];
            if along.x.abs().max(along.y.abs()) < shortest {
                continue;
            }
            if along.x.abs() > SHORTEST && along.y.abs() > SHORTEST {
                let shape = Shape::line_segment([from, to], Stroke::new(width, colour));
                self.ui.painter().add(shape);
                continue;
            }
            let rect = Rect::from_two_pos(from, to).expand(width / 2.0).intersect(clip);
            let min = pos2(self.on_pixel(rect.min.x), self.on_pixel(rect.min.y));
            let size = vec2(rect.width().max(THINNEST), rect.height().max(THINNEST));
            mesh.add_colored_rect(Rect::from_min_size(min, size), colour);
        }
        self.ui.painter().add(mesh);
    }

    /// The cards in sight, each as one rectangle. `moved_by` says how far one is from its place.
    pub(super) fn patches(&self, cards: &[Spread], seen: Rect, moved_by: impl Fn(&Spread) -> Vec2) {
        let mut mesh = Mesh::default();
        let colours = self.colours(1.0);
        for card in cards {
            let Some(patch) = card.patch else { continue };
            let rect = patch.rect.translate(moved_by(card));
            if seen.intersects(rect) {
                let rect = self.on_pixels(rect);
                if let Some(edge) = patch.edge {
                    mesh.add_colored_rect(rect.expand(EDGE), colours[edge as usize]);
                }
                mesh.add_colored_rect(rect, colours[patch.role as usize]);
            }
        }
        self.ui.painter().add(mesh);
    }

    fn on_pixels(&self, rect_in_plan: Rect) -> Rect {
        let corner = |pos: Pos2| {
            let pos = self.pos(pos);
            pos2(self.on_pixel(pos.x), self.on_pixel(pos.y))
        };
        let rect = Rect::from_min_max(corner(rect_in_plan.min), corner(rect_in_plan.max));
        let pixel = 1.0 / self.pixels;
        Rect::from_min_size(rect.min, rect.size().max(vec2(2.0 * pixel, pixel)))
    }

    /// A card that is large enough for a name in small letters, with a mark in the colour of its worst finding.
    pub(super) fn named(&self, patch: Patch, by: Vec2, name: &str, worst: Option<Role>) {
        let rect = self.on_pixels(patch.rect.translate(by));
        let bar = self.on_pixel((rect.width() * BAR).max(2.0));
        self.face(rect, bar, patch, worst);
        let role = if patch.role == Role::GhostBorder { Role::TextMuted } else { Role::Text };
        self.name(rect.with_min_x(rect.left() + bar + BEFORE_NAME), name, role);
    }

    fn face(&self, rect: Rect, bar: f32, patch: Patch, worst: Option<Role>) {
        let colour = |role| colour_of(self.theme, role);
        let mut mesh = Mesh::default();
        let (width, edge) = patch.edge.map_or((1.0 / self.pixels, Role::CardBorder), |edge| (EDGE, edge));
        let face = match patch.role {
            Role::GhostBorder => Role::Ghost,
            // The bar alone is hard to see on the smallest cards.
            role if rect.height() < TINTED => role.soft(),
            _ => Role::Card,
        };
        mesh.add_colored_rect(rect.expand(width), colour(edge));
        mesh.add_colored_rect(rect, colour(face));
        mesh.add_colored_rect(rect.with_max_x(rect.left() + bar), colour(patch.role));
        if let Some(worst) = worst {
            mesh.add_colored_rect(Rect::from_center_size(rect.right_top(), vec2(MARK, MARK)), colour(worst));
        }
        self.ui.painter().add(mesh);
    }

    /// A name in one line or two, in the middle of a card's height.
    fn name(&self, rect: Rect, name: &str, role: Role) {
        // Half points, so that zooming does not ask for letters of every size.
        let size = ((rect.height() * NAME * 2.0).round() / 2.0).clamp(SMALLEST_NAME, LARGEST_NAME);
        let (room, font) = (rect.width() - AFTER_NAME, FontId::new(size, family(Weight::Medium)));
        let lines = if rect.height() < TWO_LINES {
            vec![fit(name, Weight::Medium, size, room)]
        } else {
            fit_in_two(name, Weight::Medium, size, room)
        };
        let step = size * LINE;
        let first = -step * (lines.len() - 1) as f32 / 2.0;
        for (line, at) in lines.into_iter().zip(0_u8..) {
            let at = rect.left_center() + vec2(0.0, first + step * f32::from(at));
            self.ui.painter().text(at, Align2::LEFT_CENTER, line, font.clone(), colour_of(self.theme, role));
        }
    }

    /// The colour of every role, by its place.
    fn colours(&self, opacity: f32) -> Vec<Color32> {
        Role::ALL.iter().map(|role| colour_of(self.theme, *role).gamma_multiply(opacity)).collect()
    }
}
