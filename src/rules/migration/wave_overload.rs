//! A wave in which too much is switched over.

use std::collections::BTreeMap;

use crate::edit::{Edit, change_system};
use crate::landscape::{Index, SystemEntry};
use crate::model::WaveId;
use crate::rules::migrations::{all_records, migrating, move_to, new_wave, partners, wave_at};
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Report, Rule, Severity, Subject, Threshold, View};

/// The rule.
pub static RULE: Rule = Rule {
    id: "wave-overload",
    title: "Too much in one wave",
    family: Family::Migration,
    severity: "warning",
    pillar: Pillar::OperationalExcellence,
    when: "In one wave more systems cut over than the bar, or two or more of which the criticality is known \
           to be the highest. Loads do not count, nor systems that are known to have few users and few records.",
    why: "One team cannot watch everything in the same night, and a way back for one is none for the others.",
    what_to_do: "Move what hangs together least to the next wave.",
    not_when: "Small systems: they do not count.",
    source: "Phased migration strategies.",
    thresholds: &[
        Threshold {
            name: "systems",
            default: 3.0,
            unit: "systems",
            reason: "more cannot be watched at once",
        },
        Threshold {
            name: "critical_systems",
            default: 2.0,
            unit: "systems",
            reason: "only one thing may stop the organisation in one night",
        },
        Threshold {
            name: "criticality",
            default: 4.0,
            unit: "of 4",
            reason: "the organisation stops with such a system",
        },
        Threshold {
            name: "small_users",
            default: 20.0,
            unit: "users",
            reason: "fewer are helped one by one",
        },
        Threshold {
            name: "small_records",
            default: 5_000.0,
            unit: "records",
            reason: "fewer are loaded again by hand",
        },
    ],
    looks_at: LooksAt::Target,
    check,
    fixes,
};

fn is_small(view: &View<'_, '_>, entry: &SystemEntry<'_>) -> bool {
    let users = entry.system.users.is_some_and(|users| f64::from(users) < view.threshold("small_users"));
    let few = |records: u64| (records as f64) < view.threshold("small_records");
    users && all_records(entry.system).is_some_and(few)
}

fn is_critical(view: &View<'_, '_>, system: usize) -> bool {
    let rank = view.index().systems[system].system.criticality;
    rank.is_some_and(|rank| f64::from(rank) >= view.threshold("criticality"))
}

/// The systems that cut over in each wave, by the wave's place.
fn cutovers(view: &View<'_, '_>) -> BTreeMap<usize, Vec<usize>> {
    let mut cutovers: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (place, entry) in migrating(view).filter(|(_, entry)| !is_small(view, entry)) {
        if let Some(wave) = entry.cutover {
            cutovers.entry(wave).or_default().push(place);
        }
    }
    cutovers
}

/// Those of the systems of one wave of which there are too many; `None` where there are not.
fn excess(view: &View<'_, '_>, systems: &[usize]) -> Option<Vec<usize>> {
    if systems.len() as f64 > view.threshold("systems") {
        return Some(systems.to_vec());
    }
    let critical: Vec<_> = systems.iter().copied().filter(|&system| is_critical(view, system)).collect();
    let is_excess = !critical.is_empty() && critical.len() as f64 >= view.threshold("critical_systems");
    is_excess.then_some(critical)
}

fn check(view: &View<'_, '_>, report: &mut Report) {
    let index = view.index();
    for (place, systems) in cutovers(view) {
        let Some(which) = excess(view, &systems) else { continue };
        let Some(wave) = wave_at(index, place) else { continue };
        let what = if which.len() == systems.len() { "systems" } else { "critical systems" };
        let message = format_args!(
            "{} {what} cut over in {}: {}.",
            which.len(),
            index.plan.waves[wave].name,
            view.names(&which)
        );
        let related: Vec<_> = systems.iter().map(|&system| view.system(system)).collect();
        report.add_related(Severity::Warning, [Subject::Wave(wave.clone())], related, message);
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::Wave(wave)] = finding.subjects.as_slice() else { return Vec::new() };
    let Some(place) = view.index().timeline.wave_place(wave) else { return Vec::new() };
    let systems = cutovers(view).remove(&place).unwrap_or_default();
    relieve(view, place, systems).into_iter().collect()
}

