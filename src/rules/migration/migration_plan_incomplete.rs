//! A migration that does not say where, when or how.

use crate::edit::{Edit, change_system};
use crate::landscape::SystemEntry;
use crate::model::Approach;
use crate::rules::migrations::{ask, main_system, migrating, migration, next_wave};
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Report, Rule, Severity, View, listed};

/// The rule.
pub static RULE: Rule = Rule {
    id: "migration-plan-incomplete",
    title: "Migration without target, wave or approach",
    family: Family::Migration,
    severity: "error",
    pillar: Pillar::OperationalExcellence,
    when: "A system migrates and where it moves, the wave or the approach was not recorded (counts from the \
           gate review on); or where it moves leaves too or is switched off; or the plan does not have the \
           system or the wave.",
    why: "Until it is said where, when and how, nothing that depends on it can be planned.",
    what_to_do: "Set the target, the wave and the approach.",
    not_when: "No exception is known.",
    source: "One-time or phased transfer is one of the first decisions of a migration.",
    thresholds: &[],
    looks_at: LooksAt::Target,
    check,
    fixes,
};

/// What is not right with a migration.
struct Gaps {
    into: Option<String>,
    wave: Option<String>,
    approach: Option<String>,
}

impl Gaps {
    /// The gaps of a migrating system; what was never recorded among them only where `counts_absent`.
    fn of(view: &View<'_, '_>, entry: &SystemEntry<'_>, counts_absent: bool) -> Self {
        let (plan, migration) = (view.index().plan, migration(entry.system));
        let stands = |id| view.index().system(id).is_some_and(|place| view.landscape().stands(place));
        let absent = |what: &str| counts_absent.then(|| format!("{what} is not set"));
        let into = match &migration.into {
            None => absent("its target"),
            Some(id) if id == entry.id => Some("it would move into itself".to_owned()),
            Some(id) => match plan.systems.get(id) {
                None => Some(format!("the plan has no system {id} for it to move into")),
                Some(into) => (!stands(id)).then(|| format!("{}, its target, leaves too", into.name)),
            },
        };
        let wave = match &migration.wave {
            None => absent("its wave"),
            Some(id) => (!plan.waves.contains_key(id)).then(|| format!("the plan has no wave {id}")),
        };
        let approach = if migration.approach.is_none() { absent("its approach") } else { None };
        Self { into, wave, approach }
    }

    fn in_words(&self) -> Vec<&str> {
        [&self.into, &self.wave, &self.approach].into_iter().flatten().map(String::as_str).collect()
    }
}

