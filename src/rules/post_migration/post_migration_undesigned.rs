//! A replacement flow that was drawn, but not designed.

use crate::edit::change_flow;
use crate::model::{Aim, Flow};
use crate::rules::hubs::is_designed;
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, Subject, View};

/// The rule.
pub static RULE: Rule = Rule {
    id: "post-migration-undesigned",
    title: "Re-pointed but not designed",
    family: Family::PostMigration,
    severity: "warning; error where the plan works towards build or cutover",
    pillar: Pillar::OperationalExcellence,
    when: "A flow that replaces others lacks pattern, timing or owner. Warning; error from the gate *build* on.",
    why: "What is not designed while the migration is scoped is improvised after go-live.",
    what_to_do: "Say the pattern, the timing and who answers for it.",
    not_when: "Draft plans: a warning only.",
    source: "The integration after a migration should be designed during the scoping phase, not after go-live.",
    thresholds: &[],
    looks_at: LooksAt::EachStage,
    check,
    fixes,
};

fn check(view: &View<'_, '_>, report: &mut Report) {
    let index = view.index();
    let severity = if view.facts.aim >= Aim::Build { Severity::Error } else { Severity::Warning };
    for &place in &view.landscape().flows {
        let flow = index.flows[place].flow;
        if flow.replaces.is_empty() || is_designed(flow) {
            continue;
        }
        report.add_once([place], |report| {
            let replaced: Vec<_> = flow.replaces.iter().map(|old| index.plan.flow_name(old)).collect();
            let related: Vec<_> = flow.replaces.iter().cloned().map(Subject::Flow).collect();
            let message = format_args!(
                "{} replaces {}, but has no {}.",
                index.flow_name(&index.flows[place]),
                replaced.join(" and "),
                missing(flow).join(" and no ")
            );
            report.add_related(severity, [view.flow(place)], related, message);
        });
    }
}

fn missing(flow: &Flow) -> Vec<&'static str> {
    let facts = [
        (flow.pattern.is_none(), "pattern"),
        (flow.timing.is_none(), "timing"),
        (flow.owner.is_empty(), "owner"),
    ];
    facts.into_iter().filter(|(is_missing, _)| *is_missing).map(|(_, word)| word).collect()
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::Flow(id)] = finding.subjects.as_slice() else { return Vec::new() };
    let plan = view.index().plan;
    let Some(flow) = plan.flows.get(id) else { return Vec::new() };
    let old = flow.replaces.iter().filter_map(|old| Some((old, plan.flows.get(old)?)));
    let copies = old.map(|(old_id, old)| {
        let edit = change_flow(plan, id, |flow| copy_design(flow, old));
        Fix::edits(format!("Copy the design of {}", plan.flow_name(old_id)), edit)
    });
    let form = Fix::open("Fill in the flow's form", Place::Inspector(Subject::Flow(id.clone())));
    copies.chain([form]).collect()
}

/// Fills in what the new flow does not say.
fn copy_design(flow: &mut Flow, old: &Flow) {
    flow.pattern = flow.pattern.or(old.pattern);
    flow.timing = flow.timing.or(old.timing);
    flow.mechanism = flow.mechanism.or(old.mechanism);
    flow.latency_min = flow.latency_min.or(old.latency_min);
    if flow.owner.is_empty() {
        old.owner.clone_into(&mut flow.owner);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, messages};

    #[test]
    fn pattern_timing_and_owner_are_needed() {
        let text = "crm -> erp : order | id old, until 1
             sf -> erp : order | id a, since 1, replaces old, async, owner Ann      !! post-migration-undesigned warning
             sf -> erp : order | id b, since 1, replaces old, pattern fire-forget, owner Ann  !! post-migration-undesigned warning
             sf -> erp : order | id c, since 1, replaces old, pattern fire-forget, async  !! post-migration-undesigned warning";
        assert_findings(&RULE, text);
        assert_eq!(messages(&RULE, text)[0], "sf → erp replaces crm → erp, but has no pattern.");
    }

    #[test]
    fn towards_build_it_is_an_error() {
        let flow = "sf -> erp : order | replaces old     !! post-migration-undesigned";
        assert_findings(&RULE, &format!("aim review \n {flow} warning"));
        assert_findings(&RULE, &format!("aim build \n {flow} error"));
        assert_findings(&RULE, &format!("aim cutover \n {flow} error"));
    }

    #[test]
    fn a_designed_replacement_and_other_flows_are_silence() {
        assert_findings(
            &RULE,
            "crm -> erp : order | id old, until 1
             sf -> erp : order | since 1, replaces old, pattern fire-forget, async, owner Ann
             sf -> lake : order",
        );
    }

    #[test]
    fn the_old_design_can_be_copied() {
        let old = "order = truth erp
             crm -> erp : order | id old, until 1, batch, pattern batch-sync, owner Ann, mechanism file, latency 60";
        assert_fix(
            &RULE,
            &format!("{old} \n sf -> erp : order | id new, since 1, replaces old, async"),
            "Copy the design of crm → erp",
            &format!(
                "{old} \n sf -> erp : order | id new, since 1, replaces old, async, pattern batch-sync, \
                      owner Ann, mechanism file, latency 60"
            ),
        );
    }
}
