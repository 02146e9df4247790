//! Two people differ: conflicts are decided by name, and files that were merged by line are merged again.

use std::path::PathBuf;

use egui::{Key, Modifiers};
use hybridscape::model::{FlowId, SystemId};
use hybridscape::plan_file;

use super::desk::Desk;
use super::saving::in_file;

/// A plan in which two people disagree about two flows.
fn with_conflicts(desk: &mut Desk) -> PathBuf {
    let plan = |mapping: &str, notes: &str| {
        plan_file::read(&format!(
            r#"(format: 1, name: "Shop", systems: {{"erp": (name: "ERP"), "shop": (name: "Shop")}},
                flows: {{"f": (from: "erp", to: "shop", mapping: "{mapping}", notes: "{notes}")}})"#
        ))
        .unwrap()
    };
    let merged = hybridscape::share::merge(
        &plan("draft", "as it was"),
        &plan("agreed", "ours"),
        &plan("done", "theirs"),
    );
    let path = desk.path("shop.plan.ron");
    plan_file::save(&merged.unwrap().plan, &path).unwrap();
    desk.open(&path);
    path
}

fn mapping(desk: &Desk) -> &str {
    desk.plan().flows[&FlowId::new("f")].mapping.unwrap().word()
}

#[test]
fn conflicts_are_decided_with_the_mouse_each_as_a_step() {
    let mut desk = Desk::new();
    with_conflicts(&mut desk);
    assert!(desk.sees("2 conflicts to decide"));
    assert!(desk.sees("says agreed") && desk.sees("says done"), "both sides are in words");
    assert!(!desk.sees("Keep both: ERP → Shop, mapping"), "two words of a closed set cannot both stand");
    desk.click("Take theirs: ERP → Shop, mapping");
    assert_eq!(mapping(&desk), "done");
    assert!(desk.sees("1 conflict to decide"));
    desk.click("Keep both: ERP → Shop, notes");
    assert_eq!(desk.plan().flows[&FlowId::new("f")].notes, "ours\ntheirs");
    assert!(desk.sees("All conflicts are decided"));
    for _ in 0..2 {
        desk.press_with(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!((mapping(&desk), desk.plan().conflicts.len()), ("agreed", 2), "both decisions are taken back");
}

#[test]
fn conflicts_are_decided_with_the_keyboard_and_what_does_not_fit_is_refused() {
    let mut desk = Desk::new();
    with_conflicts(&mut desk);
    desk.press(Key::Enter);
    assert_eq!(desk.plan().conflicts.len(), 2, "nothing is chosen beforehand");
    desk.press(Key::Tab);
    desk.press(Key::Tab);
    desk.press(Key::Enter);
    assert_eq!(mapping(&desk), "done");
    desk.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(mapping(&desk), "done", "an open dialog keeps the keyboard");
    desk.press(Key::Escape);
    desk.press_with(Modifiers::COMMAND, Key::Z);
    desk.run("Decide conflicts");
    desk.focus("Another value: ERP → Shop, mapping");
    desk.type_text("perfect");
    desk.press(Key::Enter);
    assert!(desk.sees("The value does not fit"));
    desk.focus("Another value: ERP → Shop, mapping");
    desk.type_over("none");
    desk.press(Key::Enter);
    assert_eq!(mapping(&desk), "none");
}

#[test]
fn a_file_with_conflict_markers_is_merged_by_meaning() {
    let mut desk = Desk::new();
    let path = desk.path("shop.plan.ron");
    let side = |name: &str, domain: &str| {
        format!("    systems: {{\"erp\": (name: \"{name}\")}},\n    domains: {{{domain}}},\n")
    };
    let text = format!(
        "(\n    format: 1,\n    name: \"Shop\",\n<<<<<<< ours\n{}||||||| base\n{}=======\n{}>>>>>>> theirs\n)\n",
        side("Dynamics", ""),
        side("ERP", ""),
        side("ERP", "\"order\": (name: \"Order\")")
    );
    std::fs::write(&path, &text).unwrap();
    desk.open(&path);
    assert!(desk.sees("shop.plan.ron is half merged"));
    assert!(desk.sees("Nothing is left to decide."));
    desk.press(Key::Enter);
    assert_eq!(desk.plan().system_name(&SystemId::new("erp")), "Dynamics");
    assert_eq!(desk.plan().domains.len(), 1);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text, "the file waits for Save");
    assert!(desk.sees("edited"));
    let mut desk = desk.crash();
    desk.press(Key::Enter);
    desk.press_with(Modifiers::COMMAND, Key::S);
    assert_eq!(in_file(&path), *desk.plan());
}
