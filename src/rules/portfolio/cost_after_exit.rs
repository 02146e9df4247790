//! A system that goes and keeps costing: no exit, or a contract that runs on.

use crate::edit::change_system;
use crate::landscape::SystemEntry;
use crate::model::{Date, Disposition, System, WaveId};
use crate::rules::{
    Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, Subject, Threshold, View,
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "cost-after-exit",
    title: "Licence keeps running",
    family: Family::Portfolio,
    severity: "warning",
    pillar: Pillar::ResourceAndCost,
    when: "A system that migrates or retires has no exit wave that the plan knows (counts from the gate \
           cutover on); or its contract ends more than 3 months after the cutover of its exit wave.",
    why: "Nothing is saved until the system is switched off and its contract has ended.",
    what_to_do: "Say after which wave it is switched off, and give notice in time.",
    not_when: "The migration is not planned yet: that is reported instead.",
    source: "Decommissioning the legacy system eliminates its maintenance costs and licensing.",
    thresholds: &[Threshold {
        name: "months",
        default: 3.0,
        unit: "months",
        reason: "a usual period of notice",
    }],
    looks_at: LooksAt::Target,
    check,
    fixes,
};

/// The wave of the exit, where the plan has it.
fn exit<'s>(view: &View<'_, '_>, system: &'s System) -> Option<&'s WaveId> {
    system.exit_wave.as_ref().filter(|wave| view.index().plan.waves.contains_key(*wave))
}

/// The day of the exit and the end of the contract, where that is too late.
fn runs_on(view: &View<'_, '_>, system: &System) -> Option<(Date, Date)> {
    let exit = view.index().plan.waves[exit(view, system)?].cutover?;
    let end = system.contract_end?;
    #[expect(clippy::cast_sign_loss, reason = "a threshold below zero counts as none")]
    let months = view.threshold("months").max(0.0) as u32;
    (end > exit.plus_months(months)).then_some((exit, end))
}

fn check(view: &View<'_, '_>, report: &mut Report) {
    let leaving = |entry: &SystemEntry<'_>| entry.system.disposition.leaves();
    for (place, entry) in view.index().systems.iter().enumerate().filter(|(_, entry)| leaving(entry)) {
        let name = &entry.system.name;
        if let Some((exit, end)) = runs_on(view, entry.system) {
            let message = format_args!("{name} is switched off {exit}, but its contract runs until {end}.");
            report.add(Severity::Warning, [view.system(place)], message);
        } else if exit(view, entry.system).is_none() && view.counts_absent() {
            let message = format_args!("{name} has no switch-off date, so nothing is saved.");
            report.add(Severity::Warning, [view.system(place)], message);
        }
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::System(id)] = finding.subjects.as_slice() else { return Vec::new() };
    let index = view.index();
    let Some(entry) = index.system(id).map(|place| &index.systems[place]) else { return Vec::new() };
    let name = &entry.system.name;
    let inspector = || Place::Inspector(Subject::System(id.clone()));
    let notice = Fix::open(format!("Give notice for {name} and record when its contract ends"), inspector());
    if runs_on(view, entry.system).is_some() {
        return vec![notice];
    }
    let exit = match safe_exit(view, entry) {
        None => Fix::open(format!("Say after which wave {name} is switched off"), inspector()),
        Some(wave) => {
            let title = format!("Switch {name} off after {}", index.plan.waves[wave].name);
            let wave = wave.clone();
            Fix::edits(title, change_system(index.plan, id, |system| system.exit_wave = Some(wave)))
        }
    };
    vec![exit, notice]
}

/// The first wave after which it can go: the cutover and the time for the way back, which is one wave where
/// nobody has said how long, and the end of a parallel run. For what retires, the last wave. `None` where
/// there is no such wave, or no cutover is known.
fn safe_exit<'p>(view: &View<'_, 'p>, entry: &SystemEntry<'p>) -> Option<&'p WaveId> {
    let plan = view.index().plan;
    let waves = plan.waves_in_order();
    let last = waves.len().checked_sub(1)?;
    if entry.system.disposition == Disposition::Retire {
        return Some(waves[last]);
    }
    // The first wave is the stage at place 1.
    let (migration, cutover) = (entry.system.migration.as_ref()?, entry.cutover?.checked_sub(1)?);
    let window = migration.rollback.window_waves.unwrap_or(1) as usize;
    let parallel = migration.parallel_until.as_ref();
    let parallel = parallel.and_then(|until| waves.iter().position(|wave| *wave == until));
    waves.get((cutover + window).max(parallel.unwrap_or_default())).copied()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    #[test]
    fn what_goes_without_an_exit_is_found_from_the_gate_cutover_on() {
        let text = "old: migrate, into sf, at 1, approach phased
             tool: retire
             lost: retire, exit_wave gone
             done: retire, exit 1
             erp: integrate";
        assert_findings(&RULE, text);
        assert_findings(&RULE, &format!("aim build\n{text}"));
        let marked = text
            .replace("phased", "phased !! cost-after-exit warning")
            .replace("tool: retire", "tool: retire !! cost-after-exit")
            .replace("exit_wave gone", "exit_wave gone !! cost-after-exit");
        assert_findings(&RULE, &format!("aim cutover\n{marked}"));
        assert_eq!(
            messages(&RULE, "aim cutover\ntool: retire"),
            ["tool has no switch-off date, so nothing is saved."]
        );
    }

    #[test]
    fn a_contract_that_runs_on_is_found_whatever_the_gate() {
        let with =
            |end: &str| format!("wave 1: cutover 2027-03-31\ntool: retire, exit 1, contract_end {end}");
        assert_findings(&RULE, &with("2027-06-30"));
        assert_findings(&RULE, &with("2027-07-01 !! cost-after-exit warning"));
        assert_eq!(
            messages(&RULE, &with("2027")),
            ["tool is switched off 2027-03-31, but its contract runs until 2027."]
        );
        assert_findings(&RULE, &with("2027").replace("retire", "integrate"));
        assert_findings(&RULE, "tool: retire, exit 1, contract_end 2040");
        assert_eq!(
            fix_titles(&RULE, &with("2028")),
            ["Give notice for tool and record when its contract ends"]
        );
    }

    #[test]
    fn the_exit_leaves_time_for_the_way_back() {
        let before =
            "aim cutover\nfocal sf\nwave 4: notes last\nold: migrate, into sf, at 1, approach phased";
        let exit = |facts: &str, wave: usize| {
            let before = format!("{before}, {facts}");
            let title = format!("Switch old off after Wave {wave}");
            assert_fix(&RULE, &before, &title, &format!("{before}, exit {wave}"));
        };
        exit("users 5", 2);
        exit("migration.rollback.window_waves 2", 3);
        exit("migration.rollback.window_waves 0", 1);
        exit("migration.rollback.window_waves 0, migration.parallel_until wave-3", 3);
        let beyond = format!("{before}, migration.rollback.window_waves 9");
        assert_eq!(fix_titles(&RULE, &beyond)[0], "Say after which wave old is switched off");
    }

    #[test]
    fn what_retires_goes_after_the_last_wave_and_without_waves_somebody_is_asked() {
        assert_fix(
            &RULE,
            "aim cutover\nwave 2: notes last\ntool: retire",
            "Switch tool off after Wave 2",
            "aim cutover\nwave 2: notes last\ntool: retire, exit 2",
        );
        assert_eq!(
            fix_titles(&RULE, "aim cutover\ntool: retire"),
            [
                "Say after which wave tool is switched off",
                "Give notice for tool and record when its contract ends"
            ]
        );
    }
}
