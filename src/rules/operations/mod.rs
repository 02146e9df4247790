//! Operations, limits and security: whether what runs is watched, safe and within what is allowed.

use crate::edit::change_flow;
use crate::landscape::FlowEntry;
use crate::model::{Flow, Hub, Subject};

use super::hubs::ends;
use super::{Finding, Fix, Place, View};

pub mod api_budget;
pub mod error_handling_missing;
pub mod event_budget;
pub mod expiry_untracked;
pub mod insecure_flow;
pub mod mapping_undefined;
pub mod quality_gate_missing;
pub mod residency_breach;
pub mod unmonitored_flow;

/// The flow that a finding is about.
fn flow_of<'a, 'p>(view: &View<'a, 'p>, finding: &Finding) -> Option<&'a FlowEntry<'p>> {
    let Some(Subject::Flow(id)) = finding.subjects.first() else { return None };
    Some(&view.index().flows[view.index().flow(id)?])
}

/// What a flow is called: "ERP → Web shop".
fn name(view: &View<'_, '_>, entry: &FlowEntry<'_>) -> String {
    view.index().flow_name(entry)
}

/// The ends of a flow, as what a finding about it touches.
fn touched(view: &View<'_, '_>, entry: &FlowEntry<'_>) -> Vec<Subject> {
    ends(entry).map(|end| view.system(end)).collect()
}

/// What is known of the hubs that a flow goes through.
fn hubs<'a>(view: &View<'a, '_>, entry: &FlowEntry<'_>) -> impl Iterator<Item = &'a Hub> {
    let index = view.index();
    entry
        .via
        .iter()
        .flatten()
        .filter_map(|&hub| index.systems[hub].system.hub.as_ref())
        .collect::<Vec<_>>()
        .into_iter()
}

/// A fix that records something else about a flow.
fn record(view: &View<'_, '_>, entry: &FlowEntry<'_>, title: String, change: impl FnOnce(&mut Flow)) -> Fix {
    Fix::edits(title, change_flow(view.index().plan, entry.id, change))
}

/// A fix that asks for something about a flow.
fn ask(entry: &FlowEntry<'_>, title: String) -> Fix {
    Fix::open(title, Place::Inspector(Subject::Flow(entry.id.clone())))
}
