//! Commands that help.

use egui::Key;

use super::super::action::Action;
use super::super::samples;
use super::super::session::Dialog;
use super::{Command, Menu, always, control, control_shift, plain, shift};

const MENU: Menu = Menu::Help;

/// The commands of this menu.
pub const COMMANDS: &[Command] = &[
    Command {
        id: "help.palette",
        title: "Run a command…",
        menu: MENU,
        keys: &[control(Key::K), control_shift(Key::P)],
        is_enabled: always,
        run: |_, actions| actions.push(Action::SetDialog(Some(Dialog::Palette { query: String::new() }))),
    },
    Command {
        id: "help.shortcuts",
        title: "Keyboard shortcuts",
        menu: MENU,
        keys: &[plain(Key::F1), shift(Key::Slash)],
        is_enabled: always,
        run: |_, actions| actions.push(Action::SetDialog(Some(Dialog::Shortcuts))),
    },
    Command {
        id: "help.sample",
        title: "Open the sample \"Legacy CRM, as found\"",
        menu: MENU,
        keys: &[],
        is_enabled: always,
        run: |_, actions| actions.push(Action::OpenSample(samples::ALL[0].name)),
    },
];
