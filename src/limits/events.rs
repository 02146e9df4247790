//! Events that leave the focal system: how many are delivered to whom, how many are published in the busiest
//! hour, what is on change data capture, and what of it a subscription allows.

use std::collections::{BTreeMap, BTreeSet};

use crate::landscape::{Index, Landscape};
use crate::model::{Mechanism, Plan, slug};

use super::calls::sends;
use super::table::{general, knows_edition, of_add_ons, of_edition};

/// The add-on with which as many objects as wanted are on change data capture.
const CDC_ADD_ON: &str = "change-data-capture";

/// Events a day that may be delivered to subscribers outside; `None` where the edition is not known.
#[must_use]
pub fn allowed_deliveries(plan: &Plan) -> Option<f64> {
    Some(of_edition(plan, "event-deliveries")? + of_add_ons(plan, "event-deliveries-per-add-on"))
}

/// Events that may be published in an hour; `None` where the edition is not known.
#[must_use]
pub fn allowed_publishing(plan: &Plan) -> Option<f64> {
    Some(of_edition(plan, "event-publishing")? + of_add_ons(plan, "event-publishing-per-add-on"))
}

/// Objects that may be on change data capture; `None` where there is no limit or the edition is not known.
#[must_use]
pub fn allowed_cdc_objects(plan: &Plan) -> Option<f64> {
    let is_unlimited = plan.org.add_ons.iter().any(|(name, units)| slug(name) == CDC_ADD_ON && *units > 0);
    (knows_edition(plan) && !is_unlimited).then(|| general(plan, "cdc-objects"))
}

/// One subscriber outside.
#[derive(Clone, Debug, PartialEq)]
pub struct Subscription {
    /// The flows that it serves: one, or those that take one extract from the same hub.
    pub flows: Vec<usize>,
    /// Events a day; `None` where a volume is not known.
    pub per_day: Option<u64>,
}

/// The events of the focal system at a stage.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Events {
    /// Who gets events from it.
    pub subscriptions: Vec<Subscription>,
    /// Events published in the busiest hour, as far as volumes are known. What leaves in several flows is
    /// published once.
    pub published_per_hour: u64,
    /// The domains that leave it by change data capture.
    pub cdc_domains: BTreeSet<usize>,
}

/// What a flow takes from a system: domains and parts.
type Sent<'p> = Vec<(usize, &'p str)>;

impl Events {
    /// The events of a focal system among the flows that stand.
    #[must_use]
    pub fn new(index: &Index<'_>, landscape: &Landscape<'_>, focal: usize) -> Self {
        let mut events = Self::default();
        let mut shared: BTreeMap<(&[Option<usize>], Sent<'_>), usize> = BTreeMap::new();
        let mut published: BTreeMap<Sent<'_>, u64> = BTreeMap::new();
        for &place in &landscape.flows {
            let entry = &index.flows[place];
            let flow = entry.flow;
            let is_end = entry.from == Some(focal) || entry.to == Some(focal);
            if !is_end || !matches!(flow.mechanism, Some(Mechanism::Event | Mechanism::Cdc)) {
                continue;
            }
            let is_published = flow.mechanism == Some(Mechanism::Event);
            let peak = flow.peak_per_hour.filter(|_| is_published).unwrap_or_default();
            let sends = sends(entry, focal);
            if !sends || flow.is_two_way() {
                events.published_per_hour = events.published_per_hour.saturating_add(peak);
            }
            if !sends {
                continue;
            }
            let sent = sent(index, place, focal);
            if !is_published {
                events.cdc_domains.extend(sent.iter().map(|(domain, _)| *domain));
            }
            let most = published.entry(sent.clone()).or_default();
            *most = peak.max(*most);
            let known = (flow.shared_extract && !entry.via.is_empty())
                .then(|| *shared.entry((&entry.via, sent)).or_insert(events.subscriptions.len()));
            events.subscribe(known, place, flow.records_per_day);
        }
        let out = published.values().fold(0_u64, |sum, peak| sum.saturating_add(*peak));
        events.published_per_hour = events.published_per_hour.saturating_add(out);
        events
    }

    /// Groups of flows that could take one extract from the hub that they go through, because they carry the
    /// same, and have subscriptions of their own.
    #[must_use]
    pub fn shareable(&self, index: &Index<'_>, focal: usize) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<(&[Option<usize>], Sent<'_>), Vec<usize>> = BTreeMap::new();
        let mut subscriptions = BTreeMap::new();
        for subscription in &self.subscriptions {
            let Some(&first) = subscription.flows.first() else { continue };
            let entry = &index.flows[first];
            if !entry.via.is_empty() {
                let key = (entry.via.as_slice(), sent(index, first, focal));
                *subscriptions.entry(key.clone()).or_insert(0) += 1;
                groups.entry(key).or_default().extend(&subscription.flows);
            }
        }
        groups.into_iter().filter(|(key, _)| subscriptions[key] > 1).map(|(_, flows)| flows).collect()
    }

