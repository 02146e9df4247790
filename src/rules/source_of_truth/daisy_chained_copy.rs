//! A copy of a copy: data that comes over several systems.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::landscape::ShortestPaths;
use crate::model::DomainKind;
use crate::rules::flow_changes::Feed;
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Report, Rule, Severity, Subject, Threshold, View};

/// The rule.
pub static RULE: Rule = Rule {
    id: "daisy-chained-copy",
    title: "Copy of a copy",
    family: Family::SourceOfTruth,
    severity: "advice, warning",
    pillar: Pillar::Reliability,
    when: "The shortest path of flows that carry the domain, from a system with a claim on it in force (for \
           the receiver's partition, where both name one) to the system, has `hops` edges or more: advice; \
           from `warning-hops` on a warning. A hub is no hop. Analytical domains are exempt.",
    why: "Each hop adds its delay and one more mapping, and when a value is wrong there are more places to \
          look for the cause.",
    what_to_do: "Feed the system from the source of truth, or publish the domain once through a hub.",
    not_when: "Chains from a warehouse to reports are normal: analytical domains are not looked at.",
    source: "Practice of data integration; indirect coupling predicts the cost of a change better than \
             direct coupling (Lagerström et al.).",
    thresholds: &[
        Threshold { name: "hops", default: 3.0, unit: "flows", reason: "third-hand" },
        Threshold {
            name: "warning-hops",
            default: 4.0,
            unit: "flows",
            reason: "longer than anybody oversees",
        },
    ],
    looks_at: LooksAt::EachStage,
    check,
    fixes,
};

/// The truths that count for a system.
fn truths<'a>(view: &View<'a, '_>, domain: usize, system: usize) -> Cow<'a, [usize]> {
    let index = view.index();
    let holding = index.holding(system, domain);
    let partition = holding.map_or("", |holding| holding.partition.as_str());
    view.authorities()[domain].truths_for(index, partition)
}

