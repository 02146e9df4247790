//! What a fix makes of the findings, on small landscapes.

use super::*;
use crate::edit::edits_between;
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

/// What a change of the plan into another does: whether harm, and the errors that come.
fn changed(before: &str, after: &str) -> (bool, Vec<&'static str>) {
    let (plan, after) = (parse_sketch(before).plan, parse_sketch(after).plan);
    let facts = Facts::new(&plan);
    let found = check(&facts, Scope::AllStages);
    let preview = preview(&facts, &found, &edits_between(&plan, &after)).expect("a preview");
    let errors = preview.come.iter().filter(|come| come.severity == Severity::Error);
    (preview.does_harm, errors.map(|error| error.rule.id).collect())
}

#[test]
fn a_finding_that_gets_worse_is_harm() {
    let text = |class: &str| format!("x = {class}\na -> b : x | auth basic");
    assert_eq!(changed(&text(""), &text("class personal")), (true, vec!["insecure-flow"]));
    assert_eq!(changed(&text("class personal"), &text("")), (false, Vec::new()));
}

#[test]
fn what_was_not_recorded_of_a_flow_that_was_there_is_harm_where_the_change_makes_it_an_error() {
    let text = |class: &str| format!("aim build\nx = {class}\na -> b : x");
    assert_eq!(changed(&text(""), &text("class personal")), (true, vec!["insecure-flow"]));
}

#[test]
fn a_new_flow_that_is_known_to_be_wrong_is_harm_and_one_that_is_milder_as_a_draft_is_none() {
    let weak = "aim build\nx = truth a, class personal\nb: integrate";
    let drawn = format!("{weak}\na -> b : x | auth basic");
    assert_eq!(changed(weak, &drawn), (true, vec!["insecure-flow"]));
    let critical = "aim cutover\nx = truth a\nb: criticality 4";
    let drawn = format!("{critical}\na -> b : x | volume_alert false, encrypted true, auth oauth");
    assert_eq!(changed(critical, &drawn), (false, vec!["unmonitored-flow"]));
}

#[test]
fn a_finding_is_gone_where_it_no_longer_holds_at_its_last_stage_and_holds_at_fewer() {
    let plan = parse_sketch("wave 1: notes only\nx = class personal\na -> b : x | auth basic").plan;
    let found = check(&Facts::new(&plan), Scope::AllStages).list;
    let at = |stages: &[usize]| Finding { stages: stages.into(), ..found[0].clone() };
    assert!(is_gone(&at(&[0, 1, 2]), None));
    assert!(is_gone(&at(&[0, 1, 2]), Some(&at(&[0]))));
    assert!(!is_gone(&at(&[0, 1, 2]), Some(&at(&[1, 2]))), "it holds at the end");
    assert!(!is_gone(&at(&[1, 2]), Some(&at(&[0, 1]))), "it only comes earlier");
    assert!(!is_gone(&at(&[0]), Some(&at(&[0]))));
}

#[test]
fn what_held_today_only_and_holds_later_too_has_come_but_for_a_measure_of_all() {
    let plan = parse_sketch("x = class personal\na -> b : x | auth basic").plan;
    let found = check(&Facts::new(&plan), Scope::AllStages).list;
    let at = |stages: &[usize]| Finding { stages: stages.into(), ..found[0].clone() };
    assert!(spreads(&at(&[0]), &at(&[0, 1])));
    assert!(!spreads(&at(&[0]), &at(&[0])));
    assert!(!spreads(&at(&[0, 1]), &at(&[0, 1])));
    assert!(!spreads(&at(&[0]), &at(&[0, 1]).about(Subject::Landscape)));
}
