//! A flow to something that is gone, or that the plan never had.

use crate::edit::{Change, Edit, change_flow};
use crate::model::{FlowId, SystemId};
use crate::rules::consequences::reroute_flow;
use crate::rules::disposition_changes::follow_up;
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Report, Rule, Severity, Subject, View};

/// The rule.
pub static RULE: Rule = Rule {
    id: "dangling-dependant",
    title: "Flow to a system that is gone",
    family: Family::Migration,
    severity: "error",
    pillar: Pillar::Reliability,
    when: "A flow stands at the target where an end or a hub does not (and has no `until`), or refers to a \
           system, hub or domain that the plan does not have.",
    why: "Nothing arrives where nobody listens.",
    what_to_do: "Re-point the flow to what takes over, end it, or keep it as a bridge with an end.",
    not_when: "Bridges during coexistence carry `until`.",
    source: "The retirement of an application needs a complete list of users, integrations and dependants.",
    thresholds: &[],
    looks_at: LooksAt::Target,
    check,
    fixes,
};

fn check(view: &View<'_, '_>, report: &mut Report) {
    let index = view.index();
    let severed = view.landscape().severed.iter().filter(|&&flow| index.flows[flow].flow.until.is_none());
    let missing = (0..index.flows.len()).filter(|&flow| index.flows[flow].refers_to_nothing());
    let mut flows: Vec<_> = severed.copied().chain(missing).collect();
    flows.sort_unstable();
    flows.dedup();
    for flow in flows {
        report.add(Severity::Error, [view.flow(flow)], message(view, flow));
    }
}

fn message(view: &View<'_, '_>, flow: usize) -> String {
    let index = view.index();
    let entry = &index.flows[flow];
    let name = index.flow_name(entry);
    if entry.refers_to_nothing() {
        let absent_systems = [&entry.flow.from, &entry.flow.to].into_iter().chain(&entry.flow.via);
        let absent_systems = absent_systems.filter(|id| index.system(id).is_none()).map(ToString::to_string);
        let absent_domains = entry.flow.carries.iter().map(|payload| &payload.domain);
        let absent_domains = absent_domains.filter(|id| index.domain(id).is_none()).map(ToString::to_string);
        let absent: Vec<_> = absent_systems.chain(absent_domains).collect();
        return format!("{name} refers to {}, which the plan does not have.", absent.join(" and "));
    }
    let gone: Vec<_> = gone_ends(view, flow).into_iter().map(|id| index.plan.system_name(id)).collect();
    format!("{name} still needs {}, which no longer stands in the target.", gone.join(" and "))
}

/// The ends and hubs of a flow that do not stand at this stage.
fn gone_ends<'p>(view: &View<'_, 'p>, flow: usize) -> Vec<&'p SystemId> {
    let flow = view.index().flows[flow].flow;
    let stands =
        |id: &SystemId| view.index().system(id).is_some_and(|system| view.landscape().stands(system));
    [&flow.from, &flow.to].into_iter().chain(&flow.via).filter(|id| !stands(id)).collect()
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::Flow(id)] = finding.subjects.as_slice() else { return Vec::new() };
    let Some(place) = view.index().flow(id) else { return Vec::new() };
    let mut fixes = Vec::new();
    if !view.index().flows[place].refers_to_nothing() {
        fixes.extend(repoint(view, id, place));
        fixes.extend(gone_ends(view, place).first().and_then(|gone| follow_up(view.index().plan, gone)));
        fixes.extend(keep_as_bridge(view, id, place));
    }
    fixes.push(Fix::edits(
        format!("Delete {}", view.index().plan.flow_name(id)),
        [Edit::Flow(id.clone(), Box::new(Change::Remove))],
    ));
    fixes
}

/// Ends the flow with the cutover and begins the same flow with the system that takes over.
fn repoint(view: &View<'_, '_>, id: &FlowId, place: usize) -> Option<Fix> {
    let plan = view.index().plan;
    let [gone] = gone_ends(view, place)[..] else { return None };
    let into = plan.systems.get(gone)?.migration.as_ref()?.into.as_ref()?;
    let step = reroute_flow(plan, gone, id)?;
    Some(Fix::edits(format!("Re-point it to {}", plan.system_name(into)), step.edits))
}

