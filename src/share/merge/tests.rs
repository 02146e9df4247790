//! What a person would expect of single merges.

use super::*;
use crate::plan_file::read;

const BASE: &str = r#"(format: 1, name: "Shop",
    waves: {"wave-1": (name: "Wave 1", order: 1)},
    domains: {"order": (name: "Order", truth: [(system: "erp")]), "price": (name: "Price")},
    systems: {
        "crm": (name: "CRM", holdings: {"order": (role: "author", records: 5)}),
        "erp": (name: "ERP", disposition: "migrate", migration: (into: "crm"), notes: "one\ntwo\nthree\nfour"),
        "shop": (name: "Shop")},
    flows: {"erp-to-shop": (from: "erp", to: "shop", via: ["a"], carries: [(domain: "order"), (domain: "price")])},
    drawing: (positions: {"crm": (0, 0), "erp": (100, 0), "shop": (0, 100)}))"#;

/// The base with words replaced.
fn plan(changes: &[(&str, &str)]) -> Plan {
    let text = changes.iter().fold(BASE.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "the base has no {from}");
        text.replace(from, to)
    });
    read(&text).unwrap_or_else(|error| panic!("{error}"))
}

fn merged(ours: &[(&str, &str)], theirs: &[(&str, &str)]) -> Merged {
    merge(&plan(&[]), &plan(ours), &plan(theirs)).unwrap()
}

fn clean(ours: &[(&str, &str)], theirs: &[(&str, &str)]) -> Plan {
    let merged = merged(ours, theirs);
    assert_eq!(merged.conflicts, BTreeMap::new());
    merged.plan
}

/// Place, base, ours, theirs of the only conflict.
fn only_conflict(merged: &Merged) -> (&str, [Option<&str>; 3]) {
    assert_eq!(merged.conflicts.len(), 1, "{:?}", merged.conflicts);
    assert_eq!(merged.plan.conflicts, merged.conflicts);
    let (place, conflict) = merged.conflicts.iter().next().unwrap();
    (place, [&conflict.base, &conflict.ours, &conflict.theirs].map(Option::as_deref))
}

