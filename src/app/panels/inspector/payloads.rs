//! What a flow carries: its payloads, and a field that adds a domain by name, a new one too.

use egui::{Button, Id, Key, Modifiers, TextEdit, Ui};
use lucide_icons::Icon;

use crate::edit::{Change, Edit, add_domain, change_flow};
use crate::model::{DataDomain, Direction, DomainId, Flow, FlowId, Payload, Plan};
use crate::rules::Subject;

use super::super::super::action::{Action, Actions, commit};
use super::super::super::shown::Shown;
use super::super::super::theme;
use super::super::super::widgets::{Form, caption_ui, choice_ui, muted, name_button_ui};

/// Domains that are proposed while a name is typed.
const PROPOSED: usize = 6;

/// The payloads of a flow.
pub fn payloads_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, id: &FlowId, flow: &Flow) {
    caption_ui(ui, "Carries");
    for place in 0..flow.carries.len() {
        payload_ui(ui, shown, actions, (id, flow), place);
    }
    add_ui(ui, shown, actions, id, flow);
}

const fn arrow(direction: Direction) -> &'static str {
    match direction {
        Direction::Forward => "→",
        Direction::Back => "←",
        Direction::Both => "↔",
    }
}

fn direction_words(plan: &Plan, flow: &Flow, direction: Direction) -> String {
    match direction {
        Direction::Forward => format!("→ to {}", plan.system_name(&flow.to)),
        Direction::Back => format!("← to {}", plan.system_name(&flow.from)),
        Direction::Both => "↔ both ways".to_owned(),
    }
}

fn payload_ui(
    ui: &mut Ui,
    shown: &Shown<'_>,
    actions: &mut Actions,
    (id, flow): (&FlowId, &Flow),
    place: usize,
) {
    let payload = &flow.carries[place];
    let domain = shown.plan.domain_name(&payload.domain);
    let name = shown.plan.flow_name(id);
    let edit = |changed: Payload| {
        let mut flow = flow.clone();
        flow.carries[place] = changed;
        Edit::Flow(id.clone(), Box::new(Change::Set(flow)))
    };
    let mut removes = false;
    ui.horizontal(|ui| {
        if name_button_ui(ui, domain, 108.0).clicked() {
            actions.push(Action::Select(vec![Subject::Domain(payload.domain.clone())]));
        }
        ui.scope(|ui| {
            ui.set_max_width(48.0);
            let options =
                || Direction::ALL.iter().map(|way| (*way, direction_words(shown.plan, flow, *way))).collect();
            let key = Id::unique(("direction", id.as_str(), place));
            let (chosen, response) =
                choice_ui(ui, key, &payload.direction, arrow(payload.direction), options);
            let words = direction_words(shown.plan, flow, payload.direction);
            response.on_hover_text(words).accessible_name(format!("Direction of {domain}"));
            let changed = chosen.map(|direction| edit(Payload { direction, ..payload.clone() }));
            commit(actions, format!("{name}: direction of {domain}"), changed);
        });
        let width = (ui.available_width() - 28.0).max(20.0);
        ui.allocate_ui(egui::vec2(width, 20.0), |ui| {
            let key = format!("flow/{id}/{place}");
            let mut form = Form { element: payload, name: &name, key, edit: &edit, actions };
            form.bare_text_ui(ui, &format!("Part of {domain}"), "all of it", |payload| &mut payload.part);
        });
        let words = format!("Carry {domain} no longer");
        let cross = Button::new(theme::icon(Icon::X, 11.0)).frame(false);
        removes = ui.add(cross).on_hover_text(&words).accessible_name(words).clicked();
    });
    let mut writes = payload.writes;
    let tick = ui.indent(("writes", place), |ui| ui.checkbox(&mut writes, "changes records")).inner;
    if tick.accessible_name(format!("{domain} changes records")).changed() {
        commit(
            actions,
            format!("{name}: {domain} changes records"),
            [edit(Payload { writes, ..payload.clone() })],
        );
    }
    if removes {
        let edit = change_flow(shown.plan, id, |flow| drop(flow.carries.remove(place)));
        commit(actions, format!("{name}: without {domain}"), edit);
    }
}

/// What is typed in the field that adds a domain, and which proposal the arrows are at.
#[derive(Clone, Debug, Default)]
struct Draft {
    text: String,
    chosen: Option<usize>,
}

