//! A change in one system can reach too many others.

use std::collections::BTreeSet;

use petgraph::graph::DiGraph;

use crate::edit::{change_flow, delete};
use crate::landscape::{Reach, components, dependency_graph};
use crate::rules::hubs::{Detour, can_be_led, counted, first_wave_from};
use crate::rules::{
    Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, Subject, Threshold, View,
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "propagation-high",
    title: "A change travels far",
    family: Family::Sprawl,
    severity: "warning; advice where it only rises",
    pillar: Pillar::OperationalExcellence,
    when: "The propagation cost is the share of ordered pairs of systems in which a change of one can reach \
           the other, itself included, flows through canonical hubs left out. Warning from 30 systems on above \
           35 %, with 10 to 29 systems above 50 %. Advice from 10 systems on where it is more than 5 points \
           above today's. Each stage is compared with today.",
    why: "Systems that are tightly coupled cost more to change, and indirect coupling predicts it best.",
    what_to_do: "Cut what joins the cyclic group, or publish the data through a canonical hub, where a \
                 change stops.",
    not_when: "Small landscapes are dense by nature: hence the bands of size. Hubs without a model of their \
               own pass every change on.",
    source: "MacCormack, Baldwin, Lagerström: 23 to 25 % in two landscapes of 407 and 103 systems with cores \
             of about a third.",
    thresholds: &[
        Threshold { name: "systems", default: 10.0, unit: "systems", reason: "below, everything is near" },
        Threshold {
            name: "share",
            default: 0.5,
            unit: "share of pairs",
            reason: "half of a small landscape",
        },
        Threshold {
            name: "large-systems",
            default: 30.0,
            unit: "systems",
            reason: "from here on measured landscapes compare",
        },
        Threshold {
            name: "large-share",
            default: 0.35,
            unit: "share of pairs",
            reason: "measured landscapes have 0.23 to 0.25",
        },
        Threshold { name: "rise", default: 0.05, unit: "share of pairs", reason: "more than a flow or two" },
    ],
    looks_at: LooksAt::EachStage,
    check,
    fixes,
};

fn check(view: &View<'_, '_>, report: &mut Report) {
    let structure = view.structure();
    let Some(severity) = severity(view, structure.propagation_cost) else { return };
    let compared = if view.at == 0 {
        String::new()
    } else {
        format!(" ({:.0} % today)", view.facts.structure(0).propagation_cost * 100.0)
    };
    let core = cyclic_core(view);
    let group = if core.is_empty() {
        "No systems depend on each other in a circle".to_owned()
    } else {
        format!(
            "The largest group that depends on each other in a circle has {}",
            counted(core.len(), "system")
        )
    };
    let message = format_args!(
        "A change in one system can reach {:.0} % of the others{compared}. {group}; the shape is {}.",
        structure.propagation_cost * 100.0,
        structure.shape.word()
    );
    let related: Vec<_> = core.iter().map(|&place| view.system(place)).collect();
    report.add_related(severity, [Subject::Landscape], related, message);
}

/// How bad a propagation cost is at the view's stage.
fn severity(view: &View<'_, '_>, cost: f64) -> Option<Severity> {
    let systems = view.structure().systems as f64;
    if systems < view.threshold("systems").min(view.threshold("large-systems")) {
        return None;
    }
    let is_large = systems >= view.threshold("large-systems");
    let bar = if is_large { "large-share" } else { "share" };
    if cost > view.threshold(bar) {
        return Some(Severity::Warning);
    }
    let rises = cost > view.facts.structure(0).propagation_cost + view.threshold("rise");
    rises.then_some(Severity::Advice)
}

/// The systems of the largest cyclic group, by place; empty where there is none.
fn cyclic_core(view: &View<'_, '_>) -> Vec<usize> {
    let graph = dependency_graph(view.index(), view.landscape(), false);
    let groups = components(&graph).into_iter().filter(|group| group.len() > 1);
    groups.min_by_key(|group| (std::cmp::Reverse(group.len()), group.first().copied())).unwrap_or_default()
}

fn fixes(view: &View<'_, '_>, _: &Finding) -> Vec<Fix> {
    publish(view).into_iter().chain(cut(view)).chain(show_core(view)).collect()
}

/// Shows the systems that depend on each other in a circle, among which a cut is to be found.
fn show_core(view: &View<'_, '_>) -> Option<Fix> {
    let subjects: Vec<_> = cyclic_core(view).into_iter().map(|place| view.system(place)).collect();
    let title = format!("Show the cyclic core of {}", counted(subjects.len(), "system"));
    (!subjects.is_empty()).then(|| Fix::open(title, Place::Selection { at: view.at, subjects }))
}

