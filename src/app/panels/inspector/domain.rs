//! The inspector of a data domain.

use egui::{Id, Ui};

use crate::edit::{Change, Edit};
use crate::model::{ConflictKind, ConflictRule, DataDomain, DomainClass, DomainId, DomainKind, Plan};
use crate::rules::Subject;
use crate::scene::Role;

use super::super::super::action::{Action, Actions};
use super::super::super::derived::Cell;
use super::super::super::shown::Shown;
use super::super::super::theme;
use super::super::super::widgets::{
    Form, caption_ui, choice_ui, domain_chip_ui, muted, name_button_ui, row_ui,
};
use super::claims::claims_ui;
use super::here::findings_here_ui;

/// One data domain.
pub fn domain_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, id: &DomainId) {
    let Some(domain) = shown.plan.domains.get(id) else { return };
    let edit = |domain| Edit::Domain(id.clone(), Box::new(Change::Set(domain)));
    let key = format!("domain/{id}");
    let mut form =
        Form { element: domain.as_ref(), name: &domain.name, key: key.clone(), edit: &edit, actions };
    header_ui(ui, shown, &mut form);
    form.known_ui(ui, "Kind", DomainKind::ALL, |domain| &mut domain.kind);
    form.known_ui(ui, "Class", DomainClass::ALL, |domain| &mut domain.class);
    form.text_ui(ui, "Key", |domain| &mut domain.key);
    form.text_ui(ui, "Steward", |domain| &mut domain.steward);
    conflict_ui(ui, shown.plan, &mut form);
    parents_ui(ui, shown.plan, &mut form, id);
    claims_ui(ui, shown.plan, &mut form);
    holders_ui(ui, shown, actions, id);
    findings_here_ui(ui, shown, actions, &[Subject::Domain(id.clone())]);
    caption_ui(ui, "Notes");
    let mut form = Form { element: domain.as_ref(), name: &domain.name, key, edit: &edit, actions };
    form.notes_ui(ui, |domain| &mut domain.notes);
}

fn header_ui(ui: &mut Ui, shown: &Shown<'_>, form: &mut Form<'_, DataDomain>) {
    ui.horizontal(|ui| {
        let icon = theme::icon(lucide_icons::Icon::Database, 18.0);
        ui.label(icon.color(theme::colour(ui, Role::Truth)));
        let name = form.name_ui(ui, |domain| &mut domain.name);
        super::focus_first(shown, &name);
    });
}

const fn winner_words(winner: Option<ConflictKind>) -> &'static str {
    match winner {
        None => "No rule yet",
        Some(ConflictKind::SourcePriority) => "The source of truth, or by an order",
        Some(ConflictKind::FieldMastership) => "Each group of fields has its own",
        Some(ConflictKind::LastWriter) => "Whoever wrote last",
        Some(ConflictKind::MostComplete) => "The most complete record",
        Some(ConflictKind::Majority) => "What most systems say",
        Some(ConflictKind::Manual) => "A person decides",
        Some(ConflictKind::HubDecides) => "The hub decides",
    }
}

/// Who wins when two systems change the same record.
fn conflict_ui(ui: &mut Ui, plan: &Plan, form: &mut Form<'_, DataDomain>) {
    let rule = form.element.conflict_rule.clone();
    let winner = rule.as_ref().map(|rule| rule.winner);
    row_ui(ui, "Who wins", |ui, label| {
        let options = || {
            let kinds = ConflictKind::ALL.iter().map(|kind| Some(*kind));
            std::iter::once(None).chain(kinds).map(|kind| (kind, winner_words(kind).to_owned())).collect()
        };
        let id = Id::unique(form.key_of("who wins"));
        let (chosen, response) = choice_ui(ui, id, &winner, winner_words(winner), options);
        response.labelled_by(label);
        if let Some(winner) = chosen {
            form.change("who wins", |domain| domain.conflict_rule = winner.map(ConflictRule::of));
        }
    });
    match winner {
        Some(ConflictKind::Manual) => {
            form.text_ui(ui, "Who decides", |domain| {
                &mut domain
                    .conflict_rule
                    .get_or_insert_with(|| ConflictRule::of(ConflictKind::Manual))
                    .steward
            });
        }
        Some(ConflictKind::SourcePriority) => order_ui(ui, plan, form),
        _ => {}
    }
}

