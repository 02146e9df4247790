//! A temporary bridge that nobody has given an end.

use crate::edit::change_flow;
use crate::model::WaveId;
use crate::rules::hubs::ends;
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, Subject, View};

/// The rule.
pub static RULE: Rule = Rule {
    id: "bridge-without-end",
    title: "Temporary bridge with no end",
    family: Family::PostMigration,
    severity: "warning",
    pillar: Pillar::OperationalExcellence,
    when: "A flow marked as a bridge has no wave in which it ends. Bridges whose end or hub no longer stands \
           count too.",
    why: "Temporary bridges become permanent.",
    what_to_do: "End it with the wave in which the leaving end goes.",
    not_when: "No exception is known.",
    source: "Coexistence is a shape of transition; a permanent one usually means that a decision was not \
             made.",
    thresholds: &[],
    looks_at: LooksAt::EachStage,
    check,
    fixes,
};

fn check(view: &View<'_, '_>, report: &mut Report) {
    let index = view.index();
    let landscape = view.landscape();
    for &flow in landscape.flows.iter().chain(&landscape.severed) {
        let entry = &index.flows[flow];
        if entry.flow.bridge && entry.flow.until.is_none() {
            report.add_once([flow], |report| {
                let related: Vec<_> = ends(entry).map(|end| view.system(end)).collect();
                let message = format_args!(
                    "The bridge {} – {} has no end date. Temporary bridges become permanent.",
                    index.plan.system_name(&entry.flow.from),
                    index.plan.system_name(&entry.flow.to)
                );
                report.add_related(Severity::Warning, [view.flow(flow)], related, message);
            });
        }
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::Flow(id)] = finding.subjects.as_slice() else { return Vec::new() };
    let plan = view.index().plan;
    let mut fixes = Vec::new();
    if let Some(wave) = view.index().flow(id).and_then(|flow| last_wave(view, flow)) {
        let title = format!("End it with {}", plan.waves[&wave].name);
        fixes.push(Fix::edits(title, change_flow(plan, id, |flow| flow.until = Some(wave))));
    }
    fixes.push(Fix::open("Choose when it ends", Place::Inspector(Subject::Flow(id.clone()))));
    fixes
}

/// The wave in which an end that leaves is switched off, else cuts over; of two ends the earlier.
fn last_wave(view: &View<'_, '_>, flow: usize) -> Option<WaveId> {
    let index = view.index();
    let waves = ends(&index.flows[flow]).filter_map(|end| {
        let system = index.systems[end].system;
        let cutover = system.migration.as_ref().and_then(|migration| migration.wave.as_ref());
        let wave = system.exit_wave.as_ref().or(cutover.filter(|_| system.disposition.leaves()))?;
        Some((index.timeline.wave_place(wave)?, wave))
    });
    waves.min().map(|(_, wave)| wave.clone())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    #[test]
    fn a_bridge_without_an_end_is_found_even_where_its_end_is_gone() {
        let text = "old: migrate, into sf, at 1, exit 2
             old -> cc : note | bridge     !! bridge-without-end warning
             sf -> cc : case | bridge      !! bridge-without-end warning";
        assert_findings(&RULE, text);
        assert_eq!(
            messages(&RULE, text)[0],
            "The bridge old – cc has no end date. Temporary bridges become permanent."
        );
    }

    #[test]
    fn an_end_or_a_plain_flow_is_silence() {
        assert_findings(
            &RULE,
            "old: migrate, into sf, at 1, exit 2
             old -> cc : note | bridge, until 2
             sf -> cc : case",
        );
    }

    #[test]
    fn it_ends_with_what_leaves() {
        let before = "old: migrate, into sf, at 1, approach phased, exit 2
             sf: crm
             note = truth cc
             old -> cc : note | id b, bridge";
        assert_fix(
            &RULE,
            before,
            "End it with Wave 2",
            "old: migrate, into sf, at 1, approach phased, exit 2
             sf: crm
             note = truth cc
             old -> cc : note | id b, bridge, until 2",
        );
        assert_eq!(fix_titles(&RULE, "sf -> cc : case | bridge"), ["Choose when it ends"]);
    }
}
