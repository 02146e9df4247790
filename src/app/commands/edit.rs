//! Commands on steps and on the selection.

use egui::Key;

use crate::rules::Subject;

use super::super::action::Action;
use super::super::session::{Dialog, Naming};
use super::area::{area_of_selection, rename_area};
use super::{Command, Menu, control, control_shift, has_selected_systems, has_selection, plain};

const MENU: Menu = Menu::Edit;

/// The commands of this menu.
pub const COMMANDS: &[Command] = &[
    Command {
        id: "edit.undo",
        title: "Undo",
        menu: MENU,
        keys: &[control(Key::Z)],
        is_enabled: |shown| shown.document.history.undo_label().is_some(),
        run: |_, actions| actions.push(Action::Undo),
    },
    Command {
        id: "edit.redo",
        title: "Redo",
        menu: MENU,
        keys: &[control_shift(Key::Z), control(Key::Y)],
        is_enabled: |shown| shown.document.history.redo_label().is_some(),
        run: |_, actions| actions.push(Action::Redo),
    },
    Command {
        id: "edit.rename",
        title: "Rename",
        menu: MENU,
        keys: &[plain(Key::F2)],
        is_enabled: |shown| shown.only_selected().is_some() || area_of_selection(shown).is_some(),
        run: |shown, actions| match shown.only_selected() {
            None => rename_area(shown, actions),
            Some(Subject::System(id)) => {
                let name = shown.plan.system_name(id).to_owned();
                actions.push(Action::SetNaming(Some(Naming::System { id: id.clone(), name })));
            }
            _ => actions.push(Action::FocusInspector),
        },
    },
    Command {
        id: "edit.duplicate",
        title: "Duplicate",
        menu: MENU,
        keys: &[control(Key::D)],
        is_enabled: has_selected_systems,
        run: |_, actions| actions.push(Action::DuplicateSelected),
    },
    Command {
        id: "edit.delete",
        title: "Delete",
        menu: MENU,
        keys: &[plain(Key::Delete), plain(Key::Backspace)],
        is_enabled: has_selection,
        run: |_, actions| actions.push(Action::DeleteSelected),
    },
    Command {
        id: "edit.select-all",
        title: "Select all systems",
        menu: MENU,
        keys: &[control(Key::A)],
        is_enabled: |shown| !shown.plan.systems.is_empty(),
        run: |shown, actions| {
            actions.push(Action::Select(shown.plan.systems.keys().cloned().map(Subject::System).collect()));
        },
    },
    Command {
        id: "edit.select-none",
        title: "Select nothing",
        menu: MENU,
        keys: &[control_shift(Key::A)],
        is_enabled: has_selection,
        run: |_, actions| actions.push(Action::Select(Vec::new())),
    },
    Command {
        id: "edit.find",
        title: "Find a system, flow or domain…",
        menu: MENU,
        keys: &[plain(Key::Slash), control(Key::F)],
        is_enabled: |_| true,
        run: |_, actions| actions.push(Action::SetDialog(Some(Dialog::Find { query: String::new() }))),
    },
    Command {
        id: "edit.inspect",
        title: "Go to the inspector",
        menu: MENU,
        keys: &[egui::KeyboardShortcut::new(egui::Modifiers::ALT, Key::Enter)],
        is_enabled: |_| true,
        run: |_, actions| actions.push(Action::FocusInspector),
    },
];
