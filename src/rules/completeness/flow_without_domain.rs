//! A flow of which nobody has said what it carries.

use std::cmp::Reverse;

use crate::edit::change_flow;
use crate::model::{DataDomain, DomainId, Flow, Payload, Plan, SystemId};
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, Subject, View};

/// How many domains are offered to pick from.
const MOST_OFFERS: usize = 3;

/// The rule.
pub static RULE: Rule = Rule {
    id: "flow-without-domain",
    title: "Flow that carries nothing",
    family: Family::Completeness,
    severity: "warning",
    pillar: Pillar::OperationalExcellence,
    when: "A flow that stands in the target carries no data domain. One that is cut off there, because an \
           end or a hub does not stand, is reported as that.",
    why: "Every check on truth, loops, freshness and gaps follows the domains; they pass over this flow.",
    what_to_do: "Say which data domains it carries, and in which direction.",
    not_when: "Login and identity: give them a domain of their own, such as Identity.",
    source: "TOGAF's matrix of applications and data: who creates, reads, updates and deletes what.",
    thresholds: &[],
    looks_at: LooksAt::Target,
    check,
    fixes,
};

fn check(view: &View<'_, '_>, report: &mut Report) {
    let index = view.index();
    for &place in &view.landscape().flows {
        let entry = &index.flows[place];
        if entry.flow.carries.is_empty() {
            let message = format_args!("{}: what does it carry?", index.flow_name(entry));
            let ends = [entry.from, entry.to].into_iter().flatten().map(|end| view.system(end));
            report.add_related(Severity::Warning, [view.flow(place)], ends.collect::<Vec<_>>(), message);
        }
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::Flow(id)] = finding.subjects.as_slice() else { return Vec::new() };
    let plan = view.index().plan;
    let Some(flow) = plan.flows.get(id) else { return Vec::new() };
    let name = plan.flow_name(id);
    let offers = held_by_both(plan, flow).into_iter().take(MOST_OFFERS).map(|domain| {
        let title = format!("{name} carries {}", plan.domain_name(domain));
        Fix::edits(title, change_flow(plan, id, |flow| flow.carries.push(Payload::of(domain.clone()))))
    });
    let ask = Fix::open(format!("Say what {name} carries"), Place::Inspector(Subject::Flow(id.clone())));
    offers.chain([ask]).collect()
}

/// The domains that both ends hold, those first for which the sender is a source of truth.
fn held_by_both<'p>(plan: &'p Plan, flow: &Flow) -> Vec<&'p DomainId> {
    let has_claim =
        |system: &SystemId, domain: &DataDomain| domain.truth.iter().any(|claim| claim.system == *system);
    let holds = |system: &SystemId, id: &DomainId, domain: &DataDomain| {
        let has_holding = plan.systems.get(system).is_some_and(|system| system.holdings.contains_key(id));
        has_holding || has_claim(system, domain)
    };
    let both = plan
        .domains
        .iter()
        .filter(|(id, domain)| [&flow.from, &flow.to].into_iter().all(|end| holds(end, id, domain)));
    let mut both: Vec<_> = both.collect();
    both.sort_by_key(|(_, domain)| Reverse(has_claim(&flow.from, domain)));
    both.into_iter().map(|(id, _)| id).collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    #[test]
    fn a_flow_of_the_target_that_carries_nothing_is_found() {
        let text = "erp -> shop                !! flow-without-domain warning
             crm -> shop | since 1      !! flow-without-domain
             shop -> crm : order";
        assert_findings(&RULE, text);
        assert_eq!(messages(&RULE, "a -> b"), ["a → b: what does it carry?"]);
    }

    #[test]
    fn what_ends_before_is_cut_off_or_names_a_domain_is_silence() {
        assert_findings(
            &RULE,
            "old: migrate, into crm, at 1
             wave 2: notes last
             old -> shop
             erp <-> crm | until 1
             crm -> shop | since 1, until 2
             erp -> ?lost
             shop -> crm : order",
        );
    }

    #[test]
    fn the_domains_that_both_ends_hold_are_offered_the_senders_own_first() {
        let before = "account = truth crm
             order = truth erp
             stock = truth wms
             erp.account: reader
             crm.account: other
             crm.order: reader
             erp.stock: reader
             crm.price: reader
             currency = truth wms
             erp.currency: reader
             crm.currency: reader
             erp -> crm | id f";
        let before = before.replace("crm.account: other", "crm.account:");
        let titles = fix_titles(&RULE, &before);
        assert_eq!(titles[..2], ["erp → crm carries order", "erp → crm carries currency"]);
        assert_eq!(titles.last().unwrap(), "Say what erp → crm carries");
        assert!(!titles.iter().any(|title| title.ends_with("stock") || title.ends_with("price")));
        let after = before.replace("erp -> crm |", "erp -> crm : order |");
        assert_fix(&RULE, &before, "erp → crm carries order", &after);
    }

    #[test]
    fn what_a_copy_would_write_to_its_truth_is_not_offered() {
        let text = "account = truth crm\nerp.account: reader\nerp -> crm | id f";
        assert_eq!(fix_titles(&RULE, text), ["Say what erp → crm carries"]);
    }

    #[test]
    fn no_more_than_three_domains_are_offered() {
        let domain = |n: usize| format!("d{n} = truth erp\ncrm.d{n}: reader\n");
        let text: String = (0..5).map(domain).collect();
        assert_eq!(fix_titles(&RULE, &format!("{text}erp -> crm")).len(), 4);
    }
}
