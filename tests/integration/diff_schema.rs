//! What `diff --format json` prints is what its schema describes.

use hybridscape::model::Plan;
use hybridscape::share::{as_json, difference};
use serde_json::Value;

use crate::samples::{package, sample};

/// The faults of a value, for the part of JSON Schema that our schemas use.
fn faults(value: &Value, schema: &Value, root: &Value, at: &str, faults_found: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        return faults(value, root.pointer(name.trim_start_matches('#')).unwrap(), root, at, faults_found);
    }
    let is_type = match schema["type"].as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64(),
        "boolean" => value.is_boolean(),
        other => panic!("a type that this test does not know: {other}"),
    };
    let is_listed = schema["enum"].as_array().is_none_or(|words| words.contains(value));
    if !is_type || !is_listed {
        faults_found.push(format!("{at}: {value}"));
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        faults(item, &schema["items"], root, &format!("{at}/{index}"), faults_found);
    }
    for (key, inner) in value.as_object().into_iter().flatten() {
        match schema["properties"].get(key) {
            Some(property) => faults(inner, property, root, &format!("{at}/{key}"), faults_found),
            None => faults_found.push(format!("{at}/{key} is not in the schema")),
        }
    }
    for required in schema["required"].as_array().into_iter().flatten() {
        if value.get(required.as_str().unwrap()).is_none() {
            faults_found.push(format!("{at} lacks {required}"));
        }
    }
}

#[test]
fn a_difference_is_what_its_schema_describes() {
    let schema = std::fs::read_to_string(package().join("docs/schemas/diff.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let (before, after) = (sample("article"), sample("article-healthy"));
    for (old, new) in [(&before, &after), (&before, &before), (&Plan::default(), &after)] {
        let told = as_json(&difference(old, new).unwrap());
        let mut found = Vec::new();
        faults(&told, &schema, &schema, "", &mut found);
        assert_eq!(found, Vec::<String>::new());
    }
}
