//! A hub that many depend on and nothing keeps alive.

use crate::model::{FlowId, Timing};
use crate::rules::hubs::spokes_by_hub;
use crate::rules::{
    Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, Subject, Threshold, View,
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "hub-fragile",
    title: "Hub is a single point of failure",
    family: Family::Sprawl,
    severity: "warning; error under a waiting flow of a critical system",
    pillar: Pillar::Reliability,
    when: "Three or more systems talk through a hub that is not recorded as highly available; not recorded \
           counts as no. Error where it carries a synchronous flow with an end of criticality 4.",
    why: "A hub trades many connections for one critical system. When it stops, everybody stops.",
    what_to_do: "Record high availability and disaster recovery, and queue and replay what waits.",
    not_when: "A managed platform with an agreed availability: tick it once for the product.",
    source: "The trade-off of every hub; the pillar Reliability of the Well-Architected framework.",
    thresholds: &[
        Threshold {
            name: "spokes",
            default: 3.0,
            unit: "systems",
            reason: "below, little stops with the hub",
        },
        Threshold {
            name: "criticality",
            default: 4.0,
            unit: "of 4",
            reason: "the organisation stops with such a system",
        },
    ],
    looks_at: LooksAt::EachStage,
    check,
    fixes,
};

fn check(view: &View<'_, '_>, report: &mut Report) {
    let index = view.index();
    for (hub, spokes) in spokes_by_hub(view) {
        let system = index.systems[hub].system;
        let is_safe = system.hub.as_ref().is_some_and(|hub| hub.highly_available == Some(true));
        if is_safe || (spokes.len() as f64) < view.threshold("spokes") {
            continue;
        }
        let severity = if critical_flow(view, hub).is_some() { Severity::Error } else { Severity::Warning };
        let related: Vec<_> = spokes.iter().map(|&spoke| view.system(spoke)).collect();
        let message = format_args!("If {} stops, {} systems stop talking.", system.name, spokes.len());
        report.add_related(severity, [view.system(hub)], related, message);
    }
}

/// The first synchronous flow through the hub with an end on which everything depends.
fn critical_flow<'p>(view: &View<'_, 'p>, hub: usize) -> Option<&'p FlowId> {
    let index = view.index();
    let bar = view.threshold("criticality");
    let is_critical = |end: Option<usize>| {
        end.and_then(|end| index.systems[end].system.criticality).is_some_and(|rank| f64::from(rank) >= bar)
    };
    let flows = view.landscape().flows.iter().map(|&flow| &index.flows[flow]);
    flows
        .filter(|entry| entry.via.contains(&Some(hub)) && entry.flow.timing == Some(Timing::Sync))
        .find(|entry| is_critical(entry.from) || is_critical(entry.to))
        .map(|entry| entry.id)
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::System(id)] = finding.subjects.as_slice() else { return Vec::new() };
    let Some(hub) = view.index().system(id) else { return Vec::new() };
    let title =
        format!("Record high availability and disaster recovery of {}", view.index().system_name(hub));
    let mut fixes = vec![Fix::open(title, Place::Inspector(Subject::System(id.clone())))];
    if let Some(flow) = critical_flow(view, hub) {
        let title = format!("Queue and replay {}", view.index().plan.flow_name(flow));
        fixes.push(Fix::open(title, Place::Inspector(Subject::Flow(flow.clone()))));
    }
    fixes
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, fix_titles};

    #[test]
    fn a_hub_without_recorded_resilience_is_found() {
        assert_findings(
            &RULE,
            "bus: event-bus    !! hub-fragile warning
             a -> b via bus : x
             b -> c via bus : x | sync",
        );
        assert_findings(
            &RULE,
            "bus: not-ha       !! hub-fragile warning
             a -> b via bus : x
             b -> c via bus : x",
        );
    }

    #[test]
    fn under_a_waiting_call_of_a_critical_system_it_is_an_error() {
        let text = "bus: hub          !! hub-fragile error
             core: criticality 4
             a -> b via bus : x
             b -> core via bus : x | sync";
        assert_findings(&RULE, text);
        assert_eq!(
            fix_titles(&RULE, text),
            ["Record high availability and disaster recovery of bus", "Queue and replay b → core"]
        );
        assert_findings(
            &RULE,
            "bus: hub          !! hub-fragile warning
             core: criticality 4
             a -> b via bus : x | sync
             b -> core via bus : x | async",
        );
    }

    #[test]
    fn two_spokes_or_recorded_availability_are_silence() {
        assert_findings(
            &RULE,
            "bus: hub
             esb: ha
             a -> b via bus : x
             b -> a via bus : y
             a -> b via esb : x
             b -> c via esb : x",
        );
    }
}
