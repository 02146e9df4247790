//! What the rules on migrations share: who migrates, how much moves, and edits of a migration.

use std::sync::LazyLock;

use crate::edit::{Edit, add_wave, change_system};
use crate::landscape::{Index, SystemEntry};
use crate::model::{
    Disposition, Holding, LoadId, Migration, Plan, Stage, Subject, System, SystemId, Wave, WaveId,
};

use super::{Finding, Fix, Place, View};

/// The migration of a system of which nothing was recorded.
static UNPLANNED: LazyLock<Migration> = LazyLock::new(Migration::default);

/// What is known of a system's migration.
pub(super) fn migration(system: &System) -> &Migration {
    system.migration.as_ref().unwrap_or(&UNPLANNED)
}

/// The systems that migrate, by place.
pub(super) fn migrating<'a, 'p>(view: &View<'a, 'p>) -> impl Iterator<Item = (usize, &'a SystemEntry<'p>)> {
    let systems = view.index().systems.iter().enumerate();
    systems.filter(|(_, entry)| entry.system.disposition == Disposition::Migrate)
}

/// The records that a system has itself, not those that it looks up elsewhere; absent where no figure is
/// known, and at least so many where some are.
pub(super) fn records(system: &System) -> Option<u64> {
    own_holdings(system).filter_map(|holding| holding.records).reduce(u64::saturating_add)
}

/// The same; absent where one of the figures is not known.
pub(super) fn all_records(system: &System) -> Option<u64> {
    let are_known = own_holdings(system).all(|holding| holding.records.is_some());
    records(system).filter(|_| are_known)
}

/// The holdings with records of the system's own.
pub(super) fn own_holdings(system: &System) -> impl Iterator<Item = &Holding> {
    system.holdings.values().filter(|holding| !holding.is_virtual)
}

/// By system: how many others a flow links it with at a stage. A hub between is no system.
pub(super) fn partners(view: &View<'_, '_>, at: usize) -> Vec<usize> {
    let flows = view.facts.stages[at].landscape.flows.iter().map(|&flow| &view.index().flows[flow]);
    let ends = flows.filter_map(|entry| Some((entry.from?, entry.to?))).filter(|(from, to)| from != to);
    let mut pairs: Vec<_> = ends.flat_map(|(from, to)| [(from, to), (to, from)]).collect();
    pairs.sort_unstable();
    pairs.dedup();
    let mut partners = vec![0; view.index().systems.len()];
    for (system, _) in pairs {
        partners[system] += 1;
    }
    partners
}

/// The system that a finding is about.
pub(super) fn main_system<'p>(view: &View<'_, 'p>, finding: &Finding) -> Option<(&'p SystemId, &'p System)> {
    let Some(Subject::System(id)) = finding.subjects.first() else { return None };
    let entry = &view.index().systems[view.index().system(id)?];
    Some((entry.id, entry.system))
}

/// The fix that opens the inspector of a system.
pub(super) fn ask(title: impl Into<String>, system: &SystemId) -> Fix {
    Fix::open(title, Place::Inspector(Subject::System(system.clone())))
}

/// The fix that changes what is planned for a system's migration.
pub(super) fn plan_it(
    plan: &Plan,
    id: &SystemId,
    title: impl Into<String>,
    change: impl FnOnce(&mut Migration),
) -> Fix {
    let edit = change_system(plan, id, |system| change(system.migration.get_or_insert_default()));
    Fix::edits(title, edit)
}

/// The edit that sets the waves of a system's cutover and loads, by place. When the cutover moves later, the
/// exit goes along by as many waves, but never past the last one.
pub(super) fn move_to(
    index: &Index<'_>,
    system: usize,
    moves: impl IntoIterator<Item = (Option<LoadId>, usize)>,
) -> Option<Edit> {
    let entry = &index.systems[system];
    let exit = entry.system.exit_wave.as_ref().and_then(|exit| index.timeline.wave_place(exit));
    let last = index.timeline.target() - 1;
    change_system(index.plan, entry.id, |system| {
        for (load, place) in moves {
            let wave = wave_at(index, place).cloned();
            if let Some(load) = load {
                system.loads.entry(load).or_default().wave = wave;
                continue;
            }
            let later = place.saturating_sub(entry.cutover.unwrap_or(place));
            system.migration.get_or_insert_default().wave = wave;
            if let Some(exit) = exit.filter(|_| later > 0) {
                system.exit_wave = wave_at(index, (exit + later).min(last)).cloned();
            }
        }
    })
}

