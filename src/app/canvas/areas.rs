//! The names of areas as things to click, drag, focus and rename: a click selects the systems of an area, a drag
//! moves them. From far away the names are written larger than life, so that they can still be read.

use egui::{
    Align2, FontId, Id, Key, Rect, Response, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use crate::rules::Subject;
use crate::scene::text::{Weight, fit, width};
use crate::scene::{AreaBox, Role};

use super::super::action::{Action, Actions};
use super::super::session::{Gesture, Naming};
use super::super::theme;
use super::super::widgets::keep_arrows;
use super::paint::SMALLEST_TEXT;
use super::{Canvas, cards, rect_from_area};

/// The size of the letters in the scene.
const NAME: f32 = 12.0;
/// The size of names that would be too small to read.
const FAR_NAME: f32 = 11.0;
/// How high their room is.
const FAR_HEAD: f32 = 16.0;
/// How far apart arranged areas are at least, in plan units.
const GAP: f32 = 32.0;
/// A head that is narrower than this has no name.
const NARROWEST: f32 = 40.0;

/// The heads of the areas in sight.
pub(super) fn areas_ui(ui: &mut Ui, canvas: &Canvas<'_>, actions: &mut Actions) {
    for area in &canvas.shown.scene.areas {
        let rect = head_on_screen(canvas, area);
        if canvas.rect.intersects(rect) {
            head_ui(ui, canvas, area, rect, actions);
        }
    }
}

fn is_far(canvas: &Canvas<'_>) -> bool {
    NAME * canvas.camera.zoom < SMALLEST_TEXT
}

fn head_on_screen(canvas: &Canvas<'_>, area: &AreaBox) -> Rect {
    let whole = canvas.screen(rect_from_area(area.rect.into()));
    let head = canvas.screen(rect_from_area(area.head()));
    if is_far(canvas) {
        // It ends where the head does, for cards begin there, and stays out of the area above.
        let size = vec2(whole.width().max(14.0), FAR_HEAD);
        let highest = whole.top() - GAP * canvas.camera.zoom;
        return Rect::from_min_size(pos2(whole.left(), highest.max(head.bottom() - FAR_HEAD)), size);
    }
    head
}

fn head_ui(ui: &mut Ui, canvas: &Canvas<'_>, area: &AreaBox, rect: Rect, actions: &mut Actions) {
    let response = ui.interact(rect, Id::unique(("area", &area.id)), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, area.title()));
    if is_far(canvas) {
        far_name_ui(ui, area, rect);
    }
    if response.hovered() || response.has_focus() {
        let stroke = Stroke::new(1.5, theme::colour(ui, Role::Accent));
        ui.painter().rect_stroke(rect, 5.0, stroke, StrokeKind::Inside);
        response.clone().on_hover_text(format!("{}: click to select them, drag to move them", area.title()));
    }
    focus(ui, area, &response, actions);
    click(ui, area, &response, actions);
    drag(ui, canvas, area, &response, actions);
    response.context_menu(|ui| menu_ui(ui, area, actions));
}

fn far_name_ui(ui: &Ui, area: &AreaBox, rect: Rect) {
    if rect.width() < NARROWEST {
        return;
    }
    let name = fit(&area.name, Weight::SemiBold, FAR_NAME, rect.width() - 8.0);
    let font = FontId::new(FAR_NAME, theme::family(Weight::SemiBold));
    let pos = rect.left_center() + vec2(5.0, 0.0);
    // Lines and the edge of the box do not run through it.
    let width = width(&name, Weight::SemiBold, FAR_NAME) + 6.0;
    let plate = Rect::from_min_size(pos2(pos.x - 3.0, rect.top()), vec2(width, FAR_HEAD));
    ui.painter().rect_filled(plate, 3.0, theme::colour(ui, Role::Area));
    ui.painter().text(pos, Align2::LEFT_CENTER, name, font, theme::colour(ui, Role::Text));
}

fn subjects(area: &AreaBox) -> Vec<Subject> {
    area.systems.iter().cloned().map(Subject::System).collect()
}

fn rename(area: &AreaBox) -> Action {
    Action::SetNaming(Some(Naming::Area { id: area.id.clone(), name: area.name.clone() }))
}

/// A name that the keyboard moved to selects its systems; arrows move them instead of the focus.
fn focus(ui: &Ui, area: &AreaBox, response: &Response, actions: &mut Actions) {
    if response.gained_focus() {
        actions.push(Action::Select(subjects(area)));
    }
    if response.has_focus() {
        keep_arrows(ui, response.id);
        if ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::Enter)) {
            actions.push(rename(area));
        }
    }
}

fn click(ui: &Ui, area: &AreaBox, response: &Response, actions: &mut Actions) {
    if response.double_clicked() {
        actions.push(rename(area));
    } else if response.clicked() && ui.input(|input| input.modifiers.shift || input.modifiers.command) {
        actions.extend(subjects(area).into_iter().map(Action::ToggleSelected));
    } else if response.clicked() || response.secondary_clicked() {
        actions.push(Action::Select(subjects(area)));
    }
    if response.clicked() {
        response.request_focus();
    }
}

fn drag(ui: &Ui, canvas: &Canvas<'_>, area: &AreaBox, response: &Response, actions: &mut Actions) {
    let Some(pos) = response.interact_pointer_pos() else { return };
    if response.drag_started_by(egui::PointerButton::Primary) {
        let gesture = Gesture::Move(Vec2::ZERO);
        actions.extend([Action::Select(subjects(area)), Action::SetGesture(Some(gesture))]);
    } else if response.drag_stopped() {
        cards::finish(canvas, pos, actions);
    } else if response.dragged() && matches!(canvas.shown.session.gesture, Some(Gesture::Move(_))) {
        let origin = ui.input(|input| input.pointer.press_origin()).unwrap_or(pos);
        let by = (pos - origin) / canvas.camera.zoom;
        actions.push(Action::SetGesture(Some(Gesture::Move(by))));
    }
}

fn menu_ui(ui: &mut Ui, area: &AreaBox, actions: &mut Actions) {
    ui.set_min_width(170.0);
    for (label, action) in [
        ("Select its systems", Action::Select(subjects(area))),
        ("Rename", rename(area)),
        ("Delete the area, keep its systems", Action::RemoveArea(area.id.clone())),
    ] {
        if ui.button(label).clicked() {
            actions.push(action);
            ui.close();
        }
    }
}
