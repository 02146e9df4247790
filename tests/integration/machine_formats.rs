//! What `check` prints for machines, read by readers that others made.

use std::io::Cursor;

use assert_cmd::Command;
use hybridscape::plan_file;
use hybridscape::rules::{Facts, Findings, Scope, Severity, check, waive};
use serde_json::Value;
use serde_sarif::sarif::Sarif;

use crate::samples::{package, sample, sample_names, sample_path};

fn printed(path: &std::path::Path, format: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_hybridscape"))
        .args(["check", path.to_str().unwrap(), "--format", format])
        .output()
        .unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn found(plan: &hybridscape::model::Plan) -> Findings {
    check(&Facts::new(plan), Scope::AllStages)
}

#[test]
fn json_is_as_its_schema_says() {
    let schema = std::fs::read_to_string(package().join("docs/schemas/findings.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    for name in sample_names() {
        let report: Value = serde_json::from_str(&printed(&sample_path(&name), "json")).unwrap();
        let faults: Vec<_> =
            schema.iter_errors(&report).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
        assert_eq!(faults, [""; 0], "{name}");
        let expected = found(&sample(&name));
        assert_eq!(report["errors"], expected.count(Severity::Error), "{name}");
        let told = report["findings"].as_array().unwrap().iter();
        let told: Vec<_> = told.map(|finding| finding["message"].as_str().unwrap()).collect();
        let expected: Vec<_> = expected.list.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(told, expected, "{name}");
    }
}

#[test]
fn sarif_points_to_the_line_of_what_is_wrong() {
    for name in sample_names() {
        let log: Sarif = serde_json::from_str(&printed(&sample_path(&name), "sarif")).unwrap();
        let results = log.runs[0].results.clone().unwrap();
        let expected = found(&sample(&name)).list.into_iter().filter(|finding| !finding.is_information());
        assert_eq!(results.len(), expected.count(), "{name}");
        let text = std::fs::read_to_string(sample_path(&name)).unwrap();
        for result in results {
            let location = serde_json::to_value(&result.locations.unwrap()[0]).unwrap();
            let subject = location["logicalLocations"][0]["fullyQualifiedName"].as_str().unwrap().to_owned();
            let line = location["physicalLocation"]["region"]["startLine"].as_u64().unwrap() as usize;
            if let Some((_, id)) = subject.split_once(':') {
                let line = text.lines().nth(line - 1).unwrap();
                assert_eq!(line.trim(), format!("\"{id}\": ("), "{name}: {subject}");
            }
        }
    }
}

#[test]
fn junit_fails_for_what_fails_the_check() {
    for name in sample_names() {
        let report = junit_parser::from_reader(Cursor::new(printed(&sample_path(&name), "junit"))).unwrap();
        let failures: u64 = report.suites.iter().map(|suite| suite.failures).sum();
        assert_eq!(failures, found(&sample(&name)).count(Severity::Error) as u64, "{name}");
    }
}

#[test]
fn an_accepted_finding_is_told_as_such_in_every_format() {
    let plan = sample("article");
    let first = &found(&plan).list[0];
    let edits = waive(&plan, first, "Known since <May> & \"agreed\"", "Ada", None);
    let plan = hybridscape::edit::apply(&plan, edits).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("article.plan.ron");
    plan_file::write_whole(&path, plan_file::write(&plan).as_bytes()).unwrap();
    let json: Value = serde_json::from_str(&printed(&path, "json")).unwrap();
    assert_eq!(json["findings"][0]["waived"], true);
    let log: Value = serde_json::from_str(&printed(&path, "sarif")).unwrap();
    let reason = &log["runs"][0]["results"][0]["suppressions"][0]["justification"];
    assert_eq!(reason, "Known since <May> & \"agreed\" (Ada)");
    let junit = junit_parser::from_reader(Cursor::new(printed(&path, "junit"))).unwrap();
    assert_eq!(junit.suites.iter().map(|suite| suite.skipped).sum::<u64>(), 1);
    assert!(printed(&path, "text").contains("accepted by Ada: Known since <May>"));
}

#[test]
fn another_gate_asks_for_what_is_not_due_yet() {
    let path = sample_path("article-healthy");
    let report: Value = serde_json::from_str(&printed(&path, "json")).unwrap();
    let gates: Vec<_> =
        report["gates"].as_array().unwrap().iter().map(|gate| gate["name"].as_str().unwrap()).collect();
    assert_eq!(gates[..3], ["ready for review", "ready for build", "ready for cutover of Wave 1"]);
    assert_eq!(report["aim"], "cutover");
    let output = Command::new(env!("CARGO_BIN_EXE_hybridscape"))
        .args(["check", path.to_str().unwrap(), "--gate", "draft", "--format", "json"])
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["aim"], "draft");
}
