//! A flow that gives up at once, or tries again and writes twice.

use crate::landscape::FlowEntry;
use crate::model::{Mechanism, Pattern, Timing};
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Report, Rule, Severity, View};

use super::{flow_of, name, record, touched};

/// The rule.
pub static RULE: Rule = Rule {
    id: "error-handling-missing",
    title: "No second try, or a dangerous one",
    family: Family::Operations,
    severity: "warning",
    pillar: Pillar::Reliability,
    when: "An asynchronous or batch flow of the target that people do not carry by hand has neither retry nor \
           a dead letter queue; or a flow that writes tries again and is not idempotent. What nobody recorded \
           counts as no from the gate cutover on. Flows whose timing is not known are not asked for a retry.",
    why: "A network fails for a second every day. Without a second try records are lost; with a careless one \
          they arrive twice.",
    what_to_do: "Retry with back-off, keep aside what cannot be delivered, and upsert by external ID or send a \
                 message id.",
    not_when: "Fire-and-forget notifications without effect: nothing that they carry writes.",
    source: "Error handling and idempotent design in every integration pattern. Events are kept for 72 hours: \
             a subscriber that is down longer needs a full resynchronisation.",
    thresholds: &[],
    looks_at: LooksAt::Target,
    check,
    fixes,
};

/// What is wrong with the second try.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    Repeats,
}

fn fault(view: &View<'_, '_>, entry: &FlowEntry<'_>) -> Option<Fault> {
    let flow = entry.flow;
    let is_deferred = matches!(flow.timing, Some(Timing::Async | Timing::Batch));
    let is_notice = flow.pattern == Some(Pattern::FireForget) && !flow.carries.is_empty() && !writes(entry);
    let is_asked = is_deferred && !is_notice && flow.mechanism != Some(Mechanism::Manual);
    if is_asked && view.is_no(flow.retry) && view.is_no(flow.dead_letter) {
        return Some(Fault::None);
    }
    (writes(entry) && flow.retry == Some(true) && view.is_no(flow.idempotent)).then_some(Fault::Repeats)
}

fn writes(entry: &FlowEntry<'_>) -> bool {
    entry.flow.carries.iter().any(|payload| payload.writes)
}

fn check(view: &View<'_, '_>, report: &mut Report) {
    for &flow in &view.landscape().flows {
        let entry = &view.index().flows[flow];
        let Some(fault) = fault(view, entry) else { continue };
        let name = name(view, entry);
        let message = match fault {
            Fault::None => format!("{name} has no retry and keeps nothing aside that fails."),
            Fault::Repeats => format!("{name} has retries that can create duplicates."),
        };
        report.add_related(Severity::Warning, [view.flow(flow)], touched(view, entry), message);
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let Some(entry) = flow_of(view, finding) else { return Vec::new() };
    let name = name(view, entry);
    let is_message =
        matches!(entry.flow.mechanism, Some(Mechanism::Event | Mechanism::Cdc | Mechanism::Queue));
    let once = if is_message { "send a message id" } else { "upsert by external ID (idempotent)" };
    let needs_once = writes(entry) && entry.flow.idempotent != Some(true);
    let fix = match fault(view, entry) {
        None => return Vec::new(),
        Some(Fault::None) => {
            let and_once = if needs_once { format!(", and {once}") } else { String::new() };
            let title = format!("Add retry with back-off and dead letter to {name}{and_once}");
            record(view, entry, title, |flow| {
                flow.retry = Some(true);
                flow.dead_letter = Some(true);
                if needs_once {
                    flow.idempotent = Some(true);
                }
            })
        }
        Some(Fault::Repeats) => {
            let once = if is_message { "Send a message id" } else { "Upsert by external ID (idempotent)" };
            record(view, entry, format!("{once} in {name}"), |flow| flow.idempotent = Some(true))
        }
    };
    vec![fix]
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, messages};

    #[test]
    fn a_deferred_flow_with_no_second_try_is_found() {
        assert_findings(
            &RULE,
            "a -> b : x | async, retry false, dead_letter false   !! error-handling-missing warning
             b -> c : x | batch, retry false, dead_letter false   !! error-handling-missing warning",
        );
    }

    #[test]
    fn a_dead_letter_somebody_who_waits_and_people_are_silence() {
        assert_findings(
            &RULE,
            "aim cutover
             a -> b : x | async, dead_letter true
             b -> c : x | batch, retry true, idempotent true
             c -> d : x | sync
             d -> e : x | batch, mechanism manual
             e -> f : x",
        );
    }

    #[test]
    fn a_notice_without_effect_may_get_lost() {
        assert_findings(
            &RULE,
            "aim cutover
             a -> b : x read | async, pattern fire-forget
             b -> c : x | async, pattern fire-forget              !! error-handling-missing warning
             c -> d : x read | async                              !! error-handling-missing warning",
        );
    }

    #[test]
    fn a_retry_that_writes_twice_is_found() {
        assert_findings(
            &RULE,
            "a -> b : x | sync, retry true, idempotent false     !! error-handling-missing warning
             b -> c : x | sync, retry true, idempotent true
             c -> d : x read | sync, retry true, idempotent false
             d -> e : x | sync, dead_letter true, idempotent false",
        );
    }

    #[test]
    fn what_was_never_recorded_counts_before_the_cutover() {
        let text = "a -> b : x | async
             b -> c : x | sync, retry true
             c -> d : x | async, retry false";
        assert_findings(&RULE, text);
        assert_findings(&RULE, &format!("aim build \n {text}"));
        assert_findings(
            &RULE,
            "aim cutover
             a -> b : x | async                !! error-handling-missing
             b -> c : x | sync, retry true     !! error-handling-missing
             c -> d : x | async, retry false   !! error-handling-missing",
        );
    }

    #[test]
    fn a_second_try_is_added_and_made_harmless() {
        assert_fix(
            &RULE,
            "a -> b : x | async, retry false, dead_letter false",
            "Add retry with back-off and dead letter to a → b, and upsert by external ID (idempotent)",
            "a -> b : x | async, retry true, dead_letter true, idempotent true",
        );
        assert_fix(
            &RULE,
            "a -> b : x | async, retry false, dead_letter false, idempotent true",
            "Add retry with back-off and dead letter to a → b",
            "a -> b : x | async, retry true, dead_letter true, idempotent true",
        );
        assert_fix(
            &RULE,
            "a -> b : x | retry true, idempotent false",
            "Upsert by external ID (idempotent) in a → b",
            "a -> b : x | retry true, idempotent true",
        );
        assert_fix(
            &RULE,
            "a -> b : x | retry true, idempotent false, mechanism queue",
            "Send a message id in a → b",
            "a -> b : x | retry true, idempotent true, mechanism queue",
        );
    }

    #[test]
    fn the_message_says_which() {
        assert_eq!(
            messages(&RULE, "a -> b : x | retry true, idempotent false"),
            ["a → b has retries that can create duplicates."]
        );
        assert_eq!(
            messages(&RULE, "a -> b : x | async, retry false, dead_letter false"),
            ["a → b has no retry and keeps nothing aside that fails."]
        );
    }
}
