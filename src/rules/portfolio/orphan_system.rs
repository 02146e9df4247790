//! A system of the target that nothing is connected to.

use crate::edit::change_system;
use crate::model::Disposition;
use crate::rules::disposition_changes::change_to;
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, Subject, View};

/// The rule.
pub static RULE: Rule = Rule {
    id: "orphan-system",
    title: "Connected to nothing",
    family: Family::Portfolio,
    severity: "advice",
    pillar: Pillar::OperationalExcellence,
    when: "A system stands in the target, is no hub and not marked as standing alone, and no flow that \
           stands there begins or ends at it.",
    why: "Either people carry its data by hand, or nobody needs it, or a flow is missing in the plan.",
    what_to_do: "Connect it, retire it, or mark it as standing alone.",
    not_when: "Desktop and engineering tools that exchange nothing: mark them as standing alone.",
    source: "Data is fragmented across disconnected tools.",
    thresholds: &[],
    looks_at: LooksAt::Target,
    check,
    fixes,
};

fn check(view: &View<'_, '_>, report: &mut Report) {
    let index = view.index();
    let mut is_linked = vec![false; index.systems.len()];
    for &flow in &view.landscape().flows {
        let entry = &index.flows[flow];
        for end in [entry.from, entry.to].into_iter().flatten() {
            is_linked[end] = true;
        }
    }
    for place in view.landscape().systems(index).filter(|&place| !is_linked[place]) {
        let system = index.systems[place].system;
        if !system.standalone {
            let message = format_args!("{} has no connection in the target.", system.name);
            report.add(Severity::Advice, [view.system(place)], message);
        }
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::System(id)] = finding.subjects.as_slice() else { return Vec::new() };
    let plan = view.index().plan;
    let name = plan.system_name(id);
    let alone = change_system(plan, id, |system| system.standalone = true);
    let mut fixes = vec![
        Fix::open(
            format!("Say what {name} exchanges with whom"),
            Place::Inspector(Subject::System(id.clone())),
        ),
        Fix::edits(format!("Mark {name} as standing alone"), alone),
    ];
    if plan.focal_system.as_ref() != Some(id) {
        fixes.extend(change_to(plan, id, Disposition::Retire, |name, with| format!("Retire {name}{with}")));
    }
    fixes
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles};

    #[test]
    fn a_system_without_a_flow_in_the_target_is_found() {
        assert_findings(
            &RULE,
            "cad: other          !! orphan-system advice
             pos: other          !! orphan-system advice
             mail: other         !! orphan-system advice
             old: migrate, into erp, at 1
             pos -> erp : order | until 1
             erp -> shop : order
             mail -> old : order",
        );
    }

    #[test]
    fn hubs_what_goes_and_what_stands_alone_on_purpose_are_silence() {
        assert_findings(
            &RULE,
            "cad: standalone
             bus: hub
             old: migrate, into erp, at 1
             erp -> shop via bus : order
             shop <-> wms : stock",
        );
    }

    #[test]
    fn it_can_be_marked_or_retired() {
        let before = "focal erp\nerp -> shop : order\norder = truth erp\ncad: other";
        assert_eq!(
            fix_titles(&RULE, before),
            ["Say what cad exchanges with whom", "Mark cad as standing alone", "Retire cad"]
        );
        assert_fix(
            &RULE,
            before,
            "Mark cad as standing alone",
            &before.replace("cad: ", "cad: standalone, "),
        );
        assert_fix(&RULE, before, "Retire cad", &before.replace("cad: ", "cad: retire, "));
    }

    #[test]
    fn the_focal_system_is_not_retired() {
        let titles = fix_titles(&RULE, "focal sf");
        assert_eq!(titles, ["Say what sf exchanges with whom", "Mark sf as standing alone"]);
    }
}
