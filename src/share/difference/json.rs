//! A difference for machines; `docs/schemas/diff.schema.json` describes it.

use serde_json::{Value, json};

use super::{Change, Changed, Difference};
use crate::rules::Finding;

/// The difference as an object.
#[must_use]
pub fn as_json(difference: &Difference) -> Value {
    let [old, new] = &difference.plans;
    let drawing = difference.drawing;
    let numbers = difference.numbers.iter().map(|change| {
        json!({
            "stage": change.stage.to_string(),
            "measure": change.measure.key,
            "old": change.old,
            "new": change.new,
        })
    });
    json!({
        "old": old,
        "new": new,
        "same": difference.is_empty(),
        "changes": difference.changes.iter().map(changed).collect::<Vec<_>>(),
        "drawing": {
            "moved": drawing.moved,
            "placed": drawing.placed,
            "taken_away": drawing.taken_away,
            "other": drawing.other,
        },
        "findings_came": difference.findings_came.iter().map(finding).collect::<Vec<_>>(),
        "findings_went": difference.findings_went.iter().map(finding).collect::<Vec<_>>(),
        "numbers": numbers.collect::<Vec<_>>(),
    })
}

fn changed(changed: &Changed) -> Value {
    let mut object = json!({ "subject": changed.subject(), "name": changed.name });
    let (change, field, old, new) = match &changed.change {
        Change::Added => ("added", None, None, None),
        Change::Removed => ("removed", None, None, None),
        Change::Renamed(old) => ("renamed", None, Some(old), Some(&changed.name)),
        Change::Disposition(values) => ("disposition", None, values.old.as_ref(), values.new.as_ref()),
        Change::Truth(values) => ("truth", None, values.old.as_ref(), values.new.as_ref()),
        Change::Rerouted(values) => ("rerouted", None, values.old.as_ref(), values.new.as_ref()),
        Change::Replaced(by) => ("replaced", None, None, Some(by)),
        Change::Field { field, values } => ("field", Some(field), values.old.as_ref(), values.new.as_ref()),
    };
    object["change"] = json!(change);
    for (key, value) in [("field", field), ("old", old), ("new", new)] {
        if let Some(value) = value {
            object[key] = json!(value);
        }
    }
    object
}

fn finding(finding: &Finding) -> Value {
    json!({
        "rule": finding.rule.id,
        "severity": finding.severity,
        "subjects": finding.subjects.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "message": finding.message,
    })
}
