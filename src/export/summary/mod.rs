//! The architecture document: built once, as data, from a plan and what the rules say of it.
//!
//! One file per section, and one list of all. A section without content is left out.

mod answers;
mod changes;
mod control;
mod dispositions;
mod document;
mod findings;
mod gates;
mod glossary;
mod in_short;
mod interfaces;
mod matrix;
mod not_known;
mod numbers;
mod phrases;
mod pictures;
mod register;
mod waves;

pub use changes::Since;
pub use document::{Align, Block, Column, Document, Entry, Fact, Heading, Picture, Point, Table};

use crate::model::slug;
use crate::rules::{Facts, Findings, Gate};

use super::visible;

/// What the sections are made from.
#[derive(Clone, Copy)]
struct Source<'a, 'p> {
    facts: &'a Facts<'p>,
    findings: &'a Findings,
    gates: &'a [Gate],
    since: Option<&'a Since>,
}

/// A section: its title and what makes its content.
struct Section {
    title: &'static str,
    blocks: fn(Source<'_, '_>) -> Vec<Block>,
}

/// Every section, in order. The glossary follows, because it needs their words.
const SECTIONS: &[Section] = &[
    Section { title: "Document control", blocks: control::blocks },
    Section { title: "What the plan says", blocks: in_short::blocks },
    Section { title: "What changed", blocks: changes::blocks },
    Section { title: "What becomes of each system", blocks: dispositions::blocks },
    Section { title: "What the answers point to", blocks: answers::blocks },
    Section { title: "The landscape today and in the target", blocks: pictures::blocks },
    Section { title: "Source of truth", blocks: register::blocks },
    Section { title: "Who does what with which data", blocks: matrix::blocks },
    Section { title: "Interfaces", blocks: interfaces::blocks },
    Section { title: "Waves", blocks: waves::blocks },
    Section { title: "Numbers", blocks: numbers::blocks },
    Section { title: "Findings", blocks: findings::blocks },
    Section { title: "Gates", blocks: gates::blocks },
    Section { title: "What is not known", blocks: not_known::blocks },
];

/// The architecture document of a plan, and of what changed since an earlier version where one is given. The
/// findings must be those of all stages.
#[must_use]
pub fn document(facts: &Facts<'_>, findings: &Findings, gates: &[Gate], since: Option<&Since>) -> Document {
    let plan = facts.plan();
    let mut document = Document {
        title: plan.name.clone(),
        subtitle: "Architecture document".to_owned(),
        blocks: Vec::new(),
    };
    let mut number = 0;
    for section in SECTIONS {
        let blocks = (section.blocks)(Source { facts, findings, gates, since });
        add_section(&mut document, &mut number, section.title, blocks);
    }
    let words = glossary::blocks(&mut document);
    add_section(&mut document, &mut number, "Glossary", words);
    document.for_each_text(&mut |text| *text = visible(text));
    document
}

fn add_section(document: &mut Document, number: &mut usize, title: &str, blocks: Vec<Block>) {
    if blocks.is_empty() {
        return;
    }
    *number += 1;
    let heading = Heading { text: format!("{number} {title}"), anchor: slug(title) };
    document.blocks.push(Block::Section(heading));
    document.blocks.extend(blocks);
}

/// Begins a part of a section; `anchor` must be unique in the document.
fn part(text: impl Into<String>, anchor: impl Into<String>) -> Block {
    Block::Part(Heading { text: text.into(), anchor: anchor.into() })
}

/// A name and what it is.
fn fact(name: &str, text: impl Into<String>) -> Fact {
    Fact { name: name.to_owned(), text: text.into() }
}
