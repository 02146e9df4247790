//! How much each question speaks for each disposition in this plan; empty, the proposed weight holds.

use egui::{Button, Grid, Id, Label, ScrollArea, Ui};

use crate::decision::{OPTIONS, QuestionEntry, WEIGHTS_ARE_A_PROPOSAL, Weights, questionnaire};
use crate::edit::Edit;
use crate::model::Disposition;
use crate::scene::text::Weight;
use crate::scene::{Role, disposition_word};

use super::super::action::{Action, Actions, commit, commit_field};
use super::super::shown::Shown;
use super::super::theme;
use super::super::widgets::{end_of_typing, muted, parsed_ui, readable};

pub(super) fn weights_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions) {
    ui.set_width(440.0);
    ui.label(theme::text("Weights of the questions", Weight::SemiBold, 16.0));
    let words = "An answer of 4 counts with its whole weight for or, below zero, against an option; 2 counts nothing, \
                 0 counts the other way round. Empty, the proposed weight holds.";
    ui.add(Label::new(format!("{WEIGHTS_ARE_A_PROPOSAL} {words}")).wrap());
    ui.add_space(4.0);
    ScrollArea::vertical().max_height(470.0).show(ui, |ui| {
        Grid::new("weights").num_columns(5).spacing([10.0, 3.0]).show(ui, |ui| {
            ui.label(muted(ui, "Question"));
            for option in OPTIONS {
                let colour = theme::colour(ui, Role::of_disposition(option));
                ui.label(theme::text(disposition_word(option), Weight::Medium, 12.0).color(colour));
            }
            ui.end_row();
            for entry in questionnaire() {
                let words = readable(entry.question.word());
                ui.label(words).on_hover_text(entry.asks(shown.plan.focal_name()));
                for option in OPTIONS {
                    weight_ui(ui, shown, entry, option, actions);
                }
                ui.end_row();
            }
        });
    });
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        let own = &shown.plan.weights;
        let reset = ui.add_enabled(!own.is_empty(), Button::new("Back to the proposed weights"));
        if reset.clicked() {
            let edits = own.keys().map(|key| Edit::Weight(key.clone(), None));
            commit(actions, "Back to the proposed weights", edits);
        }
        if ui.button("Close").clicked() {
            actions.push(Action::SetDialog(None));
        }
        let changed = match own.len() {
            0 => "All as proposed".to_owned(),
            1 => "1 weight differs from the proposal".to_owned(),
            several => format!("{several} weights differ from the proposal"),
        };
        ui.label(muted(ui, changed));
    });
}

/// The plan's own weight; empty, the proposed one, which stands there as a hint.
fn weight_ui(
    ui: &mut Ui,
    shown: &Shown<'_>,
    entry: &QuestionEntry,
    option: Disposition,
    actions: &mut Actions,
) {
    let key = Weights::key(entry.question, option);
    let proposed = entry.proposed_weight(option);
    let own = shown.plan.weights.get(&key);
    let parse = |text: &str| match text.trim().replace('−', "-").as_str() {
        "" => Ok(None),
        number => match number.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Some(number)),
            _ => Err("A number".to_owned()),
        },
    };
    let name = format!("Weight of {} for {option}", readable(entry.question.word()).to_lowercase());
    ui.horizontal(|ui| {
        ui.set_max_width(66.0);
        let text = own.map(ToString::to_string).unwrap_or_default();
        let typed = parsed_ui(ui, Id::unique(("weight", &key)), &text, &proposed.to_string(), parse);
        let edit = typed.value.map(|weight| {
            // A weight that is the proposed one is not kept.
            Edit::Weight(key.clone(), weight.filter(|weight| (weight - proposed).abs() > f64::EPSILON))
        });
        commit_field(actions, name.clone(), format!("weight/{key}"), edit);
        if own.is_some() {
            let stroke = egui::Stroke::new(1.5, theme::colour(ui, Role::Warning));
            ui.painter().rect_stroke(typed.response.rect, 5.0, stroke, egui::StrokeKind::Inside);
        }
        let says = if own.is_some() {
            format!("Changed; proposed is {proposed}")
        } else {
            format!("Proposed: {proposed}")
        };
        end_of_typing(&typed.response.accessible_name(&name).on_hover_text(says), actions);
    });
}
