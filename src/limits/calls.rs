//! Calls: how many a subscription allows, how many a flow makes at a system, and its bulk batches.

use std::fmt;

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
    let mut calls = of_edition(plan, "api-calls-base")? + of_add_ons(plan, "api-calls-per-add-on");
    for (licence, count) in &plan.org.licences {
        calls += calls_of_licence(plan, licence)? * f64::from(*count);
    }
    Some(calls)
}

/// Calls a day that one licence adds: in the plan's edition, else in any.
fn calls_of_licence(plan: &Plan, licence: &str) -> Option<f64> {
    let name = format!("api-calls-per-licence.{}", slug(licence));
    of_edition(plan, &name).or_else(|| figure(plan, &name))
}

/// A name in a plan's subscription of which neither the table nor the plan has a figure of calls, so that
/// what is allowed is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WithoutFigure<'p> {
    /// The edition.
    Edition(&'p str),
    /// One of the licences.
    Licence(&'p str),
}

impl fmt::Display for WithoutFigure<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Edition(name) => write!(f, "the edition {name}"),
            Self::Licence(name) => write!(f, "the licence {name}"),
        }
    }
}

/// The edition and the licences that a plan names and of which there is no figure. Nothing for what is not
/// named, nor for licences of an edition to which they add nothing.
#[must_use]
pub fn without_figure(plan: &Plan) -> Vec<WithoutFigure<'_>> {
    if of_edition(plan, "api-calls-flat").is_some() {
        return Vec::new();
    }
    let edition = edition(plan).filter(|_| !knows_edition(plan));
    let edition = edition.map(|_| WithoutFigure::Edition(plan.org.edition.trim()));
    let licences = plan.org.licences.keys().filter(|licence| calls_of_licence(plan, licence).is_none());
    edition.into_iter().chain(licences.map(|licence| WithoutFigure::Licence(licence))).collect()
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
/// `None` where its mechanism or its volume is not known. Events and change data capture make none, in
/// either direction: publishing through the Pub/Sub API does not count against API requests, it has an
/// allocation of its own, as deliveries have ([`super::Events`]).
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
        Mechanism::Event | Mechanism::Cdc => {
            return Some(Calls::none("events are no calls, they have an allocation of their own"));
        }
        Mechanism::Poll if !sends => return Some(Calls::none("it asks the others")),
        // A bulk interface is called by whoever loads, and its platform never calls one.
        Mechanism::Bulk if is_focal => {}
        Mechanism::Poll => {}
        _ if starts(entry, system) => return Some(Calls::none("it calls the others")),
        _ => {}
    }
    counted(rates, entry, mechanism, records)
}

fn counted(
    rates: &Rates,
    entry: &FlowEntry<'_>,
    mechanism: Mechanism,
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
        _ => Calls {
            per_day: both * records? as f64,
            formula: "one call a record, which is assumed",
            is_assumed: true,
        },
    })
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
    fn licences_and_editions_are_known_by_their_short_names_too() {
        let adds = |edition: &str, licence: &str| {
            allowed_calls(&subscription(edition, &[(licence, 1)])).map(|calls| calls - 100_000.0)
        };
        for (licence, calls) in [
            ("Platform", 1_000.0),
            ("Partner", 200.0),
            ("Partner login", 10.0),
            ("CC Plus", 200.0),
            ("CC Plus (login)", 10.0),
            ("External Identity", 70_000.0),
        ] {
            assert_eq!(adds("Professional (API)", licence), Some(calls), "{licence}");
        }
        assert_eq!([adds("Unlimited", "platform"), adds("Performance", "platform")], [Some(5_000.0); 2]);
    }

    #[test]
    fn what_the_table_has_no_figure_of_is_named() {
        let names = |edition: &str, licences: &[(&str, u32)]| {
            let plan = subscription(edition, licences);
            without_figure(&plan).iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        let licences = [("Sales Cloud", 5), ("platform", 1)];
        assert_eq!(names("Enterprise", &licences), ["the licence Sales Cloud"]);
        assert_eq!(names("Golden", &licences), ["the edition Golden", "the licence Sales Cloud"]);
        assert_eq!([names("", &[]), names("Developer", &licences)], [[""; 0], [""; 0]]);
        let mut plan = subscription("Golden", &licences[..1]);
        plan.thresholds.insert("limits.api-calls-base.golden".to_owned(), 5.0);
        plan.thresholds.insert("limits.api-calls-per-licence.sales-cloud.golden".to_owned(), 7.0);
        assert_eq!((without_figure(&plan), allowed_calls(&plan)), (Vec::new(), Some(40.0)));
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
        assert_eq!(by(Mechanism::Event, 30), [Some(0.0), Some(0.0)]);
        assert_eq!(by(Mechanism::Cdc, 30), [Some(0.0), Some(0.0)]);
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
        assert_eq!(calls(|flow| flow.mechanism = Some(Mechanism::Event)), [Some(0.0), Some(0.0)]);
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
    }

    #[test]
    fn events_are_no_calls_anywhere_and_callouts_count_where_they_arrive() {
        let at = |text: &str, system: usize, is_focal| {
            let plan = crate::rules::parse_sketch(text).plan;
            let (index, rates) = (Index::new(&plan), Rates::of(&plan));
            calls_at(&rates, &index.flows[0], system, is_focal, Some(10)).map(|calls| calls.per_day)
        };
        for mechanism in ["event", "cdc"] {
            let both = format!("a <-> b : x | mechanism {mechanism}, initiator hub");
            assert_eq!([at(&both, 0, true), at(&both, 1, false)], [Some(0.0), Some(0.0)]);
        }
        let callout = "a -> b : x | mechanism callout";
        assert_eq!([at(callout, 0, true), at(callout, 1, false)], [Some(0.0), Some(10.0)]);
    }
}
