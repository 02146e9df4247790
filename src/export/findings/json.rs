//! Findings as JSON of our own; its schema is `docs/schemas/findings.schema.json`.

use rayon::prelude::*;
use serde_json::{Value, json};

use crate::model::Plan;
use crate::rules::{Finding, Gate, Severity};

use super::{Checked, subjects};

/// The findings as one JSON object.
#[must_use]
pub fn json(checked: &Checked<'_, '_>) -> String {
    format!("{:#}\n", of_plan(checked))
}

/// The findings of a folder of plans: each with its file.
#[must_use]
pub fn json_of_folder(all: &[Checked<'_, '_>]) -> String {
    let of_file = |checked: &Checked<'_, '_>| {
        let mut report = of_plan(checked);
        report["file"] = checked.path.to_string_lossy().replace('\\', "/").into();
        report
    };
    format!("{:#}\n", json!({ "plans": all.iter().map(of_file).collect::<Vec<_>>() }))
}

fn of_plan(checked: &Checked<'_, '_>) -> Value {
    let plan = checked.plan();
    // Fixes are tried out here, which takes longest.
    let findings = checked.findings.list.par_iter().map(|finding| of_finding(checked, finding));
    let findings: Vec<_> = findings.collect();
    let gates: Vec<_> = checked.gates.iter().map(|gate| of_gate(plan, gate)).collect();
    let conflicts: Vec<_> = checked
        .conflicts
        .iter()
        .map(|(place, message)| json!({ "place": place, "message": message }))
        .collect();
    json!({
        "plan": plan.name,
        "stage": checked.stage.unwrap_or("all"),
        "findings": findings,
        "errors": checked.findings.count(Severity::Error),
        "warnings": checked.findings.count(Severity::Warning),
        "advice": checked.findings.count(Severity::Advice),
        "aim": checked.facts.aim,
        "gates": gates,
        "conflicts": conflicts,
        "thresholds": plan.thresholds,
    })
}

fn of_finding(checked: &Checked<'_, '_>, finding: &Finding) -> Value {
    json!({
        "rule": finding.rule.id,
        "severity": finding.severity,
        "subjects": subjects(finding),
        "stages": checked.stages(finding),
        "message": finding.message,
        "fixes": (checked.fixes)(checked.facts, checked.all, finding),
        "waived": finding.waiver.is_some(),
    })
}

fn of_gate(plan: &Plan, gate: &Gate) -> Value {
    let missing = gate.findings.iter().map(|finding| (finding.rule.id, subjects(finding)));
    let undecided = gate.undecided.iter().map(|id| ("undecided-system", vec![format!("system:{id}")]));
    let missing: Vec<_> = missing
        .chain(undecided)
        .map(|(rule, subjects)| json!({ "rule": rule, "subjects": subjects }))
        .collect();
    json!({
        "gate": gate.aim,
        "wave": gate.wave,
        "name": gate.name(plan),
        "passes": gate.is_open(),
        "missing": missing,
    })
}