fn add_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, id: &FlowId, flow: &Flow) {
    let key = Id::unique(("add domain", id.as_str()));
    let mut draft: Draft = ui.data(|data| data.get_temp(key)).unwrap_or_default();
    let has_focus = ui.memory(|memory| memory.has_focus(key));
    let proposals = proposals(shown.plan, flow, &draft.text);
    if has_focus {
        choose_by_key(ui, &mut draft, proposals.len());
    }
    let width = ui.available_width();
    let edit = TextEdit::singleline(&mut draft.text).id(key).hint_text("Add a domain: name and Enter");
    let response = ui.add(edit.desired_width(width)).accessible_name("Add a domain");
    super::focus_first(shown, &response);
    if response.changed() {
        draft.chosen = None;
    }
    let is_entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let mut taken = None;
    if is_entered {
        let typed = draft.text.trim().to_owned();
        taken = draft
            .chosen
            .and_then(|chosen| proposals.get(chosen))
            .map(|(_, name)| name.clone())
            .or(Some(typed));
    }
    if !draft.text.trim().is_empty() {
        taken = proposals_ui(ui, &draft, &proposals).or(taken);
    }
    if let Some(name) = taken.filter(|name| !name.is_empty()) {
        carry(shown.plan, actions, id, flow, &name);
        draft = Draft::default();
        response.request_focus();
    }
    ui.data_mut(|data| data.insert_temp(key, draft));
}

fn choose_by_key(ui: &Ui, draft: &mut Draft, count: usize) {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if count > 0 && pressed(Key::ArrowDown) {
        draft.chosen = Some(draft.chosen.map_or(0, |chosen| (chosen + 1).min(count - 1)));
    }
    if count > 0 && pressed(Key::ArrowUp) {
        draft.chosen = draft.chosen.and_then(|chosen| chosen.checked_sub(1));
    }
}

/// Known domains that what was typed is part of, those first that begin with it.
fn proposals(plan: &Plan, flow: &Flow, typed: &str) -> Vec<(DomainId, String)> {
    let typed = typed.trim().to_lowercase();
    if typed.is_empty() {
        return Vec::new();
    }
    let fits = |(id, domain): &(&DomainId, &std::sync::Arc<DataDomain>)| {
        domain.name.to_lowercase().contains(&typed) && !flow.carries_domain(id)
    };
    let mut found: Vec<_> =
        plan.domains.iter().filter(fits).map(|(id, domain)| (id.clone(), domain.name.clone())).collect();
    found.sort_by_key(|(_, name)| !name.to_lowercase().starts_with(&typed));
    found.truncate(PROPOSED);
    found
}

fn proposals_ui(ui: &mut Ui, draft: &Draft, proposals: &[(DomainId, String)]) -> Option<String> {
    let mut taken = None;
    for (place, (_, name)) in proposals.iter().enumerate() {
        if ui.selectable_label(draft.chosen == Some(place), name).clicked() {
            taken = Some(name.clone());
        }
    }
    let typed = draft.text.trim();
    if !proposals.iter().any(|(_, name)| name.eq_ignore_ascii_case(typed)) {
        ui.label(muted(ui, format!("Enter makes a new domain \"{typed}\"")));
    }
    taken
}

/// The flow carries a domain; one that the plan does not have yet is added in the same step.
fn carry(plan: &Plan, actions: &mut Actions, id: &FlowId, flow: &Flow, name: &str) {
    let is_named = |domain: &DataDomain| domain.name.to_lowercase() == name.to_lowercase();
    let known = plan.domains.iter().find(|(_, domain)| is_named(domain)).map(|(domain, _)| domain.clone());
    let domain = known.clone().unwrap_or_else(|| plan.free_domain_id(name));
    if flow.carries_domain(&domain) {
        actions.push(Action::Say(format!("{} is carried already", plan.domain_name(&domain))));
        return;
    }
    let new = known.is_none().then(|| add_domain(domain.clone(), DataDomain::named(name)));
    let carries = change_flow(plan, id, |flow| flow.carries.push(Payload::of(domain)));
    commit(actions, format!("{} carries {name}", plan.flow_name(id)), new.into_iter().chain(carries));
}
