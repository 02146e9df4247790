//! A large or important system that is switched over in one step.

use crate::landscape::SystemEntry;
use crate::model::{Approach, WaveId};
use crate::rules::hubs::counted;
use crate::rules::migrations::{main_system, migrating, migration, partners, plan_it, records, wave_at};
use crate::rules::{
    Family, Finding, Fix, LooksAt, Pillar, Report, Rule, Severity, Threshold, View, listed, thousands,
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "big-bang-risk",
    title: "Everything in one night",
    family: Family::Migration,
    severity: "warning; error where everything depends on it and the way back is untested",
    pillar: Pillar::Reliability,
    when: "A system migrates in one step (big bang) and is known to be critical, or to have many users, many \
           records of its own, or flows with many systems today. Error where that is so, its criticality \
           is the highest, and its rollback is not tested: said so, or not recorded from the gate cutover on.",
    why: "In one step, everything that can go wrong goes wrong in the same night, for everybody.",
    what_to_do: "Move it in phases, run old and new in parallel, or put a facade before it.",
    not_when: "Small systems: for a spreadsheet, one step is right.",
    source: "Phased migration strategies; strangler fig and anti-corruption layer of the Azure Architecture \
             Center.",
    thresholds: &[
        Threshold {
            name: "criticality",
            default: 3.0,
            unit: "of 4",
            reason: "from here on a failed cutover stops a part of the business",
        },
        Threshold {
            name: "users",
            default: 200.0,
            unit: "users",
            reason: "so many cannot be helped in one morning",
        },
        Threshold {
            name: "records",
            default: 1_000_000.0,
            unit: "records",
            reason: "so many take longer than a night where a load is repeated",
        },
        Threshold {
            name: "systems",
            default: 3.0,
            unit: "linked systems",
            reason: "so many have to switch over in the same night",
        },
        Threshold {
            name: "grave_criticality",
            default: 4.0,
            unit: "of 4",
            reason: "the organisation stops with such a system",
        },
    ],
    looks_at: LooksAt::Target,
    check,
    fixes,
};

fn check(view: &View<'_, '_>, report: &mut Report) {
    let at_once = |entry: &SystemEntry<'_>| migration(entry.system).approach == Some(Approach::BigBang);
    let movers: Vec<_> = migrating(view).filter(|(_, entry)| at_once(entry)).collect();
    if movers.is_empty() {
        return;
    }
    let partners = partners(view, 0);
    for (place, entry) in movers {
        let reasons = reasons(view, entry, partners[place]);
        if reasons.is_empty() {
            continue;
        }
        let reasons: Vec<_> = reasons.iter().map(String::as_str).collect();
        let message = format_args!("{} moves in one step: {}.", entry.system.name, listed(&reasons));
        report.add(severity(view, entry), [view.system(place)], message);
    }
}

fn severity(view: &View<'_, '_>, entry: &SystemEntry<'_>) -> Severity {
    let bar = view.threshold("grave_criticality");
    let is_grave = entry.system.criticality.is_some_and(|rank| f64::from(rank) >= bar);
    let is_untested = view.is_no(migration(entry.system).rollback.tested);
    if is_grave && is_untested { Severity::Error } else { Severity::Warning }
}

fn reasons(view: &View<'_, '_>, entry: &SystemEntry<'_>, partners: usize) -> Vec<String> {
    let system = entry.system;
    let over = |bar: &'static str| move |figure: &f64| *figure >= view.threshold(bar);
    let criticality = system.criticality.map(f64::from).filter(over("criticality"));
    let users = system.users.filter(|&users| over("users")(&f64::from(users)));
    let records = records(system).filter(|&records| over("records")(&(records as f64)));
    let partners = Some(partners).filter(|&partners| over("systems")(&(partners as f64)));
    let reasons = [
        criticality.map(|rank| format!("criticality {rank}")),
        users.map(|users| format!("{} users", thousands(u64::from(users)))),
        records.map(|records| format!("{} records", thousands(records))),
        partners.map(|partners| counted(partners, "linked system")),
    ];
    reasons.into_iter().flatten().collect()
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let Some((id, system)) = main_system(view, finding) else { return Vec::new() };
    let (plan, name) = (view.index().plan, &system.name);
    let by = |approach: Approach, title: String| {
        plan_it(plan, id, title, |migration| migration.approach = Some(approach))
    };
    let parallel = view.index().system(id).and_then(|place| in_parallel_until(view, place)).map(|wave| {
        let title = format!("Run {name} in parallel until {}", plan.waves[&wave].name);
        plan_it(plan, id, title, |migration| {
            migration.approach = Some(Approach::ParallelRun);
            migration.parallel_until = Some(wave);
        })
    });
    let phased = by(Approach::Phased, format!("Move {name} in phases, by domain, region or team"));
    let facade =
        by(Approach::Strangler, format!("Put a facade before {name} and take over function by function"));
    std::iter::once(phased).chain(parallel).chain([facade]).collect()
}

