//! Data that is copied to where it may not lie.

use crate::edit::{add_flow, apply};
use crate::landscape::FlowEntry;
use crate::model::{Direction, Flow, Initiator, Mechanism, Pattern, Payload, Stage, Timing};
use crate::rules::hubs::{first_wave_from, rewired};
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, View, listed};

use super::{ask, flow_of, name};

/// The rule.
pub static RULE: Rule = Rule {
    id: "residency-breach",
    title: "Data leaves its region",
    family: Family::Operations,
    severity: "error",
    pillar: Pillar::Trust,
    when: "A flow copies a domain that may lie in certain regions only to a system in another. What is read \
           where it stands is no copy: a flow of the pattern virtual or the mechanism zero-copy, or a \
           receiver that looks the domain up virtually. Regions are compared as they are written, without \
           regard to case.",
    why: "Where data lies decides whose law holds for it, and a copy cannot be taken back.",
    what_to_do: "Read it where it stands, mask or drop the fields, or choose a regional instance.",
    not_when: "The region of the receiver is not known: it is asked for.",
    source: "Regulatory or operational constraints; residency is a force for virtualisation in the integration \
             patterns.",
    thresholds: &[],
    looks_at: LooksAt::EachStage,
    check,
    fixes,
};

/// A domain that a flow copies to where it may not lie.
struct Breach {
    domain: usize,
    receiver: usize,
    is_forward: bool,
}

fn breaches(view: &View<'_, '_>, entry: &FlowEntry<'_>) -> Vec<Breach> {
    if entry.flow.is_virtual() || entry.flow.mechanism == Some(Mechanism::ZeroCopy) {
        return Vec::new();
    }
    let mut breaches: Vec<Breach> = Vec::new();
    for &(domain, payload) in &entry.carries {
        let directions = [
            (payload.direction.goes_forward(), entry.to, true),
            (payload.direction.goes_back(), entry.from, false),
        ];
        for (goes, receiver, is_forward) in directions {
            let Some(receiver) = receiver.filter(|_| goes) else { continue };
            let is_new = !breaches.iter().any(|known| (known.domain, known.receiver) == (domain, receiver));
            if is_new && may_not_lie(view, domain, receiver) {
                breaches.push(Breach { domain, receiver, is_forward });
            }
        }
    }
    breaches
}

fn may_not_lie(view: &View<'_, '_>, domain: usize, receiver: usize) -> bool {
    let regions = &view.index().domains[domain].1.regions;
    let region = view.index().systems[receiver].system.region.trim();
    let is_allowed = || regions.iter().any(|allowed| allowed.trim().eq_ignore_ascii_case(region));
    let is_looked_up = || view.index().holding(receiver, domain).is_some_and(|holding| holding.is_virtual);
    !regions.is_empty() && !region.is_empty() && !is_allowed() && !is_looked_up()
}