/// Leads domains through a canonical hub, the one that spreads changes most first, until that is enough.
fn publish(view: &View<'_, '_>) -> Option<Fix> {
    let index = view.index();
    let graph = dependency_graph(index, view.landscape(), false);
    let flows_of = |domain: usize| -> BTreeSet<usize> {
        let flows = view.landscape().flows.iter().copied();
        let carries = |flow: &usize| index.flows[*flow].carries.iter().any(|(other, _)| *other == domain);
        flows.filter(|&flow| can_be_led(index.flows[flow].flow)).filter(carries).collect()
    };
    let domains = (0..index.domains.len()).map(|domain| (domain, flows_of(domain)));
    let mut domains: Vec<_> = domains.filter(|(_, flows)| !flows.is_empty()).collect();
    domains.sort_by_cached_key(|(_, flows)| reached_without(view, &graph, flows));
    let (mut names, mut led) = (Vec::new(), BTreeSet::new());
    let pairs = (view.structure().systems as f64).powi(2);
    for (domain, flows) in domains {
        names.push(index.domain_name(domain));
        led.extend(flows);
        if severity(view, reached_without(view, &graph, &led) as f64 / pairs).is_none() {
            let mut hubs = view.landscape().hubs(index);
            let hub = hubs.find(|&hub| index.systems[hub].system.is_canonical_hub());
            let detour =
                hub.map_or_else(|| Detour::through_new_hub(index.plan), |hub| Detour::through(view, hub));
            let through = if detour.is_new() { "a new canonical hub" } else { detour.name.as_str() };
            let title = format!("Publish {} through {through}", names.join(", "));
            return Some(Fix::edits(title, detour.edits(view, &led.into_iter().collect::<Vec<_>>())));
        }
    }
    None
}

/// Ends the flow whose end lowers the propagation cost most; only in landscapes in which trying each is
/// quick.
fn cut(view: &View<'_, '_>) -> Option<Fix> {
    const MOST_FLOWS: usize = 500;
    let index = view.index();
    let graph = dependency_graph(index, view.landscape(), false);
    let flows: BTreeSet<_> = graph.edge_weights().copied().collect();
    if flows.len() > MOST_FLOWS {
        return None;
    }
    let best = flows.into_iter().min_by_key(|&flow| reached_without(view, &graph, &[flow].into()))?;
    let entry = &index.flows[best];
    let title = format!("Cut {}", index.plan.flow_name(entry.id));
    let wave = first_wave_from(view, 1).filter(|(place, _)| entry.life.start < *place);
    let edits = match wave {
        Some((_, wave)) => {
            change_flow(index.plan, entry.id, |flow| flow.until = Some(wave)).into_iter().collect()
        }
        None => delete(index.plan, &BTreeSet::new(), &[entry.id.clone()].into(), &BTreeSet::new()).edits,
    };
    Some(Fix::edits(title, edits))
}

