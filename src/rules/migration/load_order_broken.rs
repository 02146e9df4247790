//! Children that move in an earlier wave than their parents.

use std::collections::{BTreeMap, BTreeSet};

use crate::edit::Edit;
use crate::landscape::{Reason, Wait};
use crate::model::LoadId;
use crate::rules::migrations::{move_to, stage_in_words};
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Report, Rule, Severity, Subject, View};

/// The rule.
pub static RULE: Rule = Rule {
    id: "load-order-broken",
    title: "Children before parents",
    family: Family::Migration,
    severity: "error",
    pillar: Pillar::OperationalExcellence,
    when: "A system or load moves in an earlier wave than one that it waits for, and both waves are known: \
           one that it is said to come after, or that brings the parent of a domain that it brings, from \
           today's source of truth of that parent (for the same partition, where both name one). Nobody \
           waits for a parent that is preloaded, and a system that is a source of truth of the parent waits \
           for its own moves, and for another source only where both claim the same records and fields. One \
           finding for each pair of systems.",
    why: "Records whose parent is not there yet are rejected, or stand alone.",
    what_to_do: "Move the parent earlier or the child later.",
    not_when: "The parent is loaded before everything else: mark it as preloaded. Loading by external ID \
               still needs the parent first.",
    source: "Salesforce Help 000001006: accounts, contacts, opportunities, products, line items, cases, leads, \
             campaigns, members, assets; activities last.",
    thresholds: &[],
    looks_at: LooksAt::Target,
    check,
    fixes,
};

/// The waits that are not kept, by the systems of the move that comes too early and of the other.
fn broken<'a>(view: &View<'a, '_>) -> BTreeMap<(usize, usize), Vec<&'a Wait>> {
    let precedence = view.facts.precedence();
    let mut broken: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for wait in &precedence.waits {
        let (before, after) = (&precedence.moves[wait.before], &precedence.moves[wait.after]);
        if before.wave.zip(after.wave).is_some_and(|(before, after)| before > after) {
            broken.entry((after.system, before.system)).or_default().push(wait);
        }
    }
    broken
}

fn check(view: &View<'_, '_>, report: &mut Report) {
    for ((after, before), waits) in broken(view) {
        let mut subjects = vec![view.system(after), view.system(before)];
        subjects.dedup();
        let domains: BTreeSet<_> = waits
            .iter()
            .flat_map(|wait| match wait.reason {
                Reason::Parent { parent, child } => vec![parent, child],
                Reason::Said => Vec::new(),
            })
            .collect();
        let related: Vec<_> = domains.into_iter().map(|domain| view.domain(domain)).collect();
        report.add_related(Severity::Error, subjects, related, message(view, waits[0]));
    }
}