/// Moves the least connected systems to the next wave, until the rest is few enough.
fn relieve(view: &View<'_, '_>, place: usize, systems: Vec<usize>) -> Option<Fix> {
    let index = view.index();
    let partners = partners(view, 0);
    let (mut rest, mut moved) = (systems, Vec::new());
    while let Some(mut which) = excess(view, &rest) {
        which.sort_by_key(|&system| (partners[system], system));
        let least = *which.first()?;
        rest.retain(|&system| system != least);
        moved.push(least);
    }
    moved.sort_unstable();
    let title = |wave: &str| format!("Move {} to {wave}", view.names(&moved));
    if let Some(next) = wave_at(index, place + 1) {
        let edits = moved.iter().filter_map(|&system| move_to(index, system, [(None, place + 1)]));
        return Some(Fix::edits(title(&index.plan.waves[next].name), edits));
    }
    let (wave, name, added) = new_wave(index.plan);
    let edits = moved.iter().filter_map(|&system| to_new_wave(index, system, &wave));
    Some(Fix::edits(title(&format!("a new {name}")), std::iter::once(added).chain(edits)))
}

/// Cuts a system over in a wave after all others; an exit before it goes there too.
fn to_new_wave(index: &Index<'_>, system: usize, wave: &WaveId) -> Option<Edit> {
    change_system(index.plan, index.systems[system].id, |system| {
        system.migration.get_or_insert_default().wave = Some(wave.clone());
        if system.exit_wave.is_some() {
            system.exit_wave = Some(wave.clone());
        }
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    const FOUR: &str = "focal sf
        a: migrate, into sf, at 1, approach phased
        b: migrate, into sf, at 1, approach phased
        c: migrate, into sf, at 1, approach phased
        d: migrate, into sf, at 1, exit 1, approach phased\n";

    #[test]
    fn more_than_three_systems_in_a_wave_are_found() {
        assert_findings(&RULE, &format!("{FOUR}wave 1: order 1     !! wave-overload warning"));
        assert_eq!(messages(&RULE, FOUR), ["4 systems cut over in Wave 1: a, b, c and d."]);
        assert_findings(&RULE, &FOUR.replace("d: migrate, into sf, at 1", "d: migrate, into sf, at 2"));
        assert_findings(&RULE, &FOUR.replace("d: migrate", "d: retire"));
    }

    #[test]
    fn two_of_the_highest_criticality_are_found() {
        let text = "a: migrate, at 1, criticality 4
             b: migrate, at 1, criticality 4
             c: migrate, at 1, criticality 3
             wave 1: order 1     !! wave-overload warning
             d: migrate, at 2, criticality 4
             e: migrate, at 2, criticality 3";
        assert_findings(&RULE, text);
        assert_eq!(messages(&RULE, text), ["2 critical systems cut over in Wave 1: a and b."]);
    }

    #[test]
    fn small_systems_and_loads_do_not_count() {
        let small = format!("{FOUR}d: users 19\nd.x: records 4999");
        assert_findings(&RULE, &small);
        for near in [
            "d: users 20\nd.x: records 4999",
            "d: users 19\nd.x: records 5000",
            "d: users 19",
            "d: users 19\nd.x: records 4999\nd.y:",
            "d.x: records 1",
        ] {
            assert_findings(&RULE, &format!("{FOUR}{near}\nwave 1: order 1     !! wave-overload"));
        }
        let load = FOUR.replace("d: migrate, into sf, at 1", "d: loads.x.wave wave-1");
        assert_findings(&RULE, &load);
    }

    #[test]
    fn the_least_connected_can_move_to_the_next_wave_or_a_new_one() {
        let flows = "a -> x : m | until 1\na -> y : m | until 1\nb -> x : m | until 1\nc -> y : m | until 1
            m = truth x, key id\nx.m:";
        let before = format!("{FOUR}{flows}\nwave 3: notes last");
        assert_eq!(fix_titles(&RULE, &before), ["Move d to Wave 2"]);
        let later = |text: &str, wave: u8| {
            text.replace(
                "d: migrate, into sf, at 1, exit 1",
                &format!("d: migrate, into sf, at {wave}, exit {wave}"),
            )
        };
        assert_fix(&RULE, &before, "Move d to Wave 2", &later(&before, 2));
        let last = format!("{FOUR}{flows}");
        assert_fix(&RULE, &last, "Move d to a new Wave 2", &later(&last, 2));
    }

    #[test]
    fn of_critical_systems_all_but_one_move() {
        let text = "focal sf
             a: migrate, into sf, at 1, approach phased, criticality 4
             b: migrate, into sf, at 1, approach phased, criticality 4
             c: migrate, into sf, at 1, approach phased
             wave 2: notes last";
        assert_eq!(fix_titles(&RULE, text), ["Move a to Wave 2"]);
    }

    #[test]
    fn as_many_move_as_it_takes() {
        let text = format!(
            "{FOUR}e: migrate, into sf, at 1, approach phased
             a -> x : m | until 1\nb -> x : m | until 1\nc -> x : m | until 1
             m = truth x, key id\nx.m:\nwave 2: notes last"
        );
        assert_eq!(fix_titles(&RULE, &text), ["Move d and e to Wave 2"]);
    }
}
