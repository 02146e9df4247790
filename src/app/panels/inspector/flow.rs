//! The inspector of a flow.

use egui::{Button, Ui};

use crate::edit::{Change, Edit};
use crate::model::{Flow, FlowId, Guards, Initiator, Mechanism, Pattern, Plan, SystemId, Timing};
use crate::rules::{Subject, flow_checklist};
use crate::scene::Role;
use crate::scene::text::Weight;

use super::super::super::action::{Action, Actions};
use super::super::super::shown::Shown;
use super::super::super::theme;
use super::super::super::widgets::{Form, caption_ui, stage_options, wave_options};
use super::checklist::checklist_ui;
use super::here::findings_here_ui;
use super::operation::operation_ui;
use super::payloads::payloads_ui;

/// One flow.
pub fn flow_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, id: &FlowId) {
    let Some(flow) = shown.plan.flows.get(id) else { return };
    header_ui(ui, shown.plan, actions, flow);
    checklist_ui(ui, &flow_checklist(flow));
    payloads_ui(ui, shown, actions, id, flow);
    let name = shown.plan.flow_name(id);
    let edit = |flow| Edit::Flow(id.clone(), Box::new(Change::Set(flow)));
    let mut form =
        Form { element: flow.as_ref(), name: &name, key: format!("flow/{id}"), edit: &edit, actions };
    way_ui(ui, shown.plan, &mut form);
    operation_ui(ui, &mut form);
    time_ui(ui, shown.plan, &mut form);
    findings_here_ui(ui, shown, actions, &[Subject::Flow(id.clone())]);
    caption_ui(ui, "Notes");
    let mut form =
        Form { element: flow.as_ref(), name: &name, key: format!("flow/{id}"), edit: &edit, actions };
    form.notes_ui(ui, |flow| &mut flow.notes);
}

fn header_ui(ui: &mut Ui, plan: &Plan, actions: &mut Actions, flow: &Flow) {
    let mut end_ui = |ui: &mut Ui, id: &SystemId| {
        let name = theme::text(plan.system_name(id), Weight::SemiBold, 15.0);
        let button = Button::new(name).frame_when_inactive(false).truncate();
        if ui.add(button).on_hover_text("Select this system").clicked() {
            actions.push(Action::Select(vec![Subject::System(id.clone())]));
        }
    };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().button_padding.x = 2.0;
        end_ui(ui, &flow.from);
        let arrow = if flow.is_two_way() { "↔" } else { "→" };
        ui.label(theme::text(arrow, Weight::SemiBold, 15.0).color(theme::colour(ui, Role::TextMuted)));
        end_ui(ui, &flow.to);
    });
}

/// The way that the data takes: hub, timing, means.
fn way_ui(ui: &mut Ui, plan: &Plan, form: &mut Form<'_, Flow>) {
    caption_ui(ui, "The way");
    let via = &form.element.via;
    let names = || via.iter().map(|hub| plan.system_name(hub)).collect::<Vec<_>>().join(", ");
    let words = if via.is_empty() { "Direct".to_owned() } else { names() };
    let hubs = || {
        let hubs = plan.systems.iter().filter(|(_, system)| system.is_hub());
        let hubs = hubs.map(|(id, system)| (vec![id.clone()], system.name.clone()));
        std::iter::once((Vec::new(), "Direct".to_owned())).chain(hubs).collect()
    };
    form.choice_ui(ui, "Via", &words, hubs, |flow| &mut flow.via);
    form.known_ui(ui, "Timing", Timing::ALL, |flow| &mut flow.timing);
    form.known_ui(ui, "Pattern", Pattern::ALL, |flow| &mut flow.pattern);
    form.known_ui(ui, "Mechanism", Mechanism::ALL, |flow| &mut flow.mechanism);
    let ends = (plan.system_name(&form.element.from), plan.system_name(&form.element.to));
    let starter = |initiator: Initiator| match initiator {
        Initiator::From => ends.0.to_owned(),
        Initiator::To => ends.1.to_owned(),
        Initiator::Hub => "The hub".to_owned(),
    };
    let starters = || Initiator::ALL.iter().map(|who| (*who, starter(*who))).collect();
    form.choice_ui(ui, "Started by", &starter(form.element.initiator), starters, |flow| &mut flow.initiator);
    let guarded = |guards: Guards| match guards {
        Guards::None => "Not guarded".to_owned(),
        Guards::Forward => format!("Towards {}", ends.1),
        Guards::Back => format!("Towards {}", ends.0),
        Guards::Both => "Both ways".to_owned(),
    };
    let guards = || Guards::ALL.iter().map(|guards| (*guards, guarded(*guards))).collect();
    form.choice_ui(ui, "Echo guard", &guarded(form.element.guards), guards, |flow| &mut flow.guards);
    if form.element.is_direct() {
        form.text_ui(ui, "Bypass reason", |flow| &mut flow.bypass_ok);
    }
}

fn time_ui(ui: &mut Ui, plan: &Plan, form: &mut Form<'_, Flow>) {
    caption_ui(ui, "When");
    let since = plan.stage_name(&form.element.since);
    form.choice_ui(ui, "There from", since, || stage_options(plan), |flow| &mut flow.since);
    let wave =
        |id: &crate::model::WaveId| plan.waves.get(id).map_or(id.to_string(), |wave| wave.name.clone());
    let until = form.element.until.as_ref().map_or("Stays".to_owned(), wave);
    form.choice_ui(ui, "Gone from", &until, || wave_options(plan, "Stays"), |flow| &mut flow.until);
    form.tick_ui(ui, "Only a bridge until something else is there", |flow| &mut flow.bridge);
    form.text_ui(ui, "Why no successor", |flow| &mut flow.dropped_reason);
}
