//! A difference for people at a terminal.

use std::fmt::Write as _;

use super::super::words::in_short;
use super::{Change, Changed, Difference, DrawingChange, Values};
use crate::rules::Finding;

impl Change {
    /// The change in words: `disposition: undecided → migrate`. Long texts are cut.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Added => "added".to_owned(),
            Self::Removed => "removed".to_owned(),
            Self::Renamed(old) => format!("renamed, was {}", in_short(old)),
            Self::Disposition(values) => format!("disposition: {}", values.words()),
            Self::Truth(values) => format!("source of truth: {}", values.words()),
            Self::Rerouted(values) => {
                let [old, new] = [&values.old, &values.new].map(|route| route.as_deref().unwrap_or_default());
                format!("re-routed: {new}, was {old}")
            }
            Self::Replaced(by) => format!("replaced by {by}"),
            Self::Field { field, values } => format!("{field}: {}", values.words()),
        }
    }
}

impl Values {
    /// Whether a sentence would cut it.
    pub(super) fn is_long(&self) -> bool {
        [&self.old, &self.new].into_iter().flatten().any(|value| in_short(value) != *value)
    }

    fn words(&self) -> String {
        let word = |value: &Option<String>| value.as_deref().map_or_else(|| "not set".to_owned(), in_short);
        match (word(&self.old), word(&self.new)) {
            // The difference lies behind the cut.
            (old, new) if old == new => "changed further on in the text".to_owned(),
            (old, new) => format!("{old} → {new}"),
        }
    }
}

impl DrawingChange {
    /// The change in one line: `3 cards moved, 1 placed`; empty where there is none.
    #[must_use]
    pub fn words(&self) -> String {
        let counted = [(self.moved, "moved"), (self.placed, "placed"), (self.taken_away, "taken away")];
        let mut words: Vec<_> = counted
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count} {word}"))
            .collect();
        if let Some(first) = words.first_mut() {
            let word = if first.starts_with("1 ") { " card " } else { " cards " };
            *first = first.replacen(' ', word, 1);
        }
        if self.other {
            words.push(if words.is_empty() { "changed" } else { "more changed" }.to_owned());
        }
        words.join(", ")
    }
}

/// Changes of one element that stand together.
pub(crate) fn by_element(changes: &[Changed]) -> impl Iterator<Item = &[Changed]> {
    changes.chunk_by(|one, other| one.part == other.part && one.id == other.id)
}

/// The heading of a part of the plan.
#[must_use]
pub fn heading(part: &str) -> String {
    if part.is_empty() {
        return "Plan".to_owned();
    }
    let mut letters = part.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The difference as lines of text.
#[must_use]
pub fn as_text(difference: &Difference) -> String {
    let mut text = String::new();
    for part in difference.changes.chunk_by(|one, other| one.part == other.part) {
        let _ = writeln!(text, "{}", heading(&part[0].part));
        for changes in by_element(part) {
            element(&mut text, changes);
        }
    }
    let drawing = difference.drawing.words();
    if !drawing.is_empty() {
        let _ = writeln!(text, "Drawing: {drawing}");
    }
    findings(&mut text, "Findings that came", &difference.findings_came);
    findings(&mut text, "Findings that went", &difference.findings_went);
    if !difference.numbers.is_empty() {
        let _ = writeln!(text, "Numbers");
    }
    for change in &difference.numbers {
        let (stage, label) = (&change.stage_name, change.measure.label);
        let _ = writeln!(text, "  {stage}: {label} {} → {}", change.old, change.new);
    }
    if text.is_empty() { "no difference\n".to_owned() } else { text }
}

fn element(text: &mut String, changes: &[Changed]) {
    let Changed { part, id, name, change, .. } = &changes[0];
    let indent = if part.is_empty() { "  " } else { "      " };
    let (sign, rest) = match change {
        _ if part.is_empty() => (None, changes),
        Change::Added => (Some('+'), &changes[1..]),
        Change::Removed => (Some('-'), &changes[1..]),
        _ => (Some('~'), changes),
    };
    if let Some(sign) = sign {
        let _ = writeln!(text, "  {sign} {} ({id})", in_short(name));
    }
    for changed in rest {
        let _ = writeln!(text, "{indent}{}", changed.change.words());
    }
}

fn findings(text: &mut String, heading: &str, findings: &[Finding]) {
    if !findings.is_empty() {
        let _ = writeln!(text, "{heading}");
    }
    for finding in findings {
        let _ = writeln!(text, "  {:<8} {:<26} {}", finding.severity, finding.rule.id, finding.message);
    }
}
