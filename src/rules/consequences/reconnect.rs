//! Connections that are still lost after all flows were looked at, and echoes that new flows would bring.

use std::collections::BTreeSet;

use crate::edit::{Change, Edit, apply};
use crate::model::{Guards, Plan};
use crate::rules::post_migration::post_migration_gap;
use crate::rules::{Facts, View};

use super::Work;

/// The most connections that one step makes again, beside the flows that begin in the place of others.
const MOST_CONNECTED: usize = 32;

impl Work {
    /// Connects again what loses data with the system.
    pub(super) fn reconnect_what_it_leaves(&mut self) {
        let id = self.id.clone();
        self.reconnect(|facts, _, leaving| leaving.iter().any(|&place| *facts.index.systems[place].id == id));
    }

    /// Connects the system with what takes over from those that it loses.
    pub(super) fn reconnect_what_it_needs(&mut self) {
        let id = self.id.clone();
        self.reconnect(|facts, stays, _| *facts.index.systems[stays].id == id);
    }

    fn reconnect(&mut self, concerns: impl Fn(&Facts<'_>, usize, &BTreeSet<usize>) -> bool) {
        for _ in 0..MOST_CONNECTED {
            let Some(edits) = lost_connection(&self.plan, &concerns) else { return };
            let Ok(plan) = apply(&self.plan, edits.iter().cloned()) else { return };
            self.plan = plan;
            for edit in edits {
                if let Edit::Flow(id, change) = edit
                    && let Change::Add(flow) = *change
                {
                    let since = self.plan.stage_name(&flow.since).to_owned();
                    self.say(format!("{} begins in {since}", self.plan.flow_name(&id)));
                    self.new.push(id);
                }
            }
        }
    }

    /// What already goes the other way would send each change of a new one-way flow back: the flow is guarded.
    pub(super) fn guard_new_flows(&mut self) {
        let plan = self.plan.clone();
        let facts = Facts::new(&plan);
        for id in std::mem::take(&mut self.new) {
            let Some(entry) = facts.index.flow(&id).map(|place| &facts.index.flows[place]) else { continue };
            let (Some(from), Some(to)) = (entry.from, entry.to) else { continue };
            if entry.flow.is_two_way() || entry.flow.guards != Guards::None {
                continue;
            }
            let comes_back = entry.life.clone().any(|at| {
                entry.carries.iter().any(|(domain, payload)| {
                    let graph = facts.graph(at, *domain);
                    let (from, to) = if payload.direction.goes_forward() { (from, to) } else { (to, from) };
                    payload.writes && graph.has_path(to, from)
                })
            });
            if comes_back {
                let goes_back = entry.carries.iter().any(|(_, payload)| payload.direction.goes_back());
                let guards = if goes_back { Guards::Back } else { Guards::Forward };
                self.change_flow(&id, |flow| flow.guards = guards);
            }
        }
    }
}

/// The first way to make a connection again that is lost in the target.
fn lost_connection(
    plan: &Plan,
    concerns: impl Fn(&Facts<'_>, usize, &BTreeSet<usize>) -> bool,
) -> Option<Vec<Edit>> {
    let facts = Facts::new(plan);
    let view = View::new(&facts, facts.index.timeline.target(), &post_migration_gap::RULE);
    post_migration_gap::first_connection(&view, |stays, leaving| concerns(&facts, stays, leaving))
}
