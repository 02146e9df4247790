//! Conflicts that a merge left: what it was, what each side says, and the choice. Nothing is chosen before.

use egui::{Frame, Grid, Key, Label, Modifiers, RichText, Stroke, TextEdit, Ui};
use lucide_icons::Icon;

use crate::scene::Role;
use crate::scene::text::Weight;
use crate::share::{Choice, ConflictWords};

use super::super::action::{Action, Actions};
use super::super::keeping::{ConflictList, Keeping};
use super::super::session::Dialog;
use super::super::theme;
use super::super::widgets::muted;
use super::notice::{list_area, title_ui};

pub(super) fn conflicts_ui(ui: &mut Ui, list: &ConflictList, actions: &mut Actions) {
    ui.set_width(600.0);
    let title = match list.conflicts.len() {
        1 => "1 conflict to decide".to_owned(),
        count => format!("{count} conflicts to decide"),
    };
    title_ui(ui, Icon::GitMerge, Role::Warning, &title);
    ui.label(muted(
        ui,
        "Until you decide, the plan holds our side. Each decision is a step; Ctrl Z takes it back.",
    ));
    ui.add_space(6.0);
    list_area(ui, 470.0).show(ui, |ui| {
        for conflict in &list.conflicts {
            let stroke = Stroke::new(1.0, theme::colour(ui, Role::CardBorder));
            Frame::new().stroke(stroke).corner_radius(6).inner_margin(10).show(ui, |ui| {
                ui.set_width(ui.available_width());
                conflict_ui(ui, list, conflict, actions);
            });
        }
    });
    ui.add_space(6.0);
    if ui.button("Later").on_hover_text("They stay in the plan, and under File").clicked() {
        actions.push(Action::SetDialog(None));
    }
}

fn conflict_ui(ui: &mut Ui, list: &ConflictList, conflict: &ConflictWords, actions: &mut Actions) {
    ui.add(Label::new(theme::text(&conflict.what, Weight::SemiBold, 13.0)).wrap());
    Grid::new(&conflict.place).num_columns(2).spacing([12.0, 3.0]).show(ui, |ui| {
        if let Some(base) = &conflict.base {
            ui.label(muted(ui, "Before"));
            ui.add(Label::new(base).wrap());
            ui.end_row();
        }
        for (whose, says) in [("Our side", &conflict.ours), ("Their side", &conflict.theirs)] {
            ui.label(muted(ui, whose));
            ui.add(Label::new(says).wrap());
            ui.end_row();
        }
    });
    ui.add_space(2.0);
    ui.horizontal(|ui| {
        let mut choose = |ui: &mut Ui, words: &str, choice: Choice| {
            let name = format!("{words}: {}", conflict.what);
            if ui.button(words).accessible_name(name).clicked() {
                actions.push(Action::Keep(Keeping::Decide(conflict.place.clone(), choice)));
            }
        };
        choose(ui, "Take ours", Choice::Ours);
        choose(ui, "Take theirs", Choice::Theirs);
        if conflict.can_keep_both {
            choose(ui, "Keep both", Choice::Both);
        }
        other_value_ui(ui, list, conflict, actions);
    });
    if let Some((_, reason)) = list.refused.as_ref().filter(|(place, _)| *place == conflict.place) {
        ui.add(Label::new(RichText::new(capital(reason)).color(theme::colour(ui, Role::Error))).wrap());
    }
}

/// A field for a value that neither side has.
fn other_value_ui(ui: &mut Ui, list: &ConflictList, conflict: &ConflictWords, actions: &mut Actions) {
    let typed = list.typed.as_ref().filter(|(place, _)| *place == conflict.place);
    let mut value = typed.map(|(_, value)| value.clone()).unwrap_or_default();
    let field = ui.add(TextEdit::singleline(&mut value).hint_text("Another value").desired_width(170.0));
    let enters = field.lost_focus()
        && ui.input(|input| input.key_pressed(Key::Enter) && input.modifiers == Modifiers::NONE);
    let field = field.accessible_name(format!("Another value: {}", conflict.what));
    if field.changed() {
        let typed = Some((conflict.place.clone(), value.clone()));
        let list = ConflictList { typed, refused: None, ..list.clone() };
        actions.push(Action::SetDialog(Some(Dialog::Conflicts(list))));
    }
    if enters && !value.is_empty() {
        actions.push(Action::Keep(Keeping::Decide(conflict.place.clone(), Choice::Value(value))));
    }
}

/// A sentence begins with a capital letter.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
