//! Nothing is lost: after a crash, when somebody else writes the file, when the disk fails.

use std::path::{Path, PathBuf};

use egui::{Key, Modifiers};
use hybridscape::model::{Plan, SystemId};
use hybridscape::plan_file::{self, Expected};

use super::desk::Desk;
use super::keyboard::erp_feeds_shop;

/// A desk with a saved plan of two systems, and its file.
pub fn saved_plan() -> (Desk, PathBuf) {
    let mut desk = Desk::new();
    erp_feeds_shop(&mut desk);
    let path = desk.path("shop.plan.ron");
    desk.save_as(&path);
    assert!(!desk.sees("edited"));
    (desk, path)
}

pub fn add_system(desk: &mut Desk, name: &str) {
    desk.press(Key::S);
    desk.type_text(name);
    desk.press(Key::Enter);
    desk.press(Key::Escape);
    desk.press(Key::Escape);
}

/// Somebody else opens the file, changes the plan and saves it.
fn elsewhere(path: &Path, change: impl FnOnce(&mut Plan)) {
    let mut plan = plan_file::open(path).unwrap();
    change(&mut plan);
    plan_file::save_over(&plan, path, &Expected::any_plan(), None).unwrap();
}

fn rename_erp(plan: &mut Plan, name: &str) {
    let erp = plan.systems.get_mut(&SystemId::new("erp")).unwrap();
    name.clone_into(&mut std::sync::Arc::make_mut(erp).name);
}

pub fn systems(plan: &Plan) -> Vec<&str> {
    plan.systems.keys().map(SystemId::as_str).collect()
}

pub fn in_file(path: &Path) -> Plan {
    plan_file::open(path).unwrap()
}

#[test]
fn work_that_was_not_saved_comes_back_after_a_crash() {
    let mut desk = Desk::new();
    erp_feeds_shop(&mut desk);
    let before = desk.plan().clone();
    let mut desk = desk.crash();
    assert!(desk.sees("Recover unsaved work?"));
    assert!(desk.sees("2 systems, 1 flow and 1 domain"));
    desk.press(Key::Enter);
    assert_eq!(*desk.plan(), before);
    assert!(desk.sees("edited"), "it is still not saved");
    let mut desk = desk.crash();
    assert!(desk.sees("Recover unsaved work?"), "and survives the next crash too");
    desk.press(Key::Escape);
    assert!(desk.plan().systems.is_empty());
    desk.run("Recover unsaved");
    desk.press(Key::Enter);
    assert_eq!(*desk.plan(), before);
}

#[test]
fn steps_after_a_save_come_back_with_the_file_and_their_difference() {
    let (mut desk, path) = saved_plan();
    add_system(&mut desk, "CRM");
    desk.press_with(Modifiers::COMMAND, Key::Z);
    desk.press_with(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z);
    let mut desk = desk.crash();
    assert!(desk.sees("+ CRM (crm)"), "the dialog says what the file does not have");
    desk.click("Recover shop.plan.ron");
    assert_eq!(systems(desk.plan()), ["crm", "erp", "web-shop"]);
    desk.press_with(Modifiers::COMMAND, Key::S);
    assert_eq!(systems(&in_file(&path)), ["crm", "erp", "web-shop"]);
    assert!(!desk.crash().sees("Recover unsaved work?"), "what is saved is not offered");
}

#[test]
fn recovered_work_is_merged_with_a_file_that_changed_since() {
    let (mut desk, path) = saved_plan();
    add_system(&mut desk, "CRM");
    elsewhere(&path, |plan| rename_erp(plan, "Dynamics"));
    let mut desk = desk.crash();
    assert!(desk.sees("The file was changed since."));
    desk.press(Key::Enter);
    desk.press_with(Modifiers::COMMAND, Key::S);
    desk.press(Key::Enter);
    assert!(desk.sees("Merged without a conflict"), "what both started from is in the journal");
    assert_eq!(systems(desk.plan()), ["crm", "erp", "web-shop"]);
    assert_eq!(desk.plan().system_name(&SystemId::new("erp")), "Dynamics");
}

