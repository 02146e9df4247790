//! A flow that can stop without anybody noticing.

use crate::edit::{Edit, change_flow, change_system};
use crate::landscape::FlowEntry;
use crate::rules::hubs::ends;
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Report, Rule, Severity, Threshold, View};

use super::{flow_of, hubs, name, record, touched};

/// The rule.
pub static RULE: Rule = Rule {
    id: "unmonitored-flow",
    title: "Fails silently",
    family: Family::Operations,
    severity: "warning; error at criticality 4; advice where only the volume is not watched",
    pillar: Pillar::OperationalExcellence,
    when: "A flow of the target is not monitored and alerts nobody, neither when it fails nor when it \
           carries unexpectedly much or little; error where an end has criticality 4. Advice where it is \
           watched, but its volume is not. What a flow does not say is taken from its hub: one that is \
           recorded as monitored watches all of it. What nobody recorded counts as no from the gate cutover \
           on.",
    why: "Data that stopped coming looks like data that did not change, until somebody decides on it.",
    what_to_do: "Monitor it, alert on failure, and alert when its volume leaves the normal range.",
    not_when: "Flows through a monitored hub inherit the flag.",
    source: "Every production integration needs active monitoring with alerting when the synchronisation \
             fails or produces unexpected volumes.",
    thresholds: &[Threshold {
        name: "criticality",
        default: 4.0,
        unit: "of 4",
        reason: "the organisation stops with such a system",
    }],
    looks_at: LooksAt::Target,
    check,
    fixes,
};

/// What is not watched.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    Everything,
    Volume,
}

fn gap(view: &View<'_, '_>, entry: &FlowEntry<'_>) -> Option<Gap> {
    let flow = entry.flow;
    let hub = hubs(view, entry).any(|hub| hub.monitored == Some(true)).then_some(true);
    let [monitored, failure, volume] =
        [flow.monitored, flow.failure_alert, flow.volume_alert].map(|said| said.or(hub));
    if view.is_no(monitored) && failure != Some(true) && volume != Some(true) {
        return Some(Gap::Everything);
    }
    view.is_no(volume).then_some(Gap::Volume)
}

fn severity(view: &View<'_, '_>, entry: &FlowEntry<'_>, gap: Gap) -> Severity {
    let bar = view.threshold("criticality");
    let criticality = |end: usize| view.index().systems[end].system.criticality;
    let is_critical = ends(entry).filter_map(criticality).any(|rank| f64::from(rank) >= bar);
    match gap {
        Gap::Volume => Severity::Advice,
        Gap::Everything if is_critical => Severity::Error,
        Gap::Everything => Severity::Warning,
    }
}