/// The systems in the order in which they win, the strongest first.
fn order_ui(ui: &mut Ui, plan: &Plan, form: &mut Form<'_, DataDomain>) {
    let order = form.element.conflict_rule.as_ref().map(|rule| rule.order.clone()).unwrap_or_default();
    row_ui(ui, "In the order", |ui, label| {
        ui.horizontal_wrapped(|ui| {
            for (place, system) in order.iter().enumerate() {
                let words = format!("{}. {}", place + 1, plan.system_name(system));
                if domain_chip_ui(ui, &words) {
                    form.change("order", |domain| {
                        domain.conflict_rule.iter_mut().for_each(|rule| drop(rule.order.remove(place)));
                    });
                }
            }
            ui.set_max_width(74.0);
            let others = || {
                let others =
                    plan.systems.iter().filter(|(id, system)| !order.contains(id) && !system.is_hub());
                others.map(|(id, system)| (Some(id.clone()), system.name.clone())).collect()
            };
            let (chosen, response) = choice_ui(ui, Id::unique(form.key_of("order")), &None, "+ add", others);
            response.labelled_by(label);
            if let Some(system) = chosen.flatten() {
                form.change("order", |domain| {
                    domain.conflict_rule.iter_mut().for_each(|rule| rule.order.push(system.clone()));
                });
            }
        });
    });
}

/// The domains that its records refer to.
fn parents_ui(ui: &mut Ui, plan: &Plan, form: &mut Form<'_, DataDomain>, id: &DomainId) {
    let parents = form.element.parents.clone();
    row_ui(ui, "Refers to", |ui, label| {
        ui.horizontal_wrapped(|ui| {
            for parent in &parents {
                if domain_chip_ui(ui, plan.domain_name(parent)) {
                    form.change("what it refers to", |domain| _ = domain.parents.remove(parent));
                }
            }
            ui.set_max_width(74.0);
            let others = || {
                let others =
                    plan.domains.iter().filter(|(other, _)| *other != id && !parents.contains(*other));
                others.map(|(other, domain)| (Some(other.clone()), domain.name.clone())).collect()
            };
            let (chosen, response) =
                choice_ui(ui, Id::unique(form.key_of("parents")), &None, "+ add", others);
            response.labelled_by(label);
            if let Some(parent) = chosen.flatten() {
                form.change("what it refers to", |domain| _ = domain.parents.insert(parent));
            }
        });
    });
}

/// Who holds it at the shown stage, and as what.
fn holders_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, id: &DomainId) {
    let rows = shown.knowledge.ownership.get(shown.at());
    let Some(row) = rows.and_then(|rows| rows.iter().find(|row| row.domain == *id)) else { return };
    caption_ui(ui, &format!("Who holds it · {}", shown.plan.stage_name(shown.stage())));
    if row.cells.is_empty() {
        ui.label(muted(ui, "Nobody at this stage."));
    }
    for (system, cell) in &row.cells {
        ui.horizontal(|ui| {
            if name_button_ui(ui, shown.plan.system_name(system), 140.0).clicked() {
                actions.push(Action::Select(vec![Subject::System(system.clone())]));
            }
            let words = match cell {
                Cell::Truth => "source of truth",
                Cell::WasTruth => "was source of truth",
                Cell::Role(crate::model::Role::Author) => "edits",
                Cell::Role(crate::model::Role::Entry) => "creates",
                Cell::Role(crate::model::Role::Reader) => "reads",
                Cell::Role(crate::model::Role::Archive) => "keeps old records",
                Cell::Undeclared => "sends or receives it",
            };
            ui.label(muted(ui, words));
        });
    }
}
