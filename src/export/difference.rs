//! A difference as Markdown, to be put into a pull request.

use std::fmt::Write as _;

use crate::rules::Finding;
use crate::share::{Change, Changed, Difference, by_element, heading};

use super::markdown::line;

/// Writes a difference.
#[must_use]
pub fn write(difference: &Difference) -> String {
    let [old, new] = &difference.plans;
    let names = if old == new { line(new) } else { format!("{} → {}", line(old), line(new)) };
    let mut text = format!("# What changed: {names}\n");
    if difference.is_empty() && difference.findings_came.is_empty() && difference.findings_went.is_empty() {
        text.push_str("\nNothing.\n");
    }
    for part in difference.changes.chunk_by(|one, other| one.part == other.part) {
        let _ = write!(text, "\n## {}\n\n", line(&heading(&part[0].part)));
        for changes in by_element(part) {
            element(&mut text, changes);
        }
    }
    let drawing = difference.drawing.words();
    if !drawing.is_empty() {
        let _ = write!(text, "\n## Drawing\n\n- {drawing}\n");
    }
    findings(&mut text, "Findings that came", &difference.findings_came);
    findings(&mut text, "Findings that went", &difference.findings_went);
    numbers(&mut text, difference);
    text
}

fn element(text: &mut String, changes: &[Changed]) {
    let words: Vec<_> = changes.iter().map(|changed| line(&changed.change.words())).collect();
    let Changed { part, id, name, change, .. } = &changes[0];
    if part.is_empty() {
        for words in words {
            let _ = writeln!(text, "- {words}");
        }
        return;
    }
    let name = format!("**{}** (`{}`)", line(name), id.replace('`', "'"));
    match (change, words.as_slice()) {
        (Change::Added | Change::Removed, [only]) => drop(writeln!(text, "- {only}: {name}")),
        (_, words) => {
            let _ = writeln!(text, "- {name}");
            for words in words {
                let _ = writeln!(text, "  - {words}");
            }
        }
    }
}

fn findings(text: &mut String, heading: &str, findings: &[Finding]) {
    if !findings.is_empty() {
        let _ = write!(text, "\n## {heading}\n\n");
    }
    for finding in findings {
        let _ = writeln!(text, "- {} `{}`: {}", finding.severity, finding.rule.id, line(&finding.message));
    }
}

fn numbers(text: &mut String, difference: &Difference) {
    if difference.numbers.is_empty() {
        return;
    }
    text.push_str("\n## Numbers\n\n| Stage | Number | Before | After |\n| --- | --- | ---: | ---: |\n");
    for change in &difference.numbers {
        let stage = line(&change.stage_name);
        let _ = writeln!(text, "| {stage} | {} | {} | {} |", change.measure.label, change.old, change.new);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan_file::read;
    use crate::share::difference;

    #[test]
    fn names_are_text_and_numbers_a_table() {
        let old = r#"(format: 1, name: "A", systems: {"a": (name: "*A*"), "b": (name: "B")})"#;
        let new = r#"(format: 1, name: "A", systems: {"a": (name: "*A*", disposition: "retire"), "c": (name: "C")},
            flows: {"f": (from: "a", to: "c")})"#;
        let difference = difference(&read(old).unwrap(), &read(new).unwrap()).unwrap();
        insta::assert_snapshot!(write(&difference));
    }
}
