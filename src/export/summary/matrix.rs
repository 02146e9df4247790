//! The ownership matrix: what each system does with each domain, today and in the target.

use crate::rules::Facts;

use super::Align::{Centre, Start};
use super::phrases::{NOT_KNOWN, listed};
use super::register::is_partial;
use super::{Block, Source, Table, part};

pub(super) fn blocks(source: Source<'_, '_>) -> Vec<Block> {
    let facts = source.facts;
    let target = facts.index.timeline.target();
    let mut blocks = vec![Block::Paragraph(
        "♛ is the source of truth; an author changes records, an entry system only creates them, a reader \
         keeps a copy, an archive keeps old ones. Where a system takes part and nobody said how, its role is \
         not known; an empty cell means that nothing is said or drawn."
            .to_owned(),
    )];
    for (at, title, anchor) in [(0, "Today", "ownership-today"), (target, "Target", "ownership-target")] {
        if let Some(matrix) = matrix(facts, at) {
            blocks.push(part(title, anchor));
            blocks.extend(matrix);
        }
    }
    if blocks.len() > 1 { blocks } else { Vec::new() }
}

/// Rows for systems that take part, columns for domains; `None` where no system takes part.
fn matrix(facts: &Facts<'_>, at: usize) -> Option<Vec<Block>> {
    let domains = facts.index.domains.len();
    let landscape = &facts.stages[at].landscape;
    let (mut rows, mut idle) = (Vec::new(), Vec::new());
    for system in (0..facts.index.systems.len()).filter(|&system| landscape.stands(system)) {
        let cells: Vec<_> = (0..domains).map(|domain| cell(facts, at, system, domain)).collect();
        let name = facts.index.system_name(system);
        if cells.iter().all(String::is_empty) {
            idle.push(name);
        } else {
            rows.push([vec![name.to_owned()], cells].concat());
        }
    }
    if rows.is_empty() {
        return None;
    }
    let titles = facts.index.domains.iter().map(|(_, domain)| (domain.name.as_str(), Centre));
    let table = Table::new(std::iter::once(("System", Start)).chain(titles)).with_rows(rows);
    let mut blocks = vec![Block::Table(table)];
    if !idle.is_empty() {
        blocks.push(Block::Paragraph(format!("Without any part in these domains: {}.", listed(&idle))));
    }
    Some(blocks)
}

fn cell(facts: &Facts<'_>, at: usize, system: usize, domain: usize) -> String {
    let authority = &facts.stages[at].authorities[domain];
    let (id, _) = facts.index.domains[domain];
    if authority.is_truth(system) {
        let part = if is_partial(&facts.index, authority, system) { " of a part" } else { "" };
        return format!("♛ truth{part}");
    }
    if let Some(role) = authority.role(&facts.index, system) {
        return role.word().to_owned();
    }
    let is_held = facts.index.systems[system].system.holdings.contains_key(id);
    let takes_part = is_held || authority.users.binary_search(&system).is_ok();
    if takes_part { NOT_KNOWN.to_owned() } else { String::new() }
}
