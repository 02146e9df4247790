//! How a system that migrates gets where it goes, and when one that leaves is switched off.

use egui::Ui;

use crate::model::{Approach, Cleansing, Migration, Plan, System, SystemId};

use super::super::super::widgets::{Form, caption_ui, wave_options};

fn of(system: &mut System) -> &mut Migration {
    system.migration.get_or_insert_default()
}

/// The fields of a migration.
pub fn migration_ui(ui: &mut Ui, plan: &Plan, form: &mut Form<'_, System>, id: &SystemId) {
    caption_ui(ui, "Migration");
    let migration = form.element.migration.as_ref();
    let into = migration.and_then(|migration| migration.into.as_ref());
    let words = into.map_or("Not known", |into| plan.system_name(into));
    let others = || {
        let systems = plan.systems.iter().filter(|(other, system)| *other != id && !system.is_hub());
        let systems = systems.map(|(other, system)| (Some(other.clone()), system.name.clone()));
        std::iter::once((None, "Not known".to_owned())).chain(systems).collect()
    };
    form.choice_ui(ui, "Into", words, others, |system| &mut of(system).into);
    let wave = migration.and_then(|migration| migration.wave.as_ref());
    let words = wave.map_or("Not known", |wave| wave_name(plan, wave));
    let waves = || wave_options(plan, "Not known");
    form.choice_ui(ui, "Wave", words, waves, |system| &mut of(system).wave);
    form.known_ui(ui, "Approach", Approach::ALL, |system| &mut of(system).approach);
    form.known_ui(ui, "Data cleansing", Cleansing::ALL, |system| &mut of(system).cleansing);
    form.yes_no_ui(ui, "Rollback written", |system| &mut of(system).rollback.documented);
    form.yes_no_ui(ui, "Rollback tested", |system| &mut of(system).rollback.tested);
    form.number_ui(ui, "Rollback waves", "a whole number", |system| &mut of(system).rollback.window_waves);
    form.yes_no_ui(ui, "Training", |system| &mut of(system).training);
    form.yes_no_ui(ui, "Communication", |system| &mut of(system).communication);
    form.yes_no_ui(ui, "Support", |system| &mut of(system).support);
    form.number_ui(ui, "Trial runs", "a whole number", |system| &mut of(system).trial_runs);
    form.yes_no_ui(ui, "Rules listed", |system| &mut of(system).logic_inventory);
    if migration.and_then(|migration| migration.approach).is_some_and(Approach::runs_on_after_cutover) {
        let until = migration.and_then(|migration| migration.parallel_until.as_ref());
        let words = until.map_or("Not known", |wave| wave_name(plan, wave));
        form.choice_ui(ui, "Both run until", words, waves, |system| &mut of(system).parallel_until);
    }
}

/// The wave after which it is switched off.
pub fn exit_ui(ui: &mut Ui, plan: &Plan, form: &mut Form<'_, System>) {
    let words = form.element.exit_wave.as_ref().map_or("In the target", |wave| wave_name(plan, wave));
    let waves = || wave_options(plan, "In the target");
    form.choice_ui(ui, "Switched off", words, waves, |system| &mut system.exit_wave);
}

fn wave_name<'a>(plan: &'a Plan, wave: &'a crate::model::WaveId) -> &'a str {
    plan.waves.get(wave).map_or(wave.as_str(), |wave| &wave.name)
}
