//! The one form of a plan that is written: lists whose order means nothing are sorted.

use std::sync::Arc;

use crate::model::{Claim, Plan, Stage, WaveId};

/// The plan with payloads and claims in order. Maps and sets are sorted as they are.
pub(super) fn normalised(plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    for flow in plan.flows.values_mut() {
        if !flow.carries.is_sorted() {
            Arc::make_mut(flow).carries.sort();
        }
    }
    let waves: Vec<WaveId> = plan.waves_in_order().into_iter().cloned().collect();
    for domain in plan.domains.values_mut() {
        if !domain.truth.is_sorted_by_key(|claim| claim_order(claim, &waves)) {
            Arc::make_mut(domain).truth.sort_by_cached_key(|claim| {
                let (scope, stage, system) = claim_order(claim, &waves);
                (scope.clone(), stage.0, stage.1.clone(), system.clone())
            });
        }
    }
    plan
}

/// Scope, then stage, then system; waves that the plan does not have come after those it has.
fn claim_order<'a>(
    claim: &'a Claim,
    waves: &[WaveId],
) -> (&'a crate::model::Scope, (usize, &'a Stage), &'a crate::model::SystemId) {
    let place = match &claim.from {
        Stage::Today => 0,
        Stage::Wave(wave) => 1 + waves.iter().position(|known| known == wave).unwrap_or(waves.len()),
        Stage::Target => usize::MAX,
    };
    (&claim.scope, (place, &claim.from), &claim.system)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan_file::{read, write};

    #[test]
    fn payloads_and_claims_are_sorted_and_hubs_keep_their_order() {
        let plan = read(
            "(format: 1, waves: {\"b\": (name: \"1\", order: 1), \"a\": (name: \"2\", order: 2)},
            domains: {\"d\": (name: \"D\", truth: [(system: \"s\", from: \"target\"), (system: \"t\", from: \"a\"),
            (system: \"u\", from: \"b\"), (system: \"w\"), (system: \"v\")])},
            flows: {\"f\": (from: \"s\", to: \"t\", via: [\"z\", \"y\"], carries: [(domain: \"e\"), (domain: \"d\")])})",
        );
        let plan = normalised(&plan.unwrap());
        let systems: Vec<_> = plan.domains["d"].truth.iter().map(|claim| claim.system.as_str()).collect();
        assert_eq!(systems, ["v", "w", "u", "t", "s"]);
        let flow = &plan.flows["f"];
        assert_eq!((flow.via[0].as_str(), flow.carries[0].domain.as_str()), ("z", "d"));
        assert_eq!(read(&write(&plan)), Ok(plan));
    }
}
