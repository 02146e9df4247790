//! Questions, answers, weights and choices, by keyboard.

use egui::{Key, Modifiers};
use hybridscape::model::{Answer, DecisionStatus, Disposition, Question, SystemId};

use super::desk::Desk;

const CONTROL_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };

/// The article's landscape with the keyboard in the row of the ERP, in the column *simplify*.
fn table_at_erp() -> Desk {
    let mut desk = Desk::with_sample("article", egui::Theme::Light);
    desk.press_with(CONTROL_SHIFT, Key::D);
    desk.click("By name");
    desk.press_with(CONTROL_SHIFT, Key::D);
    // Below the whole plan stand Accounting, the data warehouse and the ERP.
    press_often(&mut desk, Key::ArrowDown, 3);
    desk
}

fn press_often(desk: &mut Desk, key: Key, times: usize) {
    for _ in 0..times {
        desk.press(key);
    }
}

fn answer(desk: &Desk, system: &str, question: Question) -> Option<u8> {
    let system = &desk.plan().systems[&SystemId::new(system)];
    system.assessment.answers.get(&question).map(|answer| answer.value())
}

/// The article's landscape with the ERP selected.
fn article_with_erp() -> Desk {
    let mut desk = Desk::with_sample("article", egui::Theme::Light);
    desk.press(Key::Slash);
    desk.type_text("ERP");
    desk.press(Key::Enter);
    desk
}

#[test]
fn answers_are_given_in_the_table_by_keyboard_and_undone() {
    let mut desk = table_at_erp();
    press_often(&mut desk, Key::ArrowRight, 11);
    desk.press(Key::Num3);
    desk.press(Key::Num4);
    assert_eq!(answer(&desk, "erp", Question::Growth), Some(4));
    assert!(desk.sees("Growth of ERP: 4"));
    desk.press(Key::ArrowLeft);
    desk.press(Key::Num1);
    assert_eq!(answer(&desk, "erp", Question::PoorAdoption), Some(1));
    assert_eq!(desk.plan().systems.len(), 6, "digits answer and do not tag");
    desk.press(Key::Backspace);
    assert_eq!(answer(&desk, "erp", Question::PoorAdoption), None);
    assert_eq!(desk.plan().systems.len(), 6, "backspace empties the cell and deletes no system");
    desk.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(answer(&desk, "erp", Question::Growth), Some(4), "one cell is one step");
    desk.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(answer(&desk, "erp", Question::Growth), None);
}

#[test]
fn what_holds_for_the_whole_plan_is_asked_once() {
    let mut desk = Desk::with_sample("article", egui::Theme::Light);
    desk.press_with(CONTROL_SHIFT, Key::D);
    assert!(desk.sees("Decisions of The whole plan: 3 questions open"));
    desk.press(Key::ArrowRight);
    desk.press(Key::Num4);
    assert_eq!(desk.plan().answers[&Question::Budget], Answer::new(4).unwrap());
    assert!(desk.sees("Budget of ERP: 4, from the whole plan"));
    desk.press(Key::ArrowDown);
    desk.press(Key::Num0);
    assert_eq!(desk.plan().answers.len(), 1, "a system answers for itself");
    assert!(desk.plan().systems.values().any(|system| !system.assessment.answers.is_empty()));
}

#[test]
fn what_is_known_is_proposed_until_somebody_answers() {
    let mut desk = table_at_erp();
    let proposed = desk.label_with("Active use of ERP: ");
    assert!(proposed.ends_with(" proposed"), "{proposed}");
    press_often(&mut desk, Key::ArrowRight, 6);
    desk.press(Key::Num0);
    assert_eq!(desk.label_with("Active use of ERP: "), "Active use of ERP: 0");
    desk.press(Key::Delete);
    assert_eq!(desk.label_with("Active use of ERP: "), proposed);
}

#[test]
fn a_system_is_decided_by_keyboard_against_the_answers_with_a_reason() {
    let mut desk = article_with_erp();
    desk.press(Key::Q);
    assert!(desk.sees("Is the current system still valuable?"));
    for value in [4, 1, 4, 2, 2, 2, 0, 0, 2, 4, 4, 3, 1, 1, 2] {
        desk.press([Key::Num0, Key::Num1, Key::Num2, Key::Num3, Key::Num4][value]);
        desk.press(Key::Enter);
    }
    assert_eq!(desk.plan().systems[&SystemId::new("erp")].assessment.answers.len(), 15);
    assert!(desk.sees("Use the recommendation: integrate"));
    assert!(desk.sees("Integrate: 83 points"));
    assert!(desk.sees("Retire: 14 points, blocked. It is in use."));
    desk.press(Key::Num2);
    assert!(desk.sees("It is not what the answers recommend: say why in one line."));
    desk.type_text("The vendor stops.");
    desk.press(Key::Enter);
    let erp = &desk.plan().systems[&SystemId::new("erp")];
    assert_eq!(erp.disposition, Disposition::Migrate);
    assert_eq!(erp.assessment.override_reason, "The vendor stops.");
    let record = desk.plan().decisions.values().next().unwrap();
    assert_eq!((record.status, record.chosen.as_str()), (DecisionStatus::Accepted, "migrate"));
    assert!(!desk.sees("What becomes of ERP?"), "the form is closed");
    desk.press_with(Modifiers::COMMAND, Key::Z);
    assert!(desk.plan().decisions.is_empty(), "disposition and record are one step");
    assert_eq!(desk.plan().systems[&SystemId::new("erp")].assessment.answers.len(), 15);
}

#[test]
fn enter_at_the_end_uses_the_recommendation_and_backspace_goes_back() {
    let mut desk = article_with_erp();
    desk.press(Key::Q);
    desk.press(Key::Num4);
    desk.press(Key::Enter);
    desk.press(Key::Backspace);
    assert!(desk.sees("Is the current system still valuable?"), "back at the first question");
    desk.press(Key::Delete);
    assert_eq!(answer(&desk, "erp", Question::StillValuable), None);
    for value in [Key::Num4, Key::Num1, Key::Num4, Key::Num2, Key::Num2, Key::Num2] {
        desk.press(value);
        desk.press(Key::Enter);
    }
    desk.click("To the choice");
    desk.press(Key::Enter);
    assert_eq!(desk.plan().systems[&SystemId::new("erp")].disposition, Disposition::Integrate);
    assert_eq!(desk.plan().decisions.len(), 1);
}

#[test]
fn weights_are_changed_for_the_plan_and_put_back() {
    let mut desk = Desk::with_sample("article", egui::Theme::Light);
    desk.press_with(CONTROL_SHIFT, Key::D);
    desk.click("Weights…");
    assert!(desk.sees("a proposal fitted to archetypes"));
    desk.focus("Weight of budget for migrate");
    desk.type_text("0.5");
    assert_eq!(desk.plan().weights.get("budget.migrate"), Some(&0.5));
    assert!(desk.sees("1 weight differs from the proposal"));
    desk.type_over("2");
    assert!(desk.plan().weights.is_empty(), "the proposed weight is not kept");
    desk.type_over("x");
    assert!(desk.plan().weights.is_empty(), "what is no number changes nothing");
    desk.type_over("4");
    desk.click("Back to the proposed weights");
    assert!(desk.plan().weights.is_empty());
}
