//! Questions and notices: unsaved changes, a path to type, a problem, shortcuts.

use std::path::PathBuf;

use egui::text::{CCursor, CCursorRange};
use egui::{Grid, Key, Modifiers, RichText, ScrollArea, TextEdit, Ui};

use crate::scene::Role;
use crate::scene::text::Weight;

use super::super::action::{Action, Actions};
use super::super::commands;
use super::super::comparing::Comparing;
use super::super::session::{Dialog, PathPurpose};
use super::super::shown::Shown;
use super::super::theme;

/// What a dialog is about, with an icon.
pub(super) fn title_ui(ui: &mut Ui, icon: lucide_icons::Icon, role: Role, title: &str) {
    ui.horizontal(|ui| {
        ui.label(theme::icon(icon, 18.0).color(theme::colour(ui, role)));
        ui.label(theme::text(title, Weight::SemiBold, 15.0));
    });
    ui.add_space(2.0);
}

/// A list as high as what it holds, up to so many points and to what the window has beside the rest of a
/// dialog. Without the least height it would take several frames to grow.
pub(super) fn list_area(ui: &Ui, most: f32) -> ScrollArea {
    const REST_OF_DIALOG: f32 = 220.0;
    let height = (ui.ctx().content_rect().height() - REST_OF_DIALOG).clamp(80.0, most);
    ScrollArea::vertical().max_height(height).min_scrolled_height(height)
}

/// The button that Enter presses; returns whether it was.
pub(super) fn first_button_ui(ui: &mut Ui, words: &str) -> bool {
    let button = ui.button(RichText::new(words).strong());
    if ui.memory(|memory| memory.focused().is_none()) {
        button.request_focus();
    }
    button.clicked()
}

/// Another button, and what it does; returns whether it was pressed.
pub(super) fn button_ui(ui: &mut Ui, words: &str, says: &str) -> bool {
    ui.button(words).on_hover_text(says).clicked()
}

pub(super) fn unsaved_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions) {
    ui.set_width(380.0);
    let title = format!("Save the changes to {}?", shown.document.title());
    ui.label(theme::text(title, Weight::SemiBold, 15.0));
    ui.label(if shown.keeper.state.is_some() {
        "Without saving, your work stays among the earlier versions."
    } else {
        "What is not saved is lost."
    });
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let save = ui.button(RichText::new("Save").strong());
        if ui.memory(|memory| memory.focused().is_none()) {
            save.request_focus();
        }
        if save.clicked() {
            actions.push(Action::SaveAndGoOn);
        }
        if ui.button("Don't save").clicked() {
            actions.push(Action::Discard);
        }
        if ui.button("Cancel").clicked() {
            actions.push(Action::SetDialog(None));
        }
    });
}

pub(super) fn dropped_ui(ui: &mut Ui, shown: &Shown<'_>, path: &std::path::Path, actions: &mut Actions) {
    ui.set_width(420.0);
    let name = super::super::keeping::file_name(path);
    title_ui(ui, lucide_icons::Icon::FileInput, Role::Accent, &format!("What to do with {name}?"));
    ui.label(format!(
        "{} is open. With Shift held, a dropped file is compared at once.",
        shown.document.title()
    ));
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        if first_button_ui(ui, "Compare") {
            actions.push(Action::Comparing(Comparing::File(path.to_owned())));
        }
        if button_ui(ui, "Open", "In the place of the open plan") {
            actions.extend([Action::SetDialog(None), Action::Open(path.to_owned())]);
        }
        if ui.button("Cancel").clicked() {
            actions.push(Action::SetDialog(None));
        }
    });
}

pub(super) fn path_ui(ui: &mut Ui, purpose: PathPurpose, path: &str, actions: &mut Actions) {
    ui.set_width(520.0);
    let (title, word) = match purpose {
        PathPurpose::Open => ("Open a plan", "Open"),
        PathPurpose::Compare => ("Compare with a plan", "Compare"),
        PathPurpose::Save => ("Save the plan as", "Save"),
        PathPurpose::Export(_) => ("Export to", "Export"),
    };
    ui.label(theme::text(title, Weight::SemiBold, 15.0));
    let mut typed = path.to_owned();
    let enters = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    let end = CCursorRange::one(CCursor::new(typed.chars().count()));
    let mut output = TextEdit::singleline(&mut typed).desired_width(f32::INFINITY).show(ui);
    let field = &output.response;
    field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Path"));
    if ui.memory(|memory| memory.focused().is_none()) {
        field.request_focus();
        output.state.cursor.set_char_range(Some(end));
        output.state.store(ui.ctx(), field.id);
    }
    if typed != path {
        actions.push(Action::SetDialog(Some(Dialog::Path { purpose, path: typed.clone() })));
    }
    let file = PathBuf::from(typed.trim());
    if !matches!(purpose, PathPurpose::Open | PathPurpose::Compare) && file.exists() {
        let warning = match purpose {
            PathPurpose::Save => "There is a file of that name; you are asked before it is replaced.",
            _ => "This file exists and will be replaced.",
        };
        ui.label(RichText::new(warning).color(theme::colour(ui, Role::Warning)));
    }
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        if (ui.button(RichText::new(word).strong()).clicked() || enters) && !typed.trim().is_empty() {
            actions.push(Action::UsePath(purpose, file));
        }
        if ui.button("Cancel").clicked() {
            actions.push(Action::SetDialog(None));
        }
    });
}

pub(super) fn problem_ui(ui: &mut Ui, sentence: &str, actions: &mut Actions) {
    ui.set_width(520.0);
    ui.horizontal(|ui| {
        let colour = theme::colour(ui, Role::Error);
        ui.label(theme::icon(lucide_icons::Icon::CircleAlert, 18.0).color(colour));
        ui.label(theme::text("This did not work", Weight::SemiBold, 15.0));
    });
    ui.add_space(4.0);
    ui.add(egui::Label::new(sentence).wrap().selectable(true));
    ui.add_space(8.0);
    let close = ui.button("Close");
    if ui.memory(|memory| memory.focused().is_none()) {
        close.request_focus();
    }
    if close.clicked() {
        actions.push(Action::SetDialog(None));
    }
}

pub(super) fn shortcuts_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions) {
    ui.set_width(520.0);
    ui.label(theme::text("Keyboard shortcuts", Weight::SemiBold, 15.0));
    ScrollArea::vertical().max_height(460.0).show(ui, |ui| {
        Grid::new("shortcuts").num_columns(3).striped(true).spacing([18.0, 4.0]).show(ui, |ui| {
            for command in commands::all().filter(|command| !command.keys.is_empty()) {
                ui.label(RichText::new(command.menu.title()).color(theme::colour(ui, Role::TextMuted)));
                ui.label(command.title_now(shown));
                let keys: Vec<_> =
                    command.keys.iter().map(|keys| commands::keys_text(ui.ctx(), *keys)).collect();
                ui.label(keys.join("  ·  "));
                ui.end_row();
            }
        });
    });
    if ui.button("Close").clicked() {
        actions.push(Action::SetDialog(None));
    }
}
