//! A connection of today that goes with a leaving system and that nothing takes over.

mod connections;

use std::collections::{BTreeMap, BTreeSet};

use crate::edit::Edit;
use crate::landscape::Edge;
use crate::model::{Claim, Disposition};
use crate::rules::disposition_changes::follow_up;
use crate::rules::{
    Family, Finding, Fix, FixAction, LooksAt, Pillar, Place, Report, Rule, Severity, Subject, View,
};

use connections::connections;

/// The rule.
pub static RULE: Rule = Rule {
    id: "post-migration-gap",
    title: "Connection lost by the migration",
    family: Family::PostMigration,
    severity: "error",
    pillar: Pillar::Reliability,
    when: "A flow of today, without a reason why it may drop, carries a domain between a system that does not \
           stand in the target and one that does. What stays received it, and in the target no path leads to \
           it from the source of truth or from the system into which the other migrates. Or what stays \
           supplied it, the system into which the other migrates holds the domain or has a claim in force \
           on it, and no path leads there. Where only parts of the domain have a source of truth, each that \
           fits the partition of what stays must reach it, unless the migration target does. One finding for \
           each domain and staying system says both directions.",
    why: "A system that was migrated well still needs the connections of the one it replaces.",
    what_to_do: "Connect what takes over, or say why nobody needs the data any more.",
    not_when: "Data that is truly dropped: give the flow of today a reason. Several leaving systems give one \
               finding.",
    source: "A successfully migrated CRM still needs to be integrated with the ERP, accounting and marketing \
             systems that surround it.",
    thresholds: &[],
    looks_at: LooksAt::Target,
    check,
    fixes,
};

/// What one staying system loses of one domain.
#[derive(Default)]
struct Gap {
    /// Flows of today that brought it, with their leaving ends.
    received: BTreeSet<(usize, usize)>,
    /// Flows of today that took it away, with their leaving ends.
    supplied: BTreeSet<(usize, usize)>,
}

impl Gap {
    fn leaving(&self) -> BTreeSet<usize> {
        self.received.iter().chain(&self.supplied).map(|(_, end)| *end).collect()
    }
}

fn check(view: &View<'_, '_>, report: &mut Report) {
    for ((domain, stays), gap) in gaps(view) {
        let mut others = gap.leaving();
        others.extend(gap.leaving().into_iter().filter_map(|end| heir(view, end)));
        if !gap.received.is_empty() {
            others.extend(view.authorities()[domain].main_truth(view.index()));
        }
        others.remove(&stays);
        let related: Vec<_> = others.into_iter().map(|other| view.system(other)).collect();
        let message = message(view, domain, stays, &gap);
        report.add_related(Severity::Error, [view.domain(domain), view.system(stays)], related, message);
    }
}

fn message(view: &View<'_, '_>, domain: usize, stays: usize, gap: &Gap) -> String {
    let (system, data) = (view.index().system_name(stays), view.index().domain_name(domain));
    let names = |systems: BTreeSet<usize>| view.names(&systems.into_iter().collect::<Vec<_>>());
    let heirs = names(gap.supplied.iter().filter_map(|(_, end)| heir(view, *end)).collect());
    let go = if gap.leaving().len() == 1 { "goes" } else { "go" };
    let leaving = names(gap.leaving());
    match (gap.received.is_empty(), gap.supplied.is_empty()) {
        (false, true) => format!("{system} loses {data} when {leaving} {go}."),
        (true, _) => format!("{system} no longer reaches {heirs} with {data} when {leaving} {go}."),
        _ => format!(
            "{system} loses {data} when {leaving} {go}, and its own {data} no longer reaches {heirs}."
        ),
    }
}

/// The gaps of the target, by domain and staying system.
fn gaps(view: &View<'_, '_>) -> BTreeMap<(usize, usize), Gap> {
    let index = view.index();
    let stays = |system: usize| view.landscape().stands(system);
    let mut gaps: BTreeMap<(usize, usize), Gap> = BTreeMap::new();
    for edge in view.facts.stages[0].landscape.edges() {
        if !index.flows[edge.flow].flow.dropped_reason.is_empty() {
            continue;
        }
        match (stays(edge.from), stays(edge.to)) {
            (false, true) if is_lost(view, edge) => {
                gaps.entry((edge.domain, edge.to)).or_default().received.insert((edge.flow, edge.from));
            }
            (true, false) if reaches_no_heir(view, edge) => {
                gaps.entry((edge.domain, edge.from)).or_default().supplied.insert((edge.flow, edge.to));
            }
            _ => {}
        }
    }
    gaps
}

