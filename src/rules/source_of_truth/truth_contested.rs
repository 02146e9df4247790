//! Two systems that both claim to be the source of truth for the same records and fields.

use std::collections::BTreeSet;

use crate::edit::{Edit, change_domain};
use crate::landscape::Authority;
use crate::model::{Claim, DomainId, SystemId};
use crate::rules::flow_changes::make_readers;
use crate::rules::{
    Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, Subject, View, listed,
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "truth-contested",
    title: "Two systems claim the same domain",
    family: Family::SourceOfTruth,
    severity: "error",
    pillar: Pillar::Reliability,
    when: "Two systems have a claim on the domain in force with the same scope, or with scopes that overlap \
           in different dimensions (a field group against a region). A scope that lies within another \
           overrides it and contests nothing.",
    why: "Two sources of truth are none: each overrules the other, and every copy follows the one that it \
          heard last.",
    what_to_do: "Keep one as the source of truth, or split the domain between them by field group, partition \
                 or state of the record.",
    not_when: "A partition is legitimate: two claims on different partitions (plants, regions, brands).",
    source: "For each data element one system is to be defined as the source of truth; split by field where \
             two systems know different sides of it.",
    thresholds: &[],
    looks_at: LooksAt::EachStage,
    check,
    fixes,
};

fn check(view: &View<'_, '_>, report: &mut Report) {
    for authority in view.authorities() {
        let claimants: BTreeSet<_> = authority.contests().flat_map(|(a, b)| [&a.system, &b.system]).collect();
        if claimants.is_empty() {
            continue;
        }
        let names: Vec<_> = claimants.iter().map(|id| view.index().plan.system_name(id)).collect();
        let word = if names.len() == 2 { "both" } else { "all" };
        let (all, domain) = (listed(&names), view.index().domain_name(authority.domain));
        let related: Vec<_> = claimants.iter().map(|&id| Subject::System(id.clone())).collect();
        report.add_related(
            Severity::Error,
            [view.domain(authority.domain)],
            related,
            format_args!("{all} {word} claim {domain}{}.", overlap(view, authority)),
        );
    }
}

/// Which parts the claims are on that exclude each other, where one of them is on a part:
/// ": SAP part DE, Salesforce fields sales".
fn overlap(view: &View<'_, '_>, authority: &Authority<'_>) -> String {
    let contests: Vec<_> = authority.contests().collect();
    if contests.iter().all(|(a, b)| a.scope.is_whole() && b.scope.is_whole()) {
        return String::new();
    }
    let words = |claim: &Claim| {
        let name = view.index().plan.system_name(&claim.system);
        if claim.scope.is_whole() {
            format!("{name} the whole")
        } else {
            format!("{name} {}", claim.scope.words())
        }
    };
    let claims: BTreeSet<_> = contests.iter().flat_map(|(a, b)| [words(a), words(b)]).collect();
    format!(": {}", claims.into_iter().collect::<Vec<_>>().join("; "))
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::Domain(domain)] = finding.subjects.as_slice() else { return Vec::new() };
    let claimants: Vec<_> = finding.related.iter().filter_map(system).collect();
    let mut fixes: Vec<_> = claimants
        .iter()
        .map(|kept| {
            let others: Vec<_> = claimants.iter().filter(|id| *id != kept).cloned().collect();
            let plan = view.index().plan;
            let names: Vec<_> = others.iter().map(|id| plan.system_name(id)).collect();
            let title = match names.as_slice() {
                [only] => format!("Keep {}, make {only} a reader", plan.system_name(kept)),
                _ => format!("Keep {}, make {} readers", plan.system_name(kept), listed(&names)),
            };
            Fix::edits(title, keep_one(view, domain, &others))
        })
        .collect();
    fixes.push(Fix::open("Split by field group or partition", Place::OwnershipRow(domain.clone())));
    fixes
}

fn system(subject: &Subject) -> Option<SystemId> {
    match subject {
        Subject::System(id) => Some(id.clone()),
        _ => None,
    }
}

/// Takes the others' contested claims and makes those that have no claim left readers.
fn keep_one(view: &View<'_, '_>, id: &DomainId, others: &[SystemId]) -> Vec<Edit> {
    let plan = view.index().plan;
    let Some((domain, place)) = plan.domains.get(id).zip(view.index().domain(id)) else { return Vec::new() };
    let contested: Vec<_> = view.authorities()[place].contests().flat_map(|(a, b)| [a, b]).collect();
    let goes = |claim: &Claim| others.contains(&claim.system) && contested.contains(&claim);
    let keeps = |other: &SystemId| domain.truth.iter().any(|claim| claim.system == *other && !goes(claim));
    let readers: Vec<_> = others.iter().filter(|other| !keeps(other)).cloned().collect();
    let edit = change_domain(plan, id, |domain| domain.truth.retain(|claim| !goes(claim)));
    edit.into_iter().chain(make_readers(plan, id, &readers)).collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, messages};

    #[test]
    fn the_same_scope_or_one_that_overlaps_in_another_dimension_is_found() {
        assert_findings(
            &RULE,
            "order = truth erp, truth shop                                      !! truth-contested error
             stock = truth erp partition DE, truth wms partition DE             !! truth-contested error
             account = truth sf group sales, truth erp partition DE             !! truth-contested error",
        );
    }

    #[test]
    fn different_partitions_groups_and_scopes_within_another_are_silence() {
        assert_findings(
            &RULE,
            "order = truth erp partition DE, truth shop partition FR
             account = truth sf group sales, truth erp group billing
             case = truth sf, truth desk state closed
             price = truth erp partition DE, truth pim partition DE group list",
        );
    }

    #[test]
    fn a_later_claim_ends_the_earlier_and_a_stage_of_its_own_is_looked_at() {
        assert_findings(
            &RULE,
            "order = truth erp, truth shop from 1
             stock = truth erp, truth wms, truth sf from 1     !! truth-contested
             look at today",
        );
    }

    #[test]
    fn three_claimants_are_named_in_one_finding() {
        assert_eq!(
            messages(&RULE, "order = truth erp, truth shop, truth oms"),
            ["erp, oms and shop all claim order."]
        );
    }

    #[test]
    fn the_parts_that_overlap_are_named() {
        assert_eq!(
            messages(&RULE, "account = truth sf group sales, truth erp partition DE, truth pim partition FR"),
            ["erp, pim and sf all claim account: erp part DE; pim part FR; sf fields sales."]
        );
    }

    #[test]
    fn one_keeps_it_and_the_other_reads() {
        assert_fix(
            &RULE,
            "order = truth erp, truth shop
             erp <-> shop : order | id sync",
            "Keep erp, make shop a reader",
            "order = truth erp
             shop.order: reader
             erp -> shop : order | id sync",
        );
    }

    #[test]
    fn a_handover_that_is_planned_stays() {
        assert_fix(
            &RULE,
            "order = truth erp, truth shop, truth shop from 1
             erp <-> shop : order | id sync",
            "Keep erp, make shop a reader",
            "order = truth erp, truth shop from 1
             erp <-> shop : order | id sync",
        );
    }
}
