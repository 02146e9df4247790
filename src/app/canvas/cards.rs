//! The cards as things to click, drag, focus and rename. Each is a widget with a name of its own.

use egui::{Id, Key, Pos2, Rect, Response, Sense, Ui, Vec2, WidgetInfo};

use crate::model::{Disposition, SystemId};
use crate::rules::{Place, Subject};
use crate::scene::{Card, Role, disposition_word, kind_words};

use super::super::action::{Action, Actions};
use super::super::session::{Gesture, Naming, Tool};
use super::super::theme;
use super::super::widgets::keep_arrows;
use super::Canvas;

/// A press this near to the edge of a card draws a flow instead of moving the card, in points on screen.
const EDGE: f32 = 9.0;

/// Below this zoom a card's words are hard to read and shown beside the pointer.
const SMALL: f32 = 0.6;

/// With more cards in view than this, only those that the hand or the keyboard holds are widgets; the outline
/// lists all.
const MOST_WIDGETS: usize = 240;

pub(super) fn cards_ui(ui: &mut Ui, canvas: &Canvas<'_>, actions: &mut Actions) {
    let mut places: Vec<usize> = canvas.shown.sketch.systems_in(canvas.seen()).collect();
    if places.len() > MOST_WIDGETS {
        places = held(ui, canvas);
    }
    for place in places {
        let card = &canvas.shown.scene.cards[place];
        if canvas.shown.plan.systems.contains_key(&card.id) {
            card_ui(ui, canvas, card, canvas.card_on_screen(card), actions);
        }
    }
}

/// The cards under the pointer, where the button was pressed, and with the keyboard.
fn held(ui: &Ui, canvas: &Canvas<'_>) -> Vec<usize> {
    let sketch = canvas.shown.sketch;
    let (hover, origin) = ui.input(|input| (input.pointer.hover_pos(), input.pointer.press_origin()));
    let pointed = [hover, origin].into_iter().flatten().filter(|pos| canvas.rect.contains(*pos));
    let mut places: Vec<usize> = pointed.filter_map(|pos| sketch.system_at(canvas.plan(pos))).collect();
    let focused = ui.memory(egui::Memory::focused);
    let has_focus = |id: &&SystemId| focused == Some(Id::unique(("card", id)));
    let cards = &canvas.shown.scene.cards;
    let focused = canvas.shown.session.selected_systems().take(MOST_WIDGETS).find(has_focus);
    places.extend(focused.and_then(|id| cards.binary_search_by(|card| card.id.cmp(id)).ok()));
    places.sort_unstable();
    places.dedup();
    places
}

fn card_ui(ui: &mut Ui, canvas: &Canvas<'_>, card: &Card, rect: Rect, actions: &mut Actions) {
    let response = ui.interact(rect, Id::unique(("card", &card.id)), Sense::click_and_drag());
    let is_pinned = canvas.shown.plan.drawing.pinned.contains(&card.id);
    let name = format!("Card {}{}", card.name, if is_pinned { ", pinned" } else { "" });
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &name));
    if response.hovered() {
        if canvas.camera.zoom < SMALL {
            let words =
                format!("{} · {} · {}", card.name, kind_words(card.kind), disposition_word(card.disposition));
            response.clone().on_hover_text(words);
        }
        if let Some(words) = super::compared::card_words(canvas, card) {
            response.clone().on_hover_text(words);
        }
        handles_ui(ui, canvas, rect, &response);
    }
    focus(ui, canvas, card, &response, actions);
    click(ui, canvas, card, &response, actions);
    drag(ui, canvas, card, rect, &response, actions);
    response.context_menu(|ui| menu_ui(ui, canvas, card, actions));
}

/// Dots on the edges of the card under the pointer: from here a flow can be drawn.
fn handles_ui(ui: &Ui, canvas: &Canvas<'_>, rect: Rect, response: &Response) {
    let colour = theme::colour(ui, Role::Accent);
    let is_at_edge = response.hover_pos().is_some_and(|pos| is_near_edge(rect, pos));
    if is_at_edge || canvas.shown.session.tool == Tool::Flow {
        ui.ctx().set_cursor_icon(egui::CursorIcon::Crosshair);
    }
    for pos in [rect.left_center(), rect.right_center(), rect.center_top(), rect.center_bottom()] {
        ui.painter().circle_filled(pos, 3.5, colour);
    }
}

fn is_near_edge(rect: Rect, pos: Pos2) -> bool {
    !rect.shrink(EDGE.min(rect.height() / 4.0)).contains(pos)
}

