//! What a plan uses of each limit of the focal system at a stage.

use crate::landscape::{Index, Landscape};

use super::calls::{Rates, allowed_bulk_batches, allowed_calls, bulk_batches, calls_at};
use super::events::{Events, allowed_deliveries};
use super::storage::stored;

/// What is used of one limit.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Budget {
    /// How much is used, as far as it is known.
    pub used: f64,
    /// Number of users of it whose use is known.
    pub known: usize,
    /// Number of users of it whose use nobody wrote down.
    pub unknown: usize,
    /// How much is allowed; `None` where it is not known.
    pub allowed: Option<f64>,
}

impl Budget {
    pub(super) fn add(&mut self, used: Option<f64>) {
        match used {
            Some(used) => (self.used, self.known) = (self.used + used, self.known + 1),
            None => self.unknown += 1,
        }
    }

    /// How much is used, where all of it is known.
    #[must_use]
    pub fn total(&self) -> Option<f64> {
        (self.unknown == 0).then_some(self.used)
    }

    /// How much of what is allowed is used, 1 being all of it, as far as it is known.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        self.allowed.filter(|allowed| *allowed > 0.0).map(|allowed| self.used / allowed)
    }
}

/// What is used of each limit of the focal system at a stage.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Usage {
    /// Calls a day at the focal system.
    pub calls: Budget,
    /// Events a day that are delivered to subscribers outside.
    pub deliveries: Budget,
    /// Bulk batches a day.
    pub bulk_batches: Budget,
    /// Gigabytes of data.
    pub storage_gb: Budget,
}

impl Usage {
    /// The usage at a stage; `None` where the plan has no focal system.
    #[must_use]
    pub fn new(index: &Index<'_>, landscape: &Landscape<'_>) -> Option<Self> {
        let (focal, plan) = (index.focal()?, index.plan);
        let rates = Rates::of(plan);
        let of = |allowed| Budget { allowed, ..Budget::default() };
        let mut usage = Self {
            calls: of(allowed_calls(plan)),
            deliveries: of(allowed_deliveries(plan)),
            bulk_batches: of(allowed_bulk_batches(plan)),
            storage_gb: stored(index, index.systems[focal].id, landscape.at),
        };
        for entry in landscape.flows.iter().map(|&flow| &index.flows[flow]) {
            if entry.from == Some(focal) || entry.to == Some(focal) {
                let calls = calls_at(&rates, entry, focal, true, entry.flow.records_per_day);
                usage.calls.add(calls.map(|calls| calls.per_day));
                usage.bulk_batches.add(bulk_batches(&rates, entry));
            }
        }
        for subscription in Events::new(index, landscape, focal).subscriptions {
            usage.deliveries.add(subscription.per_day.map(|events| events as f64));
        }
        Some(usage)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::parse_sketch;

    fn usage(text: &str) -> Option<Usage> {
        let plan = parse_sketch(text).plan;
        let index = Index::new(&plan);
        Usage::new(&index, &Landscape::new(&index, index.timeline.target()))
    }

    #[test]
    fn what_is_known_is_added_up_and_what_is_not_is_counted() {
        let usage = usage(
            "focal sf
             plan: org.edition Developer
             a -> sf : x | mechanism rest, records_per_day 3000
             b -> sf : x | mechanism bulk, records_per_day 15000, runs_per_day 3
             sf -> c : x | mechanism event, records_per_day 500
             sf -> d : x | mechanism event
             e -> sf : x
             a -> b : x",
        )
        .unwrap();
        assert_eq!((usage.calls.used, usage.calls.total()), (3_032.0, None));
        assert_eq!((usage.calls.known, usage.calls.unknown), (4, 1));
        assert_eq!(usage.calls.share(), Some(3_032.0 / 15_000.0));
        assert_eq!((usage.deliveries.used, usage.deliveries.unknown), (500.0, 1));
        assert_eq!((usage.bulk_batches.used, usage.bulk_batches.allowed), (3.0, Some(15_000.0)));
        assert_eq!((usage.storage_gb.used, usage.storage_gb.unknown), (0.0, 1));
    }

    #[test]
    fn a_plan_without_a_focal_system_uses_nothing() {
        assert_eq!(usage("a -> b : x | mechanism rest, records_per_day 3000"), None);
    }

    #[test]
    fn of_nothing_that_is_allowed_there_is_no_share() {
        let budget = |allowed| Budget { allowed, used: 5.0, ..Budget::default() };
        assert_eq!(
            [None, Some(0.0), Some(10.0)].map(|allowed| budget(allowed).share()),
            [None, None, Some(0.5)]
        );
        assert_eq!(budget(None).total(), Some(5.0));
        assert_eq!(Budget { unknown: 1, ..budget(None) }.total(), None);
    }
}
