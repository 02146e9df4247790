//! Data that arrives later than the receiver needs it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::edit::{Edit, change_flow};
use crate::landscape::{FlowEntry, QuickestWays};
use crate::model::Timing;
use crate::rules::flow_changes::Feed;
use crate::rules::technique::{EVENT_MIN, as_event};
use crate::rules::{
    Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, Subject, Threshold, View, listed,
};

/// Minutes of a day.
const DAY_MIN: u32 = 24 * 60;

/// The rule.
pub static RULE: Rule = Rule {
    id: "freshness-missed",
    title: "Data arrives too late",
    family: Family::Flow,
    severity: "error",
    pillar: Pillar::Reliability,
    when: "A system says how old its data of the domain may be, and the quickest way from the source of \
           truth (with several: from each on the whole, else from each on a part that fits the system's \
           partition) takes longer in the worst case. A flow takes its latency; where that is unknown, a batch with known runs a day takes \
           the time between two runs, and everything else no time at all: so what is unknown never makes a \
           finding.",
    why: "People and processes decide on values that are already wrong.",
    what_to_do: "Make the slowest flow quicker, feed the system directly, or find out whether older data is \
                 good enough.",
    not_when: "No need is recorded: the rule invents none.",
    source: "Real time or near-real time is a requirement of each connection; organisations increasingly \
             expect changes to arrive at once.",
    thresholds: &[Threshold {
        name: "shortest-interval",
        default: 5.0,
        unit: "minutes",
        reason: "a batch that runs more often is better sent as events",
    }],
    looks_at: LooksAt::EachStage,
    check,
    fixes,
};

/// The worst case of a flow in minutes, as far as it is known, and whether that is all.
fn minutes(entry: &FlowEntry<'_>) -> (u32, bool) {
    let runs = entry.flow.runs_per_day.filter(|runs| *runs > 0 && entry.flow.timing == Some(Timing::Batch));
    match (entry.flow.latency_min, runs) {
        (Some(latency), _) => (latency, true),
        (None, Some(runs)) => (DAY_MIN / runs, false),
        (None, None) => (0, false),
    }
}

/// What a system gets too late.
struct Late {
    system: usize,
    /// How old the data may be, in minutes.
    need: u32,
    /// How old it can be on the quickest way, in minutes.
    takes: u64,
    /// The quickest way, from the source of truth.
    path: Vec<usize>,
    /// The flows on it; of parallel ones the quickest.
    flows: Vec<usize>,
}

/// What arrives too late of a domain, by system; of several sources of truth the slowest.
fn late(view: &View<'_, '_>, domain: usize, needs: &[(usize, u32)]) -> Vec<Late> {
    let index = view.index();
    let authority = &view.authorities()[domain];
    let flow_minutes = |flow: usize| minutes(&index.flows[flow]).0;
    let mut ways: BTreeMap<usize, QuickestWays> = BTreeMap::new();
    for source in authority.sources(index) {
        ways.insert(source, view.graph(domain).quickest_ways(source, flow_minutes));
    }
    let too_late = |&(system, need): &(usize, u32)| {
        let holding = index.holding(system, domain);
        let truths = authority.truths_for(index, holding.map_or("", |holding| holding.partition.as_str()));
        let from = |(source, ways): (&usize, &QuickestWays)| {
            truths.contains(source).then(|| Some((ways.minutes(system)?, Reverse(*source)))).flatten()
        };
        let (takes, Reverse(source)) = ways.iter().filter_map(from).max()?;
        (takes > u64::from(need)).then(|| {
            let path = ways[&source].path(system);
            Late { system, need, takes, flows: flows_on(view, domain, &path), path }
        })
    };
    needs.iter().filter_map(too_late).collect()
}

fn flows_on(view: &View<'_, '_>, domain: usize, path: &[usize]) -> Vec<usize> {
    let index = view.index();
    let edges = &view.landscape().edges_by_domain[domain];
    let quickest = |hop: &[usize]| {
        let flows = edges.iter().filter(|edge| [edge.from, edge.to] == hop).map(|edge| edge.flow);
        flows.min_by_key(|&flow| (minutes(&index.flows[flow]).0, flow))
    };
    path.windows(2).filter_map(quickest).collect()
}

/// The systems that stand and say how old their data may be, by domain.
fn needs(view: &View<'_, '_>) -> BTreeMap<usize, Vec<(usize, u32)>> {
    let index = view.index();
    let mut needs: BTreeMap<usize, Vec<(usize, u32)>> = BTreeMap::new();
    for system in view.landscape().systems(index) {
        for &(domain, holding) in index.systems[system].holdings() {
            if let Some(need) = holding.max_age_min {
                needs.entry(domain).or_default().push((system, need));
            }
        }
    }
    needs
}