fn check(view: &View<'_, '_>, report: &mut Report) {
    for (place, entry) in migrating(view) {
        let gaps = Gaps::of(view, entry, view.counts_absent());
        let words = gaps.in_words();
        if !words.is_empty() {
            let message = format_args!("{} is to be migrated, but {}.", entry.system.name, listed(&words));
            report.add(Severity::Error, [view.system(place)], message);
        }
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let Some((id, _)) = main_system(view, finding) else { return Vec::new() };
    let Some(place) = view.index().system(id) else { return Vec::new() };
    let entry = &view.index().systems[place];
    let gaps = Gaps::of(view, entry, view.counts_absent());
    let asked = match (&gaps.into, &gaps.wave, &gaps.approach) {
        (None, None, Some(_)) => format!("Choose the approach for {}", entry.system.name),
        (None, _, _) => format!("Say when {} migrates", entry.system.name),
        _ => format!("Say where {} moves", entry.system.name),
    };
    complete(view, entry, &gaps).into_iter().chain([ask(asked, id)]).collect()
}

/// Fills every gap: into the focal system, in the next wave with room, in phases.
fn complete(view: &View<'_, '_>, entry: &SystemEntry<'_>, gaps: &Gaps) -> Option<Fix> {
    let index = view.index();
    let focal = if gaps.into.is_some() { Some(index.plan.focal_system.as_ref()?) } else { None };
    let into = focal.or(migration(entry.system).into.as_ref());
    let mut edits: Vec<Edit> = Vec::new();
    let mut titles = Vec::new();
    titles.extend(focal.map(|focal| format!("set target to {}", index.plan.system_name(focal))));
    let wave = gaps.wave.as_ref().map(|_| {
        let (wave, name, edit) = next_wave(index, entry, into);
        edits.extend(edit);
        titles.push(format!("put in {name}"));
        wave
    });
    let approach = gaps.approach.as_ref().map(|_| Approach::Phased);
    titles.extend(approach.map(|_| "move in phases".to_owned()));
    edits.extend(change_system(index.plan, entry.id, |system| {
        let migration = system.migration.get_or_insert_default();
        migration.into = focal.cloned().or(migration.into.take());
        migration.wave = wave.or(migration.wave.take());
        migration.approach = approach.or(migration.approach);
    }));
    let title = titles.join(", ");
    let capital = title.get(..1).unwrap_or_default().to_uppercase();
    Some(Fix::edits(format!("{capital}{}", title.get(1..).unwrap_or_default()), edits))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    #[test]
    fn what_is_not_said_is_found_from_the_review_on() {
        let text = "sf: crm
             a: migrate, at 1, approach phased             !! migration-plan-incomplete error
             b: migrate, into sf, approach phased          !! migration-plan-incomplete error
             c: migrate, into sf, at 1                     !! migration-plan-incomplete error
             d: migrate                                    !! migration-plan-incomplete error";
        assert_findings(&RULE, &format!("aim review\n{text}"));
        assert_eq!(
            messages(&RULE, &format!("aim review\n{text}")),
            [
                "a is to be migrated, but its target is not set.",
                "b is to be migrated, but its wave is not set.",
                "c is to be migrated, but its approach is not set.",
                "d is to be migrated, but its target is not set, its wave is not set and its approach is not set.",
            ]
        );
        assert_findings(&RULE, &text.replace("!! migration-plan-incomplete error", ""));
    }

    #[test]
    fn what_is_said_and_wrong_is_found_in_a_draft_too() {
        let text = "old: retire
             off: exit 1
             new: from 1
             a: migrate, into old        !! migration-plan-incomplete error
             a2: migrate, into off       !! migration-plan-incomplete error
             b: migrate, into nowhere    !! migration-plan-incomplete error
             c: migrate, into c          !! migration-plan-incomplete error
             d: migrate, into new, migration.wave nowhen     !! migration-plan-incomplete error";
        assert_findings(&RULE, text);
        assert_eq!(
            messages(&RULE, text),
            [
                "a is to be migrated, but old, its target, leaves too.",
                "a2 is to be migrated, but off, its target, leaves too.",
                "b is to be migrated, but the plan has no system nowhere for it to move into.",
                "c is to be migrated, but it would move into itself.",
                "d is to be migrated, but the plan has no wave nowhen.",
            ]
        );
    }

    #[test]
    fn a_complete_plan_and_systems_that_do_not_migrate_are_silence() {
        assert_findings(
            &RULE,
            "aim cutover
             sf: crm
             a: migrate, into sf, at 1, approach big-bang
             b: retire
             c: integrate, into sf",
        );
    }

    #[test]
    fn the_gaps_can_be_filled() {
        let all = "aim review\nfocal sf\nsf: crm";
        let fix = |before: &str, title: &str, after: &str| {
            assert_fix(&RULE, &format!("{all}\n{before}"), title, &format!("{all}\n{after}"));
        };
        let done = "a: migrate, into sf, at 1, approach phased";
        fix("a: migrate, at 1, approach phased", "Set target to sf", done);
        fix("wave 1: order 1\na: migrate, into sf, approach phased", "Put in Wave 1", done);
        fix("a: migrate, into sf, at 1", "Move in phases", done);
        fix("wave 1: order 1\na: migrate", "Set target to sf, put in Wave 1, move in phases", done);
        fix("a: migrate, into sf, approach phased", "Put in a new Wave 1", done);
        let titles = fix_titles(&RULE, &format!("{all}\na: migrate, into sf, at 1"));
        assert_eq!(titles, ["Move in phases", "Choose the approach for a"]);
    }

    #[test]
    fn the_next_wave_has_room_and_its_target_is_there() {
        let full = "b: migrate, into sf, at 1, approach phased
             c: migrate, into sf, at 1, approach phased
             d: migrate, into sf, at 1, approach phased
             wave 2: notes last";
        let sketch = |from: u8, rest: &str| {
            let text = format!(
                "aim review\nfocal sf\nsf: from {from}\na: migrate, into sf, approach phased\n{rest}"
            );
            fix_titles(&RULE, &text)[0].clone()
        };
        assert_eq!(sketch(1, "wave 2: notes last"), "Put in Wave 1");
        assert_eq!(sketch(1, full), "Put in Wave 2");
        assert_eq!(sketch(2, "wave 3: notes last"), "Put in Wave 2");
        assert_eq!(sketch(1, "a: from 2"), "Put in Wave 2");
    }

    #[test]
    fn it_asks_for_what_is_missing() {
        let asked = |facts: &str| {
            let titles =
                fix_titles(&RULE, &format!("aim review\nfocal sf\nwave 1: order 1\na: migrate, {facts}"));
            titles.last().cloned().unwrap()
        };
        assert_eq!(asked("at 1, approach phased"), "Say where a moves");
        assert_eq!(asked("into sf, approach phased"), "Say when a migrates");
        assert_eq!(asked("into sf"), "Say when a migrates");
        assert_eq!(asked("into sf, at 1"), "Choose the approach for a");
    }
}
