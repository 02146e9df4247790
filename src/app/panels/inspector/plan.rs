//! The inspector of the plan: who it is for, what it works towards, and what it changes.

use egui::{Id, Ui};

use crate::edit::Edit;
use crate::model::{Aim, Date, Plan};
use crate::scene::text::Weight;

use super::super::super::action::{Actions, commit, commit_field};
use super::super::super::shown::Shown;
use super::super::super::theme;
use super::super::super::widgets::{
    Typed, caption_ui, choice_ui, end_of_typing, muted, notes_ui, parsed_ui, row_ui, text_ui,
};
use super::gates::gates_ui;
use super::numbers::{links_ui, numbers_ui};
use super::subscription::subscription_ui;
use super::waves::waves_ui;

/// The plan, with nothing selected.
pub fn plan_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions) {
    ui.label(theme::text("The plan", Weight::SemiBold, 15.0));
    ui.label(muted(ui, "Nothing is selected: this is about all of it"));
    ui.add_space(4.0);
    texts_ui(ui, shown, actions);
    aim_ui(ui, shown.plan, actions);
    date_ui(ui, shown.plan, actions);
    focal_ui(ui, shown.plan, actions);
    subscription_ui(ui, shown, actions);
    numbers_ui(ui, shown);
    links_ui(ui, shown);
    gates_ui(ui, shown, actions);
    waves_ui(ui, shown, actions);
    caption_ui(ui, "Notes");
    let typed = notes_ui(ui, Id::unique("plan/notes"), &shown.plan.notes);
    commit_field(actions, "Plan: notes", "plan/notes", typed.value.map(Edit::Notes));
    end_of_typing(&typed.response.accessible_name("Notes"), actions);
}

fn texts_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions) {
    type Change = fn(String) -> Edit;
    let plan = shown.plan;
    let fields: [(&str, &str, Change); 3] = [
        ("Name", &plan.name, Edit::Name),
        ("Client", &plan.client, Edit::Client),
        ("Author", &plan.author, Edit::Author),
    ];
    for (words, text, change) in fields {
        row_ui(ui, words, |ui, label| {
            let typed = text_ui(ui, Id::unique(("plan", words)), text, "not known");
            let response = typed.response.labelled_by(label);
            if words == "Name" {
                super::focus_first(shown, &response);
            }
            let key = format!("plan/{words}");
            commit_field(actions, format!("Plan: {}", words.to_lowercase()), key, typed.value.map(change));
            end_of_typing(&response, actions);
        });
    }
}

const fn aim_words(aim: Aim) -> &'static str {
    match aim {
        Aim::Draft => "Draft: anything goes",
        Aim::Review => "Review: a board decides on it",
        Aim::Build => "Build: it is built",
        Aim::Cutover => "Cutover: it is switched over",
    }
}

fn aim_ui(ui: &mut Ui, plan: &Plan, actions: &mut Actions) {
    row_ui(ui, "Works towards", |ui, label| {
        let options = || Aim::ALL.iter().map(|aim| (*aim, aim_words(*aim).to_owned())).collect();
        let (chosen, response) =
            choice_ui(ui, Id::unique("plan/aim"), &plan.aim, aim_words(plan.aim), options);
        response.labelled_by(label);
        commit(actions, "Plan: what it works towards", chosen.map(Edit::Aim));
    });
}

fn date_ui(ui: &mut Ui, plan: &Plan, actions: &mut Actions) {
    let parse = |text: &str| match text.trim() {
        "" => Ok(None),
        text => {
            text.parse::<Date>().map(Some).map_err(|_| "Expected a day as 2027-03-31 or a year".to_owned())
        }
    };
    row_ui(ui, "As of", |ui, label| {
        let text = plan.as_of.map(|date| date.to_string()).unwrap_or_default();
        let Typed { value, response } = parsed_ui(ui, Id::unique("plan/as of"), &text, "not known", parse);
        commit_field(actions, "Plan: as of", "plan/as of", value.map(Edit::AsOf));
        end_of_typing(&response.labelled_by(label), actions);
    });
}

fn focal_ui(ui: &mut Ui, plan: &Plan, actions: &mut Actions) {
    row_ui(ui, "Focal system", |ui, label| {
        let current = plan.focal_system.as_ref().map_or("None", |id| plan.system_name(id));
        let options = || {
            let systems = plan.systems.iter().filter(|(_, system)| !system.is_hub());
            let systems = systems.map(|(id, system)| (Some(id.clone()), system.name.clone()));
            std::iter::once((None, "None".to_owned())).chain(systems).collect()
        };
        let (chosen, response) =
            choice_ui(ui, Id::unique("plan/focal"), &plan.focal_system, current, options);
        response.labelled_by(label).on_hover_text("The platform that systems move into or connect to");
        commit(actions, "Plan: focal system", chosen.map(Edit::FocalSystem));
    });
}
