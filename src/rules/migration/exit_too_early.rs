//! A system that is switched off while it is still needed.

use crate::edit::change_system;
use crate::landscape::Index;
use crate::rules::migrations::{ask, main_system, migration, stage_in_words, wave_at};
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Report, Rule, Severity, View};

/// The rule.
pub static RULE: Rule = Rule {
    id: "exit-too-early",
    title: "Switched off too early",
    family: Family::Migration,
    severity: "error",
    pillar: Pillar::Reliability,
    when: "The wave of a system's exit comes before the end of the rollback window after its cutover (before \
           the cutover itself where no window is known), before a flow starts that takes the place of one \
           of its flows, or before the end of its parallel run, which counts without a cutover too. A window \
           that reaches past the last wave ends with the target.",
    why: "A way back that leads to a machine that is switched off is none.",
    what_to_do: "Move the exit to the wave until which it is needed.",
    not_when: "A read-only archive is kept: give the archive an exit of its own.",
    source: "A tested procedure for reverting to the source system needs the source system.",
    thresholds: &[],
    looks_at: LooksAt::Target,
    check,
    fixes,
};

/// Until when a system is needed, and for what.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Need {
    until: usize,
    reason: Reason,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    Replacement { flow: usize },
    ParallelRun,
    Cutover,
    Rollback,
}

/// The longest need of each system.
fn needs(index: &Index<'_>) -> Vec<Option<Need>> {
    let mut needs: Vec<_> = (0..index.systems.len()).map(|system| own_need(index, system)).collect();
    for (place, entry) in index.flows.iter().enumerate() {
        for replaced in entry.flow.replaces.iter().filter_map(|id| index.flow(id)) {
            let replaced = &index.flows[replaced];
            let systems = [replaced.from, replaced.to].into_iter().chain(replaced.via.iter().copied());
            for system in systems.flatten() {
                let need = Need { until: entry.life.start, reason: Reason::Replacement { flow: place } };
                needs[system] = needs[system].max(Some(need));
            }
        }
    }
    needs
}

/// The need that follows from a system's own migration.
fn own_need(index: &Index<'_>, system: usize) -> Option<Need> {
    let entry = &index.systems[system];
    let migration = migration(entry.system);
    let parallel = migration.parallel_until.as_ref().and_then(|wave| index.timeline.wave_place(wave));
    let parallel = parallel.map(|until| Need { until, reason: Reason::ParallelRun });
    let way_back = entry.cutover.map(|cutover| {
        let window = migration.rollback.window_waves.unwrap_or_default() as usize;
        let until = cutover.saturating_add(window).min(index.timeline.target());
        Need { until, reason: if until == cutover { Reason::Cutover } else { Reason::Rollback } }
    });
    parallel.max(way_back)
}

/// The exit of a system that comes too early.
fn early_exit(index: &Index<'_>, system: usize, need: Need) -> Option<usize> {
    let exit = index.systems[system].system.exit_wave.as_ref()?;
    index.timeline.wave_place(exit).filter(|&exit| exit < need.until)
}

