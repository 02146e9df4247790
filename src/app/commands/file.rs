//! Commands on plans as files, and exports.

use egui::Key;

use super::super::action::{Action, Export};
use super::super::comparing::Comparing;
use super::super::keeping::{Keeping, Sibling};
use super::super::repository::Asking;
use super::super::session::Dialog;
use super::super::shown::Shown;
use super::{Command, Menu, always, control, control_shift};

const MENU: Menu = Menu::File;

/// The commands of this menu.
pub const COMMANDS: &[Command] = &[
    Command {
        id: "file.new",
        title: "New plan",
        menu: MENU,
        keys: &[control(Key::N)],
        is_enabled: always,
        run: |_, actions| actions.push(Action::New),
    },
    Command {
        id: "file.open",
        title: "Open…",
        menu: MENU,
        keys: &[control(Key::O)],
        is_enabled: always,
        run: |_, actions| actions.push(Action::AskOpen),
    },
    Command {
        id: "file.save",
        title: "Save",
        menu: MENU,
        keys: &[control(Key::S)],
        is_enabled: |shown| shown.document.can_be_saved(),
        run: |_, actions| actions.push(Action::Save),
    },
    Command {
        id: "file.save-as",
        title: "Save as…",
        menu: MENU,
        keys: &[control_shift(Key::S)],
        is_enabled: always,
        run: |_, actions| actions.push(Action::AskSaveAs),
    },
    Command {
        id: "file.save-variant",
        title: "Save as variant…",
        menu: MENU,
        keys: &[],
        is_enabled: |shown| shown.document.path.is_some(),
        run: |_, actions| actions.push(sibling(true)),
    },
    Command {
        id: "file.name-version",
        title: "Name this version…",
        menu: MENU,
        keys: &[],
        is_enabled: |shown| shown.document.path.is_some(),
        run: |_, actions| actions.push(sibling(false)),
    },
    Command {
        id: "file.versions",
        title: "Versions…",
        menu: MENU,
        keys: &[],
        is_enabled: |shown| shown.keeper.state.is_some(),
        run: |_, actions| actions.push(Action::Keep(Keeping::AskVersions)),
    },
    Command {
        id: "file.compare-commit",
        title: "Compare with the last commit",
        menu: MENU,
        keys: &[],
        is_enabled: is_committed,
        run: |_, actions| actions.push(Action::Git(Asking::CompareWithLast)),
    },
    Command {
        id: "file.history",
        title: "History of this plan…",
        menu: MENU,
        keys: &[],
        is_enabled: is_committed,
        run: |_, actions| actions.push(Action::Git(Asking::History)),
    },
    Command {
        id: "file.compare",
        title: "Compare with a plan…",
        menu: MENU,
        keys: &[],
        is_enabled: always,
        run: |_, actions| actions.push(Action::Comparing(Comparing::AskFile)),
    },
    Command {
        id: "file.compare-saved",
        title: "Compare with the saved plan",
        menu: MENU,
        keys: &[],
        is_enabled: |shown| shown.document.base.is_some(),
        run: |_, actions| actions.push(Action::Comparing(Comparing::Saved)),
    },
    Command {
        id: "file.recover",
        title: "Recover unsaved work…",
        menu: MENU,
        keys: &[],
        is_enabled: |shown| !shown.keeper.recoveries.is_empty(),
        run: |_, actions| actions.push(Action::Keep(Keeping::AskRecovery)),
    },
    Command {
        id: "file.conflicts",
        title: "Decide conflicts…",
        menu: MENU,
        keys: &[],
        is_enabled: |shown| !shown.plan.conflicts.is_empty(),
        run: |_, actions| actions.push(Action::Keep(Keeping::AskConflicts)),
    },
    Command {
        id: "file.remove-strays",
        title: "Remove left-over files…",
        menu: MENU,
        keys: &[],
        is_enabled: |shown| shown.document.path.is_some(),
        run: |_, actions| actions.push(Action::Keep(Keeping::AskStrays)),
    },
    Command {
        id: "file.export-summary",
        title: "Export the architecture document…",
        menu: MENU,
        keys: &[control_shift(Key::E)],
        is_enabled: always,
        run: |_, actions| actions.push(Action::AskExport(Export::Summary)),
    },
    Command {
        id: "file.export-diagram",
        title: "Export the picture…",
        menu: MENU,
        keys: &[],
        is_enabled: |shown| !shown.plan.systems.is_empty(),
        run: |_, actions| actions.push(Action::AskExport(Export::Diagram)),
    },
    Command {
        id: "file.quit",
        title: "Quit",
        menu: MENU,
        keys: &[control(Key::Q), control(Key::W)],
        is_enabled: always,
        run: |_, actions| actions.push(Action::Quit),
    },
];

fn is_committed(shown: &Shown<'_>) -> bool {
    shown.repository.why_no_commit(shown.document).is_none()
}

fn sibling(is_variant: bool) -> Action {
    Action::SetDialog(Some(Dialog::Sibling(Sibling { is_variant, name: String::new() })))
}