/// The system into which one migrates.
fn heir(view: &View<'_, '_>, leaving: usize) -> Option<usize> {
    let system = view.index().systems[leaving].system;
    let migration = system.migration.as_ref().filter(|_| system.disposition == Disposition::Migrate)?;
    view.index().system(migration.into.as_ref()?)
}

/// Whether nothing brings the domain any more to the system that stays.
fn is_lost(view: &View<'_, '_>, edge: &Edge<'_>) -> bool {
    let index = view.index();
    let (id, _) = index.domains[edge.domain];
    let reaches = |source: usize| view.graph(edge.domain).has_path(source, edge.to);
    if heir(view, edge.from).is_some_and(reaches) {
        return false;
    }
    let claims = &view.authorities()[edge.domain].claims;
    let system = |claim: &&Claim| index.system(&claim.system);
    let mut whole = claims.iter().copied().filter(|claim| claim.scope.is_whole()).peekable();
    if whole.peek().is_some() {
        return !whole.any(|claim| system(&claim).is_some_and(reaches));
    }
    let holding = index.systems[edge.to].system.holdings.get(id);
    let partition = holding.map_or("", |holding| holding.partition.as_str());
    let fits = |claim: &&&Claim| {
        let scope = claim.scope.partition.as_str();
        scope.is_empty() || partition.is_empty() || scope == partition
    };
    let mut parts = claims.iter().filter(fits).peekable();
    parts.peek().is_none() || parts.any(|claim| !system(claim).is_some_and(reaches))
}

/// Whether the system that takes over needs the domain and no longer gets it from the one that stays.
fn reaches_no_heir(view: &View<'_, '_>, edge: &Edge<'_>) -> bool {
    let index = view.index();
    let Some(heir) = heir(view, edge.to) else { return false };
    let (id, _) = index.domains[edge.domain];
    let is_truth = view.authorities()[edge.domain].is_truth(heir);
    let holds = index.systems[heir].system.holdings.contains_key(id) || is_truth;
    holds && view.landscape().stands(heir) && !view.graph(edge.domain).has_path(edge.from, heir)
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::Domain(domain), Subject::System(stays)] = finding.subjects.as_slice() else {
        return Vec::new();
    };
    let index = view.index();
    let (Some(domain), Some(stays)) = (index.domain(domain), index.system(stays)) else { return Vec::new() };
    let Some(gap) = gaps(view).remove(&(domain, stays)) else { return Vec::new() };
    let mut fixes = connections(view, domain, stays, &gap);
    let leaving = gap.leaving().into_iter().map(|system| index.systems[system].id);
    fixes.extend(leaving.filter_map(|system| follow_up(index.plan, system)));
    if let Some((flow, _)) = gap.received.iter().chain(&gap.supplied).next() {
        let title = format!("{} is not needed any more: say why", index.domain_name(domain));
        fixes.push(Fix::open(title, Place::Inspector(view.flow(*flow))));
    }
    fixes
}

