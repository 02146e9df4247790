//! A fix: edits as one step, or the place where a person has to answer.

use std::cmp::Reverse;

use crate::edit::{Edit, apply};
use crate::model::{Aim, DomainId, Flow, FlowId, Plan, Stage, SystemId};

use super::engine::check_rules;
use super::gates::counts_from;
use super::{Facts, Finding, Findings, Scope, Severity, StageNumbers, Subject, View, check};

/// Where a person can answer what a fix cannot know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The row of a domain in the ownership matrix.
    OwnershipRow(DomainId),
    /// The inspector of an element.
    Inspector(Subject),
    /// The questions about what becomes of a system.
    Questions(SystemId),
    /// Elements among which somebody has to choose, selected and in view.
    Selection {
        /// The stage at which they stand, by its place.
        at: usize,
        /// The elements.
        subjects: Vec<Subject>,
    },
}

/// What a fix does.
#[derive(Clone, Debug, PartialEq)]
pub enum FixAction {
    /// Changes the plan, as one step.
    Edits(Vec<Edit>),
    /// Opens the place where the answer is given.
    Open(Place),
}

/// A way to mend a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// What it does, with the names in it. Also the step's name.
    pub title: String,
    /// What it does to the plan.
    pub action: FixAction,
}

impl Fix {
    /// A fix that changes the plan.
    #[must_use]
    pub fn edits(title: impl Into<String>, edits: impl IntoIterator<Item = Edit>) -> Self {
        Self { title: title.into(), action: FixAction::Edits(edits.into_iter().collect()) }
    }

    /// A fix that needs an answer.
    #[must_use]
    pub fn open(title: impl Into<String>, place: Place) -> Self {
        Self { title: title.into(), action: FixAction::Open(place) }
    }
}

/// What a fix would change.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The plan with the fix.
    pub plan: Plan,
    /// Findings that go.
    pub gone: Vec<Finding>,
    /// Findings that come or get worse.
    pub come: Vec<Finding>,
    /// Whether one of them is an error that the fix makes. What nobody has recorded yet of a flow that the fix
    /// draws comes, but is none: it is still to be designed, as any new flow.
    pub does_harm: bool,
    /// The numbers of the target, before and after.
    pub numbers: (StageNumbers, StageNumbers),
}

/// The fixes that a finding's rule proposes, none of them tried.
#[must_use]
pub fn proposed_fixes(facts: &Facts<'_>, finding: &Finding) -> Vec<Fix> {
    (finding.rule.fixes)(&View::new(facts, finding.seen_at, finding.rule), finding)
}

/// The fixes of a finding that hold their promise: applied, the finding is gone (from the stage on from
/// which the plan can change it) and it makes no new error. Fixes that open a place are offered as they are.
/// `before` is a run over all stages.
#[must_use]
pub fn offered_fixes(facts: &Facts<'_>, before: &Findings, finding: &Finding) -> Vec<(Fix, Option<Preview>)> {
    proposed_fixes(facts, finding)
        .into_iter()
        .filter_map(|fix| match &fix.action {
            FixAction::Open(_) => Some((fix, None)),
            FixAction::Edits(edits) => {
                let preview = preview(facts, before, edits)?;
                let is_gone = preview.gone.iter().any(|gone| gone.is_same(finding));
                (is_gone && !preview.does_harm).then_some((fix, Some(preview)))
            }
        })
        .collect()
}

/// Whether a finding is not there after a change, or no longer at its last stage: what holds today holds
/// until the plan's first wave can change it.
fn is_gone(finding: &Finding, after: Option<&Finding>) -> bool {
    let last = finding.stages.last().copied().unwrap_or_default();
    after.is_none_or(|left| !left.holds_at(last) && left.stages.len() < finding.stages.len())
}

/// Whether what held today only holds later too. A measure of the whole landscape that is bad today and no
/// worse later is no news.
fn spreads(was: &Finding, is: &Finding) -> bool {
    was.is_information() && !is.is_information() && is.subjects != [Subject::Landscape]
}

