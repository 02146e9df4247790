//! The numbers of shape of the sample landscapes, today and in the target, are those of their references.

use serde_json::Value;

use hybridscape::landscape::Structure;
use hybridscape::rules::Facts;

use crate::samples::{SAMPLES, reference, reference_keys, sample};

#[test]
fn each_sample_has_the_expected_numbers() {
    let mut faults = Vec::new();
    for (name, reference_name) in SAMPLES {
        let Some(expected) = reference(&format!("{reference_name}.numbers")) else { return };
        let (plan, ids) = (sample(name), reference_keys(name));
        let facts = Facts::new(&plan);
        for (stage, at) in [("today", 0), ("target", facts.index.timeline.target())] {
            let structure = facts.structure(at);
            let mut cut_points: Vec<_> = expected[stage]["articulation"]
                .as_array()
                .unwrap()
                .iter()
                .map(|key| ids[key.as_str().unwrap()].clone())
                .collect();
            cut_points.sort();
            let found_points: Vec<_> =
                structure.cut_points.iter().map(|&place| facts.index.systems[place].id.to_string()).collect();
            if cut_points != found_points {
                faults.push(format!("{name} {stage}: cut points {found_points:?}, not {cut_points:?}"));
            }
            for (number, found) in numbers(structure) {
                let told = &expected[stage][number];
                if !is_same(number, told, &found) {
                    faults.push(format!("{name} {stage}: {number} is {found}, not {told}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Words are compared without regard to case, figures within the reference's rounding to three places,
/// or two.
fn is_same(number: &str, told: &Value, found: &Value) -> bool {
    let rounding = if number == "links_per_system" { 0.005 } else { 0.0005 };
    match (told, found) {
        (Value::String(told), Value::String(found)) => told.eq_ignore_ascii_case(found),
        _ => (told.as_f64().unwrap() - found.as_f64().unwrap()).abs() <= rounding + 1e-9,
    }
}

fn numbers(structure: &Structure) -> Vec<(&'static str, Value)> {
    let nodes = (structure.systems + structure.hubs) as f64;
    vec![
        ("systems", structure.systems.into()),
        ("hubs", structure.hubs.into()),
        ("flows", structure.flows.into()),
        ("links", structure.links.into()),
        ("direct_links", structure.direct_links.into()),
        ("direct_systems", structure.direct_systems.into()),
        ("full_mesh", structure.full_mesh().into()),
        ("fill", structure.fill().unwrap().into()),
        ("links_per_system", (2.0 * structure.links as f64 / nodes).into()),
        ("mapping_points", structure.mappings.into()),
        ("domains_with_several_writers", structure.domains_with_several_writers.into()),
        ("prop_cost", structure.propagation_cost.into()),
        ("prop_cost_naive", structure.propagation_cost_naive.into()),
        ("largest_scc", structure.largest_cyclic_group.into()),
        ("structure", structure.shape.word().into()),
    ]
}
