//! Findings as SARIF 2.1.0, which code hosts show beside a change: each points to the line of its main
//! subject in the plan file, and a waiver is a suppression with its reason.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::model::Subject;
use crate::rules::{ALL, Finding, Rule, Severity, fingerprint, manual_page};

use super::{Checked, subjects};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The findings as one SARIF log, in one run: code hosts take only so many, and each under a name of its own.
/// What holds today only is left out: it fails nothing.
#[must_use]
pub fn sarif(all: &[Checked<'_, '_>]) -> String {
    let results: Vec<_> = all.iter().flat_map(results).collect();
    let thresholds: Map<_, _> = all.iter().map(|one| (uri(one), json!(one.plan().thresholds))).collect();
    // What stands before the last slash is the category under which a code host keeps the findings.
    let id = match all {
        [one] => format!("hybridscape/{}/", uri(one)),
        _ => "hybridscape/".to_owned(),
    };
    let run = json!({
        "tool": { "driver": {
            "name": "Hybridscape",
            "version": env!("CARGO_PKG_VERSION"),
            "rules": ALL.iter().copied().map(descriptor).collect::<Vec<_>>(),
        } },
        "automationDetails": { "id": id },
        "columnKind": "unicodeCodePoints",
        "properties": { "changedThresholds": thresholds },
        "results": results,
    });
    format!("{:#}\n", json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] }))
}

fn results(checked: &Checked<'_, '_>) -> Vec<Value> {
    let lines = crate::plan_file::element_lines(checked.text);
    let found = checked.findings.list.iter().filter(|finding| !finding.is_information());
    let conflicts = checked.conflicts.iter().map(|(place, message)| conflict(checked, place, message));
    conflicts.chain(found.map(|finding| result(checked, &lines, finding))).collect()
}

/// A place that a merge left to decide.
fn conflict(checked: &Checked<'_, '_>, place: &str, message: &str) -> Value {
    json!({
        "ruleId": "merge-conflict",
        "level": "error",
        "message": { "text": message },
        "locations": [{
            "physicalLocation": { "artifactLocation": { "uri": uri(checked) }, "region": { "startLine": 1 } },
            "logicalLocations": [{ "fullyQualifiedName": place }],
        }],
    })
}

/// The plan's path as a URI reference: code hosts find the file by it.
fn uri(checked: &Checked<'_, '_>) -> String {
    let path = checked.path.to_string_lossy().replace('\\', "/");
    let path = path.strip_prefix("./").unwrap_or(&path);
    let mut uri = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                uri.push(byte.into());
            }
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri
}

fn descriptor(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": { "text": rule.title },
        "fullDescription": { "text": rule.why },
        "help": { "text": rule.what_to_do, "markdown": manual_page(rule) },
        "properties": { "tags": [rule.family, rule.pillar] },
    })
}

fn result(checked: &Checked<'_, '_>, lines: &BTreeMap<(String, String), usize>, finding: &Finding) -> Value {
    let line = finding.subjects.iter().find_map(|subject| lines.get(&place(subject)?)).copied();
    let logical: Vec<_> =
        subjects(finding).into_iter().map(|name| json!({ "fullyQualifiedName": name })).collect();
    let mut result = json!({
        "ruleId": finding.rule.id,
        "level": level(finding.severity),
        "message": { "text": finding.message },
        "locations": [{
            "physicalLocation": {
                "artifactLocation": { "uri": uri(checked) },
                "region": { "startLine": line.unwrap_or(1) },
            },
            "logicalLocations": logical,
        }],
        "partialFingerprints": { "ruleAndSubjects/v1": format!("{} {}", finding.rule.id, subjects(finding).join(" ")) },
        "properties": {
            "stages": checked.stages(finding),
            "presence": checked.presence(finding),
            "facts": fingerprint(checked.plan(), finding),
        },
    });
    if let Some(place) = ALL.iter().position(|rule| rule.id == finding.rule.id) {
        result["ruleIndex"] = place.into();
    }
    if let Some(waiver) = finding.waiver.as_ref().and_then(|id| checked.plan().waivers.get(id)) {
        let reason = format!("{} ({})", waiver.reason, waiver.person);
        result["suppressions"] =
            json!([{ "kind": "inSource", "status": "accepted", "justification": reason }]);
    }
    result
}

/// Where a subject stands in the plan file.
fn place(subject: &Subject) -> Option<(String, String)> {
    let (map, id) = match subject {
        Subject::System(id) => ("systems", id.as_str()),
        Subject::Domain(id) => ("domains", id.as_str()),
        Subject::Flow(id) => ("flows", id.as_str()),
        Subject::Wave(id) => ("waves", id.as_str()),
        Subject::Landscape => return None,
    };
    Some((map.to_owned(), id.to_owned()))
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}
