//! What made-up systems do with the domains that reach them: mostly what they should.

use std::sync::Arc;

use super::random::Random;
use crate::model::{DomainId, Holding, Plan, Role, SystemId};

/// Declares what most systems do with the domains that flows bring to or take from them.
pub(super) fn add(plan: &mut Plan, random: &mut Random) {
    let mut touched: Vec<(SystemId, DomainId, bool)> = Vec::new();
    for flow in plan.flows.values() {
        for payload in &flow.carries {
            let (sends, gets) = (payload.direction.goes_forward(), payload.direction.goes_back());
            touched.push((flow.from.clone(), payload.domain.clone(), gets));
            touched.push((flow.to.clone(), payload.domain.clone(), sends));
        }
    }
    touched.sort();
    touched.dedup_by(|next, kept| {
        let is_same = (&next.0, &next.1) == (&kept.0, &kept.1);
        kept.2 |= is_same && next.2;
        is_same
    });
    for (system, domain, gets) in touched {
        let has_claim = plan.domains[&domain].truth.iter().any(|claim| claim.system == system);
        let holding = holding(random, has_claim, gets);
        if let Some(system) = plan.systems.get_mut(&system).filter(|_| holding != Holding::default()) {
            Arc::make_mut(system).holdings.insert(domain, holding);
        }
    }
}

fn holding(random: &mut Random, has_claim: bool, gets: bool) -> Holding {
    let roles = match (has_claim, gets) {
        (true, _) => [(1, None), (0, None), (0, None)],
        (false, true) => [(2, None), (6, Some(Role::Reader)), (1, Some(Role::Author))],
        (false, false) => [(2, None), (3, Some(Role::Entry)), (2, Some(Role::Author))],
    };
    Holding {
        role: random.weighted(&roles).flatten(),
        records: random.chance(50).then(|| 1_000 * (1 + random.below(5_000)) as u64),
        history: random.record(10, 30),
        duplicates: random.chance(20).then(|| random.below(31) as f64),
        completeness: random.chance(20).then(|| (70 + random.below(31)) as f64),
        quality: random.chance(30).then(|| (60 + random.below(41)) as f64),
        max_age_min: (gets && random.chance(15)).then(|| 15 * (1 + random.below(8)) as u32),
        ..Holding::default()
    }
}
