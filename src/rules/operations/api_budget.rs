//! More calls than a system accepts in a day.

use std::collections::BTreeMap;

use crate::landscape::FlowEntry;
use crate::limits::{Calls, Rates, allowed_calls, calls_at};
use crate::model::{Flow, Mechanism, Pattern, Subject, Timing};
use crate::rules::hubs::{counted, ends, rewired};
use crate::rules::{
    Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, Threshold, View, thousands,
};

use super::name;

/// The rule.
pub static RULE: Rule = Rule {
    id: "api-budget",
    title: "API calls run out",
    family: Family::Operations,
    severity: "warning from 70 %, error from 100 %",
    pillar: Pillar::ResourceAndCost,
    when: "The calls that flows make at a system in a day reach 70 % of what it accepts, error from 100 % on: \
           its recorded rate limit, or for the focal system what the limits table allows its edition, \
           licences and add-ons. Each flow's calls follow from its mechanism, by the formulas of the limits \
           table, in which events and change data capture make none, nor do people; a mechanism without one \
           counts one call a record, which is told as assumed. Warning also where the day would use up all that \
           is accepted if the flow with the busiest hour kept that pace for 24 hours. Volumes and mechanisms \
           that are not known are not counted; silent where the limit is not known.",
    why: "From the last call on every other flow fails too, whoever used the calls up.",
    what_to_do: "Batch the largest flow, use events instead of asking, or buy more calls.",
    not_when: "Calls that the system makes itself do not count. Some of the vendor's own connectors are \
               exempt. The cap is soft for spikes, so 100 % is an error of the plan and not an outage.",
    source: "Optimise the frequency and architecture of synchronisation. API Request Limits and Allocations, \
             Summer '26.",
    thresholds: &[
        Threshold { name: "warning", default: 70.0, unit: "%", reason: "leaves 30 % headroom" },
        Threshold { name: "error", default: 100.0, unit: "%", reason: "all that is accepted" },
    ],
    looks_at: LooksAt::EachStage,
    check,
    fixes,
};

const HOURS_A_DAY: u64 = 24;

/// What flows use of a system's calls in a day.
struct Load {
    allowed: f64,
    used: f64,
    /// The same, if the flow with the busiest hour kept its pace.
    at_peak: f64,
    assumed: f64,
    unknown: usize,
    /// The flows that call, the largest first.
    flows: Vec<(usize, f64)>,
}

/// The calls at each system whose limit is known.
fn loads(view: &View<'_, '_>) -> BTreeMap<usize, Load> {
    let index = view.index();
    let focal = index.focal();
    let limits = view.landscape().systems(index).filter_map(|system| {
        let typed = index.systems[system].system.rate_limit.map(|limit| limit as f64);
        let by_table = || focal.filter(|&focal| focal == system).and_then(|_| allowed_calls(index.plan));
        Some((system, Load::of(typed.or_else(by_table)?)))
    });
    let mut loads: BTreeMap<_, _> = limits.collect();
    if loads.is_empty() {
        return loads;
    }
    let rates = Rates::of(index.plan);
    for &flow in &view.landscape().flows {
        let entry = &index.flows[flow];
        for end in ends(entry) {
            let Some(load) = loads.get_mut(&end) else { continue };
            let calls = |records| calls_at(&rates, entry, end, focal == Some(end), records);
            let peak = entry.flow.peak_per_hour.map(|records| records.saturating_mul(HOURS_A_DAY));
            load.add(flow, calls(entry.flow.records_per_day), peak.and_then(|records| calls(Some(records))));
        }
    }
    for load in loads.values_mut() {
        load.flows.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        load.at_peak += load.used;
    }
    loads
}

impl Load {
    const fn of(allowed: f64) -> Self {
        Self { allowed, used: 0.0, at_peak: 0.0, assumed: 0.0, unknown: 0, flows: Vec::new() }
    }

    fn add(&mut self, flow: usize, calls: Option<Calls>, at_peak: Option<Calls>) {
        let day = calls.map(|calls| calls.per_day).unwrap_or_default();
        let more = at_peak.map_or(0.0, |calls| calls.per_day - day);
        self.at_peak = self.at_peak.max(more);
        let Some(calls) = calls else { return self.unknown += 1 };
        self.used += calls.per_day;
        self.assumed += if calls.is_assumed { calls.per_day } else { 0.0 };
        if calls.per_day > 0.0 {
            self.flows.push((flow, calls.per_day));
        }
    }

    fn severity(&self, view: &View<'_, '_>) -> Option<Severity> {
        let reaches = |used: f64, bar: &str| used > 0.0 && used * 100.0 >= self.allowed * view.threshold(bar);
        if reaches(self.used, "error") {
            return Some(Severity::Error);
        }
        (reaches(self.used, "warning") || reaches(self.at_peak, "error")).then_some(Severity::Warning)
    }
}

fn check(view: &View<'_, '_>, report: &mut Report) {
    for (system, load) in loads(view) {
        let Some(severity) = load.severity(view) else { continue };
        let related: Vec<_> = load.flows.first().map(|(flow, _)| view.flow(*flow)).into_iter().collect();
        report.add_related(severity, [view.system(system)], related, message(view, system, &load));
    }
}

