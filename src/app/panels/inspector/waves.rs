//! The waves: names, dates, order by adding; one more, one less.

use std::collections::BTreeSet;

use egui::{Button, Ui};
use lucide_icons::Icon;

use crate::edit::{Change, Edit, add_wave, wave_is_done};
use crate::model::{Wave, WaveId};

use super::super::super::action::{Action, Actions, commit};
use super::super::super::shown::Shown;
use super::super::super::theme;
use super::super::super::widgets::{Form, caption_ui, muted};

/// The waves in order.
pub fn waves_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions) {
    caption_ui(ui, "Waves");
    let waves = shown.plan.waves_in_order();
    if waves.is_empty() {
        ui.label(muted(ui, "No waves: everything happens between today and the target."));
    }
    for (place, id) in waves.into_iter().enumerate() {
        wave_ui(ui, shown, actions, id);
        if place == 0 {
            done_ui(ui, shown, actions, id);
        }
    }
    if ui.button("+ Wave").on_hover_text("Add a wave after the last").clicked() {
        add(shown, actions);
    }
}

fn wave_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, id: &WaveId) {
    let wave: &Wave = &shown.plan.waves[id];
    let edit = |wave| Edit::Wave(id.clone(), Box::new(Change::Set(wave)));
    let mut form = Form { element: wave, name: &wave.name, key: format!("wave/{id}"), edit: &edit, actions };
    let mut removes = false;
    ui.horizontal(|ui| {
        let width = ui.available_width() - 30.0;
        ui.allocate_ui(egui::vec2(width, 22.0), |ui| form.name_ui(ui, |wave| &mut wave.name))
            .inner
            .accessible_name(format!("Name of {}", wave.name));
        let words = format!("Remove {}", wave.name);
        let button = Button::new(theme::icon(Icon::X, 12.0)).frame(false);
        removes = ui.add(button).on_hover_text(&words).accessible_name(words).clicked();
    });
    form.number_ui(ui, "Cutover", "a day as 2027-03-31 or a year", |wave| &mut wave.cutover);
    if removes {
        let edit = Edit::Wave(id.clone(), Box::new(Change::Remove));
        commit(actions, format!("Remove {}", wave.name), [edit]);
        actions.push(Action::Say(format!("Removed {}; what named it now counts as the target", wave.name)));
    }
}

/// The first wave can be over: then today is what it left.
fn done_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, id: &WaveId) {
    let name = &shown.plan.waves[id].name;
    let button = ui.add(Button::new(format!("{name} is done")).truncate());
    let words =
        "Rolls today forward: what it introduced is there, what it ended is gone, its claims are today's";
    if button.on_hover_text(words).clicked() {
        match wave_is_done(shown.plan, id) {
            Ok(edits) => {
                commit(actions, format!("{name} is done"), edits);
                actions.push(Action::Say(format!(
                    "{name} is done: today is what it left · Ctrl Z takes it back"
                )));
            }
            Err(error) => actions.push(Action::Say(error.to_string())),
        }
    }
}

fn add(shown: &Shown<'_>, actions: &mut Actions) {
    let waves = &shown.plan.waves;
    let names: BTreeSet<_> = waves.values().map(|wave| wave.name.as_str()).collect();
    let free = |number: &usize| !names.contains(format!("Wave {number}").as_str());
    let number = (waves.len() + 1..=2 * waves.len() + 1).find(free).unwrap_or_default();
    let name = format!("Wave {number}");
    let order = waves.values().map(|wave| wave.order).max().unwrap_or(0).saturating_add(1);
    let id = shown.plan.free_wave_id(&name);
    commit(actions, format!("Add {name}"), [add_wave(id, Wave { name, order, ..Wave::default() })]);
}
