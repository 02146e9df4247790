//! Two plans on one canvas: with a file, a version, what somebody else wrote; walked by keyboard, taken over
//! line by line, taken back, ended.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{Key, Modifiers};
use hybridscape::model::{Disposition, Flow, Plan, System, SystemId};
use hybridscape::plan_file::{self, Expected};

use super::desk::Desk;
use super::keyboard::erp_feeds_shop;

/// A desk with a saved plan in which an ERP feeds a shop, and a variant of it: the ERP retires, and a CRM that
/// is fed as well is there.
fn plan_and_variant() -> (Desk, PathBuf) {
    let mut desk = Desk::new();
    erp_feeds_shop(&mut desk);
    desk.save_as(&desk.path("shop.plan.ron"));
    let mut variant = desk.plan().clone();
    variant.systems.insert("crm".into(), Arc::new(System::named("CRM")));
    Arc::make_mut(variant.systems.get_mut(&SystemId::new("erp")).unwrap()).disposition = Disposition::Retire;
    variant.flows.insert("erp-to-crm".into(), Arc::new(Flow::between("erp".into(), "crm".into())));
    let path = desk.path("variant.plan.ron");
    plan_file::save(&variant, &path).unwrap();
    (desk, path)
}

fn compare_with(desk: &mut Desk, path: &std::path::Path) {
    desk.run("Compare with a plan");
    desk.type_over(&path.display().to_string());
    desk.press(Key::Enter);
}

fn undo(desk: &mut Desk) {
    desk.press_with(Modifiers::COMMAND, Key::Z);
}

fn disposition(plan: &Plan) -> Disposition {
    plan.systems[&SystemId::new("erp")].disposition
}

#[test]
fn a_file_is_compared_walked_by_keyboard_taken_over_and_ended() {
    let (mut desk, path) = plan_and_variant();
    compare_with(&mut desk, &path);
    assert!(desk.sees("Compared with variant.plan.ron"));
    assert!(desk.sees("Card CRM, at the stage Today only in variant.plan.ron"), "its ghost is on the canvas");
    assert!(desk.sees("only in variant.plan.ron, or re-routed: 2"), "the CRM and what feeds it");
    desk.press(Key::F7);
    assert!(desk.sees("Take here: disposition: retire → undecided"), "the inspector says from what to what");
    desk.press(Key::ArrowDown);
    assert!(
        desk.sees("Only in variant.plan.ron"),
        "the next line is about the CRM, which this plan does not have"
    );
    desk.press(Key::ArrowUp);
    desk.click("Take ERP: retire → undecided");
    assert_eq!(disposition(desk.plan()), Disposition::Retire);
    assert!(!desk.sees("retire → undecided"), "the difference follows");
    undo(&mut desk);
    assert_eq!(disposition(desk.plan()), Disposition::Undecided);
    assert!(desk.sees("Changed, ERP: retire → undecided"));
    for _ in 0..4 {
        desk.press(Key::Escape);
    }
    assert!(!desk.sees("Compared with variant.plan.ron") && !desk.sees("Card CRM"));
}

#[test]
fn what_would_refer_to_nothing_is_refused_and_everything_can_be_taken_at_once() {
    let (mut desk, path) = plan_and_variant();
    compare_with(&mut desk, &path);
    desk.click("Take ERP → CRM: removed");
    assert!(desk.sees("ERP → CRM refers to CRM, which this plan does not have; take CRM first"));
    assert_eq!(desk.plan().flows.len(), 1);
    desk.click("Take CRM: removed");
    desk.click("Take ERP → CRM: removed");
    assert_eq!((desk.plan().systems.len(), desk.plan().flows.len()), (3, 2));
    undo(&mut desk);
    undo(&mut desk);
    desk.click("Take all");
    assert_eq!((desk.plan().systems.len(), desk.plan().flows.len()), (3, 2));
    assert_eq!(disposition(desk.plan()), Disposition::Retire);
    assert!(desk.sees("Both say the same"));
    undo(&mut desk);
    assert_eq!(desk.plan().systems.len(), 2, "it was one step");
}

#[test]
fn swapped_what_was_gone_is_new_and_the_plan_can_be_edited_meanwhile() {
    let (mut desk, path) = plan_and_variant();
    compare_with(&mut desk, &path);
    assert!(desk.sees("Gone, CRM: removed"));
    desk.click("Swap before and after");
    assert!(desk.sees("New, CRM: added") && desk.sees("Changed, ERP: undecided → retire"));
    desk.press(Key::S);
    desk.type_text("Portal");
    desk.press(Key::Enter);
    assert!(desk.sees("Gone, Portal: removed"), "the difference follows what is drawn");
    desk.click("Remove Portal: removed");
    assert_eq!(desk.plan().systems.len(), 2);
}