#[test]
fn dropped_work_stays_among_the_earlier_versions() {
    let (mut desk, path) = saved_plan();
    add_system(&mut desk, "CRM");
    let mut desk = desk.crash();
    desk.click("Drop shop.plan.ron");
    desk.open(&path);
    assert_eq!(systems(desk.plan()), ["erp", "web-shop"]);
    desk.run("Versions");
    desk.press(Key::Tab);
    desk.press(Key::Enter);
    assert!(desk.sees("closed without saving"));
    assert!(desk.sees("+ CRM (crm)"));
    desk.click("Take this version");
    assert_eq!(systems(desk.plan()), ["crm", "erp", "web-shop"]);
    desk.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(systems(desk.plan()), ["erp", "web-shop"]);
    assert!(!desk.sees("edited"), "taken back, it is the saved plan again");
}

#[test]
fn a_plan_closed_without_saving_is_not_offered_and_stays_a_version() {
    let mut desk = Desk::new();
    erp_feeds_shop(&mut desk);
    desk.press_with(Modifiers::COMMAND, Key::N);
    desk.click("Don't save");
    let mut desk = desk.crash();
    assert!(!desk.sees("Recover unsaved work?"));
    desk.run("Versions");
    assert!(desk.sees("closed without saving"));
}

#[test]
fn closing_the_window_asks_and_not_saving_ends_the_journal() {
    let (mut desk, path) = saved_plan();
    add_system(&mut desk, "CRM");
    desk.close();
    assert!(desk.sees("Save the changes to shop.plan.ron?"));
    desk.click("Don't save");
    desk.close();
    let mut desk = desk.crash();
    assert!(!desk.sees("Recover unsaved work?"));
    desk.open(&path);
    assert_eq!(systems(desk.plan()), ["erp", "web-shop"]);
    desk.run("Versions");
    assert!(desk.sees("closed without saving"));
}

#[test]
fn what_waits_for_a_save_waits_for_the_questions_on_the_way() {
    let mut desk = Desk::new();
    erp_feeds_shop(&mut desk);
    let other = desk.path("other.plan.ron");
    plan_file::save(&Plan::named("Years of work"), &other).unwrap();
    desk.press_with(Modifiers::COMMAND, Key::N);
    desk.press(Key::Enter);
    desk.type_over(&other.display().to_string());
    desk.press(Key::Enter);
    assert!(desk.sees("Replace other.plan.ron?"));
    assert_eq!(desk.plan().systems.len(), 2, "the new plan waits");
    desk.click("Replace");
    assert_eq!(systems(&in_file(&other)), ["erp", "web-shop"]);
    assert!(desk.plan().systems.is_empty(), "then it comes");
}

#[test]
fn a_file_that_was_removed_is_said_and_can_be_written_anew() {
    let (mut desk, path) = saved_plan();
    std::fs::remove_file(&path).unwrap();
    desk.wait();
    assert!(desk.sees("The file is not there any more"));
    desk.press_with(Modifiers::COMMAND, Key::S);
    assert!(desk.sees("it was written anew"));
    assert_eq!(in_file(&path), *desk.plan());
}

#[test]
fn a_file_that_was_changed_elsewhere_is_read_again_where_nothing_is_unsaved() {
    let (mut desk, path) = saved_plan();
    elsewhere(&path, |plan| rename_erp(plan, "Dynamics"));
    desk.wait();
    assert_eq!(desk.plan().system_name(&SystemId::new("erp")), "Dynamics");
    assert!(desk.sees("it was read again"));
    assert!(!desk.sees("edited"));
    desk.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.plan().system_name(&SystemId::new("erp")), "ERP");
}

#[test]
fn a_change_elsewhere_is_merged_with_unsaved_work() {
    let (mut desk, path) = saved_plan();
    add_system(&mut desk, "CRM");
    elsewhere(&path, |plan| rename_erp(plan, "Dynamics"));
    desk.wait();
    assert!(desk.sees("shop.plan.ron was changed elsewhere"));
    desk.click("Compare");
    assert!(desk.sees("renamed, was ERP"));
    assert!(desk.sees("- CRM (crm)"), "the file does not have it");
    desk.click("Merge");
    assert_eq!(systems(desk.plan()), ["crm", "erp", "web-shop"]);
    assert_eq!(desk.plan().system_name(&SystemId::new("erp")), "Dynamics");
    desk.press_with(Modifiers::COMMAND, Key::S);
    assert!(!desk.sees("was changed elsewhere"), "the merge knows their version");
    assert_eq!(in_file(&path), *desk.plan());
}

