//! The overview of a plan: groups as boxes, one of them opened, the way back, and jumping into it.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use hybridscape::model::SystemId;

use super::desk::Desk;

/// The beginning of what the box of an area says.
const SHARED: &str = "Group Shared, 2 systems";

#[test]
fn a_group_is_opened_by_keyboard_and_escape_goes_back() {
    let mut desk = Desk::with_sample("manufacturer", egui::Theme::Light);
    desk.press(Key::O);
    assert!(desk.sees(SHARED) && !desk.sees("Card Salesforce"));
    let label = desk.label_with(SHARED);
    desk.focus(&label);
    desk.press(Key::Enter);
    assert!(desk.sees("Card Data warehouse") && desk.sees("Card Integration platform"));
    assert!(!desk.sees("Card Salesforce"), "only its own systems");
    assert!(desk.sees("Neighbour Customers and sales"), "and its neighbours as boxes");
    desk.press(Key::Escape);
    desk.press(Key::Escape);
    assert!(desk.sees(SHARED), "the selection goes first, then the group");
    desk.press(Key::Escape);
    assert!(desk.sees("Card Salesforce"));
}

#[test]
fn a_double_click_opens_a_group_and_the_way_back_stands_in_the_corner() {
    let mut desk = Desk::with_sample("manufacturer", egui::Theme::Light);
    desk.click("Show the overview");
    let at = desk.window.get_by_label(&desk.label_with("Group Product data")).rect().center();
    desk.window.hover_at(at);
    desk.window.step();
    // Within one frame, because a frame of a story takes longer than people wait between two clicks.
    let button = |pressed| egui::Event::PointerButton {
        pos: at,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    desk.window.input_mut().events.extend([true, false, true, false].map(button));
    desk.settle();
    assert!(desk.sees("Card Product lifecycle"));
    desk.click("Back to the overview");
    assert!(desk.sees(SHARED));
    desk.click("Every system");
    assert!(desk.sees("Card Product lifecycle") && desk.sees("Card Salesforce"));
}

#[test]
fn what_is_jumped_to_opens_the_group_that_holds_it() {
    let mut desk = Desk::with_sample("manufacturer", egui::Theme::Light);
    desk.press(Key::O);
    desk.press(Key::Slash);
    desk.type_text("Field service");
    desk.press(Key::Enter);
    assert!(desk.sees("Card Field service") && desk.sees("Back to the overview"));
    assert!(!desk.sees("Card Data warehouse"));
    desk.click("Back to the overview");
    desk.press(Key::F8);
    assert!(desk.sees("Back to the overview"), "the next finding names a system");
}

#[test]
fn a_new_system_in_an_open_area_belongs_to_it() {
    let mut desk = Desk::with_sample("manufacturer", egui::Theme::Light);
    desk.press(Key::O);
    let label = desk.label_with(SHARED);
    desk.focus(&label);
    desk.press(Key::Enter);
    desk.press(Key::Escape);
    desk.press(Key::S);
    desk.type_text("Archive");
    desk.press(Key::Enter);
    let area = desk.plan().systems[&SystemId::new("archive")].area.clone();
    assert_eq!(area.map(|id| id.to_string()).as_deref(), Some("shared"));
    assert!(desk.sees("Card Archive"));
}

#[test]
fn who_goes_far_away_sees_the_overview_and_the_exported_picture_shows_it() {
    let mut desk = Desk::with_sample("telecom", egui::Theme::Light);
    for _ in 0..6 {
        desk.press_with(Modifiers::COMMAND, Key::Minus);
    }
    assert!(desk.sees("Group Billing and finance, 10 systems"));
    desk.run("Export the picture");
    let path = desk.path("overview.svg");
    desk.type_over(&path.display().to_string());
    desk.press(Key::Enter);
    let svg = std::fs::read_to_string(path).unwrap();
    assert!(svg.contains("8 groups of systems") || svg.contains("groups of systems and"), "{}", &svg[..400]);
}
