//! The last writer wins, and the loser's change mattered.

use crate::edit::change_domain;
use crate::model::{ConflictKind, ConflictRule, DomainClass, DomainKind};
use crate::rules::{
    Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, Subject, Threshold, View,
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "last-writer-risky",
    title: "Last writer wins on data that matters",
    family: Family::SourceOfTruth,
    severity: "warning",
    pillar: Pillar::Reliability,
    when: "The conflict rule is that the last writer wins, two or more standing systems have a claim in force \
           or the role author, and the domain is master data, or personal, special, payment or confidential, \
           or a flow that carries it in the target, to whomever, has a known worst-case latency of `latency` or \
           more.",
    why: "Last means last to arrive: a slow batch with an old value overwrites a fresh change.",
    what_to_do: "Let the source of truth win, or decide field by field.",
    not_when: "Low-value attributes such as preferences: accept the risk with a reason.",
    source: "Update conflicts between two systems that synchronise are the classic failure of two-way \
             integration. The bar of an hour is a default.",
    thresholds: &[Threshold {
        name: "latency",
        default: 60.0,
        unit: "minutes",
        reason: "long enough that two people change the same record",
    }],
    looks_at: LooksAt::EachStage,
    check,
    fixes,
};

fn check(view: &View<'_, '_>, report: &mut Report) {
    for authority in view.authorities().iter().filter(|authority| authority.writers.len() >= 2) {
        let domain = view.index().domains[authority.domain].1;
        let is_last_writer =
            domain.conflict_rule.as_ref().is_some_and(|rule| rule.winner == ConflictKind::LastWriter);
        let slowest = slowest(view, authority.domain);
        let is_slow = slowest.is_some_and(|latency| f64::from(latency) >= view.threshold("latency"));
        let matters = domain.kind == Some(DomainKind::Master)
            || domain.class.is_some_and(DomainClass::is_sensitive)
            || is_slow;
        if !is_last_writer || !matters {
            continue;
        }
        let late = match slowest.filter(|_| is_slow) {
            Some(latency) => format!("A {latency}-minute-old batch"),
            None => "An older value that arrives late".to_owned(),
        };
        report.add_related(
            Severity::Warning,
            [view.domain(authority.domain)],
            authority.writers.iter().map(|&writer| view.system(writer)).collect::<Vec<_>>(),
            format_args!("On {} the last writer wins. {late} can overwrite a fresh change.", domain.name),
        );
    }
}

/// The longest known worst-case latency in minutes of the flows that carry the domain in the target.
fn slowest(view: &View<'_, '_>, domain: usize) -> Option<u32> {
    let edges = &view.facts.target().landscape.edges_by_domain[domain];
    edges.iter().filter_map(|edge| view.index().flows[edge.flow].flow.latency_min).max()
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::Domain(id)] = finding.subjects.as_slice() else { return Vec::new() };
    let Some(place) = view.index().domain(id) else { return Vec::new() };
    let (index, authority) = (view.index(), &view.authorities()[place]);
    let mut fixes = Vec::new();
    let truth = authority.main_truth(index).filter(|truth| authority.writers.contains(truth));
    if let Some(truth) = truth {
        let others = authority.writers.iter().filter(|&&writer| writer != truth);
        let order = std::iter::once(&truth).chain(others).map(|&system| index.systems[system].id.clone());
        let rule = ConflictRule { order: order.collect(), ..ConflictRule::of(ConflictKind::SourcePriority) };
        let edit = change_domain(index.plan, id, |domain| domain.conflict_rule = Some(rule));
        fixes.push(Fix::edits(format!("Source priority: {} wins", index.system_name(truth)), edit));
    }
    if authority.has_scopes() {
        let rule = ConflictRule::of(ConflictKind::FieldMastership);
        let edit = change_domain(index.plan, id, |domain| domain.conflict_rule = Some(rule));
        fixes.push(Fix::edits("Field by field, as claimed", edit));
    }
    fixes.push(Fix::open("Decide field by field", Place::OwnershipRow(id.clone())));
    fixes
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, messages};

    #[test]
    fn master_data_sensitive_data_and_slow_flows_are_found() {
        assert_findings(
            &RULE,
            "customer = master, truth sf, rule last-writer            !! last-writer-risky warning
             shop.customer: author
             consent = truth sf, rule last-writer, class personal     !! last-writer-risky
             shop.consent: author
             wish = truth sf, rule last-writer                        !! last-writer-risky
             shop.wish: author
             shop -> sf : wish | batch, latency 60",
        );
    }

    #[test]
    fn one_writer_another_rule_quick_flows_and_unknown_latency_are_silence() {
        assert_findings(
            &RULE,
            "customer = master, truth sf, rule last-writer
             product = master, truth erp, rule source-priority erp pim
             pim.product: author
             wish = truth sf, rule last-writer, class internal
             shop.wish: author
             shop -> sf : wish | latency 59
             taste = truth sf, rule last-writer
             shop.taste: author
             shop -> sf : taste | batch",
        );
    }

    #[test]
    fn a_slow_flow_counts_to_whomever_it_goes() {
        let text = "wish = truth sf, rule last-writer
             shop.wish: author
             lake.wish: reader
             shop -> sf : wish | latency 1
             sf -> lake : wish | batch, latency 60";
        assert_findings(&RULE, &text.replace("last-writer", "last-writer !! last-writer-risky"));
        assert_findings(&RULE, &text.replace("latency 60", "latency 59"));
        assert_eq!(
            messages(&RULE, text),
            ["On wish the last writer wins. A 60-minute-old batch can overwrite a fresh change."]
        );
    }

    #[test]
    fn a_slow_flow_that_ends_before_the_target_does_not_count() {
        assert_findings(
            &RULE,
            "wish = truth sf, rule last-writer
             shop.wish: author
             shop -> sf : wish | latency 1440, until 1",
        );
    }

    #[test]
    fn the_message_names_the_slowest_flow() {
        let text = "wish = truth sf, rule last-writer
             shop.wish: author
             till.wish: author
             shop -> sf : wish | latency 90
             till -> sf : wish | latency 240";
        assert_eq!(
            messages(&RULE, text),
            ["On wish the last writer wins. A 240-minute-old batch can overwrite a fresh change."]
        );
    }

    #[test]
    fn the_source_of_truth_wins_instead() {
        assert_fix(
            &RULE,
            "customer = master, key id, truth sf, rule last-writer
             shop.customer: author
             shop -> sf : customer",
            "Source priority: sf wins",
            "customer = master, key id, truth sf, rule source-priority sf shop
             shop.customer: author
             shop -> sf : customer",
        );
    }
}
