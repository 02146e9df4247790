//! Two plans in one picture, each at a stage of its own: what only one of them has, what both have and is
//! different, and all the rest quiet. Says nothing about fields itself; it is told what is different.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::arrange::Rect;
use crate::landscape::{Authority, Index, Landscape};
use crate::model::{DomainId, FlowId, SystemId};

use super::card::Crown;
use super::layout::hops;
use super::lines::{Key, Line, Sight, pointed_forward};
use super::picture::missing_card;
use super::{Card, Change, FindingMarks, JointPlaces, Options, Routing, Scene, View};

/// One of two plans that are compared.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a, 'p> {
    /// What people call it.
    pub name: &'a str,
    /// The plan.
    pub index: &'a Index<'p>,
    /// What stands at the stage that is shown of it.
    pub now: &'a Landscape<'p>,
    /// What its findings say.
    pub marks: &'a FindingMarks,
}

/// What is different about systems and flows that both plans have, each in words: "disposition: integrate →
/// retire".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// Of systems.
    pub systems: BTreeMap<SystemId, Vec<String>>,
    /// Of flows.
    pub flows: BTreeMap<FlowId, Vec<String>>,
}

impl Scene {
    /// The picture of what one plan has, what another had before, and what is different about the rest; and how
    /// its lines run.
    #[must_use]
    pub fn compared(
        before: Side<'_, '_>,
        after: Side<'_, '_>,
        places: &JointPlaces,
        differences: &Differences,
        options: &Options,
        earlier: Option<&Arc<Routing>>,
    ) -> (Self, Arc<Routing>) {
        let quiet = FindingMarks::default();
        let title = format!(
            "{}: {} compared with {}: {}",
            after.name,
            after.index.plan.stage_name(after.index.timeline.stage(after.now.at)),
            before.name,
            before.index.plan.stage_name(before.index.timeline.stage(before.now.at))
        );
        let pair = Pair {
            before: Sight { index: before.index, now: before.now, before: None, marks: &quiet, options },
            after: Sight { index: after.index, now: after.now, before: None, marks: after.marks, options },
            places,
            differences,
        };
        let lines = pair.lines();
        let cards = pair.cards(&lines);
        let areas = places.areas.iter().cloned().filter_map(|area| area.with_cards(&cards)).collect();
        let compared = Some([before.name.to_owned(), after.name.to_owned()]);
        Self { title, areas, cards, compared, ..Self::default() }.with_lines(&lines, options, earlier)
    }
}

/// Two plans as they are looked at.
struct Pair<'a, 'p> {
    before: Sight<'a, 'p>,
    after: Sight<'a, 'p>,
    places: &'a JointPlaces,
    differences: &'a Differences,
}

