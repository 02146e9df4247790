//! Earlier versions of the plan, and names for versions and variants.

use std::path::Path;

use egui::{Key, Modifiers, RichText, TextEdit, Ui};
use lucide_icons::Icon;

use crate::edit::Edit;
use crate::plan_file::{OldVersion, path_of_named_version};
use crate::scene::Role;

use super::super::action::{Action, Actions};
use super::super::keeping::{Ago, Keeping, Sibling, VersionList, file_name, size_words};
use super::super::session::Dialog;
use super::super::shown::Shown;
use super::super::theme;
use super::super::widgets::{Word, list_row_ui, muted, paint_word};
use super::changed::comparison_ui;
use super::notice::{button_ui, list_area, title_ui};

/// How far what was kept begins from the left of a row, and its size, in points.
const COLUMNS: [f32; 2] = [170.0, 420.0];

pub(super) fn versions_ui(ui: &mut Ui, shown: &Shown<'_>, list: &VersionList, actions: &mut Actions) {
    ui.set_width(560.0);
    title_ui(ui, Icon::History, Role::Accent, &format!("Versions of {}", shown.document.title()));
    if list.versions.is_empty() {
        ui.label("None yet. Each save keeps the version before it: the newest twenty, up to 50 MB.");
    } else {
        ui.label(muted(ui, "Choose one to see what taking it would change."));
    }
    list_area(ui, 200.0).id_salt("versions").show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for version in &list.versions {
            if version_row_ui(ui, list, version) {
                actions.push(Action::Keep(Keeping::LookAt(version.clone())));
            }
        }
    });
    comparison_ui(ui, shown, "In that version, against the plan as it is now");
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let chosen = list.versions.iter().find(|version| Some(version.number) == list.chosen);
        let plan = shown.session.comparison.as_ref().and_then(|comparison| comparison.plan.as_ref());
        let button = egui::Button::new(RichText::new("Take this version").strong());
        let button = ui.add_enabled(plan.is_some(), button);
        let button = button.on_hover_text("One step, Ctrl Z takes it back");
        if let (true, Some(plan), Some(version)) = (button.clicked(), plan, chosen) {
            let label = format!("Take the version of {}", Ago::since(version.modified, list.now));
            let edits = vec![Edit::Plan(Box::new(crate::model::Plan::clone(plan)))];
            actions.push(Action::SetDialog(None));
            actions.push(Action::Commit { label: label.clone(), merge_key: None, edits });
            actions.push(Action::Say(format!("{label} · Ctrl Z takes it back")));
        }
        let show = ui.add_enabled(plan.is_some(), egui::Button::new("Show on the canvas"));
        let show = show.on_hover_text("Both plans on the canvas, and what is different");
        if let (true, Some(plan), Some(version)) = (show.clicked(), plan, chosen) {
            let name = format!("the version of {}", Ago::since(version.modified, list.now));
            actions.push(Action::Compare { with: std::sync::Arc::clone(plan), name });
        }
        if button_ui(ui, "Close", "Nothing is changed") {
            actions.push(Action::SetDialog(None));
        }
    });
}

fn version_row_ui(ui: &mut Ui, list: &VersionList, version: &OldVersion) -> bool {
    let ago = Ago::since(version.modified, list.now).to_string();
    let why = match version.mark.word() {
        "saved" => "saved, then replaced",
        _ => "closed without saving",
    };
    let size = size_words(version.size);
    let name = format!("Version of {ago}, {why}, {size}");
    let is_chosen = list.chosen == Some(version.number);
    let row = list_row_ui(ui, 24.0, is_chosen, &name);
    let cell = |from: f32, to: f32| {
        let rect = row.rect.shrink2(egui::vec2(8.0, 0.0));
        rect.with_min_x(rect.left() + from).with_max_x((rect.left() + to).min(rect.right()))
    };
    let [why_at, size_at] = COLUMNS;
    paint_word(ui, cell(0.0, why_at), egui::Align2::LEFT_CENTER, &ago, Word::NAME);
    paint_word(ui, cell(why_at, size_at), egui::Align2::LEFT_CENTER, why, Word::MUTED);
    paint_word(ui, cell(size_at, f32::INFINITY), egui::Align2::RIGHT_CENTER, &size, Word::MUTED);
    row.clicked()
}

/// Asks for a name, and shows which file that becomes.
pub(super) fn sibling_ui(ui: &mut Ui, shown: &Shown<'_>, sibling: &Sibling, actions: &mut Actions) {
    ui.set_width(460.0);
    let (icon, title, says, word) = if sibling.is_variant {
        let says = "The plan goes on in a file beside this one, which stays as it was saved. The ids stay the same, \
                    so that variants can be compared and merged.";
        (Icon::GitBranch, "Save as variant", says, "Save variant")
    } else {
        let says =
            "The plan as it is now is kept in a file beside this one, for good. You go on in this one.";
        (Icon::Tag, "Name this version", says, "Keep version")
    };
    title_ui(ui, icon, Role::Accent, title);
    ui.label(muted(ui, says));
    ui.add_space(4.0);
    let enters = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    let mut name = sibling.name.clone();
    let hint = if sibling.is_variant { "Two hubs" } else { "Committee, May" };
    let field = ui.add(TextEdit::singleline(&mut name).hint_text(hint).desired_width(f32::INFINITY));
    if ui.memory(|memory| memory.focused().is_none()) {
        field.request_focus();
    }
    let field = field.accessible_name("Name");
    if field.changed() {
        let sibling = Sibling { name: name.clone(), ..sibling.clone() };
        actions.push(Action::SetDialog(Some(Dialog::Sibling(sibling))));
    }
    let path = shown.document.path.as_deref().unwrap_or(Path::new(""));
    let path = path_of_named_version(path, &name);
    let is_named = !name.trim().is_empty();
    if is_named {
        ui.label(muted(ui, format!("File: {}", file_name(&path))));
        if path.exists() {
            let words = "There is a file of that name; you are asked before it is replaced.";
            ui.label(RichText::new(words).color(theme::colour(ui, Role::Warning)));
        }
    }
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let button = ui.add_enabled(is_named, egui::Button::new(RichText::new(word).strong()));
        if is_named && (button.clicked() || enters) {
            actions
                .push(Action::Keep(Keeping::SaveSibling(Sibling { name: name.clone(), ..sibling.clone() })));
        }
        if ui.button("Cancel").clicked() {
            actions.push(Action::SetDialog(None));
        }
    });
}
