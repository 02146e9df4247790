//! What a fix makes of the findings, on small landscapes.

use super::*;
use crate::rules::parse_sketch;

/// A fix whose title begins so: whether it does harm, and the errors that come with it, rule and subject.
fn tried(text: &str, title: &str) -> (bool, Vec<String>) {
    let plan = parse_sketch(text).plan;
    let facts = Facts::new(&plan);
    let before = check(&facts, Scope::AllStages);
    let mut fixes = before.list.iter().flat_map(|finding| proposed_fixes(&facts, finding));
    let fix = fixes.find(|fix| fix.title.starts_with(title)).expect("the fix");
    let FixAction::Edits(edits) = fix.action else { panic!("this fix opens a place") };
    let preview = preview(&facts, &before, &edits).expect("a preview");
    let errors = preview.come.iter().filter(|come| come.severity == Severity::Error);
    (preview.does_harm, errors.map(|error| format!("{} {}", error.rule.id, error.subjects[0])).collect())
}

#[test]
fn what_is_still_to_record_of_a_flow_that_the_fix_draws_is_no_harm() {
    let text = |aim: &str| {
        format!(
            "aim {aim}
             focal sf
             account = truth sf, class personal
             crm: migrate, into sf, at 1, approach phased
             acc.account: reader
             crm -> acc : account | until 1
             sf -> crm : account | until 1"
        )
    };
    let title = "Connect sf and acc";
    assert_eq!(tried(&text("draft"), title), (false, Vec::new()));
    assert_eq!(
        tried(&text("build"), title),
        (false, vec!["insecure-flow flow:sf-to-acc-account".to_owned()])
    );
}

#[test]
fn the_finding_on_the_flow_with_the_very_load_is_the_one_that_goes_on() {
    let flows = |until: &str| {
        format!(
            "erp -> shop : order, stock | id both{until}
             erp -> shop : order | id one{until}
             erp -> shop : stock | id other{until}
             erp -> shop : order | id stays"
        )
    };
    let old = parse_sketch(&format!("wave 1: notes only\n{}", flows(""))).plan;
    let text = format!("{}\nerp -> shop : order | id next, since 1", flows(", until 1"));
    let new = parse_sketch(&text).plan;
    assert_eq!(predecessor(&old, &new, &"next".into()), Some(&"one".into()));
}
