//! Made-up landscapes of any size, for trying out, measuring and testing. The same seed gives
//! the same plan on every machine; some decisions contradict each other on purpose.

mod domains;
mod flows;
mod holdings;
mod operations;
mod portfolio;
mod random;
mod systems;

use std::sync::Arc;

use random::Random;

use crate::model::{Aim, Org, Plan, SystemId, Wave, WaveId};

/// A made-up plan with this many systems, hubs among them.
///
/// It has about 2.1 flows a system, a third as many domains as systems (three at least), and two
/// or three waves.
#[must_use]
pub fn plan(systems: usize, seed: u64) -> Plan {
    let mut random = Random::of(seed);
    let mut plan = Plan {
        as_of: "2027-01-15".parse().ok(),
        aim: Aim::Build,
        notes: "Made up. No such organisation exists.".to_owned(),
        ..Plan::named(&format!("Made-up landscape {seed}"))
    };
    add_waves(&mut plan, &mut random);
    systems::add(&mut plan, &mut random, systems);
    domains::add(&mut plan, &mut random, (systems / 3).max(3));
    flows::add(&mut plan, &mut random);
    holdings::add(&mut plan, &mut random);
    portfolio::add(&mut plan, &mut random);
    operations::add(&mut plan, &mut random);
    let storage_used_gb = Some(random.below(15) as f64);
    plan.org = Org { edition: "Enterprise".to_owned(), users: Some(400), storage_used_gb, ..Org::default() };
    plan.org.licences.insert("salesforce".to_owned(), 400);
    plan
}

fn add_waves(plan: &mut Plan, random: &mut Random) {
    for order in 1..=if random.chance(50) { 2 } else { 3 } {
        let name = format!("Wave {order}");
        let cutover = format!("2027-{:02}-01", 3 * order).parse().ok();
        let wave = Wave { order, cutover, ..Wave::default() };
        plan.waves.insert(plan.free_wave_id(&name), Arc::new(Wave { name, ..wave }));
    }
}

/// One of the plan's waves.
fn a_wave(plan: &Plan, random: &mut Random) -> Option<WaveId> {
    random.pick(&plan.waves_in_order()).map(|wave| (*wave).clone())
}

/// The systems that can be the end of a flow: all but hubs.
fn applications(plan: &Plan) -> Vec<SystemId> {
    plan.systems.iter().filter(|(_, system)| !system.is_hub()).map(|(id, _)| id.clone()).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::model::Disposition;
    use crate::plan_file::write;

    #[test]
    fn a_seed_always_gives_the_same_plan_and_another_seed_another() {
        assert_eq!(write(&plan(60, 4)), write(&plan(60, 4)));
        assert_ne!(write(&plan(60, 4)), write(&plan(60, 5)));
    }

    #[test]
    fn every_size_works_and_every_end_exists() {
        for size in [0, 1, 2, 3, 7, 40, 500] {
            let plan = plan(size, 11);
            assert_eq!(plan.systems.len(), size);
            assert_eq!(plan.domains.len(), (size / 3).max(3));
            let ends: BTreeSet<_> = applications(&plan).into_iter().collect();
            for flow in plan.flows.values() {
                assert!(ends.contains(&flow.from) && ends.contains(&flow.to) && flow.from != flow.to);
                assert!(flow.via.iter().all(|hub| plan.systems[hub].is_hub()));
                assert!(flow.carries.iter().all(|payload| plan.domains.contains_key(&payload.domain)));
                assert!(flow.replaces.iter().all(|replaced| plan.flows.contains_key(replaced)));
            }
        }
    }

    #[test]
    fn a_large_plan_looks_like_a_landscape() {
        let plan = plan(500, 3);
        assert!((1_000..1_100).contains(&plan.flows.len()), "{} flows", plan.flows.len());
        let two_way = plan.flows.values().filter(|flow| flow.is_two_way()).count();
        assert!((70..140).contains(&two_way), "{two_way} two-way flows");
        for disposition in Disposition::ALL {
            assert!(plan.systems.values().any(|system| system.disposition == *disposition));
        }
        let most = plan.systems.keys().map(|id| links(&plan, id)).max();
        assert!(most > Some(40), "the busiest system has {most:?} flows");
    }

    fn links(plan: &Plan, id: &SystemId) -> usize {
        plan.flows.values().filter(|flow| flow.from == *id || flow.to == *id).count()
    }

    #[test]
    fn contradictions_are_planted() {
        let plan = plan(200, 1);
        let flows = || plan.flows.values();
        assert!(plan.domains.values().any(|domain| domain.truth.is_empty()));
        assert!(plan.domains.values().any(|domain| domain.truth.len() > 1));
        assert!(plan.systems.values().any(|system| !system.loads.is_empty()));
        assert!(flows().any(|flow| !flow.replaces.is_empty()));
        assert!(flows().any(|flow| flow.bridge));
        assert!(flows().any(|flow| flow.monitored == Some(false)));
        assert!(flows().any(|flow| flow.carries.is_empty()));
        assert!(plan.systems.values().any(|system| system.standalone));
        let leaves = |id| plan.systems[id].disposition.leaves();
        assert!(flows().any(|flow| leaves(&flow.from) && flow.until.is_none()));
    }
}
