//! The text field in which a system or an area is named or renamed, where it is drawn.

use egui::text::{CCursor, CCursorRange};
use egui::{Id, TextEdit, Ui, vec2};

use crate::model::Position;
use crate::scene::text::Weight;
use crate::scene::{CARD_WIDTH, Role};

use super::super::action::{Action, Actions};
use super::super::session::Naming;
use super::super::theme;
use super::Canvas;

pub(super) fn naming_ui(ui: &mut Ui, canvas: &Canvas<'_>, actions: &mut Actions) {
    let Some(naming) = &canvas.shown.session.naming else { return };
    let (at, name) = match naming {
        Naming::New { at, name } => (*at, name),
        Naming::System { id, name } => {
            let Some(card) = canvas.shown.scene.card(id) else { return };
            (Position(card.rect.x, card.rect.y), name)
        }
        Naming::Area { id, name } => {
            let Some(area) = canvas.shown.scene.areas.iter().find(|area| area.id == *id) else { return };
            (Position(area.rect.x, area.rect.y), name)
        }
    };
    let corner = canvas.camera.screen_from_plan(canvas.rect, egui::pos2(at.0 as f32, at.1 as f32));
    let width = (CARD_WIDTH as f32 * canvas.camera.zoom).max(CARD_WIDTH as f32);
    let mut text = name.clone();
    let words = match naming {
        Naming::Area { .. } => "Name of the area",
        Naming::New { .. } | Naming::System { .. } => "Name of the system",
    };
    let area = egui::Area::new(Id::unique("naming")).fixed_pos(corner).order(egui::Order::Foreground);
    area.show(ui.ctx(), |ui| {
        let frame =
            egui::Frame::popup(ui.style()).stroke(egui::Stroke::new(2.0, theme::colour(ui, Role::Selection)));
        frame.show(ui, |ui| field_ui(ui, &mut text, words, width, actions));
    });
    if text != *name {
        let naming = match naming {
            Naming::New { at, .. } => Naming::New { at: *at, name: text },
            Naming::System { id, .. } => Naming::System { id: id.clone(), name: text },
            Naming::Area { id, .. } => Naming::Area { id: id.clone(), name: text },
        };
        // Before what ends the naming, so that the last letter counts.
        actions.insert(0, Action::SetNaming(Some(naming)));
    }
}

fn field_ui(ui: &mut Ui, text: &mut String, words: &str, width: f32, actions: &mut Actions) {
    let id = Id::unique("naming field");
    let is_new = ui.memory(|memory| !memory.has_focus(id)) && TextEdit::load_state(ui.ctx(), id).is_none();
    let mut typed = std::mem::take(text);
    let field = TextEdit::singleline(&mut typed)
        .id(id)
        .font(egui::FontId::new(13.0, theme::family(Weight::SemiBold)))
        .hint_text(words.to_owned())
        .desired_width(width - 24.0);
    let mut output = field.show(ui);
    *text = typed;
    let response = &output.response;
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, words));
    if is_new {
        response.request_focus();
        // What was typed before the field could take it.
        ui.input(|input| {
            for event in &input.events {
                if let egui::Event::Text(typed) = event {
                    text.push_str(typed);
                }
            }
        });
        let all = CCursorRange::two(CCursor::new(0), CCursor::new(text.chars().count()));
        output.state.cursor.set_char_range(Some(all));
        output.state.store(ui.ctx(), id);
    } else if response.lost_focus() || !response.has_focus() && !ui.memory(|memory| memory.has_focus(id)) {
        actions.push(Action::EnterName);
        ui.ctx().data_mut(|data| data.remove::<egui::text_edit::TextEditState>(id));
    }
    ui.allocate_space(vec2(0.0, 0.0));
}
