//! How a flow works technically: which pattern fits, and the edits that make it work otherwise. Shared by the
//! rules on timing; knows nothing of limits.

use crate::edit::{Edit, change_flow};
use crate::landscape::FlowEntry;
use crate::model::{Flow, Initiator, Mark, Mechanism, Pattern, Timing};

use super::View;

/// The worst case from a change to the arrival of its event, in minutes.
pub(super) const EVENT_MIN: u32 = 5;

/// Whether the flow starts or ends at the focal system.
pub(super) fn touches_focal(view: &View<'_, '_>, entry: &FlowEntry<'_>) -> bool {
    view.index().focal().is_some_and(|focal| [entry.from, entry.to].contains(&Some(focal)))
}

/// Whether the focal system is an end of the flow and the other side, or a hub, starts the exchange.
pub(super) fn calls_focal(view: &View<'_, '_>, entry: &FlowEntry<'_>, initiator: Initiator) -> bool {
    let called = match initiator {
        Initiator::From => entry.to,
        Initiator::To => entry.from,
        Initiator::Hub => return touches_focal(view, entry),
    };
    called.is_some() && called == view.index().focal()
}

/// The pattern that the selection table of the platform names for a timing and who starts the exchange.
pub(super) fn recommended_pattern(
    view: &View<'_, '_>,
    entry: &FlowEntry<'_>,
    initiator: Initiator,
    timing: Timing,
) -> Pattern {
    match timing {
        Timing::Batch => Pattern::BatchSync,
        _ if calls_focal(view, entry, initiator) => Pattern::CallIn,
        Timing::Sync => Pattern::RequestReply,
        Timing::Async => Pattern::FireForget,
    }
}

/// The edit by which one side, or the hub, sends each change as an event, for which nobody waits. Its worst
/// case is an assumption.
pub(super) fn as_event(view: &View<'_, '_>, flow: usize, initiator: Initiator) -> Option<Edit> {
    let entry = &view.index().flows[flow];
    change_flow(view.index().plan, entry.id, |changed| {
        changed.timing = Some(Timing::Async);
        changed.initiator = initiator;
        changed.pattern = Some(recommended_pattern(view, entry, initiator, Timing::Async));
        if !is_event_like(changed) {
            changed.mechanism = Some(Mechanism::Event);
        }
        changed.runs_per_day = None;
        changed.records_per_run = None;
        if changed.latency_min.is_none_or(|latency| latency > EVENT_MIN) {
            changed.latency_min = Some(EVENT_MIN);
            changed.marks.insert("latency_min".to_owned(), Mark::Assumed);
        }
    })
}

const fn is_event_like(flow: &Flow) -> bool {
    matches!(flow.mechanism, Some(Mechanism::Event | Mechanism::Cdc | Mechanism::Queue | Mechanism::Hl7))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;
    use crate::rules::Facts;
    use crate::rules::post_migration::post_migration_gap::RULE;
    use crate::rules::sketch::parse;

    #[test]
    fn what_sends_each_change_already_keeps_its_way_to_send_it() {
        for (mechanism, then) in [
            ("event", "event"),
            ("cdc", "cdc"),
            ("queue", "queue"),
            ("hl7", "hl7"),
            ("rest", "event"),
            ("file", "event"),
        ] {
            let plan = parse(&format!("a -> b : x | id feed, batch, mechanism {mechanism}")).plan;
            let facts = Facts::new(&plan);
            let view = View::new(&facts, 0, &RULE);
            let after = apply(&plan, as_event(&view, 0, Initiator::From)).unwrap();
            assert_eq!(after.flows["feed"].mechanism, then.parse().ok(), "{mechanism}");
        }
    }
}
