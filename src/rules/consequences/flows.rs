//! The flows of a system that goes: each ends when one of its ends does, and begins again with what takes
//! over in its place.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use crate::landscape::{FlowEntry, Index};
use crate::model::{Direction, Disposition, DomainId, Flow, FlowId, SystemId};
use crate::rules::hubs::is_designed;
use crate::rules::migrations::{migration, wave_at};

use super::Work;
use super::departure::{Departure, can_take_over};

/// What is around the name of a wave in the reason why nothing comes after a flow whose end was planned.
const ENDS_WITH: &str = "ends with ";
const AS_PLANNED: &str = " as planned before";

/// Takes back the reason that was written for a flow whose end was planned; what a person wrote stays.
pub(super) fn forget_planned_end(flow: &mut Flow) {
    if flow.dropped_reason.starts_with(ENDS_WITH) && flow.dropped_reason.ends_with(AS_PLANNED) {
        flow.dropped_reason.clear();
    }
}

/// An end or a hub of a flow: until when it takes part, and what does then.
struct Part {
    id: SystemId,
    until: usize,
    heir: Option<SystemId>,
}

impl Part {
    fn at(&self, place: usize) -> Option<&SystemId> {
        if place < self.until { Some(&self.id) } else { self.heir.as_ref() }
    }
}

impl Work {
    /// Ends and replaces the flows of the system.
    pub(super) fn reroute(&mut self, departure: &Departure) {
        let flows = self.plan.flows.iter().filter(|(_, flow)| self.touches(flow));
        let ids: Vec<_> = flows.map(|(id, _)| id.clone()).collect();
        for id in ids {
            self.reroute_one(&id, departure);
        }
    }

    /// Ends and replaces one flow. One that refers to something that the plan does not have is left alone.
    pub(super) fn reroute_one(&mut self, id: &FlowId, departure: &Departure) {
        let plan = self.plan.clone();
        let index = Index::new(&plan);
        let Some(entry) = index.flow(id).map(|place| &index.flows[place]) else { return };
        if entry.from.is_none() || entry.to.is_none() || entry.via.contains(&None) {
            return;
        }
        if entry.life.start >= departure.at {
            self.begin_elsewhere(&index, entry, departure);
        } else if entry.life.end > departure.at && !is_planned(&index, entry, departure) {
            if entry.life.end == departure.gone {
                // It was to end because the system does: with what takes over it has no end.
                self.change_flow(id, |flow| flow.until = None);
                return self.reroute_one(id, departure);
            }
            self.end_and_begin(&index, entry, departure);
        }
    }

    fn touches(&self, flow: &Flow) -> bool {
        flow.from == self.id || flow.to == self.id || flow.via.contains(&self.id)
    }

    /// A flow that was to begin after the cutover begins with what takes over, or not at all. One that ends
    /// with the system was meant for it.
    fn begin_elsewhere(&mut self, index: &Index<'_>, entry: &FlowEntry<'_>, departure: &Departure) {
        if entry.flow.until.is_some() && entry.life.end <= departure.gone {
            return;
        }
        let name = self.plan.flow_name(entry.id);
        let parts = parts(index, entry.flow, departure);
        let mapped = replacement(index, entry, &parts, entry.life.start..entry.life.end);
        if let Some(mut flow) = mapped.and_then(|flow| without_known(index, entry.id, flow, &entry.life)) {
            flow.replaces.clone_from(&entry.flow.replaces);
            self.plan.flows.insert(entry.id.clone(), Arc::new(flow));
            self.new.push(entry.id.clone());
            self.say(format!("{} begins in the place of {name}", self.plan.flow_name(entry.id)));
            return;
        }
        self.plan.flows.remove(entry.id);
        for flow in self.plan.flows.values_mut().filter(|flow| flow.replaces.contains(entry.id)) {
            Arc::make_mut(flow).replaces.remove(entry.id);
        }
        self.say(format!("{name} does not begin any more"));
    }

