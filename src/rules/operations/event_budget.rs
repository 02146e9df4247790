//! More events than the focal system may deliver.

use crate::landscape::FlowEntry;
use crate::limits::{Events, allowed_cdc_objects, allowed_deliveries, allowed_publishing};
use crate::model::Subject;
use crate::rules::hubs::rewired;
use crate::rules::{
    Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, Threshold, View, thousands,
};

use super::{ask, name};

/// The rule.
pub static RULE: Rule = Rule {
    id: "event-budget",
    title: "Too many events",
    family: Family::Operations,
    severity: "warning from 70 %, error from 100 %",
    pillar: Pillar::ResourceAndCost,
    when: "At the focal system, one of these is at 70 % or more of what the limits table allows its edition \
           and add-ons, error from 100 % on: the events delivered a day, which is the sum of the records a \
           day of each flow with the mechanism event or cdc that leaves it, each a subscriber of its own \
           unless several take one shared extract from the same hub; and the events published in the busiest \
           hour, where what leaves in several flows is published once. Error also where more domains leave \
           it by change data capture than are allowed without the add-on. Volumes that are not known are not \
           counted; silent where the edition is not known.",
    why: "What is over the limit is not delivered, and every subscriber misses something else.",
    what_to_do: "Subscribe once in the hub, filter the channel, or buy the add-on.",
    not_when: "Subscribers inside the platform do not count.",
    source: "Allocations of platform events and change data capture: shared, and counted per subscriber.",
    thresholds: &[
        Threshold { name: "warning", default: 70.0, unit: "%", reason: "leaves 30 % headroom" },
        Threshold { name: "error", default: 100.0, unit: "%", reason: "all that is allowed" },
    ],
    looks_at: LooksAt::EachStage,
    check,
    fixes,
};

fn events(view: &View<'_, '_>) -> Option<(Events, usize)> {
    let focal = view.index().focal()?;
    Some((Events::new(view.index(), view.landscape(), focal), focal))
}

fn severity(view: &View<'_, '_>, used: f64, allowed: f64) -> Option<Severity> {
    let reaches = |bar: &str| used > 0.0 && used * 100.0 >= allowed * view.threshold(bar);
    if reaches("error") {
        return Some(Severity::Error);
    }
    reaches("warning").then_some(Severity::Warning)
}

fn check(view: &View<'_, '_>, report: &mut Report) {
    let Some((events, focal)) = events(view) else { return };
    let plan = view.index().plan;
    let mut faults: Vec<(Severity, String)> = Vec::new();
    let delivered: u64 =
        events.subscriptions.iter().filter_map(|each| each.per_day).fold(0, u64::saturating_add);
    let budgets = [
        (delivered, allowed_deliveries(plan), "event deliveries a day"),
        (events.published_per_hour, allowed_publishing(plan), "published events in the busiest hour"),
    ];
    for (used, allowed, what) in budgets {
        let Some(allowed) = allowed else { continue };
        if let Some(severity) = severity(view, used as f64, allowed) {
            faults.push((severity, format!("{} of {} {what}", thousands(used), whole(allowed))));
        }
    }
    let objects = events.cdc_domains.len();
    if let Some(allowed) = allowed_cdc_objects(plan).filter(|allowed| objects as f64 > *allowed) {
        let fault = format!("{objects} of {} domains on change data capture", whole(allowed));
        faults.push((Severity::Error, fault));
    }
    let Some(worst) = faults.iter().map(|(severity, _)| *severity).max() else { return };
    let faults: Vec<_> = faults.into_iter().map(|(_, fault)| fault).collect();
    let related: Vec<_> = events
        .subscriptions
        .iter()
        .flat_map(|subscription| &subscription.flows)
        .map(|&flow| view.flow(flow))
        .collect();
    let message = format_args!("{} at {}.", faults.join(", "), view.index().system_name(focal));
    report.add_related(worst, [view.system(focal)], related, message);
}

#[expect(clippy::cast_sign_loss, reason = "limits are not below zero")]
fn whole(number: f64) -> String {
    thousands(number.round() as u64)
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let Some((events, focal)) = events(view) else { return Vec::new() };
    let mut fixes: Vec<_> = subscribe_once(view, finding, &events, focal).into_iter().collect();
    let largest =
        events.subscriptions.iter().max_by_key(|each| (each.per_day, std::cmp::Reverse(each.flows.first())));
    if let Some(entry) = largest.and_then(|each| each.flows.first()).map(|&flow| &view.index().flows[flow]) {
        fixes.push(ask(entry, format!("Filter the channel of {}", name(view, entry))));
    }
    let add_on = "Buy an add-on for more events".to_owned();
    fixes.push(Fix::open(add_on, Place::Inspector(Subject::Landscape)));
    fixes
}

