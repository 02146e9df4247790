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
fn a_line_goes_round_a_card_that_is_dragged_between_its_ends_while_the_button_is_held() {
    let mut desk = Desk::with_sample("article", egui::Theme::Light);
    // A straight line with room for a card on it, and a card at neither of its ends.
    let scene = desk.window.state().picture().unwrap().clone();
    let card = |id: &SystemId| scene.card(id).unwrap();
    let mut lines = scene.flows.iter().filter(|line| !line.flows.is_empty());
    let (line, dragged) = lines
        .find_map(|line| {
            let is_other = |card: &&hybridscape::scene::Card| ![&line.from, &line.to].contains(&&card.id);
            let place = scene.cards.iter().filter(is_other).find(|dragged| {
                let to = middle(line, dragged.rect);
                scene.cards.iter().all(|card| card.id == dragged.id || !card.rect.grown(12).overlaps(&to))
            })?;
            Some((line.clone(), place.clone()))
        })
        .expect("a line with room on it");
    let to = middle(&line, dragged.rect);
    let is_crossed = |points: &[hybridscape::arrange::Point], rect: hybridscape::arrange::Rect| {
        points.windows(2).any(|pair| rect.is_crossed_by(pair[0], pair[1]))
    };
    assert!(is_crossed(&line.points, to), "{line:?}");
    let on_screen = desk.rect(&format!("Card {}", card(&dragged.id).name));
    let zoom = on_screen.width() / dragged.rect.width as f32;
    let by = Vec2::new((to.x - dragged.rect.x) as f32, (to.y - dragged.rect.y) as f32) * zoom;
    desk.window.drag_at(on_screen.center());
    desk.window.step();
    for share in [0.3, 0.7, 1.0, 1.0] {
        desk.window.hover_at(on_screen.center() + by * share);
        desk.window.step();
    }
    desk.window.run_steps(2);
    let held = desk.window.state().picture().unwrap().clone();
    let now = held.card(&dragged.id).unwrap().rect;
    assert!((now.x - to.x).abs() < 3 && (now.y - to.y).abs() < 3, "{now:?} {to:?}");
    let same = |other: &&hybridscape::scene::FlowLine| other.flows == line.flows && other.from == line.from;
    let route = &held.flows.iter().find(same).unwrap().points;
    assert!(!is_crossed(route, now), "{route:?} runs through {now:?}");
    let steps = desk.window.state().plan().clone();
    assert!(!steps.drawing.positions.get(&dragged.id).is_some_and(|at| at.0 == now.x && at.1 == now.y));
    // Nothing jumps when the card is dropped, and one step takes all back.
    desk.window.drop_at(on_screen.center() + by);
    desk.settle();
    let dropped = desk.window.state().picture().unwrap().clone();
    let points = |scene: &hybridscape::scene::Scene| -> Vec<_> {
        scene.flows.iter().map(|line| line.points.clone()).collect()
    };
    assert_eq!(points(&dropped), points(&held));
    desk.press_with(egui::Modifiers::COMMAND, egui::Key::Z);
    assert_eq!(points(desk.window.state().picture().unwrap()), points(&scene));
}

/// The place of a card in the middle of a line's longest piece.
fn middle(
    line: &hybridscape::scene::FlowLine,
    card: hybridscape::arrange::Rect,
) -> hybridscape::arrange::Rect {
    let pieces = line.points.windows(2).map(|pair| hybridscape::arrange::Rect::between(pair[0], pair[1]));
    let longest = pieces.max_by_key(|piece| piece.width + piece.height).unwrap_or_default();
    hybridscape::arrange::Rect::around(longest.centre(), card.width, card.height)
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
fn what_a_fix_asks_to_choose_among_is_selected() {
    let mut desk = Desk::with_sample("manufacturer", egui::Theme::Light);
    desk.click_last("Show the cyclic core of 6 systems");
    assert!(desk.sees("6 selected") && desk.sees("6 systems"), "{:?}", desk.labels_with("selected"));
}

#[test]
fn what_a_fix_asks_to_choose_among_is_shown_at_the_stage_at_which_it_stands() {
    let mut desk = Desk::with_sample("bank", egui::Theme::Light);
    desk.click("Stage Target");
    desk.filter_findings("obsolete-kept");
    desk.click_last("Warning: Core banking is at its end (its technical fit is 1 of 4), yet the plan keeps and connects it.");
    desk.click("Stage Today");
    desk.run("Preview the fixes of the finding");
    desk.click_last("Limit Core banking to bridges: say until which wave its 8 flows are needed");
    desk.click("Open");
    assert!(desk.sees("8 selected"), "{:?}", desk.labels_with("selected"));
    let stage = desk.window.get_by_label("Stage Target");
    assert_eq!(stage.accesskit_node().toggled(), Some(egui::accesskit::Toggled::True));
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

#[test]
fn a_dropped_file_is_opened() {
    let mut desk = Desk::new();
    desk.drop_file(&super::desk::sample("bank"));
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

#[test]
fn the_canvas_is_as_wide_whatever_is_selected() {
    for sample in ["article", "university"] {
        let mut desk = Desk::with_sample(sample, egui::Theme::Light);
        let before = desk.rect("Canvas");
        let cards = desk.labels_with("Card ");
        assert!(cards.len() > 5, "{cards:?}");
        let mut flows = 0;
        for card in cards {
            desk.click(&card);
            assert_eq!(desk.rect("Canvas"), before, "{card} of {sample} is selected");
            if let Some(flow) = desk.labels_with(" → ").first() {
                desk.click_last(flow);
                assert_eq!(desk.rect("Canvas"), before, "{flow} of {sample} is selected");
                flows += 1;
            }
        }
        assert!(flows > 5, "no flow was selected");
    }
}