/// What these edits would change; `None` where they cannot be applied.
#[must_use]
fn preview(facts: &Facts<'_>, before: &Findings, edits: &[Edit]) -> Option<Preview> {
    let plan = apply(facts.plan(), edits.iter().cloned()).ok()?;
    let mut facts_after = Facts::new(&plan);
    let after = check(&facts_after, Scope::AllStages);
    let continued: Vec<_> = after
        .list
        .iter()
        .filter_map(|finding| Some((finding, continued(facts.plan(), &plan, finding, before)?)))
        .collect();
    let is_continued = |finding: &Finding| continued.iter().any(|(_, earlier)| earlier.is_same(finding));
    let was_there = |finding: &Finding| continued.iter().any(|(later, _)| later.is_same(finding));
    let goes = |finding: &&Finding| is_gone(finding, after.same_as(finding)) && !is_continued(finding);
    let comes = |finding: &&Finding| match before.same_as(finding) {
        None => !was_there(finding),
        Some(was) => was.severity < finding.severity || spreads(was, finding),
    };
    let gone = before.list.iter().filter(goes).cloned().collect();
    let come: Vec<_> = after.list.iter().filter(comes).cloned().collect();
    let numbers = (
        facts.numbers(facts.index.timeline.target()),
        facts_after.numbers(facts_after.index.timeline.target()),
    );
    facts_after.aim = Aim::Draft;
    let mut errors = come.iter().filter(|come| come.severity == Severity::Error && !come.is_information());
    let does_harm = errors.any(|error| !is_still_to_record(facts.plan(), &facts_after, error));
    drop(facts_after);
    Some(Preview { plan, gone, come, does_harm, numbers })
}

/// Whether an error only says what nobody has recorded yet of a flow that the old plan did not have: looked
/// at as a draft, it is none.
fn is_still_to_record(old: &Plan, as_draft: &Facts<'_>, error: &Finding) -> bool {
    let Some(Subject::Flow(id)) = error.subjects.first() else { return false };
    if old.flows.contains_key(id) || counts_from(error.rule) == Aim::Draft {
        return false;
    }
    let found = check_rules(as_draft, Scope::AllStages, &[error.rule]);
    found.same_as(error).is_none_or(|left| left.severity < Severity::Error)
}

/// The finding of before that one is the continuation of.
fn continued<'f>(old: &Plan, new: &Plan, finding: &Finding, before: &'f Findings) -> Option<&'f Finding> {
    taken_over(old, new, finding, before).or_else(|| left_over(finding, before))
}

/// The finding of before of which one is what is left: of the same rule, on fewer of its subjects. So of a
/// large circle that is cut somewhere, a smaller one may stay.
fn left_over<'f>(finding: &Finding, before: &'f Findings) -> Option<&'f Finding> {
    let is_left_of = |earlier: &&Finding| {
        earlier.severity >= finding.severity
            && !spreads(earlier, finding)
            && earlier.subjects.len() > finding.subjects.len()
            && finding.subjects.iter().all(|subject| earlier.subjects.contains(subject))
    };
    let is_new = before.same_as(finding).is_none();
    let earlier = before.about(finding.rule, &[]).iter().filter(|_| is_new).filter(is_left_of);
    earlier.min_by_key(|earlier| Reverse((earlier.severity, earlier.reach())))
}

/// The finding of before on the flow from which this one's takes over when that ends, with the same ends and
/// load.
fn taken_over<'f>(old: &Plan, new: &Plan, finding: &Finding, before: &'f Findings) -> Option<&'f Finding> {
    let mut subjects = finding.subjects.clone();
    for subject in &mut subjects {
        if let Subject::Flow(id) = subject
            && !old.flows.contains_key(id)
        {
            *id = predecessor(old, new, id)?.clone();
        }
    }
    let is_other = subjects != finding.subjects;
    let continues = |earlier: &&Finding| earlier.subjects == subjects && earlier.severity >= finding.severity;
    before.about(finding.rule, &subjects).iter().filter(|_| is_other).find(continues)
}

/// The flow of the old plan that ends in the new one when another with its ends and all or part of its load
/// begins; one with the very load first.
fn predecessor<'p>(old: &'p Plan, new: &Plan, id: &FlowId) -> Option<&'p FlowId> {
    let flow = new.flows.get(id)?;
    let Stage::Wave(wave) = &flow.since else { return None };
    let ends_then = |id: &FlowId| new.flows.get(id).is_some_and(|flow| flow.until.as_ref() == Some(wave));
    let has_its_ends = |other: &Flow| (&other.from, &other.to) == (&flow.from, &flow.to);
    let has_its_load = |other: &Flow| flow.carries.iter().all(|load| other.carries_domain(&load.domain));
    let old = old.flows.iter().filter(|(_, other)| has_its_ends(other) && has_its_load(other));
    old.filter(|(id, _)| ends_then(id))
        .min_by_key(|(_, other)| other.carries != flow.carries)
        .map(|(id, _)| id)
}

#[cfg(test)]
mod tests;