/// The wave of the exit, else the one after the cutover.
fn in_parallel_until(view: &View<'_, '_>, place: usize) -> Option<WaveId> {
    let index = view.index();
    let entry = &index.systems[place];
    let cutover = entry.cutover?;
    let exit = entry.system.exit_wave.as_ref().and_then(|exit| index.timeline.wave_place(exit));
    wave_at(index, exit.filter(|&exit| exit > cutover).unwrap_or(cutover + 1)).cloned()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    #[test]
    fn each_reason_is_enough() {
        let text = "a: migrate, approach big-bang, criticality 3     !! big-bang-risk warning
             b: migrate, approach big-bang, users 2200               !! big-bang-risk warning
             c: migrate, approach big-bang                           !! big-bang-risk warning
             c.x: records 400000
             c.y: records 600000
             d: migrate, approach big-bang                           !! big-bang-risk warning
             bus: hub
             d -> e : x
             f -> d via bus : x
             d -> g : x | until 1
             d -> g : y";
        assert_findings(&RULE, text);
        let mut found = messages(&RULE, text);
        found.sort();
        assert_eq!(
            found,
            [
                "a moves in one step: criticality 3.",
                "b moves in one step: 2,200 users.",
                "c moves in one step: 1,000,000 records.",
                "d moves in one step: 3 linked systems.",
            ]
        );
    }

    #[test]
    fn below_every_bar_or_in_another_way_it_is_silence() {
        assert_findings(
            &RULE,
            "a: migrate, approach big-bang, criticality 2, users 199
             a.x: records 999999
             a.z: records 500000, virtual
             a -> e : x
             f -> a : x
             a -> g : x | since 1
             b: migrate, approach phased, criticality 4
             c: migrate, criticality 4
             d: integrate, approach big-bang, criticality 4",
        );
    }

    #[test]
    fn without_a_tested_way_back_of_what_everything_depends_on_it_is_an_error() {
        assert_findings(
            &RULE,
            "aim cutover
             a: migrate, approach big-bang, criticality 4     !! big-bang-risk error
             b: migrate, approach big-bang, criticality 4, migration.rollback.tested true     !! big-bang-risk warning
             c: migrate, approach big-bang, criticality 3     !! big-bang-risk warning
             d: migrate, approach big-bang, users 500         !! big-bang-risk warning",
        );
        assert_findings(
            &RULE,
            "aim build
             a: migrate, approach big-bang, criticality 4     !! big-bang-risk warning
             b: migrate, approach big-bang, criticality 4, migration.rollback.tested false    !! big-bang-risk error",
        );
    }

    #[test]
    fn phases_a_parallel_run_and_a_facade_are_offered() {
        let crm = "focal sf\ncrm: migrate, into sf, at 1, exit 2, users 500";
        let before = format!("{crm}, approach big-bang");
        assert_eq!(
            fix_titles(&RULE, &before),
            [
                "Move crm in phases, by domain, region or team",
                "Run crm in parallel until Wave 2",
                "Put a facade before crm and take over function by function"
            ]
        );
        let phased = format!("{crm}, approach phased");
        assert_fix(&RULE, &before, "Move crm in phases, by domain, region or team", &phased);
        let parallel = format!("{crm}, approach parallel-run, migration.parallel_until wave-2");
        assert_fix(&RULE, &before, "Run crm in parallel until Wave 2", &parallel);
        let facade = format!("{crm}, approach strangler");
        assert_fix(&RULE, &before, "Put a facade before crm and take over function by function", &facade);
    }

    #[test]
    fn a_parallel_run_ends_with_the_next_wave_where_there_is_one() {
        let crm = "focal sf\nwave 2: notes last\ncrm: migrate, into sf, approach big-bang, users 500";
        assert_eq!(fix_titles(&RULE, &format!("{crm}, at 1"))[1], "Run crm in parallel until Wave 2");
        assert_eq!(fix_titles(&RULE, &format!("{crm}, at 2")).len(), 2);
        assert_eq!(fix_titles(&RULE, &format!("{crm}, at 1, exit 3"))[1], "Run crm in parallel until Wave 3");
    }

    #[test]
    fn an_exit_at_the_cutover_leaves_no_time_for_a_parallel_run() {
        let crm =
            "focal sf\nwave 2: notes last\ncrm: migrate, into sf, approach big-bang, users 500, at 1, exit 1";
        assert_eq!(
            fix_titles(&RULE, crm),
            [
                "Move crm in phases, by domain, region or team",
                "Put a facade before crm and take over function by function"
            ]
        );
    }
}