impl<'p> Pair<'_, 'p> {
    fn lines(&self) -> Vec<Line> {
        let mut lines: BTreeMap<Key<'p>, Line> = BTreeMap::new();
        let [had, has] = [&self.before, &self.after].map(drawn_hops);
        let after = self.after.index;
        for flow in self.after.now.flows.iter().chain(&self.after.now.severed) {
            let entry = &after.flows[*flow];
            let is_severed = self.after.now.severed.binary_search(flow).is_ok();
            let is_different = self.differences.flows.contains_key(entry.id);
            for hop in &has[entry.id] {
                let change = match had.get(entry.id).is_some_and(|hops| hops.contains(hop)) {
                    _ if is_severed => Change::Severed,
                    false => Change::New,
                    true if is_different => Change::Changed,
                    true => Change::None,
                };
                self.after.add_hop(&mut lines, entry, change, *hop);
            }
        }
        let follow = self.after.now.flows.iter().flat_map(|flow| &after.flows[*flow].flow.replaces);
        let replaced: BTreeSet<&FlowId> = follow.collect();
        for flow in self.before.now.flows.iter().chain(&self.before.now.severed) {
            let entry = &self.before.index.flows[*flow];
            let now = has.get(entry.id);
            let is_replaced = now.is_some() || replaced.contains(entry.id);
            let change = if is_replaced { Change::Replaced } else { Change::Gone };
            for hop in had[entry.id].iter().filter(|hop| now.is_none_or(|now| !now.contains(hop))) {
                self.before.add_hop(&mut lines, entry, change, *hop);
            }
        }
        let mut lines: Vec<Line> = lines.into_values().map(pointed_forward).collect();
        for line in &mut lines {
            line.differences = self.line_differences(line);
        }
        lines.extend(self.moves());
        lines
    }

    fn line_differences(&self, line: &Line) -> Vec<String> {
        if matches!(line.change, Change::Gone | Change::Replaced) {
            return Vec::new();
        }
        let several = line.flows.len() > 1;
        let said = |flow: &FlowId| {
            let name = several.then(|| self.after.index.plan.flow_name(flow));
            let said = self.differences.flows.get(flow).into_iter().flatten();
            let whole =
                said.map(|words| name.as_ref().map_or(words.clone(), |name| format!("{name}: {words}")));
            whole.collect::<Vec<_>>()
        };
        line.flows.iter().flat_map(said).collect()
    }

    /// The moves of both plans; one that both make is quiet.
    fn moves(&self) -> Vec<Line> {
        let [before, after] = [&self.before, &self.after].map(|sight| sight.moves().collect::<Vec<_>>());
        let is_among = |line: &Line, others: &[Line]| {
            others.iter().any(|other| other.from == line.from && other.to == line.to)
        };
        let new = after.iter().map(|line| {
            let change = if is_among(line, &before) { Change::None } else { Change::New };
            Line { change, ..line.clone() }
        });
        let gone = before.iter().filter(|line| !is_among(line, &after));
        let gone = gone.map(|line| Line { change: Change::Gone, ..line.clone() });
        new.chain(gone).collect()
    }

    fn cards(&self, lines: &[Line]) -> Vec<Card> {
        let ends: BTreeSet<&SystemId> = lines.iter().flat_map(|line| [&line.from, &line.to]).collect();
        let crowns = self.crowns();
        let mut cards = Vec::new();
        for (id, rect) in self.places.all() {
            let places = [self.before.index.system(id), self.after.index.system(id)];
            let is_drawn = ends.contains(id) || self.stands(places) != [false, false];
            if is_drawn && let Some(card) = self.card(id, *rect, places, &crowns) {
                cards.push(card);
            }
        }
        self.after.dim(&mut cards, lines);
        cards
    }

    /// Whether a system stands in the plan before and in the one after, by its places in them.
    fn stands(&self, [before, after]: [Option<usize>; 2]) -> [bool; 2] {
        [
            before.is_some_and(|place| self.before.now.stands(place)),
            after.is_some_and(|place| self.after.now.stands(place)),
        ]
    }

    fn card(
        &self,
        id: &SystemId,
        rect: Rect,
        [before, after]: [Option<usize>; 2],
        crowns: &BTreeMap<SystemId, Vec<Crown>>,
    ) -> Option<Card> {
        let (sight, place) = match (after, before) {
            (Some(place), _) => (&self.after, place),
            (None, Some(place)) => (&self.before, place),
            (None, None) => return Some(missing_card(id, rect)),
        };
        if sight.options.view == View::Business && sight.index.systems[place].is_hub {
            return None;
        }
        let card = sight.card(place, rect, crowns.get(id));
        let differences = self.differences.systems.get(id).cloned().unwrap_or_default();
        let differences = if before.is_some() && after.is_some() { differences } else { Vec::new() };
        let (change, mark) = match self.stands([before, after]) {
            [true, true] if differences.is_empty() => (Change::None, String::new()),
            [true, true] => (Change::Changed, in_short(&differences)),
            [false, true] => {
                let was = before.map(|place| format!("was {}", self.before.absence(place)));
                (Change::New, was.unwrap_or_default())
            }
            [_, false] => {
                let gone = after.map(|place| self.after.absence(place));
                (Change::Gone, gone.unwrap_or_else(|| "removed".to_owned()))
            }
        };
        Some(Card { change, mark, differences, ..card })
    }

    /// The crowns of each system: those that it has, with whose they were, and those that went with it.
    fn crowns(&self) -> BTreeMap<SystemId, Vec<Crown>> {
        let [had, has] = [&self.before, &self.after].map(truths);
        let mut crowns: BTreeMap<SystemId, Vec<Crown>> = BTreeMap::new();
        for (domain, truths) in &has {
            let former = had.get(domain).map(|domain| &domain[..]);
            let name = self.after.index.plan.domain_name(domain);
            for truth in truths {
                let was = former.filter(|former| !former.contains(truth)).map(|former| {
                    former.first().map_or("nobody", |other| self.before.index.plan.system_name(other))
                });
                let crown = Crown { domain: name.to_owned(), was: was.map(str::to_owned) };
                crowns.entry((*truth).clone()).or_default().push(crown);
            }
        }
        for (domain, former) in &had {
            let left = |system: &&&SystemId| {
                !self.stands([None, self.after.index.system(system)])[1]
                    && has.get(domain).is_none_or(|truths| !truths.contains(system))
            };
            for system in former.iter().filter(left) {
                let domain = self.before.index.plan.domain_name(domain).to_owned();
                crowns.entry((*system).clone()).or_default().push(Crown { domain, was: None });
            }
        }
        crowns
    }
}

