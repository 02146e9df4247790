//! A waiver that no longer holds. Found by the engine beside the catalogue, because it is about the plan's
//! own records and not about the landscape.

use super::finding::Statement;
use crate::edit::{Change, Edit};
use crate::model::{Date, Plan, WaiverId};
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Report, Rule, Severity, View, find};

/// The rule.
pub static WAIVER_ENDED: Rule = Rule {
    id: "waiver-ended",
    title: "Waiver that has ended",
    family: Family::Completeness,
    severity: "warning; advice where nothing is found any more",
    pillar: Pillar::OperationalExcellence,
    when: "The last day of a waiver is before the day on which the plan is true, or the finding that it \
           accepts says something else than when it was accepted, or is no longer there.",
    why: "Somebody accepted one thing; nobody has accepted what stands there now.",
    what_to_do: "Look at the finding again: mend it, accept it anew, or delete the waiver.",
    not_when: "A new name alone ends no waiver.",
    source: "Exceptions to rules are granted for a time and for known facts.",
    thresholds: &[],
    looks_at: LooksAt::Target,
    check: |_: &View<'_, '_>, _: &mut Report| {},
    fixes,
};

/// How a waiver ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// Its last day is over.
    DatePassed(Date),
    /// What it accepts says something else now.
    FactsChanged,
    /// What it accepts is not found any more.
    NothingFound,
}

/// The finding about a waiver that ended.
pub(super) fn finding(plan: &Plan, id: &WaiverId, end: Ended, target: usize) -> Finding {
    let waiver = &plan.waivers[id];
    let title = find(&waiver.rule).map_or(waiver.rule.as_str(), |rule| rule.title);
    let person = if waiver.person.is_empty() { "somebody" } else { &waiver.person };
    let (severity, why) = match end {
        Ended::DatePassed(until) => (Severity::Warning, format!("its last day was {until}")),
        Ended::FactsChanged => (Severity::Warning, "what it accepts has changed since".to_owned()),
        Ended::NothingFound => (Severity::Advice, "what it accepts is no longer found".to_owned()),
    };
    let statement = Statement {
        severity,
        subjects: waiver.subjects.clone(),
        related: Vec::new(),
        message: format!("\"{title}\", accepted by {person}, is open again: {why}."),
    };
    Finding {
        rule: &WAIVER_ENDED,
        severity,
        statement: statement.into(),
        stages: [target].into(),
        seen_at: target,
        hides: Vec::new(),
        waiver: None,
        ended_waiver: Some(id.clone()),
    }
}

fn fixes(_: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let delete =
        |id: &WaiverId| Fix::edits("Delete the waiver", [Edit::Waiver(id.clone(), Box::new(Change::Remove))]);
    finding.ended_waiver.iter().map(delete).collect()
}
