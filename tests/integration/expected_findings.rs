//! The sample landscapes raise in the target what their references expect, rule by rule: severity and
//! subjects, none missing and none extra. Only rules of the catalogue that are there are compared.

use std::collections::{BTreeMap, BTreeSet};

use hybridscape::model::Plan;
use hybridscape::rules::{self, Facts, Finding, Scope, check};

use crate::samples::{SAMPLES, reference, reference_keys, sample};

/// A finding that the reference does not have, and why.
struct LeftOut {
    sample: &'static str,
    rule: &'static str,
    subjects: &'static str,
    /// The rule that hides it as soon as the catalogue has it.
    hidden_by: Option<&'static str>,
    #[expect(dead_code, reason = "for the reader")]
    reason: &'static str,
}

const LEFT_OUT: &[LeftOut] = &[
    LeftOut {
        sample: "article",
        rule: "not-fed-by-truth",
        subjects: "domain:invoice system:salesforce",
        hidden_by: Some("post-migration-gap"),
        reason: "the flow from accounting ends with the legacy CRM and nothing replaces it: one cause, one finding",
    },
    LeftOut {
        sample: "bank",
        rule: "change-management-missing",
        subjects: "system:old-crm",
        hidden_by: None,
        reason: "training is recorded, communication and support are not: the reference has no such records",
    },
    LeftOut {
        sample: "retail",
        rule: "change-management-missing",
        subjects: "system:service-desk",
        hidden_by: None,
        reason: "training is recorded, communication and support are not: the reference has no such records",
    },
];

/// Rules whose finding names the system as well, where the reference says only the domain.
const DOMAIN_ONLY: [&str; 1] = ["truth-leaves"];

/// What a reference calls the focal system. A finding about it alone counts as one about the landscape.
const FOCAL: [&str; 3] = ["storage", "salesforce", "cdc"];

/// One expectation or finding in comparable words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    rule: String,
    severity: String,
    subjects: BTreeSet<String>,
}

#[test]
fn each_sample_raises_what_is_expected_and_nothing_else() {
    let mut faults = Vec::new();
    for (name, reference_name) in SAMPLES {
        let Some(expected) = reference(&format!("{reference_name}.findings")) else { return };
        let plan = sample(name);
        let ids = reference_keys(name);
        let told = expected.as_array().unwrap().iter().map(|told| {
            let word = |field: &str| told[field].as_str().unwrap().to_owned();
            Line {
                rule: word("slug"),
                severity: word("sev"),
                subjects: subjects(&plan, &ids, &word("subject")),
            }
        });
        let told: Vec<_> = told.filter(|line| rules::find(&line.rule).is_some()).collect();
        let facts = Facts::new(&plan);
        let target = facts.index.timeline.target();
        let found = check(&facts, Scope::Stage(target)).list;
        let mut found: Vec<_> = found.iter().map(|finding| line(&plan, finding)).collect();
        found.retain(|line| !is_left_out(name, line));
        for line in told.into_iter().filter(|line| !is_left_out(name, line)) {
            match found.iter().position(|found| *found == line) {
                Some(place) => drop(found.remove(place)),
                None => faults.push(format!("{name}: not found: {line:?}")),
            }
        }
        faults.extend(found.into_iter().map(|line| format!("{name}: not expected: {line:?}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn line(plan: &Plan, finding: &Finding) -> Line {
    let mut subjects: BTreeSet<_> = finding.subjects.iter().map(ToString::to_string).collect();
    if subjects.len() == 1 && subjects.contains(&focal(plan)) {
        subjects = ["landscape".to_owned()].into();
    }
    if DOMAIN_ONLY.contains(&finding.rule.id) {
        subjects.retain(|subject| subject.starts_with("domain:"));
    }
    Line { rule: finding.rule.id.to_owned(), severity: finding.severity.to_string(), subjects }
}

/// `D`, `D@s`, `s/D`, `D: a, b`, `x before y`, `wave 2`: each key as a typed subject.
fn subjects(plan: &Plan, ids: &BTreeMap<String, String>, text: &str) -> BTreeSet<String> {
    if let Some(wave) = text.strip_prefix("wave ") {
        return [format!("wave:wave-{wave}")].into();
    }
    if FOCAL.contains(&text) || typed(plan, ids, text) == focal(plan) {
        return ["landscape".to_owned()].into();
    }
    let text = text.replace(" before ", ",");
    text.split([':', '@', '/', ',', '>']).map(|key| typed(plan, ids, key.trim())).collect()
}

fn typed(plan: &Plan, ids: &BTreeMap<String, String>, key: &str) -> String {
    match ids.get(key) {
        None => key.to_owned(),
        Some(id) if plan.flows.contains_key(id.as_str()) => format!("flow:{id}"),
        Some(id) if plan.domains.contains_key(id.as_str()) => format!("domain:{id}"),
        Some(id) => format!("system:{id}"),
    }
}

fn focal(plan: &Plan) -> String {
    format!("system:{}", plan.focal_system.as_ref().unwrap())
}

fn is_left_out(sample: &str, line: &Line) -> bool {
    let subjects = line.subjects.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
    LEFT_OUT.iter().any(|left| {
        let is_it = left.sample == sample && left.rule == line.rule && left.subjects == subjects;
        is_it && left.hidden_by.is_none_or(|rule| rules::find(rule).is_none())
    })
}
