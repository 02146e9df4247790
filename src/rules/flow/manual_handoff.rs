//! Data that people carry from one system to another.

use crate::edit::{Edit, apply, change_flow};
use crate::model::{Guards, Mechanism, Timing};
use crate::rules::technique::{EVENT_MIN, as_event, recommended_pattern};
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Report, Rule, Severity, Subject, Threshold, View};

/// The rule.
pub static RULE: Rule = Rule {
    id: "manual-handoff",
    title: "People carry the data",
    family: Family::Flow,
    severity: "advice",
    pillar: Pillar::OperationalExcellence,
    when: "The mechanism of a flow is manual: typing again, mail, upload of a spreadsheet.",
    why: "Each hand-over costs time, is late and makes mistakes, and nobody can tell what did not arrive.",
    what_to_do: "Let the systems exchange the data themselves: as events where it is needed within minutes, else \
                 in a batch.",
    not_when: "Rare hand-overs and checks by people that the law asks for: accept them with the reason.",
    source: "Integration eliminates manual data entry where one system hands over to another.",
    thresholds: &[Threshold {
        name: "bulk-records",
        default: 2_000.0,
        unit: "records a run",
        reason: "above, the proposed batch uses the bulk interface",
    }],
    looks_at: LooksAt::EachStage,
    check,
    fixes,
};

fn check(view: &View<'_, '_>, report: &mut Report) {
    let index = view.index();
    for &flow in &view.landscape().flows {
        let entry = &index.flows[flow];
        if entry.flow.mechanism == Some(Mechanism::Manual) {
            report.add_once([flow], |report| {
                let ends = [entry.from, entry.to].into_iter().flatten();
                let related: Vec<_> = ends.map(|end| view.system(end)).collect();
                let message = format_args!("{} is still done by hand.", index.flow_name(entry));
                report.add_related(Severity::Advice, [view.flow(flow)], related, message);
            });
        }
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::Flow(id)] = finding.subjects.as_slice() else { return Vec::new() };
    let Some(flow) = view.index().flow(id) else { return Vec::new() };
    let name = view.index().plan.flow_name(id);
    vec![if is_needed_at_once(view, flow) {
        Fix::edits(format!("Replace {name} by events"), automated(view, flow, Timing::Async))
    } else {
        Fix::edits(format!("Replace {name} by a batch"), automated(view, flow, Timing::Batch))
    }]
}

/// Whether a receiver says that it needs one of the domains sooner than a batch can bring it.
fn is_needed_at_once(view: &View<'_, '_>, flow: usize) -> bool {
    let index = view.index();
    let entry = &index.flows[flow];
    entry.carries.iter().any(|(domain, payload)| {
        let forward = payload.direction.goes_forward().then_some(entry.to).flatten();
        let back = payload.direction.goes_back().then_some(entry.from).flatten();
        let age = |end: usize| {
            let holding = index.holding(end, *domain);
            holding.and_then(|holding| holding.max_age_min)
        };
        [forward, back].into_iter().flatten().filter_map(age).any(|age| age <= EVENT_MIN)
    })
}

/// The flow as the systems do it themselves; both ways only with an echo guard.
fn automated(view: &View<'_, '_>, flow: usize, timing: Timing) -> Option<Edit> {
    let entry = &view.index().flows[flow];
    let plan = view.index().plan;
    let plan = match timing {
        Timing::Batch => plan.clone(),
        _ => apply(plan, as_event(view, flow, entry.flow.initiator)).ok()?,
    };
    change_flow(&plan, entry.id, |flow| {
        if timing == Timing::Batch {
            flow.timing = Some(timing);
            flow.pattern = Some(recommended_pattern(view, entry, flow.initiator, timing));
            let is_bulk =
                flow.records_per_run.is_some_and(|count| count as f64 > view.threshold("bulk-records"));
            flow.mechanism = Some(if is_bulk { Mechanism::Bulk } else { Mechanism::Composite });
        }
        if flow.is_two_way() {
            flow.guards = Guards::Both;
        }
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, messages};

    #[test]
    fn what_people_carry_is_found_and_what_systems_do_is_not() {
        let text = "a <-> b : x | mechanism manual   !! manual-handoff advice
             b -> c : x | mechanism file
             c -> d : x";
        assert_findings(&RULE, text);
        assert_eq!(messages(&RULE, text), ["a ↔ b is still done by hand."]);
    }

    #[test]
    fn a_batch_takes_its_place() {
        assert_fix(
            &RULE,
            "x = truth a\n a -> b : x | mechanism manual, records_per_run 2000, id f",
            "Replace a → b by a batch",
            "x = truth a\n a -> b : x | mechanism composite, batch, pattern batch-sync, records_per_run 2000, id f",
        );
        assert_fix(
            &RULE,
            "x = truth a\n a <-> b : x | mechanism manual, records_per_run 2001, id f",
            "Replace a ↔ b by a batch",
            "x = truth a\n a <-> b : x | mechanism bulk, batch, pattern batch-sync, records_per_run 2001, guard both, \
             id f",
        );
    }

    #[test]
    fn what_is_needed_within_minutes_comes_as_events() {
        let text = "x = truth a\n b.x: max-age 5\n a -> b : x | mechanism manual, id f";
        assert_fix(
            &RULE,
            text,
            "Replace a → b by events",
            "x = truth a\n b.x: max-age 5\n a -> b : x | mechanism event, async, pattern fire-forget, latency 5, \
             marks.latency_min assumed, id f",
        );
        assert_fix(
            &RULE,
            &text.replace("max-age 5", "max-age 6"),
            "Replace a → b by a batch",
            "x = truth a\n b.x: max-age 6\n a -> b : x | mechanism composite, batch, pattern batch-sync, id f",
        );
        // The sender's own need says nothing about what it sends.
        assert_fix(
            &RULE,
            "x = truth a\n a.x: max-age 1\n a -> b : x | mechanism manual, id f",
            "Replace a → b by a batch",
            "x = truth a\n a.x: max-age 1\n a -> b : x | mechanism composite, batch, pattern batch-sync, id f",
        );
    }
}