fn check(view: &View<'_, '_>, report: &mut Report) {
    let index = view.index();
    for (system, need) in needs(index).into_iter().enumerate() {
        let Some(need) = need else { continue };
        let Some(exit) = early_exit(index, system, need) else { continue };
        let (why, related) = match need.reason {
            Reason::Rollback => ("its rollback window ends then".to_owned(), Vec::new()),
            Reason::Cutover => ("it cuts over then".to_owned(), Vec::new()),
            Reason::ParallelRun => ("its parallel run ends then".to_owned(), Vec::new()),
            Reason::Replacement { flow } => {
                let name = index.flow_name(&index.flows[flow]);
                (format!("{name} only takes over then"), vec![view.flow(flow)])
            }
        };
        let message = format_args!(
            "{} is switched off in {}, but it is needed until {}: {why}.",
            index.system_name(system),
            stage_in_words(index, exit),
            stage_in_words(index, need.until)
        );
        report.add_related(Severity::Error, [view.system(system)], related, message);
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let Some((id, system)) = main_system(view, finding) else { return Vec::new() };
    let index = view.index();
    let need = index.system(id).and_then(|place| needs(index)[place]);
    let Some(need) = need else { return Vec::new() };
    let name = &system.name;
    let fix = match wave_at(index, need.until).cloned() {
        Some(wave) => {
            let title = format!("Move the exit of {name} to {}", index.plan.waves[&wave].name);
            Fix::edits(title, change_system(index.plan, id, |system| system.exit_wave = Some(wave)))
        }
        None if system.disposition.leaves() => Fix::edits(
            format!("Leave {name} on until the target"),
            change_system(index.plan, id, |system| system.exit_wave = None),
        ),
        None => ask(format!("Say when {name} is switched off, if at all"), id),
    };
    vec![fix]
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    #[test]
    fn an_exit_within_the_rollback_window_or_before_the_cutover_is_found() {
        let text = "wave 3: notes last
             a: migrate, at 2, exit 2, migration.rollback.window_waves 1     !! exit-too-early error
             b: migrate, at 2, exit 1                                        !! exit-too-early error
             c: migrate, at 3, exit 3, migration.rollback.window_waves 4     !! exit-too-early error";
        assert_findings(&RULE, text);
        assert_eq!(
            messages(&RULE, text),
            [
                "a is switched off in Wave 2, but it is needed until Wave 3: its rollback window ends then.",
                "b is switched off in Wave 1, but it is needed until Wave 2: it cuts over then.",
                "c is switched off in Wave 3, but it is needed until the target: its rollback window ends then.",
            ]
        );
    }

    #[test]
    fn an_exit_before_a_replacement_starts_is_found() {
        let text = "wave 3: notes last
             a: retire, exit 1     !! exit-too-early error
             bus: hub, exit 2      !! exit-too-early error
             a -> x : d | id old, until 1
             b -> x : d | id new, since 2, replaces old
             x -> y via bus : d | id round, until 2
             x -> y : d | since 3, replaces round
             c: retire, exit 1     !! exit-too-early error
             x -> c : d | id sent, until 1
             x -> b : d | since 2, replaces sent";
        assert_findings(&RULE, text);
        assert_eq!(
            messages(&RULE, text)[0],
            "a is switched off in Wave 1, but it is needed until Wave 2: b → x only takes over then."
        );
    }

    #[test]
    fn an_exit_before_the_end_of_the_parallel_run_is_found() {
        let text = "a: migrate, at 1, exit 1, approach parallel-run, migration.parallel_until wave-2, migration.rollback.window_waves 0
             a:     !! exit-too-early error
             wave 2: notes last";
        assert_findings(&RULE, text);
        let message =
            "a is switched off in Wave 1, but it is needed until Wave 2: its parallel run ends then.";
        assert_eq!(messages(&RULE, text), [message]);
    }

    #[test]
    fn the_parallel_run_counts_without_a_cutover_too() {
        assert_findings(
            &RULE,
            "wave 2: notes last
             a: migrate, exit 1, approach parallel-run, migration.parallel_until wave-2   !! exit-too-early error
             b: retire, exit 1, migration.parallel_until wave-2                           !! exit-too-early error
             c: retire, exit 2, migration.parallel_until wave-2",
        );
    }

    #[test]
    fn an_exit_in_time_or_without_a_wave_is_silence() {
        assert_findings(
            &RULE,
            "wave 3: notes last
             a: migrate, at 1, exit 2, migration.rollback.window_waves 1, migration.parallel_until wave-2
             a -> x : d | id old, until 2
             b -> x : d | since 2, replaces old
             b: migrate, at 1, exit 1
             c: migrate, at 2, migration.rollback.window_waves 5
             d: retire, exit 1
             e: retire, at 2, exit 1",
        );
    }

    #[test]
    fn the_exit_can_move_to_the_wave_until_which_it_is_needed() {
        let crm = "focal sf\nwave 2: notes last
             crm: migrate, into sf, at 1, approach phased, migration.rollback.window_waves 1";
        let before = format!("{crm}, exit 1");
        assert_fix(&RULE, &before, "Move the exit of crm to Wave 2", &format!("{crm}, exit 2"));
        let late = crm.replace("at 1", "at 2");
        assert_fix(&RULE, &format!("{late}, exit 2"), "Leave crm on until the target", &late);
    }

    #[test]
    fn when_a_system_goes_that_otherwise_stays_is_asked() {
        let text = "esb: hub, exit 1
             x -> y via esb : d | id round, until 1
             x -> y : d | since target, replaces round";
        assert_eq!(fix_titles(&RULE, text), ["Say when esb is switched off, if at all"]);
    }
}
