//! One system sends the same data to many, to each separately.

use std::collections::{BTreeMap, BTreeSet};

use crate::rules::hubs::{Detour, can_be_led};
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Report, Rule, Severity, Subject, Threshold, View};

/// The rule.
pub static RULE: Rule = Rule {
    id: "fan-out-unshared",
    title: "Same data sent separately to many",
    family: Family::Sprawl,
    severity: "warning",
    pillar: Pillar::OperationalExcellence,
    when: "A system sends a domain over direct flows to three or more different systems. The receivers of \
           flows marked as one shared extract count as one, unless they also receive it separately.",
    why: "The same records are extracted, mapped and watched once for each receiver, and every change of \
          the sender touches all of them.",
    what_to_do: "Publish the data once through a hub or bus and let the others subscribe.",
    not_when: "File drops of one identical extract count once: mark the flows as a shared extract.",
    source: "A hub pays once three or more systems share data (DAMA-DMBOK); event-driven integration guides \
             say to reuse the platform that is there.",
    thresholds: &[Threshold {
        name: "receivers",
        default: 3.0,
        unit: "systems",
        reason: "sharing pays from three on",
    }],
    looks_at: LooksAt::EachStage,
    check,
    fixes,
};

fn check(view: &View<'_, '_>, report: &mut Report) {
    let index = view.index();
    let least = view.threshold("receivers");
    for (domain, edges) in view.landscape().edges_by_domain.iter().enumerate() {
        if (edges.len() as f64) < least {
            continue;
        }
        for (sender, receivers) in senders(view, domain) {
            let count = receivers.count();
            if (count as f64) < least {
                continue;
            }
            let related: Vec<_> =
                receivers.separate.union(&receivers.shared).map(|&place| view.system(place)).collect();
            report.add_related(
                Severity::Warning,
                [view.system(sender), view.domain(domain)],
                related,
                format_args!(
                    "{} sends {} separately to {count} systems.",
                    index.system_name(sender),
                    index.domain_name(domain)
                ),
            );
        }
    }
}

/// To whom a system sends a domain directly.
#[derive(Default)]
struct Receivers {
    separate: BTreeSet<usize>,
    shared: BTreeSet<usize>,
}

impl Receivers {
    fn count(&self) -> usize {
        self.separate.len() + usize::from(!self.shared.is_subset(&self.separate))
    }
}

fn senders(view: &View<'_, '_>, domain: usize) -> BTreeMap<usize, Receivers> {
    let mut senders: BTreeMap<usize, Receivers> = BTreeMap::new();
    for edge in &view.landscape().edges_by_domain[domain] {
        let flow = view.index().flows[edge.flow].flow;
        if flow.is_direct() && edge.from != edge.to {
            let receivers = senders.entry(edge.from).or_default();
            let group = if flow.shared_extract { &mut receivers.shared } else { &mut receivers.separate };
            group.insert(edge.to);
        }
    }
    senders
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::System(sender), Subject::Domain(domain)] = finding.subjects.as_slice() else {
        return Vec::new();
    };
    let index = view.index();
    let (Some(sender), Some(domain)) = (index.system(sender), index.domain(domain)) else {
        return Vec::new();
    };
    let edges = view.landscape().edges_by_domain[domain].iter();
    let led: Vec<_> =
        edges.filter(|edge| edge.from == sender && can_be_led(index.flows[edge.flow].flow)).collect();
    let flows: BTreeSet<_> = led.iter().map(|edge| edge.flow).collect();
    let receivers: BTreeSet<_> = led.iter().map(|edge| edge.to).collect();
    let flows: Vec<_> = flows.into_iter().collect();
    let detour = Detour::through_best_hub(view, &flows);
    let hub = if detour.is_new() { "a new hub" } else { detour.name.as_str() };
    let receivers = view.names(&receivers.into_iter().collect::<Vec<_>>());
    let title = format!("Publish {} once through {hub} for {receivers}", index.domain_name(domain));
    vec![Fix::edits(title, detour.edits(view, &flows))]
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    #[test]
    fn three_receivers_are_found_in_either_direction() {
        assert_findings(
            &RULE,
            "oms.order: author    !! fan-out-unshared warning
             oms -> erp : order
             oms -> crm : order
             lake <-> oms : order",
        );
    }

    #[test]
    fn two_receivers_a_hub_or_other_data_are_silence() {
        assert_findings(
            &RULE,
            "bus: hub
             oms -> erp : order
             oms -> erp : order | id again
             oms -> crm : order
             oms -> lake via bus : order
             oms -> shop : stock",
        );
    }

    #[test]
    fn one_identical_extract_counts_once() {
        assert_findings(
            &RULE,
            "oms -> erp : order | shared-extract
             oms -> crm : order | shared-extract
             oms -> lake : order | shared-extract
             oms -> shop : order",
        );
        let text = "oms -> erp : order | shared-extract
             oms -> crm : order | shared-extract
             oms -> lake : order
             oms -> shop : order";
        assert_eq!(messages(&RULE, text), ["oms sends order separately to 3 systems."]);
    }

    #[test]
    fn it_is_published_once_through_the_hub_that_is_there() {
        assert_fix(
            &RULE,
            "bus: hub, ha, canonical
             order = truth oms
             oms -> erp : order | id a
             oms -> crm : order | id b
             oms -> lake : order | id c, since 1",
            "Publish order once through bus for crm, erp and lake",
            "bus: hub, ha, canonical
             order = truth oms
             oms -> erp : order | id a, until 1
             oms -> crm : order | id b, until 1
             oms -> lake via bus : order | id c, since 1
             oms -> erp via bus : order | since 1
             oms -> crm via bus : order | since 1",
        );
    }

    #[test]
    fn waiting_calls_stay_direct_so_that_nothing_is_offered_where_they_are_the_cause() {
        let text = "order = truth oms
             oms -> erp : order | sync
             oms -> crm : order | sync
             oms -> lake : order | sync";
        assert!(fix_titles(&RULE, text).is_empty());
    }
}
