//! The sample landscapes: each reads, is written as it stands, and says what its source says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use hybridscape::model::{Id, Plan, Stage};
use hybridscape::plan_file;

/// The samples that stand for themselves.
const OTHERS: [&str; 6] = ["agency", "hospital", "manufacturer", "scale-up", "telecom", "university"];

/// The names of all samples, sorted: those of the folder.
pub fn sample_names() -> BTreeSet<String> {
    let ending = format!(".{}", plan_file::EXTENSION);
    let files = fs::read_dir(package().join("sample_landscapes")).unwrap();
    let names = files.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.map(|name| name.strip_suffix(&ending).unwrap().to_owned()).collect()
}

/// Each sample that was made from a reference landscape, with the landscape's name.
pub const SAMPLES: [(&str, &str); 4] = [
    ("article", "article_before"),
    ("article-healthy", "article_after"),
    ("bank", "bank"),
    ("retail", "retail"),
];

pub(crate) fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn sample_path(name: &str) -> PathBuf {
    package().join(format!("sample_landscapes/{name}.{}", plan_file::EXTENSION))
}

pub fn sample(name: &str) -> Plan {
    plan_file::open(&sample_path(name)).unwrap()
}

/// The ids of a sample by the short keys of its reference landscape.
pub fn reference_keys(name: &str) -> BTreeMap<String, String> {
    let path = package().join(format!("tests/golden/reference_keys/{name}.txt"));
    let text = fs::read_to_string(path).unwrap();
    let pairs = text.lines().map(|line| line.split_once(' ').unwrap());
    pairs.map(|(key, id)| (key.to_owned(), id.to_owned())).collect()
}

/// The reference landscape, where it is at hand; `NAME.findings` and `NAME.numbers` what is expected of it.
pub fn reference(name: &str) -> Option<serde_json::Value> {
    let beside = ["../shared", "../../shared"].map(|shared| package().join(shared));
    let path =
        beside.iter().map(|shared| shared.join(format!("landscapes/{name}.json"))).find(|path| path.exists());
    if path.is_none() {
        println!("skipped: the reference {name} is not at hand");
    }
    Some(serde_json::from_str(&fs::read_to_string(path?).unwrap()).unwrap())
}

#[test]
fn every_sample_is_written_as_it_stands() {
    for path in sample_names().iter().map(|name| sample_path(name)) {
        let plan = plan_file::open(&path).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(plan_file::write(&plan), fs::read_to_string(&path).unwrap(), "{}", path.display());
    }
    let known = SAMPLES.map(|(name, _)| name).into_iter().chain(OTHERS).map(str::to_owned);
    assert_eq!(sample_names(), known.collect());
}

#[test]
fn every_reference_in_a_sample_leads_somewhere() {
    for name in sample_names() {
        let plan = sample(&name);
        assert!(plan.systems.contains_key(plan.focal_system.as_ref().unwrap()));
        for (id, flow) in &plan.flows {
            let ends = flow.via.iter().chain([&flow.from, &flow.to]);
            assert!(ends.into_iter().all(|end| plan.systems.contains_key(end)), "{name}: {id}");
            assert!(flow.carries.iter().all(|payload| plan.domains.contains_key(&payload.domain)), "{id}");
            assert!(flow.replaces.iter().all(|replaced| plan.flows.contains_key(replaced)), "{name}: {id}");
            assert!(flow.until.as_ref().is_none_or(|wave| plan.waves.contains_key(wave)), "{name}: {id}");
        }
        for (id, domain) in &plan.domains {
            assert!(
                domain.truth.iter().all(|claim| plan.systems.contains_key(&claim.system)),
                "{name}: {id}"
            );
        }
        for (id, system) in &plan.systems {
            assert!(system.holdings.keys().all(|domain| plan.domains.contains_key(domain)), "{name}: {id}");
        }
    }
}

#[test]
fn every_reference_key_is_an_element_and_every_element_has_one() {
    for (name, _) in SAMPLES {
        let plan = sample(name);
        let mut ids: Vec<_> = reference_keys(name).into_values().collect();
        ids.sort();
        let systems = plan.systems.keys().map(Id::as_str);
        let domains = plan.domains.keys().map(Id::as_str);
        let flows = plan.flows.keys().map(Id::as_str);
        let mut expected: Vec<_> = systems.chain(domains).chain(flows).collect();
        expected.sort_unstable();
        assert_eq!(ids, expected, "{name}");
    }
}

#[test]
fn flows_stand_where_and_when_the_reference_says() {
    for (name, reference_name) in SAMPLES {
        let Some(reference) = reference(reference_name) else { return };
        let (plan, ids) = (sample(name), reference_keys(name));
        let id = |value: &serde_json::Value| ids[value.as_str().unwrap()].clone();
        assert_eq!(reference["flows"].as_array().unwrap().len(), plan.flows.len());
        for told in reference["flows"].as_array().unwrap() {
            let flow = &plan.flows[id(&told["id"]).as_str()];
            assert_eq!((flow.from.as_str(), flow.to.as_str()), (&*id(&told["a"]), &*id(&told["b"])));
            assert_eq!(told["today"].as_bool(), Some(flow.since == Stage::Today), "{name}: {}", told["id"]);
            assert_eq!(told["target"].as_bool(), Some(flow.until.is_none()), "{name}: {}", told["id"]);
            assert_eq!(told["two"].as_bool().unwrap_or(false), flow.is_two_way(), "{name}: {}", told["id"]);
            assert_eq!(told["records_day"].as_u64(), flow.records_per_day, "{name}: {}", told["id"]);
        }
    }
}
