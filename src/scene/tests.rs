//! What is drawn of a small plan at its stages, and what changes between them.

use std::sync::Arc;

use super::*;
use crate::arrange::Rect;
use crate::landscape::{Index, Landscape};
use crate::model::{
    Claim, DataDomain, Disposition, DomainId, Flow, FlowId, Kind, Migration, Payload, Plan, Stage, System,
    SystemId, Wave, WaveId,
};
use crate::rules::Severity;

/// A CRM that moves into the focal system, an ERP behind a hub, and a flow to a system that is not there.
pub(crate) fn small_plan() -> Plan {
    let mut plan = Plan::named("Small <plan> & more");
    plan.focal_system = Some(SystemId::new("focal"));
    plan.waves.insert(WaveId::new("w1"), Arc::new(Wave { name: "Wave 1".into(), ..Wave::default() }));
    let mut add = |id: &str, name: &str, kind: Kind, disposition: Disposition| {
        let system = System { kind, disposition, ..System::named(name) };
        plan.systems.insert(SystemId::new(id), Arc::new(system));
    };
    add("focal", "Salesforce", Kind::Crm, Disposition::Integrate);
    add("erp", "ERP", Kind::Erp, Disposition::Integrate);
    add("hub", "Hub", Kind::IntegrationPlatform, Disposition::Integrate);
    let crm = System {
        kind: Kind::Crm,
        disposition: Disposition::Migrate,
        exit_wave: Some(WaveId::new("w1")),
        migration: Some(Migration {
            into: Some(SystemId::new("focal")),
            wave: Some(WaveId::new("w1")),
            ..Migration::default()
        }),
        ..System::named("Old CRM")
    };
    plan.systems.insert(SystemId::new("crm"), Arc::new(crm));
    let truth = vec![
        Claim::whole("crm".into(), Stage::Today),
        Claim::whole("focal".into(), Stage::Wave(WaveId::new("w1"))),
    ];
    let domain = DataDomain { truth, ..DataDomain::named("Customer") };
    plan.domains.insert(DomainId::new("customer"), Arc::new(domain));
    let flow = |from: &str, to: &str| Flow {
        carries: vec![Payload::of("customer".into())],
        ..Flow::between(from.into(), to.into())
    };
    let mut insert = |id: &str, flow: Flow| _ = plan.flows.insert(FlowId::new(id), Arc::new(flow));
    insert("cut", flow("crm", "erp"));
    insert("spoke", Flow { via: vec!["hub".into()], ..flow("focal", "erp") });
    insert("self", flow("erp", "erp"));
    insert("lost", flow("erp", "nowhere"));
    insert("later", Flow { since: Stage::Target, ..flow("focal", "erp") });
    plan
}

pub(crate) fn scene_at(plan: &Plan, at: usize, compared: Option<usize>, options: &Options) -> Scene {
    let index = Index::new(plan);
    let before = compared.map(|at| Landscape::new(&index, at));
    let marks = FindingMarks {
        systems: [(SystemId::new("erp"), Counts { errors: 1, ..Counts::default() })].into(),
        flows: [(FlowId::new("spoke"), Severity::Error)].into(),
        named: vec![(Severity::Error, vec!["erp".into(), "crm".into()])],
    };
    let now = Landscape::new(&index, at);
    Scene::new(&index, &Layout::new(&index), &now, before.as_ref(), &marks, options)
}

fn changes(scene: &Scene, flow: &str) -> Vec<Change> {
    let has = |line: &&FlowLine| line.flows.contains(&FlowId::new(flow));
    scene.flows.iter().filter(has).map(|line| line.change).collect()
}

#[test]
fn today_shows_what_stands_and_what_is_referred_to() {
    let plan = small_plan();
    let scene = scene_at(&plan, 0, None, &Options::default());
    assert_eq!(scene.cards.len(), 5);
    assert_eq!(scene.card(&"nowhere".into()).unwrap().change, Change::Missing);
    assert_eq!(changes(&scene, "spoke").len(), 2, "one line to the hub and one from it");
    assert_eq!(changes(&scene, "cut"), [Change::None]);
    assert!(changes(&scene, "later").is_empty());
    assert!(scene.flows.iter().any(|line| line.kind == LineKind::Migration && line.label == "Wave 1"));
    assert_eq!(scene.card(&"crm".into()).unwrap().crowns.len(), 1);
}

