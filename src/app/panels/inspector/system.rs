//! The inspector of a system.

use egui::{AtomExt as _, Button, Frame, Ui, vec2};
use lucide_icons::Icon;

use crate::edit::{Change, Edit, change_system};
use crate::model::{Disposition, FlowId, Kind, System, SystemId};
use crate::rules::{Subject, migration_checklist};
use crate::scene::text::Weight;
use crate::scene::{Role, kind_icon, kind_words};

use super::super::super::action::{Action, Actions, commit};
use super::super::super::shown::Shown;
use super::super::super::theme;
use super::super::super::widgets::{
    Form, caption_ui, choice_ui, disposition_buttons_ui, flow_words, muted, stage_options,
};
use super::checklist::checklist_ui;
use super::decision::decision_ui;
use super::here::findings_here_ui;
use super::holdings::{holdings_ui, owns_ui};
use super::judgement::judgement_ui;
use super::migration::{exit_ui, migration_ui};
use super::recommended::recommended_ui;

/// More flows than this are only counted.
const FLOWS: usize = 30;

/// One system.
pub fn system_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, id: &SystemId) {
    let Some(system) = shown.plan.systems.get(id) else { return };
    header_ui(ui, shown, actions, id, system);
    caption_ui(ui, "Disposition");
    actions.extend(disposition_buttons_ui(ui, Some(system.disposition)).map(Action::SetDisposition));
    ui.add_space(2.0);
    recommended_ui(ui, shown, actions, id);
    if system.disposition == Disposition::Undecided && !system.is_hub() {
        decision_ui(ui, shown, actions, id, system);
    }
    if let Some(list) = migration_checklist(system) {
        checklist_ui(ui, &list);
    }
    focal_ui(ui, shown, actions, id, system);
    facts_ui(ui, shown, actions, id, system);
    owns_ui(ui, shown, actions, id);
    holdings_ui(ui, shown, actions, id, system);
    let edit = edit_of(id);
    let mut form = form_of(id, system, &edit, actions);
    judgement_ui(ui, &mut form);
    if system.disposition == Disposition::Migrate {
        migration_ui(ui, shown.plan, &mut form, id);
    }
    if system.disposition.leaves() {
        exit_ui(ui, shown.plan, &mut form);
    }
    if system.is_hub() {
        hub_ui(ui, &mut form);
    }
    flows_ui(ui, shown, actions, id);
    findings_here_ui(ui, shown, actions, &[Subject::System(id.clone())]);
    caption_ui(ui, "Notes");
    form_of(id, system, &edit, actions).notes_ui(ui, |system| &mut system.notes);
}

fn edit_of(id: &SystemId) -> impl Fn(System) -> Edit {
    |system| Edit::System(id.clone(), Box::new(Change::Set(system)))
}

fn form_of<'a>(
    id: &SystemId,
    system: &'a System,
    edit: &'a dyn Fn(System) -> Edit,
    actions: &'a mut Actions,
) -> Form<'a, System> {
    Form { element: system, name: &system.name, key: format!("system/{id}"), edit, actions }
}

fn header_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, id: &SystemId, system: &System) {
    let is_focal = shown.plan.focal_system.as_ref() == Some(id);
    let role = if is_focal { Role::Focal } else { Role::of_disposition(system.disposition) };
    ui.horizontal_top(|ui| {
        let tile = Frame::new().fill(theme::colour(ui, role.soft())).corner_radius(6).inner_margin(9);
        tile.show(ui, |ui| {
            let icon = egui::RichText::new(kind_icon(system.kind).to_string());
            ui.label(icon.font(egui::FontId::new(20.0, theme::icon_family())).color(theme::colour(ui, role)));
        });
        ui.vertical(|ui| {
            let edit = edit_of(id);
            let name = form_of(id, system, &edit, actions).name_ui(ui, |system| &mut system.name);
            super::focus_first(shown, &name);
            let options = || Kind::ALL.iter().map(|kind| (*kind, kind_words(*kind).to_owned())).collect();
            let key = egui::Id::unique(("kind", id.as_str()));
            let (chosen, response) = choice_ui(ui, key, &system.kind, kind_words(system.kind), options);
            response.accessible_name("Kind");
            if let Some(kind) = chosen {
                let edit = change_system(shown.plan, id, |system| system.kind = kind);
                commit(actions, format!("{}: kind", system.name), edit);
            }
        });
    });
}

