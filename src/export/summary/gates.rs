//! The gates: whether the plan is ready for review, build and the cutover of each wave, and what is missing.

use crate::rules::Gate;

use super::document::{Align, Table};
use super::phrases::{capitalised, count};
use super::{Block, Source};

pub(super) fn blocks(source: Source<'_, '_>) -> Vec<Block> {
    let plan = source.facts.plan();
    let rows = source.gates.iter().map(|gate| {
        let state = if gate.is_open() { "yes" } else { "no" };
        vec![capitalised(&gate.name(plan)), state.to_owned(), missing(source, gate)]
    });
    let mut table = Table::new(["Gate", "Passes", "What is missing"].map(|title| (title, Align::Start)));
    table.rows.extend(rows);
    vec![Block::Table(table)]
}

/// "A copy writes to the truth (3); 2 undecided systems without an open decision".
fn missing(source: Source<'_, '_>, gate: &Gate) -> String {
    let mut rules: Vec<(&str, usize)> = Vec::new();
    for finding in &gate.findings {
        match rules.iter_mut().find(|(title, _)| *title == finding.rule.title) {
            Some((_, found)) => *found += 1,
            None => rules.push((finding.rule.title, 1)),
        }
    }
    let mut parts: Vec<_> = rules.into_iter().map(|(title, found)| format!("{title} ({found})")).collect();
    if !gate.undecided.is_empty() {
        let names: Vec<_> =
            gate.undecided.iter().map(|id| source.facts.plan().system_name(id).to_owned()).collect();
        let systems = count(names.len(), "undecided system");
        parts.push(format!("{systems} without an open decision, its owner and day: {}", names.join(", ")));
    }
    if parts.is_empty() { "nothing".to_owned() } else { parts.join("; ") }
}