#[test]
fn there_is_one_comparison_at_a_time() {
    let (mut desk, path) = plan_and_variant();
    desk.click("Stage Target");
    compare_with(&mut desk, &path);
    desk.click("Compare with today");
    assert!(!desk.sees("Compared with variant.plan.ron"));
    compare_with(&mut desk, &path);
    assert!(desk.sees("Compared with variant.plan.ron"));
    desk.press(Key::Escape);
    desk.press(Key::D);
    assert!(!desk.sees("Compared with variant.plan.ron"), "D compares with today again");
}

#[test]
fn a_version_is_shown_on_the_canvas() {
    let (mut desk, _) = plan_and_variant();
    desk.press(Key::S);
    desk.type_text("Portal");
    desk.press(Key::Enter);
    desk.press_with(Modifiers::COMMAND, Key::S);
    desk.run("Versions");
    desk.press(Key::Tab);
    desk.press(Key::Enter);
    desk.click("Show on the canvas");
    assert!(desk.sees("Compared with the version of just now"));
    assert!(desk.sees("New, Portal: added"));
}

#[test]
fn what_is_not_saved_and_what_was_recovered_are_compared_with_the_file() {
    let (mut desk, _) = plan_and_variant();
    desk.press(Key::S);
    desk.type_text("Portal");
    desk.press(Key::Enter);
    desk.run("Compare with the saved plan");
    assert!(desk.sees("Compared with shop.plan.ron as it was saved") && desk.sees("New, Portal: added"));
    let mut desk = desk.crash();
    desk.click("Recover and compare shop.plan.ron");
    assert!(desk.sees("Compared with shop.plan.ron as it was saved") && desk.sees("New, Portal: added"));
}

#[test]
fn what_somebody_else_wrote_is_shown_on_the_canvas_and_the_question_comes_back() {
    let (mut desk, _) = plan_and_variant();
    desk.press(Key::S);
    desk.type_text("Portal");
    desk.press(Key::Enter);
    let path = desk.path("shop.plan.ron");
    let mut theirs = plan_file::open(&path).unwrap();
    theirs.name = "Theirs".to_owned();
    plan_file::save_over(&theirs, &path, &Expected::any_plan(), None).unwrap();
    desk.press_with(Modifiers::COMMAND, Key::S);
    desk.click("Show on the canvas");
    assert!(desk.sees("Compared with shop.plan.ron as changed elsewhere") && desk.sees("New, Portal: added"));
    desk.press_with(Modifiers::COMMAND, Key::S);
    assert!(desk.sees("The plan was not saved"));
}

#[test]
fn a_file_dropped_on_a_plan_is_compared_or_opened() {
    let (mut desk, path) = plan_and_variant();
    desk.drop_file(&path);
    assert!(desk.sees("What to do with variant.plan.ron?"));
    desk.press(Key::Enter);
    assert!(desk.sees("Compared with variant.plan.ron"));
    desk.drop_file(&path);
    desk.click("Open");
    assert_eq!(desk.plan().systems.len(), 3);
    assert!(!desk.sees("Compared with variant.plan.ron"), "another plan is open");
}

#[test]
fn a_file_that_is_no_plan_is_a_sentence_and_compares_nothing() {
    let (mut desk, _) = plan_and_variant();
    let path = desk.path("notes.txt");
    std::fs::write(&path, "Not a plan.").unwrap();
    compare_with(&mut desk, &path);
    assert!(desk.sees("This did not work"));
    desk.press(Key::Escape);
    assert!(!desk.sees("Compared with"));
}

#[test]
fn the_document_says_what_changed_since_the_plan_that_is_compared() {
    let (mut desk, path) = plan_and_variant();
    compare_with(&mut desk, &path);
    let export = |desk: &mut Desk, name: &str| {
        desk.press_with(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::E);
        desk.type_over(&desk.path(name).display().to_string());
        desk.press(Key::Enter);
        std::fs::read_to_string(desk.path(name)).unwrap()
    };
    let document = export(&mut desk, "since.md");
    assert!(document.contains("Compared with variant.plan.ron."));
    assert!(document.contains("disposition: retire → undecided"), "{document}");
    assert!(desk.sees("with what changed since variant.plan.ron"));
    desk.click("Swap before and after");
    let document = export(&mut desk, "swapped.md");
    assert!(!document.contains("Compared with"), "the plan did not come from a later one");
}
