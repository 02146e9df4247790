//! What hands do on the empty canvas: pan, zoom, select in a box, add; and the preview of gestures.

use std::collections::HashSet;

use egui::{Key, PointerButton, Pos2, Rect, Response, Stroke, StrokeKind, Ui, pos2};

use crate::model::{Position, SystemId};
use crate::rules::Subject;
use crate::scene::{CARD_HEIGHT, CARD_WIDTH, Role, Zone};

use super::super::action::{Action, Actions};
use super::super::session::{Camera, Dialog, Gesture, Tool};
use super::super::theme;
use super::{Canvas, lines};

/// Zooms at the pointer and moves the picture; returns whether the hand holds it.
pub(super) fn pan_and_zoom(ui: &Ui, canvas: &Canvas<'_>, actions: &mut Actions) -> bool {
    let is_hand = canvas.shown.session.tool == Tool::Hand;
    let types = ui.ctx().text_edit_focused();
    let (pos, delta, holds) = ui.input(|input| {
        let pointer = &input.pointer;
        let space = input.key_down(Key::Space) && !types;
        let holds = pointer.middle_down() || pointer.primary_down() && (space || is_hand);
        let begins_here = pointer.press_origin().is_some_and(|origin| canvas.rect.contains(origin));
        // The way to where the button was pressed is not part of the drag.
        let delta = if pointer.any_pressed() { egui::Vec2::ZERO } else { pointer.delta() };
        (pointer.hover_pos(), delta, holds && begins_here)
    });
    let is_over = pos.is_some_and(|pos| canvas.rect.contains(pos) && is_on_top(ui, pos));
    if holds {
        ui.ctx().set_cursor_icon(egui::CursorIcon::Grabbing);
        let origin_in_plan = canvas.camera.origin_in_plan - delta / canvas.camera.zoom;
        actions.push(Action::SetCamera(Camera { origin_in_plan, ..canvas.camera }));
    } else if let Some(pos) = pos.filter(|_| is_over) {
        wheel(ui, canvas, pos, actions);
    }
    holds
}

/// Whether nothing, such as a menu or a dialog, lies over the canvas here.
fn is_on_top(ui: &Ui, pos: Pos2) -> bool {
    ui.ctx().layer_id_at(pos).is_none_or(|layer| layer == ui.layer_id())
}

fn wheel(ui: &Ui, canvas: &Canvas<'_>, pos: Pos2, actions: &mut Actions) {
    let (scroll, pinch, shift) =
        ui.input(|input| (input.smooth_scroll_delta(), input.zoom_delta(), input.modifiers.shift));
    let sideways = if shift { scroll.x + scroll.y } else { scroll.x };
    if (pinch - 1.0).abs() > f32::EPSILON {
        actions.push(Action::SetCamera(canvas.camera.zoomed_at(canvas.rect, pos, pinch)));
    } else if !shift && scroll.y != 0.0 {
        let factor = (scroll.y * 0.0015).exp();
        actions.push(Action::SetCamera(canvas.camera.zoomed_at(canvas.rect, pos, factor)));
    } else if sideways != 0.0 {
        let origin_in_plan = canvas.camera.origin_in_plan - egui::vec2(sideways / canvas.camera.zoom, 0.0);
        actions.push(Action::SetCamera(Camera { origin_in_plan, ..canvas.camera }));
    }
}

/// Clicks and drags that begin beside the cards.
pub(super) fn background(ui: &Ui, canvas: &Canvas<'_>, response: &Response, actions: &mut Actions) {
    let Some(pos) = response.interact_pointer_pos().or_else(|| response.hover_pos()) else { return };
    let session = canvas.shown.session;
    if response.clicked() {
        // A click beside every field ends typing.
        ui.memory_mut(egui::Memory::stop_text_input);
    }
    let is_overview = canvas.shown.scene.zone == Zone::Overview;
    if response.double_clicked() && !is_overview && lines::flows_at(canvas, pos).is_empty() {
        actions.push(Action::AddSystem(Some(card_around(canvas.plan(pos)))));
    } else if response.clicked() && session.tool == Tool::System {
        actions.push(Action::AddSystem(Some(card_around(canvas.plan(pos)))));
        actions.push(Action::UseTool(Tool::Select));
    } else if response.clicked() || response.secondary_clicked() {
        click(ui, canvas, pos, actions);
    }
    box_select(ui, canvas, response, pos, actions);
    if matches!(session.tool, Tool::System | Tool::Area) && response.hovered() {
        ui.ctx().set_cursor_icon(egui::CursorIcon::Crosshair);
    }
}