/// Ends the flow in the wave after which its end is switched off, or else cuts over.
fn keep_as_bridge(view: &View<'_, '_>, id: &FlowId, place: usize) -> Option<Fix> {
    let plan = view.index().plan;
    let gone = *gone_ends(view, place).first()?;
    let system = plan.systems.get(gone)?;
    let cutover = || system.migration.as_ref()?.wave.clone();
    let wave = system.exit_wave.clone().or_else(cutover).filter(|wave| plan.waves.contains_key(wave))?;
    let title = format!("Keep it as a bridge until {}", plan.waves[&wave].name);
    let edit = change_flow(plan, id, |flow| {
        flow.bridge = true;
        flow.until = Some(wave);
    });
    Some(Fix::edits(title, edit))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages, parse};
    use crate::rules::{Facts, Scope, check};

    #[test]
    fn a_flow_to_what_goes_or_never_was_is_found() {
        assert_findings(
            &RULE,
            "crm: migrate, into sf, at 1
             bus: hub, exit 1
             crm -> erp : order             !! dangling-dependant error
             erp -> shop via bus : stock    !! dangling-dependant error
             erp -> ?mes : order            !! dangling-dependant error",
        );
    }

    #[test]
    fn a_flow_with_an_end_in_time_is_silence() {
        assert_findings(
            &RULE,
            "crm: migrate, into sf, at 1
             crm -> erp : order | until 1
             crm -> lake : order | bridge, until 1
             erp -> shop : stock",
        );
    }

    #[test]
    fn it_can_be_re_pointed_to_what_takes_over() {
        assert_fix(
            &RULE,
            "crm: migrate, into sf, at 1, approach phased
             sf: crm
             order = truth erp
             erp -> crm : order | id feed",
            "Re-point it to sf",
            "crm: migrate, into sf, at 1, approach phased
             sf: crm
             order = truth erp
             erp -> crm : order | id feed, until 1
             erp -> sf : order | since 1",
        );
    }

    #[test]
    fn it_can_stay_as_a_bridge_with_an_end() {
        assert_fix(
            &RULE,
            "tool: retire, exit 1
             order = truth erp
             erp -> tool : order | id feed",
            "Keep it as a bridge until Wave 1",
            "tool: retire, exit 1
             order = truth erp
             erp -> tool : order | id feed, bridge, until 1",
        );
    }

    #[test]
    fn what_is_not_in_the_plan_is_named_whichever_part_of_the_flow_it_is() {
        let said = |flow: &str| messages(&RULE, flow).concat();
        let of =
            |flow: &str, absent: &str| format!("{flow} refers to {absent}, which the plan does not have.");
        assert_eq!(said("?mes -> erp : order"), of("mes → erp", "mes"));
        assert_eq!(said("erp -> ?mes : order"), of("erp → mes", "mes"));
        assert_eq!(said("erp -> shop via ?bus : order"), of("erp → shop", "bus"));
        let mut plan = parse("erp -> shop : order, stock").plan;
        plan.domains.remove("stock");
        let found = check(&Facts::new(&plan), Scope::AllStages).list;
        let found = found.iter().find(|finding| finding.rule.id == RULE.id).unwrap();
        assert_eq!(found.message, of("erp → shop", "stock"));
        let gone = "crm: migrate, into sf, at 1\n crm -> erp : order";
        assert_eq!(said(gone), "crm → erp still needs crm, which no longer stands in the target.");
    }

    #[test]
    fn what_follows_when_the_end_retires_can_be_drawn() {
        let titles = fix_titles(&RULE, "tool: retire, exit 1 \n order = truth erp \n erp -> tool : order");
        let drawn = titles.iter().find(|title| title.starts_with("Draw all that follows")).unwrap();
        assert!(drawn.contains("when tool retires"), "{drawn}");
    }
}
