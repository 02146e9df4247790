//! Made-up data domains and who is the source of truth for each: decided, contested, handed over
//! or forgotten.

use std::sync::Arc;

use super::applications;
use super::random::Random;
use crate::model::{
    Claim, ConflictKind, ConflictRule, DataDomain, DomainClass, DomainKind, Plan, Stage, SystemId,
};

const SUBJECTS: [(DomainKind, &str); 20] = [
    (DomainKind::Master, "Customer"),
    (DomainKind::Master, "Product"),
    (DomainKind::Transaction, "Order"),
    (DomainKind::Transaction, "Invoice"),
    (DomainKind::Master, "Contact"),
    (DomainKind::Transaction, "Case"),
    (DomainKind::Reference, "Price"),
    (DomainKind::Transaction, "Stock"),
    (DomainKind::Transaction, "Shipment"),
    (DomainKind::Transaction, "Payment"),
    (DomainKind::Master, "Contract"),
    (DomainKind::Master, "Supplier"),
    (DomainKind::Master, "Employee"),
    (DomainKind::Transaction, "Opportunity"),
    (DomainKind::Transaction, "Campaign"),
    (DomainKind::Master, "Asset"),
    (DomainKind::Content, "Document"),
    (DomainKind::Analytical, "Forecast"),
    (DomainKind::Reference, "Country"),
    (DomainKind::Transaction, "Consent"),
];

/// Adds this many domains with their claims.
pub(super) fn add(plan: &mut Plan, random: &mut Random, count: usize) {
    let systems = applications(plan);
    for index in 0..count {
        let (kind, subject) = SUBJECTS[index % SUBJECTS.len()];
        let round = index / SUBJECTS.len();
        let name = if round == 0 { subject.to_owned() } else { format!("{subject} {}", round + 1) };
        let domain = DataDomain {
            kind: Some(kind),
            class: random.pick(DomainClass::ALL).copied().filter(|_| random.chance(70)),
            truth: claims(plan, random, &systems),
            conflict_rule: random.pick(ConflictKind::ALL).copied().map(ConflictRule::of),
            key: if random.chance(60) { "number".to_owned() } else { String::new() },
            preloaded: random.chance(10),
            parents: plan.domains.keys().next().filter(|_| random.chance(25)).cloned().into_iter().collect(),
            ..DataDomain::named(&name)
        };
        let conflict_rule = domain.conflict_rule.clone().filter(|_| random.chance(45));
        plan.domains.insert(plan.free_domain_id(&name), Arc::new(DataDomain { conflict_rule, ..domain }));
    }
}

fn claims(plan: &Plan, random: &mut Random, systems: &[SystemId]) -> Vec<Claim> {
    let Some(owner) = random.pick(systems).filter(|_| random.chance(90)) else { return Vec::new() };
    let mut claims = vec![Claim::whole(owner.clone(), Stage::Today)];
    let focal = plan.focal_system.as_ref().filter(|focal| *focal != owner);
    if let Some(focal) = focal.filter(|_| plan.systems[owner].disposition.leaves()) {
        let wave = plan.systems[owner].migration.as_ref().and_then(|migration| migration.wave.clone());
        let from = wave.filter(|_| random.chance(80)).map_or(Stage::Target, Stage::Wave);
        if random.chance(75) {
            claims.push(Claim::whole(focal.clone(), from));
        }
    }
    let rival = random.pick(systems).filter(|rival| *rival != owner && random.chance(8));
    claims.extend(rival.map(|rival| Claim::whole(rival.clone(), Stage::Today)));
    claims
}
