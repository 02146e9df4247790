//! A hub that costs more than it gives: few systems, or a pile of pairwise mappings inside.

use std::collections::{BTreeMap, BTreeSet};

use crate::edit::{change_system, delete};
use crate::landscape::Edge;
use crate::model::{Disposition, SystemId};
use crate::rules::hubs::{
    Detour, can_be_led, edges_by_hub, ends, first_wave_from, rewired, spokes, spokes_by_hub,
};
use crate::rules::{
    Family, Finding, Fix, LooksAt, Pillar, Report, Rule, Severity, Subject, Threshold, View, listed,
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "hub-not-earning",
    title: "Hub without benefit",
    family: Family::Sprawl,
    severity: "advice",
    pillar: Pillar::ResourceAndCost,
    when: "A hub that stands in the target has fewer than three spokes; or it mediates a domain with two or \
           more publishers and two or more subscribers and is not recorded as canonical. One finding for \
           each hub says both.",
    why: "A hub for two systems costs more than it gives, and one that maps pair by pair only hides the \
          point-to-point links inside.",
    what_to_do: "Connect directly for now, connect more systems, or give the hub one model of the data.",
    not_when: "A hub that is filled wave by wave: the rule looks at the end of the way only.",
    source: "Practice: a hub for two systems does not pay; hundreds of point-to-point mappings have been \
             counted on bought platforms.",
    thresholds: &[
        Threshold { name: "spokes", default: 3.0, unit: "systems", reason: "a hub pays from three on" },
        Threshold {
            name: "publishers",
            default: 2.0,
            unit: "systems",
            reason: "with one, each subscriber needs one mapping either way",
        },
        Threshold {
            name: "subscribers",
            default: 2.0,
            unit: "systems",
            reason: "with one, each publisher needs one mapping either way",
        },
    ],
    looks_at: LooksAt::Target,
    check,
    fixes,
};

fn check(view: &View<'_, '_>, report: &mut Report) {
    let index = view.index();
    let edges = edges_by_hub(view);
    for (hub, spokes) in spokes_by_hub(view) {
        let pairwise = pairwise_domains(view, hub, edges.get(&hub).map_or(&[], Vec::as_slice));
        let name = index.system_name(hub);
        let mut sentences = Vec::new();
        if (spokes.len() as f64) < view.threshold("spokes") {
            let systems = if spokes.len() == 1 { "system" } else { "systems" };
            sentences.push(format!("{name} serves only {} {systems}.", spokes.len()));
        }
        if !pairwise.is_empty() {
            let names: Vec<_> = pairwise.iter().map(|&domain| index.domain_name(domain)).collect();
            sentences.push(format!("{name} still maps {} pair by pair.", listed(&names)));
        }
        if !sentences.is_empty() {
            let related: Vec<_> = spokes.iter().map(|&spoke| view.system(spoke)).collect();
            report.add_related(Severity::Advice, [view.system(hub)], related, sentences.join(" "));
        }
    }
}

/// Domains for which the hub translates between several publishers and several subscribers.
fn pairwise_domains(view: &View<'_, '_>, hub: usize, edges: &[&Edge<'_>]) -> Vec<usize> {
    if view.index().systems[hub].system.is_canonical_hub() {
        return Vec::new();
    }
    let mut sides: BTreeMap<usize, (BTreeSet<usize>, BTreeSet<usize>)> = BTreeMap::new();
    for edge in edges {
        let (publishers, subscribers) = sides.entry(edge.domain).or_default();
        publishers.insert(edge.from);
        subscribers.insert(edge.to);
    }
    let (publishers_bar, subscribers_bar) = (view.threshold("publishers"), view.threshold("subscribers"));
    let is_pairwise = |(publishers, subscribers): &(BTreeSet<usize>, BTreeSet<usize>)| {
        publishers.len() as f64 >= publishers_bar && subscribers.len() as f64 >= subscribers_bar
    };
    sides.into_iter().filter(|(_, both)| is_pairwise(both)).map(|(domain, _)| domain).collect()
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::System(id)] = finding.subjects.as_slice() else { return Vec::new() };
    let Some(hub) = view.index().system(id) else { return Vec::new() };
    let name = view.index().system_name(hub);
    let mut fixes = Vec::new();
    if (spokes(view, hub).len() as f64) < view.threshold("spokes") {
        fixes.push(connect_directly(view, hub));
        fixes.extend(connect_more(view, hub));
    }
    let edges = edges_by_hub(view).remove(&hub).unwrap_or_default();
    let pairwise = pairwise_domains(view, hub, &edges);
    if !pairwise.is_empty() {
        let names: Vec<_> = pairwise.iter().map(|&domain| view.index().domain_name(domain)).collect();
        let edit = change_system(view.index().plan, id, |system| {
            system.hub.get_or_insert_default().canonical = Some(true);
        });
        fixes.push(Fix::edits(format!("Define one model of {} in {name}", listed(&names)), edit));
    }
    fixes
}

