//! A pattern that contradicts the timing, or who starts the exchange.

use crate::edit::change_flow;
use crate::landscape::FlowEntry;
use crate::model::{Mechanism, Pattern, Timing};
use crate::rules::technique::{calls_focal, recommended_pattern, touches_focal};
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Report, Rule, Severity, Subject, View};

/// The rule.
pub static RULE: Rule = Rule {
    id: "pattern-mismatch",
    title: "Pattern does not fit the timing",
    family: Family::Flow,
    severity: "warning",
    pillar: Pillar::Reliability,
    when: "Pattern and timing are known and contradict each other: request-reply and virtual need sync, \
           fire-forget needs async, batch-sync must not be sync; a virtual flow does not write in bulk. On \
           flows of the focal system, whatever their timing, also: a call-in is started by the other side or \
           a hub, request-reply and fire-forget by the focal system.",
    why: "Who builds the flow follows the pattern, and who relies on it the timing: one of them will be \
          surprised.",
    what_to_do: "Take the pattern that the selection table names for the timing, or change the timing.",
    not_when: "Flows that do not touch the focal system: who starts them is free. Where pattern or timing is \
               unknown, nothing is contradicted.",
    source: "Pattern selection guide of the platform's integration patterns: type, timing and direction lead \
             to one pattern.",
    thresholds: &[],
    looks_at: LooksAt::EachStage,
    check,
    fixes,
};

/// What a pattern contradicts.
struct Mismatch {
    /// The timing.
    timing: Option<Timing>,
    /// That the virtual flow writes in bulk.
    writes_in_bulk: bool,
    /// Who starts the exchange.
    initiator: bool,
}

fn mismatch(view: &View<'_, '_>, entry: &FlowEntry<'_>) -> Option<Mismatch> {
    let pattern = entry.flow.pattern?;
    let is_called = calls_focal(view, entry, entry.flow.initiator);
    let wrong_start = match pattern {
        Pattern::CallIn => !is_called,
        Pattern::RequestReply | Pattern::FireForget => is_called,
        Pattern::BatchSync | Pattern::UiUpdate | Pattern::Virtual => false,
    };
    let mismatch = Mismatch {
        timing: entry.flow.timing.filter(|timing| !timings(pattern).contains(timing)),
        writes_in_bulk: pattern == Pattern::Virtual
            && entry.flow.mechanism == Some(Mechanism::Bulk)
            && entry.flow.carries.iter().any(|payload| payload.writes),
        initiator: wrong_start && touches_focal(view, entry),
    };
    (mismatch.timing.is_some() || mismatch.writes_in_bulk || mismatch.initiator).then_some(mismatch)
}

/// The timings that a pattern can have.
const fn timings(pattern: Pattern) -> &'static [Timing] {
    match pattern {
        Pattern::RequestReply | Pattern::Virtual => &[Timing::Sync],
        Pattern::FireForget => &[Timing::Async],
        Pattern::BatchSync => &[Timing::Batch, Timing::Async],
        Pattern::CallIn | Pattern::UiUpdate => Timing::ALL,
    }
}

