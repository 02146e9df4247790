//! What changes with each wave, and what changes at the target without one.

use std::collections::BTreeSet;

use crate::model::Stage;
use crate::rules::Facts;

use super::Align::Start;
use super::phrases::DASH;
use super::{Block, Source, Table};

pub(super) fn blocks(source: Source<'_, '_>) -> Vec<Block> {
    let facts = source.facts;
    let target = facts.index.timeline.target();
    let mut rows: Vec<_> = (1..=target).map(|at| row(facts, at)).collect();
    let is_idle = |row: &[String]| row[2..].iter().all(String::is_empty);
    if rows.last().is_some_and(|row| is_idle(row)) {
        rows.pop();
    }
    if rows.is_empty() {
        return Vec::new();
    }
    let titles = [
        "Wave",
        "Cutover",
        "Migrates",
        "Comes",
        "Goes",
        "Flows that come",
        "Flows that go",
        "Truth handed over",
        "Note",
    ];
    let table = Table::new(titles.map(|title| (title, Start))).with_rows(rows).without_empty_columns();
    vec![Block::Table(table)]
}

fn row(facts: &Facts<'_>, at: usize) -> Vec<String> {
    let plan = facts.plan();
    let (name, cutover, notes) = match facts.index.timeline.stage(at) {
        Stage::Wave(id) => {
            let wave = &plan.waves[id];
            (
                wave.name.clone(),
                wave.cutover.map_or(DASH.to_owned(), |date| date.to_string()),
                wave.notes.clone(),
            )
        }
        _ => ("Target, without a wave".to_owned(), DASH.to_owned(), String::new()),
    };
    let systems = &facts.index.systems;
    let names = |is_named: &dyn Fn(usize) -> bool| -> String {
        let named = (0..systems.len()).filter(|&place| is_named(place));
        named.map(|place| systems[place].system.name.as_str()).collect::<Vec<_>>().join(", ")
    };
    let stands = |place: usize, at: usize| facts.stages[at].landscape.stands(place);
    vec![
        name,
        cutover,
        names(&|place| systems[place].cutover == Some(at)),
        names(&|place| stands(place, at) && !stands(place, at - 1)),
        names(&|place| !stands(place, at) && stands(place, at - 1)),
        flows(facts, at, at - 1),
        flows(facts, at - 1, at),
        handovers(facts, at),
        notes,
    ]
}

/// The flows that stand at one stage and not at the other.
fn flows(facts: &Facts<'_>, at: usize, other: usize) -> String {
    let others: BTreeSet<_> = facts.stages[other].landscape.flows.iter().collect();
    let flows = facts.stages[at].landscape.flows.iter().filter(|flow| !others.contains(flow));
    let names: BTreeSet<_> = flows.map(|&flow| facts.plan().flow_name(facts.index.flows[flow].id)).collect();
    names.into_iter().collect::<Vec<_>>().join("; ")
}

/// Domains of which the sources of truth are others than at the stage before.
fn handovers(facts: &Facts<'_>, at: usize) -> String {
    let index = &facts.index;
    let changed = (0..index.domains.len()).filter_map(|domain| {
        let truths = |at: usize| &facts.stages[at].authorities[domain].truths;
        let new: Vec<_> = truths(at).iter().filter(|system| !truths(at - 1).contains(system)).collect();
        let names: Vec<_> = new.into_iter().map(|&system| index.system_name(system)).collect();
        (!names.is_empty()).then(|| format!("{} to {}", index.domain_name(domain), names.join(" and ")))
    });
    changed.collect::<Vec<_>>().join(", ")
}
