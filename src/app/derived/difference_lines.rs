//! A difference as lines under headings, sorted by what people ask first: what was decided, who owns what,
//! then systems, flows and the rest, findings, numbers, and the drawing in one line.

use crate::model::{Stage, Subject};
use crate::rules::{Finding, Severity};
use crate::share::{Change, Changed, Difference, heading};

/// What a line says at a glance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Only the plan after has it.
    New,
    /// Only the plan before has it.
    Gone,
    /// Both have it, and it is different.
    Changed,
    /// A finding that came.
    Came(Severity),
    /// A finding that went.
    Went(Severity),
}

/// One line of a difference.
#[derive(Clone, Debug)]
pub struct DifferenceLine {
    /// Names it as long as it is there, whatever else changes.
    pub key: String,
    /// What it says at a glance.
    pub sign: Sign,
    /// What it is about.
    pub name: String,
    /// What is different about that, below its heading.
    pub words: String,
    /// The same where it stands alone: with the field before it.
    pub whole_words: String,
    /// What can be selected and shown.
    pub subject: Option<Subject>,
    /// Where it stands in a plan; empty where nothing can be taken.
    pub places: Vec<String>,
    /// The finding that came or went.
    pub finding: Option<Finding>,
    /// The stage of a number.
    pub stage: Option<Stage>,
}

/// Lines that belong together.
#[derive(Clone, Debug)]
pub struct DifferenceGroup {
    /// What they have in common.
    pub title: String,
    /// The lines.
    pub lines: Vec<DifferenceLine>,
}

/// The groups of a difference that have any lines.
#[must_use]
pub fn difference_groups(difference: &Difference) -> Vec<DifferenceGroup> {
    let mut groups: Vec<DifferenceGroup> =
        ["Dispositions", "Sources of truth", "Systems", "Flows", "Domains"].map(group).into();
    for changed in &difference.changes {
        let title = match (&changed.change, changed.part.as_str()) {
            (Change::Disposition(_), _) => "Dispositions".to_owned(),
            (Change::Truth(_), _) => "Sources of truth".to_owned(),
            (_, part) => heading(part),
        };
        match groups.iter_mut().find(|group| group.title == title) {
            Some(group) => group.lines.push(line_of(changed)),
            None => groups.push(DifferenceGroup { title, lines: vec![line_of(changed)] }),
        }
    }
    let came = difference.findings_came.iter().map(|finding| finding_line(finding, true));
    groups.push(DifferenceGroup { title: "Findings that came".to_owned(), lines: came.collect() });
    let went = difference.findings_went.iter().map(|finding| finding_line(finding, false));
    groups.push(DifferenceGroup { title: "Findings that went".to_owned(), lines: went.collect() });
    groups.push(numbers(difference));
    groups.push(drawing(difference));
    groups.retain(|group| !group.lines.is_empty());
    groups
}

fn group(title: &str) -> DifferenceGroup {
    DifferenceGroup { title: title.to_owned(), lines: Vec::new() }
}

fn line_of(changed: &Changed) -> DifferenceLine {
    let sign = match changed.change {
        Change::Added => Sign::New,
        Change::Removed => Sign::Gone,
        _ => Sign::Changed,
    };
    let whole_words = changed.change.words();
    let words = match &changed.change {
        Change::Disposition(_) => whole_words.trim_start_matches("disposition: ").to_owned(),
        Change::Truth(_) => whole_words.trim_start_matches("source of truth: ").to_owned(),
        _ => whole_words.clone(),
    };
    DifferenceLine {
        key: format!("{} {}", changed.subject(), changed.places.join(" ")),
        sign,
        name: changed.name.clone(),
        words,
        whole_words,
        subject: changed.subject().parse().ok(),
        places: changed.places.clone(),
        finding: None,
        stage: None,
    }
}

fn finding_line(finding: &Finding, has_come: bool) -> DifferenceLine {
    let subjects: Vec<_> = finding.subjects.iter().map(ToString::to_string).collect();
    let sign = if has_come { Sign::Came(finding.severity) } else { Sign::Went(finding.severity) };
    DifferenceLine {
        key: format!("finding {} {}", finding.rule.id, subjects.join(" ")),
        sign,
        name: finding.rule.title.to_owned(),
        words: finding.message.clone(),
        whole_words: finding.message.clone(),
        subject: finding.subjects.first().cloned(),
        places: Vec::new(),
        finding: Some(finding.clone()),
        stage: None,
    }
}

fn numbers(difference: &Difference) -> DifferenceGroup {
    let words = |change: &crate::share::NumberChange| format!("{} → {}", change.old, change.new);
    let line = |change: &crate::share::NumberChange| DifferenceLine {
        key: format!("number {} {}", change.stage, change.measure.key),
        sign: Sign::Changed,
        name: format!("{}: {}", change.stage_name, change.measure.label),
        words: words(change),
        whole_words: words(change),
        subject: None,
        places: Vec::new(),
        finding: None,
        stage: Some(change.stage.clone()),
    };
    DifferenceGroup { lines: difference.numbers.iter().map(line).collect(), ..group("Numbers") }
}

fn drawing(difference: &Difference) -> DifferenceGroup {
    let words = difference.drawing.words();
    let line = DifferenceLine {
        key: "drawing".to_owned(),
        sign: Sign::Changed,
        name: "Where cards stand".to_owned(),
        words: words.clone(),
        whole_words: words.clone(),
        subject: None,
        places: Vec::new(),
        finding: None,
        stage: None,
    };
    DifferenceGroup { lines: if words.is_empty() { Vec::new() } else { vec![line] }, ..group("Drawing") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::parse_sketch;
    use crate::share::difference;

    #[test]
    fn what_was_decided_comes_first_and_the_drawing_last() {
        let before = parse_sketch("old: other\norder = truth erp\nerp -> crm : order").plan;
        let mut after = parse_sketch("crm: crm, retire\norder = truth crm\nerp -> crm : order").plan;
        after.drawing.positions.insert("erp".into(), crate::model::Position(1, 2));
        let groups = difference_groups(&difference(&before, &after).unwrap());
        let titles: Vec<_> = groups.iter().map(|group| group.title.as_str()).collect();
        assert_eq!(titles[..3], ["Dispositions", "Sources of truth", "Systems"]);
        assert_eq!(titles.last(), Some(&"Drawing"));
        let first = &groups[0].lines[0];
        assert_eq!((first.name.as_str(), first.words.as_str()), ("crm", "integrate → retire"));
        assert_eq!(first.subject, Some(Subject::System("crm".into())));
        assert_eq!(first.places, ["systems/crm/disposition"]);
        let old = groups[2].lines.iter().find(|line| line.sign == Sign::Gone).unwrap();
        assert_eq!(old.name, "old");
        let mut keys: Vec<_> = groups.iter().flat_map(|group| &group.lines).map(|line| &line.key).collect();
        let count = keys.len();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), count, "a key names one line");
    }
}