/// Takes the hub out: a planned one goes, one that stands today retires in the first wave.
fn connect_directly(view: &View<'_, '_>, hub: usize) -> Fix {
    let index = view.index();
    let (entry, plan) = (&index.systems[hub], index.plan);
    let title = format!("Connect directly for now, without {}", entry.system.name);
    let wave = first_wave_from(view, 1).filter(|_| entry.life.contains(&0));
    let Some((_, wave)) = wave else {
        let hubs: BTreeSet<SystemId> = [entry.id.clone()].into();
        return Fix::edits(title, delete(plan, &hubs, &BTreeSet::new(), &BTreeSet::new()).edits);
    };
    let is_mediated = |flow: &usize| index.flows[*flow].via.contains(&Some(hub));
    let flows: Vec<_> = (0..index.flows.len()).filter(is_mediated).collect();
    let mut edits = rewired(view, &flows, 1, |flow| flow.via.retain(|id| id != entry.id));
    edits.extend(change_system(plan, entry.id, |system| {
        system.disposition = Disposition::Retire;
        system.exit_wave = Some(wave);
    }));
    Fix::edits(title, edits)
}

/// Leads the direct flows of the hub's spokes with other systems through it.
fn connect_more(view: &View<'_, '_>, hub: usize) -> Option<Fix> {
    let index = view.index();
    let spokes = spokes(view, hub);
    let has_spoke = |flow: &usize| ends(&index.flows[*flow]).any(|end| spokes.contains(&end));
    let flows = view.landscape().flows.iter().copied();
    let flows: Vec<_> = flows.filter(|&flow| can_be_led(index.flows[flow].flow)).filter(has_spoke).collect();
    let others: BTreeSet<_> = flows.iter().flat_map(|&flow| ends(&index.flows[flow])).collect();
    let others: Vec<_> = others.difference(&spokes).copied().collect();
    if others.is_empty() {
        return None;
    }
    let detour = Detour::through(view, hub);
    let title = format!("Connect {} to {} too", view.names(&others), detour.name);
    Some(Fix::edits(title, detour.edits(view, &flows)))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    #[test]
    fn a_hub_for_two_systems_is_found() {
        let text = "bus: hub, canonical      !! hub-not-earning advice
             a -> b via bus : x
             b -> c : x";
        assert_findings(&RULE, text);
        assert_eq!(messages(&RULE, text), ["bus serves only 2 systems."]);
    }

    #[test]
    fn pairwise_mapping_of_several_on_both_sides_is_found() {
        let text = "bus: pairwise            !! hub-not-earning advice
             esb: hub                 !! hub-not-earning advice
             a -> c via bus : x
             b -> d via bus : x
             a -> c via esb : x
             b -> d via esb : x";
        assert_findings(&RULE, text);
        assert_eq!(messages(&RULE, text)[0], "bus still maps x pair by pair.");
    }

    #[test]
    fn one_publisher_a_canonical_hub_or_three_spokes_are_silence() {
        assert_findings(
            &RULE,
            "bus: pairwise
             esb: canonical
             a -> b via bus : x
             a -> c via bus : x
             b -> a via bus : y
             a -> c via esb : x
             b -> d via esb : x",
        );
    }

    #[test]
    fn a_hub_that_is_filled_later_is_looked_at_in_the_end() {
        assert_findings(
            &RULE,
            "bus: hub, from 1
             a -> b via bus : x | since 1
             a -> c via bus : x | since 2
             look at 1",
        );
        assert_findings(
            &RULE,
            "bus: hub, from 1
             a -> b via bus : x | since 1
             a -> c via bus : x | since 2",
        );
    }

    const TWO: &str = "x = truth a
         a -> c : x | id more, batch, pattern batch-sync, owner Ann";

    #[test]
    fn a_planned_hub_can_be_left_out() {
        assert_fix(
            &RULE,
            &format!("bus: hub, from 1, canonical \n {TWO} \n a -> b via bus : x | id led, since 1"),
            "Connect directly for now, without bus",
            &format!("{TWO} \n a -> b : x | id led, since 1"),
        );
    }

    #[test]
    fn a_hub_of_today_retires_in_the_first_wave() {
        assert_fix(
            &RULE,
            &format!("bus: hub, canonical \n tool: exit 1 \n {TWO} \n a -> b via bus : x | id led"),
            "Connect directly for now, without bus",
            &format!(
                "bus: hub, canonical, retire, exit 1 \n tool: exit 1 \n {TWO}
                 a -> b via bus : x | id led, until 1
                 a -> b : x | since 1"
            ),
        );
    }

    #[test]
    fn more_systems_can_be_connected() {
        assert_fix(
            &RULE,
            &format!("bus: hub, canonical \n {TWO} \n a -> b via bus : x | id led"),
            "Connect c to bus too",
            "bus: hub, canonical
             x = truth a
             a -> c via bus : x | id more, batch, pattern batch-sync, owner Ann
             a -> b via bus : x | id led",
        );
    }

    #[test]
    fn the_hub_can_get_one_model() {
        let flows = "x = truth a, truth b partition B
             a -> c via bus : x
             b -> d via bus : x";
        assert_fix(
            &RULE,
            &format!("bus: pairwise \n {flows}"),
            "Define one model of x in bus",
            &format!("bus: canonical \n {flows}"),
        );
    }

    #[test]
    fn a_hub_with_enough_systems_stays_and_only_gets_one_model() {
        let text = "bus: pairwise
             x = truth a, truth b partition B
             a -> b via bus : x
             b -> c via bus : x";
        assert_eq!(fix_titles(&RULE, text), ["Define one model of x in bus"]);
    }
}