fn message(view: &View<'_, '_>, system: usize, load: &Load) -> String {
    let share = if load.allowed > 0.0 { load.used / load.allowed * 100.0 } else { 100.0 };
    let mut message = format!(
        "{} of {} calls a day at {} ({share:.0} %)",
        whole(load.used),
        whole(load.allowed),
        view.index().system_name(system)
    );
    if load.used * 100.0 < load.allowed * view.threshold("warning") {
        message.push_str(&format!(", but {} at the pace of the busiest hour", whole(load.at_peak)));
    }
    if load.assumed > 0.0 {
        message.push_str(&format!(", {} of them assumed", whole(load.assumed)));
    }
    if load.unknown > 0 {
        message.push_str(&format!("; {} of unknown volume not counted", counted(load.unknown, "flow")));
    }
    message.push('.');
    if let Some(&(flow, calls)) = load.flows.first() {
        let name = name(view, &view.index().flows[flow]);
        message.push_str(&format!(" Largest: {name} with {}.", whole(calls)));
    }
    message
}

#[expect(clippy::cast_sign_loss, reason = "calls are not below zero")]
fn whole(number: f64) -> String {
    thousands(number.round() as u64)
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let Some(Subject::System(id)) = finding.subjects.first() else { return Vec::new() };
    let Some(system) = view.index().system(id) else { return Vec::new() };
    let Some(load) = loads(view).remove(&system) else { return Vec::new() };
    let is_focal = view.index().focal() == Some(system);
    let cdc = is_focal.then(|| use_cdc(view, finding, system, &load)).flatten();
    let mut fixes: Vec<_> = batch(view, finding, system, &load).into_iter().chain(cdc).collect();
    fixes.push(if is_focal && view.index().systems[system].system.rate_limit.is_none() {
        Fix::open("Add call packs to the cost model", Place::Inspector(Subject::Landscape))
    } else {
        let title = format!("Agree on a higher limit of {}", view.index().system_name(system));
        Fix::open(title, Place::Inspector(view.system(system)))
    });
    fixes
}

/// Sends what is sent record by record, and nobody waits for, in collections.
fn batch(view: &View<'_, '_>, finding: &Finding, system: usize, load: &Load) -> Option<Fix> {
    let can_wait = |flow: &Flow| {
        flow.timing != Some(Timing::Sync) && matches!(flow.mechanism, Some(Mechanism::Rest | Mechanism::Soap))
    };
    let change = |flow: &mut Flow| flow.mechanism = Some(Mechanism::Composite);
    let saving = enough(view, system, load, can_wait, change)?;
    Some(saving.fix(view, finding, "Batch", change))
}

/// Lets the system tell what changed instead of being asked.
fn use_cdc(view: &View<'_, '_>, finding: &Finding, system: usize, load: &Load) -> Option<Fix> {
    let change = |flow: &mut Flow| {
        (flow.mechanism, flow.timing, flow.pattern) =
            (Some(Mechanism::Cdc), Some(Timing::Async), Some(Pattern::FireForget));
        (flow.runs_per_day, flow.records_per_run) = (None, None);
    };
    let is_poll = |flow: &Flow| flow.mechanism == Some(Mechanism::Poll);
    let saving = enough(view, system, load, is_poll, change)?;
    Some(saving.fix(view, finding, "Use CDC instead of polling in", change))
}

/// Flows that are changed, and their calls before and after.
struct Saving {
    flows: Vec<usize>,
    before: f64,
    after: f64,
}

/// The largest flows whose change brings the calls below the warning; `None` where no flow can be changed.
fn enough(
    view: &View<'_, '_>,
    system: usize,
    load: &Load,
    can_change: impl Fn(&Flow) -> bool,
    change: impl Fn(&mut Flow),
) -> Option<Saving> {
    let index = view.index();
    let rates = Rates::of(index.plan);
    let mut saving = Saving { flows: Vec::new(), before: 0.0, after: 0.0 };
    for &(flow, calls) in load.flows.iter().filter(|(flow, _)| can_change(index.flows[*flow].flow)) {
        let is_above =
            (load.used - saving.before + saving.after) * 100.0 >= load.allowed * view.threshold("warning");
        if !is_above && !saving.flows.is_empty() {
            break;
        }
        let entry = &index.flows[flow];
        let mut changed = entry.flow.clone();
        change(&mut changed);
        let changed = with(entry, &changed);
        let is_focal = index.focal() == Some(system);
        let after = calls_at(&rates, &changed, system, is_focal, entry.flow.records_per_day)?;
        saving.flows.push(flow);
        (saving.before, saving.after) = (saving.before + calls, saving.after + after.per_day);
    }
    (!saving.flows.is_empty()).then_some(saving)
}

/// An entry with another flow between the same ends.
fn with<'f>(entry: &'f FlowEntry<'_>, flow: &'f Flow) -> FlowEntry<'f> {
    let FlowEntry { id, from, to, via, carries, life, .. } = entry;
    FlowEntry {
        id,
        flow,
        from: *from,
        to: *to,
        via: via.clone(),
        carries: carries.clone(),
        life: life.clone(),
    }
}

impl Saving {
    /// "Batch ERP → CRM and 2 more flows (60,000 → 300 calls)".
    fn fix(&self, view: &View<'_, '_>, finding: &Finding, verb: &str, change: impl Fn(&mut Flow)) -> Fix {
        let first = name(view, &view.index().flows[self.flows[0]]);
        let more = match self.flows.len() {
            1 => String::new(),
            flows => format!(" and {}", counted(flows - 1, "other flow")),
        };
        let (before, after) = (whole(self.before), whole(self.after));
        let title = format!("{verb} {first}{more} ({before} → {after} calls)");
        Fix::edits(title, rewired(view, &self.flows, finding.stages[0], change))
    }
}

#[cfg(test)]
mod tests;