fn check(view: &View<'_, '_>, report: &mut Report) {
    let index = view.index();
    for (domain, needs) in needs(view) {
        for late in late(view, domain, &needs) {
            let is_known = late.flows.iter().all(|&flow| minutes(&index.flows[flow]).1);
            let message = format_args!(
                "{} needs {} within {} min; it takes {} {} min ({}).",
                index.system_name(late.system),
                index.domain_name(domain),
                late.need,
                if is_known { "up to" } else { "at least" },
                late.takes,
                view.path(&late.path)
            );
            let before = &late.path[..late.path.len() - 1];
            let mut related: Vec<_> = before.iter().map(|&system| view.system(system)).collect();
            related.extend(late.flows.iter().map(|&flow| view.flow(flow)));
            let subjects = [view.domain(domain), view.system(late.system)];
            report.add_related(Severity::Error, subjects, related, message);
        }
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::Domain(id), Subject::System(system)] = finding.subjects.as_slice() else {
        return Vec::new();
    };
    let index = view.index();
    let (Some(domain), Some(place)) = (index.domain(id), index.system(system)) else { return Vec::new() };
    let need = index.systems[place].system.holdings.get(id).and_then(|holding| holding.max_age_min);
    let found = need.and_then(|need| late(view, domain, &[(place, need)]).pop());
    let Some(late) = found else { return Vec::new() };
    let mut fixes = vec![event_driven(view, &late)];
    fixes.extend(run_more_often(view, &late));
    if let [from, .., last, to] = late.path[..] {
        let title = format!("Feed {} directly from {}", index.system_name(to), index.system_name(from));
        fixes.push(Fix::edits(title, Feed { domain, from, to }.instead_of(view, last, None)));
    }
    let title = format!(
        "Say that older {} is good enough for {}",
        index.domain_name(domain),
        index.system_name(place)
    );
    fixes.push(Fix::open(title, Place::OwnershipRow(id.clone())));
    fixes
}

/// The flows of the way, the slowest first.
fn slowest_first(view: &View<'_, '_>, late: &Late) -> Vec<usize> {
    let mut flows = late.flows.clone();
    flows.sort_by_key(|&flow| (Reverse(minutes(&view.index().flows[flow]).0), flow));
    flows
}