#[test]
fn saving_over_somebody_elses_work_asks_and_keeps_it() {
    let (mut desk, path) = saved_plan();
    add_system(&mut desk, "CRM");
    elsewhere(&path, |plan| rename_erp(plan, "Dynamics"));
    desk.press_with(Modifiers::COMMAND, Key::S);
    assert!(desk.sees("The plan was not saved"));
    assert_eq!(in_file(&path).system_name(&SystemId::new("erp")), "Dynamics");
    desk.click("Keep mine");
    assert_eq!(in_file(&path), *desk.plan());
    desk.run("Versions");
    desk.press(Key::Tab);
    desk.press(Key::Enter);
    assert!(desk.sees("renamed, was ERP"), "their version is the newest one that was kept");
}

#[test]
fn reading_again_is_a_step_that_can_be_taken_back() {
    let (mut desk, path) = saved_plan();
    add_system(&mut desk, "CRM");
    elsewhere(&path, |plan| rename_erp(plan, "Dynamics"));
    desk.press_with(Modifiers::COMMAND, Key::S);
    desk.click("Read again");
    assert_eq!(*desk.plan(), in_file(&path));
    desk.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(systems(desk.plan()), ["crm", "erp", "web-shop"]);
    assert!(desk.sees("edited"));
}

#[test]
fn a_file_of_that_name_is_not_replaced_without_a_question() {
    let (mut desk, path) = saved_plan();
    let other = desk.path("other.plan.ron");
    plan_file::save(&Plan::named("Years of work"), &other).unwrap();
    desk.save_as(&other);
    assert!(desk.sees("Replace other.plan.ron?"));
    assert!(desk.sees("Years of work"));
    desk.press(Key::Escape);
    assert_eq!(in_file(&other).name, "Years of work");
    desk.save_as(&other);
    desk.click("Replace");
    assert_eq!(in_file(&other), *desk.plan());
    assert!(path.exists());
    desk.run("Versions");
    assert!(desk.sees("saved, then replaced"), "what was replaced is kept");
}

#[test]
fn a_file_that_cannot_be_read_is_never_replaced() {
    let (mut desk, _) = saved_plan();
    let broken = desk.path("broken.plan.ron");
    std::fs::write(&broken, "(half a plan").unwrap();
    desk.save_as(&broken);
    assert!(desk.sees("cannot be read, so that it is not replaced"));
    assert!(!desk.sees("Replace \""), "there is no button for it");
    assert_eq!(std::fs::read_to_string(&broken).unwrap(), "(half a plan");
}

#[test]
fn a_disk_that_fails_gets_a_sentence_and_the_work_stays() {
    let (mut desk, path) = saved_plan();
    add_system(&mut desk, "CRM");
    let away = desk.path("nowhere/shop.plan.ron");
    desk.save_as(&away);
    assert!(desk.sees("The plan was not saved, because"));
    desk.press(Key::Escape);
    assert_eq!(systems(desk.plan()), ["crm", "erp", "web-shop"]);
    assert!(desk.sees("edited"));
    assert!(!desk.sees("Saved"));
    desk.press_with(Modifiers::COMMAND, Key::S);
    assert_eq!(systems(&in_file(&path)), ["crm", "erp", "web-shop"], "the document still has its file");
}

#[test]
fn a_state_folder_that_cannot_be_written_is_said_and_work_goes_on() {
    let mut desk = Desk::new();
    let path = desk.path("shop.plan.ron");
    std::fs::remove_dir_all(desk.path("state")).unwrap();
    std::fs::write(desk.path("state"), "no folder").unwrap();
    erp_feeds_shop(&mut desk);
    desk.wait();
    assert!(desk.sees("Steps are not protected against a crash"));
    desk.save_as(&path);
    assert!(!desk.sees("edited"));
    assert_eq!(systems(&in_file(&path)), ["erp", "web-shop"]);
}

#[test]
fn a_version_gets_a_name_and_a_variant_goes_on_in_its_own_file() {
    let (mut desk, path) = saved_plan();
    desk.run("Name this version");
    desk.type_text("Committee, May");
    desk.press(Key::Enter);
    let named = desk.path("shop.committee-may.plan.ron");
    assert_eq!(in_file(&named), in_file(&path));
    add_system(&mut desk, "CRM");
    desk.run("Save as variant");
    desk.type_text("Two hubs");
    desk.press(Key::Enter);
    assert!(!desk.sees("edited"));
    assert!(desk.sees("shop.two-hubs.plan.ron"), "it is the open document now");
    assert_eq!(systems(&in_file(&desk.path("shop.two-hubs.plan.ron"))), ["crm", "erp", "web-shop"]);
    assert_eq!(systems(&in_file(&path)), ["erp", "web-shop"], "and the plan stays as it was saved");
}
