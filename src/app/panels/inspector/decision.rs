//! The open decision about a system that nobody has decided on yet: who decides, and until when. A review
//! needs it.

use egui::{Id, Ui};

use crate::edit::{Change, Edit, add_decision};
use crate::model::{Date, Decision, DecisionId, DecisionStatus, Plan, Subject, System, SystemId, free_id};

use super::super::super::action::{Actions, commit_field};
use super::super::super::shown::Shown;
use super::super::super::widgets::{caption_ui, end_of_typing, parsed_ui, row_ui, text_ui};

/// Who decides about a system and until when.
pub fn decision_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, id: &SystemId, system: &System) {
    caption_ui(ui, "Open decision");
    let open = open_decision(shown.plan, id);
    let decision = open.map(|(_, decision)| decision.clone());
    let key = |field: &str| format!("decision/{id}/{field}");
    row_ui(ui, "Who decides", |ui, label| {
        let owner = decision.as_ref().map_or("", |decision| decision.owner.as_str());
        let typed = text_ui(ui, Id::unique(key("owner")), owner, "a name");
        let edit =
            typed.value.map(|owner| changed(shown.plan, id, system, |decision| decision.owner = owner));
        commit_field(actions, format!("{}: who decides", system.name), key("owner"), edit);
        end_of_typing(&typed.response.labelled_by(label), actions);
    });
    row_ui(ui, "Until", |ui, label| {
        let due = decision.as_ref().and_then(|decision| decision.due);
        let text = due.map(|due| due.to_string()).unwrap_or_default();
        let parse = |text: &str| match text.trim() {
            "" => Ok(None),
            text => text.parse::<Date>().map(Some).map_err(|error| error.to_string()),
        };
        let typed = parsed_ui(ui, Id::unique(key("due")), &text, "a day", parse);
        let edit = typed.value.map(|due| changed(shown.plan, id, system, |decision| decision.due = due));
        commit_field(actions, format!("{}: decision until", system.name), key("due"), edit);
        end_of_typing(&typed.response.labelled_by(label), actions);
    });
}

fn open_decision<'p>(plan: &'p Plan, id: &SystemId) -> Option<(&'p DecisionId, &'p Decision)> {
    let is_about = |decision: &Decision| {
        matches!(decision.status, DecisionStatus::Open | DecisionStatus::Proposed)
            && decision.subjects.contains(&Subject::System(id.clone()))
    };
    plan.decisions
        .iter()
        .find(|(_, decision)| is_about(decision))
        .map(|(id, decision)| (id, decision.as_ref()))
}

/// The edit that changes the open decision about a system, or begins one.
fn changed(plan: &Plan, id: &SystemId, system: &System, change: impl FnOnce(&mut Decision)) -> Edit {
    if let Some((known, decision)) = open_decision(plan, id) {
        let mut decision = decision.clone();
        change(&mut decision);
        return Edit::Decision(known.clone(), Box::new(Change::Set(decision)));
    }
    let mut decision = Decision {
        title: format!("What becomes of {}?", system.name),
        options: ["Integrate", "Migrate", "Federate", "Retire"].map(str::to_owned).to_vec(),
        subjects: vec![Subject::System(id.clone())],
        ..Decision::default()
    };
    change(&mut decision);
    add_decision(free_id(&decision.title, |id| plan.decisions.contains_key(id)), decision)
}
