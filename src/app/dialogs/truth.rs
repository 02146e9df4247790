//! Another system holds the truth already: handed over from a wave, or a mistake?

use egui::{RichText, Ui};

use crate::edit::{claim_truth, correct_truth};
use crate::model::{DomainId, Stage, SystemId};
use crate::scene::Role;
use crate::scene::text::Weight;

use super::super::action::{Action, Actions, commit};
use super::super::shown::Shown;
use super::super::theme;

pub(super) fn truth_ui(
    ui: &mut Ui,
    shown: &Shown<'_>,
    domain: &DomainId,
    holder: &SystemId,
    system: &SystemId,
    actions: &mut Actions,
) {
    let plan = shown.plan;
    let (new, old, what) = (plan.system_name(system), plan.system_name(holder), plan.domain_name(domain));
    ui.set_width(400.0);
    ui.label(theme::text(format!("{new} for {what}"), Weight::SemiBold, 15.0));
    let sentence = format!("{old} is its source of truth. What do you mean?");
    ui.label(RichText::new(sentence).color(theme::colour(ui, Role::TextMuted)));
    ui.add_space(6.0);
    let label = format!("{new} is the source of truth for {what}");
    let later = shown.knowledge.stages.iter().filter(|stage| **stage != Stage::Today);
    for stage in later {
        if ui.button(format!("Hand it over: {}", plan.stage_name(stage))).clicked() {
            commit(actions, label.clone(), claim_truth(plan, domain, system, stage));
            actions.push(Action::SetDialog(None));
        }
    }
    if ui.button(format!("It was a mistake: it always was {new}")).clicked() {
        commit(actions, label, correct_truth(plan, domain, holder, system));
        actions.push(Action::SetDialog(None));
    }
    if ui.button("Cancel").clicked() {
        actions.push(Action::SetDialog(None));
    }
}
