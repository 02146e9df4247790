//! What a system does with data: the domains that it is the source of truth for, and its roles.

use egui::{Button, Id, Ui};
use lucide_icons::Icon;

use crate::edit::{Change, Edit, change_domain};
use crate::landscape::Timeline;
use crate::model::{DomainId, Holding, Role, System, SystemId};
use crate::rules::Subject;

use super::super::super::action::{Action, Actions, commit};
use super::super::super::shown::Shown;
use super::super::super::theme;
use super::super::super::widgets::{Form, caption_ui, choice_ui, crown_chip_ui, muted, name_button_ui};

/// The domains that it is the source of truth for at the shown stage.
pub fn owns_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, id: &SystemId) {
    caption_ui(ui, "Owns (source of truth)");
    let rows = shown.knowledge.ownership.get(shown.at()).map(Vec::as_slice).unwrap_or_default();
    let owned: Vec<_> = rows.iter().filter(|row| row.truths.contains(id)).map(|row| &row.domain).collect();
    ui.horizontal_wrapped(|ui| {
        for domain in &owned {
            if crown_chip_ui(ui, shown.plan.domain_name(domain)) {
                give_up(shown, actions, domain, id);
            }
        }
        if let Some(domain) = add_ui(ui, shown, ("owns", id), |domain| !owned.contains(&domain)) {
            actions.push(Action::ClaimTruth(domain, id.clone()));
        }
    });
}

/// The claims of a system on a domain that have begun at the shown stage go.
fn give_up(shown: &Shown<'_>, actions: &mut Actions, domain: &DomainId, id: &SystemId) {
    let timeline = Timeline::new(shown.plan);
    let at = shown.at();
    let edit = change_domain(shown.plan, domain, |domain| {
        domain.truth.retain(|claim| claim.system != *id || timeline.place_or_target(&claim.from) > at);
    });
    let names = (shown.plan.system_name(id), shown.plan.domain_name(domain));
    commit(actions, format!("{} does not own {}", names.0, names.1), edit);
}

/// "+ add": a list of the domains that pass.
fn add_ui(
    ui: &mut Ui,
    shown: &Shown<'_>,
    (what, id): (&str, &SystemId),
    passes: impl Fn(&DomainId) -> bool,
) -> Option<DomainId> {
    let options = || {
        let domains = shown.plan.domains.iter().filter(|(domain, _)| passes(domain));
        domains.map(|(id, domain)| (Some(id.clone()), domain.name.clone())).collect()
    };
    // A row that is too short for it goes on in the next one.
    ui.allocate_ui(egui::vec2(74.0, 20.0), |ui| {
        let (chosen, response) = choice_ui(ui, Id::unique((what, id.as_str())), &None, "+ add", options);
        response.accessible_name(if what == "owns" {
            "Add a domain that it owns"
        } else {
            "Add a domain that it holds"
        });
        chosen.flatten()
    })
    .inner
}

/// The domains that it holds, with its role and its records.
pub fn holdings_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, id: &SystemId, system: &System) {
    caption_ui(ui, "Data");
    if system.holdings.is_empty() {
        ui.label(muted(ui, "Nothing is declared."));
    }
    for (domain, holding) in &system.holdings {
        holding_ui(ui, shown, actions, (id, domain), holding);
    }
    if let Some(domain) = add_ui(ui, shown, ("holds", id), |domain| !system.holdings.contains_key(domain)) {
        actions.push(Action::SetRole(domain, id.clone(), Some(Role::Reader)));
    }
}

/// What a role means.
const fn role_words(role: Option<Role>) -> &'static str {
    match role {
        None => "Not known",
        Some(Role::Author) => "Edits",
        Some(Role::Entry) => "Creates",
        Some(Role::Reader) => "Reads",
        Some(Role::Archive) => "Keeps",
    }
}

fn holding_ui(
    ui: &mut Ui,
    shown: &Shown<'_>,
    actions: &mut Actions,
    (id, domain): (&SystemId, &DomainId),
    holding: &Holding,
) {
    let name = shown.plan.domain_name(domain);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        if name_button_ui(ui, name, 82.0).clicked() {
            actions.push(Action::Select(vec![Subject::Domain(domain.clone())]));
        }
        ui.scope(|ui| {
            ui.set_max_width(98.0);
            let options = || {
                let roles = Role::ALL.iter().map(|role| Some(*role));
                std::iter::once(None).chain(roles).map(|role| (role, role_words(role).to_owned())).collect()
            };
            let key = Id::unique(("role", id.as_str(), domain.as_str()));
            let (chosen, response) = choice_ui(ui, key, &holding.role, role_words(holding.role), options);
            response.accessible_name(format!("Role with {name}"));
            actions.extend(chosen.map(|role| Action::SetRole(domain.clone(), id.clone(), role)));
        });
        let width = ui.available_width() - 26.0;
        ui.allocate_ui(egui::vec2(width, 20.0), |ui| records_ui(ui, shown, actions, (id, domain), holding));
        let words = format!("Remove {name} from its data");
        let cross = Button::new(theme::icon(Icon::X, 11.0)).frame(false);
        if ui.add(cross).on_hover_text(&words).accessible_name(words).clicked() {
            let edit =
                crate::edit::change_system(shown.plan, id, |system| drop(system.holdings.remove(domain)));
            commit(actions, format!("{}: {name} removed", shown.plan.system_name(id)), edit);
        }
    });
}

fn records_ui(
    ui: &mut Ui,
    shown: &Shown<'_>,
    actions: &mut Actions,
    (id, domain): (&SystemId, &DomainId),
    holding: &Holding,
) {
    let Some(system) = shown.plan.systems.get(id) else { return };
    let edit = |holding: Holding| {
        let mut system = System::clone(system);
        system.holdings.insert(domain.clone(), holding);
        Edit::System(id.clone(), Box::new(Change::Set(system)))
    };
    let key = format!("system/{id}/{domain}");
    let mut form = Form { element: holding, name: &system.name, key, edit: &edit, actions };
    let name = format!("Records of {}", shown.plan.domain_name(domain));
    form.bare_number_ui(ui, &name, "records", "a whole number", |holding| &mut holding.records);
}
