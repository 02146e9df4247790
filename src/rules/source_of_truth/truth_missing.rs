//! A domain that several systems use and nobody decides about.

use crate::edit::change_domain;
use crate::landscape::Authority;
use crate::model::{Claim, DomainKind};
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, Subject, View};

/// The rule.
pub static RULE: Rule = Rule {
    id: "truth-missing",
    title: "No source of truth",
    family: Family::SourceOfTruth,
    severity: "error; advice for analytical domains",
    pillar: Pillar::Reliability,
    when: "No claim on the domain is in force and two or more systems use it.",
    why: "Where nobody is authoritative, every copy is as right as the next one and each correction \
          is lost somewhere.",
    what_to_do: "Say which system is the source of truth.",
    not_when: "A domain that one system uses alone needs no decision. Purely analytical domains may have \
               no operational truth: they raise advice.",
    source: "Clear rules must define which system is authoritative for each data domain.",
    thresholds: &[],
    looks_at: LooksAt::EachStage,
    check,
    fixes,
};

fn check(view: &View<'_, '_>, report: &mut Report) {
    for authority in view.authorities().iter().filter(|a| a.claims.is_empty() && a.users.len() >= 2) {
        let domain = view.index().domains[authority.domain].1;
        let is_analytical = domain.kind == Some(DomainKind::Analytical);
        let severity = if is_analytical { Severity::Advice } else { Severity::Error };
        let users: Vec<_> = authority.users.iter().map(|&user| view.system(user)).collect();
        report.add_related(
            severity,
            [view.domain(authority.domain)],
            users,
            format_args!(
                "{} is used by {} systems and none of them is its source of truth.",
                domain.name,
                authority.users.len()
            ),
        );
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::Domain(id)] = finding.subjects.as_slice() else { return Vec::new() };
    let Some(domain) = view.index().domain(id) else { return Vec::new() };
    let mut fixes = Vec::new();
    if let Some(best) = best_owner(view, &view.authorities()[domain]) {
        let entry = &view.index().systems[best];
        let from = view.index().timeline.stage(finding.stages[0]).clone();
        let claim = Claim::whole(entry.id.clone(), from);
        let edit = change_domain(view.index().plan, id, |domain| domain.truth.push(claim));
        fixes.push(Fix::edits(format!("Make {} the source of truth", entry.system.name), edit));
    }
    fixes.push(Fix::open("Choose in the ownership matrix", Place::OwnershipRow(id.clone())));
    fixes
}

/// The user that stays and sends the domain most, else holds most of its records, else the first by id.
fn best_owner(view: &View<'_, '_>, authority: &Authority<'_>) -> Option<usize> {
    let index = view.index();
    let (id, _) = index.domains[authority.domain];
    let stays = |user: &usize| !index.systems[*user].system.disposition.leaves();
    let sent = |user: usize| {
        view.landscape().edges_by_domain[authority.domain].iter().filter(|edge| edge.from == user).count()
    };
    let records = |user: usize| {
        index.systems[user].system.holdings.get(id).and_then(|holding| holding.records).unwrap_or_default()
    };
    let users = authority.users.iter().copied();
    users.filter(stays).max_by_key(|&user| (sent(user), records(user), std::cmp::Reverse(user)))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    #[test]
    fn a_domain_that_two_systems_use_needs_a_truth() {
        assert_findings(
            &RULE,
            "order =                     !! truth-missing error
             history = analytical        !! truth-missing advice
             erp -> crm : order
             crm -> lake : history",
        );
    }

    #[test]
    fn one_user_or_a_claim_is_silence() {
        assert_findings(
            &RULE,
            "order = truth erp
             erp -> crm : order
             crm.note: author",
        );
    }

    #[test]
    fn a_claim_that_begins_later_leaves_today_open() {
        assert_findings(
            &RULE,
            "order = truth erp from 1      !! truth-missing error
             erp -> crm : order
             look at today",
        );
    }

    #[test]
    fn the_message_counts_and_a_leaving_system_is_not_proposed() {
        let text = "crm: migrate, at 1
             crm -> erp : order
             crm -> shop : order | until 1
             crm -> erp : order | until 1, id same
             look at today";
        assert_eq!(
            messages(&RULE, text),
            ["order is used by 3 systems and none of them is its source of truth."]
        );
        assert_eq!(
            fix_titles(&RULE, text).last().map(String::as_str),
            Some("Choose in the ownership matrix")
        );
    }

    #[test]
    fn the_system_that_sends_most_is_proposed() {
        assert_fix(
            &RULE,
            "erp -> crm : order
             erp -> shop : order
             crm -> shop : order",
            "Make erp the source of truth",
            "order = truth erp
             erp -> crm : order
             erp -> shop : order
             crm -> shop : order",
        );
    }

    #[test]
    fn of_equals_the_first_that_stays_is_proposed() {
        assert_eq!(fix_titles(&RULE, "a -> b : order\n b -> a : order")[0], "Make a the source of truth");
        let leaving = "a: retire\n a -> b : order | until 1\n c -> b : order\n look at today";
        assert_eq!(fix_titles(&RULE, leaving)[0], "Make c the source of truth");
    }
}