fn check(view: &View<'_, '_>, report: &mut Report) {
    let index = view.index();
    for &flow in &view.landscape().flows {
        let entry = &index.flows[flow];
        let (Some(pattern), Some(mismatch)) = (entry.flow.pattern, mismatch(view, entry)) else { continue };
        report.add_once([flow], |report| {
            let mut reasons = Vec::new();
            reasons.extend(mismatch.timing.map(|timing| format!("{pattern} does not fit {timing}")));
            if mismatch.writes_in_bulk {
                reasons.push(format!("{pattern} does not fit a bulk write"));
            }
            if mismatch.initiator {
                let verb = if pattern == Pattern::CallIn { "starts the exchange" } else { "is called" };
                reasons.push(format!("{pattern} does not fit, because {} {verb}", index.plan.focal_name()));
            }
            let message = format_args!("{}: {}.", index.flow_name(entry), reasons.join("; "));
            let related: Vec<_> =
                [entry.from, entry.to].into_iter().flatten().map(|end| view.system(end)).collect();
            report.add_related(Severity::Warning, [view.flow(flow)], related, message);
        });
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::Flow(id)] = finding.subjects.as_slice() else { return Vec::new() };
    let index = view.index();
    let Some(entry) = index.flow(id).map(|flow| &index.flows[flow]) else { return Vec::new() };
    let (Some(pattern), Some(mismatch)) = (entry.flow.pattern, mismatch(view, entry)) else {
        return Vec::new();
    };
    let mut fixes = Vec::new();
    if let Some(timing) = entry.flow.timing {
        let recommended = recommended_pattern(view, entry, entry.flow.initiator, timing);
        let edit = change_flow(index.plan, id, |flow| flow.pattern = Some(recommended));
        fixes.push(Fix::edits(format!("Use {recommended}"), edit));
    }
    if mismatch.timing.is_some() && !mismatch.writes_in_bulk && !mismatch.initiator {
        let timing = timings(pattern)[0];
        let edit = change_flow(index.plan, id, |flow| flow.timing = Some(timing));
        fixes.push(Fix::edits(format!("Change the timing to {timing}"), edit));
    }
    fixes
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    #[test]
    fn each_pattern_has_its_timing() {
        for (pattern, wrong, right) in [
            ("request-reply", &["async", "batch"][..], &["sync"][..]),
            ("fire-forget", &["sync", "batch"], &["async"]),
            ("batch-sync", &["sync"], &["async", "batch"]),
            ("virtual", &["async", "batch"], &["sync"]),
            ("call-in", &[], &["sync", "async", "batch"]),
            ("ui-update", &[], &["sync", "async", "batch"]),
        ] {
            for timing in wrong {
                let text = format!("a -> b : x | pattern {pattern}, {timing}");
                assert_findings(&RULE, &format!("{text}   !! pattern-mismatch warning"));
                assert_eq!(messages(&RULE, &text), [format!("a → b: {pattern} does not fit {timing}.")]);
            }
            for timing in right {
                assert_findings(&RULE, &format!("a -> b : x | pattern {pattern}, {timing}"));
            }
        }
        assert_findings(&RULE, "a -> b : x | pattern virtual\n a -> b : x | batch");
    }

    #[test]
    fn a_virtual_flow_does_not_write_in_bulk() {
        let text = "a -> b : x | pattern virtual, sync, mechanism bulk";
        assert_eq!(messages(&RULE, text), ["a → b: virtual does not fit a bulk write."]);
        assert_findings(&RULE, &text.replace(": x", ": x read"));
        assert_findings(&RULE, &text.replace("bulk", "odata"));
        assert_findings(&RULE, &text.replace("virtual", "request-reply"));
        assert_eq!(fix_titles(&RULE, text), ["Use request-reply"]);
    }

    #[test]
    fn a_call_in_comes_from_the_other_side() {
        let text = "focal sf
             sf -> erp : x | pattern call-in, sync                         !! pattern-mismatch
             erp -> sf : x | pattern call-in, sync, called-by-to           !! pattern-mismatch
             erp -> sf : y | pattern call-in, sync
             sf -> erp : y | pattern call-in, sync, called-by-to
             sf -> erp : z | pattern call-in, sync, initiator hub
             erp -> shop : x | pattern call-in, sync";
        assert_findings(&RULE, text);
        assert_eq!(
            messages(&RULE, text)[0],
            "erp → sf: call-in does not fit, because sf starts the exchange."
        );
    }

    #[test]
    fn what_the_focal_system_sends_it_starts() {
        let text = "focal sf
             erp -> sf : x | pattern fire-forget, async                    !! pattern-mismatch
             sf -> erp : x | pattern request-reply, sync, called-by-to     !! pattern-mismatch
             sf -> erp : y | pattern fire-forget, async
             erp -> sf : y | pattern request-reply, sync, called-by-to
             erp -> shop : y | pattern request-reply, sync
             erp -> sf : z | pattern batch-sync, batch";
        assert_findings(&RULE, text);
        assert_eq!(messages(&RULE, text)[0], "erp → sf: fire-forget does not fit, because sf is called.");
        // Who starts it is known, though the timing is not.
        assert_findings(&RULE, "focal sf\n erp -> sf : x | pattern fire-forget    !! pattern-mismatch");
    }

    #[test]
    fn the_pattern_of_the_table_is_taken() {
        let text = "focal sf\n erp -> sf : x | pattern fire-forget, sync, id in";
        assert_eq!(
            messages(&RULE, text),
            ["erp → sf: fire-forget does not fit sync; fire-forget does not fit, because sf is called."]
        );
        assert_eq!(fix_titles(&RULE, text), ["Use call-in"]);
        assert_fix(&RULE, text, "Use call-in", &text.replace("fire-forget", "call-in"));
        let out = "focal sf\n sf -> erp : x | pattern request-reply, async, id out";
        assert_fix(&RULE, out, "Use fire-forget", &out.replace("request-reply", "fire-forget"));
        assert_fix(&RULE, out, "Change the timing to sync", &out.replace("async", "sync"));
        let night = "a -> b : x | pattern request-reply, batch, id night";
        assert_fix(&RULE, night, "Use batch-sync", &night.replace("request-reply", "batch-sync"));
    }
}