fn check(view: &View<'_, '_>, report: &mut Report) {
    let least = view.threshold("hops");
    for (domain, edges) in view.landscape().edges_by_domain.iter().enumerate() {
        if view.index().domains[domain].1.kind == Some(DomainKind::Analytical) {
            continue;
        }
        let graph = view.graph(domain);
        if view.authorities()[domain].truths.is_empty() || graph.size() as f64 <= least {
            continue;
        }
        let mut receivers: Vec<_> = edges.iter().map(|edge| edge.to).collect();
        receivers.sort_unstable();
        receivers.dedup();
        // Parts of a domain can have different truths; most domains have one for all.
        let mut known: BTreeMap<Cow<'_, [usize]>, ShortestPaths<'_>> = BTreeMap::new();
        for system in receivers {
            let truths = truths(view, domain, system);
            let search = |truths: &Cow<'_, [usize]>| graph.shortest_paths(truths);
            let paths = known.entry(truths).or_insert_with_key(search);
            let Some(hops) = paths.steps(system).map(|steps| steps as f64).filter(|hops| *hops >= least)
            else {
                continue;
            };
            let Some(path) = paths.to(system) else { continue };
            let is_long = hops >= view.threshold("warning-hops");
            let hand = if path.len() == 4 { "third-hand".to_owned() } else { format!("over {hops} hops") };
            report.add_related(
                if is_long { Severity::Warning } else { Severity::Advice },
                [view.domain(domain), view.system(system)],
                path[..path.len() - 1].iter().map(|&hop| view.system(hop)).collect::<Vec<_>>(),
                format_args!(
                    "{} gets {} {hand}: {}. Each hop adds delay and another mapping.",
                    view.index().system_name(system),
                    view.index().domain_name(domain),
                    view.path(&path)
                ),
            );
        }
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::Domain(domain), Subject::System(system)] = finding.subjects.as_slice() else {
        return Vec::new();
    };
    let index = view.index();
    let (Some(domain), Some(to)) = (index.domain(domain), index.system(system)) else { return Vec::new() };
    let path = view.graph(domain).shortest_path(&truths(view, domain, to), to);
    let Some(path) = path.filter(|path| path.len() > 2) else { return Vec::new() };
    let (from, last) = (path[0], path[path.len() - 2]);
    let feed = Feed { domain, from, to };
    let (name, from_name, to_name) =
        (index.domain_name(domain), index.system_name(from), index.system_name(to));
    let direct = format!("Feed {to_name} directly from {from_name}");
    let mut fixes = vec![Fix::edits(direct, feed.instead_of(view, last, None))];
    if let Some(hub) = feed.hub(view) {
        let title = format!("Feed {to_name} with {name} from {from_name} through {}", index.system_name(hub));
        fixes.push(Fix::edits(title, feed.instead_of(view, last, Some(hub))));
    }
    fixes
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    const CHAIN: &str = "stock = truth wms
             wms -> oms : stock
             oms -> shop : stock
             shop -> app : stock | id last";

    #[test]
    fn three_hops_are_advice_and_four_a_warning() {
        assert_findings(
            &RULE,
            &format!(
                "{CHAIN}
                 app -> kiosk : stock
                 app.stock:      !! daisy-chained-copy advice
                 kiosk.stock:    !! daisy-chained-copy warning"
            ),
        );
    }

    #[test]
    fn two_hops_a_hub_between_and_a_shorter_way_are_silence() {
        assert_findings(
            &RULE,
            "stock = truth wms
             bus: hub
             wms -> oms via bus : stock
             oms -> shop via bus : stock
             price = truth erp
             erp -> oms : price
             oms -> shop : price
             shop -> app : price
             erp -> app : price",
        );
    }

    #[test]
    fn analytical_domains_and_chains_without_a_truth_are_silence() {
        assert_findings(
            &RULE,
            "sales = analytical, truth lake
             lake -> mart : sales
             mart -> cube : sales
             cube -> report : sales
             note =
             a -> b : note
             b -> c : note
             c -> d : note",
        );
    }

    #[test]
    fn the_nearest_truth_counts_and_only_that_of_the_partition() {
        let claims = "stock = truth wms partition DE, truth depot partition FR
             wms -> oms : stock
             oms -> shop : stock
             shop -> app : stock
             depot -> shop : stock";
        assert_findings(&RULE, claims);
        assert_findings(&RULE, &format!("{claims}\napp.stock: partition DE !! daisy-chained-copy advice"));
    }

    #[test]
    fn the_message_shows_the_path() {
        assert_eq!(
            messages(&RULE, CHAIN),
            ["app gets stock third-hand: wms → oms → shop → app. Each hop adds delay and another mapping."]
        );
    }

    #[test]
    fn it_is_fed_directly_and_no_longer_by_the_last_hop() {
        assert_fix(
            &RULE,
            CHAIN,
            "Feed app directly from wms",
            "stock = truth wms
             wms -> oms : stock
             oms -> shop : stock
             wms -> app : stock",
        );
    }

    #[test]
    fn it_is_fed_through_the_hub_and_the_rest_of_the_flow_stays() {
        assert_fix(
            &RULE,
            "bus: hub
             stock = truth wms
             price = truth shop
             wms -> oms : stock
             oms -> shop : stock
             shop -> app : stock, price | id last",
            "Feed app with stock from wms through bus",
            "bus: hub
             stock = truth wms
             price = truth shop
             wms -> oms : stock
             oms -> shop : stock
             shop -> app : price | id last
             wms -> app via bus : stock",
        );
    }

    #[test]
    fn of_a_longer_chain_the_last_hop_goes_too() {
        assert_fix(
            &RULE,
            &format!("{CHAIN}\n app -> kiosk : stock"),
            "Feed kiosk directly from wms",
            &format!("{CHAIN}\n wms -> kiosk : stock"),
        );
    }

    #[test]
    fn what_the_truth_feeds_itself_is_fed_directly_already() {
        let text = "plan: thresholds {\"daisy-chained-copy.hops\":1}
             stock = truth wms
             wms -> oms : stock";
        assert_findings(&RULE, &format!("{text}\noms.stock:      !! daisy-chained-copy advice"));
        assert_eq!(fix_titles(&RULE, text), [""; 0]);
    }
}