#[test]
fn the_difference_shows_what_goes_comes_and_changes_hands() {
    let plan = small_plan();
    let scene = scene_at(&plan, 2, Some(0), &Options::default());
    let crm = scene.card(&"crm".into()).unwrap();
    assert_eq!((crm.change, crm.mark.as_str()), (Change::Gone, "gone after Wave 1"));
    assert_eq!(changes(&scene, "cut"), [Change::Severed]);
    assert_eq!(changes(&scene, "later"), [Change::New]);
    let focal = scene.card(&"focal".into()).unwrap();
    assert_eq!(focal.crowns[0].was.as_deref(), Some("Old CRM"));
}

#[test]
fn the_business_view_hides_hubs() {
    let options = Options { view: View::Business, ..Options::default() };
    let scene = scene_at(&small_plan(), 0, None, &options);
    assert!(scene.card(&"hub".into()).is_none());
    assert_eq!(changes(&scene, "spoke").len(), 1);
}

#[test]
fn cards_stand_alike_at_all_stages_and_in_all_views() {
    let plan = small_plan();
    let rects = |at, options: &Options| -> Vec<(SystemId, Rect)> {
        let scene = scene_at(&plan, at, Some(0), options);
        scene
            .cards
            .iter()
            .filter(|card| card.id.as_str() != "hub")
            .map(|card| (card.id.clone(), card.rect))
            .collect()
    };
    let options = Options::default();
    assert_eq!(rects(0, &options), rects(2, &options));
    assert_eq!(rects(0, &options), rects(0, &Options { view: View::Business, ..options.clone() }));
}

#[test]
fn everything_lies_within_its_bounds() {
    let options = Options { shows_legend: true, ..Options::default() };
    let scene = scene_at(&small_plan(), 2, Some(0), &options);
    let inside = |inner: Area, outer: Area| outer.union(inner) == outer;
    for figure in &scene.figures {
        assert!(inside(figure.bounds, scene.bounds), "{figure:?}");
    }
}

#[test]
fn a_focus_leaves_other_flows_without_words() {
    let mut plan = small_plan();
    plan.domains.insert(DomainId::new("other"), Arc::new(DataDomain::named("Other")));
    let options = Options { focus: Some(DomainId::new("other")), ..Options::default() };
    let scene = scene_at(&plan, 0, None, &options);
    assert!(scene.flows.iter().all(|line| line.is_dimmed && line.label_figure().is_none()));
    assert!(scene.cards.iter().all(|card| card.is_dimmed));
}

/// The small plan with the ERP and the CRM in an area, and one that is empty.
fn plan_with_areas() -> Plan {
    let mut plan = small_plan();
    for (id, name) in [("back", "Back office"), ("empty", "Nobody")] {
        plan.areas.insert(id.into(), Arc::new(crate::model::Area { name: name.into() }));
    }
    for id in ["crm", "erp"].map(SystemId::new) {
        let system = System { area: Some("back".into()), ..System::clone(&plan.systems[&id]) };
        plan.systems.insert(id, system.into());
    }
    plan
}

#[test]
fn an_area_is_a_box_with_name_and_count_behind_its_cards_and_no_others() {
    let plan = plan_with_areas();
    let scene = scene_at(&plan, 0, None, &Options::default());
    assert_eq!(scene.areas.len(), 1, "an area without a card has no box");
    let area = &scene.areas[0];
    assert_eq!(area.title(), "Area Back office, 2 systems");
    for card in &scene.cards {
        let is_inside = area.rect.union(&card.rect) == area.rect;
        assert_eq!(is_inside, area.systems.contains(&card.id), "{}", card.id);
        assert!(is_inside || !area.rect.overlaps(&card.rect), "{} lies half in the box", card.id);
    }
    assert_eq!(scene.figures[0].layer, Layer::Areas, "the box is painted first");
    let words = scene.figures[0].shapes.iter().filter_map(|shape| match shape {
        Shape::Text { text, .. } => Some(text.as_str()),
        _ => None,
    });
    assert_eq!(words.collect::<Vec<_>>(), ["Back office", "2"]);
}

