//! Changes of flows and roles that the fixes of several rules have in common.

use std::collections::BTreeSet;

use crate::edit::{Change, Edit, add_flow, apply, change_system};
use crate::landscape::Edge;
use crate::model::{
    Direction, DomainId, Flow, FlowId, Guards, Pattern, Payload, Plan, Role, SystemId, Timing,
};

use super::hubs::best_hub;
use super::{Finding, Fix, View};

/// The freshness in minutes from which a batch is quick enough.
const BATCH_FROM_MIN: u32 = 5;

/// A domain that is to be brought from one system to another.
#[derive(Clone, Copy)]
pub(super) struct Feed {
    pub domain: usize,
    pub from: usize,
    pub to: usize,
}

impl Feed {
    /// A new flow from the stage at which it is missed: straight, and through a hub that stands.
    pub(super) fn fixes(self, view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
        let Self { domain, from, to } = self;
        let index = view.index();
        let (from_name, to_name) = (index.system_name(from), index.system_name(to));
        let name = index.domain_name(domain);
        let first = finding.stages[0];
        let direct = Fix::edits(
            format!("Add a flow of {name} from {from_name} to {to_name}"),
            [self.edit(view, first, None)],
        );
        let routed = self.hub(view).map(|hub| {
            let title =
                format!("Route {name} from {from_name} to {to_name} through {}", index.system_name(hub));
            Fix::edits(title, [self.edit(view, first, Some(hub))])
        });
        std::iter::once(direct).chain(routed).collect()
    }

    /// The new flow, from a stage on or later, once all its ends stand.
    pub(super) fn edit(self, view: &View<'_, '_>, first: usize, hub: Option<usize>) -> Edit {
        let index = view.index();
        let system = |place: usize| index.systems[place].id.clone();
        let domain = index.domains[self.domain].0;
        let starts = [self.from, self.to].into_iter().chain(hub).map(|end| index.systems[end].life.start);
        let since = starts.fold(first, usize::max).min(index.timeline.target());
        let age = index.systems[self.to].system.holdings.get(domain).and_then(|holding| holding.max_age_min);
        let (timing, pattern) = match age {
            Some(..BATCH_FROM_MIN) => (Some(Timing::Async), Some(Pattern::FireForget)),
            Some(_) => (Some(Timing::Batch), Some(Pattern::BatchSync)),
            None => (None, None),
        };
        // What already goes the other way would send each change back.
        let comes_back = view.graph(self.domain).has_path(self.to, self.from);
        let flow = Flow {
            guards: if comes_back { Guards::Forward } else { Guards::None },
            via: hub.map(system).into_iter().collect(),
            carries: vec![Payload::of(domain.clone())],
            since: index.timeline.stage(since).clone(),
            timing,
            pattern,
            ..Flow::between(system(self.from), system(self.to))
        };
        add_flow(index.plan.free_flow_id(&flow), flow)
    }

    /// The new flow in the place of what another system sends of the domain.
    pub(super) fn instead_of(self, view: &View<'_, '_>, last: usize, hub: Option<usize>) -> Vec<Edit> {
        let index = view.index();
        let edges = &view.landscape().edges_by_domain[self.domain];
        let from_last = edges.iter().filter(|edge| (edge.from, edge.to) == (last, self.to));
        let flows: BTreeSet<_> = from_last.map(|edge| edge.flow).collect();
        let first = flows.iter().map(|&flow| index.flows[flow].life.start).min().unwrap_or_default();
        let domain = index.domains[self.domain].0;
        let is_unwanted = |payload: &Payload| payload.domain == *domain;
        let sender = index.systems[last].id;
        let stopped = |flow: &usize| stop_sending(index.plan, index.flows[*flow].id, sender, is_unwanted);
        let mut edits: Vec<_> = flows.iter().filter_map(stopped).collect();
        edits.push(self.edit(view, first, hub));
        edits
    }

    /// The hub that is best for both ends.
    pub(super) fn hub(self, view: &View<'_, '_>) -> Option<usize> {
        best_hub(view, &[self.from, self.to])
    }
}

