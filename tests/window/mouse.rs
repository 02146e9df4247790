//! The same job with the mouse.

use egui::{Pos2, Vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use hybridscape::model::{Disposition, DomainId, FlowId, Role, SystemId};

use super::desk::Desk;

impl Desk {
    fn rect(&self, label: &str) -> egui::Rect {
        self.window.get_by_label(label).rect()
    }

    pub(super) fn drag(&mut self, from: Pos2, to: Pos2) {
        self.window.drag_at(from);
        self.window.step();
        for share in [0.2, 0.6, 1.0] {
            self.window.hover_at(from + (to - from) * share);
            self.window.step();
        }
        self.window.drop_at(to);
        self.settle();
    }
}

#[test]
fn a_flow_is_drawn_from_the_edge_of_a_card() {
    let mut desk = Desk::with_sample("article", egui::Theme::Light);
    let (from, to) = (desk.rect("Card Salesforce"), desk.rect("Card Accounting"));
    desk.drag(from.left_center() + Vec2::new(3.0, 8.0), to.center());
    assert!(desk.plan().flows.contains_key(&FlowId::new("salesforce-to-accounting")));
    assert!(desk.sees("Add a domain"), "the inspector asks what it carries");
}

#[test]
fn a_card_is_moved_and_stays_where_it_was_put() {
    let mut desk = Desk::with_sample("article", egui::Theme::Light);
    let before = desk.rect("Card ERP");
    desk.drag(before.center(), before.center() + Vec2::new(-60.0, 40.0));
    let after = desk.rect("Card ERP");
    assert!((after.center() - before.center() - Vec2::new(-60.0, 40.0)).length() < 8.0);
    let placed: Vec<_> = desk.plan().drawing.positions.keys().map(SystemId::as_str).collect();
    assert!(placed.contains(&"erp"));
}

#[test]
fn a_box_selects_the_cards_that_it_touches() {
    let mut desk = Desk::with_sample("article", egui::Theme::Light);
    let cards = desk.rect("Card Legacy CRM").union(desk.rect("Card ERP"));
    desk.drag(cards.min - Vec2::splat(14.0), cards.max + Vec2::splat(14.0));
    desk.press(egui::Key::Num4);
    let retired = desk.plan().systems.iter().filter(|(_, system)| system.disposition == Disposition::Retire);
    let retired: Vec<_> = retired.map(|(id, _)| id.as_str()).collect();
    assert!(retired.contains(&"erp") && retired.contains(&"legacy-crm"), "{retired:?}");
}

#[test]
fn the_ownership_matrix_sets_the_truth_and_roles() {
    let mut desk = Desk::with_sample("article", egui::Theme::Light);
    desk.click("Stage Target");
    desk.click("Data ownership");
    desk.click("Campaign in Salesforce: reads");
    desk.click("edits");
    let salesforce = &desk.plan().systems[&SystemId::new("salesforce")];
    assert_eq!(salesforce.holdings[&DomainId::new("campaign")].role, Some(Role::Author));
}

#[test]
fn a_fix_is_one_click_away() {
    let mut desk = Desk::with_sample("article", egui::Theme::Light);
    desk.click("Stage Target");
    desk.filter_findings("truth-leaves account");
    assert!(desk.sees("Legacy CRM is still the source of truth for Account"));
    desk.click_last("Move the truth for Account to Salesforce");
    assert!(!desk.sees("Legacy CRM is still the source of truth for Account"));
    let account = &desk.plan().domains[&DomainId::new("account")];
    assert_eq!(account.truth.last().unwrap().system.as_str(), "salesforce");
}

#[test]
fn every_menu_item_and_card_has_a_name() {
    let desk = Desk::with_sample("bank", egui::Theme::Dark);
    let needs_a_name =
        [egui::Role::Button, egui::Role::TextInput, egui::Role::CheckBox, egui::Role::ComboBox];
    let nodes = desk.window.root().children_recursive();
    let unnamed: Vec<_> = nodes
        .filter(|node| needs_a_name.contains(&node.accesskit_node().role()))
        .filter(|node| node.accesskit_node().label().is_none())
        .map(|node| format!("{:?} {:?}", node.accesskit_node().role(), node.rect()))
        .collect();
    assert!(unnamed.is_empty(), "without a name: {unnamed:#?}");
}

/// A file that a person drops on the window.
#[derive(Debug)]
struct Dropped(std::path::PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &std::path::Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

#[test]
fn a_dropped_file_is_opened() {
    let mut desk = Desk::new();
    let file = std::sync::Arc::new(Dropped(super::desk::sample("bank")));
    desk.window.input_mut().dropped_files.push(file);
    desk.settle();
    assert_eq!(desk.plan().name, "Regional bank");
}

#[test]
fn a_flow_dropped_on_a_hub_asks_for_the_other_end() {
    let mut desk = Desk::with_sample("bank", egui::Theme::Light);
    let (from, hub) = (desk.rect("Card Contact centre"), desk.rect("Card Enterprise service bus"));
    desk.drag(from.center_bottom() - Vec2::new(20.0, 2.0), hub.center());
    assert!(desk.sees("Connect Contact centre via Enterprise service bus to"));
    desk.type_text("KYC");
    desk.press(egui::Key::Enter);
    let flow = &desk.plan().flows[&FlowId::new("contact-centre-to-kyc")];
    assert_eq!(flow.via, [SystemId::new("enterprise-service-bus")]);
}

#[test]
fn the_hand_moves_the_picture_and_home_shows_everything_again() {
    let mut desk = Desk::with_sample("article", egui::Theme::Light);
    let before = desk.rect("Card ERP");
    desk.press(egui::Key::H);
    // The pointer comes from far away and presses in the same frame.
    desk.window.hover_at(Pos2::new(1000.0, 600.0));
    desk.settle();
    let empty = Pos2::new(400.0, 150.0);
    desk.drag(empty, empty + Vec2::new(50.0, 30.0));
    let moved = desk.rect("Card ERP").center() - before.center();
    assert!((moved - Vec2::new(50.0, 30.0)).length() < 8.0, "moved by {moved:?}");
    desk.press(egui::Key::Home);
    let back = desk.rect("Card ERP").center() - before.center();
    assert!(back.length() < 1.0, "off by {back:?}");
}