#[test]
fn the_box_of_an_area_stays_when_a_system_goes_and_counts_what_is_drawn() {
    let mut plan = plan_with_areas();
    plan.flows.remove(&FlowId::new("cut"));
    let boxes = |at| scene_at(&plan, at, None, &Options::default()).areas;
    let (today, target) = (boxes(0), boxes(2));
    assert_eq!(today[0].rect, target[0].rect);
    assert_eq!(target[0].systems, [SystemId::new("erp")]);
}

#[test]
fn a_box_reaches_as_far_as_a_person_placed_its_cards() {
    let mut plan = plan_with_areas();
    for (id, x) in [("crm", 0), ("focal", 400), ("erp", 800), ("hub", 400)] {
        plan.drawing
            .positions
            .insert(id.into(), crate::model::Position(x, if id == "hub" { 900 } else { 0 }));
    }
    let scene = scene_at(&plan, 0, None, &Options::default());
    assert!(scene.areas[0].rect.overlaps(&scene.card(&"focal".into()).unwrap().rect));
    assert_eq!(scene.areas[0].systems.len(), 2, "but it holds no stranger");
}

fn overview(plan: &Plan) -> Scene {
    scene_at(plan, 0, None, &Options { zone: Zone::Overview, ..Options::default() })
}

#[test]
fn an_overview_shows_each_area_as_one_box_and_bundles_the_flows_between_them() {
    let plan = plan_with_areas();
    let scene = overview(&plan);
    assert!(scene.cards.is_empty() && scene.flows.is_empty());
    let titles: Vec<_> = scene.groups.iter().map(GroupBox::title).collect();
    assert_eq!(
        titles,
        [
            "Group Back office, 2 systems, 1 integrate, 1 migrate, 2 flows inside, 1 finding",
            "Group Without an area, 2 systems, 1 focal, 1 integrate, 0 flows inside, 0 findings"
        ],
        "a finding that names two systems of a group counts once"
    );
    let [bundle] = scene.bundles.as_slice() else { panic!("{:?}", scene.bundles) };
    assert_eq!((bundle.label(), bundle.is_error), ("1".to_owned(), true));
    let everything = |figure: &Figure| scene.bounds.union(figure.bounds) == scene.bounds;
    assert!(scene.figures.iter().all(everything));
}

#[test]
fn more_flows_make_a_wider_line() {
    let flows = |count: usize| (0..count).map(|number| FlowId::new(&number.to_string())).collect();
    let width = |count| Bundle::new(String::new(), flows(count), false).stroke().width;
    assert!(width(1) < width(5) && width(5) < width(50) && width(5_000) < 10.0);
}

/// Fourteen circles of six systems each; one system of each circle sends something to all circles after it.
fn circles() -> Plan {
    let mut plan = Plan::named("Circles");
    let id = |circle: usize, system: usize| SystemId::new(&format!("c{circle:02}-{system}"));
    let mut flows = Vec::new();
    for circle in 0..14 {
        for system in 0..6 {
            let named = System::named(&format!("System {circle}.{system}"));
            plan.systems.insert(id(circle, system), Arc::new(named));
            flows.push((id(circle, system), id(circle, (system + 1) % 6)));
            flows.push((id(circle, 0), id(circle, (system + 2) % 6)));
        }
        flows.extend((circle + 1..14).map(|other| (id(circle, 0), id(other, 1))));
    }
    for (number, (from, to)) in flows.into_iter().filter(|(from, to)| from != to).enumerate() {
        plan.flows.insert(FlowId::new(&format!("f{number:03}")), Arc::new(Flow::between(from, to)));
    }
    plan
}

#[test]
fn without_areas_an_overview_is_grouped_by_links_and_named_after_the_busiest() {
    let plan = circles();
    let index = Index::new(&plan);
    let grouping = Grouping::new(&index);
    let all: usize = grouping.groups.iter().map(|group| group.systems.len()).sum();
    assert_eq!(all, plan.systems.len(), "every system is in one group");
    assert!(grouping.groups.iter().all(|group| group.name.starts_with("Around System ")));
    let together =
        |group: &Group| group.systems.iter().any(|place| index.systems[*place].id.as_str() == "c00-3");
    let first = grouping.groups.iter().find(|group| together(group)).unwrap();
    assert!(first.systems.len() >= 6, "a circle is not torn apart: {first:?}");
}

