//! Something that begins before the system that it needs is there.

use std::collections::BTreeMap;

use crate::edit::{Edit, change_domain, change_flow, change_system};
use crate::landscape::FlowEntry;
use crate::model::{DomainId, LoadId, Stage, SystemId, WaveId};
use crate::rules::migrations::{migration, move_to, stage_in_words, wave_at};
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Report, Rule, Severity, Subject, View};

/// The rule.
pub static RULE: Rule = Rule {
    id: "not-yet-there",
    title: "Used before it exists",
    family: Family::Migration,
    severity: "error",
    pillar: Pillar::OperationalExcellence,
    when: "A flow starts before an end or a hub of it is there; a system cuts over, or a load moves, in a \
           wave before the system itself or the one that takes the records is there; or a claim begins \
           before its system is there.",
    why: "What is planned for then cannot happen.",
    what_to_do: "Move it to the stage from which on the system is there, or bring the system forward.",
    not_when: "No exception is known.",
    source: "The order of a replacement: introduce, coexist, retire.",
    thresholds: &[],
    looks_at: LooksAt::Target,
    check,
    fixes,
};

/// The systems that are not there yet when something starts, and from when on the last of them is.
fn late(
    view: &View<'_, '_>,
    start: usize,
    needed: impl IntoIterator<Item = usize>,
) -> Option<(Vec<usize>, usize)> {
    let from = |system: usize| view.index().systems[system].life.start;
    let mut late: Vec<_> = needed.into_iter().filter(|&system| from(system) > start).collect();
    late.sort_unstable();
    late.dedup();
    let there = late.iter().map(|&system| from(system)).max()?;
    Some((late, there))
}

fn check(view: &View<'_, '_>, report: &mut Report) {
    let index = view.index();
    let words = |what: String, start: usize, late: &[usize], there: usize| {
        let (be, stage) = (if late.len() == 1 { "is" } else { "are" }, stage_in_words(index, there));
        let names = view.names(late);
        let start = stage_in_words(index, start);
        let start = if start == "today" { "is there today".to_owned() } else { format!("starts in {start}") };
        format!("{what} {start}, but {names} {be} only there from {stage} on.")
    };
    for (place, entry) in index.flows.iter().enumerate() {
        let start = entry.life.start;
        if let Some((late, there)) = late(view, start, needed(entry)) {
            let related: Vec<_> = late.iter().map(|&system| view.system(system)).collect();
            let message = words(index.flow_name(entry), start, &late, there);
            report.add_related(Severity::Error, [view.flow(place)], related, message);
        }
    }
    for system in 0..index.systems.len() {
        let mut reported = BTreeMap::new();
        for (start, load, needed) in moves(view, system) {
            let Some((late, there)) = late(view, start, needed) else { continue };
            let what = match load {
                Some(load) => format!("The load {load} of {}", index.system_name(system)),
                None => format!("The migration of {}", index.system_name(system)),
            };
            reported.entry(late.clone()).or_insert_with(|| words(what, start, &late, there));
        }
        for (late, message) in reported {
            let others = late.into_iter().filter(|&other| other != system);
            let subjects: Vec<_> = std::iter::once(system).chain(others).map(|s| view.system(s)).collect();
            report.add(Severity::Error, subjects, message);
        }
    }
    for (domain, start, system, there) in early_claims(view) {
        let what = format!("The claim of {} on {}", index.system_name(system), index.domain_name(domain));
        let message = words(what, start, &[system], there);
        report.add(Severity::Error, [view.domain(domain), view.system(system)], message);
    }
}

/// The ends and hubs of a flow.
fn needed(entry: &FlowEntry<'_>) -> impl Iterator<Item = usize> {
    [entry.from, entry.to].into_iter().chain(entry.via.iter().copied()).flatten()
}

/// The cutover and the loads of a system: the stage, the load, the systems that it needs.
fn moves<'p>(view: &View<'_, 'p>, system: usize) -> Vec<(usize, Option<&'p LoadId>, Vec<usize>)> {
    let index = view.index();
    let entry = &index.systems[system];
    let needs = |into: Option<&SystemId>| {
        std::iter::once(system).chain(into.and_then(|id| index.system(id))).collect::<Vec<_>>()
    };
    let cutover = entry.cutover.map(|start| (start, None, needs(migration(entry.system).into.as_ref())));
    let loads = entry.system.loads.iter().filter_map(|(id, load)| {
        Some((index.timeline.wave_place(load.wave.as_ref()?)?, Some(id), needs(load.into.as_ref())))
    });
    cutover.into_iter().chain(loads).collect()
}