    /// What takes over ends when the flow was planned to; so the connection is not lost by the migration.
    fn end_and_begin(&mut self, index: &Index<'_>, entry: &FlowEntry<'_>, departure: &Departure) {
        let mut parts = parts(index, entry.flow, departure);
        if let Some(later) = covered_later(index, entry, &parts, departure) {
            for part in parts.iter_mut().filter(|part| part.id == departure.system) {
                part.until = later;
            }
        }
        let within = |place: &usize| *place > entry.life.start && *place < entry.life.end;
        let breaks: BTreeSet<_> = parts.iter().map(|part| part.until).filter(within).collect();
        let breaks: Vec<_> = breaks.into_iter().collect();
        let Some(until) = breaks.first().and_then(|&first| wave_at(index, first)) else { return };
        let name = self.plan.flow_name(entry.id);
        self.change_flow(entry.id, |flow| flow.until = Some(until.clone()));
        let mut begun = Vec::new();
        let stops = breaks.iter().skip(1).copied().chain([entry.life.end]);
        for (start, stop) in breaks.iter().copied().zip(stops) {
            if !entry.flow.dropped_reason.is_empty() {
                break;
            }
            let flow = replacement(index, entry, &parts, start..stop);
            let span = start..stop;
            if let Some(flow) = flow.and_then(|flow| without_known(index, entry.id, flow, &span)) {
                let id = self.add_flow(flow);
                begun.push(self.plan.flow_name(&id));
            }
        }
        let is_over_as_planned = !begun.is_empty() && !entry.flow.bridge;
        if let Some(planned) = entry.flow.until.as_ref().filter(|_| is_over_as_planned) {
            let reason = format!("{ENDS_WITH}{}{AS_PLANNED}", self.wave_name(planned));
            self.change_flow(entry.id, |flow| flow.dropped_reason = reason);
        }
        let begins = match begun.len() {
            0 => String::new(),
            1 => format!(" and {} begins", begun[0]),
            _ => format!(" and {} begin one after the other", begun.join(", ")),
        };
        self.say(format!("{name} ends in {}{begins}", self.wave_name(until)));
    }
}

/// Whether it is said already what becomes of a flow: it is a bridge, or its end and what comes then are known.
fn is_planned(index: &Index<'_>, entry: &FlowEntry<'_>, departure: &Departure) -> bool {
    let ends_in_time = entry.flow.until.is_some() && entry.life.end <= departure.gone;
    let span = entry.life.end..entry.life.end + 1;
    let continues = || {
        let parts = parts(index, entry.flow, departure);
        let next = replacement(index, entry, &parts, span.clone());
        next.is_none_or(|flow| without_known(index, entry.id, flow, &span).is_none())
    };
    ends_in_time && (entry.flow.bridge || continues())
}

/// The stage, while the system still stands, at which a flow of the plan begins that brings all of it.
fn covered_later(
    index: &Index<'_>,
    entry: &FlowEntry<'_>,
    parts: &[Part],
    departure: &Departure,
) -> Option<usize> {
    let last = departure.gone.min(index.timeline.target() - 1).min(entry.life.end);
    let covered = |at: usize| {
        let span = at..entry.life.end;
        let next = replacement(index, entry, parts, span.clone());
        next.is_some_and(|flow| without_known(index, entry.id, flow, &span).is_none())
    };
    (departure.at..=last).find(|&at| covered(at))
}

/// The ends of a flow, then its hubs.
fn parts(index: &Index<'_>, flow: &Flow, departure: &Departure) -> Vec<Part> {
    let ends = [&flow.from, &flow.to].into_iter().chain(&flow.via);
    let last = index.timeline.target() - 1;
    let joins_both = departure.heir.as_ref().is_some_and(|heir| flow.from == *heir || flow.to == *heir);
    let at = if departure.runs_on && joins_both {
        departure.gone.min(last).max(departure.at)
    } else {
        departure.at
    };
    ends.map(|id| {
        if *id == departure.system {
            return Part { id: id.clone(), until: at, heir: departure.heir.clone() };
        }
        let stays = || Part { id: id.clone(), until: usize::MAX, heir: None };
        let Some(entry) = index.system(id).map(|place| &index.systems[place]) else { return stays() };
        if entry.life.end >= index.timeline.len() {
            return stays();
        }
        let moves = entry.system.disposition == Disposition::Migrate;
        let heir =
            migration(entry.system).into.as_ref().filter(|into| moves && can_take_over(index.plan, into, id));
        Part { id: id.clone(), until: entry.cutover.unwrap_or(entry.life.end).min(last), heir: heir.cloned() }
    })
    .collect()
}

