//! The choice at the end of the questions: what the answers recommend, or something else with a reason.
//! Keys: Enter uses the recommendation; 1 to 4 choose otherwise, then the reason is typed and entered.

use egui::{Button, Key, Label, Modifiers, RichText, Ui};

use crate::decision::{Outcome, questionnaire};
use crate::model::Disposition;
use crate::scene::disposition_word;
use crate::scene::text::Weight;

use super::super::super::action::{Action, Actions};
use super::super::super::theme;
use super::super::super::widgets::{caption, caption_ui, disposition_buttons_ui, muted, text_ui};
use super::{Asked, reason_id};

pub(super) fn choice_ui(ui: &mut Ui, asked: &Asked<'_>, actions: &mut Actions) {
    let system = asked.shown.plan.systems.get(&asked.form.system);
    let now = system.map(|system| system.disposition).unwrap_or_default();
    ui.label(caption(ui, "The choice"));
    ui.label(theme::text(format!("Chosen so far: {}", disposition_word(now)), Weight::SemiBold, 15.0));
    let open: Vec<_> = asked.known.remaining().collect();
    if !open.is_empty() {
        let words = format!("{} questions have no answer; they count as not known.", open.len());
        ui.label(muted(ui, words));
    }
    ui.add_space(8.0);
    recommended_ui(ui, asked, actions);
    otherwise_ui(ui, asked, actions);
    ui.add_space(12.0);
    if ui.button("Back to the questions").on_hover_text("Backspace").clicked() {
        asked.go_to(questionnaire().len() - 1, actions);
    }
    ui.add_space(6.0);
    let words = "Keys: Enter uses the recommendation, 1 to 4 choose integrate, migrate, federate or retire";
    ui.add(Label::new(muted(ui, words)).wrap());
    if !ui.ctx().text_edit_focused() {
        keys(ui, asked, actions);
    }
}

fn recommended_ui(ui: &mut Ui, asked: &Asked<'_>, actions: &mut Actions) {
    let score = &asked.known.recommendation.score;
    let Some(best) = score.recommended() else {
        let words = match score.outcome {
            Outcome::Hybrid => {
                "Hybrid by domain: choose integrate or migrate, and say in the reason which domains go which way."
            }
            Outcome::NotEnoughAnswers => "There are not enough answers for a recommendation.",
            _ => "A hard stop stands before every option; there is no recommendation.",
        };
        ui.add(Label::new(words).wrap());
        return;
    };
    let words = format!("Use the recommendation: {}", best.option);
    if ui.button(RichText::new(words).strong()).on_hover_text("Enter").clicked() {
        choose(asked, best.option, String::new(), actions);
    }
}

fn otherwise_ui(ui: &mut Ui, asked: &Asked<'_>, actions: &mut Actions) {
    caption_ui(ui, "Choose otherwise");
    if let Some(chosen) = disposition_buttons_ui(ui, asked.form.chosen) {
        take(ui, asked, chosen, actions);
    }
    let Some(chosen) = asked.form.chosen else { return };
    ui.add_space(4.0);
    let typed = text_ui(ui, reason_id(), &asked.form.reason, "the reason, in one line");
    let enters = typed.response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    typed.response.accessible_name("Reason");
    if let Some(reason) = typed.value {
        asked.change(|form| form.reason = reason, actions);
    }
    let score = &asked.known.recommendation.score;
    let needs_reason = !score.outcome.agrees_with(chosen);
    let is_ready = !needs_reason || !asked.form.reason.trim().is_empty();
    let button = Button::new(RichText::new(format!("Choose {chosen}")).strong());
    let response = ui.add_enabled(is_ready, button);
    let response =
        response.on_disabled_hover_text("It is not what the answers recommend: say why in one line");
    if is_ready && (response.clicked() || enters) {
        choose(asked, chosen, asked.form.reason.clone(), actions);
    } else if !is_ready {
        ui.label(muted(ui, "It is not what the answers recommend: say why in one line."));
    }
}

/// Takes a disposition for the choice and moves the keyboard to the reason.
fn take(ui: &Ui, asked: &Asked<'_>, chosen: Disposition, actions: &mut Actions) {
    asked.change(|form| form.chosen = Some(chosen), actions);
    ui.memory_mut(|memory| memory.request_focus(reason_id()));
}

fn choose(asked: &Asked<'_>, chosen: Disposition, reason: String, actions: &mut Actions) {
    let system = asked.form.system.clone();
    actions.push(Action::Choose { system, chosen, reason });
}

fn keys(ui: &Ui, asked: &Asked<'_>, actions: &mut Actions) {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let options = [
        (Key::Num1, Disposition::Integrate),
        (Key::Num2, Disposition::Migrate),
        (Key::Num3, Disposition::Federate),
        (Key::Num4, Disposition::Retire),
        (Key::Num0, Disposition::Undecided),
    ];
    if let Some((_, chosen)) = options.into_iter().find(|(key, _)| pressed(*key)) {
        take(ui, asked, chosen, actions);
    }
    let best = asked.known.recommendation.score.recommended();
    if let Some(best) = best
        && asked.form.chosen.is_none()
        && ui.memory(|memory| memory.focused().is_none())
        && pressed(Key::Enter)
    {
        choose(asked, best.option, String::new(), actions);
    }
}
