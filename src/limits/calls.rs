//! Calls: how many a subscription allows, how many a flow makes at a system, and its bulk batches.

use crate::landscape::FlowEntry;
use crate::model::{Initiator, Mechanism, Plan, slug};

use super::table::{edition, figure, general, knows_edition, of_add_ons, of_edition};

/// Calls a day that the focal system's subscription allows: its base and what its licences and add-ons
/// add. `None` where the table does not know the edition, or one of the licences.
#[must_use]
pub fn allowed_calls(plan: &Plan) -> Option<f64> {
    if let Some(flat) = of_edition(plan, "api-calls-flat") {
        return Some(flat);
    }
    let edition = edition(plan)?;
    let mut calls = of_edition(plan, "api-calls-base")? + of_add_ons(plan, "api-calls-per-add-on");
    for (licence, count) in &plan.org.licences {
        let name = format!("api-calls-per-licence.{}", slug(licence));
        let each = figure(plan, &format!("{name}.{edition}")).or_else(|| figure(plan, &name))?;
        calls += each * f64::from(*count);
    }
    Some(calls)
}

/// Bulk batches a day that the platform allows; `None` where the table does not know the edition.
#[must_use]
pub fn allowed_bulk_batches(plan: &Plan) -> Option<f64> {
    knows_edition(plan).then(|| general(plan, "bulk-batches"))
}

/// The figures by which volumes become calls, looked up once for many flows.
#[derive(Clone, Copy, Debug)]
pub struct Rates {
    records_per_collection: f64,
    calls_per_bulk_run: f64,
    records_per_batch: f64,
    records_per_page: f64,
}

impl Rates {
    /// Those of a plan.
    #[must_use]
    pub fn of(plan: &Plan) -> Self {
        // A plan can write anything; nothing is divided by less than one.
        let at_least_one = |name| general(plan, name).max(1.0);
        Self {
            records_per_collection: at_least_one("composite-records"),
            calls_per_bulk_run: general(plan, "bulk-calls-per-run"),
            records_per_batch: at_least_one("bulk-records-per-batch"),
            records_per_page: at_least_one("query-page-records"),
        }
    }

    /// Calls a day for records that are sent in collections.
    #[must_use]
    pub fn in_collections(&self, records: f64) -> f64 {
        (records / self.records_per_collection).ceil()
    }
}

/// The calls of one flow at one system.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calls {
    /// How many a day.
    pub per_day: f64,
    /// How they were worked out.
    pub formula: &'static str,
    /// Whether nobody published how this mechanism counts.
    pub is_assumed: bool,
}

impl Calls {
    const fn none(why: &'static str) -> Self {
        Self { per_day: 0.0, formula: why, is_assumed: false }
    }

    const fn of(per_day: f64, formula: &'static str) -> Self {
        Self { per_day, formula, is_assumed: false }
    }
}

/// The calls a day of a flow at a system that is one of its ends, if it carries so many records a day.
/// `None` where its mechanism or its volume is not known.
#[must_use]
pub fn calls_at(
    rates: &Rates,
    entry: &FlowEntry<'_>,
    system: usize,
    is_focal: bool,
    records: Option<u64>,
) -> Option<Calls> {
    let flow = entry.flow;
    let mechanism = flow.mechanism?;
    let sends = sends(entry, system);
    match mechanism {
        Mechanism::Manual => return Some(Calls::none("people carry the records, nobody calls")),
        Mechanism::Callout if is_focal => return Some(Calls::none("it calls out, nobody calls it")),
        Mechanism::Event | Mechanism::Cdc if is_focal && sends && !flow.is_two_way() => {
            return Some(Calls::none("events that leave it are no calls"));
        }
        Mechanism::Poll if !sends => return Some(Calls::none("it asks the others")),
        // A bulk interface is called by whoever loads, and its platform never calls one.
        Mechanism::Bulk if is_focal => {}
        Mechanism::Poll => {}
        _ if starts(entry, system) => return Some(Calls::none("it calls the others")),
        _ => {}
    }
    counted(rates, entry, mechanism, is_focal, records)
}