/// The flow as it is in a span of stages, with what takes over in the place of what is gone by then; `None`
/// where nothing does, or where both ends become one.
fn replacement(index: &Index<'_>, entry: &FlowEntry<'_>, parts: &[Part], span: Range<usize>) -> Option<Flow> {
    let [from, to, via @ ..] = parts else { return None };
    let (from, to) = (from.at(span.start)?, to.at(span.start)?);
    if from == to {
        return None;
    }
    let is_hub = |id: &&SystemId| index.plan.systems.get(*id).is_some_and(|system| system.is_hub());
    let via: Vec<_> = via.iter().filter_map(|hub| hub.at(span.start)).filter(is_hub).cloned().collect();
    let needed = [from, to].into_iter().chain(&via).filter_map(|id| index.system(id));
    let since = needed.map(|place| index.systems[place].life.start).fold(span.start, usize::max);
    if since >= span.end {
        return None;
    }
    let until =
        if span.end >= entry.life.end { entry.flow.until.clone() } else { wave_at(index, span.end).cloned() };
    let mut flow = Flow {
        from: from.clone(),
        to: to.clone(),
        via,
        since: index.timeline.stage(since).clone(),
        until,
        bridge: false,
        ..entry.flow.clone()
    };
    flow.replaces = is_designed(&flow).then(|| entry.id.clone()).into_iter().collect();
    Some(flow)
}

/// A flow without what others bring already between the same ends over the whole span; `None` where that is
/// all of it.
fn without_known(index: &Index<'_>, id: &FlowId, mut flow: Flow, span: &Range<usize>) -> Option<Flow> {
    let known: BTreeSet<_> = index
        .flows
        .iter()
        .filter(|other| other.id != id && other.flow.partition == flow.partition)
        .filter(|other| {
            other.life.start <= span.start && other.life.end >= span.end.min(index.timeline.len())
        })
        .flat_map(|other| directed(other.flow))
        .collect();
    let (from, to) = (flow.from.clone(), flow.to.clone());
    if flow.carries.is_empty() {
        let is_known = |other: &FlowEntry<'_>| (&other.flow.from, &other.flow.to) == (&from, &to);
        return index.flows.iter().all(|other| other.id == id || !is_known(other)).then_some(flow);
    }
    flow.carries.retain_mut(|payload| {
        let is_known = |from: &SystemId, to: &SystemId| {
            known.contains(&(from, to, &payload.domain, payload.part.as_str()))
        };
        let forward = payload.direction.goes_forward() && !is_known(&from, &to);
        let back = payload.direction.goes_back() && !is_known(&to, &from);
        payload.direction = match (forward, back) {
            (true, true) => Direction::Both,
            (true, false) => Direction::Forward,
            _ => Direction::Back,
        };
        forward || back
    });
    (!flow.carries.is_empty()).then_some(flow)
}

/// What a flow brings where.
fn directed(flow: &Flow) -> impl Iterator<Item = (&SystemId, &SystemId, &DomainId, &str)> {
    flow.carries.iter().flat_map(|payload| {
        let part = payload.part.as_str();
        let forward =
            payload.direction.goes_forward().then_some((&flow.from, &flow.to, &payload.domain, part));
        let back = payload.direction.goes_back().then_some((&flow.to, &flow.from, &payload.domain, part));
        forward.into_iter().chain(back)
    })
}

#[cfg(test)]
mod tests;
