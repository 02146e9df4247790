//! Many records a run, one call for each.

use crate::edit::{Edit, apply, change_flow};
use crate::model::{Flow, Mechanism, Timing};
use crate::rules::technique::{as_event, recommended_pattern};
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Report, Rule, Severity, Subject, Threshold, View};

/// The rule.
pub static RULE: Rule = Rule {
    id: "bulk-over-sync",
    title: "Bulk load over single calls",
    family: Family::Flow,
    severity: "warning; error for very many records",
    pillar: Pillar::Reliability,
    when: "A flow is synchronous or goes by REST record by record, and has more than 2,000 records a run; \
           error above 50,000. Left out is what already goes in collections or by the bulk interface.",
    why: "One call for each record is slow, eats the daily calls, and stops in the middle when a limit is \
          reached.",
    what_to_do: "Use a bulk interface, collections of 200 records, or send changes only.",
    not_when: "Records a day are not records a run: only the latter count, and they are never worked out.",
    source: "Vendor's limits: above 2,000 records the bulk interface, below it collections of up to 200 records \
             a call.",
    thresholds: &[
        Threshold {
            name: "records",
            default: 2_000.0,
            unit: "records a run",
            reason: "above, the vendor advises the bulk interface",
        },
        Threshold {
            name: "error-records",
            default: 50_000.0,
            unit: "records a run",
            reason: "half of a large organisation's calls of a day",
        },
    ],
    looks_at: LooksAt::EachStage,
    check,
    fixes,
};

/// Whether each record is a call of its own.
const fn goes_one_by_one(flow: &Flow) -> bool {
    match flow.mechanism {
        Some(Mechanism::Rest) => true,
        Some(Mechanism::Composite | Mechanism::Bulk) => false,
        _ => matches!(flow.timing, Some(Timing::Sync)),
    }
}

fn check(view: &View<'_, '_>, report: &mut Report) {
    let index = view.index();
    let (many, very_many) = (view.threshold("records"), view.threshold("error-records"));
    for &flow in &view.landscape().flows {
        let entry = &index.flows[flow];
        let Some(records) = entry.flow.records_per_run.filter(|_| goes_one_by_one(entry.flow)) else {
            continue;
        };
        if records as f64 <= many.min(very_many) {
            continue;
        }
        let severity = if records as f64 > very_many { Severity::Error } else { Severity::Warning };
        report.add_once([flow], |report| {
            let message = format_args!("{}: {records} records a run, one call each.", index.flow_name(entry));
            let related: Vec<_> =
                [entry.from, entry.to].into_iter().flatten().map(|end| view.system(end)).collect();
            report.add_related(severity, [view.flow(flow)], related, message);
        });
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::Flow(id)] = finding.subjects.as_slice() else { return Vec::new() };
    let index = view.index();
    let Some(flow) = index.flow(id) else { return Vec::new() };
    let entry = &index.flows[flow];
    let bulk = change_flow(index.plan, id, |flow| {
        flow.mechanism = Some(Mechanism::Bulk);
        flow.timing = Some(Timing::Batch);
        flow.pattern = Some(recommended_pattern(view, entry, flow.initiator, Timing::Batch));
    });
    let mut fixes = vec![Fix::edits("Use the bulk interface", bulk)];
    if finding.severity < Severity::Error {
        let collections = change_flow(index.plan, id, |flow| flow.mechanism = Some(Mechanism::Composite));
        fixes.push(Fix::edits("Use collections of 200 records", collections));
    }
    fixes.push(Fix::edits("Send changes only, by change data capture", changes_only(view, flow)));
    fixes
}

fn changes_only(view: &View<'_, '_>, flow: usize) -> Option<Edit> {
    let edit = as_event(view, flow, view.index().flows[flow].flow.initiator)?;
    let plan = apply(view.index().plan, [edit]).ok()?;
    change_flow(&plan, view.index().flows[flow].id, |flow| flow.mechanism = Some(Mechanism::Cdc))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    #[test]
    fn many_records_one_by_one_are_found() {
        assert_findings(
            &RULE,
            "a -> b : x | sync, records_per_run 2001                                !! bulk-over-sync warning
             b -> c : x | batch, mechanism rest, records_per_run 50000              !! bulk-over-sync warning
             c -> d : x | async, mechanism rest, records_per_run 50001              !! bulk-over-sync error
             d -> e : x | sync, mechanism soap, records_per_run 3000                !! bulk-over-sync warning",
        );
        for mechanism in ["file", "database", "zero-copy"] {
            let text = format!("a -> b : x | sync, mechanism {mechanism}, records_per_run 2001");
            assert_findings(&RULE, &format!("{text} !! bulk-over-sync warning"));
            assert_findings(&RULE, &text.replace("sync,", "batch,"));
        }
        assert_eq!(
            messages(&RULE, "a -> b : x | sync, records_per_run 2001"),
            ["a → b: 2001 records a run, one call each."]
        );
    }

    #[test]
    fn few_records_records_a_day_and_many_at_once_are_silence() {
        assert_findings(
            &RULE,
            "a -> b : x | sync, records_per_run 2000
             b -> c : x | sync, records_per_day 90000, runs_per_day 1
             c -> d : x | async, mechanism event, records_per_run 90000
             d -> e : x | batch, records_per_run 90000
             e -> f : x | records_per_run 90000",
        );
        for mechanism in ["composite", "bulk"] {
            assert_findings(
                &RULE,
                &format!("a -> b : x | sync, mechanism {mechanism}, records_per_run 90000"),
            );
        }
    }

    #[test]
    fn the_bulk_interface_collections_or_changes_only_mend_it() {
        let text = "x = truth a\n a -> b : x | sync, mechanism rest, pattern request-reply, records_per_run 3000, id f";
        assert_fix(
            &RULE,
            text,
            "Use the bulk interface",
            "x = truth a\n a -> b : x | batch, mechanism bulk, pattern batch-sync, records_per_run 3000, id f",
        );
        assert_fix(&RULE, text, "Use collections of 200 records", &text.replace("rest", "composite"));
        assert_fix(
            &RULE,
            text,
            "Send changes only, by change data capture",
            "x = truth a\n a -> b : x | async, mechanism cdc, pattern fire-forget, latency 5, \
             marks.latency_min assumed, id f",
        );
    }

    #[test]
    fn collections_are_not_enough_for_very_many() {
        let titles = fix_titles(&RULE, "x = truth a\n a -> b : x | sync, records_per_run 60000");
        assert_eq!(titles, ["Use the bulk interface", "Send changes only, by change data capture"]);
    }
}