fn check(view: &View<'_, '_>, report: &mut Report) {
    let index = view.index();
    for &flow in &view.landscape().flows {
        let breaches = breaches(view, &index.flows[flow]);
        if breaches.is_empty() {
            continue;
        }
        report.add_once([flow], |report| {
            let sentences = breaches.iter().map(|breach| {
                let regions: Vec<_> =
                    index.domains[breach.domain].1.regions.iter().map(String::as_str).collect();
                format!(
                    "{} may only be kept in {}; {} is in {}.",
                    index.domain_name(breach.domain),
                    listed(&regions),
                    index.system_name(breach.receiver),
                    index.systems[breach.receiver].system.region
                )
            });
            let message = sentences.collect::<Vec<_>>().join(" ");
            let mut related: Vec<_> = breaches
                .iter()
                .flat_map(|breach| [view.system(breach.receiver), view.domain(breach.domain)])
                .collect();
            related.sort();
            related.dedup();
            report.add_related(Severity::Error, [view.flow(flow)], related, message);
        });
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let Some(entry) = flow_of(view, finding) else { return Vec::new() };
    let breaches = breaches(view, entry);
    let Some(first) = breaches.first() else { return Vec::new() };
    let receiver = view.index().system_name(first.receiver);
    let mut domains: Vec<_> = breaches.iter().map(|breach| view.index().domain_name(breach.domain)).collect();
    domains.dedup();
    let domains = listed(&domains);
    let name = name(view, entry);
    let mut fixes: Vec<_> = virtualise(view, finding, entry, &breaches)
        .map(|edits| Fix::edits(format!("Virtualise {domains} in {name} instead of copying"), edits))
        .into_iter()
        .collect();
    fixes.push(ask(entry, format!("Mask or drop fields of {domains} in {name}")));
    let regional = format!("Choose an instance of {receiver} in a region that is allowed");
    fixes.push(Fix::open(regional, Place::Inspector(view.system(first.receiver))));
    fixes
}

/// What may not lie there is read where it stands, from the stage on at which it would be copied; the flow
/// keeps the rest.
fn virtualise(
    view: &View<'_, '_>,
    finding: &Finding,
    entry: &FlowEntry<'_>,
    breaches: &[Breach],
) -> Option<Vec<crate::edit::Edit>> {
    let plan = view.index().plan;
    let id = |breach: &Breach| view.index().domains[breach.domain].0;
    let is_breach = |payload: &Payload, is_forward: bool| {
        breaches.iter().any(|breach| breach.is_forward == is_forward && *id(breach) == payload.domain)
    };
    let kept = reduced(&entry.flow.carries, |payload, is_forward| !is_breach(payload, is_forward));
    let mut looked_up = reduced(&entry.flow.carries, is_breach);
    for payload in &mut looked_up {
        payload.writes = false;
    }
    let asks = if breaches.first()?.is_forward { Initiator::To } else { Initiator::From };
    let read = |flow: &mut Flow| {
        flow.carries.clone_from(&looked_up);
        flow.initiator = asks;
        flow.timing = Some(Timing::Sync);
        flow.pattern = Some(Pattern::Virtual);
        // How it is read and how much is a new design.
        (flow.mechanism, flow.latency_min, flow.peak_per_hour) = (None, None, None);
        (flow.records_per_day, flow.records_per_run, flow.runs_per_day) = (None, None, None);
    };
    let (flow, begin) = (view.index().flow(entry.id)?, *finding.stages.first()?);
    if kept.is_empty() {
        return Some(rewired(view, &[flow], begin, read));
    }
    let mut edits = rewired(view, &[flow], begin, |flow| flow.carries.clone_from(&kept));
    let changed = apply(plan, edits.iter().cloned()).ok().filter(|_| !edits.is_empty())?;
    let mut reading = entry.flow.clone();
    read(&mut reading);
    if let Some((_, wave)) = first_wave_from(view, begin).filter(|(place, _)| entry.life.start < *place) {
        reading.since = Stage::Wave(wave);
    }
    edits.push(add_flow(changed.free_flow_id(&reading), reading));
    Some(edits)
}

/// Payloads with the directions that are wanted; true is forward.
fn reduced(carries: &[Payload], is_wanted: impl Fn(&Payload, bool) -> bool) -> Vec<Payload> {
    let wanted = |payload: &Payload| {
        let forward = payload.direction.goes_forward() && is_wanted(payload, true);
        let back = payload.direction.goes_back() && is_wanted(payload, false);
        let direction = match (forward, back) {
            (true, true) => Direction::Both,
            (true, false) => Direction::Forward,
            (false, true) => Direction::Back,
            (false, false) => return None,
        };
        Some(Payload { direction, ..payload.clone() })
    };
    carries.iter().filter_map(wanted).collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    const REGIONS: &str = "customer = truth crm, regions EU&CH
             crm: region EU
             desk: region US
             bank: region ch
             tool: other";

    fn finds(flows: &str) {
        assert_findings(&RULE, &format!("{REGIONS}\n{flows}"));
    }

    #[test]
    fn a_copy_in_another_region_is_found_in_either_direction() {
        finds("crm -> desk : customer     !! residency-breach error");
        finds("desk -> crm : customer back     !! residency-breach error");
        finds("desk <-> crm : customer     !! residency-breach error");
    }

    #[test]
    fn an_allowed_an_unknown_region_and_other_data_are_silence() {
        finds(
            "crm -> bank : customer \n crm -> tool : customer \n desk -> crm : customer \n crm -> desk : order",
        );
    }

    #[test]
    fn what_is_read_where_it_stands_is_no_copy() {
        finds("crm -> desk : customer | pattern virtual");
        finds("crm -> desk : customer | mechanism zero-copy");
        finds("desk.customer: virtual \n crm -> desk : customer");
        finds("crm.customer: virtual \n crm -> desk : customer    !! residency-breach error");
    }

    #[test]
    fn it_looks_at_each_stage() {
        finds("crm -> desk : customer | until 1 \n look at 1");
        finds("crm -> desk : customer | until 1   !! residency-breach error \n look at today");
    }

    #[test]
    fn the_message_names_the_regions() {
        assert_eq!(
            messages(&RULE, &format!("{REGIONS}\ncrm -> desk : customer")),
            ["customer may only be kept in CH and EU; desk is in US."]
        );
    }

    #[test]
    fn it_is_read_where_it_stands_instead() {
        let title = "Virtualise customer in crm → desk instead of copying";
        let before = format!(
            "{REGIONS}\ncrm -> desk : customer | id f, batch, mechanism bulk, records_per_day 10, monitored true"
        );
        assert_fix(
            &RULE,
            &before,
            title,
            &format!(
                "{REGIONS}\ncrm -> desk : customer read | id f, sync, called-by-to, pattern virtual, monitored true"
            ),
        );
        assert_eq!(
            fix_titles(&RULE, &before)[1..],
            [
                "Mask or drop fields of customer in crm → desk",
                "Choose an instance of desk in a region that is allowed"
            ]
        );
    }

    #[test]
    fn the_rest_of_the_flow_stays_as_it_is() {
        let order = "order = truth desk \n wave 1:";
        assert_fix(
            &RULE,
            &format!("{REGIONS}\n{order}\n crm -> desk : customer, order back | id f, owner Ada, batch"),
            "Virtualise customer in crm ↔ desk instead of copying",
            &format!(
                "{REGIONS}\n{order}
                 crm -> desk : customer, order back | id f, owner Ada, batch, until 1
                 crm -> desk : order back | owner Ada, batch, since 1
                 crm -> desk : customer read | owner Ada, sync, called-by-to, pattern virtual, since 1",
            ),
        );
    }

    #[test]
    fn each_domain_is_told_once() {
        let text = format!(
            "{REGIONS}\npatient = truth crm, regions CH
             crm -> desk : customer.mail, customer.name, patient.mail, patient.name"
        );
        assert_eq!(
            messages(&RULE, &text),
            [
                "customer may only be kept in CH and EU; desk is in US. patient may only be kept in CH; desk is in US."
            ]
        );
    }

    #[test]
    fn only_what_may_not_lie_there_is_read() {
        let price = "price = truth crm \n wave 1:";
        assert_fix(
            &RULE,
            &format!("{REGIONS}\n{price}\n crm -> desk : customer, price | id f, batch"),
            "Virtualise customer in crm → desk instead of copying",
            &format!(
                "{REGIONS}\n{price}
                 crm -> desk : customer, price | id f, batch, until 1
                 crm -> desk : customer read | sync, called-by-to, pattern virtual, since 1
                 crm -> desk : price | batch, since 1",
            ),
        );
    }

    #[test]
    fn of_a_two_way_flow_only_the_way_to_the_wrong_region_is_read() {
        assert_fix(
            &RULE,
            &format!("{REGIONS}\n desk <-> crm : customer | id f, guard both"),
            "Virtualise customer in desk ↔ crm instead of copying",
            &format!(
                "{REGIONS}
                 desk -> crm : customer | id f, guard both
                 desk -> crm : customer back read | guard both, sync, pattern virtual",
            ),
        );
    }
}
