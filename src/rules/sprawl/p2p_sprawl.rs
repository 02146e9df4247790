//! Too many direct links for the number of systems.

use std::collections::BTreeSet;

use crate::rules::hubs::{Detour, can_be_led, counted};
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Report, Rule, Severity, Subject, Threshold, View};

/// The rule.
pub static RULE: Rule = Rule {
    id: "p2p-sprawl",
    title: "Point-to-point sprawl",
    family: Family::Sprawl,
    severity: "warning, error",
    pillar: Pillar::OperationalExcellence,
    when: "Let L be the distinct pairs of systems linked directly and S the systems with such a link; the \
           systems of one suite count as one. Warning: S ≥ 5 and L > S. Error: S ≥ 8 and L ≥ 2S, or S ≥ 5 and \
           L fills half of all pairs or more.",
    why: "Links between each pair grow quadratically, n(n−1)/2: ten systems can have 45, twenty 190. A change \
          in any system can break several of them.",
    what_to_do: "Lead the links of shared data through a hub, or accept them for now with a date.",
    not_when: "Two or three stable systems. Products of one vendor's suite with native connectors: give them \
               the same `suite`.",
    source: "Hub-and-spoke instead of point-to-point; a hub pays once three or more systems share data \
             (DAMA-DMBOK), in practice above four.",
    thresholds: &[
        Threshold { name: "systems", default: 5.0, unit: "systems", reason: "below, direct links are fine" },
        Threshold {
            name: "error-systems",
            default: 8.0,
            unit: "systems",
            reason: "a landscape of some size",
        },
        Threshold {
            name: "error-ratio",
            default: 2.0,
            unit: "links per system",
            reason: "twice what a hub needs",
        },
        Threshold {
            name: "error-fill",
            default: 0.5,
            unit: "share of all pairs",
            reason: "half of a full mesh",
        },
    ],
    looks_at: LooksAt::EachStage,
    check,
    fixes,
};

fn check(view: &View<'_, '_>, report: &mut Report) {
    let links = direct_links(view, &BTreeSet::new());
    let Some(severity) = severity(view, &links) else { return };
    let systems = linked_systems(&links).len();
    let message =
        format!("{} direct links between {systems} systems. A hub would need {systems}.", links.len());
    report.add(severity, [Subject::Landscape], message);
}

/// A system, or a suite as one.
type Node<'p> = &'p str;
type Links<'p> = BTreeSet<(Node<'p>, Node<'p>)>;

/// The pairs that are linked directly, some flows left out.
fn direct_links<'p>(view: &View<'_, 'p>, left_out: &BTreeSet<usize>) -> Links<'p> {
    let direct = view.landscape().flows.iter().filter(|flow| !left_out.contains(flow));
    direct.filter_map(|&flow| direct_link(view, flow)).collect()
}

fn direct_link<'p>(view: &View<'_, 'p>, flow: usize) -> Option<(Node<'p>, Node<'p>)> {
    let index = view.index();
    let node = |place: usize| {
        let entry = &index.systems[place];
        if entry.system.suite.is_empty() { entry.id.as_str() } else { entry.system.suite.as_str() }
    };
    let entry = &index.flows[flow];
    let (a, b) = (node(entry.from?), node(entry.to?));
    (entry.flow.is_direct() && a != b).then(|| (a.min(b), a.max(b)))
}

fn linked_systems<'p>(links: &Links<'p>) -> BTreeSet<Node<'p>> {
    links.iter().flat_map(|&(a, b)| [a, b]).collect()
}

fn severity(view: &View<'_, '_>, links: &Links<'_>) -> Option<Severity> {
    let (count, ends) = (links.len() as f64, linked_systems(links).len() as f64);
    let is_dense = ends >= view.threshold("systems")
        && count / (ends * (ends - 1.0) / 2.0) >= view.threshold("error-fill");
    let is_large = ends >= view.threshold("error-systems") && count >= view.threshold("error-ratio") * ends;
    if is_dense || is_large {
        Some(Severity::Error)
    } else {
        (ends >= view.threshold("systems") && count > ends).then_some(Severity::Warning)
    }
}

fn fixes(view: &View<'_, '_>, _: &Finding) -> Vec<Fix> {
    let Some(led) = flows_to_lead(view) else { return Vec::new() };
    let detour = Detour::through_best_hub(view);
    let links: BTreeSet<_> = led.iter().filter_map(|&flow| direct_link(view, flow)).collect();
    let title = if detour.is_new() {
        format!("Insert a hub and re-route these {}", counted(links.len(), "link"))
    } else {
        format!("Lead {} through {}", counted(led.len(), "flow"), detour.name)
    };
    vec![Fix::edits(title, detour.edits(view, &led.into_iter().collect::<Vec<_>>()))]
}