const NEW_FLOW: (&str, &str) = ("flows: {", r#"flows: {"crm-to-shop": (from: "crm", to: "shop"), "#);
const NO_SHOP: (&str, &str) = (r#""shop": (name: "Shop")},"#, "},");
const NO_FLOW: (&str, &str) = (
    "flows: {\"erp-to-shop\": (from: \"erp\", to: \"shop\", via: [\"a\"], carries: [(domain: \"order\"), (domain: \"price\")])},",
    "",
);

#[test]
fn different_fields_of_one_system_meet() {
    let plan = clean(&[(r#"(name: "CRM""#, r#"(name: "Salesforce""#)], &[("records: 5", "records: 6")]);
    assert_eq!(plan.systems["crm"].name, "Salesforce");
    assert_eq!(plan.systems["crm"].holdings["order"].records, Some(6));
}

#[test]
fn one_field_changed_in_two_ways_is_a_conflict_and_ours_stands_meanwhile() {
    let merged = merged(&[("\"migrate\"", "\"retire\"")], &[("\"migrate\"", "\"federate\"")]);
    let values = [Some("\"migrate\""), Some("\"retire\""), Some("\"federate\"")];
    assert_eq!(only_conflict(&merged), ("systems/erp/disposition", values));
    assert_eq!(merged.plan.systems["erp"].disposition.word(), "retire");
    let text = crate::plan_file::write(&merged.plan);
    assert_eq!(read(&text), Ok(merged.plan));
}

#[test]
fn payloads_and_claims_are_sets() {
    let plan = clean(
        &[("(domain: \"price\")]", "(domain: \"price\"), (domain: \"stock\")]")],
        &[("(domain: \"price\")]", "(domain: \"order\", part: \"status\", direction: \"back\")]")],
    );
    let carries = plan.flows["erp-to-shop"].carries.iter();
    let carries: Vec<_> = carries.map(|payload| (payload.domain.as_str(), payload.part.as_str())).collect();
    assert_eq!(carries, [("order", ""), ("order", "status"), ("stock", "")]);
    let plan = clean(
        &[("[(system: \"erp\")]", "[(system: \"erp\"), (system: \"crm\", from: \"wave-1\")]")],
        &[("[(system: \"erp\")]", "[(system: \"erp\"), (system: \"shop\", scope: (group: \"web\"))]")],
    );
    assert_eq!(plan.domains["order"].truth.len(), 3);
}

#[test]
fn two_handovers_of_one_claim_are_a_conflict_about_its_system() {
    let merged =
        merged(&[("(system: \"erp\")", "(system: \"crm\")")], &[("(system: \"erp\")", "(system: \"shop\")")]);
    let values = [Some("\"erp\""), Some("\"crm\""), Some("\"shop\"")];
    assert_eq!(only_conflict(&merged), ("domains/order/truth/today/system", values));
}

#[test]
fn claims_that_contest_each_other_are_merged_one_by_one() {
    let contested = "[(system: \"crm\"), (system: \"erp\")]";
    let plan = clean(&[("[(system: \"erp\")]", contested)], &[("name: \"Order\"", "name: \"Sales order\"")]);
    assert_eq!(plan.domains["order"].truth.len(), 2);
    let plan = clean(&[("[(system: \"erp\")]", contested)], &[("[(system: \"erp\")]", "[]")]);
    assert_eq!(plan.domains["order"].truth.len(), 1);
}

#[test]
fn the_hubs_on_the_way_are_one_decision() {
    let merged = merged(&[("[\"a\"]", "[\"a\", \"b\"]")], &[("[\"a\"]", "[\"c\", \"a\"]")]);
    let values = [Some("[\"a\"]"), Some("[\"a\", \"b\"]"), Some("[\"c\", \"a\"]")];
    assert_eq!(only_conflict(&merged), ("flows/erp-to-shop/via", values));
}

#[test]
fn long_texts_meet_line_by_line() {
    let plan = clean(&[("one\\n", "ONE\\n")], &[("four", "four\\nfive")]);
    assert_eq!(plan.systems["erp"].notes, "ONE\ntwo\nthree\nfour\nfive");
    let merged = merged(&[("one\\n", "ONE\\n")], &[("one\\n", "1\\n")]);
    assert_eq!(only_conflict(&merged).0, "systems/erp/notes");
}

#[test]
fn deleting_what_the_other_changed_is_a_conflict_and_the_change_stays() {
    let changed = [("(name: \"Shop\")},", "(name: \"Web shop\")},")];
    let merged = merged(&[NO_SHOP, NO_FLOW], &changed);
    let values = [Some("(name: \"Shop\")"), None, Some("(name: \"Web shop\")")];
    assert_eq!(only_conflict(&merged), ("systems/shop", values));
    assert_eq!(merged.plan.systems["shop"].name, "Web shop");
    assert!(merged.plan.flows.is_empty());
}

#[test]
fn deleting_what_the_other_refers_to_now_is_a_conflict_and_it_stays() {
    for (ours, theirs) in [(vec![NO_SHOP, NO_FLOW], vec![NEW_FLOW]), (vec![NEW_FLOW], vec![NO_SHOP, NO_FLOW])]
    {
        let merged = merged(&ours, &theirs);
        assert_eq!(only_conflict(&merged).0, "systems/shop");
        assert!(merged.plan.systems.contains_key("shop") && merged.plan.flows.contains_key("crm-to-shop"));
    }
}

#[test]
fn deleting_a_system_takes_its_card_also_where_the_other_moved_it() {
    let plan = clean(&[NO_SHOP, NO_FLOW], &[("\"shop\": (0, 100)", "\"shop\": (50, 50)")]);
    assert!(!plan.drawing.positions.contains_key("shop") && !plan.systems.contains_key("shop"));
}

#[test]
fn a_card_moved_by_both_is_no_conflict() {
    let merged = merged(&[("(100, 0)", "(120, 0)")], &[("(100, 0)", "(90, 7)"), ("(0, 0)", "(5, 5)")]);
    assert_eq!((merged.conflicts.len(), merged.drawn_by_both), (0, 1));
    let at = |id: &str| merged.plan.drawing.positions[id];
    assert_eq!((at("erp").0, at("crm").0), (120, 5));
}

#[test]
fn a_domain_called_position_is_data_and_no_place_in_the_drawing() {
    let [base, ours, theirs] = ["Position", "Position of a trade", "Position in a team"].map(|name| {
        let domain = format!(r#"(format: 1, domains: {{"position": (name: "{name}")}},"#);
        let with_size = format!(r#"systems: {{"hr": (name: "HR", capabilities: {{"size": "{name}"}})}})"#);
        read(&(domain + &with_size)).unwrap()
    });
    let mut without = theirs.clone();
    without.domains.clear();
    for (theirs, place) in [(&theirs, "domains/position/name"), (&without, "domains/position")] {
        let merged = merge(&base, &ours, theirs).unwrap();
        let places: Vec<_> = merged.conflicts.keys().map(String::as_str).collect();
        assert_eq!((places, merged.drawn_by_both), (vec![place, "systems/hr/capabilities/size"], 0));
    }
}

#[test]
fn the_same_id_added_twice_meets_itself() {
    let add = |system: &'static str| [("systems: {", system)];
    let ours = add(r#"systems: {"wms": (name: "WMS", vendor: "V", kind: "wms"), "#);
    let merged =
        merged(&ours, &add(r#"systems: {"wms": (name: "Warehouse", owner_business: "O", kind: "wms"), "#));
    let values = [None, Some("\"WMS\""), Some("\"Warehouse\"")];
    assert_eq!(only_conflict(&merged), ("systems/wms/name", values));
    let wms = &merged.plan.systems["wms"];
    assert_eq!((wms.vendor.as_str(), wms.owner_business.as_str()), ("V", "O"));
}

#[test]
fn a_migration_that_one_side_took_back_and_the_other_went_on_with_is_a_conflict() {
    let merged = merged(
        &[(", migration: (into: \"crm\")", "")],
        &[("(into: \"crm\")", "(into: \"crm\", wave: \"wave-1\")")],
    );
    assert_eq!(only_conflict(&merged).0, "systems/erp/migration");
}

#[test]
fn fields_that_both_clear_leave_the_entry() {
    let plan = clean(&[("role: \"author\", ", "")], &[(", records: 5", "")]);
    assert!(plan.systems["crm"].holdings.contains_key("order"));
}

#[test]
fn a_finding_of_the_merge_alone_is_named() {
    // Ours lets the ERP go in the target, theirs connects it anew: each is right alone.
    let text = |disposition: &str, flow: &str| {
        read(&format!(
            r#"(format: 1, domains: {{"d": (name: "D", truth: [(system: "a")])}}, systems: {{"a": (name: "A", standalone: true),
            "b": (name: "B", standalone: true{disposition})}}, flows: {{{flow}}})"#
        ))
        .unwrap()
    };
    let flow = r#""a-to-b": (from: "a", to: "b", carries: [(domain: "d")])"#;
    let (base, ours, theirs) = (text("", ""), text(", disposition: \"retire\"", ""), text("", flow));
    let merged = merge(&base, &ours, &theirs).unwrap();
    assert!(merged.conflicts.is_empty());
    let found = findings_of_neither(&merged.plan, &ours, &theirs);
    assert!(found.iter().any(|finding| finding.rule.id == "dangling-dependant"), "{found:?}");
}

#[test]
fn a_conflict_about_an_element_with_long_notes_can_be_written_and_read() {
    let notes = |line: &str| format!("notes: \"{}\"", format!("{line}\\n").repeat(20_000));
    let ours = plan(&[("notes: \"one\\ntwo\\nthree\\nfour\"", &notes("o"))]);
    let mut theirs = plan(&[]);
    theirs.systems.remove(&crate::model::SystemId::new("erp"));
    let merged = merge(&plan(&[]), &ours, &theirs).unwrap();
    assert_eq!(only_conflict(&merged).0, "systems/erp");
    let text = crate::plan_file::write(&merged.plan);
    assert_eq!(read(&text).map_err(|error| error.to_string()), Ok(merged.plan));
}
