//! The questions about one system, one by one, with what they point to beside them; at the end the choice.
//!
//! Keys: 0 to 4 answer, Enter goes on, Backspace goes back, Delete takes an answer back, Page Down and Page
//! Up go to another system. Where a reason is typed, the keys belong to it.

mod choice;
mod question;
mod reasons;

use egui::{Id, Key, Modifiers, Ui, vec2};

use crate::decision::questionnaire;
use crate::model::SystemId;
use crate::scene::text::Weight;

use super::super::action::{Action, Actions};
use super::super::derived::Reasoned;
use super::super::session::{Dialog, QuestionForm};
use super::super::shown::Shown;
use super::super::theme;
use super::super::widgets::muted;

/// The width of the questions, and of what they point to.
const QUESTION: f32 = 420.0;
const REASONS: f32 = 300.0;
/// The height of both; fits into a window of 720 points.
const HEIGHT: f32 = 470.0;

/// What the form is about, as one frame sees it.
#[derive(Clone, Copy)]
struct Asked<'a> {
    shown: &'a Shown<'a>,
    form: &'a QuestionForm,
    known: &'a Reasoned,
}

impl Asked<'_> {
    fn name(&self) -> &str {
        self.shown.plan.system_name(&self.form.system)
    }

    /// Whether all questions are behind and the choice is asked.
    fn is_choice(&self) -> bool {
        self.form.at >= questionnaire().len()
    }

    fn go_to(&self, at: usize, actions: &mut Actions) {
        let form = QuestionForm { at: at.min(questionnaire().len()), ..self.form.clone() };
        actions.extend([Action::EndMerging, Action::SetDialog(Some(Dialog::Questions(form)))]);
    }

    /// The same form with another choice or reason.
    fn change(&self, change: impl FnOnce(&mut QuestionForm), actions: &mut Actions) {
        let mut form = self.form.clone();
        change(&mut form);
        actions.push(Action::SetDialog(Some(Dialog::Questions(form))));
    }
}

/// The form.
pub(super) fn questions_ui(ui: &mut Ui, shown: &Shown<'_>, form: &QuestionForm, actions: &mut Actions) {
    let Some(known) = shown.knowledge.recommendations.get(&form.system) else {
        gone_ui(ui, shown, form, actions);
        return;
    };
    let asked = Asked { shown, form, known };
    ui.set_width(QUESTION + REASONS + 28.0);
    header_ui(ui, &asked, actions);
    ui.separator();
    ui.horizontal_top(|ui| {
        ui.allocate_ui(vec2(QUESTION, HEIGHT), |ui| {
            ui.set_min_size(vec2(QUESTION, HEIGHT));
            ui.vertical(|ui| {
                ui.set_width(QUESTION);
                if asked.is_choice() {
                    choice::choice_ui(ui, &asked, actions);
                } else {
                    question::question_ui(ui, &asked, actions);
                }
            });
        });
        ui.separator();
        ui.vertical(|ui| {
            ui.set_width(REASONS);
            reasons::reasons_ui(ui, &asked);
        });
    });
    keys(ui, &asked, actions);
}

/// The system has become the focal one or a hub meanwhile, or is being worked out.
fn gone_ui(ui: &mut Ui, shown: &Shown<'_>, form: &QuestionForm, actions: &mut Actions) {
    let name = shown.plan.system_name(&form.system);
    ui.set_width(QUESTION);
    ui.label(format!(
        "No disposition is asked for {name}: it is a hub or the focal system, or it is not in the plan."
    ));
    if ui.button("Close").clicked() {
        actions.push(Action::SetDialog(None));
    }
}

fn header_ui(ui: &mut Ui, asked: &Asked<'_>, actions: &mut Actions) {
    ui.horizontal(|ui| {
        let title = format!("What becomes of {}?", asked.name());
        ui.label(theme::text(title, Weight::SemiBold, 16.0));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.button("Close").on_hover_text("Escape").clicked() {
                actions.push(Action::SetDialog(None));
            }
            if ui.button("Next system").on_hover_text("Page Down").clicked() {
                other_system(asked, true, actions);
            }
            if ui.button("Previous system").on_hover_text("Page Up").clicked() {
                other_system(asked, false, actions);
            }
            let of = asked.shown.knowledge.recommendations.keys().position(|id| *id == asked.form.system);
            let count = asked.shown.knowledge.recommendations.len();
            ui.label(muted(ui, format!("System {} of {count}", of.map_or(1, |of| of + 1))));
        });
    });
}

/// The form of the next or previous system, round and round.
fn other_system(asked: &Asked<'_>, forward: bool, actions: &mut Actions) {
    let systems: Vec<&SystemId> = asked.shown.knowledge.recommendations.keys().collect();
    let Some(at) = systems.iter().position(|id| **id == asked.form.system) else { return };
    let step = if forward { 1 } else { systems.len() - 1 };
    let next = systems[(at + step) % systems.len()].clone();
    let subject = crate::rules::Subject::System(next.clone());
    let dialog = Dialog::Questions(QuestionForm::new(next));
    actions.extend([Action::Select(vec![subject]), Action::SetDialog(Some(dialog))]);
}

/// The keys that hold on every page.
fn keys(ui: &Ui, asked: &Asked<'_>, actions: &mut Actions) {
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    for (key, forward) in [(Key::PageDown, true), (Key::PageUp, false)] {
        if pressed(Modifiers::NONE, key) {
            other_system(asked, forward, actions);
        }
    }
    if ui.ctx().text_edit_focused() {
        return;
    }
    if pressed(Modifiers::COMMAND, Key::Z) {
        actions.push(Action::Undo);
    }
    if asked.is_choice() && pressed(Modifiers::NONE, Key::Backspace) {
        asked.go_to(asked.form.at - 1, actions);
    }
}

/// The field of the reason.
fn reason_id() -> Id {
    Id::unique("reason of the choice")
}
