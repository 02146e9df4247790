//! A business system whose loss cuts others off.

use std::collections::BTreeSet;

use crate::landscape::Pieces;
use crate::rules::hubs::{Detour, best_hub, can_be_led, ends};
use crate::rules::{
    Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, Subject, Threshold, View,
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "cut-point",
    title: "Business system everything hangs on",
    family: Family::Sprawl,
    severity: "advice; warning where it is often down or has no disaster recovery",
    pillar: Pillar::Reliability,
    when: "Without a system that is no hub, its part of the link graph falls apart, and two or more other \
           systems are in the pieces beside the largest; hubs are not counted. Warning where its \
           availability is known and below 99.9 %, or disaster recovery is not recorded; not recorded \
           counts as no.",
    why: "When such a system stops, those behind it are cut off from everything else.",
    what_to_do: "Record availability and disaster recovery, or feed the systems behind it through a hub.",
    not_when: "A star is intended in small landscapes: then it is advice to accept. Systems that are \
               connected to nothing do not count.",
    source: "Network analysis of IT landscapes (Simon and Fischbach): what happens if a component fails.",
    thresholds: &[
        Threshold {
            name: "cut-off",
            default: 2.0,
            unit: "systems",
            reason: "one system behind another is normal",
        },
        Threshold {
            name: "availability",
            default: 99.9,
            unit: "%",
            reason: "below, it stops for more than 40 minutes a month",
        },
    ],
    looks_at: LooksAt::EachStage,
    check,
    fixes,
};

fn pieces(view: &View<'_, '_>) -> Pieces {
    let index = view.index();
    Pieces::new(view.facts.links(view.at), |place| !index.systems[place].is_hub)
}

fn check(view: &View<'_, '_>, report: &mut Report) {
    let index = view.index();
    let is_system = |place: &&usize| !index.systems[**place].is_hub;
    let cut_points = &view.structure().cut_points;
    if !cut_points.iter().any(|place| is_system(&place)) {
        return;
    }
    let pieces = pieces(view);
    for &place in cut_points.iter().filter(is_system) {
        let cut_off = pieces.cut_off_by(place);
        if (cut_off.len() as f64) < view.threshold("cut-off") {
            continue;
        }
        let system = index.systems[place].system;
        let is_often_down =
            system.availability.is_some_and(|percent| percent < view.threshold("availability"));
        let is_exposed = is_often_down || system.disaster_recovery != Some(true);
        let severity = if is_exposed { Severity::Warning } else { Severity::Advice };
        let related: Vec<_> = cut_off.iter().map(|&other| view.system(other)).collect();
        let message = format_args!(
            "Without {}, {} systems are cut off: {}.",
            system.name,
            cut_off.len(),
            view.names(&cut_off)
        );
        report.add_related(severity, [view.system(place)], related, message);
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::System(id)] = finding.subjects.as_slice() else { return Vec::new() };
    let Some(place) = view.index().system(id) else { return Vec::new() };
    let mut fixes: Vec<_> = feed_through_hub(view, place).into_iter().collect();
    fixes.push(Fix::open(
        format!("Record availability and disaster recovery of {}", view.index().system_name(place)),
        Place::Inspector(Subject::System(id.clone())),
    ));
    fixes
}

/// Leads the flows between the system and those behind it through the busiest hub.
fn feed_through_hub(view: &View<'_, '_>, place: usize) -> Option<Fix> {
    let index = view.index();
    let cut_off: BTreeSet<_> = pieces(view).cut_off_by(place).into_iter().collect();
    let joins = |flow: &usize| {
        let ends: Vec<_> = ends(&index.flows[*flow]).collect();
        ends.contains(&place) && ends.iter().any(|end| cut_off.contains(end))
    };
    let flows = view.landscape().flows.iter().copied();
    let flows: Vec<_> = flows.filter(|&flow| can_be_led(index.flows[flow].flow)).filter(joins).collect();
    let fed: BTreeSet<_> =
        flows.iter().flat_map(|&flow| ends(&index.flows[flow])).filter(|end| *end != place).collect();
    let fed: Vec<_> = fed.into_iter().collect();
    let hub = best_hub(view, &fed)?;
    let detour = Detour::through(view, hub);
    let title = format!("Feed {} through {}", view.names(&fed), detour.name);
    (!flows.is_empty()).then(|| Fix::edits(title, detour.edits(view, &flows)))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    const STAR: &str = "crm -> a : x
         crm -> b : x
         crm -> c : x\n";

    #[test]
    fn a_system_that_cuts_off_two_is_found_and_safe_ones_are_advice() {
        assert_findings(&RULE, &format!("crm: recovery, availability 99.9  !! cut-point advice \n {STAR}"));
        assert_findings(&RULE, &format!("crm: recovery, availability 99.8  !! cut-point warning \n {STAR}"));
        assert_findings(&RULE, &format!("crm: recovery                     !! cut-point advice \n {STAR}"));
        assert_findings(&RULE, &format!("crm: availability 99.99           !! cut-point warning \n {STAR}"));
        assert_eq!(messages(&RULE, STAR), ["Without crm, 2 systems are cut off: b and c."]);
    }

    #[test]
    fn one_behind_it_a_ring_a_hub_and_lonely_systems_are_silence() {
        assert_findings(&RULE, "crm -> a : x \n crm -> b : x \n lonely: crm");
        assert_findings(&RULE, "a -> b : x \n b -> c : x \n c -> d : x \n d -> a : x");
        assert_findings(&RULE, "bus: hub \n a -> b via bus : x \n c -> d via bus : x \n e -> f via bus : x");
    }

    #[test]
    fn the_largest_piece_is_not_cut_off() {
        assert_eq!(
            messages(
                &RULE,
                "a -> b : x \n b -> c : x \n c -> a : x \n a -> d : x \n d -> e : x \n e -> f : x"
            ),
            ["Without a, 2 systems are cut off: b and c.", "Without d, 2 systems are cut off: e and f."]
        );
    }

    #[test]
    fn what_hangs_on_it_can_be_fed_through_the_hub() {
        let before = "bus: hub, ha, canonical
             x = truth crm
             crm -> a via bus : x
             crm -> e via bus : x
             crm -> c : x | id c
             crm -> d : x | id d, sync";
        assert_fix(
            &RULE,
            before,
            "Feed c through bus",
            "bus: hub, ha, canonical
             x = truth crm
             crm -> a via bus : x
             crm -> e via bus : x
             crm -> c via bus : x | id c
             crm -> d : x | id d, sync",
        );
    }

    #[test]
    fn only_what_leads_from_it_to_those_behind_it_goes_through_the_hub() {
        let text = "bus: hub, ha, canonical
             x = truth crm
             crm -> a via bus : x
             crm -> e via bus : x
             crm -> g via bus : x
             a -> crm : y
             crm -> c : x
             c -> f : x";
        assert_eq!(fix_titles(&RULE, text)[0], "Feed c through bus");
    }
}
