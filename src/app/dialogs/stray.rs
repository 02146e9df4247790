//! Files that interrupted saves left beside the plan: a line that says so once, and which they are.

use std::path::Path;
use std::time::SystemTime;

use egui::{RichText, Ui};
use lucide_icons::Icon;

use crate::scene::Role;
use crate::scene::text::Weight;

use super::super::action::{Action, Actions};
use super::super::keeping::{Ago, Keeping, file_name, size_words};
use super::super::session::Dialog;
use super::super::shown::Shown;
use super::super::theme;
use super::super::widgets::muted;
use super::changed::path_ui;
use super::notice::{first_button_ui, list_area, title_ui};

/// One line: what lies there, and what can be done about it.
pub fn strays_bar_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions) {
    ui.horizontal(|ui| {
        ui.label(theme::icon(Icon::Trash2, 14.0).color(theme::colour(ui, Role::Accent)));
        let words = format!("{} beside this plan", files_words(shown.keeper.strays.len()));
        ui.label(theme::text(words, Weight::SemiBold, 12.5));
        ui.label(muted(ui, "from saves that were interrupted long ago"));
        if ui.button(theme::text("Show…", Weight::Medium, 12.0)).clicked() {
            actions.push(Action::SetDialog(Some(Dialog::Strays)));
        }
        if ui.button(theme::text("Leave them", Weight::Medium, 12.0)).clicked() {
            actions.push(Action::Keep(Keeping::LeaveStrays));
        }
    });
}

/// Which they are, and the button that removes them.
pub(super) fn strays_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions) {
    ui.set_width(480.0);
    let files = &shown.keeper.strays;
    title_ui(ui, Icon::Trash2, Role::Accent, &format!("Remove {}?", files_words(files.len())));
    ui.label("The program or the power went while a plan was being saved. The plan itself is whole; these files hold what was on its way and are not used any more.");
    ui.add_space(4.0);
    let now = SystemTime::now();
    list_area(ui, 200.0).show(ui, |ui| {
        for file in files {
            let (ago, size) = (Ago::since(file.modified, now), size_words(file.size));
            ui.horizontal(|ui| {
                ui.label(file_name(&file.path));
                ui.label(muted(ui, format!("{ago}, {size}")));
            });
        }
    });
    if let Some(folder) = files.first().and_then(|file| file.path.parent()) {
        path_ui(ui, Path::new(folder));
    }
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        if ui.button(RichText::new("Remove").strong()).clicked() {
            actions.push(Action::Keep(Keeping::RemoveStrays));
        }
        if first_button_ui(ui, "Leave them") {
            actions.extend([Action::SetDialog(None), Action::Keep(Keeping::LeaveStrays)]);
        }
    });
}

fn files_words(count: usize) -> String {
    if count == 1 { "1 left-over file".to_owned() } else { format!("{count} left-over files") }
}
