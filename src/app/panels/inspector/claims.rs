//! The claims on a domain: which system is the source of truth, from which stage on, for which part.

use egui::{Button, Id, Ui};
use lucide_icons::Icon;

use crate::model::{Claim, DataDomain, Plan, Stage};

use super::super::super::theme;
use super::super::super::widgets::{Form, caption_ui, choice_ui, muted, row_ui, stage_options};

/// The claims.
pub fn claims_ui(ui: &mut Ui, plan: &Plan, form: &mut Form<'_, DataDomain>) {
    caption_ui(ui, "Source of truth");
    if form.element.truth.is_empty() {
        ui.label(muted(ui, "Nobody claims it."));
    }
    for place in 0..form.element.truth.len() {
        claim_ui(ui, plan, form, place);
    }
    add_ui(ui, plan, form);
}

fn claim_ui(ui: &mut Ui, plan: &Plan, form: &mut Form<'_, DataDomain>, place: usize) {
    let claim = form.element.truth[place].clone();
    let name = plan.system_name(&claim.system);
    let words = format!("claim {}", place + 1);
    ui.horizontal(|ui| {
        ui.label(theme::icon(Icon::Crown, 12.0).color(theme::colour(ui, crate::scene::Role::Truth)));
        let half = (ui.available_width() - 34.0) / 2.0;
        ui.scope(|ui| {
            ui.set_max_width(half);
            let systems =
                || plan.systems.iter().map(|(id, system)| (id.clone(), system.name.clone())).collect();
            let id = Id::unique(form.key_of(&format!("{words} system")));
            let (chosen, response) = choice_ui(ui, id, &claim.system, name, systems);
            response.accessible_name(format!("System of {words}"));
            if let Some(system) = chosen {
                form.change("source of truth", |domain| domain.truth[place].system = system);
            }
        });
        ui.scope(|ui| {
            ui.set_max_width(half);
            let from = format!("from {}", plan.stage_name(&claim.from).to_lowercase());
            let id = Id::unique(form.key_of(&format!("{words} from")));
            let (chosen, response) = choice_ui(ui, id, &claim.from, &from, || stage_options(plan));
            response.accessible_name(format!("Stage of {words}"));
            if let Some(stage) = chosen {
                form.change("source of truth", |domain| domain.truth[place].from = stage);
            }
        });
        let removes = format!("Remove the claim of {name}");
        let cross = Button::new(theme::icon(Icon::X, 11.0)).frame(false);
        if ui.add(cross).on_hover_text(&removes).accessible_name(removes).clicked() {
            form.change("claim removed", |domain| drop(domain.truth.remove(place)));
        }
    });
    scope_ui(ui, form, place);
}

/// The part of the domain that the claim is for; empty is all of it.
fn scope_ui(ui: &mut Ui, form: &mut Form<'_, DataDomain>, place: usize) {
    let claim = &form.element.truth[place];
    let parts = [
        ("group", "Only fields", claim.scope.group.clone()),
        ("partition", "Only records of", claim.scope.partition.clone()),
    ];
    for (part, words, text) in parts {
        row_ui(ui, words, |ui, label| {
            let field = format!("claim {} {part}", place + 1);
            form.typed_ui(ui, label, &field, &text, "all", |domain, typed| {
                let scope = &mut domain.truth[place].scope;
                *(if part == "group" { &mut scope.group } else { &mut scope.partition }) = typed;
            });
        });
    }
}

fn add_ui(ui: &mut Ui, plan: &Plan, form: &mut Form<'_, DataDomain>) {
    ui.scope(|ui| {
        ui.set_max_width(110.0);
        let systems = || {
            let systems = plan.systems.iter().filter(|(_, system)| !system.is_hub());
            systems.map(|(id, system)| (Some(id.clone()), system.name.clone())).collect()
        };
        let (chosen, response) =
            choice_ui(ui, Id::unique(form.key_of("new claim")), &None, "+ claim", systems);
        response.accessible_name("Add a claim");
        if let Some(system) = chosen.flatten() {
            form.change("claim added", |domain| domain.truth.push(Claim::whole(system, Stage::Today)));
        }
    });
}
