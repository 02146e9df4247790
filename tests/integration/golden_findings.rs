//! What is found in each sample, word for word, as people see it: a line for each finding. Every line was
//! read; a line that changes is a sentence, a trigger or a sample that changed.

use std::fs;

use hybridscape::rules::{self, Facts, Finding, Scope};

use crate::samples::{package, sample, sample_names};

/// Set to anything, it writes the golden files anew.
const REFRESH: &str = "REFRESH_GOLDEN_FINDINGS";

#[test]
fn the_findings_of_the_samples_are_those_that_were_read() {
    let mut changed = Vec::new();
    for name in sample_names() {
        let path = package().join(format!("tests/golden/findings/{name}.txt"));
        let found = told(&name);
        if std::env::var_os(REFRESH).is_some() {
            fs::write(&path, &found).unwrap();
        }
        let golden = fs::read_to_string(&path).unwrap_or_default();
        let gone = golden.lines().filter(|line| !found.lines().any(|other| other == *line));
        let new = found.lines().filter(|line| !golden.lines().any(|other| other == *line));
        let both = gone.map(|line| format!("- {line}")).chain(new.map(|line| format!("+ {line}")));
        changed.extend(both.map(|line| format!("{name} {line}")));
        if golden != found && changed.is_empty() {
            changed.push(format!("{name}: the order of the findings changed"));
        }
    }
    assert!(
        changed.is_empty(),
        "{}\nread each line; if all are right, refresh them with\n{REFRESH}=1 cargo test --no-default-features golden_findings",
        changed.join("\n")
    );
}

/// The findings of a sample at all stages, in the order in which they are shown.
fn told(name: &str) -> String {
    let plan = sample(name);
    let facts = Facts::new(&plan);
    let findings = rules::check(&facts, Scope::AllStages);
    findings.list.iter().map(|finding| line(&facts, finding)).collect()
}

/// Severity, rule, subjects, stages and message; after it who accepted it.
fn line(facts: &Facts<'_>, finding: &Finding) -> String {
    let subjects: Vec<_> = finding.subjects.iter().map(ToString::to_string).collect();
    let stages: Vec<_> =
        finding.stages.iter().map(|&at| facts.index.timeline.stage(at).to_string()).collect();
    let waiver = finding.waiver.as_ref().map(|id| &facts.plan().waivers[id]);
    let accepted = waiver.map(|waiver| format!(" | accepted by {}", waiver.person)).unwrap_or_default();
    format!(
        "{} | {} | {} | {} | {}{accepted}\n",
        finding.severity,
        finding.rule.id,
        subjects.join(" "),
        stages.join(" "),
        finding.message
    )
}
