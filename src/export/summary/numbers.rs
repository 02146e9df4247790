//! The row of numbers from today to the target, each with what it counts.

use crate::numbers::{MEASURES, row};

use super::Align::{End, Start};
use super::phrases::stage_heading;
use super::{Block, Source, Table};

pub(super) fn blocks(source: Source<'_, '_>) -> Vec<Block> {
    let facts = source.facts;
    let stages = facts.index.timeline.stages().iter().map(|stage| (stage_heading(facts.plan(), stage), End));
    let columns = std::iter::once(("Number".to_owned(), Start))
        .chain(stages)
        .chain([("What it counts".to_owned(), Start)]);
    let row = row(facts);
    let rows = MEASURES.iter().map(|measure| {
        let mut cells = vec![measure.label.to_owned()];
        cells.extend(row.iter().map(|numbers| measure.text(numbers)));
        cells.push(format!("{}.", measure.meaning));
        cells
    });
    vec![Block::Table(Table::new(columns).with_rows(rows))]
}
