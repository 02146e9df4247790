//! The words that the document uses, of those that need explaining.

use super::{Block, Document, fact};

/// Words and what they mean, by the alphabet.
const WORDS: &[(&str, &str)] = &[
    ("Archive", "A system that keeps old records of a domain."),
    ("Author", "A system that changes records of a domain without being its source of truth."),
    ("Bridge", "A flow that only stands until something else takes its place."),
    ("Contested", "Several systems claim or write a domain, and nothing says who wins."),
    ("Cut", "A flow is cut where an end or a hub of it no longer stands."),
    ("Data domain", "A subject of data: customers, orders, invoices."),
    ("Disposition", "What becomes of a system: integrate, migrate, federate, retire, or undecided."),
    ("Entry", "A system that only creates records of a domain."),
    ("Federate", "A system stays and its data is read where it stands, without copying."),
    ("Finding", "Something that a rule finds wrong with the plan."),
    ("Flow", "Data that one system sends to another, in one direction or both."),
    ("Focal system", "The platform that systems move into or connect to."),
    ("Handover", "The source of truth changes from one system to another."),
    ("Hub", "An integration platform or event bus that passes data on."),
    ("Integrate", "A system stays and is connected."),
    ("Migrate", "A system's data and processes move into another system, and it goes."),
    ("Reader", "A system that keeps a copy of a domain."),
    ("Retire", "A system goes and nothing moves."),
    ("Source of truth", "The system that decides what is right about a data domain."),
    ("Steward", "The person who looks after a data domain."),
    ("Target", "The landscape when the plan is done."),
    ("Wave", "A step on the way; what is said of a wave is the state after it."),
];

/// The glossary of the words that stand in a document.
pub(super) fn blocks(document: &mut Document) -> Vec<Block> {
    let mut text = String::new();
    document.for_each_text(&mut |part| {
        text.push(' ');
        text += &part.to_lowercase();
    });
    let used = WORDS.iter().filter(|(word, _)| contains_word(&text, &word.to_lowercase()));
    let facts: Vec<_> = used.map(|(word, meaning)| fact(word, *meaning)).collect();
    if facts.is_empty() { Vec::new() } else { vec![Block::Facts(facts)] }
}

/// Whether a word stands in a text, as it is or with an ending: retires, retired.
fn contains_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let ending = text[at + word.len()..].split(|letter: char| !letter.is_alphanumeric()).next();
        !text[..at].ends_with(char::is_alphanumeric) && matches!(ending, Some("" | "s" | "d" | "es" | "ed"))
    })
}
