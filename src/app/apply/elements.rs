//! Actions on systems, flows and domains.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::edit::{
    Edit, add_flow, add_system, change_system, claim_truth, delete, guess_kind, place_systems, set_role,
};
use crate::landscape::Index;
use crate::model::{Disposition, DomainId, Flow, Kind, Position, Role, Stage, System, SystemId};
use crate::rules::{Subject, consequences_of_all};
use crate::scene::{CARD_HEIGHT, CARD_WIDTH, GroupId, Layout, Zone};

use super::super::frame::Window;
use super::super::session::{Dialog, FollowUp, Naming};

impl Window {
    /// The shown stage.
    pub(super) fn shown_stage(&self) -> Stage {
        let timeline = crate::landscape::Timeline::new(self.document.plan());
        timeline.stage(self.session.stage.min(timeline.target())).clone()
    }

    /// Enters the name that was typed in place: a new system comes into being, or a system or
    /// an area gets another name.
    pub(super) fn enter_name(&mut self) {
        match self.session.naming.take() {
            Some(Naming::New { at, name }) if !name.trim().is_empty() => self.add_system(at, name.trim()),
            Some(Naming::System { id, name }) if !name.trim().is_empty() => {
                let edit = change_system(self.document.plan(), &id, |system| {
                    name.trim().clone_into(&mut system.name);
                    if system.kind == Kind::Other {
                        system.kind = guess_kind(&system.name);
                    }
                });
                self.commit(format!("Rename to {}", name.trim()), None, edit.into_iter().collect());
            }
            Some(Naming::Area { id, name }) if !name.trim().is_empty() => self.rename_area(&id, name.trim()),
            _ => {}
        }
    }

    fn add_system(&mut self, at: Position, name: &str) {
        let id = self.document.plan().free_system_id(name);
        let area = match &self.session.zone {
            Some(Zone::Group(GroupId::Area(area))) => Some(area.clone()),
            _ => None,
        };
        let (kind, introduced) = (guess_kind(name), self.shown_stage());
        let system = System { kind, introduced, area, ..System::named(name) };
        let edits = vec![add_system(id.clone(), system), Edit::Place(id.clone(), Some(at))];
        self.commit(format!("Add {name}"), None, edits);
        self.session.selection = vec![Subject::System(id)];
        if !self.session.shows(at.0, at.1, CARD_WIDTH, CARD_HEIGHT) {
            self.session.camera = None;
        }
    }