fn counted(
    rates: &Rates,
    entry: &FlowEntry<'_>,
    mechanism: Mechanism,
    is_focal: bool,
    records: Option<u64>,
) -> Option<Calls> {
    let flow = entry.flow;
    let both = if flow.is_two_way() { 2.0 } else { 1.0 };
    let runs = flow.runs_per_day.map(f64::from);
    Some(match mechanism {
        Mechanism::Poll => {
            let pages = (flow.records_per_run? as f64 / rates.records_per_page).ceil();
            Calls::of(runs? * (1.0 + pages), "each run asks once, and once more for each page of records")
        }
        Mechanism::Bulk => {
            let batches = (records? as f64 / rates.records_per_batch).ceil();
            let calls = runs? * rates.calls_per_bulk_run + batches;
            Calls::of(both * calls, "the calls around each run and one for each batch of records")
        }
        Mechanism::Composite => {
            Calls::of(both * rates.in_collections(records? as f64), "one call for each collection of records")
        }
        Mechanism::Rest => Calls::of(both * records? as f64, "one call a record"),
        // Of a two-way flow of events only the way in is called.
        Mechanism::Event | Mechanism::Cdc if is_focal => assumed(records? as f64),
        _ => assumed(both * records? as f64),
    })
}

const fn assumed(per_day: f64) -> Calls {
    Calls { per_day, formula: "one call a record, which is assumed", is_assumed: true }
}

/// The batches a day that a flow loads through the focal system's bulk interface. `None` where its volume
/// or its mechanism is not known; zero where it does not use one.
#[must_use]
pub fn bulk_batches(rates: &Rates, entry: &FlowEntry<'_>) -> Option<f64> {
    if entry.flow.mechanism? != Mechanism::Bulk {
        return Some(0.0);
    }
    let both = if entry.flow.is_two_way() { 2.0 } else { 1.0 };
    let batches = (entry.flow.records_per_day? as f64 / rates.records_per_batch).ceil();
    // Each run begins a batch of its own.
    Some(both * entry.flow.runs_per_day.map_or(batches, |runs| batches.max(f64::from(runs))))
}

/// Whether a system sends records with a flow.
pub(super) fn sends(entry: &FlowEntry<'_>, system: usize) -> bool {
    let (forward, back) = (entry.from == Some(system), entry.to == Some(system));
    entry.carries.iter().any(|(_, payload)| {
        forward && payload.direction.goes_forward() || back && payload.direction.goes_back()
    })
}

