//! Arranging, tidying and pinning cards.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use hybridscape::model::{Position, SystemId};

use super::desk::Desk;

const CONTROL_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };

fn position(desk: &Desk, id: &str) -> Option<Position> {
    desk.plan().drawing.positions.get(&SystemId::new(id)).copied()
}

fn select(desk: &mut Desk, name: &str) {
    desk.press(Key::Slash);
    desk.type_text(name);
    desk.press(Key::Enter);
}

#[test]
fn everything_is_arranged_for_a_sheet_of_paper_as_one_step() {
    let mut desk = Desk::with_sample("telecom", egui::Theme::Light);
    let before = desk.plan().drawing.positions.clone();
    let width_for_height = |desk: &Desk| {
        let at = || desk.plan().drawing.positions.values();
        let (wide, high) = (at().map(|at| at.0), at().map(|at| at.1));
        let span = |all: Vec<i32>| f64::from(all.iter().max().unwrap() - all.iter().min().unwrap());
        span(wide.collect()) / span(high.collect())
    };
    desk.run("Arrange all, round the pinned ones");
    let screen = width_for_height(&desk);
    desk.run("Arrange all for a sheet of A4");
    assert!(width_for_height(&desk) < screen, "{} is not less than {screen}", width_for_height(&desk));
    for _ in 0..2 {
        desk.press_with(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(desk.plan().drawing.positions, before);
}

#[test]
fn the_selection_is_arranged_alone_and_undone() {
    let mut desk = Desk::with_sample("article", egui::Theme::Light);
    desk.press_with(Modifiers::COMMAND, Key::L);
    let arranged = desk.plan().drawing.positions.clone();
    assert_eq!(arranged.len(), 6);
    select(&mut desk, "ERP");
    for _ in 0..30 {
        desk.press_with(Modifiers::SHIFT, Key::ArrowDown);
    }
    let moved = desk.plan().drawing.positions.clone();
    desk.press(Key::Home);
    desk.window.get_by_label("Card Accounting").click_modifiers(Modifiers::SHIFT);
    desk.settle();
    desk.press(Key::L);
    let now = &desk.plan().drawing.positions;
    assert_ne!(now[&SystemId::new("accounting")], moved[&SystemId::new("accounting")]);
    for (id, at) in &moved {
        let is_selected = ["erp", "accounting"].contains(&id.as_str());
        assert!(is_selected || now[id] == *at, "{id} was not selected and stays");
    }
    desk.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.plan().drawing.positions, moved, "one step");
}

#[test]
fn a_pinned_card_shows_it_and_stays_where_it_is() {
    let mut desk = Desk::with_sample("article", egui::Theme::Light);
    select(&mut desk, "ERP");
    desk.press_with(Modifiers::SHIFT, Key::ArrowDown);
    let at = position(&desk, "erp");
    desk.press_with(CONTROL_SHIFT, Key::L);
    assert!(desk.sees("Card ERP, pinned"));
    desk.press_with(Modifiers::COMMAND, Key::L);
    assert_eq!(position(&desk, "erp"), at);
    select(&mut desk, "ERP");
    desk.press_with(CONTROL_SHIFT, Key::L);
    assert!(!desk.sees("Card ERP, pinned"));
}

#[test]
fn overlapping_cards_are_put_apart_and_what_is_tidy_stays() {
    let mut desk = Desk::with_sample("article", egui::Theme::Light);
    desk.press_with(Modifiers::COMMAND, Key::L);
    desk.press_with(Modifiers::SHIFT, Key::L);
    let tidy = desk.plan().drawing.positions.clone();
    desk.press_with(Modifiers::SHIFT, Key::L);
    assert!(desk.sees("Everything is tidy"));
    assert_eq!(desk.plan().drawing.positions, tidy);
    select(&mut desk, "ERP");
    desk.press(Key::ArrowDown);
    desk.press(Key::ArrowDown);
    assert_ne!(position(&desk, "erp").unwrap().1, position(&desk, "salesforce").unwrap().1);
    desk.press(Key::Escape);
    desk.press_with(Modifiers::SHIFT, Key::L);
    let rows = ["erp", "salesforce"].map(|id| position(&desk, id).unwrap().1);
    assert_eq!(rows[0], rows[1], "two units off the row are straightened");
}