fn message(view: &View<'_, '_>, wait: &Wait) -> String {
    let index = view.index();
    let [before, after] = [wait.before, wait.after].map(|place| {
        let moved = &view.facts.precedence().moves[place];
        let wave = moved.wave.map_or("a later wave", |wave| stage_in_words(index, wave));
        (index.system_name(moved.system), wave)
    });
    match wait.reason {
        Reason::Said => format!(
            "{} cuts over in {}, but waits for {}, which only follows in {}.",
            after.0, after.1, before.0, before.1
        ),
        Reason::Parent { parent, child } => format!(
            "{} loads {} from {}, but its parent {} only arrives from {} in {}.",
            after.1,
            index.domain_name(child),
            after.0,
            index.domain_name(parent),
            before.0,
            before.1
        ),
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let pair: Vec<_> = finding.subjects.iter().filter_map(|subject| place_of(view, subject)).collect();
    let (Some(&after), Some(&before)) = (pair.first(), pair.last()) else { return Vec::new() };
    let Some(waits) = broken(view).remove(&(after, before)) else { return Vec::new() };
    reorder(view, after).into_iter().chain(move_later(view, after, &waits)).collect()
}

fn place_of(view: &View<'_, '_>, subject: &Subject) -> Option<usize> {
    let Subject::System(id) = subject else { return None };
    view.index().system(id)
}

/// Moves everything that comes too early just as far as it has to, where that is more than one system.
fn reorder(view: &View<'_, '_>, after: usize) -> Option<Fix> {
    let precedence = view.facts.precedence();
    let mut later: BTreeMap<usize, Vec<(Option<LoadId>, usize)>> = BTreeMap::new();
    for (moved, wave) in precedence.moves.iter().zip(precedence.in_order()) {
        if let Some(wave) = wave.filter(|_| wave != moved.wave) {
            later.entry(moved.system).or_default().push((moved.load.cloned(), wave));
        }
    }
    if later.keys().all(|&system| system == after) {
        return None;
    }
    let title = format!("Reorder automatically: {} systems move later, parents first", later.len());
    let edits: Vec<Edit> =
        later.into_iter().filter_map(|(system, moves)| move_to(view.index(), system, moves)).collect();
    Some(Fix::edits(title, edits))
}

/// Moves what comes too early to the wave of what it waits for.
fn move_later(view: &View<'_, '_>, after: usize, waits: &[&Wait]) -> Option<Fix> {
    let index = view.index();
    let precedence = view.facts.precedence();
    let mut needed: BTreeMap<usize, usize> = BTreeMap::new();
    for wait in waits {
        let wave = precedence.moves[wait.before].wave?;
        let known = needed.entry(wait.after).or_insert(wave);
        *known = wave.max(*known);
    }
    let last = *needed.values().max()?;
    let moves = needed.into_iter().map(|(place, wave)| (precedence.moves[place].load.cloned(), wave));
    let title = format!("Move {} to {}", index.system_name(after), stage_in_words(index, last));
    Some(Fix::edits(title, move_to(index, after, moves)))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    const DATA: &str = "focal sf
        account = truth crm, truth sf from 2, key id
        order = parent account
        erp.order: records 100
        crm: migrate, into sf, at 2, approach phased\n";

    #[test]
    fn a_child_that_moves_before_its_parent_is_found() {
        let text = format!("{DATA}erp: migrate, into sf, at 1, approach phased");
        assert_findings(&RULE, &format!("{text}\nerp, crm     !! load-order-broken error"));
        assert_eq!(
            messages(&RULE, &text),
            ["Wave 1 loads order from erp, but its parent account only arrives from crm in Wave 2."]
        );
        let said = "a: migrate, at 1, migration.after b\nb: migrate, at 3";
        assert_findings(&RULE, &format!("{said}\na, b     !! load-order-broken error"));
        assert_eq!(
            messages(&RULE, said),
            ["a cuts over in Wave 1, but waits for b, which only follows in Wave 3."]
        );
    }

    #[test]
    fn the_same_wave_an_unknown_wave_and_a_preloaded_parent_are_silence() {
        assert_findings(&RULE, &format!("{DATA}erp: migrate, into sf, at 2"));
        assert_findings(&RULE, &format!("{DATA}erp: migrate, into sf, at 3"));
        assert_findings(&RULE, &format!("{DATA}erp: migrate, into sf"));
        assert_findings(&RULE, &format!("{DATA}erp: migrate, into sf, at 1\naccount = preloaded"));
        assert_findings(&RULE, "a: migrate, at 1, migration.after b\nb: migrate");
    }

    #[test]
    fn a_load_counts_with_its_own_wave() {
        let load = "erp: loads.early.domains order, loads.early.wave wave-1";
        let text = format!("{DATA}{load}");
        assert_findings(&RULE, &format!("{text}\nerp, crm     !! load-order-broken error"));
        let early = format!("{text}\ncrm: loads.all.domains account, loads.all.wave wave-1");
        assert_findings(&RULE, &early);
        let german = early.replace("loads.all.wave", "loads.all.partition DE, loads.all.wave");
        assert_findings(&RULE, &format!("{german}\nerp, crm     !! load-order-broken error"));
        let own = "crm: migrate, at 2
             account = truth crm
             order = truth crm, parent account
             crm: loads.early.domains order, loads.early.wave wave-1     !! load-order-broken error";
        assert_findings(&RULE, own);
    }

    #[test]
    fn the_child_can_move_later_and_its_exit_with_it() {
        let before =
            format!("{DATA}erp: migrate, into sf, at 1, exit 2, approach phased\nwave 3: notes last");
        assert_eq!(fix_titles(&RULE, &before), ["Move erp to Wave 2"]);
        let after = format!("{DATA}erp: migrate, into sf, at 2, exit 3, approach phased");
        assert_fix(&RULE, &before, "Move erp to Wave 2", &after);
        let load = format!("{DATA}erp: loads.early.domains order, loads.early.wave");
        assert_fix(&RULE, &format!("{load} wave-1"), "Move erp to Wave 2", &format!("{load} wave-2"));
    }

    #[test]
    fn it_moves_to_the_last_wave_of_what_it_waits_for() {
        let text = |at: u8| {
            format!(
                "focal sf
                 account = truth crm, truth sf from 3, key id
                 crm: loads.first.partition DE, loads.first.wave wave-2
                 order = parent account
                 erp.order: records 100
                 crm: migrate, into sf, at 3, approach phased
                 erp: migrate, into sf, at {at}, approach phased"
            )
        };
        assert_fix(&RULE, &text(1), "Move erp to Wave 3", &text(3));
    }

    #[test]
    fn a_chain_can_only_be_reordered_as_a_whole() {
        let sketch = |b: u8, c: u8| {
            format!(
                "focal sf
                 a: migrate, into sf, at 3, approach phased
                 b: migrate, into sf, at {b}, approach phased, migration.after a
                 c: migrate, into sf, at {c}, approach phased, migration.after b"
            )
        };
        assert_fix(
            &RULE,
            &sketch(1, 2),
            "Reorder automatically: 2 systems move later, parents first",
            &sketch(3, 3),
        );
        assert_eq!(
            fix_titles(&RULE, &sketch(1, 2)),
            ["Reorder automatically: 2 systems move later, parents first"]
        );
    }
}
