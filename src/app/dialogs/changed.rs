//! Files that hold something else than expected: changed by others, there already, half merged.

use egui::{Label, RichText, Ui};
use lucide_icons::Icon;

use crate::scene::Role;
use crate::scene::text::Weight;

use super::super::action::{Action, Actions};
use super::super::keeping::{FromMarkers, Keeping, Occupied, Outside, Sibling, file_name};
use super::super::session::Dialog;
use super::super::shown::Shown;
use super::super::theme;
use super::super::widgets::muted;
use super::notice::{button_ui, first_button_ui, list_area, title_ui};

pub(super) fn changed_ui(ui: &mut Ui, shown: &Shown<'_>, outside: &Outside, actions: &mut Actions) {
    ui.set_width(560.0);
    title_ui(
        ui,
        Icon::FilePen,
        Role::Warning,
        &format!("{} was changed elsewhere", file_name(&outside.path)),
    );
    let opening = if outside.stopped_a_save {
        "The plan was not saved, because another program or person changed its file meanwhile."
    } else {
        "Another program or person changed the file, and you have changes that are not saved."
    };
    ui.label(opening);
    match &outside.plan {
        Ok(_) => {
            let words = "Merging keeps what both of you did and asks where you differ. It is one step, Ctrl Z takes \
                         it back.";
            ui.label(muted(ui, words));
        }
        Err(reason) => {
            ui.add(Label::new(format!("What it holds now cannot be read: {reason}")).wrap());
        }
    }
    ui.add_space(8.0);
    if outside.is_merging {
        ui.horizontal(|ui| {
            ui.spinner();
            ui.label("Merging…");
            if button_ui(ui, "Cancel", "Nothing is changed; saving asks again") {
                actions.push(Action::SetDialog(None));
            }
        });
    } else {
        ui.horizontal_wrapped(|ui| answers_ui(ui, outside, actions));
    }
    comparison_ui(ui, shown, "In the file, against your plan");
    path_ui(ui, &outside.path);
}

fn answers_ui(ui: &mut Ui, outside: &Outside, actions: &mut Actions) {
    let keep = |keeping| Action::Keep(keeping);
    if let Ok(plan) = &outside.plan {
        if first_button_ui(ui, "Merge") {
            actions.push(keep(Keeping::MergeChanged));
        }
        if button_ui(ui, "Compare", "What is different in the file") {
            actions.push(keep(Keeping::CompareChanged));
        }
        let says = "Both plans on the canvas, and what is different; the question comes back when you save";
        if button_ui(ui, "Show on the canvas", says) {
            let name = format!("{} as changed elsewhere", file_name(&outside.path));
            actions.push(Action::Compare { with: std::sync::Arc::clone(plan), name });
        }
        if button_ui(ui, "Read again", "Takes the file in the place of your work; Ctrl Z brings it back") {
            actions.push(keep(Keeping::Reload));
        }
    }
    if button_ui(ui, "Keep mine", "Saving replaces what is there, which stays among the earlier versions") {
        actions.push(keep(Keeping::KeepMine));
    }
    if button_ui(ui, "Save as…", "Keeps both, each in a file") {
        actions.extend([Action::SetDialog(None), Action::AskSaveAs]);
    }
    if button_ui(ui, "Later", "Nothing is changed; saving asks again") {
        actions.push(Action::SetDialog(None));
    }
}

