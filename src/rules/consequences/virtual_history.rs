//! A system that is read where it stands: flows that copied its old records read them in place.

use crate::edit::apply;
use crate::landscape::Landscape;
use crate::model::{Flow, Guards, Mechanism, Pattern, Timing};
use crate::rules::hubs::rewired;
use crate::rules::{Facts, View};

use super::Work;
use crate::rules::migration::federate_instead;

impl Work {
    /// Turns flows that take nothing but history out of the system into virtual ones, from the first wave on
    /// or, without waves, at once. Flows that also carry daily work are left to people.
    pub(super) fn read_history_in_place(&mut self) {
        let plan = self.plan.clone();
        let Some(system) = plan.systems.get(&self.id) else { return };
        let is_history = |flow: &Flow| {
            let only_history = flow.carries.iter().all(|payload| {
                let holding = system.holdings.get(&payload.domain);
                !payload.direction.goes_back()
                    && payload.part.is_empty()
                    && holding.is_some_and(|holding| holding.history == Some(true) && !holding.is_virtual)
            });
            flow.from == self.id && !flow.is_virtual() && !flow.carries.is_empty() && only_history
        };
        let facts = Facts::new(&plan);
        let target = facts.index.timeline.target();
        let landscape: &Landscape<'_> = &facts.stages[target].landscape;
        let copies: Vec<_> = landscape
            .flows
            .iter()
            .copied()
            .filter(|&flow| is_history(facts.index.flows[flow].flow))
            .collect();
        let view = View::new(&facts, target, &federate_instead::RULE);
        let edits = rewired(&view, &copies, 0, read_in_place);
        let Ok(changed) = apply(&plan, edits) else { return };
        for flow in copies {
            self.say(format!(
                "{} reads in place instead of copying",
                plan.flow_name(facts.index.flows[flow].id)
            ));
        }
        self.plan = changed;
    }
}

fn read_in_place(flow: &mut Flow) {
    flow.pattern = Some(Pattern::Virtual);
    flow.timing = Some(Timing::Sync);
    flow.mechanism = Some(Mechanism::ZeroCopy);
    flow.guards = Guards::None;
    flow.latency_min = None;
    flow.records_per_run = None;
    flow.runs_per_day = None;
    for payload in &mut flow.carries {
        payload.writes = false;
    }
}
