//! A direct flow between two systems that both use the hub for the same data.

use std::collections::{BTreeMap, BTreeSet};

use crate::landscape::Edge;
use crate::rules::hubs::{Detour, edges_by_hub, ends};
use crate::rules::{
    Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, Subject, View, listed,
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "hub-bypass",
    title: "Goes round the hub",
    family: Family::Sprawl,
    severity: "warning",
    pillar: Pillar::OperationalExcellence,
    when: "Both ends of a direct flow are spokes of a hub, and the hub already mediates one of the flow's \
           domains from or to either end. A flow whose pattern is virtual, or that is allowed to go round the \
           hub with a reason, is no bypass, nor is one that ends before the target: nobody \
           moves it for its last months. Of several hubs the first by id is named.",
    why: "What goes round the hub is not seen by its monitoring, its mapping and its owners, and the link \
          that the hub should save is there again.",
    what_to_do: "Lead the flow through the hub, or allow it with a reason: latency, reading without a copy.",
    not_when: "Waiting look-ups beside a hub that only passes messages and zero-copy links are legitimate: \
               record the reason, or the pattern *virtual*.",
    source: "Hub-and-spoke instead of point-to-point; event-driven integration guides.",
    thresholds: &[],
    looks_at: LooksAt::EachStage,
    check,
    fixes,
};

fn check(view: &View<'_, '_>, report: &mut Report) {
    let index = view.index();
    let mediation = Mediation::new(view);
    for &place in &view.landscape().flows {
        let entry = &index.flows[place];
        let is_allowed = entry.flow.is_virtual() || !entry.flow.bypass_ok.is_empty();
        if !entry.flow.is_direct() || is_allowed || entry.flow.until.is_some() {
            continue;
        }
        let Some((hub, domains)) = mediation.bypassed_by(view, place) else { continue };
        let ends: Vec<_> = ends(entry).collect();
        let related: Vec<_> = ends.iter().chain([&hub]).map(|&system| view.system(system)).collect();
        report.add_related(
            Severity::Warning,
            [view.flow(place)],
            related,
            format_args!(
                "{} both use {}, but {} {} round it.",
                view.names(&ends),
                index.system_name(hub),
                listed(&domains),
                if domains.len() == 1 { "goes" } else { "go" }
            ),
        );
    }
}

/// What the hubs do for whom.
struct Mediation {
    /// By system: the hubs that it talks through, in order.
    hubs_of: Vec<Vec<usize>>,
    /// By hub: systems and the domains that it brings them or takes from them.
    served: BTreeMap<usize, Vec<(usize, usize)>>,
}

impl Mediation {
    fn new(view: &View<'_, '_>) -> Self {
        let mut hubs_of = vec![Vec::new(); view.index().systems.len()];
        for entry in view.landscape().flows.iter().map(|&flow| &view.index().flows[flow]) {
            for hub in entry.via.iter().flatten().filter(|&&hub| view.index().systems[hub].is_hub) {
                ends(entry).for_each(|end| hubs_of[end].push(*hub));
            }
        }
        for hubs in &mut hubs_of {
            hubs.sort_unstable();
            hubs.dedup();
        }
        let served_by = |edges: Vec<&Edge<'_>>| {
            let mut served: Vec<_> =
                edges.iter().flat_map(|e| [(e.from, e.domain), (e.to, e.domain)]).collect();
            served.sort_unstable();
            served.dedup();
            served
        };
        let served = edges_by_hub(view).into_iter().map(|(hub, edges)| (hub, served_by(edges))).collect();
        Self { hubs_of, served }
    }

    /// The first hub that a flow goes round, and the names of the domains that it carries round it.
    fn bypassed_by<'p>(&self, view: &View<'_, 'p>, flow: usize) -> Option<(usize, Vec<&'p str>)> {
        let entry = &view.index().flows[flow];
        let (from, to) = (&self.hubs_of[entry.from?], &self.hubs_of[entry.to?]);
        from.iter().copied().filter(|hub| to.contains(hub)).find_map(|hub| {
            let served = self.served.get(&hub)?;
            let is_served =
                |domain: &usize| ends(entry).any(|end| served.binary_search(&(end, *domain)).is_ok());
            let domains: BTreeSet<_> =
                entry.carries.iter().map(|(domain, _)| *domain).filter(is_served).collect();
            let names: Vec<_> = domains.into_iter().map(|domain| view.index().domain_name(domain)).collect();
            (!names.is_empty()).then_some((hub, names))
        })
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::Flow(id)] = finding.subjects.as_slice() else { return Vec::new() };
    let Some(flow) = view.index().flow(id) else { return Vec::new() };
    let mut fixes = Vec::new();
    if let Some((hub, _)) = Mediation::new(view).bypassed_by(view, flow) {
        let detour = Detour::through(view, hub);
        fixes.push(Fix::edits(format!("Re-route it through {}", detour.name), detour.edits(view, &[flow])));
    }
    fixes.push(Fix::open("Allow it with a reason", Place::Inspector(Subject::Flow(id.clone()))));
    fixes
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, messages};

    const HUB: &str = "esb: hub, ha, canonical
         customer = truth mdm
         mdm -> crm via esb : customer | id in
         erp -> lake via esb : stock | id out\n";

    #[test]
    fn a_direct_flow_between_two_spokes_with_mediated_data_is_found() {
        let text = format!("{HUB} crm -> lake : customer, note | id round  !! hub-bypass warning");
        assert_findings(&RULE, &text);
        assert_eq!(messages(&RULE, &text), ["crm and lake both use esb, but customer goes round it."]);
    }

    #[test]
    fn other_data_a_system_beside_the_hub_and_allowed_flows_are_silence() {
        assert_findings(
            &RULE,
            &format!(
                "{HUB} crm -> lake : note
                 crm -> shop : customer
                 crm -> lake : customer | pattern virtual
                 crm -> erp : customer | bypass latency"
            ),
        );
    }

    #[test]
    fn a_flow_that_the_plan_ends_is_silence() {
        assert_findings(&RULE, &format!("{HUB} crm -> lake : customer | until 2 \n look at 1"));
    }

    #[test]
    fn data_that_the_hub_mediates_for_others_only_is_silence() {
        assert_findings(&RULE, &format!("{HUB} erp -> lake : customer"));
    }

    #[test]
    fn it_is_led_through_the_hub() {
        assert_fix(
            &RULE,
            &format!("{HUB} crm -> lake : customer | id round"),
            "Re-route it through esb",
            &format!("{HUB} crm -> lake via esb : customer | id round"),
        );
    }

    #[test]
    fn with_waves_the_old_flow_ends_when_the_new_one_begins() {
        assert_fix(
            &RULE,
            &format!("{HUB} tool: exit 2
                 crm -> lake : customer | id round, batch, pattern batch-sync, owner Ann"),
            "Re-route it through esb",
            &format!("{HUB} tool: exit 2
                 crm -> lake : customer | id round, batch, pattern batch-sync, owner Ann, until 1
                 crm -> lake via esb : customer | batch, pattern batch-sync, owner Ann, since 1, replaces round"),
        );
    }

    #[test]
    fn an_error_that_the_flow_takes_along_is_not_a_new_one() {
        let undesigned = format!(
            "aim build \n {HUB} tool: exit 1
             shop -> lake : customer | id old, bypass few, until 1
             crm -> lake : customer | id round, replaces old"
        );
        assert_fix(
            &RULE,
            &undesigned,
            "Re-route it through esb",
            &format!(
                "{} \n crm -> lake via esb : customer | since 1, replaces old",
                undesigned.replace("id round,", "id round, until 1,")
            ),
        );
    }
}
