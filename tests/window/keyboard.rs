//! The whole job without a mouse.

use egui::{Key, Modifiers};
use hybridscape::model::{Disposition, DomainId, FlowId, SystemId};

use super::desk::Desk;

/// Draws two systems and a flow that carries orders, by keyboard alone.
pub fn erp_feeds_shop(desk: &mut Desk) {
    for name in ["Web shop", "ERP"] {
        desk.press(Key::S);
        desk.type_text(name);
        desk.press(Key::Enter);
    }
    desk.press(Key::F);
    desk.type_text("shop");
    desk.press(Key::Enter);
    desk.type_text("Order");
    desk.press(Key::Enter);
    desk.press(Key::Escape);
    desk.press(Key::Escape);
}

#[test]
fn two_systems_and_a_flow_are_drawn_by_keyboard() {
    let mut desk = Desk::new();
    erp_feeds_shop(&mut desk);
    let plan = desk.plan();
    assert_eq!(plan.systems.keys().map(SystemId::as_str).collect::<Vec<_>>(), ["erp", "web-shop"]);
    let flow = &plan.flows[&FlowId::new("erp-to-web-shop")];
    assert!(flow.carries_domain(&DomainId::new("order")));
    assert!(desk.sees("Order is used by 2 systems and none of them is its source of truth."));
}

#[test]
fn a_finding_is_fixed_and_undone_by_keyboard() {
    let mut desk = Desk::new();
    erp_feeds_shop(&mut desk);
    desk.press(Key::F8);
    desk.press_with(Modifiers::COMMAND, Key::Period);
    assert!(desk.sees("Findings that go (1)"), "the preview says what the fix would change");
    desk.press(Key::Enter);
    assert!(!desk.sees("none of them is its source of truth"));
    assert_eq!(desk.plan().domains[&DomainId::new("order")].truth[0].system.as_str(), "erp");
    desk.press_with(Modifiers::COMMAND, Key::Z);
    assert!(desk.sees("none of them is its source of truth"), "undo brings the finding back");
}

#[test]
fn systems_are_tagged_by_digits_and_deleting_says_what_goes() {
    let mut desk = Desk::new();
    erp_feeds_shop(&mut desk);
    desk.press_with(Modifiers::COMMAND, Key::A);
    desk.press(Key::Num1);
    assert!(desk.plan().systems.values().all(|system| system.disposition == Disposition::Integrate));
    desk.press(Key::Slash);
    desk.type_text("web");
    desk.press(Key::Enter);
    desk.press(Key::Num2);
    assert_eq!(desk.plan().systems[&SystemId::new("web-shop")].disposition, Disposition::Migrate);
    desk.press(Key::Delete);
    assert!(desk.sees("Delete Web shop, with 1 flow"));
    assert!(desk.plan().flows.is_empty());
}

#[test]
fn a_plan_is_saved_and_opened_again_by_keyboard() {
    let mut desk = Desk::new();
    erp_feeds_shop(&mut desk);
    let path = desk.path("northwind");
    assert!(desk.sees("edited"));
    desk.press_with(Modifiers::COMMAND, Key::S);
    desk.type_over(&path.display().to_string());
    desk.press(Key::Enter);
    assert!(desk.sees("northwind.plan.ron"), "the ending is added");
    assert!(!desk.sees("edited"));
    let saved = desk.plan().clone();

    desk.press_with(Modifiers::COMMAND, Key::N);
    assert!(desk.plan().systems.is_empty());
    desk.press_with(Modifiers::COMMAND, Key::O);
    desk.type_over(&format!("{}.plan.ron", path.display()));
    desk.press(Key::Enter);
    assert_eq!(*desk.plan(), saved);
}

#[test]
fn unsaved_work_is_not_dropped_without_a_question() {
    let mut desk = Desk::new();
    erp_feeds_shop(&mut desk);
    desk.press_with(Modifiers::COMMAND, Key::N);
    assert!(desk.sees("your work stays among the earlier versions"));
    desk.press(Key::Escape);
    assert_eq!(desk.plan().systems.len(), 2, "escape keeps everything");
    desk.press_with(Modifiers::COMMAND, Key::N);
    desk.click("Don't save");
    assert!(desk.plan().systems.is_empty());
}