fn click(ui: &Ui, canvas: &Canvas<'_>, pos: Pos2, actions: &mut Actions) {
    let flows: Vec<_> = lines::flows_at(canvas, pos).iter().cloned().map(Subject::Flow).collect();
    let adds = ui.input(|input| input.modifiers.shift || input.modifiers.command);
    if adds {
        actions.extend(flows.into_iter().map(Action::ToggleSelected));
    } else {
        actions.push(Action::Select(flows));
    }
}

fn box_select(ui: &Ui, canvas: &Canvas<'_>, response: &Response, pos: Pos2, actions: &mut Actions) {
    if response.drag_started_by(PointerButton::Primary) {
        let start = ui.input(|input| input.pointer.press_origin()).unwrap_or(pos);
        let start_in_plan = canvas.plan(start);
        let gesture = Gesture::Box { start_in_plan, end_in_plan: canvas.plan(pos) };
        actions.push(Action::SetGesture(Some(gesture)));
    } else if let Some(Gesture::Box { start_in_plan, .. }) = &canvas.shown.session.gesture {
        let end_in_plan = canvas.plan(pos);
        if response.drag_stopped() {
            let chosen = Rect::from_two_pos(*start_in_plan, end_in_plan);
            let selection = in_box(canvas, chosen, ui.input(|input| input.modifiers.shift));
            let makes_an_area = canvas.shown.session.tool == Tool::Area && !selection.is_empty();
            actions.extend([Action::Select(selection), Action::SetGesture(None)]);
            if makes_an_area {
                let dialog = Dialog::Area { query: String::new() };
                actions.extend([Action::UseTool(Tool::Select), Action::SetDialog(Some(dialog))]);
            }
        } else if response.dragged() {
            let gesture = Gesture::Box { start_in_plan: *start_in_plan, end_in_plan };
            actions.push(Action::SetGesture(Some(gesture)));
        }
    }
}

/// The systems whose cards touch a box, added to the selection or in its place.
fn in_box(canvas: &Canvas<'_>, chosen: Rect, adds: bool) -> Vec<Subject> {
    let shown = canvas.shown;
    let mut selection = if adds { shown.session.selection.clone() } else { Vec::new() };
    let known: HashSet<SystemId> = shown.session.selected_systems().filter(|_| adds).cloned().collect();
    let touched = shown.sketch.systems_in(chosen).map(|place| &shown.scene.cards[place].id);
    let new = touched.filter(|id: &&SystemId| shown.plan.systems.contains_key(*id) && !known.contains(*id));
    selection.extend(new.cloned().map(Subject::System));
    selection
}

fn card_around(pos_in_plan: Pos2) -> Position {
    Position(pos_in_plan.x.round() as i32 - CARD_WIDTH / 2, pos_in_plan.y.round() as i32 - CARD_HEIGHT / 2)
}

/// The box that selects, the line of a flow that is being drawn.
pub(super) fn preview_ui(ui: &Ui, canvas: &Canvas<'_>) {
    let colour = theme::colour(ui, Role::Accent);
    match &canvas.shown.session.gesture {
        Some(Gesture::Box { start_in_plan, end_in_plan }) => {
            let rect = canvas.screen(Rect::from_two_pos(*start_in_plan, *end_in_plan));
            ui.painter().rect(
                rect,
                2.0,
                colour.gamma_multiply(0.12),
                Stroke::new(1.0, colour),
                StrokeKind::Inside,
            );
        }
        Some(Gesture::Connect { from, pos_in_plan }) => {
            let Some(card) = canvas.shown.scene.card(from) else { return };
            let start = pos2(card.rect.centre().x as f32, card.rect.centre().y as f32);
            let ends = [start, *pos_in_plan].map(|pos| canvas.camera.screen_from_plan(canvas.rect, pos));
            ui.painter().line_segment(ends, Stroke::new(2.0, colour));
            ui.painter().circle_filled(ends[1], 4.0, colour);
            let target = canvas.system_at(ends[1]).filter(|to| *to != from);
            if let Some(card) = target.and_then(|to| canvas.shown.scene.card(to)) {
                let rect = canvas.card_on_screen(card).expand(3.0);
                ui.painter().rect_stroke(rect, 8.0, Stroke::new(2.0, colour), StrokeKind::Middle);
            }
        }
        _ => {}
    }
}