/// Number of ordered pairs of systems in which one reaches the other when some flows are gone.
fn reached_without(view: &View<'_, '_>, graph: &DiGraph<(), usize>, gone: &BTreeSet<usize>) -> usize {
    let left = graph.filter_map(|_, ()| Some(()), |_, flow| (!gone.contains(flow)).then_some(()));
    let reach = Reach::new(&left);
    view.landscape().systems(view.index()).map(|system| reach.count(system)).sum()
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    /// A circle of systems from `s0` on, and some more that are connected to nothing.
    fn circle(linked: usize, lonely: usize) -> String {
        let mut text = "x = truth s0\n".to_owned();
        for place in 0..linked {
            let _ = writeln!(text, "s{place} -> s{} : x | id f{place}", (place + 1) % linked);
        }
        for place in 0..lonely {
            let _ = writeln!(text, "t{place}: crm");
        }
        text
    }

    #[test]
    fn small_landscapes_may_be_dense() {
        assert_findings(&RULE, &circle(9, 0));
        assert_findings(&RULE, &format!("{} landscape  !! propagation-high warning", circle(10, 0)));
    }

    #[test]
    fn the_bars_of_both_bands_hold() {
        // 8 of 11: (8·8 + 3) / 121 = 55 %; 7 of 11: (49 + 4) / 121 = 44 %.
        assert_findings(&RULE, &format!("{} landscape  !! propagation-high warning", circle(8, 3)));
        assert_findings(&RULE, &circle(7, 4));
        // 18 of 30: (324 + 12) / 900 = 37 %; 17 of 30: (289 + 13) / 900 = 34 %.
        assert_findings(&RULE, &format!("{} landscape  !! propagation-high warning", circle(18, 12)));
        assert_findings(&RULE, &circle(17, 13));
        // 18 of 29 is 39 %: enough for a large landscape only.
        assert_findings(&RULE, &circle(18, 11));
    }

    #[test]
    fn a_rise_over_today_is_advice() {
        let text = circle(6, 6) + "s0 -> t0 : x | since 1 \n t0 -> s0 : x | since 1 \n";
        assert_findings(&RULE, &format!("{text} landscape  !! propagation-high advice"));
        assert_findings(&RULE, &format!("{text} look at today"));
        assert_eq!(
            messages(&RULE, &text),
            ["A change in one system can reach 38 % of the others (29 % today). The largest group that \
              depends on each other in a circle has 7 systems; the shape is core-periphery."]
        );
    }

    #[test]
    fn a_canonical_hub_stops_a_change() {
        let mediated = circle(10, 0).replace(" : x", " via bus : x");
        assert_findings(&RULE, &format!("bus: canonical \n {mediated}"));
        assert_findings(&RULE, &format!("bus: pairwise \n {mediated} landscape !! propagation-high warning"));
    }

    #[test]
    fn the_data_can_be_published_or_the_best_flow_cut() {
        // A circle of eleven without one flow is a line: 66 of 121 pairs. Two circles of six that a flow
        // joins fall apart without it.
        let two = "x = truth a0 \n bus: canonical, ha
             a0 <-> a1 : x | id a
             a1 <-> a2 : x | id b
             a2 <-> a3 : x | id c
             a3 <-> a4 : x | id d
             a4 <-> b4 : x | id bridge
             b0 <-> b1 : x | id e
             b1 <-> b2 : x | id f
             b2 <-> b3 : x | id g
             b3 <-> b4 : x | id h";
        assert_eq!(
            fix_titles(&RULE, two),
            ["Publish x through bus", "Cut a4 ↔ b4", "Show the cyclic core of 10 systems"]
        );
    }

    #[test]
    fn half_of_the_pairs_is_not_yet_more_than_half() {
        // Five in a circle feed four: 5·9 + 4 + 1 = 50 of 100 pairs.
        let text = circle(5, 5) + "s0 -> t0 : x\n s0 -> t1 : x\n s0 -> t2 : x\n s0 -> t3 : x\n";
        assert_findings(&RULE, &text);
        // Five pairs more than the 45 of today are no rise yet.
        assert_findings(&RULE, &text.replace("s0 -> t3 : x", "s0 -> t3 : x | since 1"));
        assert_findings(&RULE, &format!("{text} t0 -> t4 : x \n landscape !! propagation-high warning"));
    }

    #[test]
    fn the_message_tells_whether_there_is_a_circle() {
        let line =
            (0..9).map(|place| format!("s{place} -> s{} : x", place + 1)).collect::<Vec<_>>().join("\n");
        let said = |text: &str| messages(&RULE, text).concat();
        assert!(said(&line).contains(" No systems depend on each other in a circle;"), "{}", said(&line));
        let pair = format!("{line}\n s1 -> s0 : x");
        assert!(said(&pair).contains(" in a circle has 2 systems;"), "{}", said(&pair));
    }

    #[test]
    fn the_flow_is_cut_in_the_first_wave_or_not_begun() {
        let two = |bridge: &str| {
            format!(
                "x = analytical \n wave 1: notes start
                 a0 <-> a1 : x | id a, guard both\n a1 <-> a2 : x | id b, guard both\n a2 <-> a3 : x | id c, guard both
                 a3 <-> a4 : x | id d, guard both\n {bridge}
                 b0 <-> b1 : x | id e, guard both\n b1 <-> b2 : x | id f, guard both\n b2 <-> b3 : x | id g, guard both
                 b3 <-> b4 : x | id h, guard both"
            )
        };
        let bridge = "a4 <-> b4 : x | id bridge, guard both";
        assert_fix(&RULE, &two(bridge), "Cut a4 ↔ b4", &two(&format!("{bridge}, until 1")));
        assert_fix(&RULE, &two(&format!("{bridge}, since 1")), "Cut a4 ↔ b4", &two("a4, b4"));
    }
}