/// The edits that make the first lost connection again that concerns somebody.
pub(in crate::rules) fn first_connection(
    view: &View<'_, '_>,
    concerns: impl Fn(usize, &BTreeSet<usize>) -> bool,
) -> Option<Vec<Edit>> {
    let lost = gaps(view).into_iter().filter(|((_, stays), gap)| concerns(*stays, &gap.leaving()));
    let mut fixes = lost.flat_map(|((domain, stays), gap)| connections(view, domain, stays, &gap));
    fixes.find_map(|fix| match fix.action {
        FixAction::Edits(edits) => Some(edits),
        FixAction::Open(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    const MOVE: &str = "focal sf
         crm: migrate, into sf, at 1, approach phased\n";

    #[test]
    fn a_receiver_without_a_new_supply_is_found() {
        let text = format!(
            "{MOVE} account = truth crm, truth sf from 1
             acc.account: reader              !! post-migration-gap error
             crm -> acc : account | until 1
             crm -> erp : account | until 1
             sf -> erp : account | since 1"
        );
        assert_findings(&RULE, &text);
        assert_eq!(messages(&RULE, &text), ["acc loses account when crm goes."]);
    }

    #[test]
    fn a_supplier_that_no_longer_reaches_the_heir_is_found() {
        let text = format!(
            "{MOVE} invoice = truth acc
             sf.invoice: reader
             acc.invoice: author              !! post-migration-gap error
             acc -> crm : invoice | until 1"
        );
        assert_findings(&RULE, &text);
        assert_eq!(messages(&RULE, &text), ["acc no longer reaches sf with invoice when crm goes."]);
    }

    #[test]
    fn a_copy_that_supplied_reaches_the_heir_or_its_flow_says_why_not() {
        let supplied = |role: &str, flow: &str| {
            format!(
                "{MOVE} invoice = truth acc
                 sf.invoice: reader
                 lake.invoice: {role}
                 acc -> lake : invoice
                 lake -> crm : invoice | until 1{flow}
                 acc -> sf : invoice | since 1"
            )
        };
        assert_findings(&RULE, &supplied("reader           !! post-migration-gap error", ""));
        assert_findings(&RULE, &supplied("archive          !! post-migration-gap error", ""));
        assert_findings(&RULE, &supplied("reader", ", dropped the accounting supplies it itself"));
        assert_findings(&RULE, &format!("{}\n lake -> sf : invoice | since 1", supplied("reader", "")));
    }

    #[test]
    fn a_path_over_others_from_the_truth_or_the_heir_is_silence() {
        assert_findings(
            &RULE,
            &format!(
                "{MOVE} account = truth mdm
                 crm -> acc : account | until 1
                 mdm -> erp via bus : account
                 erp -> acc : account
                 bus: hub
                 order = truth erp
                 crm -> shop : order | until 1
                 sf -> shop : order | since 1"
            ),
        );
    }

    #[test]
    fn what_the_heir_does_not_hold_or_the_truth_itself_is_silence() {
        assert_findings(
            &RULE,
            &format!(
                "{MOVE} invoice = truth acc
                 acc <-> crm : invoice | until 1
                 crm -> lake : account | until 1, dropped nobody reads it
                 crm -> old : account | until 1
                 old: retire"
            ),
        );
    }

    #[test]
    fn both_directions_and_several_leaving_systems_are_one_finding() {
        let text = format!(
            "{MOVE} crm2: migrate, into sf, at 1
             contact = truth sf
             mkt.contact: author              !! post-migration-gap error
             crm <-> mkt : contact | until 1
             crm2 -> mkt : contact | until 1"
        );
        assert_findings(&RULE, &text);
        assert_eq!(
            messages(&RULE, &text),
            ["mkt loses contact when crm and crm2 go, and its own contact no longer reaches sf."]
        );
    }

    #[test]
    fn of_parts_with_a_truth_each_each_must_arrive() {
        let parts = format!(
            "{MOVE} stock = truth de partition DE, truth fr partition FR
             crm -> shop : stock | until 1
             de -> shop : stock\n"
        );
        assert_findings(&RULE, &format!("{parts} shop.stock: reader  !! post-migration-gap error"));
        assert_findings(&RULE, &format!("{parts} shop.stock: reader, partition DE"));
    }

    #[test]
    fn what_takes_over_can_be_connected_like_before() {
        let before = format!(
            "{MOVE} account = truth crm, truth sf from 1
             bus: hub, ha, canonical
             crm -> acc : account | id old, batch, pattern batch-sync, owner Ann, until 1"
        );
        let new = "batch, pattern batch-sync, owner Ann, since 1, replaces old";
        assert_fix(
            &RULE,
            &before,
            "Connect sf and acc for account",
            &format!("{before} \n sf -> acc : account | {new}"),
        );
        assert_fix(
            &RULE,
            &before,
            "Connect sf and acc for account through bus",
            &format!("{before} \n sf -> acc via bus : account | {new}"),
        );
        assert_eq!(
            fix_titles(&RULE, &before).last().map(String::as_str),
            Some("account is not needed any more: say why")
        );
    }

    #[test]
    fn a_guarded_two_way_flow_comes_back_as_one() {
        let before = format!(
            "{MOVE} contact = truth sf, rule source-priority
             mkt.contact: author
             crm.contact: reader
             crm <-> mkt : contact | id old, until 1, guard both"
        );
        assert_fix(
            &RULE,
            &before,
            "Connect sf and mkt for contact",
            &format!("{before} \n sf <-> mkt : contact | guard both, since 1"),
        );
    }

    #[test]
    fn of_a_two_way_flow_only_the_lost_direction_comes_back() {
        let text = format!(
            "{MOVE} account = truth mdm
             acc.account: reader
             crm.account: reader
             mdm -> sf : account | guard both
             mdm -> crm : account | until 1\n"
        );
        let title = "Connect sf and acc for account";
        let drawn_from_it = format!("{text} crm <-> acc : account | id old, until 1, guard both");
        assert_fix(
            &RULE,
            &drawn_from_it,
            title,
            &format!("{drawn_from_it} \n sf -> acc : account | guard both, since 1"),
        );
        let drawn_to_it = format!("{text} acc <-> crm : account | id old, until 1, guard both");
        assert_fix(
            &RULE,
            &drawn_to_it,
            title,
            &format!("{drawn_to_it} \n acc -> sf : account back | guard both, since 1"),
        );
    }
}
