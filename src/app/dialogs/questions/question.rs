//! One question: its words, the answers to choose from, and the way to the others.

use egui::{Button, Key, RichText, Stroke, Ui, vec2};

use crate::decision::{Group, questionnaire};
use crate::model::Answer;
use crate::scene::Role;
use crate::scene::text::Weight;

use super::super::super::action::Actions;
use super::super::super::answers::{Held, answer_of, choices, pressed_in_order, set_answer};
use super::super::super::theme;
use super::super::super::widgets::{caption, muted, paint_dashed_frame, readable};
use super::Asked;

pub(super) fn question_ui(ui: &mut Ui, asked: &Asked<'_>, actions: &mut Actions) {
    let (shown, at) = (asked.shown, asked.form.at);
    let (entry, focal) = (&questionnaire()[at], shown.plan.focal_name());
    let about = Some(&asked.form.system);
    let held = Held::of(shown, about, entry.question);
    let group = match entry.group {
        Group::Article => "The article asks",
        Group::Facts => "Facts",
        Group::Context => "Context",
    };
    ui.label(caption(ui, &format!("Question {} of {} · {group}", at + 1, questionnaire().len())));
    ui.label(theme::text(entry.asks(focal), Weight::SemiBold, 15.0));
    ui.label(muted(ui, entry.help(focal)));
    ui.add_space(6.0);
    let mut chosen = None;
    for (answer, words) in choices(entry, focal) {
        if answer_ui(ui, held, answer, &words) {
            chosen = Some(answer);
        }
    }
    ui.add_space(4.0);
    ui.add(egui::Label::new(muted(ui, format!("{}: {}", asked.name(), held.words()))).wrap());
    ui.add(egui::Label::new(muted(ui, held.explanation())).wrap());
    ui.add_space(8.0);
    strip_ui(ui, asked, actions);
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        if ui.add_enabled(at > 0, Button::new("Back")).on_hover_text("Backspace").clicked() {
            asked.go_to(at - 1, actions);
        }
        let last = at + 1 == questionnaire().len();
        let words = if last { "To the choice" } else { "Next question" };
        if ui.button(RichText::new(words).strong()).on_hover_text("Enter").clicked() {
            asked.go_to(at + 1, actions);
        }
        if !last && ui.button("To the choice").clicked() {
            asked.go_to(questionnaire().len(), actions);
        }
    });
    ui.add_space(6.0);
    ui.label(muted(
        ui,
        "Keys: 0 to 4 answer, Enter goes on, Backspace goes back, Delete takes an answer back",
    ));
    if let Some(answer) = chosen {
        set_answer(actions, about, entry.question, answer);
    }
    keys(ui, asked, actions);
}

/// Digits answer, Delete takes back, Enter and Backspace go on and back; in the order in which they came.
fn keys(ui: &Ui, asked: &Asked<'_>, actions: &mut Actions) {
    // A button that the keyboard is on takes Enter for itself.
    let takes_enter = ui.memory(|memory| memory.focused().is_none());
    let is_wanted = |key| {
        answer_of(key).is_some()
            || matches!(key, Key::Delete | Key::Backspace)
            || takes_enter && key == Key::Enter
    };
    let mut at = asked.form.at;
    for key in pressed_in_order(ui, is_wanted) {
        match (key, questionnaire().get(at)) {
            (Key::Backspace, _) => at = at.saturating_sub(1),
            (Key::Enter, Some(_)) => at += 1,
            (_, Some(entry)) => {
                set_answer(actions, Some(&asked.form.system), entry.question, answer_of(key));
            }
            // What was typed beyond the last question is no choice.
            (_, None) => {}
        }
    }
    if at != asked.form.at {
        asked.go_to(at, actions);
    }
}

/// One answer as a wide button; returns whether it was chosen.
fn answer_ui(ui: &mut Ui, held: Held<'_>, answer: Option<Answer>, words: &str) -> bool {
    let is_own = matches!(held, Held::Own(_));
    let holds = held.answer() == answer && (answer.is_some() || matches!(held, Held::Open));
    let text = if holds && !is_own && answer.is_some() {
        RichText::new(words).italics()
    } else {
        RichText::new(words)
    };
    let mut button = Button::new(text).selected(holds && is_own).min_size(vec2(ui.available_width(), 24.0));
    if holds && is_own {
        button = button.stroke(Stroke::new(1.5, theme::colour(ui, Role::Accent)));
    }
    let response = ui.add(button.right_text(RichText::default()));
    let name = format!("Answer {words}");
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::RadioButton, true, holds, &name));
    if holds && !is_own && answer.is_some() {
        paint_dashed_frame(ui, response.rect.shrink(1.0), Role::Accent);
    }
    response.clicked()
}

/// All questions as small buttons with their answers, to go to any of them.
fn strip_ui(ui: &mut Ui, asked: &Asked<'_>, actions: &mut Actions) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(3.0, 3.0);
        ui.spacing_mut().button_padding = vec2(4.0, 1.0);
        for (at, entry) in questionnaire().iter().enumerate() {
            let held = Held::of(asked.shown, Some(&asked.form.system), entry.question);
            let digit = held.answer().map_or_else(|| "·".to_owned(), |answer| answer.value().to_string());
            let mut text = RichText::new(digit);
            if matches!(held, Held::Proposed(_)) {
                text = text.italics().color(theme::colour(ui, Role::TextMuted));
            }
            let button = Button::new(text).selected(at == asked.form.at).min_size(vec2(22.0, 20.0));
            let name = format!("Question {}, {}: {}", at + 1, readable(entry.question.word()), held.words());
            let response = ui.add(button).accessible_name(&name);
            if response.on_hover_text(name).clicked() {
                asked.go_to(at, actions);
            }
        }
    });
}
