//! Commands on a comparison of plans, in the menus where people look for them.

use egui::Key;

use super::super::action::Action;
use super::super::comparing::Comparing;
use super::super::shown::Shown;
use super::{Command, Menu, plain, shift};

/// The commands, of several menus.
pub const COMMANDS: &[Command] = &[
    Command {
        id: "view.next-difference",
        title: "Next difference",
        menu: Menu::View,
        keys: &[plain(Key::F7)],
        is_enabled: has_lines,
        run: |_, actions| actions.push(Action::Comparing(Comparing::Step { forward: true })),
    },
    Command {
        id: "view.previous-difference",
        title: "Previous difference",
        menu: Menu::View,
        keys: &[shift(Key::F7)],
        is_enabled: has_lines,
        run: |_, actions| actions.push(Action::Comparing(Comparing::Step { forward: false })),
    },
    Command {
        id: "view.swap-comparison",
        title: "Swap before and after",
        menu: Menu::View,
        keys: &[],
        is_enabled: is_comparing,
        run: |_, actions| actions.push(Action::Comparing(Comparing::Swap)),
    },
    Command {
        id: "view.end-comparison",
        title: "End the comparison",
        menu: Menu::View,
        keys: &[],
        is_enabled: is_comparing,
        run: |_, actions| actions.push(Action::Comparing(Comparing::End)),
    },
    Command {
        id: "edit.take-difference",
        title: "Take the shown difference from the other plan",
        menu: Menu::Edit,
        keys: &[],
        is_enabled: |shown| to_take(shown).is_some(),
        run: |shown, actions| {
            let key = to_take(shown).map(str::to_owned);
            actions.extend(key.map(|key| Action::Comparing(Comparing::Take(key))));
        },
    },
    Command {
        id: "edit.take-all-differences",
        title: "Take everything from the other plan",
        menu: Menu::Edit,
        keys: &[],
        is_enabled: |shown| shown.compared.is_some_and(|it| it.lines().any(|line| !line.places.is_empty())),
        run: |_, actions| actions.push(Action::Comparing(Comparing::TakeAll)),
    },
];

fn is_comparing(shown: &Shown<'_>) -> bool {
    shown.session.on_canvas.is_some()
}

fn has_lines(shown: &Shown<'_>) -> bool {
    shown.compared.is_some_and(|compared| compared.lines().next().is_some())
}

/// The line that is looked at, if it can be taken.
fn to_take<'a>(shown: &Shown<'a>) -> Option<&'a str> {
    let chosen = shown.session.on_canvas.as_ref()?.chosen.as_deref()?;
    let line = shown.compared?.line(chosen)?;
    (!line.places.is_empty()).then_some(chosen)
}
