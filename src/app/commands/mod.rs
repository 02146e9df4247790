//! Everything that a person can choose: one record a command, one file a menu (areas have their own), one list of all. Menus,
//! palette and shortcuts read the list.

mod area;
mod arrange;
mod compare;
mod edit;
mod file;
mod help;
mod plan;
mod view;

use egui::{Key, KeyboardShortcut, Modifiers, Ui};

use super::action::Actions;
use super::shown::Shown;
use crate::scene::AreaBox;

/// The menus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// Plans and exports.
    File,
    /// Undo, selection, deleting.
    Edit,
    /// What is seen.
    View,
    /// Systems, flows, dispositions.
    Plan,
    /// Where cards stand.
    Arrange,
    /// What helps.
    Help,
}

impl Menu {
    /// Every menu, from left to right.
    pub const ALL: [Self; 6] = [Self::File, Self::Edit, Self::View, Self::Plan, Self::Arrange, Self::Help];

    /// Its name.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::View => "View",
            Self::Plan => "Plan",
            Self::Arrange => "Arrange",
            Self::Help => "Help",
        }
    }
}

/// A command: its words, its keys, when it can be chosen and what it asks for.
#[derive(Debug)]
pub struct Command {
    /// Names it for good: `file.save`.
    pub id: &'static str,
    /// What people choose, verb first.
    pub title: &'static str,
    /// Where it stands.
    pub menu: Menu,
    /// Its keys, the one that menus show first.
    pub keys: &'static [KeyboardShortcut],
    /// Whether it can be chosen now.
    pub is_enabled: fn(&Shown<'_>) -> bool,
    /// Asks for it.
    pub run: fn(&Shown<'_>, &mut Actions),
}

/// Every command, in the order of the menus.
pub const ALL: &[&[Command]] = &[
    file::COMMANDS,
    edit::COMMANDS,
    view::COMMANDS,
    compare::COMMANDS,
    plan::COMMANDS,
    area::COMMANDS,
    arrange::COMMANDS,
    help::COMMANDS,
];

/// Every command in one row.
pub fn all() -> impl Iterator<Item = &'static Command> {
    ALL.iter().flat_map(|menu| menu.iter())
}

impl Command {
    /// Its name where it stands now: "Undo Rename ERP".
    #[must_use]
    pub fn title_now(&self, shown: &Shown<'_>) -> String {
        let history = &shown.document.history;
        let step = match self.id {
            "edit.undo" => history.undo_label(),
            "edit.redo" => history.redo_label(),
            _ => None,
        };
        step.map_or_else(|| self.title.to_owned(), |step| format!("{} {step}", self.title))
    }
}

impl Command {
    /// Why it cannot be chosen now, where that is not plain to see.
    #[must_use]
    pub fn why_not(&self, shown: &Shown<'_>) -> Option<String> {
        match self.id {
            "file.compare-commit" | "file.history" => shown.repository.why_no_commit(shown.document),
            "file.remove-strays" => Some("The plan has no file yet".to_owned()),
            _ => None,
        }
    }
}

/// Keys as people read them on their keyboard.
#[must_use]
pub fn keys_text(ctx: &egui::Context, keys: KeyboardShortcut) -> String {
    const SIGNS: [(&str, &str); 7] = [
        ("CloseBracket", "]"),
        ("OpenBracket", "["),
        ("Slash", "/"),
        ("Plus", "+"),
        ("Equals", "="),
        ("Minus", "-"),
        ("Period", "."),
    ];
    let text = ctx.format_shortcut(&keys);
    SIGNS.iter().fold(text, |text, (word, sign)| text.replace(word, sign))
}

const fn plain(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

const fn control(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

const fn control_shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key)
}

const fn shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::SHIFT, key)
}

fn always(_: &Shown<'_>) -> bool {
    true
}

fn has_selection(shown: &Shown<'_>) -> bool {
    !shown.session.selection.is_empty()
}

fn has_selected_systems(shown: &Shown<'_>) -> bool {
    shown.session.selected_systems().next().is_some()
}

/// Runs the commands whose keys were pressed, those with more modifiers first. Keys without a modifier
/// belong to the text field while somebody types, and everything but Escape to an open dialog.
pub fn shortcuts(ui: &Ui, shown: &Shown<'_>, actions: &mut Actions) {
    if shown.session.dialog.is_some() {
        return;
    }
    let types = ui.ctx().text_edit_focused() || shown.session.naming.is_some();
    let plain_keys_are_taken = types || super::panels::table_has_keyboard(ui.ctx());
    let mut keys: Vec<_> =
        all().flat_map(|command| command.keys.iter().map(move |keys| (keys, command))).collect();
    keys.sort_by_key(|(keys, _)| std::cmp::Reverse(modifiers(**keys)));
    for (keys, command) in keys {
        let belongs_to_text = plain_keys_are_taken && !keys.modifiers.command || types && is_text_key(*keys);
        if !belongs_to_text
            && (command.is_enabled)(shown)
            && ui.input_mut(|input| input.consume_shortcut(keys))
        {
            (command.run)(shown, actions);
            // What is typed after a command in the same frame may be meant for what it opens.
            return;
        }
    }
    if !plain_keys_are_taken {
        nudges(ui, shown, actions);
    }
}

/// Keys with Control that text fields use themselves.
fn is_text_key(keys: KeyboardShortcut) -> bool {
    matches!(keys.logical_key, Key::A | Key::C | Key::V | Key::X | Key::Z | Key::Y)
}

fn modifiers(keys: KeyboardShortcut) -> u8 {
    u8::from(keys.modifiers.command) + u8::from(keys.modifiers.shift) + u8::from(keys.modifiers.alt)
}

/// Arrows move the selected cards by one unit, with Shift by ten.
fn nudges(ui: &Ui, shown: &Shown<'_>, actions: &mut Actions) {
    let is_over_a_widget = ui.memory(egui::Memory::focused).is_some_and(|id| {
        let is_card = |system| egui::Id::unique(("card", system)) == id;
        let is_head = |area: &AreaBox| egui::Id::unique(("area", &area.id)) == id;
        !shown.session.selected_systems().any(is_card) && !shown.scene.areas.iter().any(is_head)
    });
    if is_over_a_widget || !has_selected_systems(shown) {
        return;
    }
    for (key, x, y) in
        [(Key::ArrowLeft, -1, 0), (Key::ArrowRight, 1, 0), (Key::ArrowUp, 0, -1), (Key::ArrowDown, 0, 1)]
    {
        for (modifiers, by) in [(Modifiers::SHIFT, 10), (Modifiers::NONE, 1)] {
            let presses = ui.input_mut(|input| input.count_and_consume_key(modifiers, key));
            if presses > 0 {
                let by = by * i32::try_from(presses).unwrap_or(1);
                actions.push(super::action::Action::Nudge(x * by, y * by));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_commands_share_an_id_or_a_key() {
        let mut ids: Vec<_> = all().map(|command| command.id.to_owned()).collect();
        let mut keys: Vec<_> = all()
            .flat_map(|command| command.keys)
            .map(|keys| format!("{:?} {:?}", keys.modifiers, keys.logical_key))
            .collect();
        for list in [&mut ids, &mut keys] {
            list.sort();
            let count = list.len();
            list.dedup();
            assert_eq!(list.len(), count, "{list:#?}");
        }
    }

    #[test]
    fn every_command_is_in_the_menu_that_its_id_names() {
        for command in all() {
            let menu = command.id.split('.').next().unwrap();
            assert_eq!(menu, command.menu.title().to_lowercase(), "{}", command.id);
        }
    }
}
