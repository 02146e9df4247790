//! What a system is worth and how it runs: the facts that the disposition and the rules are judged by.

use egui::{CollapsingHeader, Id, Ui};

use crate::model::{Interfaces, Lifecycle, System};
use crate::scene::text::Weight;

use super::super::super::theme;
use super::super::super::widgets::{Form, row_ui};

const YEAR_OR_DAY: &str = "a day as 2027-03-31 or a year";
const PERCENT: &str = "a number of percent";

/// Everything that is known of a system beyond its first facts.
pub fn judgement_ui(ui: &mut Ui, form: &mut Form<'_, System>) {
    let title = |words: &str| theme::text(words, Weight::Medium, 12.0);
    let id = |what: &str| Id::unique((form.key.clone(), what.to_owned()));
    let ids = [id("worth"), id("running"), id("platform")];
    CollapsingHeader::new(title("Worth and age")).id_salt(ids[0]).show(ui, |ui| worth_ui(ui, form));
    CollapsingHeader::new(title("Running it")).id_salt(ids[1]).show(ui, |ui| running_ui(ui, form));
    CollapsingHeader::new(title("What it can do")).id_salt(ids[2]).show(ui, |ui| abilities_ui(ui, form));
}

fn worth_ui(ui: &mut Ui, form: &mut Form<'_, System>) {
    let levels = |level: Option<u8>| level.map_or("Not known".to_owned(), |level| format!("{level} of 4"));
    let fits = || [None, Some(1), Some(2), Some(3), Some(4)].map(|level| (level, levels(level))).to_vec();
    let fit = levels(form.element.functional_fit);
    form.choice_ui(ui, "Functional fit", &fit, fits, |system| &mut system.functional_fit);
    let fit = levels(form.element.technical_fit);
    form.choice_ui(ui, "Technical fit", &fit, fits, |system| &mut system.technical_fit);
    form.yes_no_ui(ui, "Specialised", |system| &mut system.specialised);
    let degrees = || {
        let degrees = [None, Some(0), Some(1), Some(2), Some(3), Some(4)];
        degrees.map(|level| (level, levels(level))).to_vec()
    };
    let degree = levels(form.element.customisation);
    form.choice_ui(ui, "Customisation", &degree, degrees, |system| &mut system.customisation);
    form.known_ui(ui, "Lifecycle", Lifecycle::ALL, |system| &mut system.lifecycle);
    form.number_ui(ui, "Support ends", YEAR_OR_DAY, |system| &mut system.end_of_support);
    form.number_ui(ui, "Contract ends", YEAR_OR_DAY, |system| &mut system.contract_end);
    form.number_ui(ui, "Run cost a year", "a number", |system| &mut system.run_cost_year);
}

fn running_ui(ui: &mut Ui, form: &mut Form<'_, System>) {
    form.number_ui(ui, "Users", "a whole number", |system| &mut system.users);
    form.number_ui(ui, "Availability, %", PERCENT, |system| &mut system.availability);
    form.number_ui(ui, "Must reach, %", PERCENT, |system| &mut system.availability_target);
    form.yes_no_ui(ui, "Recovery plan", |system| &mut system.disaster_recovery);
    form.text_ui(ui, "Region", |system| &mut system.region);
    form.number_ui(ui, "Calls a day", "a whole number", |system| &mut system.rate_limit);
}

fn abilities_ui(ui: &mut Ui, form: &mut Form<'_, System>) {
    form.known_ui(ui, "Interfaces", Interfaces::ALL, |system| &mut system.interfaces_offered);
    row_ui(ui, "Capabilities", |ui, label| {
        let names: Vec<_> = form.element.capabilities.keys().cloned().collect();
        form.typed_ui(ui, label, "capabilities", &names.join(", "), "billing, quotes", |system, typed| {
            let scopes = std::mem::take(&mut system.capabilities);
            let wanted = typed.split(',').map(str::trim).filter(|name| !name.is_empty());
            system.capabilities =
                wanted.map(|name| (name.to_owned(), scopes.get(name).cloned().unwrap_or_default())).collect();
        });
    });
    form.text_ui(ui, "Suite", |system| &mut system.suite);
    form.tick_ui(ui, "Stands alone on purpose", |system| &mut system.standalone);
}