/// A card that the keyboard moved to is selected; arrows move it instead of the focus.
fn focus(ui: &Ui, canvas: &Canvas<'_>, card: &Card, response: &Response, actions: &mut Actions) {
    let subject = Subject::System(card.id.clone());
    if response.gained_focus() && !canvas.shown.session.is_selected(&subject) {
        actions.push(Action::Select(vec![subject]));
    }
    if response.has_focus() {
        keep_arrows(ui, response.id);
        if ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::Enter)) {
            actions.push(rename(card));
        }
    }
}

fn rename(card: &Card) -> Action {
    Action::SetNaming(Some(Naming::System { id: card.id.clone(), name: card.name.clone() }))
}

fn click(ui: &Ui, canvas: &Canvas<'_>, card: &Card, response: &Response, actions: &mut Actions) {
    let subject = Subject::System(card.id.clone());
    if response.double_clicked() {
        actions.push(rename(card));
    } else if response.clicked() && ui.input(|input| input.modifiers.shift || input.modifiers.command) {
        actions.push(Action::ToggleSelected(subject));
    } else if response.clicked()
        || response.secondary_clicked() && !canvas.shown.session.is_selected(&subject)
    {
        actions.push(Action::Select(vec![subject]));
    }
    if response.clicked() {
        response.request_focus();
    }
}

fn drag(ui: &Ui, canvas: &Canvas<'_>, card: &Card, rect: Rect, response: &Response, actions: &mut Actions) {
    let session = canvas.shown.session;
    let Some(pos) = response.interact_pointer_pos() else { return };
    if response.drag_started_by(egui::PointerButton::Primary) {
        let origin = ui.input(|input| input.pointer.press_origin()).unwrap_or(pos);
        let connects = session.tool == Tool::Flow
            || is_near_edge(rect, origin)
            || ui.input(|input| input.modifiers.command);
        if connects {
            let gesture = Gesture::Connect { from: card.id.clone(), pos_in_plan: canvas.plan(pos) };
            actions.push(Action::SetGesture(Some(gesture)));
            return;
        }
        let subject = Subject::System(card.id.clone());
        if !session.is_selected(&subject) {
            actions.push(Action::Select(vec![subject]));
        }
        actions.push(Action::SetGesture(Some(Gesture::Move(Vec2::ZERO))));
    } else if response.drag_stopped() {
        finish(canvas, pos, actions);
    } else if response.dragged() {
        match &session.gesture {
            Some(Gesture::Move(_)) => {
                let origin = ui.input(|input| input.pointer.press_origin()).unwrap_or(pos);
                let by = (pos - origin) / canvas.camera.zoom;
                actions.push(Action::SetGesture(Some(Gesture::Move(by))));
            }
            Some(Gesture::Connect { from, .. }) => {
                let gesture = Gesture::Connect { from: from.clone(), pos_in_plan: canvas.plan(pos) };
                actions.push(Action::SetGesture(Some(gesture)));
            }
            _ => {}
        }
    }
}

/// On release the gesture becomes one step.
pub(super) fn finish(canvas: &Canvas<'_>, pos: Pos2, actions: &mut Actions) {
    match &canvas.shown.session.gesture {
        Some(Gesture::Move(by)) => {
            let whole = (by.x.round() as i32, by.y.round() as i32);
            actions.extend([Action::EndMerging, Action::Nudge(whole.0, whole.1), Action::EndMerging]);
        }
        Some(Gesture::Connect { from, .. }) => actions.push(match canvas.system_at(pos) {
            Some(to) => Action::Connect { from: from.clone(), to: to.clone(), via: None },
            None => Action::SetDialog(Some(super::super::session::Dialog::Connect {
                from: from.clone(),
                via: None,
                query: String::new(),
            })),
        }),
        _ => {}
    }
    actions.push(Action::SetGesture(None));
}

fn menu_ui(ui: &mut Ui, canvas: &Canvas<'_>, card: &Card, actions: &mut Actions) {
    ui.set_min_width(170.0);
    let mut item = |ui: &mut Ui, label: &str, action: Action| {
        if ui.button(label).clicked() {
            actions.push(action);
            ui.close();
        }
    };
    for disposition in Disposition::ALL {
        item(ui, disposition_word(*disposition), Action::SetDisposition(*disposition));
    }
    ui.separator();
    if canvas.shown.knowledge.recommendations.contains_key(&card.id) {
        item(ui, "Ask the questions…", Action::OpenPlace(Place::Questions(card.id.clone())));
    }
    let connect =
        super::super::session::Dialog::Connect { from: card.id.clone(), via: None, query: String::new() };
    item(ui, "Connect to…", Action::SetDialog(Some(connect)));
    item(ui, "Rename", rename(card));
    item(ui, "Duplicate", Action::DuplicateSelected);
    let is_pinned = canvas.shown.plan.drawing.pinned.contains(&card.id);
    item(ui, if is_pinned { "Unpin" } else { "Pin" }, Action::SetPinned(!is_pinned));
    item(ui, "Delete", Action::DeleteSelected);
}
