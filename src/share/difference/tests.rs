//! Differences as people read them.

use super::*;
use crate::plan_file::read;

const OLD: &str = r#"(format: 1, name: "Shop", notes: "Hello.",
    waves: {"wave-1": (name: "Spring", order: 1)},
    domains: {"order": (name: "Order", truth: [(system: "erp")])},
    systems: {
        "bus": (name: "Bus", kind: "event-bus"),
        "crm": (name: "CRM"),
        "erp": (name: "ERP", disposition: "integrate", holdings: {"order": (records: 5)}),
        "old": (name: "Old shop", disposition: "retire")},
    flows: {
        "crm-to-old": (from: "crm", to: "old", until: "wave-1"),
        "erp-to-crm": (from: "erp", to: "crm", carries: [(domain: "order")])},
    drawing: (positions: {"crm": (0, 0), "erp": (100, 0)}))"#;

fn plan(changes: &[(&str, &str)]) -> Plan {
    let text = changes.iter().fold(OLD.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "the plan has no {from}");
        text.replace(from, to)
    });
    read(&text).unwrap_or_else(|error| panic!("{error}"))
}

const CHANGES: &[(&str, &str)] = &[
    ("name: \"Shop\",", "name: \"Shop 2\", aim: \"build\", thresholds: {\"p2p-sprawl.fill\": 0.5},"),
    ("Hello.", "Hello,\\nworld."),
    (
        "[(system: \"erp\")]",
        "[(system: \"crm\", from: \"wave-1\", scope: (partition: \"DE\")), (system: \"erp\")]",
    ),
    ("name: \"CRM\"", "name: \"Salesforce\", hub: (), kind: \"crm\""),
    ("disposition: \"integrate\"", "disposition: \"migrate\", migration: (into: \"crm\", wave: \"wave-1\")"),
    ("records: 5", "role: \"reader\""),
    ("        \"old\": (name: \"Old shop\", disposition: \"retire\")},", "\"shop\": (name: \"Web shop\")},"),
    (
        "\"erp-to-crm\": (from: \"erp\", to: \"crm\"",
        "\"crm-to-shop\": (from: \"crm\", to: \"shop\", replaces: [\"crm-to-old\"]), \"erp-to-crm\": (from: \"erp\", to: \"crm\", via: [\"bus\"]",
    ),
    ("(domain: \"order\")", "(domain: \"order\", part: \"status\", writes: false), (domain: \"order\")"),
    ("(100, 0)", "(100, 20), \"shop\": (1, 1)"),
];

#[test]
fn each_change_is_said_in_the_words_of_the_plan() {
    let difference = difference(&plan(&[]), &plan(CHANGES)).unwrap();
    insta::assert_snapshot!(as_text(&difference));
}

#[test]
fn machines_get_the_same() {
    let difference = difference(&plan(&[]), &plan(CHANGES)).unwrap();
    insta::assert_snapshot!(format!("{:#}", as_json(&difference)));
}

#[test]
fn the_same_plan_in_another_order_is_no_difference() {
    let swapped = plan(&[("(domain: \"order\")", "(domain: \"order\", part: \"a\"), (domain: \"order\")")]);
    let sorted = plan(&[("(domain: \"order\")", "(domain: \"order\"), (domain: \"order\", part: \"a\")")]);
    let difference = difference(&swapped, &sorted).unwrap();
    assert!(difference.is_empty());
    assert_eq!(as_text(&difference), "no difference\n");
}

#[test]
fn a_card_that_moved_is_one_line() {
    let moved = difference(&plan(&[]), &plan(&[("(100, 0)", "(100, 1)")])).unwrap();
    assert_eq!(as_text(&moved), "Drawing: 1 card moved\n");
    assert!(!moved.is_empty());
}

#[test]
fn a_row_of_a_list_gets_a_few_words() {
    let brief = |changes: &[(&str, &str)]| difference_in_brief(&plan(&[]), &plan(changes)).unwrap();
    assert_eq!(brief(CHANGES), "4 fields of the plan, 4 systems, truth of Order, 3 flows");
    assert_eq!(brief(&[("name: \"CRM\"", "name: \"Salesforce\"")]), "1 system");
    assert_eq!(brief(&[("(100, 0)", "(100, 1)")]), "drawing: 1 card moved");
    assert_eq!(brief(&[]), "nothing that the plan says");
    let first = difference_in_brief(&Plan::default(), &plan(&[])).unwrap();
    assert_eq!(first, "the plan's name and notes, 4 systems, 1 domain, 2 flows, 1 wave");
}

#[test]
fn no_change_is_passed_over() {
    use crate::generate;
    use crate::model::Direction;
    use std::sync::Arc;
    let plan = generate::plan(30, 7);
    let mut other = plan.clone();
    let (id, flow) = other.flows.iter_mut().find(|(_, flow)| !flow.carries.is_empty()).unwrap();
    let id = id.clone();
    let carries = &mut Arc::make_mut(flow).carries;
    carries[0].direction =
        if carries[0].direction == Direction::Back { Direction::Forward } else { Direction::Back };
    let changes = difference(&plan, &other).unwrap().changes;
    assert_eq!(changes.iter().map(Changed::subject).collect::<Vec<_>>(), [format!("flow:{id}")]);
}

#[test]
fn of_long_lists_that_are_almost_the_same_only_what_differs_is_said() {
    let claim = |system: &str, part: &str| {
        format!("(system: \"{system}\", scope: (partition: \"A rather long name of region {part}\"))")
    };
    let truth = |last: &str| format!("[{}, {}, {}]", claim("crm", "A"), claim("crm", "B"), claim(last, "C"));
    let [old, new] = ["erp", "old"].map(|last| plan(&[("[(system: \"erp\")]", &truth(last))]));
    let words: Vec<_> = difference(&old, &new).unwrap().changes.iter().map(|it| it.change.words()).collect();
    let region = "scope partition A rather long name of region C";
    assert_eq!(words, [format!("source of truth: …, ERP ({region}) → …, Old shop ({region})")]);
}