    /// A flow that takes events: of a subscription that is there, or with one of its own.
    fn subscribe(&mut self, known: Option<usize>, flow: usize, per_day: Option<u64>) {
        match known.and_then(|place| self.subscriptions.get_mut(place)) {
            Some(subscription) => {
                subscription.flows.push(flow);
                subscription.per_day =
                    subscription.per_day.zip(per_day).map(|(known, another)| known.max(another));
            }
            None => self.subscriptions.push(Subscription { flows: vec![flow], per_day }),
        }
    }
}

/// What a flow takes from one of its ends.
fn sent<'p>(index: &Index<'p>, flow: usize, from: usize) -> Sent<'p> {
    let entry = &index.flows[flow];
    let is_forward = entry.from == Some(from);
    let payloads = entry.carries.iter().filter(|(_, payload)| {
        if is_forward { payload.direction.goes_forward() } else { payload.direction.goes_back() }
    });
    payloads.map(|(domain, payload)| (*domain, payload.part.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::parse_sketch;

    fn events(text: &str) -> Events {
        let plan = parse_sketch(&format!("focal sf\n{text}")).plan;
        let index = Index::new(&plan);
        let landscape = Landscape::new(&index, index.timeline.target());
        Events::new(&index, &landscape, index.focal().unwrap())
    }

    fn volumes(events: &Events) -> Vec<Option<u64>> {
        events.subscriptions.iter().map(|subscription| subscription.per_day).collect()
    }

    #[test]
    fn each_flow_of_events_that_leaves_is_a_subscriber() {
        let events = events(
            "sf -> erp : order | mechanism event, records_per_day 100
             sf <-> shop : order | mechanism cdc, records_per_day 200
             mdm <-> sf : order | mechanism event
             sf -> bi : order | mechanism bulk, records_per_day 300
             erp -> sf : stock | mechanism event, records_per_day 400
             erp -> shop : stock | mechanism event, records_per_day 500",
        );
        assert_eq!(volumes(&events), [None, Some(100), Some(200)]);
        assert_eq!(events.cdc_domains.len(), 1);
    }

    #[test]
    fn one_extract_for_several_receivers_of_a_hub_is_one_subscriber() {
        let text = "bus: hub
             sf -> a via bus : order | mechanism event, records_per_day 100, shared-extract
             sf -> b via bus : order | mechanism event, records_per_day 300, shared-extract
             sf -> c via bus : order.status | mechanism event, records_per_day 50, shared-extract
             sf -> d via bus : order | mechanism event, records_per_day 70
             sf -> e : order | mechanism event, records_per_day 90, shared-extract
             sf -> f : order | mechanism event, records_per_day 80, shared-extract";
        assert_eq!(volumes(&events(text)), [Some(300), Some(50), Some(70), Some(90), Some(80)]);
    }

    #[test]
    fn flows_of_one_hub_with_the_same_content_could_share() {
        let text = "focal sf
             bus: hub
             sf -> a via bus : order | mechanism event, shared-extract, id a
             sf -> b via bus : order | mechanism event, shared-extract, id b
             sf -> c via bus : order | mechanism event, id c
             sf -> d via bus : case | mechanism event, id d
             sf -> e : order | mechanism event, id e
             sf -> f : order | mechanism event, id f";
        let plan = parse_sketch(text).plan;
        let index = Index::new(&plan);
        let landscape = Landscape::new(&index, index.timeline.target());
        let focal = index.focal().unwrap();
        assert_eq!(Events::new(&index, &landscape, focal).shareable(&index, focal), [vec![0, 1, 2]]);
    }

    #[test]
    fn what_leaves_in_several_flows_is_published_once() {
        let events = events(
            "sf -> a : order | mechanism event, peak_per_hour 1000
             sf -> b : order | mechanism event, peak_per_hour 3000
             sf -> c : case | mechanism event, peak_per_hour 200
             d -> sf : stock | mechanism event, peak_per_hour 50
             sf <-> g : lead | mechanism event, peak_per_hour 7
             sf -> e : order | mechanism cdc, peak_per_hour 9000
             sf -> f : order | mechanism rest, peak_per_hour 9000",
        );
        assert_eq!(events.published_per_hour, 3_264);
    }

    #[test]
    fn add_ons_raise_what_is_allowed() {
        let mut plan = Plan::default();
        assert_eq!((allowed_deliveries(&plan), allowed_cdc_objects(&plan)), (None, None));
        plan.org.edition = "Enterprise".to_owned();
        assert_eq!((allowed_deliveries(&plan), allowed_publishing(&plan)), (Some(25_000.0), Some(250_000.0)));
        assert_eq!(allowed_cdc_objects(&plan), Some(5.0));
        plan.org.add_ons.insert("Platform Events".to_owned(), 2);
        assert_eq!(
            (allowed_deliveries(&plan), allowed_publishing(&plan)),
            (Some(225_000.0), Some(300_000.0))
        );
        plan.org.add_ons.insert("change-data-capture".to_owned(), 0);
        assert_eq!(allowed_cdc_objects(&plan), Some(5.0));
        plan.org.add_ons.insert("change-data-capture".to_owned(), 1);
        assert_eq!(allowed_cdc_objects(&plan), None);
    }
}
