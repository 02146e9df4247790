//! Edits of authority over a domain: claiming the truth, correcting a claim, setting a role.

use crate::model::{Claim, DataDomain, DomainId, Plan, Role, Stage, SystemId};

use super::{Edit, change_domain, change_system};

/// From this stage on a system is the source of truth for the whole domain. Whoever had claimed it
/// from the same stage loses that claim; earlier claims end by themselves.
#[must_use]
pub fn claim_truth(plan: &Plan, domain: &DomainId, system: &SystemId, from: &Stage) -> Vec<Edit> {
    let change = |domain: &mut DataDomain| {
        domain.truth.retain(|claim| !(claim.scope.is_whole() && claim.from == *from));
        domain.truth.push(Claim::whole(system.clone(), from.clone()));
    };
    change_domain(plan, domain, change).into_iter().collect()
}

/// It was never the other: all claims of one system on a domain become those of another.
#[must_use]
pub fn correct_truth(plan: &Plan, domain: &DomainId, wrong: &SystemId, right: &SystemId) -> Vec<Edit> {
    let change = |domain: &mut DataDomain| {
        for claim in domain.truth.iter_mut().filter(|claim| claim.system == *wrong) {
            claim.system = right.clone();
        }
        let mut seen = Vec::new();
        domain.truth.retain(|claim| {
            !seen.contains(claim) && {
                seen.push(claim.clone());
                true
            }
        });
    };
    change_domain(plan, domain, change).into_iter().collect()
}

/// What a system does with a domain; `None` takes the declaration back. A claim that it has from just
/// this stage on is given up.
#[must_use]
pub fn set_role(
    plan: &Plan,
    domain: &DomainId,
    system: &SystemId,
    role: Option<Role>,
    at: &Stage,
) -> Vec<Edit> {
    let gives_up = |claim: &Claim| claim.system == *system && claim.from == *at && claim.scope.is_whole();
    let has_claim = plan.domains.get(domain).is_some_and(|domain| domain.truth.iter().any(gives_up));
    let claims = has_claim
        .then(|| change_domain(plan, domain, |domain| domain.truth.retain(|claim| !gives_up(claim))));
    let holding = change_system(plan, system, |system| {
        let holding = system.holdings.entry(domain.clone()).or_default();
        holding.role = role;
        if *holding == crate::model::Holding::default() {
            system.holdings.remove(domain);
        }
    });
    claims.flatten().into_iter().chain(holding).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;
    use crate::model::{DataDomain, System};

    fn plan() -> Plan {
        let mut plan = Plan::named("Test");
        for id in ["erp", "crm"] {
            plan.systems.insert(id.into(), System::named(id).into());
        }
        let mut order = DataDomain::named("Order");
        order.truth.push(Claim::whole("erp".into(), Stage::Today));
        plan.domains.insert("order".into(), order.into());
        plan
    }

    fn truths(plan: &Plan) -> Vec<(String, String)> {
        let claims = plan.domains[&DomainId::new("order")].truth.iter();
        claims.map(|claim| (claim.system.to_string(), claim.from.to_string())).collect()
    }

    #[test]
    fn a_later_claim_is_a_handover_and_one_at_the_same_stage_replaces() {
        let stage = Stage::Wave("wave-1".into());
        let plan = plan();
        let later = apply(&plan, claim_truth(&plan, &"order".into(), &"crm".into(), &stage)).unwrap();
        assert_eq!(truths(&later), [("erp".into(), "today".into()), ("crm".into(), "wave-1".into())]);
        let same = apply(&plan, claim_truth(&plan, &"order".into(), &"crm".into(), &Stage::Today)).unwrap();
        assert_eq!(truths(&same), [("crm".into(), "today".into())]);
    }

    #[test]
    fn a_mistake_is_corrected_in_every_claim() {
        let plan = plan();
        let right =
            apply(&plan, correct_truth(&plan, &"order".into(), &"erp".into(), &"crm".into())).unwrap();
        assert_eq!(truths(&right), [("crm".into(), "today".into())]);
    }

    #[test]
    fn a_role_takes_the_place_of_a_claim_and_leaves_no_trace_when_taken_back() {
        let plan = plan();
        let reader =
            apply(&plan, set_role(&plan, &"order".into(), &"erp".into(), Some(Role::Reader), &Stage::Today))
                .unwrap();
        assert!(truths(&reader).is_empty());
        let none =
            apply(&reader, set_role(&reader, &"order".into(), &"erp".into(), None, &Stage::Today)).unwrap();
        assert!(none.systems[&SystemId::new("erp")].holdings.is_empty());
    }
}