fn focal_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, id: &SystemId, system: &System) {
    if system.is_hub() {
        return;
    }
    let is_focal = shown.plan.focal_system.as_ref() == Some(id);
    let mut wanted = is_focal;
    let tick = ui.checkbox(&mut wanted, "Focal system");
    if tick.on_hover_text("The platform that systems move into or connect to").changed() {
        let label = if wanted {
            format!("{} is the focal system", system.name)
        } else {
            "No focal system".to_owned()
        };
        commit(actions, label, [Edit::FocalSystem(wanted.then(|| id.clone()))]);
    }
}

fn facts_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, id: &SystemId, system: &System) {
    caption_ui(ui, "Facts");
    let edit = edit_of(id);
    let mut form = form_of(id, system, &edit, actions);
    form.text_ui(ui, "Owner", |system| &mut system.owner_business);
    form.text_ui(ui, "Technical owner", |system| &mut system.owner_technical);
    form.text_ui(ui, "Hosting", |system| &mut system.hosting);
    let words = |level: Option<u8>| match level {
        None => "Not known".to_owned(),
        Some(1) => "1: little depends on it".to_owned(),
        Some(2) => "2: a team stops".to_owned(),
        Some(3) => "3: a business process stops".to_owned(),
        Some(4) => "4: the organisation stops".to_owned(),
        Some(other) => format!("{other}: outside 1 to 4"),
    };
    let levels = || [None, Some(1), Some(2), Some(3), Some(4)].map(|level| (level, words(level))).to_vec();
    form.choice_ui(ui, "Criticality", &words(system.criticality), levels, |system| &mut system.criticality);
    super::area::area_ui(ui, shown, actions, &[id]);
    let mut form = form_of(id, system, &edit, actions);
    let stage = shown.plan.stage_name(&system.introduced);
    form.choice_ui(ui, "There from", stage, || stage_options(shown.plan), |system| &mut system.introduced);
}

fn hub_ui(ui: &mut Ui, form: &mut Form<'_, System>) {
    caption_ui(ui, "Hub");
    form.yes_no_ui(ui, "Canonical model", |system| &mut system.hub.get_or_insert_default().canonical);
    form.yes_no_ui(ui, "Highly available", |system| &mut system.hub.get_or_insert_default().highly_available);
    form.yes_no_ui(ui, "Watches its flows", |system| &mut system.hub.get_or_insert_default().monitored);
    let expected = "a day as 2027-03-31 or a year";
    form.number_ui(ui, "Credential ends", expected, |system| {
        &mut system.hub.get_or_insert_default().credential_end
    });
}

fn flows_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, id: &SystemId) {
    let touches = |(_, flow): &(&FlowId, &std::sync::Arc<crate::model::Flow>)| {
        flow.from == *id || flow.to == *id || flow.via.contains(id)
    };
    let flows: Vec<_> = shown.plan.flows.iter().filter(touches).collect();
    caption_ui(ui, &format!("Flows · {}", flows.len()));
    if flows.is_empty() {
        ui.label(muted(ui, "None: drag from its edge to another system, or press F."));
    }
    for (flow_id, flow) in flows.iter().take(FLOWS) {
        let is_out = flow.from == *id;
        let arrow = if flow.is_two_way() {
            Icon::ArrowLeftRight
        } else if is_out || flow.via.contains(id) {
            Icon::ArrowRight
        } else {
            Icon::ArrowLeft
        };
        // A hub is no end: both ends are named.
        let other = if flow.via.contains(id) {
            format!("{} – {}", shown.plan.system_name(&flow.from), shown.plan.system_name(&flow.to))
        } else {
            shown.plan.system_name(if is_out { &flow.to } else { &flow.from }).to_owned()
        };
        let domains = flow_words(shown.plan, flow);
        let icon = theme::icon(arrow, 11.0).color(theme::colour(ui, Role::TextMuted));
        let name = theme::text(other, Weight::Medium, 12.0);
        // What it carries gives way where the row is too short for both.
        let carried = muted(ui, &domains).atom_shrink(true);
        let button = Button::new((icon, name, carried)).frame_when_inactive(false).truncate();
        let response = ui.add(button.min_size(vec2(ui.available_width(), 20.0)).gap(5.0));
        let words = format!("{}: {domains}", shown.plan.flow_name(flow_id));
        if response.accessible_name(words).clicked() {
            actions.push(Action::Select(vec![Subject::Flow((*flow_id).clone())]));
        }
    }
    if flows.len() > FLOWS {
        ui.label(muted(ui, format!("and {} more, under Interfaces", flows.len() - FLOWS)));
    }
}