/// One subscription for the flows through a hub of which most deliveries are the same.
fn subscribe_once(view: &View<'_, '_>, finding: &Finding, events: &Events, focal: usize) -> Option<Fix> {
    let index = view.index();
    let volume = |entry: &FlowEntry<'_>| entry.flow.records_per_day.unwrap_or_default();
    let saved = |flows: &Vec<usize>| {
        let volumes = flows.iter().map(|&flow| volume(&index.flows[flow]));
        let (all, most) = (volumes.clone().fold(0, u64::saturating_add), volumes.max());
        all - most.unwrap_or_default()
    };
    let groups = events.shareable(index, focal).into_iter();
    let flows = groups.max_by_key(|flows| (saved(flows), std::cmp::Reverse(flows.clone())))?;
    let hub = *index.flows[*flows.first()?].via.first()?;
    let title = format!("Use one subscription in {} instead of {}", index.system_name(hub?), flows.len());
    let edits = rewired(view, &flows, *finding.stages.first()?, |flow| flow.shared_extract = true);
    Some(Fix::edits(title, edits))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    const ORG: &str = "focal sf \n plan: org.edition Enterprise \n bus: hub";

    fn finds(text: &str) {
        assert_findings(&RULE, &format!("{ORG}\n{text}"));
    }

    #[test]
    fn deliveries_are_counted_for_each_subscriber_against_the_edition() {
        finds("sf -> a : x | mechanism event, records_per_day 17499");
        finds("sf -> a : x | mechanism event, records_per_day 17500 \n sf:  !! event-budget warning");
        finds("sf -> a : x | mechanism event, records_per_day 24999 \n sf:  !! event-budget warning");
        finds("sf -> a : x | mechanism event, records_per_day 25000 \n sf:  !! event-budget error");
        finds(
            "sf -> a : x | mechanism event, records_per_day 9000
             sf -> b : x | mechanism cdc, records_per_day 9000
             sf:  !! event-budget warning",
        );
    }

    #[test]
    fn other_mechanisms_events_that_come_in_and_unknown_limits_are_silence() {
        finds(
            "sf -> a : x | mechanism rest, records_per_day 90000
             a -> sf : x | mechanism event, records_per_day 90000
             a -> b : x | mechanism event, records_per_day 90000
             sf -> b : x | mechanism event",
        );
        assert_findings(&RULE, "focal sf \n sf -> a : x | mechanism event, records_per_day 90000");
        assert_findings(
            &RULE,
            "plan: org.edition Enterprise \n sf -> a : x | mechanism event, records_per_day 90000",
        );
    }

    #[test]
    fn an_add_on_raises_the_limit_and_a_plan_can_change_the_figure() {
        let flow = "sf -> a : x | mechanism event, records_per_day 25000";
        finds(&format!("plan: org.add_ons {{\"platform-events\":1}} \n {flow}"));
        finds(&format!("plan: thresholds {{\"limits.event-deliveries.enterprise\":90000}} \n {flow}"));
    }

    #[test]
    fn the_busiest_hour_counts_what_is_published() {
        finds("sf -> a : x | mechanism event, peak_per_hour 175000 \n sf: !! event-budget warning");
        finds("sf -> a : x | mechanism event, peak_per_hour 174999");
        finds("a -> sf : x | mechanism event, peak_per_hour 250000 \n sf: !! event-budget error");
    }

    #[test]
    fn five_domains_may_be_on_change_data_capture() {
        let five = "sf -> a : v, w, x, y, z | mechanism cdc";
        finds(five);
        finds(&format!("{five} \n sf -> b : u | mechanism cdc \n sf:  !! event-budget error"));
        finds(&format!("{five} \n sf -> b : z | mechanism cdc"));
        finds(&format!(
            "{five} \n sf -> b : u | mechanism cdc \n plan: org.add_ons {{\"change-data-capture\":1}}"
        ));
    }

    #[test]
    fn it_looks_at_each_stage() {
        let text = format!("{ORG} \n sf -> a : x | mechanism event, records_per_day 30000, until 1");
        assert_findings(&RULE, &text);
        assert_findings(&RULE, &format!("{text} \n look at today \n sf:  !! event-budget error"));
    }

    #[test]
    fn the_message_tells_every_limit_that_is_near() {
        let text = format!(
            "{ORG}
             sf -> a : u, v, w, x, y, z | mechanism cdc, records_per_day 24000"
        );
        assert_eq!(
            messages(&RULE, &text),
            ["24,000 of 25,000 event deliveries a day, 6 of 5 domains on change data capture at sf."]
        );
    }

    #[test]
    fn one_subscription_in_the_hub_serves_all() {
        let flows = "sf -> a via bus : x | mechanism event, records_per_day 15000
             sf -> b via bus : x | mechanism event, records_per_day 15000";
        let title = "Use one subscription in bus instead of 2";
        let text = format!("{ORG}\n{flows}");
        assert_eq!(
            fix_titles(&RULE, &text),
            [title, "Filter the channel of sf → a", "Buy an add-on for more events"]
        );
        let smaller = "ahub: hub
             sf -> c via ahub : y | mechanism event, records_per_day 10
             sf -> d via ahub : y | mechanism event, records_per_day 10";
        assert_eq!(fix_titles(&RULE, &format!("{text}\n{smaller}"))[0], title);
        assert_fix(
            &RULE,
            &text,
            title,
            &format!("{ORG}\n{}", flows.replace("15000", "15000, shared-extract")),
        );
    }

    #[test]
    fn the_hub_is_taken_that_saves_most_deliveries() {
        let flows = |hub: &str, to: &[(&str, u32)]| {
            let flow = |&(to, records): &(&str, u32)| {
                format!("sf -> {to} via {hub} : {hub}x | mechanism event, records_per_day {records}\n")
            };
            format!("{hub}: hub\n{}", to.iter().map(flow).collect::<String>())
        };
        let text = [
            ORG.to_owned() + "\n",
            flows("many", &[("a", 10), ("b", 10), ("c", 10)]),
            flows("large", &[("d", 4000), ("e", 4000)]),
            flows("uneven", &[("f", 12000), ("g", 10)]),
        ];
        assert_eq!(fix_titles(&RULE, &text.concat())[0], "Use one subscription in large instead of 2");
    }

    #[test]
    fn where_nothing_is_delivered_no_limit_is_reached() {
        let none = "plan: thresholds {\"limits.event-deliveries.enterprise\":0}";
        finds(&format!("{none} \n sf -> a : x | mechanism event, records_per_day 0"));
    }
}