/// The first claim of each system on each domain that begins before the system is there: domain, start,
/// system, from when on it is there.
fn early_claims(view: &View<'_, '_>) -> Vec<(usize, usize, usize, usize)> {
    let index = view.index();
    let mut first: BTreeMap<(usize, usize), (usize, usize)> = BTreeMap::new();
    for (domain, (_, data)) in index.domains.iter().enumerate() {
        for claim in &data.truth {
            let Some(system) = index.system(&claim.system) else { continue };
            let Some(start) = index.timeline.place(&claim.from) else { continue };
            let there = index.systems[system].life.start;
            if start < there {
                let known = first.entry((domain, system)).or_insert((start, there));
                known.0 = start.min(known.0);
            }
        }
    }
    first.into_iter().map(|((domain, system), (start, there))| (domain, start, system, there)).collect()
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    match finding.subjects.as_slice() {
        [Subject::Flow(id)] => flow_fixes(view, id),
        [Subject::Domain(domain), Subject::System(system)] => claim_fixes(view, domain, system),
        [Subject::System(id), ..] => move_fixes(view, id, finding),
        _ => Vec::new(),
    }
}

fn flow_fixes(view: &View<'_, '_>, id: &crate::model::FlowId) -> Vec<Fix> {
    let index = view.index();
    let Some(place) = index.flow(id) else { return Vec::new() };
    let start = index.flows[place].life.start;
    let Some((late, there)) = late(view, start, needed(&index.flows[place])) else { return Vec::new() };
    let stage = index.timeline.stage(there).clone();
    let title = format!("Move it to {}", stage_in_words(index, there));
    let later = Fix::edits(title, change_flow(index.plan, id, |flow| flow.since = stage));
    vec![later, bring_forward(view, &late, start)]
}

fn claim_fixes(view: &View<'_, '_>, domain: &DomainId, system: &SystemId) -> Vec<Fix> {
    let index = view.index();
    let (Some(place), Some(row)) = (index.system(system), index.domain(domain)) else { return Vec::new() };
    let early = early_claims(view).into_iter().find(|claim| (claim.0, claim.2) == (row, place));
    let Some((_, start, _, there)) = early else { return Vec::new() };
    let stage = index.timeline.stage(there);
    let is_early = |from: &Stage| index.timeline.place(from).is_some_and(|start| start < there);
    let edit = change_domain(index.plan, domain, |domain| {
        for claim in domain.truth.iter_mut().filter(|claim| claim.system == *system && is_early(&claim.from))
        {
            claim.from = stage.clone();
        }
    });
    let later = Fix::edits(format!("Move it to {}", stage_in_words(index, there)), edit);
    vec![later, bring_forward(view, &[place], start)]
}

/// Moves everything of a system that needs the same late systems, or brings those forward to the first of
/// it.
fn move_fixes(view: &View<'_, '_>, id: &SystemId, finding: &Finding) -> Vec<Fix> {
    let index = view.index();
    let Some(system) = index.system(id) else { return Vec::new() };
    let early: Vec<_> = moves(view, system)
        .into_iter()
        .filter_map(|(start, load, needed)| Some((start, load, late(view, start, needed)?)))
        .filter(|(_, _, (late, _))| late.iter().all(|&other| finding.touches(&view.system(other))))
        .collect();
    let (Some(first), Some(there)) =
        (early.iter().map(|(start, ..)| *start).min(), early.iter().map(|(_, _, (_, there))| *there).max())
    else {
        return Vec::new();
    };
    let mut late: Vec<_> = early.iter().flat_map(|(_, _, (late, _))| late.iter().copied()).collect();
    late.sort_unstable();
    late.dedup();
    let later = wave_at(index, there).map(|_: &WaveId| {
        let moves = early.iter().map(|(_, load, _)| (load.cloned(), there));
        Fix::edits(format!("Move it to {}", stage_in_words(index, there)), move_to(index, system, moves))
    });
    later.into_iter().chain([bring_forward(view, &late, first)]).collect()
}

