//! Rows of lists: one that can be clicked and focused, and words painted into it.

use egui::{Align2, FontId, Id, Pos2, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};
use lucide_icons::Icon;

use crate::scene::Role;
use crate::scene::text::{self, Weight};

use super::super::theme;

/// A row as wide as the list; it shows whether it is selected, under the pointer, or has the keyboard.
pub fn list_row_ui(ui: &mut Ui, height: f32, is_selected: bool, name: &str) -> Response {
    list_row_sensing_ui(ui, height, is_selected, name, Sense::click())
}

/// The same in a list where the keyboard is on one row: the others sense clicks alone.
pub fn list_row_sensing_ui(
    ui: &mut Ui,
    height: f32,
    is_selected: bool,
    name: &str,
    sense: Sense,
) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), sense);
    paint_row(ui, rect, is_selected, name, response)
}

/// The same at a place, under a name for good, so that the keyboard can be moved to it.
pub fn list_row_at_ui(ui: &Ui, rect: Rect, id: Id, is_selected: bool, name: &str) -> Response {
    let response = ui.interact(rect, id, Sense::click());
    paint_row(ui, rect, is_selected, name, response)
}

fn paint_row(ui: &Ui, rect: Rect, is_selected: bool, name: &str, response: Response) -> Response {
    let shows = ui.is_rect_visible(rect);
    if shows && (is_selected || response.hovered()) {
        let fill = theme::colour(ui, if is_selected { Role::AccentSoft } else { Role::Canvas });
        ui.painter().rect_filled(rect, 5.0, fill);
    }
    if shows && response.has_focus() {
        let stroke = Stroke::new(1.5, theme::colour(ui, Role::Accent));
        ui.painter().rect_stroke(rect, 5.0, stroke, StrokeKind::Inside);
    }
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, is_selected, name));
    response
}

/// How a word in a row looks.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Its weight.
    pub weight: Weight,
    /// Its size in points.
    pub size: f32,
    /// Its colour.
    pub role: Role,
}

impl Word {
    /// What is read first.
    pub const NAME: Self = Self { weight: Weight::Medium, size: 12.5, role: Role::Text };
    /// What explains.
    pub const MUTED: Self = Self { weight: Weight::Regular, size: 11.0, role: Role::TextMuted };

    /// The same in another colour.
    pub const fn in_role(self, role: Role) -> Self {
        Self { role, ..self }
    }
}

/// Paints a word at the left, middle or right of a rectangle, shortened to its width. Returns where it stands.
pub fn paint_word(ui: &Ui, rect: Rect, align: Align2, words: &str, look: Word) -> Rect {
    let words = text::fit(words, look.weight, look.size, rect.width());
    let font = FontId::new(look.size, theme::family(look.weight));
    ui.painter().text(align.pos_in_rect(&rect), align, words, font, theme::colour(ui, look.role))
}

/// Paints an icon in the middle of a place.
pub fn paint_icon(ui: &Ui, centre: Pos2, icon: Icon, size: f32, role: Role) {
    let font = FontId::new(size, theme::icon_family());
    // The icon font's letters hang a little low.
    let at = pos2(centre.x, centre.y);
    ui.painter().text(at, Align2::CENTER_CENTER, char::from(icon), font, theme::colour(ui, role));
}

/// A dashed frame: what stands in it is proposed and nobody has said it yet.
pub fn paint_dashed_frame(ui: &Ui, rect: Rect, role: Role) {
    let path = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
    let stroke = Stroke::new(1.0, theme::colour(ui, role));
    ui.painter().extend(egui::Shape::dashed_line(&path, stroke, 3.0, 2.5));
}