/// As many of the slowest flows as it takes become events.
fn event_driven(view: &View<'_, '_>, late: &Late) -> Fix {
    let index = view.index();
    let (mut takes, mut changed) = (late.takes, Vec::new());
    for flow in slowest_first(view, late) {
        if takes <= u64::from(late.need) {
            break;
        }
        let of_flow = minutes(&index.flows[flow]).0;
        takes -= u64::from(of_flow.saturating_sub(EVENT_MIN));
        changed.push(flow);
    }
    let names: Vec<_> = changed.iter().map(|&flow| index.plan.flow_name(index.flows[flow].id)).collect();
    let names = listed(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let as_events = changed.iter().filter_map(|&flow| as_event(view, flow, index.flows[flow].flow.initiator));
    Fix::edits(format!("Change {names} to event-driven"), as_events)
}

/// The slowest flow, where it is a batch, runs as often as it takes; how long a run takes stays.
fn run_more_often(view: &View<'_, '_>, late: &Late) -> Option<Fix> {
    let index = view.index();
    let slowest = *slowest_first(view, late).first()?;
    let entry = &index.flows[slowest];
    let (takes, _) = minutes(entry);
    let others = u32::try_from(late.takes - u64::from(takes)).ok()?;
    let allowed = late.need.checked_sub(others)?;
    let interval = entry.flow.runs_per_day.filter(|runs| *runs > 0).map(|runs| DAY_MIN / runs);
    let run = interval.map_or(0, |interval| takes.saturating_sub(interval));
    let wanted = allowed.checked_sub(run).filter(|wanted| {
        entry.flow.timing == Some(Timing::Batch) && f64::from(*wanted) >= view.threshold("shortest-interval")
    })?;
    let runs = DAY_MIN.div_ceil(wanted);
    let edit: Option<Edit> = change_flow(index.plan, entry.id, |flow| {
        flow.runs_per_day = Some(runs);
        flow.latency_min = Some(DAY_MIN / runs + run);
    });
    let title = format!("Run {} every {} min", index.plan.flow_name(entry.id), DAY_MIN / runs);
    Some(Fix::edits(title, edit))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    #[test]
    fn a_way_that_takes_longer_than_allowed_is_found() {
        let text = "stock = truth wms
             wms -> oms : stock | latency 10
             oms -> shop via bus : stock | latency 30
             bus: hub
             shop.stock: max-age 39";
        assert_findings(&RULE, &format!("{text}   !! freshness-missed error"));
        assert_eq!(
            messages(&RULE, text),
            ["shop needs stock within 39 min; it takes up to 40 min (wms → oms → shop)."]
        );
        assert_findings(&RULE, &text.replace("max-age 39", "max-age 40"));
        assert_findings(&RULE, &text.replace("max-age 39", "reader"));
        assert_findings(&RULE, &text.replace("= truth wms", "="));
    }

    #[test]
    fn the_quickest_way_counts() {
        assert_findings(
            &RULE,
            "stock = truth wms
             shop.stock: max-age 20
             wms -> shop : stock | latency 60
             wms -> shop : stock | latency 40
             wms -> oms : stock | latency 10
             oms -> shop : stock | latency 10",
        );
    }

    #[test]
    fn what_is_unknown_takes_no_time_but_a_batch_waits_for_its_run() {
        let text = "stock = truth wms
             wms -> oms : stock
             oms -> shop : stock | batch, runs_per_day 4
             shop.stock: max-age 359";
        assert_eq!(
            messages(&RULE, text),
            ["shop needs stock within 359 min; it takes at least 360 min (wms → oms → shop)."]
        );
        assert_findings(&RULE, &text.replace("359", "360"));
        assert_findings(&RULE, &text.replace("batch", "async"));
        assert_findings(&RULE, &text.replace("runs_per_day 4", "runs_per_day 0"));
        assert_findings(&RULE, &text.replace("runs_per_day 4", "runs_per_day 4, latency 300"));
    }

    #[test]
    fn the_truth_itself_and_what_no_way_reaches_are_silence() {
        assert_findings(
            &RULE,
            "stock = truth wms
             wms.stock: max-age 1
             shop.stock: max-age 1
             app.stock: max-age 1
             wms <-> oms : stock | latency 60
             app -> wms : stock | latency 60",
        );
    }

    #[test]
    fn each_source_of_a_part_counts_that_fits_the_partition() {
        let text = "stock = truth wms partition DE, truth depot partition FR
             wms -> shop : stock | latency 5
             depot -> shop : stock | latency 90
             shop.stock: max-age 60";
        assert_eq!(
            messages(&RULE, text),
            ["shop needs stock within 60 min; it takes up to 90 min (depot → shop)."]
        );
        assert_findings(&RULE, &format!("{text}, partition DE"));
        // Where one claim is on the whole, it alone counts.
        assert_findings(&RULE, &text.replace("wms partition DE", "wms"));
    }

    #[test]
    fn it_becomes_event_driven_or_runs_more_often() {
        let text = "order = truth erp
             erp -> sf : order | batch, pattern batch-sync, mechanism bulk, latency 1450, runs_per_day 1, id feed
             sf.order: max-age 30";
        assert_eq!(
            fix_titles(&RULE, text),
            [
                "Change erp → sf to event-driven",
                "Run erp → sf every 20 min",
                "Say that older order is good enough for sf"
            ]
        );
        assert_fix(
            &RULE,
            text,
            "Change erp → sf to event-driven",
            "order = truth erp
             erp -> sf : order | async, pattern fire-forget, mechanism event, latency 5, marks.latency_min assumed, \
             id feed
             sf.order: max-age 30",
        );
        assert_fix(
            &RULE,
            text,
            "Run erp → sf every 20 min",
            &text.replace("latency 1450, runs_per_day 1", "latency 30, runs_per_day 72"),
        );
    }

    #[test]
    fn as_many_flows_change_as_it_takes() {
        let text = "order = truth erp
             erp -> oms : order | batch, latency 60
             oms -> shop : order | batch, latency 50
             shop.order: max-age 20";
        assert_eq!(
            fix_titles(&RULE, text),
            [
                "Change erp → oms and oms → shop to event-driven",
                "Feed shop directly from erp",
                "Say that older order is good enough for shop"
            ]
        );
        assert_eq!(
            fix_titles(&RULE, &text.replace("max-age 20", "max-age 55"))[..2],
            ["Change erp → oms to event-driven", "Run erp → oms every 5 min",]
        );
        assert!(!fix_titles(&RULE, &text.replace("max-age 20", "max-age 54"))[1].starts_with("Run"));
    }

    #[test]
    fn it_is_fed_directly_and_no_longer_by_the_last_system() {
        assert_fix(
            &RULE,
            "order = truth erp
             erp -> oms : order | batch, latency 60
             oms -> shop : order | batch, latency 50
             shop.order: max-age 20",
            "Feed shop directly from erp",
            "order = truth erp
             erp -> oms : order | batch, latency 60
             erp -> shop : order | batch, pattern batch-sync
             shop.order: max-age 20",
        );
    }

    #[test]
    fn how_long_a_run_takes_stays_when_it_runs_more_often() {
        // Each run takes 40 min, 400 less the 360 between two runs.
        let text = "order = truth erp
             erp -> sf : order | batch, latency 400, runs_per_day 4, id feed
             sf.order: max-age 60";
        assert_fix(
            &RULE,
            text,
            "Run erp → sf every 20 min",
            &text.replace("latency 400, runs_per_day 4", "latency 60, runs_per_day 72"),
        );
        let never_run = text.replace("runs_per_day 4", "runs_per_day 0");
        assert_eq!(fix_titles(&RULE, &never_run)[1], "Run erp → sf every 60 min");
    }
}
