//! A business system that only passes data on.

use std::collections::BTreeSet;

use crate::edit::{Edit, add_flow, apply, change_flow, change_system, delete};
use crate::landscape::Edge;
use crate::model::{Flow, FlowId, Role, Stage};
use crate::rules::hubs::{best_hub, first_wave_from};
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Report, Rule, Severity, Subject, View};

/// The rule.
pub static RULE: Rule = Rule {
    id: "app-as-relay",
    title: "Business system used as a relay",
    family: Family::Sprawl,
    severity: "warning",
    pillar: Pillar::OperationalExcellence,
    when: "A system that is no hub holds domains, but not this one, and has no claim on it at any stage, \
           receives the domain from one system and sends it to another, directly or through a hub. One finding \
           for each system and domain. A system that holds nothing is not checked.",
    why: "Routing and translating are work that a business system does badly: it pays for it in limits, in \
          releases and in outages of others.",
    what_to_do: "Connect the two ends through a hub, or declare what the system really does with the data.",
    not_when: "A holding that nobody recorded is the usual cause: declare that the system keeps a copy.",
    source: "Integration pattern guides treat the focal system as a spoke and the integration platform as \
             the hub; orchestration, routing and transformation belong in middleware.",
    thresholds: &[],
    looks_at: LooksAt::EachStage,
    check,
    fixes,
};

fn check(view: &View<'_, '_>, report: &mut Report) {
    let index = view.index();
    for domain in 0..index.domains.len() {
        let edges = &view.landscape().edges_by_domain[domain];
        let receivers: BTreeSet<_> = edges.iter().map(|edge| edge.to).collect();
        for &relay in receivers.iter().filter(|&&system| only_passes_on(view, system, domain)) {
            let (sources, targets) = neighbours(edges, relay);
            if targets.is_empty() || (sources == targets && sources.len() == 1) {
                continue;
            }
            let focal = if index.focal() == Some(relay) {
                format!(" {}: a good customer hub, but a poor message hub.", index.plan.focal_name())
            } else {
                String::new()
            };
            let related: Vec<_> = sources.iter().chain(&targets).map(|&other| view.system(other)).collect();
            report.add_related(
                Severity::Warning,
                [view.system(relay), view.domain(domain)],
                related,
                format_args!(
                    "{} only passes {} from {} to {}.{focal}",
                    index.system_name(relay),
                    index.domain_name(domain),
                    view.names(&sources),
                    view.names(&targets)
                ),
            );
        }
    }
}

/// Whether a system says what it does with other domains and nothing of this one.
fn only_passes_on(view: &View<'_, '_>, system: usize, domain: usize) -> bool {
    let entry = &view.index().systems[system];
    let (id, facts) = view.index().domains[domain];
    let has_claim = facts.truth.iter().any(|claim| claim.system == *entry.id);
    let holdings = &entry.system.holdings;
    !entry.is_hub && !holdings.is_empty() && !holdings.contains_key(id) && !has_claim
}

/// From whom a system receives and to whom it sends, each once.
fn neighbours(edges: &[Edge<'_>], relay: usize) -> (Vec<usize>, Vec<usize>) {
    let others = |mut systems: Vec<usize>| {
        systems.retain(|&system| system != relay);
        systems.sort_unstable();
        systems.dedup();
        systems
    };
    let sources = edges.iter().filter(|edge| edge.to == relay).map(|edge| edge.from).collect();
    let targets = edges.iter().filter(|edge| edge.from == relay).map(|edge| edge.to).collect();
    (others(sources), others(targets))
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::System(relay), Subject::Domain(domain)] = finding.subjects.as_slice() else {
        return Vec::new();
    };
    let plan = view.index().plan;
    let mut fixes: Vec<_> = connect_through_hub(view, finding).into_iter().collect();
    let title =
        format!("Declare that {} keeps a copy of {}", plan.system_name(relay), plan.domain_name(domain));
    let edit = change_system(plan, relay, |system| {
        system.holdings.entry(domain.clone()).or_default().role = Some(Role::Reader);
    });
    fixes.push(Fix::edits(title, edit));
    fixes
}

/// One flow through the hub instead of the two to and from the relay; only where these carry nothing
/// else and live as long as each other.
fn connect_through_hub(view: &View<'_, '_>, finding: &Finding) -> Option<Fix> {
    let [Subject::System(relay), Subject::Domain(domain)] = finding.subjects.as_slice() else { return None };
    let index = view.index();
    let relay = index.system(relay)?;
    let edges = &view.landscape().edges_by_domain[index.domain(domain)?];
    let mut around = edges.iter().filter(|edge| edge.to == relay || edge.from == relay);
    let (Some(one), Some(other), None) = (around.next(), around.next(), around.next()) else { return None };
    let (into, onward) = if one.to == relay { (one, other) } else { (other, one) };
    let hub = &index.systems[best_hub(view, &[into.from, onward.to])?];
    let (old, onward_old) = (&index.flows[into.flow], &index.flows[onward.flow]);
    let is_simple = old.flow.carries.len() == 1
        && onward_old.flow.carries.len() == 1
        && old.life == onward_old.life
        && onward_old.from == Some(relay);
    let hub_is_there = hub.life.start <= old.life.start;
    if !is_simple || !hub_is_there {
        return None;
    }
    let led = Flow {
        from: index.systems[into.from].id.clone(),
        via: vec![hub.id.clone()],
        ..onward_old.flow.clone()
    };
    let title = format!(
        "Connect {} and {} through {}",
        index.system_name(into.from),
        index.system_name(onward.to),
        hub.system.name
    );
    Some(Fix::edits(title, replacing(view, [into.flow, onward.flow], led)?))
}