/// A stage in a sentence: "today", "Wave 1", "the target".
pub(super) fn stage_in_words<'i>(index: &'i Index<'_>, place: usize) -> &'i str {
    match index.timeline.stage(place) {
        Stage::Today => "today",
        Stage::Target => "the target",
        wave @ Stage::Wave(_) => index.plan.stage_name(wave),
    }
}

/// The wave at a place of the timeline; absent for today and the target.
pub(super) fn wave_at<'i>(index: &'i Index<'_>, place: usize) -> Option<&'i WaveId> {
    match index.timeline.stages().get(place)? {
        Stage::Wave(wave) => Some(wave),
        _ => None,
    }
}

/// A wave in which so many systems cut over has no room for one that is put somewhere.
const MOST_IN_A_WAVE: usize = 3;

/// The first wave with room in which a system and what it moves into stand, else the last one in which the
/// system does; a new one where there is none. With its name, and the edit that adds it.
pub(super) fn next_wave(
    index: &Index<'_>,
    entry: &SystemEntry<'_>,
    into: Option<&SystemId>,
) -> (WaveId, String, Option<Edit>) {
    let into = into.and_then(|id| index.system(id)).map_or(0, |place| index.systems[place].life.start);
    let first = into.max(entry.life.start).max(1);
    let mut cutovers = vec![0_usize; index.timeline.len()];
    for cutover in index.systems.iter().filter_map(|system| system.cutover) {
        cutovers[cutover] += 1;
    }
    let last = entry.life.end.min(index.timeline.target() - 1).max(1);
    let has_room = |place: &usize| cutovers[*place] < MOST_IN_A_WAVE;
    let place = (first..=last).find(has_room).unwrap_or(last);
    wave_at(index, place).map_or_else(
        || {
            let (wave, name, edit) = new_wave(index.plan);
            (wave, format!("a new {name}"), Some(edit))
        },
        |wave| (wave.clone(), index.plan.waves[wave].name.clone(), None),
    )
}

/// A wave after all others, with the edit that adds it: its id, its name, the edit.
pub(super) fn new_wave(plan: &Plan) -> (WaveId, String, Edit) {
    let last = plan.waves.values().map(|wave| wave.order).max().unwrap_or_default();
    let name = format!("Wave {}", plan.waves.len() + 1);
    let id = plan.free_wave_id(&name);
    let wave = Wave { name: name.clone(), order: last.saturating_add(1), ..Wave::default() };
    (id.clone(), name, add_wave(id, wave))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;
    use crate::rules::sketch::parse;

    /// The wave into which `crm` would be put, and whether it is new.
    fn next(text: &str) -> (String, bool) {
        let plan = parse(text).plan;
        let index = Index::new(&plan);
        let crm = &index.systems[index.system(&"crm".into()).unwrap()];
        let (_, name, edit) = next_wave(&index, crm, None);
        (name, edit.is_some())
    }

    #[test]
    fn the_first_wave_with_room_is_next_and_else_the_last() {
        let full = "crm: migrate\na: migrate, at 1\nb: migrate, at 1\nc: migrate, at 1";
        assert_eq!(next(&format!("wave 2: notes last\n{full}")), ("Wave 2".to_owned(), false));
        assert_eq!(next(full), ("Wave 1".to_owned(), false));
        assert_eq!(next("crm: migrate"), ("a new Wave 1".to_owned(), true));
    }

    #[test]
    fn a_new_wave_comes_after_all_others() {
        let plan = parse("wave 2: notes last").plan;
        let (id, name, edit) = new_wave(&plan);
        let after = apply(&plan, [edit]).unwrap();
        assert_eq!((after.waves_in_order().last(), name.as_str()), (Some(&&id), "Wave 3"));
    }

    #[test]
    fn with_the_cutover_the_exit_moves_but_not_past_the_last_wave() {
        let text = |at: u8, exit: u8| format!("wave 3: notes last\ncrm: migrate, at {at}, exit {exit}");
        for (exit, moved) in [(1, 2), (2, 3), (3, 3)] {
            let plan = parse(&text(1, exit)).plan;
            let index = Index::new(&plan);
            let edit = move_to(&index, index.system(&"crm".into()).unwrap(), [(None, 2)]);
            assert_eq!(apply(&plan, edit).unwrap(), parse(&text(2, moved)).plan, "exit {exit}");
        }
    }
}