/// Takes out of a flow what a system sends with it, where that is wanted; a flow that carries nothing any
/// more goes. `None` where nothing changes.
pub(super) fn stop_sending(
    plan: &Plan,
    id: &FlowId,
    sender: &SystemId,
    is_unwanted: impl Fn(&Payload) -> bool,
) -> Option<Edit> {
    let old = plan.flows.get(id)?;
    let mut flow = Flow::clone(old);
    let is_forward = flow.from == *sender;
    flow.carries.retain_mut(|payload| {
        let is_sent =
            if is_forward { payload.direction.goes_forward() } else { payload.direction.goes_back() };
        if !is_sent || !is_unwanted(payload) {
            return true;
        }
        let is_both = payload.direction == Direction::Both;
        payload.direction = if is_forward { Direction::Back } else { Direction::Forward };
        is_both
    });
    if flow == **old {
        return None;
    }
    let change = if flow.carries.is_empty() { Change::Remove } else { Change::Set(flow) };
    Some(Edit::Flow(id.clone(), Box::new(change)))
}

/// Takes edges out of their flows: each flow no longer sends that part of the domain that way.
pub(super) fn without_edges(view: &View<'_, '_>, edges: &[&Edge<'_>]) -> Vec<Edit> {
    let index = view.index();
    let mut plan = index.plan.clone();
    let mut edits = Vec::new();
    for edge in edges {
        let domain = index.domains[edge.domain].0;
        let is_of_edge = |payload: &Payload| {
            (&payload.domain, payload.part.as_str(), payload.writes) == (domain, edge.part, edge.writes)
        };
        let (flow, sender) = (index.flows[edge.flow].id, index.systems[edge.from].id);
        let step = stop_sending(&plan, flow, sender, is_of_edge);
        if let Some(changed) = step.as_ref().and_then(|edit| apply(&plan, [edit.clone()]).ok()) {
            plan = changed;
            edits.extend(step);
        }
    }
    edits
}

/// Declares a role.
pub(super) fn set_role(plan: &Plan, system: &SystemId, domain: &DomainId, role: Role) -> Option<Edit> {
    change_system(plan, system, |system| {
        system.holdings.entry(domain.clone()).or_default().role = Some(role);
    })
}

/// Makes systems readers of a domain: each gets the role and no longer writes to the others that decide
/// about it at some stage.
pub(super) fn make_readers(plan: &Plan, domain: &DomainId, readers: &[SystemId]) -> Vec<Edit> {
    let claims = plan.domains.get(domain).map(|domain| domain.truth.as_slice()).unwrap_or_default();
    let decides = |id: &SystemId| !readers.contains(id) && claims.iter().any(|claim| claim.system == *id);
    let mut edits: Vec<_> =
        readers.iter().filter_map(|reader| set_role(plan, reader, domain, Role::Reader)).collect();
    for (id, flow) in &plan.flows {
        let ends = [(&flow.from, &flow.to), (&flow.to, &flow.from)];
        let writer =
            ends.into_iter().find(|(sender, receiver)| readers.contains(sender) && decides(receiver));
        edits.extend(writer.and_then(|(sender, _)| {
            stop_sending(plan, id, sender, |payload| payload.domain == *domain && payload.writes)
        }));
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan_file::write;
    use crate::rules::sketch::parse;

    #[test]
    fn a_reader_no_longer_writes_the_domain_to_who_decides_and_sends_all_else_as_before() {
        let text = |written: &str| {
            format!(
                "order = truth erp
                 shop -> erp : {written} | id mixed
                 shop -> erp : order read | id view
                 shop -> lake : order | id copy"
            )
        };
        let plan = parse(&text("order, stock")).plan;
        let after = apply(&plan, make_readers(&plan, &"order".into(), &["shop".into()])).unwrap();
        let expected = parse(&format!("{}\nshop.order: reader", text("stock"))).plan;
        assert_eq!(write(&after), write(&expected));
    }
}
