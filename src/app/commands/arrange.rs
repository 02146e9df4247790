//! Commands that put cards in their places. Nothing moves that nobody asked to move.

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::arrange::Page;

use super::super::action::{Action, Arranging};
use super::super::shown::Shown;
use super::{Command, Menu, control, control_shift, has_selected_systems, shift};

const MENU: Menu = Menu::Arrange;

/// The commands of this menu.
pub const COMMANDS: &[Command] = &[
    Command {
        id: "arrange.selection",
        title: "Arrange the selection",
        menu: MENU,
        keys: &[KeyboardShortcut::new(Modifiers::NONE, Key::L)],
        is_enabled: |shown| shown.session.selected_systems().nth(1).is_some(),
        run: |_, actions| actions.push(Action::Arrange(Arranging::Selection)),
    },
    Command {
        id: "arrange.tidy",
        title: "Tidy: straighten rows, put overlapping ones apart",
        menu: MENU,
        keys: &[shift(Key::L)],
        is_enabled: has_systems,
        run: |_, actions| actions.push(Action::Arrange(Arranging::Tidy)),
    },
    Command {
        id: "arrange.place-new",
        title: "Place the new ones",
        menu: MENU,
        keys: &[],
        is_enabled: |shown| shown.plan.drawing.positions.len() < shown.plan.systems.len(),
        run: |_, actions| actions.push(Action::Arrange(Arranging::New)),
    },
    Command {
        id: "arrange.all",
        title: "Arrange all, round the pinned ones",
        menu: MENU,
        keys: &[control(Key::L)],
        is_enabled: has_systems,
        run: |_, actions| actions.push(Action::Arrange(Arranging::All(Page::Screen))),
    },
    Command {
        id: "arrange.all-a4",
        title: "Arrange all for a sheet of A4",
        menu: MENU,
        keys: &[],
        is_enabled: has_systems,
        run: |_, actions| actions.push(Action::Arrange(Arranging::All(Page::A4Landscape))),
    },
    Command {
        id: "arrange.all-a3",
        title: "Arrange all for a sheet of A3",
        menu: MENU,
        keys: &[],
        is_enabled: has_systems,
        run: |_, actions| actions.push(Action::Arrange(Arranging::All(Page::A3Landscape))),
    },
    Command {
        id: "arrange.pin",
        title: "Pin, or unpin",
        menu: MENU,
        keys: &[control_shift(Key::L)],
        is_enabled: has_selected_systems,
        run: |shown, actions| {
            let pinned = &shown.plan.drawing.pinned;
            let are_pinned = shown.session.selected_systems().all(|id| pinned.contains(id));
            actions.push(Action::SetPinned(!are_pinned));
        },
    },
];

fn has_systems(shown: &Shown<'_>) -> bool {
    !shown.plan.systems.is_empty()
}
