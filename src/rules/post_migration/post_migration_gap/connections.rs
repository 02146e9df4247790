//! The ways to make a connection again that goes with a leaving system: like the flow of today, with what
//! takes over, straight or through a hub.

use std::collections::BTreeSet;

use crate::edit::{Edit, add_flow, apply};
use crate::model::{Direction, Flow, Stage};
use crate::rules::hubs::{best_hub, is_designed};
use crate::rules::{Fix, View};

use super::{Gap, heir};

/// The ways to make a lost connection again: straight, and through a hub.
pub(super) fn connections(view: &View<'_, '_>, domain: usize, stays: usize, gap: &Gap) -> Vec<Fix> {
    let index = view.index();
    let mut fixes = Vec::new();
    let data = index.domain_name(domain);
    if let Some((source, edits)) = reconnected(view, domain, gap, None) {
        let title =
            format!("Connect {} and {} for {data}", index.system_name(source), index.system_name(stays));
        fixes.push(Fix::edits(title, edits));
    }
    let through_hub =
        best_hub(view, &[stays]).and_then(|hub| Some((hub, reconnected(view, domain, gap, Some(hub))?)));
    if let Some((hub, (source, edits))) = through_hub {
        let names = view.names(&[source, stays]);
        let title = format!("Connect {names} for {data} through {}", index.system_name(hub));
        fixes.push(Fix::edits(title, edits));
    }
    fixes
}

/// Flows like those of today with what takes over in the place of what leaves, one for each direction
/// that is lost; one where a flow of today took both. With it the system that takes over.
fn reconnected(
    view: &View<'_, '_>,
    domain: usize,
    gap: &Gap,
    hub: Option<usize>,
) -> Option<(usize, Vec<Edit>)> {
    let index = view.index();
    let lost: BTreeSet<_> =
        [gap.received.first(), gap.supplied.first()].into_iter().flatten().copied().collect();
    let both = gap.received.intersection(&gap.supplied).next().copied();
    let lost: Vec<_> = both.map_or_else(|| lost.into_iter().collect(), |both| vec![both]);
    let truth =
        || view.authorities()[domain].main_truth(index).filter(|&truth| view.landscape().stands(truth));
    let source = heir(view, lost.first()?.1).or_else(truth)?;
    let mut plan = index.plan.clone();
    let mut edits = Vec::new();
    for (flow, leaving) in lost {
        let new = like(view, domain, gap, (flow, leaving), source, hub);
        let edit = add_flow(plan.free_flow_id(&new), new);
        plan = apply(&plan, [edit.clone()]).ok()?;
        edits.push(edit);
    }
    Some((source, edits))
}

/// The flow of today with another system in the place of the one that leaves, for one domain.
fn like(
    view: &View<'_, '_>,
    domain: usize,
    gap: &Gap,
    (flow, leaving): (usize, usize),
    source: usize,
    hub: Option<usize>,
) -> Flow {
    let index = view.index();
    let old = &index.flows[flow];
    let mut new = old.flow.clone();
    let heir = index.systems[source].id.clone();
    let starts_at_leaving = old.from == Some(leaving);
    *(if starts_at_leaving { &mut new.from } else { &mut new.to }) = heir;
    let brings = gap.received.contains(&(flow, leaving));
    let takes = gap.supplied.contains(&(flow, leaving));
    let (forward, back) = if starts_at_leaving { (brings, takes) } else { (takes, brings) };
    new.carries.retain(|payload| payload.domain == *index.domains[domain].0);
    new.carries.retain_mut(|payload| {
        let (goes, comes) =
            (payload.direction.goes_forward() && forward, payload.direction.goes_back() && back);
        payload.direction = match (goes, comes) {
            (true, true) => Direction::Both,
            (true, false) => Direction::Forward,
            _ => Direction::Back,
        };
        goes || comes
    });
    match hub {
        Some(hub) => new.via = vec![index.systems[hub].id.clone()],
        None => new.via.clear(),
    }
    new.since = beginning(view, leaving, [Some(source), hub]);
    new.until = None;
    new.bridge = false;
    new.replaces = is_designed(&new).then(|| old.id.clone()).into_iter().collect();
    new
}

/// When the new connection begins: at the cutover of what leaves, else when it is gone, but not before
/// the systems that it needs are there.
fn beginning(view: &View<'_, '_>, leaving: usize, needed: [Option<usize>; 2]) -> Stage {
    let index = view.index();
    let entry = &index.systems[leaving];
    let wanted = entry.cutover.unwrap_or(entry.life.end);
    let there = needed.into_iter().flatten().map(|system| index.systems[system].life.start);
    index.timeline.stage(there.fold(wanted, usize::max).min(index.timeline.target())).clone()
}