/// A flow in the place of two: from the first wave on, or at once where the plan has none.
fn replacing(view: &View<'_, '_>, old: [usize; 2], mut new: Flow) -> Option<Vec<Edit>> {
    let index = view.index();
    let wave = first_wave_from(view, 1);
    let ids = old.map(|flow| index.flows[flow].id);
    let mut edits = Vec::new();
    match wave {
        Some((place, wave)) if index.flows[old[0]].life.start < place => {
            if index.flows[old[0]].life.end <= place {
                return None;
            }
            new.since = Stage::Wave(wave.clone());
            for id in ids {
                edits.extend(change_flow(index.plan, id, |flow| flow.until = Some(wave.clone())));
            }
        }
        _ => {
            let flows: BTreeSet<FlowId> = ids.into_iter().cloned().collect();
            edits = delete(index.plan, &BTreeSet::new(), &flows, &BTreeSet::new()).edits;
        }
    }
    new.replaces.clear();
    let plan = apply(index.plan, edits.iter().cloned()).ok()?;
    edits.push(add_flow(plan.free_flow_id(&new), new));
    Some(edits)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    #[test]
    fn a_system_that_passes_on_what_it_does_not_use_is_found() {
        let text = "crm:              !! app-as-relay warning
             crm.account: author
             shop -> crm : order
             crm -> erp : order";
        assert_findings(&RULE, text);
        assert_eq!(messages(&RULE, text), ["crm only passes order from shop to erp."]);
    }

    #[test]
    fn the_focal_system_has_its_own_text() {
        let text = "focal sf
             sf.account: author
             shop -> sf : order
             sf -> erp : order";
        assert_eq!(
            messages(&RULE, text),
            ["sf only passes order from shop to erp. sf: a good customer hub, but a poor message hub."]
        );
    }

    #[test]
    fn a_role_a_claim_a_hub_or_no_declared_role_at_all_are_silence() {
        assert_findings(
            &RULE,
            "crm.order: reader
             shop -> crm : order
             crm -> erp : order
             note = truth desk from 1
             desk.case: author
             shop -> desk : note
             desk -> erp : note
             bus: hub
             bus.account: reader
             tool -> mail : letter
             mail -> post : letter",
        );
    }

    #[test]
    fn an_answer_to_the_same_system_is_no_relay() {
        assert_findings(
            &RULE,
            "crm.account: author
             shop <-> crm : order
             crm -> erp : account",
        );
    }

    #[test]
    fn its_ends_can_be_connected_through_the_hub_or_its_use_declared() {
        let before = "bus: hub, ha
             crm.account: author
             order = truth shop
             shop -> crm : order
             crm -> erp : order | async";
        assert_fix(
            &RULE,
            before,
            "Connect shop and erp through bus",
            "bus: hub, ha
             crm.account: author
             order = truth shop
             shop -> erp via bus : order | async",
        );
        assert_fix(
            &RULE,
            before,
            "Declare that crm keeps a copy of order",
            &format!("{before}\n crm.order: reader"),
        );
    }

    /// A hub, an order that the crm passes on, and a wave.
    const RELAY: &str = "bus: hub, ha
         crm.account: author
         tool: exit 1
         order = truth shop\n";

    #[test]
    fn what_is_passed_on_goes_through_the_hub_from_the_first_wave_on() {
        let title = "Connect shop and erp through bus";
        assert_fix(
            &RULE,
            &format!("{RELAY} shop -> crm : order.head read | id in \n crm -> erp : order.head read | id on"),
            title,
            &format!(
                "{RELAY} shop -> crm : order.head read | id in, until 1
                 crm -> erp : order.head read | id on, until 1
                 shop -> erp via bus : order.head read | since 1"
            ),
        );
        assert_fix(
            &RULE,
            &format!("{RELAY} shop -> crm : order | since 1 \n crm -> erp : order | since 1"),
            title,
            &format!("{RELAY} shop -> erp via bus : order | since 1"),
        );
    }

    #[test]
    fn flows_that_end_carry_more_or_live_apart_stay() {
        for flows in [
            "shop -> crm : order | until 1 \n crm -> erp : order | until 1",
            "shop -> crm : order, account \n crm -> erp : order",
            "shop -> crm : order \n crm -> erp : order, account",
            "shop -> crm : order \n crm -> erp : order | since 1",
            "shop -> crm : order \n erp -> crm : order back",
            "shop -> crm : order \n crm -> erp : order \n crm -> lake : order",
        ] {
            let titles = fix_titles(&RULE, &format!("{RELAY}{flows}"));
            assert!(!titles.iter().any(|title| title.starts_with("Connect")), "{flows}: {titles:?}");
        }
    }
}
