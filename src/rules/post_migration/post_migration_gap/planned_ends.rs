//! Connections that end because the plan says so, not because a system leaves: what takes over may have an end
//! of its own.

use std::collections::BTreeMap;

use crate::landscape::{Edge, FlowEntry};
use crate::rules::View;

use super::heir;

/// The stage at which the last flow ends that brings a domain from one system to another and was planned to
/// end, by domain, sender and receiver.
pub(super) struct PlannedEnds(BTreeMap<(usize, usize, usize), usize>);

impl PlannedEnds {
    /// The planned ends of a view. A bridge ends because something better was to come, and a flow of which an
    /// end or a hub leaves ends with that.
    pub fn new(view: &View<'_, '_>) -> Self {
        let stands = |system: Option<usize>| system.is_some_and(|system| view.landscape().stands(system));
        let all_stand = |entry: &&FlowEntry<'_>| {
            stands(entry.from) && stands(entry.to) && entry.via.iter().all(|hub| stands(*hub))
        };
        let flows = view.index().flows.iter().filter(|entry| entry.flow.until.is_some());
        let mut ends = BTreeMap::new();
        for entry in flows.filter(|entry| !entry.flow.bridge).filter(all_stand) {
            let (Some(from), Some(to)) = (entry.from, entry.to) else { continue };
            for (domain, payload) in &entry.carries {
                let forward = payload.direction.goes_forward().then_some((*domain, from, to));
                let back = payload.direction.goes_back().then_some((*domain, to, from));
                for connection in forward.into_iter().chain(back) {
                    let end = ends.entry(connection).or_default();
                    *end = entry.life.end.max(*end);
                }
            }
        }
        Self(ends)
    }

    /// Whether a connection of today goes on with what takes over from its leaving end, and ends later.
    pub fn of_heir(&self, view: &View<'_, '_>, edge: &Edge<'_>, leaving: usize) -> bool {
        let Some(heir) = heir(view, leaving) else { return false };
        let (from, to) = if leaving == edge.from { (heir, edge.to) } else { (edge.from, heir) };
        let end = self.0.get(&(edge.domain, from, to));
        end.is_some_and(|end| *end > view.index().flows[edge.flow].life.end)
    }
}

#[cfg(test)]
mod tests {
    use super::super::RULE;
    use crate::rules::sketch::assert_findings;

    const MOVE: &str = "focal sf
         wave 3: notes last
         bus: hub
         crm: migrate, into sf, at 1, approach phased
         account = truth crm, truth sf from 1";

    #[test]
    fn what_goes_on_with_what_takes_over_until_a_planned_end_is_not_lost_by_the_migration() {
        for (today, later) in [
            ("crm -> acc : account | until 1", "sf -> acc : account | since 1, until 2"),
            ("crm -> acc : account | until 1", "acc -> sf via bus : account back | since 1, until 3"),
            ("acc -> crm : account | until 1", "acc -> sf : account | since 1, until 2"),
            ("acc <-> crm : account | until 1", "sf <-> acc : account | since 1, until 2"),
        ] {
            assert_findings(&RULE, &format!("{MOVE}\n{today}\n{later}"));
        }
    }

    #[test]
    fn of_several_flows_the_last_one_counts() {
        let today = "crm -> acc : account | until 2";
        for ends in [["1", "3"], ["3", "1"]] {
            let later = ends.map(|end| format!("sf -> acc : account | until {end}"));
            assert_findings(&RULE, &format!("{MOVE}\n{today}\n{}", later.join("\n")));
        }
    }

    #[test]
    fn what_a_bridge_brings_or_ends_with_another_system_or_no_later_is_lost() {
        let found = "acc.account: reader    !! post-migration-gap error";
        for later in [
            "sf -> acc : account | bridge, since 1, until 2",
            "sf -> acc : account | until 1",
            "sf -> acc : order | since 1, until 2",
            "sf -> shop : account | since 1, until 2",
            "acc -> sf : account | since 1, until 2",
            "old: hub, retire, exit 2\nsf -> acc via old : account | since 1, until 2",
            "sf: migrate, into erp, at 2, exit 2\nsf -> acc : account | since 1, until 2",
        ] {
            assert_findings(&RULE, &format!("{MOVE}\n{found}\ncrm -> acc : account | until 1\n{later}"));
        }
    }
}