fn check(view: &View<'_, '_>, report: &mut Report) {
    for &flow in &view.landscape().flows {
        let entry = &view.index().flows[flow];
        let Some(gap) = gap(view, entry) else { continue };
        let name = name(view, entry);
        let message = match gap {
            Gap::Everything => format!("Nobody notices when {name} stops."),
            Gap::Volume => format!("Nobody notices when {name} carries unexpectedly much or little."),
        };
        report.add_related(severity(view, entry, gap), [view.flow(flow)], touched(view, entry), message);
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let Some(entry) = flow_of(view, finding) else { return Vec::new() };
    let name = name(view, entry);
    let own = match gap(view, entry) {
        None => return Vec::new(),
        Some(Gap::Everything) => {
            let title = format!("Turn on monitoring of {name} (failures; volume outside 50–200 % of normal)");
            record(view, entry, title, |flow| {
                flow.monitored = Some(true);
                flow.failure_alert = Some(true);
                flow.volume_alert = Some(true);
            })
        }
        Some(Gap::Volume) => {
            let title = format!("Alert when the volume of {name} leaves 50–200 % of normal");
            record(view, entry, title, |flow| flow.volume_alert = Some(true))
        }
    };
    let of_hub = entry.via.iter().flatten().map(|&hub| {
        let title = format!(
            "Turn on monitoring with defaults for all flows of {} (failures; volume outside 50–200 % of normal)",
            view.index().system_name(hub)
        );
        Fix::edits(title, monitor_hub(view, hub))
    });
    of_hub.chain([own]).collect()
}

/// The hub watches what it carries; flows that say otherwise of themselves follow.
fn monitor_hub(view: &View<'_, '_>, hub: usize) -> Vec<Edit> {
    let index = view.index();
    let switched_on = change_system(index.plan, index.systems[hub].id, |system| {
        system.hub.get_or_insert_default().monitored = Some(true);
    });
    let flows = view.landscape().flows.iter().map(|&flow| &index.flows[flow]);
    let contrary = flows.filter(|entry| {
        let flags = [entry.flow.monitored, entry.flow.failure_alert, entry.flow.volume_alert];
        entry.via.contains(&Some(hub)) && flags.contains(&Some(false))
    });
    let switched = contrary.filter_map(|entry| {
        change_flow(index.plan, entry.id, |flow| {
            for flag in [&mut flow.monitored, &mut flow.failure_alert, &mut flow.volume_alert] {
                *flag = flag.and(Some(true));
            }
        })
    });
    switched_on.into_iter().chain(switched).collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    #[test]
    fn a_flow_that_nobody_watches_is_found() {
        assert_findings(
            &RULE,
            "a -> b : x | monitored false      !! unmonitored-flow warning
             c: criticality 3
             b -> c : x | monitored false      !! unmonitored-flow warning
             d: criticality 4
             c -> d : x | monitored false      !! unmonitored-flow error
             d -> a : x | monitored false      !! unmonitored-flow error",
        );
    }

    #[test]
    fn one_that_tells_is_watched_and_its_volume_advice() {
        assert_findings(
            &RULE,
            "d: criticality 4
             a -> b : x | monitored false, failure_alert true, volume_alert false   !! unmonitored-flow advice
             b -> d : x | monitored true, volume_alert false                        !! unmonitored-flow advice
             a -> d : x | monitored false, volume_alert true
             a -> c : x | monitored true, volume_alert true",
        );
    }

    #[test]
    fn what_was_never_recorded_counts_before_the_cutover() {
        let text = "a -> b : x | id f
             b -> c : x | monitored true, id g";
        assert_findings(&RULE, text);
        assert_findings(&RULE, &format!("aim build \n {text}"));
        assert_findings(
            &RULE,
            "aim cutover
             a -> b : x                        !! unmonitored-flow warning
             b -> c : x | monitored true       !! unmonitored-flow advice",
        );
    }

    #[test]
    fn a_monitored_hub_watches_what_does_not_say_otherwise() {
        assert_findings(
            &RULE,
            "aim cutover
             bus: hub, hub.monitored true
             esb: hub, hub.monitored false
             a -> b via bus : x
             a -> c via bus : x | monitored false, volume_alert false    !! unmonitored-flow advice
             b -> c via bus : x | monitored false, volume_alert false, failure_alert false    !! unmonitored-flow warning
             a -> e via bus : x | volume_alert false                     !! unmonitored-flow advice
             a -> d via esb : x                                          !! unmonitored-flow warning",
        );
    }

    #[test]
    fn a_flow_is_switched_on_by_itself_or_with_its_hub() {
        assert_fix(
            &RULE,
            "a -> b : x | monitored false",
            "Turn on monitoring of a → b (failures; volume outside 50–200 % of normal)",
            "a -> b : x | monitored true, failure_alert true, volume_alert true",
        );
        assert_fix(
            &RULE,
            "a -> b : x | monitored true, volume_alert false",
            "Alert when the volume of a → b leaves 50–200 % of normal",
            "a -> b : x | monitored true, volume_alert true",
        );
        let text = "bus: hub
             a -> b via bus : x | monitored false
             a -> c via bus : x | volume_alert false
             a -> d via bus : x
             a -> e : x | volume_alert false";
        let title = "Turn on monitoring with defaults for all flows of bus (failures; volume outside 50–200 % of normal)";
        assert_eq!(fix_titles(&RULE, text)[0], title);
        assert_fix(
            &RULE,
            text,
            title,
            "bus: hub, hub.monitored true
             a -> b via bus : x | monitored true
             a -> c via bus : x | volume_alert true
             a -> d via bus : x
             a -> e : x | volume_alert false",
        );
    }

    #[test]
    fn the_message_names_the_flow() {
        assert_eq!(messages(&RULE, "a -> b : x | monitored false"), ["Nobody notices when a → b stops."]);
    }
}
