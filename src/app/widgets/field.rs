//! Fields to type in. They edit a copy: what can be understood is handed back while it is typed, what
//! cannot stays in the field with a red frame and the reason, and changes nothing.

use egui::{Id, Response, Stroke, StrokeKind, TextEdit, Ui};

use crate::scene::Role;

use super::super::action::{Action, Actions};
use super::super::theme;

/// What came of a field in this frame.
pub struct Typed<T> {
    /// What was typed, if it changed and can be understood.
    pub value: Option<T>,
    /// The field.
    pub response: Response,
}

/// A line of text that must be understood.
pub fn parsed_ui<T>(
    ui: &mut Ui,
    id: Id,
    text: &str,
    hint: &str,
    parse: impl Fn(&str) -> Result<T, String>,
) -> Typed<T> {
    let refused: Option<String> = ui.data(|data| data.get_temp(id));
    let reason = refused.as_deref().and_then(|text| parse(text).err());
    let mut typed = refused.unwrap_or_else(|| text.to_owned());
    ui.vertical(|ui| {
        let width = ui.available_width();
        let edit = TextEdit::singleline(&mut typed).id(id).hint_text(hint.to_owned()).desired_width(width);
        let response = ui.add(edit);
        if let Some(reason) = reason {
            let red = theme::colour(ui, Role::Error);
            ui.painter().rect_stroke(response.rect, 5.0, Stroke::new(1.5, red), StrokeKind::Inside);
            ui.label(egui::RichText::new(reason).small().color(red));
        }
        let value = if response.changed() { take_or_keep(ui, id, &typed, parse) } else { None };
        if response.lost_focus() {
            ui.data_mut(|data| data.remove_temp::<String>(id));
        }
        Typed { value, response }
    })
    .inner
}

/// What was typed, if it can be understood; else the field keeps it.
fn take_or_keep<T>(ui: &Ui, id: Id, typed: &str, parse: impl Fn(&str) -> Result<T, String>) -> Option<T> {
    let parsed = parse(typed).ok();
    ui.data_mut(|data| {
        if parsed.is_some() {
            data.remove_temp::<String>(id);
        } else {
            data.insert_temp(id, typed.to_owned());
        }
    });
    parsed
}

/// A line of any text.
pub fn text_ui(ui: &mut Ui, id: Id, text: &str, hint: &str) -> Typed<String> {
    parsed_ui(ui, id, text, hint, |text| Ok(text.to_owned()))
}

/// Several lines of any text.
pub fn notes_ui(ui: &mut Ui, id: Id, text: &str) -> Typed<String> {
    let mut typed = text.to_owned();
    let width = ui.available_width();
    let edit = TextEdit::multiline(&mut typed).id(id).desired_rows(3).desired_width(width);
    let response = ui.add(edit.hint_text("Anything that people should know"));
    Typed { value: response.changed().then_some(typed), response }
}

/// When the keyboard leaves a field, the next letter is another step.
pub fn end_of_typing(response: &Response, actions: &mut Actions) {
    if response.lost_focus() {
        actions.push(Action::EndMerging);
    }
}
