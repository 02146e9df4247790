//! When a system goes, and what takes over: the fields of its migration or its exit.

use crate::edit::apply;
use crate::landscape::Index;
use crate::model::{Disposition, Plan, Stage, SystemId, WaveId};
use crate::rules::migrations::{migration, new_wave, next_wave, wave_at};

use super::{Approach, Choices, Work};

/// A system that goes.
pub(super) struct Departure {
    /// The system.
    pub system: SystemId,
    /// The place of the wave from which on others stand in its place.
    pub at: usize,
    /// The wave itself.
    pub wave: WaveId,
    /// The place of the stage from which on it is gone.
    pub gone: usize,
    /// The system into which it migrates.
    pub heir: Option<SystemId>,
    /// Whether it is used until it is gone.
    pub runs_on: bool,
}

/// Whether a system can take over from another: the plan has it, and it stays.
pub(super) fn can_take_over(plan: &Plan, id: &SystemId, from: &SystemId) -> bool {
    id != from && plan.systems.get(id).is_some_and(|system| !system.disposition.leaves())
}

impl Work {
    /// Lets the system migrate: into what, when and how, where that is not recorded yet.
    pub(super) fn plan_migration(&mut self, choices: &Choices) -> Option<Departure> {
        let before = self.plan.systems.get(&self.id)?.clone();
        let recorded = migration(&before);
        let candidates = [choices.into.as_ref(), recorded.into.as_ref(), self.plan.focal_system.as_ref()];
        let heir =
            candidates.into_iter().flatten().find(|id| can_take_over(&self.plan, id, &self.id)).cloned();
        let wave = self.known_wave([choices.wave.as_ref(), recorded.wave.as_ref()]);
        let wave = wave.map_or_else(|| self.wave_with_room(heir.as_ref()), Some)?;
        let approach = choices.approach.or(recorded.approach).unwrap_or(Approach::Phased);
        self.change(|system| {
            system.disposition = Disposition::Migrate;
            let migration = system.migration.get_or_insert_default();
            migration.into = heir.clone().or(migration.into.take());
            migration.wave = Some(wave.clone());
            migration.approach = Some(approach);
        });
        let waves = self.plan.waves_in_order();
        let place = |wave: &WaveId| waves.iter().position(|known| *known == wave);
        if before.exit_wave.as_ref().is_some_and(|exit| place(exit) < place(&wave)) {
            self.change(|system| system.exit_wave = Some(wave.clone()));
        }
        if self.plan.systems.get(&self.id) != Some(&before) {
            let into = heir.as_ref().map_or_else(
                || "migrates".to_owned(),
                |heir| format!("moves into {}", self.plan.system_name(heir)),
            );
            self.say(format!("{} {into} in {} ({approach})", self.name, self.wave_name(&wave)));
        }
        self.departure(wave, heir, approach.runs_on_after_cutover())
    }

    /// Lets the system retire, with the wave of its exit where the plan has waves or the system has flows.
    pub(super) fn plan_exit(&mut self, choices: &Choices) -> Option<Departure> {
        self.change(|system| system.disposition = Disposition::Retire);
        let recorded = self.plan.systems.get(&self.id)?.exit_wave.clone();
        let last = self.plan.waves_in_order().last().map(|wave| (*wave).clone());
        let known = self.known_wave([choices.wave.as_ref(), recorded.as_ref(), last.as_ref()]);
        let has_flows = || self.plan.flows.values().any(|flow| flow.from == self.id || flow.to == self.id);
        let wave = match known {
            Some(wave) => wave,
            None if has_flows() => self.add_wave()?,
            None => return None,
        };
        if recorded.as_ref() != Some(&wave) {
            self.change(|system| system.exit_wave = Some(wave.clone()));
            self.say(format!("{} is switched off after {}", self.name, self.wave_name(&wave)));
        }
        self.departure(wave, None, false)
    }

    /// How a migration is planned, where it says into what; the wave of the exit or else the last stands in
    /// for a cutover that is not known.
    pub(super) fn recorded_departure(&self) -> Option<Departure> {
        let system = self.plan.systems.get(&self.id)?;
        let recorded = migration(system);
        let heir = recorded.into.clone().filter(|into| can_take_over(&self.plan, into, &self.id))?;
        let last = self.plan.waves_in_order().last().map(|wave| (*wave).clone());
        let wave = self.known_wave([recorded.wave.as_ref(), system.exit_wave.as_ref(), last.as_ref()])?;
        self.departure(wave, Some(heir), recorded.approach.is_some_and(Approach::runs_on_after_cutover))
    }

    fn known_wave<'w>(&self, waves: impl IntoIterator<Item = Option<&'w WaveId>>) -> Option<WaveId> {
        waves.into_iter().flatten().find(|wave| self.plan.waves.contains_key(*wave)).cloned()
    }

    fn wave_with_room(&mut self, heir: Option<&SystemId>) -> Option<WaveId> {
        let plan = self.plan.clone();
        let index = Index::new(&plan);
        let entry = &index.systems[index.system(&self.id)?];
        let (wave, _, edit) = next_wave(&index, entry, heir);
        self.plan = apply(&plan, edit).ok()?;
        Some(wave)
    }

    fn add_wave(&mut self) -> Option<WaveId> {
        let (wave, _, edit) = new_wave(&self.plan);
        self.plan = apply(&self.plan, [edit]).ok()?;
        Some(wave)
    }

    fn departure(&self, wave: WaveId, heir: Option<SystemId>, runs_on: bool) -> Option<Departure> {
        let index = Index::new(&self.plan);
        let cutover = index.timeline.wave_place(&wave)?;
        let there =
            heir.as_ref().and_then(|id| index.system(id)).map_or(0, |at| index.systems[at].life.start);
        let at = cutover.max(there);
        // What takes over only in the target takes over in the wave of the cutover as well as ever.
        let (at, wave) = wave_at(&index, at).map_or((cutover, wave), |wave| (at, wave.clone()));
        let gone = index.systems[index.system(&self.id)?].life.end.max(at);
        Some(Departure { system: self.id.clone(), at, wave, gone, heir, runs_on })
    }
}

impl Departure {
    /// The stage from which on others stand in its place.
    pub fn stage(&self) -> Stage {
        Stage::Wave(self.wave.clone())
    }
}