pub(super) fn occupied_ui(ui: &mut Ui, occupied: &Occupied, actions: &mut Actions) {
    ui.set_width(480.0);
    let path = &occupied.save.path;
    title_ui(ui, Icon::TriangleAlert, Role::Warning, &format!("Replace {}?", file_name(path)));
    match &occupied.holds {
        Ok(words) => {
            ui.label(format!("There is a file of that name. {words}"));
            ui.label(muted(ui, "What is replaced stays among the earlier versions of that file."));
        }
        Err(reason) => {
            let words = format!(
                "There is a file of that name that cannot be read, so that it is not replaced: {reason}"
            );
            ui.add(Label::new(words).wrap());
        }
    }
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        if first_button_ui(ui, "Another name…") {
            actions.push(Action::SetDialog(None));
            actions.push(if occupied.save.moves_document {
                Action::AskSaveAs
            } else {
                let sibling = Sibling { is_variant: false, name: String::new() };
                Action::SetDialog(Some(Dialog::Sibling(sibling)))
            });
        }
        if occupied.holds.is_ok() && ui.button("Replace").clicked() {
            actions.push(Action::Keep(Keeping::Replace(Box::new(occupied.clone()))));
        }
        if ui.button("Cancel").clicked() {
            actions.push(Action::SetDialog(None));
        }
    });
    path_ui(ui, path);
}

pub(super) fn markers_ui(ui: &mut Ui, sides: &FromMarkers, actions: &mut Actions) {
    ui.set_width(520.0);
    title_ui(ui, Icon::GitMerge, Role::Warning, &format!("{} is half merged", file_name(&sides.path)));
    ui.label("It has conflict markers (<<<<<<<) from a merge by line. Both sides can be merged by meaning instead.");
    let left = match sides.merged.conflicts.len() {
        0 => "Nothing is left to decide.".to_owned(),
        1 => "1 conflict is left to decide.".to_owned(),
        count => format!("{count} conflicts are left to decide."),
    };
    ui.label(RichText::new(left).strong());
    if !sides.has_base {
        ui.label(muted(
            ui,
            "The markers do not say what both sides started from: what one of them deleted in a conflict is back.",
        ));
    }
    if sides.is_from_git {
        ui.label(muted(
            ui,
            "Base, ours and theirs are what git merged; what somebody changed in the file since is not among them.",
        ));
    }
    ui.label(muted(ui, "The file stays as it is until you save."));
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        if first_button_ui(ui, "Merge by meaning") {
            actions.push(Action::Keep(Keeping::OpenMerged(Box::new(sides.clone()))));
        }
        if ui.button("Cancel").clicked() {
            actions.push(Action::SetDialog(None));
        }
    });
    path_ui(ui, &sides.path);
}

/// The path of the file that a dialog is about, last.
pub(super) fn path_ui(ui: &mut Ui, path: &std::path::Path) {
    ui.add_space(6.0);
    ui.add(Label::new(muted(ui, path.display().to_string())).wrap().selectable(true));
}

/// What two plans differ in, as soon as it is known.
pub(super) fn comparison_ui(ui: &mut Ui, shown: &Shown<'_>, title: &str) {
    let Some(comparison) = &shown.session.comparison else { return };
    ui.add_space(8.0);
    match &comparison.words {
        Some(words) => difference_ui(ui, title, words),
        None => {
            ui.horizontal(|ui| {
                ui.spinner();
                ui.label(muted(ui, "Comparing…"));
            });
        }
    }
}

/// A difference in words: what comes is green, what goes is red, each with its sign.
pub(super) fn difference_ui(ui: &mut Ui, title: &str, words: &str) {
    ui.label(muted(ui, title));
    let frame = egui::Frame::new().fill(theme::colour(ui, Role::Canvas)).corner_radius(5).inner_margin(8);
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        list_area(ui, 190.0).id_salt(title).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.spacing_mut().interact_size.y = 0.0;
            for line in words.lines() {
                line_ui(ui, line);
            }
        });
    });
}

fn line_ui(ui: &mut Ui, line: &str) {
    // Columns are for terminals, where all letters have one width.
    let words: Vec<_> = line.split_whitespace().collect();
    let role = match words.first() {
        Some(&"+") => Role::New,
        Some(&"-") => Role::Error,
        _ => Role::Text,
    };
    let indent = line.len() - line.trim_start().len();
    let weight = if indent == 0 { Weight::SemiBold } else { Weight::Regular };
    let text = theme::text(words.join(" "), weight, 12.0).color(theme::colour(ui, role));
    ui.horizontal(|ui| {
        ui.add_space(indent as f32 * 4.0);
        ui.add(Label::new(text).wrap());
    });
}
