//! What the answers about a system point to, in short, and the way to the questions.

use egui::{Frame, Label, Ui};

use crate::model::{Disposition, SystemId};
use crate::rules::Place;
use crate::scene::Role;
use crate::scene::text::Weight;

use super::super::super::action::{Action, Actions};
use super::super::super::shown::Shown;
use super::super::super::theme;
use super::super::super::widgets::{muted, outcome_words};

/// What the answers point to; nothing for a hub and the focal system.
pub fn recommended_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, id: &SystemId) {
    let Some(known) = shown.knowledge.recommendations.get(id) else { return };
    let score = &known.recommendation.score;
    let chosen = shown.plan.systems.get(id).map(|system| system.disposition).unwrap_or_default();
    let frame = Frame::new().fill(theme::colour(ui, Role::Canvas)).corner_radius(6).inner_margin(8);
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.add(Label::new(muted(ui, "The answers point to")).selectable(false));
        ui.add(Label::new(theme::text(outcome_words(score), Weight::SemiBold, 12.5)).wrap());
        for push in known.explanation.towards.iter().filter(|push| !push.says.is_empty()) {
            ui.add(Label::new(muted(ui, format!("· {}", push.says))).wrap());
        }
        if chosen != Disposition::Undecided && !score.outcome.agrees_with(chosen) {
            let words = format!("Chosen is {chosen}, against the answers.");
            let colour = theme::colour(ui, Role::Warning);
            ui.add(Label::new(theme::text(words, Weight::Medium, 11.5).color(colour)).wrap());
        }
        let words = match known.remaining().count() {
            0 => "Look at the answers…".to_owned(),
            1 => "Ask the questions… (1 open)".to_owned(),
            open => format!("Ask the questions… ({open} open)"),
        };
        if ui.button(words).on_hover_text("Question by question  (Q)").clicked() {
            actions.push(Action::OpenPlace(Place::Questions(id.clone())));
        }
    });
}
