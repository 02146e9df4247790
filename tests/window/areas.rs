//! Areas: made, filled, renamed, moved and deleted, by keyboard and by mouse.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use hybridscape::model::{AreaId, SystemId};

use super::desk::Desk;
use super::keyboard::erp_feeds_shop;

fn area_of(desk: &Desk, system: &str) -> Option<String> {
    desk.plan().systems[&SystemId::new(system)].area.as_ref().map(AreaId::to_string)
}

#[test]
fn an_area_is_made_renamed_and_deleted_by_keyboard_each_as_one_step() {
    let mut desk = Desk::new();
    erp_feeds_shop(&mut desk);
    desk.press_with(Modifiers::COMMAND, Key::A);
    desk.press(Key::A);
    desk.type_text("Back office");
    desk.press(Key::Enter);
    assert!(desk.sees("Area Back office, 2 systems"), "it is drawn, with its name and count");
    assert_eq!(area_of(&desk, "erp").as_deref(), Some("back-office"));
    desk.press(Key::F2);
    desk.type_over("Office");
    desk.press(Key::Enter);
    assert!(desk.sees("Area Office, 2 systems"));
    desk.run("Delete the area");
    assert!(!desk.sees("Area Office") && area_of(&desk, "erp").is_none());
    assert_eq!(desk.plan().systems.len(), 2, "its systems stay");
    for (is_there, name) in [(true, "Office"), (true, "Back office"), (false, "Back office")] {
        desk.press_with(Modifiers::COMMAND, Key::Z);
        assert_eq!(desk.sees(&format!("Area {name}, 2 systems")), is_there, "{name}");
    }
}

#[test]
fn one_system_goes_into_an_area_that_is_there_and_out_again() {
    let mut desk = Desk::with_sample("manufacturer", egui::Theme::Light);
    desk.press(Key::Slash);
    desk.type_text("Data warehouse");
    desk.press(Key::Enter);
    desk.press(Key::A);
    desk.type_text("product");
    desk.press(Key::Enter);
    assert_eq!(area_of(&desk, "data-warehouse").as_deref(), Some("product"));
    desk.press(Key::Home);
    assert!(desk.sees("Area Product data, 4 systems"));
    desk.run("Take the selection out");
    assert_eq!(area_of(&desk, "data-warehouse"), None);
    desk.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(area_of(&desk, "data-warehouse").as_deref(), Some("product"));
}

#[test]
fn the_name_of_an_area_selects_its_systems_and_drags_them() {
    let mut desk = Desk::with_sample("manufacturer", egui::Theme::Light);
    desk.click("Area Shared, 2 systems");
    assert!(desk.sees("2 selected"));
    let position = |desk: &Desk, id: &str| desk.plan().drawing.positions[&SystemId::new(id)];
    let before = position(&desk, "data-warehouse");
    let other = position(&desk, "salesforce");
    desk.press_with(Modifiers::SHIFT, Key::ArrowDown);
    assert_eq!(position(&desk, "data-warehouse").1, before.1 + 10);
    let head = desk.window.get_by_label("Area Shared, 2 systems").rect().center();
    desk.drag(head, head + egui::vec2(0.0, 60.0));
    assert!(position(&desk, "data-warehouse").1 > before.1 + 60);
    assert_eq!(position(&desk, "salesforce"), other, "what is not in the area stays");
}

#[test]
fn a_box_drawn_with_the_area_tool_asks_for_the_name() {
    let mut desk = Desk::new();
    erp_feeds_shop(&mut desk);
    desk.press(Key::Home);
    desk.press(Key::A);
    let cards = ["Card ERP", "Card Web shop"].map(|card| desk.window.get_by_label(card).rect());
    let around = cards[0].union(cards[1]).expand(14.0);
    desk.drag(around.min, around.max);
    desk.type_text("All of it");
    desk.press(Key::Enter);
    assert!(desk.sees("Area All of it, 2 systems"));
}