/// Whether a system starts the exchange itself.
fn starts(entry: &FlowEntry<'_>, system: usize) -> bool {
    match entry.flow.initiator {
        Initiator::From => entry.from == Some(system),
        Initiator::To => entry.to == Some(system),
        Initiator::Hub => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscape::Index;
    use crate::model::{Direction, Flow, Payload, System};

    fn subscription(edition: &str, licences: &[(&str, u32)]) -> Plan {
        let mut plan = Plan::default();
        plan.org.edition = edition.to_owned();
        plan.org.licences = licences.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
        plan
    }

    #[test]
    fn licences_and_call_packs_add_to_the_base() {
        assert_eq!(allowed_calls(&subscription("Enterprise", &[])), Some(100_000.0));
        let mut plan = subscription("Enterprise", &[("salesforce", 15)]);
        assert_eq!(allowed_calls(&plan), Some(115_000.0));
        plan.org.add_ons.insert("API calls".to_owned(), 10_000);
        assert_eq!(allowed_calls(&plan), Some(125_000.0));
        let many = subscription("Unlimited", &[("Salesforce", 10), ("Customer Community Plus", 10)]);
        assert_eq!(allowed_calls(&many), Some(152_000.0));
    }

    #[test]
    fn a_developer_has_a_flat_figure_and_what_the_table_does_not_know_is_unknown() {
        assert_eq!(allowed_calls(&subscription("Developer Edition", &[("salesforce", 15)])), Some(15_000.0));
        assert_eq!(allowed_calls(&subscription("", &[])), None);
        assert_eq!(allowed_calls(&subscription("Golden", &[])), None);
        assert_eq!(allowed_calls(&subscription("Enterprise", &[("golden", 1)])), None);
    }

    /// The calls at `b` and at `a` of a flow from a to b.
    fn calls(change: impl FnOnce(&mut Flow)) -> [Option<f64>; 2] {
        let mut plan = Plan::named("two systems");
        for name in ["a", "b"] {
            plan.systems.insert(name.into(), System::named(name).into());
        }
        plan.domains.insert("x".into(), crate::model::DataDomain::named("x").into());
        let mut flow =
            Flow { carries: vec![Payload::of("x".into())], ..Flow::between("a".into(), "b".into()) };
        change(&mut flow);
        plan.flows.insert("f".into(), flow.into());
        let (index, rates) = (Index::new(&plan), Rates::of(&plan));
        let entry = &index.flows[0];
        [1, 0].map(|at| {
            calls_at(&rates, entry, at, true, entry.flow.records_per_day).map(|calls| calls.per_day)
        })
    }

    fn by(mechanism: Mechanism, records: u64) -> [Option<f64>; 2] {
        calls(|flow| (flow.mechanism, flow.records_per_day) = (Some(mechanism), Some(records)))
    }

    #[test]
    fn each_mechanism_has_its_formula() {
        assert_eq!(by(Mechanism::Rest, 1_001), [Some(1_001.0), Some(0.0)]);
        assert_eq!(by(Mechanism::Composite, 1_001), [Some(6.0), Some(0.0)]);
        assert_eq!(by(Mechanism::Queue, 30), [Some(30.0), Some(0.0)]);
        assert_eq!(by(Mechanism::Event, 30), [Some(30.0), Some(0.0)]);
        assert_eq!(by(Mechanism::Callout, 30), [Some(0.0), Some(0.0)]);
        assert_eq!(by(Mechanism::Manual, 30), [Some(0.0), Some(0.0)]);
        let bulk = calls(|flow| {
            (flow.mechanism, flow.records_per_day, flow.runs_per_day) =
                (Some(Mechanism::Bulk), Some(25_000), Some(2));
        });
        assert_eq!(bulk, [Some(23.0), Some(23.0)]);
        let poll = calls(|flow| {
            (flow.mechanism, flow.records_per_run, flow.runs_per_day) =
                (Some(Mechanism::Poll), Some(2_001), Some(24));
        });
        assert_eq!(poll, [Some(0.0), Some(72.0)]);
    }

    #[test]
    fn what_is_not_known_is_unknown_and_records_of_a_run_are_never_worked_out() {
        assert_eq!(calls(|_| ()), [None, None]);
        assert_eq!(calls(|flow| flow.mechanism = Some(Mechanism::Rest)), [None, Some(0.0)]);
        let poll = calls(|flow| {
            (flow.mechanism, flow.records_per_day, flow.runs_per_day) =
                (Some(Mechanism::Poll), Some(240), Some(24));
        });
        assert_eq!(poll, [Some(0.0), None]);
    }

    #[test]
    fn who_starts_calls_and_both_directions_count() {
        let called_back = calls(|flow| {
            (flow.mechanism, flow.records_per_day) = (Some(Mechanism::Rest), Some(10));
            (flow.initiator, flow.carries[0].direction) = (Initiator::To, Direction::Both);
        });
        assert_eq!(called_back, [Some(0.0), Some(20.0)]);
        let by_the_hub = calls(|flow| {
            (flow.mechanism, flow.records_per_day) = (Some(Mechanism::Rest), Some(10));
            flow.initiator = Initiator::Hub;
        });
        assert_eq!(by_the_hub, [Some(10.0), Some(10.0)]);
        let subscribed = calls(|flow| {
            (flow.mechanism, flow.records_per_day) = (Some(Mechanism::Cdc), Some(10));
            flow.initiator = Initiator::To;
        });
        assert_eq!(subscribed, [Some(0.0), Some(0.0)]);
        let events = calls(|flow| {
            (flow.mechanism, flow.records_per_day) = (Some(Mechanism::Event), Some(10));
            (flow.initiator, flow.carries[0].direction) = (Initiator::Hub, Direction::Both);
        });
        assert_eq!(events, [Some(10.0), Some(10.0)]);
    }

    #[test]
    fn only_the_focal_system_sends_its_events_without_calls() {
        let text = "a <-> b : x | mechanism event, initiator hub, records_per_day 10";
        let plan = crate::rules::parse_sketch(text).plan;
        let (index, rates) = (Index::new(&plan), Rates::of(&plan));
        let at =
            |is_focal| calls_at(&rates, &index.flows[0], 0, is_focal, Some(10)).map(|calls| calls.per_day);
        assert_eq!([at(true), at(false)], [Some(10.0), Some(20.0)]);
    }
}