/// The flows whose way through a hub ends the sprawl: domain by domain, the one with most flows first.
/// Flows on which somebody waits and virtual ones stay direct.
fn flows_to_lead(view: &View<'_, '_>) -> Option<BTreeSet<usize>> {
    let index = view.index();
    let mut by_domain = vec![BTreeSet::new(); index.domains.len()];
    for &flow in view.landscape().flows.iter().filter(|&&flow| can_be_led(index.flows[flow].flow)) {
        for (domain, _) in &index.flows[flow].carries {
            by_domain[*domain].insert(flow);
        }
    }
    by_domain.sort_by_key(|flows| std::cmp::Reverse(flows.len()));
    let mut led = BTreeSet::new();
    for flows in by_domain {
        led.extend(flows);
        if severity(view, &direct_links(view, &led)).is_none() {
            return Some(led);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles};
    use crate::rules::{Facts, Scope, check, offered_fixes};

    #[test]
    fn more_links_than_systems_is_a_warning() {
        assert_findings(
            &RULE,
            "a -> b : x
             b -> c : x
             c -> d : x
             d -> e : x
             e -> f : x
             f -> a : x
             a -> c : x
             landscape    !! p2p-sprawl warning",
        );
    }

    #[test]
    fn half_a_mesh_is_an_error() {
        assert_findings(
            &RULE,
            "a -> b : x
             b -> c : x
             c -> d : x
             d -> e : x
             e -> a : x
             landscape    !! p2p-sprawl error",
        );
    }

    #[test]
    fn a_chain_a_hub_and_a_suite_are_silence() {
        assert_findings(
            &RULE,
            "a -> b : x
             b -> c : x
             c -> d : x
             d -> e : x",
        );
        assert_findings(
            &RULE,
            "a: suite sap
             b: suite sap
             c: suite sap
             a -> b : x
             b -> c : x
             c -> a : x
             a -> d : x
             b -> d : x
             d -> e via bus : x
             bus: hub",
        );
    }

    const RING: &str = "x = truth a
         y = truth d
         a -> b : x | id ab
         b -> c : x | id bc
         c -> d : x | id cd
         d -> e : y | id de
         e -> a : y | id ea";

    #[test]
    fn a_hub_is_inserted_for_the_domain_with_most_links() {
        assert_fix(
            &RULE,
            RING,
            "Insert a hub and re-route these 3 links",
            "integration-hub: integration-platform, canonical, name Integration hub
             x = truth a
             y = truth d
             a -> b via integration-hub : x | id ab
             b -> c via integration-hub : x | id bc
             c -> d via integration-hub : x | id cd
             d -> e : y | id de
             e -> a : y | id ea",
        );
    }

    #[test]
    fn with_waves_the_links_go_when_the_new_hub_is_there() {
        assert_fix(
            &RULE,
            "x = truth a
             y = truth d
             a -> b : x | id ab, batch, pattern batch-sync, owner Ann
             b -> c : x | id bc
             c -> d : x | id cd, since 1
             d -> e : y | id de
             e -> a : y | id ea, sync",
            "Insert a hub and re-route these 3 links",
            "integration-hub: integration-platform, canonical, from 1, name Integration hub
             x = truth a
             y = truth d
             a -> b : x | id ab, batch, pattern batch-sync, owner Ann, until 1
             a -> b via integration-hub : x | batch, pattern batch-sync, owner Ann, since 1, replaces ab
             b -> c : x | id bc, until 1
             b -> c via integration-hub : x | since 1
             c -> d via integration-hub : x | id cd, since 1
             d -> e : y | id de
             e -> a : y | id ea, sync",
        );
    }

    #[test]
    fn a_hub_of_the_target_is_used() {
        assert_fix(
            &RULE,
            &format!("{RING} \n bus: hub, ha, canonical"),
            "Lead 3 flows through bus",
            "bus: hub, ha, canonical
             x = truth a
             y = truth d
             a -> b via bus : x | id ab
             b -> c via bus : x | id bc
             c -> d via bus : x | id cd
             d -> e : y | id de
             e -> a : y | id ea",
        );
    }

    #[test]
    fn what_would_stay_sprawl_without_its_waiting_calls_is_not_offered() {
        let waiting = RING.replace("| id", "| sync, id");
        assert_eq!(fix_titles(&RULE, &waiting), Vec::<String>::new());
    }

    #[test]
    fn on_the_retail_sample_a_hub_is_offered_and_the_links_fall() {
        let text = include_str!("../../../sample_landscapes/retail.plan.ron");
        let plan = crate::plan_file::read(text).unwrap();
        let facts = Facts::new(&plan);
        let findings = check(&facts, Scope::AllStages);
        let finding = findings.list.iter().find(|finding| finding.rule.id == RULE.id).unwrap();
        let offered = offered_fixes(&facts, &findings, finding);
        let [(fix, Some(preview))] = offered.as_slice() else { panic!("one fix: {offered:#?}") };
        assert!(fix.title.starts_with("Insert a hub and re-route these "), "{}", fix.title);
        let (before, after) = (&preview.numbers.0.structure, &preview.numbers.1.structure);
        assert!(after.direct_links <= after.direct_systems, "{after:?}");
        assert!(after.links < before.links, "{before:?} {after:?}");
        assert_eq!(preview.plan.systems.len(), plan.systems.len() + 1);
    }
}
