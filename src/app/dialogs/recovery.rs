//! Work that was not saved when the program ended.

use std::time::SystemTime;

use egui::{Frame, Stroke, Ui};
use lucide_icons::Icon;

use crate::scene::Role;
use crate::scene::text::Weight;

use super::super::action::{Action, Actions};
use super::super::comparing::Comparing;
use super::super::keeping::{Ago, FoundWork, Keeping, file_name};
use super::super::shown::Shown;
use super::super::theme;
use super::changed::difference_ui;
use super::notice::{button_ui, list_area, title_ui};

pub(super) fn recovery_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions) {
    ui.set_width(560.0);
    title_ui(ui, Icon::History, Role::Accent, "Recover unsaved work?");
    ui.label("The program ended before this was saved. What you drop stays among the earlier versions.");
    ui.add_space(6.0);
    let now = SystemTime::now();
    list_area(ui, 480.0).show(ui, |ui| {
        for (place, (_, work)) in shown.keeper.recoveries.iter().enumerate() {
            let stroke = Stroke::new(1.0, theme::colour(ui, Role::CardBorder));
            Frame::new().stroke(stroke).corner_radius(6).inner_margin(10).show(ui, |ui| {
                ui.set_width(ui.available_width());
                work_ui(ui, shown, (place, work), now, actions);
            });
        }
    });
    ui.add_space(6.0);
    if button_ui(ui, "Later", "It is offered again at the next start, and under File") {
        actions.push(Action::SetDialog(None));
    }
}

fn work_ui(
    ui: &mut Ui,
    shown: &Shown<'_>,
    (place, work): (usize, &FoundWork),
    now: SystemTime,
    actions: &mut Actions,
) {
    let file = work.path.as_deref().map(file_name);
    let title = file.as_deref().unwrap_or(&work.name);
    ui.label(theme::text(title, Weight::SemiBold, 13.0));
    let steps = match work.steps {
        1 => "1 step".to_owned(),
        count => format!("{count} steps"),
    };
    let ago = Ago::since(work.modified, now);
    ui.label(format!("{steps}, the last one {ago}: {}", work.label));
    if work.has_file_changed {
        let words = "The file was changed since. Saving will ask, and can merge both.";
        ui.label(egui::RichText::new(words).color(theme::colour(ui, Role::Warning)));
    }
    let against = if work.path.is_some() { "Against the file as it is now" } else { "What it holds" };
    ui.push_id(place, |ui| difference_ui(ui, against, &work.words));
    if let Some(path) = &work.path {
        super::changed::path_ui(ui, path);
    }
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        let recover = ui.button(egui::RichText::new("Recover").strong());
        let recover = recover.accessible_name(format!("Recover {title}"));
        if place == 0 && ui.memory(|memory| memory.focused().is_none()) {
            recover.request_focus();
        }
        if recover.clicked() {
            actions.push(Action::Keep(Keeping::Recover(place)));
        }
        let can_compare = work.path.is_some() && !shown.document.history.is_unsaved();
        let says = "Opens it and shows on the canvas what the file does not have";
        if can_compare {
            let compare = ui.button("Recover and compare").on_hover_text(says);
            if compare.accessible_name(format!("Recover and compare {title}")).clicked() {
                actions.extend([Action::Keep(Keeping::Recover(place)), Action::Comparing(Comparing::Saved)]);
            }
        }
        let drop = ui.button("Drop").on_hover_text("Puts it among the earlier versions");
        if drop.accessible_name(format!("Drop {title}")).clicked() {
            actions.push(Action::Keep(Keeping::Drop(place)));
        }
    });
}
