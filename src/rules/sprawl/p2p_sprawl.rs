//! Too many direct links for the number of systems.

use std::collections::BTreeSet;

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
    let links = direct_links(view);
    let systems: BTreeSet<_> = links.iter().flat_map(|(a, b)| [a, b]).collect();
    let (count, ends) = (links.len() as f64, systems.len() as f64);
    let is_dense = ends >= view.threshold("systems")
        && count / (ends * (ends - 1.0) / 2.0) >= view.threshold("error-fill");
    let is_large = ends >= view.threshold("error-systems") && count >= view.threshold("error-ratio") * ends;
    let severity = if is_dense || is_large {
        Severity::Error
    } else if ends >= view.threshold("systems") && count > ends {
        Severity::Warning
    } else {
        return;
    };
    let message = format!(
        "{} direct links between {} systems. A hub would need {}.",
        links.len(),
        systems.len(),
        systems.len()
    );
    report.add(severity, [Subject::Landscape], message);
}

/// A system, or a suite as one.
type Node<'p> = &'p str;

fn direct_links<'p>(view: &View<'_, 'p>) -> BTreeSet<(Node<'p>, Node<'p>)> {
    let index = view.index();
    let node = |place: usize| {
        let entry = &index.systems[place];
        if entry.system.suite.is_empty() { entry.id.as_str() } else { entry.system.suite.as_str() }
    };
    let mut links = BTreeSet::new();
    for &flow in view.landscape().flows.iter().filter(|&&flow| index.flows[flow].via.is_empty()) {
        if let (Some(from), Some(to)) = (index.flows[flow].from, index.flows[flow].to) {
            let (a, b) = (node(from), node(to));
            if a != b {
                links.insert((a.min(b), a.max(b)));
            }
        }
    }
    links
}

fn fixes(_: &View<'_, '_>, _: &Finding) -> Vec<Fix> {
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::assert_findings;

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
}
