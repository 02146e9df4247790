//! What changed since an earlier version, where one is given: by meaning, then findings and numbers.

use crate::rules::Finding;
use crate::share::{Difference, by_element, heading};

use super::Align::{End, Start};
use super::{Block, Source, Table, part};

/// An earlier version, and what is different since.
#[derive(Clone, Debug)]
pub struct Since {
    /// What people call the version: its file's name.
    pub version: String,
    /// What is different, from it to the plan.
    pub difference: Difference,
}

pub(super) fn blocks(source: Source<'_, '_>) -> Vec<Block> {
    let Some(Since { version, difference }) = source.since else { return Vec::new() };
    let mut blocks = vec![Block::Paragraph(format!("Compared with {version}."))];
    if difference.is_empty() && difference.findings_came.is_empty() && difference.findings_went.is_empty() {
        blocks.push(Block::Paragraph("Nothing is different.".to_owned()));
        return blocks;
    }
    if !difference.changes.is_empty() {
        blocks.push(Block::Table(changes(difference)));
    }
    let drawing = difference.drawing.words();
    if !drawing.is_empty() {
        blocks.push(Block::Paragraph(format!("In the drawing: {drawing}.")));
    }
    let findings = [
        ("Findings that came", "findings-that-came", &difference.findings_came),
        ("Findings that went", "findings-that-went", &difference.findings_went),
    ];
    for (title, anchor, findings) in findings.into_iter().filter(|(_, _, findings)| !findings.is_empty()) {
        blocks.push(part(title, anchor));
        blocks.push(Block::List(findings.iter().map(line).collect()));
    }
    if !difference.numbers.is_empty() {
        blocks.push(part("Numbers that changed", "numbers-that-changed"));
        blocks.push(Block::Table(numbers(difference)));
    }
    blocks
}

fn changes(difference: &Difference) -> Table {
    let rows = by_element(&difference.changes).map(|changes| {
        let words: Vec<_> = changes.iter().map(|changed| changed.change.words()).collect();
        vec![heading(&changes[0].part), changes[0].name.clone(), words.join("; ")]
    });
    Table::new([("Part", Start), ("What", Start), ("Change", Start)]).with_rows(rows)
}

fn line(finding: &Finding) -> String {
    format!("{}: {}", finding.severity, finding.message)
}

fn numbers(difference: &Difference) -> Table {
    let rows = difference.numbers.iter().map(|change| {
        let (stage, label) = (change.stage_name.clone(), change.measure.label.to_owned());
        vec![stage, label, change.old.clone(), change.new.clone()]
    });
    Table::new([("Stage", Start), ("Number", Start), ("Before", End), ("After", End)]).with_rows(rows)
}