    /// A free place for a new card, in sight where there is one: beside what is selected, else in the middle.
    pub(super) fn free_position(&self) -> Position {
        const COLUMN: i32 = CARD_WIDTH + 150;
        const ROW: i32 = CARD_HEIGHT + 56;
        let rects = self.card_rects();
        let selected = self.session.selected_systems().last();
        let beside = selected.and_then(|id| rects.iter().find(|(known, _)| known == id)).map(|(_, at)| *at);
        let centre = self.session.centre_in_plan();
        let start = beside.unwrap_or(Position(centre.0 - CARD_WIDTH / 2, centre.1 - CARD_HEIGHT / 2));
        let is_free = |at: &Position| {
            rects.iter().all(|(_, other)| {
                (at.0 - other.0).abs() >= CARD_WIDTH + 24 || (at.1 - other.1).abs() >= CARD_HEIGHT + 24
            })
        };
        // Right, below, left, above, then ever farther away.
        let steps = [(0, 0), (1, 0), (0, 1), (-1, 0), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1)];
        let rings = (1..=8).flat_map(|ring| {
            steps.map(|(x, y)| Position(start.0 + x * ring * COLUMN, start.1 + y * ring * ROW))
        });
        let free: Vec<_> = rings.filter(is_free).collect();
        let in_sight = free.iter().find(|at| self.session.shows(at.0, at.1, CARD_WIDTH, CARD_HEIGHT));
        in_sight.or(free.first()).copied().unwrap_or(start)
    }

    /// Where the cards stand, placed or arranged.
    pub(super) fn card_rects(&self) -> Vec<(SystemId, Position)> {
        let plan = self.document.plan();
        let known = self.deriver.latest().filter(|_| !self.deriver.is_stale());
        let layout = known.map(|derived| Arc::clone(&derived.layout));
        let layout = layout.unwrap_or_else(|| Arc::new(Layout::new(&Index::new(plan))));
        plan.systems
            .keys()
            .zip(&layout.systems)
            .map(|(id, rect)| (id.clone(), Position(rect.x, rect.y)))
            .collect()
    }

    /// Connects two systems; an end that is a hub asks for the other end.
    pub(super) fn connect(&mut self, from: SystemId, to: SystemId, via: Option<SystemId>) {
        let plan = self.document.plan();
        let is_hub = |id: &SystemId| plan.systems.get(id).is_some_and(|system| system.is_hub());
        if from == to && !is_hub(&to) || !plan.systems.contains_key(&from) || !plan.systems.contains_key(&to)
        {
            return;
        }
        if via.is_none() && (is_hub(&to) || is_hub(&from)) {
            if is_hub(&to) && is_hub(&from) {
                self.say("A flow goes from system to system; choose a system as one end");
                return;
            }
            let (end, hub) = if is_hub(&to) { (from, to) } else { (to, from) };
            self.session.dialog = Some(Dialog::Connect { from: end, via: Some(hub), query: String::new() });
            return;
        }
        let mut flow = Flow::between(from, to);
        flow.via = via.into_iter().collect();
        flow.since = self.shown_stage();
        let id = plan.free_flow_id(&flow);
        let label = format!("Connect {} and {}", plan.system_name(&flow.from), plan.system_name(&flow.to));
        self.commit(label, None, vec![add_flow(id.clone(), flow)]);
        self.session.dialog = None;
        self.session.selection = vec![Subject::Flow(id)];
        self.session.inspector_wants_focus = true;
        self.preferences.shows_inspector = true;
    }

    pub(super) fn set_disposition(&mut self, disposition: Disposition) {
        let plan = self.document.plan();
        let ids = self.session.selected_system_set();
        let edits: Vec<_> = ids
            .iter()
            .filter_map(|id| change_system(plan, id, |system| system.disposition = disposition))
            .collect();
        let label = match ids.iter().next() {
            Some(only) if ids.len() == 1 => format!("{} {disposition}", plan.system_name(only)),
            _ => format!("{} systems {disposition}", ids.len()),
        };
        self.commit(label, None, edits);
        self.offer_follow_up(&ids, disposition);
    }

    /// Offers what follows from a disposition that was just set: the truth that is handed over, the flows that
    /// end and begin.
    fn offer_follow_up(&mut self, ids: &BTreeSet<SystemId>, disposition: Disposition) {
        let plan = self.document.plan();
        let ids: Vec<_> = ids.iter().collect();
        let step = consequences_of_all(plan, &ids, disposition, None);
        if step.edits.is_empty() || step.sentences.is_empty() {
            return;
        }
        let name = match ids[..] {
            [only] => plan.system_name(only).to_owned(),
            _ => format!("{} systems", ids.len()),
        };
        let decided = format!("{name}: {disposition}");
        self.session.follow_up = Some(FollowUp { decided, sentences: step.sentences, edits: step.edits });
    }

    pub(super) fn apply_follow_up(&mut self) {
        let Some(follow_up) = self.session.follow_up.take() else { return };
        self.session.dialog = None;
        let count = follow_up.sentences.len();
        self.commit(format!("{}, with what follows", follow_up.decided), None, follow_up.edits);
        self.say(format!("{count} consequences of {} · Ctrl Z takes them back", follow_up.decided));
    }

    pub(super) fn delete_selected(&mut self) {
        let (mut systems, mut flows, mut domains) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for subject in &self.session.selection {
            match subject {
                Subject::System(id) => _ = systems.insert(id.clone()),
                Subject::Flow(id) => _ = flows.insert(id.clone()),
                Subject::Domain(id) => _ = domains.insert(id.clone()),
                Subject::Wave(_) | Subject::Landscape => {}
            }
        }
        if systems.is_empty() && flows.is_empty() && domains.is_empty() {
            return;
        }
        let deletion = delete(self.document.plan(), &systems, &flows, &domains);
        let with = if deletion.goes_with_it.is_empty() {
            String::new()
        } else {
            format!(", with {}", deletion.goes_with_it)
        };
        let says = format!("{}{with} · Ctrl Z takes it back", deletion.label);
        self.commit(deletion.label, None, deletion.edits);
        self.say(says);
        self.drop_what_is_gone();
    }

    /// Copies the selected systems below all cards, with the flows among them; the truth stays with the
    /// originals.
    pub(super) fn duplicate_selected(&mut self) {
        const GAP: i32 = 56;
        let places = self.card_rects();
        let lowest = places.iter().map(|(_, at)| at.1).max().unwrap_or_default();
        let chosen = self.session.selected_system_set();
        let highest = places.iter().filter(|(id, _)| chosen.contains(id)).map(|(_, at)| at.1).min();
        let down = lowest + CARD_HEIGHT + GAP - highest.unwrap_or(lowest);
        let mut plan = crate::model::Plan::clone(self.document.plan());
        let (mut edits, mut copies) = (Vec::new(), std::collections::BTreeMap::new());
        for id in &chosen {
            let Some(system) = plan.systems.get(id).cloned() else { continue };
            let name = format!("{} copy", system.name);
            let copy = plan.free_system_id(&name);
            let system = System { name, ..System::clone(&system) };
            plan.systems.insert(copy.clone(), system.clone().into());
            edits.push(add_system(copy.clone(), system));
            if let Some((_, at)) = places.iter().find(|(known, _)| known == id) {
                edits.push(Edit::Place(copy.clone(), Some(Position(at.0, at.1 + down))));
            }
            copies.insert(id.clone(), copy);
        }
        for flow in self.document.plan().flows.values() {
            if let (Some(from), Some(to)) = (copies.get(&flow.from), copies.get(&flow.to)) {
                let mut flow = Flow { from: from.clone(), to: to.clone(), ..Flow::clone(flow) };
                flow.replaces.clear();
                let id = plan.free_flow_id(&flow);
                plan.flows.insert(id.clone(), flow.clone().into());
                edits.push(add_flow(id, flow));
            }
        }
        if !copies.is_empty() {
            let count = copies.len();
            let label = format!("Duplicate {count} system{}", if count == 1 { "" } else { "s" });
            self.commit(label.clone(), None, edits);
            self.say(format!("{label}, with the flows among them; the truth stays with the originals"));
            self.session.selection = copies.into_values().map(Subject::System).collect();
            self.session.camera = None;
        }
    }

    /// Moves the selected cards; nudges of one selection are one step.
    pub(super) fn nudge(&mut self, x: i32, y: i32) {
        let selected = self.session.selected_system_set();
        let (moved, others): (Vec<_>, Vec<_>) =
            self.card_rects().into_iter().partition(|(id, _)| selected.contains(id));
        let label = match moved.as_slice() {
            [] => return,
            [(id, _)] => format!("Move {}", self.document.plan().system_name(id)),
            several => format!("Move {} systems", several.len()),
        };
        // Cards that nobody placed would be arranged anew round the moved one: they stay where they stand.
        let standing = &self.document.plan().drawing.positions;
        let others = others.into_iter().filter(|(id, _)| !standing.contains_key(id));
        let moved = moved.into_iter().map(|(id, at)| (id, Position(at.0 + x, at.1 + y)));
        let places: Vec<_> = moved.chain(others).collect();
        let key = selected.iter().map(SystemId::as_str).collect::<Vec<_>>().join(" ");
        self.commit(label, Some(format!("move {key}")), place_systems(places));
    }

    pub(super) fn set_role(&mut self, domain: &DomainId, system: &SystemId, role: Option<Role>) {
        let plan = self.document.plan();
        let edits = set_role(plan, domain, system, role, &self.shown_stage());
        let does = role.map_or("no role", Role::word);
        let (what, who) = (plan.domain_name(domain).to_owned(), plan.system_name(system).to_owned());
        self.commit(format!("{what} in {who}: {does}"), None, edits);
        let stage = self.shown_stage();
        let plan = self.document.plan();
        let index = crate::landscape::Index::new(plan);
        let at = index.timeline.place_or_target(&stage);
        let landscape = crate::landscape::Landscape::new(&index, at);
        let stays_truth = index.domain(domain).zip(index.system(system)).is_some_and(|(domain, system)| {
            crate::landscape::Authority::of_all(&index, &landscape)[domain].is_truth(system)
        });
        if stays_truth {
            self.say(format!(
                "{who} stays the source of truth for {what}, by an earlier claim; claim it for another system first"
            ));
        }
    }

    /// Claims the truth from the shown stage on; where another system holds it today, asks what is meant.
    pub(super) fn claim_truth(&mut self, domain: DomainId, system: SystemId) {
        let plan = self.document.plan();
        let stage = self.shown_stage();
        let holder = plan.domains.get(&domain).and_then(|known| {
            known
                .truth
                .iter()
                .find(|claim| claim.scope.is_whole() && claim.from == stage)
                .map(|claim| claim.system.clone())
        });
        match holder {
            Some(holder) if holder != system => {
                self.session.dialog = Some(Dialog::Truth { domain, holder, system });
            }
            _ => {
                let edits = claim_truth(plan, &domain, &system, &stage);
                let label = format!(
                    "{} is the source of truth for {}",
                    plan.system_name(&system),
                    plan.domain_name(&domain)
                );
                self.commit(label, None, edits);
            }
        }
    }
}