#[test]
fn of_many_links_between_groups_only_the_strongest_are_drawn_and_the_others_counted() {
    let mut plan = circles();
    for (number, system) in plan.systems.values_mut().enumerate() {
        let area = crate::model::AreaId::new(&format!("a{:02}", number / 6));
        *system = Arc::new(System { area: Some(area), ..System::clone(system) });
    }
    for number in 0..14 {
        let name = format!("Circle {number}");
        plan.areas.insert(format!("a{number:02}").as_str().into(), Arc::new(crate::model::Area { name }));
    }
    let scene = overview(&plan);
    assert_eq!((scene.groups.len(), scene.bundles.len() + scene.weak_bundles), (14, 14 * 13 / 2));
    assert!(scene.bundles.len() <= 3 * 14 && scene.weak_bundles > 0, "{} lines", scene.bundles.len());
    assert!(scene.figures.iter().any(|figure| figure.title == scene.weak_words()));
}

#[test]
fn an_open_group_shows_its_systems_where_they_stand_and_its_neighbours_beside_them() {
    let plan = plan_with_areas();
    let zone = Zone::Group(GroupId::Area("back".into()));
    let scene = scene_at(&plan, 0, None, &Options { zone: zone.clone(), ..Options::default() });
    let whole = scene_at(&plan, 0, None, &Options::default());
    assert_eq!((scene.zone.clone(), scene.open_group.as_str()), (zone, "Back office"));
    let ids: Vec<_> = scene.cards.iter().map(|card| card.id.as_str()).collect();
    assert_eq!(ids, ["crm", "erp", "nowhere"], "and what its flows refer to and the plan does not have");
    for card in &scene.cards {
        assert_eq!(Some(card.rect), whole.card(&card.id).map(|card| card.rect));
    }
    let [neighbour] = scene.groups.as_slice() else { panic!("{:?}", scene.groups) };
    assert_eq!(neighbour.title(), "Neighbour Without an area, 1 flow");
    assert!(scene.cards.iter().all(|card| !card.rect.overlaps(&neighbour.rect)));
    let mut labels: Vec<_> = scene.bundles.iter().map(Bundle::label).collect();
    labels.sort();
    assert_eq!(labels, ["1", "moves"], "the CRM moves into a system outside, the ERP gets data from there");
}

#[test]
fn two_plans_stand_in_the_areas_of_the_open_one_and_each_change_is_seen_from_far_away() {
    let open = plan_with_areas();
    let other = Plan { areas: std::collections::BTreeMap::new(), ..small_plan() };
    let indexes = [&other, &open].map(Index::new);
    let stages = indexes.each_ref().map(|index| Landscape::new(index, 0));
    let places = JointPlaces::new(&indexes[1], &Layout::new(&indexes[1]), &indexes[0]);
    let marks = FindingMarks::default();
    let side = |at: usize| Side { name: "Plan", index: &indexes[at], now: &stages[at], marks: &marks };
    let mut differences = Differences::default();
    differences.systems.insert("erp".into(), vec!["area: Back office".to_owned()]);
    let scene = Scene::compared(side(0), side(1), &places, &differences, &Options::default(), None).0;
    let names: Vec<_> = scene.areas.iter().map(AreaBox::title).collect();
    assert_eq!(names, ["Area Back office, 2 systems"]);
    let edge = |id: &str| match scene.card(&id.into()).unwrap().figure().detail {
        Detail::Patch(_, _, edge) => edge,
        Detail::Always | Detail::Near => None,
    };
    assert_eq!((edge("erp"), edge("crm")), (Some(Role::Accent), None));
}

#[test]
fn a_group_that_is_gone_gives_way_to_the_overview() {
    let zone = Zone::Group(GroupId::Area("gone".into()));
    let scene = scene_at(&plan_with_areas(), 0, None, &Options { zone, ..Options::default() });
    assert_eq!((scene.zone, scene.groups.len()), (Zone::Overview, 2));
}
