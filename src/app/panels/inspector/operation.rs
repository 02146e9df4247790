//! How a flow runs: load, safety, care and worth.

use egui::{CollapsingHeader, Id, Ui};

use crate::model::{Auth, Flow, Mapping, ValueKind};
use crate::scene::text::Weight;

use super::super::super::theme;
use super::super::super::widgets::Form;

const COUNT: &str = "a whole number";

/// Load, safety, care and worth of a flow.
pub fn operation_ui(ui: &mut Ui, form: &mut Form<'_, Flow>) {
    let title = |words: &str| theme::text(words, Weight::Medium, 12.0);
    let id = |what: &str| Id::unique((form.key.clone(), what.to_owned()));
    let ids = [id("load"), id("safety"), id("care"), id("worth")];
    CollapsingHeader::new(title("Load")).id_salt(ids[0]).default_open(true).show(ui, |ui| load_ui(ui, form));
    CollapsingHeader::new(title("Safety")).id_salt(ids[1]).show(ui, |ui| safety_ui(ui, form));
    CollapsingHeader::new(title("Care")).id_salt(ids[2]).default_open(true).show(ui, |ui| care_ui(ui, form));
    CollapsingHeader::new(title("Worth and mapping")).id_salt(ids[3]).show(ui, |ui| worth_ui(ui, form));
}

fn load_ui(ui: &mut Ui, form: &mut Form<'_, Flow>) {
    form.number_ui(ui, "Worst delay, min", "minutes, a whole number", |flow| &mut flow.latency_min);
    form.number_ui(ui, "Records a day", COUNT, |flow| &mut flow.records_per_day);
    form.number_ui(ui, "Records a run", COUNT, |flow| &mut flow.records_per_run);
    form.number_ui(ui, "Runs a day", COUNT, |flow| &mut flow.runs_per_day);
    form.number_ui(ui, "Busiest hour", COUNT, |flow| &mut flow.peak_per_hour);
    form.text_ui(ui, "Part of records", |flow| &mut flow.partition);
}

fn safety_ui(ui: &mut Ui, form: &mut Form<'_, Flow>) {
    form.known_ui(ui, "Authentication", Auth::ALL, |flow| &mut flow.auth);
    form.yes_no_ui(ui, "Encrypted", |flow| &mut flow.encrypted);
    form.tick_ui(ui, "One machine or a private line", |flow| &mut flow.private_network);
    form.number_ui(ui, "Credential ends", "a day as 2027-03-31 or a year", |flow| &mut flow.credential_end);
    form.text_ui(ui, "API version", |flow| &mut flow.api_version);
}

fn care_ui(ui: &mut Ui, form: &mut Form<'_, Flow>) {
    form.text_ui(ui, "Owner", |flow| &mut flow.owner);
    form.yes_no_ui(ui, "Monitored", |flow| &mut flow.monitored);
    form.yes_no_ui(ui, "Failure alert", |flow| &mut flow.failure_alert);
    form.yes_no_ui(ui, "Volume alert", |flow| &mut flow.volume_alert);
    form.yes_no_ui(ui, "Tries again", |flow| &mut flow.retry);
    form.yes_no_ui(ui, "Dead letter", |flow| &mut flow.dead_letter);
    form.yes_no_ui(ui, "Idempotent", |flow| &mut flow.idempotent);
    form.yes_no_ui(ui, "Validated first", |flow| &mut flow.validated);
}

fn worth_ui(ui: &mut Ui, form: &mut Form<'_, Flow>) {
    let say = |value: Option<u8>| value.map_or("Not known".to_owned(), |value| format!("{value} of 5"));
    let values = || {
        let known = (0..=5).map(Some);
        std::iter::once(None).chain(known).map(|value| (value, say(value))).collect()
    };
    let value = say(form.element.value);
    form.choice_ui(ui, "Business value", &value, values, |flow| &mut flow.value);
    form.known_ui(ui, "Good for", ValueKind::ALL, |flow| &mut flow.value_kind);
    form.known_ui(ui, "Mapping", Mapping::ALL, |flow| &mut flow.mapping);
    form.tick_ui(ui, "Several get one identical extract", |flow| &mut flow.shared_extract);
}