#[test]
fn a_broken_file_gets_a_sentence_and_stays_as_it_is() {
    let mut desk = Desk::new();
    let path = desk.path("broken.plan.ron");
    let text = "(\n    format: 1,\n    name: \"Broken\",\n    systms: {},\n)\n";
    std::fs::write(&path, text).unwrap();
    desk.press_with(Modifiers::COMMAND, Key::O);
    desk.type_over(&path.display().to_string());
    desk.press(Key::Enter);
    assert!(desk.sees("systms"), "the sentence names what is wrong");
    assert!(desk.sees("line 4"), "and where");
    desk.press(Key::Escape);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn stages_are_walked_by_brackets_and_the_document_is_exported() {
    let mut desk = Desk::with_sample("article", egui::Theme::Light);
    assert!(desk.sees("6 direct links between 5 systems. A hub would need 5."));
    for _ in 0..3 {
        desk.press(Key::CloseBracket);
    }
    assert!(desk.sees("Connection lost") || desk.sees("Accounting loses Account when Legacy CRM goes"));
    let path = desk.path("summary.html");
    desk.press_with(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::E);
    desk.type_over(&path.display().to_string());
    desk.press(Key::Enter);
    let html = std::fs::read_to_string(path).unwrap();
    assert!(html.contains("Legacy CRM") && html.contains("<svg"));
}

#[test]
fn arrows_move_the_selected_card_and_typing_in_a_field_does_not() {
    let mut desk = Desk::with_sample("article", egui::Theme::Light);
    let erp = SystemId::new("erp");
    desk.press(Key::Slash);
    desk.type_text("ERP");
    desk.press(Key::Enter);
    let flows = desk.plan().flows.len();
    desk.press(Key::ArrowRight);
    let first = desk.plan().drawing.positions[&erp];
    desk.press_with(Modifiers::SHIFT, Key::ArrowDown);
    let second = desk.plan().drawing.positions[&erp];
    assert_eq!((second.0 - first.0, second.1 - first.1), (0, 10));
    assert_eq!(desk.plan().flows.len(), flows);
}

#[test]
fn roles_are_set_in_the_ownership_matrix_by_keyboard() {
    let mut desk = Desk::with_sample("article", egui::Theme::Light);
    desk.press_with(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::O);
    desk.focus("Account in Salesforce: edits");
    desk.press(Key::ArrowDown);
    desk.press(Key::C);
    assert!(desk.sees("Campaign in Salesforce: creates"), "the next row's cell");
    desk.press(Key::Delete);
    assert!(desk.sees("Campaign in Salesforce: nothing"), "delete empties the cell");
    assert_eq!(desk.plan().systems.len(), 6, "and deletes no system");
}

#[test]
fn not_saving_before_an_open_that_fails_keeps_the_work_and_the_question() {
    let mut desk = Desk::new();
    erp_feeds_shop(&mut desk);
    desk.press_with(Modifiers::COMMAND, Key::O);
    desk.click("Don't save");
    desk.type_over(&desk.path("missing.plan.ron").display().to_string());
    desk.press(Key::Enter);
    desk.press(Key::Escape);
    assert_eq!(desk.plan().systems.len(), 2, "the work is still there");
    assert!(desk.sees("edited"), "and still unsaved");
    desk.press_with(Modifiers::COMMAND, Key::N);
    assert!(desk.sees("your work stays among the earlier versions"));
}

#[test]
fn a_finding_is_accepted_with_a_reason_and_stands_under_accepted() {
    let mut desk = Desk::with_sample("article", egui::Theme::Light);
    desk.filter_findings("p2p-sprawl");
    desk.click("More for 6 direct links between 5 systems. A hub would need 5.");
    desk.click("Accept…");
    desk.type_text("The hub comes next year");
    desk.focus("Person");
    desk.type_text("Ada");
    desk.click("Accept");
    assert!(!desk.sees("6 direct links between 5 systems"));
    desk.click("Accepted 1");
    assert!(desk.sees("6 direct links between 5 systems"));
    let waiver = desk.plan().waivers.values().next().unwrap();
    assert_eq!((waiver.reason.as_str(), waiver.person.as_str()), ("The hub comes next year", "Ada"));
    desk.press_with(Modifiers::COMMAND, Key::Z);
    assert!(desk.plan().waivers.is_empty());
}

#[test]
fn findings_are_sorted_under_what_is_asked_for() {
    let mut desk = Desk::with_sample("article", egui::Theme::Light);
    desk.click("Group findings by");
    desk.click("Family");
    assert!(desk.sees("Source of truth, ") && !desk.sees("6 direct links between 5 systems"));
    desk.click("Sprawl, 2 findings, closed");
    assert!(desk.sees("6 direct links between 5 systems"));
}
