//! The manual page of a rule, with its thresholds to change for this plan.

use egui::{Id, RichText, ScrollArea, Ui};

use crate::edit::Edit;
use crate::rules::{Rule, Threshold};
use crate::scene::Role;
use crate::scene::text::Weight;

use super::super::action::{Action, Actions, commit_field};
use super::super::shown::Shown;
use super::super::theme;
use super::super::widgets::{end_of_typing, muted, parsed_ui, row_ui};

/// What, why, what to do, and the numbers in the trigger.
pub(super) fn rule_ui(ui: &mut Ui, shown: &Shown<'_>, rule: &'static Rule, actions: &mut Actions) {
    ui.set_width(560.0);
    ui.label(theme::text(rule.title, Weight::SemiBold, 16.0));
    ui.label(muted(ui, format!("{} · {} · {}", rule.id, rule.severity, rule.pillar)));
    ScrollArea::vertical().max_height(440.0).show(ui, |ui| {
        let parts = [
            ("When", rule.when),
            ("Why it matters", rule.why),
            ("What to do", rule.what_to_do),
            ("Not when", rule.not_when),
            ("From", rule.source),
        ];
        for (title, text) in parts {
            ui.add_space(4.0);
            ui.label(theme::text(title, Weight::SemiBold, 12.5));
            ui.label(text);
        }
        if !rule.thresholds.is_empty() {
            ui.add_space(4.0);
            ui.label(theme::text("Thresholds of this plan", Weight::SemiBold, 12.5));
        }
        for threshold in rule.thresholds {
            threshold_ui(ui, shown, rule, threshold, actions);
        }
    });
    ui.add_space(6.0);
    if ui.button("Close").clicked() {
        actions.push(Action::SetDialog(None));
    }
}

/// The plan's value; empty, the default holds.
fn threshold_ui(ui: &mut Ui, shown: &Shown<'_>, rule: &Rule, threshold: &Threshold, actions: &mut Actions) {
    let key = format!("{}.{}", rule.id, threshold.name);
    let own = shown.plan.thresholds.get(&key);
    let name = threshold.name.replace(['-', '_'], " ");
    row_ui(ui, &name, |ui, label| {
        ui.scope(|ui| {
            ui.set_max_width(90.0);
            let parse = |text: &str| match text.trim() {
                "" => Ok(None),
                number => match number.parse::<f64>() {
                    Ok(number) if number.is_finite() => Ok(Some(number)),
                    _ => Err("Expected a number".to_owned()),
                },
            };
            let text = own.map(ToString::to_string).unwrap_or_default();
            let hint = threshold.default.to_string();
            let typed = parsed_ui(ui, Id::unique(("threshold", &key)), &text, &hint, parse);
            let edit = typed.value.map(|value| Edit::Threshold(key.clone(), value));
            commit_field(actions, format!("Threshold {key}"), format!("threshold/{key}"), edit);
            end_of_typing(&typed.response.labelled_by(label), actions);
        });
        ui.vertical(|ui| {
            let colour = if own.is_some() { Role::Warning } else { Role::TextMuted };
            let words = format!("{}, default {}: {}", threshold.unit, threshold.default, threshold.reason);
            ui.label(RichText::new(words).small().color(theme::colour(ui, colour)));
        });
    });
}