/// The hops of the flows that are drawn of one plan.
fn drawn_hops<'p>(sight: &Sight<'_, 'p>) -> HashMap<&'p FlowId, Vec<(&'p SystemId, &'p SystemId)>> {
    let shows_hubs = sight.options.view == View::Technical;
    let flows = sight.now.flows.iter().chain(&sight.now.severed);
    flows.map(|flow| &sight.index.flows[*flow]).map(|entry| (entry.id, hops(entry, shows_hubs))).collect()
}

/// The sources of truth of every domain of one plan.
fn truths<'p>(sight: &Sight<'_, 'p>) -> BTreeMap<&'p DomainId, Vec<&'p SystemId>> {
    let of = |authority: Authority<'p>| {
        let systems = authority.truths.iter().map(|system| sight.index.systems[*system].id);
        (sight.index.domains[authority.domain].0, systems.collect())
    };
    Authority::of_all(sight.index, sight.now).into_iter().map(of).collect()
}

/// What a mark has room for: what was decided differently, the only difference, or how many.
fn in_short(differences: &[String]) -> String {
    let decided = differences.iter().find_map(|words| words.strip_prefix("disposition: "));
    match (decided, differences) {
        (Some(decided), [_]) => decided.to_owned(),
        (Some(decided), others) => format!("{decided} +{}", others.len() - 1),
        (None, [only]) => only.clone(),
        (None, several) => format!("{} differences", several.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Plan;
    use crate::rules::parse_sketch;
    use crate::scene::Layout;

    const BEFORE: &str = "focal sf
        crm: crm, migrate, into sf, at 1
        old: other
        order = truth erp
        erp -> crm : order
        erp -> old : order
        erp -> shop via bus : order";
    const AFTER: &str = "focal sf
        crm: crm, retire
        new: portal
        order = truth shop
        erp -> crm : order
        erp -> new : order
        erp -> shop : order";

    fn scene(before: &Plan, after: &Plan, at: usize, differences: &Differences, options: &Options) -> Scene {
        let indexes = [Index::new(before), Index::new(after)];
        let stages = indexes.each_ref().map(|index| Landscape::new(index, at.min(index.timeline.target())));
        let marks = FindingMarks::default();
        let places = JointPlaces::new(&indexes[1], &Layout::new(&indexes[1]), &indexes[0]);
        let side = |at: usize| Side {
            name: ["Old", "New"][at],
            index: &indexes[at],
            now: &stages[at],
            marks: &marks,
        };
        Scene::compared(side(0), side(1), &places, differences, options, None).0
    }

    fn today() -> Scene {
        let words = |words: &str| vec![words.to_owned()];
        let (before, after) = (parse_sketch(BEFORE).plan, parse_sketch(AFTER).plan);
        let mut differences = Differences::default();
        differences.systems.insert("crm".into(), words("disposition: migrate → retire"));
        let feed = after.flows.iter().find(|(_, flow)| flow.to.as_str() == "crm").unwrap().0;
        differences.flows.insert(feed.clone(), words("timing: sync → batch"));
        scene(&before, &after, 0, &differences, &Options { shows_legend: true, ..Options::default() })
    }

    fn change_of(scene: &Scene, system: &str) -> (Change, String) {
        let card = scene.card(&system.into()).unwrap();
        (card.change, card.mark.clone())
    }

    fn lines_between(scene: &Scene, one: &str, other: &str) -> Vec<Change> {
        let ends = |line: &&crate::scene::FlowLine| {
            let ends = [line.from.as_str(), line.to.as_str()];
            ends == [one, other] || ends == [other, one]
        };
        scene.flows.iter().filter(ends).map(|line| line.change).collect()
    }

    #[test]
    fn each_card_says_what_became_of_it() {
        let scene = today();
        assert_eq!(change_of(&scene, "new"), (Change::New, String::new()));
        assert_eq!(change_of(&scene, "old"), (Change::Gone, "removed".to_owned()));
        assert_eq!(change_of(&scene, "crm"), (Change::Changed, "migrate → retire".to_owned()));
        assert_eq!(change_of(&scene, "erp"), (Change::None, String::new()));
        let shop = scene.card(&"shop".into()).unwrap();
        assert_eq!(shop.crowns[0].was.as_deref(), Some("erp"), "the truth changed hands");
        assert!(scene.card(&"erp".into()).unwrap().crowns.is_empty());
    }

    #[test]
    fn each_line_says_what_became_of_it() {
        let scene = today();
        assert_eq!(lines_between(&scene, "erp", "new"), [Change::New]);
        assert_eq!(lines_between(&scene, "erp", "old"), [Change::Gone]);
        assert_eq!(lines_between(&scene, "erp", "crm"), [Change::Changed]);
        assert_eq!(lines_between(&scene, "erp", "shop"), [Change::New], "it goes straight now");
        assert_eq!(lines_between(&scene, "erp", "bus"), [Change::Replaced], "and went over the bus");
        assert_eq!(lines_between(&scene, "crm", "sf"), [Change::Gone], "the move is off");
    }

    #[test]
    fn what_one_plan_has_only_at_other_stages_says_when() {
        let (before, after) = (parse_sketch(BEFORE).plan, parse_sketch(AFTER).plan);
        let options = Options::default();
        let at_target = scene(&after, &before, 9, &Differences::default(), &options);
        assert!(at_target.card(&"crm".into()).is_none_or(|card| card.change == Change::Gone));
        let stays = parse_sketch("crm: crm\nerp -> crm : order").plan;
        let at_target = scene(&before, &stays, 9, &Differences::default(), &options);
        assert_eq!(change_of(&at_target, "crm"), (Change::New, "was gone at the target".to_owned()));
    }

    #[test]
    fn the_same_plan_twice_is_quiet() {
        let plan = parse_sketch(BEFORE).plan;
        let scene = scene(&plan, &plan, 0, &Differences::default(), &Options::default());
        assert!(scene.cards.iter().all(|card| card.change == Change::None));
        assert!(scene.flows.iter().all(|line| line.change == Change::None));
    }

    #[test]
    fn the_legend_names_both_plans() {
        let scene = today();
        let has = |words: &str| {
            scene
                .shapes()
                .any(|shape| matches!(shape, crate::scene::Shape::Text { text, .. } if text == words))
        };
        assert!(has("only in New") && has("only in Old, or re-routed") && has("in both, different"));
        assert!(scene.title.starts_with("New: Today compared with Old"), "{}", scene.title);
    }
}