/// Introduces systems from an earlier stage on.
fn bring_forward(view: &View<'_, '_>, late: &[usize], start: usize) -> Fix {
    let index = view.index();
    let stage = index.timeline.stage(start);
    let be = if late.len() == 1 { "is" } else { "are" };
    let title = match stage {
        Stage::Today => format!("Record that {} {be} there today", view.names(late)),
        _ => format!("Bring {} forward to {}", view.names(late), stage_in_words(index, start)),
    };
    let edits: Vec<Edit> = late
        .iter()
        .filter_map(|&system| {
            change_system(index.plan, index.systems[system].id, |system| system.introduced = stage.clone())
        })
        .collect();
    Fix::edits(title, edits)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    #[test]
    fn a_flow_before_an_end_or_a_hub_is_found() {
        let text = "sf: from 2
             bus: hub, from 1
             erp -> sf : order | since 1                       !! not-yet-there error
             erp -> shop via bus : order                       !! not-yet-there error
             erp -> sf via bus : stock | since 2
             erp -> shop : order | since 1
             shop -> sf via bus : order                        !! not-yet-there error
             erp -> ?gone : order";
        assert_findings(&RULE, text);
        assert_eq!(
            messages(&RULE, text),
            [
                "shop → sf is there today, but bus and sf are only there from Wave 2 on.",
                "erp → sf starts in Wave 1, but sf is only there from Wave 2 on.",
                "erp → shop is there today, but bus is only there from Wave 1 on.",
            ]
        );
    }

    #[test]
    fn a_move_before_either_end_is_found() {
        let text = "sf: from 2
             new: migrate, into erp, at 1, from 2      !! not-yet-there error
             fine: migrate, into sf, at 2
             crm: migrate, into sf, at 1
             crm, sf                                   !! not-yet-there error
             erp: loads.de.into sf, loads.de.wave wave-1
             erp, sf                                   !! not-yet-there error
             gone: migrate, into nowhere, at 1";
        assert_findings(&RULE, text);
        assert_eq!(
            messages(&RULE, text),
            [
                "The migration of crm starts in Wave 1, but sf is only there from Wave 2 on.",
                "The load de of erp starts in Wave 1, but sf is only there from Wave 2 on.",
                "The migration of new starts in Wave 1, but new is only there from Wave 2 on.",
            ]
        );
    }

    #[test]
    fn a_claim_before_its_system_is_found() {
        let text = "sf: from 2
             order = truth erp, truth sf from 1        !! not-yet-there error
             stock = truth erp, truth sf from 2
             price = truth sf from target
             case = truth gone";
        assert_findings(&RULE, text);
        assert_eq!(
            messages(&RULE, text),
            ["The claim of sf on order starts in Wave 1, but sf is only there from Wave 2 on."]
        );
        let round = "sf: from 2\nsf -> sf : note";
        assert!(messages(&RULE, round)[0].ends_with("but sf is only there from Wave 2 on."));
        let twice = "sf: from 3\norder = truth sf group a from 2, truth sf group b from 1";
        assert!(messages(&RULE, twice)[0].starts_with("The claim of sf on order starts in Wave 1,"));
    }

    #[test]
    fn it_can_move_to_when_the_system_is_there_or_the_system_comes_forward() {
        let flow = |from: u8, since: u8| {
            format!(
                "focal sf\nsf: from {from}\nwave 2: notes last\norder = truth erp\nsf.order: reader\nerp -> sf : order | id f, since {since}"
            )
        };
        assert_eq!(fix_titles(&RULE, &flow(2, 1)), ["Move it to Wave 2", "Bring sf forward to Wave 1"]);
        assert_fix(&RULE, &flow(2, 1), "Move it to Wave 2", &flow(2, 2));
        assert_fix(&RULE, &flow(2, 1), "Bring sf forward to Wave 1", &flow(1, 1));
        let today = flow(1, 1).replace(", since 1", "");
        let there = today.replace("from 1", "from today");
        assert_fix(&RULE, &today, "Record that sf is there today", &there);
    }

    #[test]
    fn a_claim_and_a_move_can_wait_for_their_system() {
        let claim = |wave: u8| {
            format!(
                "focal sf\nsf: from 2\norder = truth erp, truth sf from {wave}\nerp -> sf : order | since 2"
            )
        };
        assert_fix(&RULE, &claim(1), "Move it to Wave 2", &claim(2));
        let also_later = |wave: u8| format!("{}\norder = truth sf group x from 3", claim(wave));
        assert_fix(&RULE, &also_later(1), "Move it to Wave 2", &also_later(2));
        let moved = |from: u8, at: u8| {
            format!(
                "focal sf\nsf: from {from}\nwave 2: notes last\ncrm: migrate, into sf, approach phased, at {at}"
            )
        };
        assert_fix(&RULE, &moved(2, 1), "Move it to Wave 2", &moved(2, 2));
        assert_fix(&RULE, &moved(2, 1), "Bring sf forward to Wave 1", &moved(1, 1));
        let loads = "focal sf\nsf: from 3
             crm: loads.de.into sf, loads.de.wave wave-2, loads.fr.into sf, loads.fr.wave wave-1";
        assert_eq!(fix_titles(&RULE, loads), ["Move it to Wave 3", "Bring sf forward to Wave 1"]);
    }
}
