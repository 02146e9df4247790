//! On the way, a system that stays in use no longer gets its data.

use std::collections::BTreeSet;

use crate::edit::{change_domain, change_flow};
use crate::model::{Role, Stage};
use crate::rules::{
    Facts, Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, StageFacts, Subject, View,
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "coexistence-stale",
    title: "Out of date while both run",
    family: Family::PostMigration,
    severity: "error",
    pillar: Pillar::Reliability,
    when: "After a wave before the target, a system that stands is a reader of a domain (declared, or because \
           its claim has ended) or receives it, a source of truth of the domain stands, and no path leads from \
           one to the system, although there is one today or in the target. The system is no source of truth \
           at the stage compared and has not passed its own cutover, whatever its approach. It counts from \
           when it decides about the domain or the domain flows at it: what it does not use yet cannot be \
           out of date.",
    why: "While old and new run side by side, people still work with the system and do not see that its data \
          has stopped.",
    what_to_do: "Keep the old flow as a bridge, hand over later, or start the new flow earlier.",
    not_when: "The gap is inside one wave: only the state after a wave counts.",
    source: "The synchronisation during and after a migration should be designed during the scoping phase; \
             landscapes are largest while both run.",
    thresholds: &[],
    looks_at: LooksAt::EachStage,
    check,
    fixes,
};

fn check(view: &View<'_, '_>, report: &mut Report) {
    if view.at == 0 || view.is_target() {
        return;
    }
    let index = view.index();
    for (domain, system) in users(view) {
        if !is_stale(view.facts, view.at, domain, system) {
            continue;
        }
        let plan = index.plan;
        let (first, later) = span(view, domain, system);
        let after = plan.stage_name(index.timeline.stage(first));
        let (name, data) = (index.system_name(system), index.domain_name(domain));
        let until = later.map(|later| index.timeline.stage(later)).map_or_else(String::new, |later| {
            let is_target = *later == Stage::Target;
            format!(" until {}", if is_target { "the target" } else { plan.stage_name(later) })
        });
        let no_longer =
            if is_supplied(view.facts, 0, domain, system) { "no longer gets" } else { "does not get" };
        let truths = &view.authorities()[domain].truths;
        let related: Vec<_> = truths.iter().map(|&truth| view.system(truth)).collect();
        report.add_related(
            Severity::Error,
            [view.domain(domain), view.system(system)],
            related,
            format_args!("After {after}, {name} {no_longer} {data}{until}."),
        );
    }
}

/// Domains of which a source of truth stands, and the systems that read or receive them at the view's stage.
fn users(view: &View<'_, '_>) -> Vec<(usize, usize)> {
    let (index, landscape) = (view.index(), view.landscape());
    let mut users = Vec::new();
    for authority in view.authorities() {
        if !authority.truths.iter().any(|&truth| landscape.stands(truth)) {
            continue;
        }
        let domain = authority.domain;
        let receivers = landscape.edges_by_domain[domain].iter().map(|edge| edge.to);
        let claims = index.domains[domain].1.truth.iter();
        let claimants = claims.filter_map(|claim| index.system(&claim.system));
        let holders = index.holders[domain].iter().map(|holder| holder.system);
        let is_reader = |system: &usize| {
            landscape.stands(*system)
                && !index.systems[*system].is_hub
                && authority.role(index, *system) == Some(Role::Reader)
        };
        let first = users.len();
        let readers = holders.chain(claimants).filter(is_reader);
        users.extend(receivers.chain(readers).map(|system| (domain, system)));
        users[first..].sort_unstable();
    }
    users.dedup();
    users
}

/// Whether a path leads from a standing source of truth to a system that is none.
fn is_supplied(facts: &Facts<'_>, at: usize, domain: usize, system: usize) -> bool {
    let stage = &facts.stages[at];
    let authority = &stage.authorities[domain];
    let mut truths = authority.truths.iter().filter(|&&truth| stage.landscape.stands(truth));
    stage.landscape.stands(system)
        && !authority.is_truth(system)
        && truths.any(|&truth| facts.graph(at, domain).has_path(truth, system))
}

/// Whether a system that stands and has not passed its cutover is without the supply that it has today or
/// in the target, while a source of truth stands.
fn is_stale(facts: &Facts<'_>, at: usize, domain: usize, system: usize) -> bool {
    let (stage, target) = (&facts.stages[at], facts.index.timeline.target());
    let authority = &stage.authorities[domain];
    let has_cut_over = facts.index.systems[system].cutover.is_some_and(|cutover| at >= cutover);
    stage.landscape.stands(system)
        && !has_cut_over
        && !authority.is_truth(system)
        && authority.truths.iter().any(|&truth| stage.landscape.stands(truth))
        && !is_supplied(facts, at, domain, system)
        && [0, target].into_iter().any(|at| is_supplied(facts, at, domain, system))
        && is_in_use(facts, at, domain, system)
}

/// Whether a system uses a domain at a stage or did before: it decided about the domain, or the domain
/// flowed at it.
fn is_in_use(facts: &Facts<'_>, at: usize, domain: usize, system: usize) -> bool {
    let is_user = |stage: &StageFacts<'_>| {
        let mut edges = stage.landscape.edges_by_domain[domain].iter();
        stage.authorities[domain].is_truth(system)
            || edges.any(|edge| edge.from == system || edge.to == system)
    };
    facts.stages[..=at].iter().any(is_user)
}

/// The first stage of the gap that the view's stage is in, and the first after it with a supply.
fn span(view: &View<'_, '_>, domain: usize, system: usize) -> (usize, Option<usize>) {
    let stale = |at: &usize| is_stale(view.facts, *at, domain, system);
    let first = (1..=view.at).rev().take_while(stale).last().unwrap_or(view.at);
    let mut after = view.at + 1..view.index().timeline.len();
    (first, after.find(|&at| is_supplied(view.facts, at, domain, system)))
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::Domain(id), Subject::System(system_id)] = finding.subjects.as_slice() else {
        return Vec::new();
    };
    let (index, plan) = (view.index(), view.index().plan);
    let (Some(domain), Some(system)) = (index.domain(id), index.system(system_id)) else { return Vec::new() };
    let (first, later) = span(view, domain, system);
    let first_stage = index.timeline.stage(first);
    let mut fixes = Vec::new();
    let feeds = |at: usize| {
        let edges = view.facts.stages[at].landscape.edges_by_domain[domain].iter();
        let flows: BTreeSet<_> = edges
            .filter(|edge| edge.to == system)
            .map(|edge| &index.flows[edge.flow])
            .map(|f| f.id)
            .collect();
        flows.into_iter().filter_map(|flow| index.flow(flow)).map(|flow| &index.flows[flow])
    };
    if let Some(Stage::Wave(wave)) = later.map(|later| index.timeline.stage(later)) {
        for old in feeds(first - 1).filter(|old| old.life.end == first) {
            let (flow, name) = (plan.flow_name(old.id), &plan.waves[wave].name);
            let edit = change_flow(plan, old.id, |flow| {
                flow.bridge = true;
                flow.until = Some(wave.clone());
            });
            fixes.push(Fix::edits(format!("Keep {flow} as a bridge until {name}"), edit));
        }
        let edit = change_domain(plan, id, |domain| {
            let handed = domain.truth.iter_mut().filter(|claim| claim.from == *first_stage);
            handed.for_each(|claim| claim.from = Stage::Wave(wave.clone()));
        });
        let title = format!("Hand over {} in {}", index.domain_name(domain), plan.waves[wave].name);
        fixes.push(Fix::edits(title, edit));
    }
    for new in later.into_iter().flat_map(|later| feeds(later).filter(move |new| new.life.start == later)) {
        let title = format!("Start {} in {}", plan.flow_name(new.id), plan.stage_name(first_stage));
        let edit = change_flow(plan, new.id, |flow| flow.since = first_stage.clone());
        fixes.push(Fix::edits(title, edit));
    }
    let title = format!("Look at what {} does", index.system_name(system));
    fixes.push(Fix::open(title, Place::Inspector(Subject::System(system_id.clone()))));
    fixes
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, messages};

    /// The truth moves in wave 1, the shop's old feed ends and its new one begins in wave 2.
    const GAP: &str = "sf: crm, from 1
         crm: migrate, into sf, at 1, approach phased, exit 3
         account = truth crm, truth sf from 1
         crm -> shop : account | id old, until 1
         sf -> shop : account | id new, since 2\n";

    #[test]
    fn a_reader_without_supply_on_the_way_is_found() {
        let text = format!("{GAP} shop.account: reader    !! coexistence-stale error \n look at 1");
        assert_findings(&RULE, &text);
        assert_eq!(messages(&RULE, &text), ["After Wave 1, shop no longer gets account until Wave 2."]);
    }

    #[test]
    fn today_the_target_and_the_waves_with_supply_are_silence() {
        for stage in ["today", "2", "target"] {
            assert_findings(&RULE, &format!("{GAP} shop.account: reader \n look at {stage}"));
        }
    }

    #[test]
    fn a_receiver_from_elsewhere_counts_and_a_new_reader_waits_for_the_target() {
        let text = "account = truth sf           !! coexistence-stale error
             cache -> shop : account
             sf -> cache : account | since 2
             look at 1";
        // The cache receives nothing after wave 1 and has no role.
        assert_findings(&RULE, text);
        assert_eq!(messages(&RULE, text), ["After Wave 1, shop does not get account until Wave 2."]);
    }

    #[test]
    fn without_a_standing_truth_a_supply_to_miss_or_before_its_cutover_only_it_is_silence() {
        assert_findings(
            &RULE,
            "account = truth crm, truth sf from 2
             crm: retire, exit 1
             sf.note: author
             shop.account: reader
             crm -> shop : account | until 1
             look at 1",
        );
        assert_findings(
            &RULE,
            "account = truth sf
             shop.account: reader
             tool: exit 2
             look at 1",
        );
        assert_findings(
            &RULE,
            "account = truth sf
             desk: migrate, into sf, at 1, exit 2
             desk.account: reader
             sf -> desk : account | until 1
             look at 1",
        );
    }

    #[test]
    fn what_is_only_used_later_is_not_out_of_date_before() {
        let later = "account = truth mdm
             shop.account: reader
             mdm -> shop : account | since 2";
        assert_findings(&RULE, &format!("{later}\nlook at 1"));
        assert_findings(&RULE, &format!("{later}\nshop: from 1\nlook at 1"));
        let decided = "account = truth shop, truth mdm from 1    !! coexistence-stale
             mdm -> shop : account | since 2
             look at 1";
        assert_findings(&RULE, decided);
    }

    #[test]
    fn it_can_be_bridged_handed_over_later_or_supplied_earlier() {
        let before = format!("{GAP} shop.account: reader");
        let after = |from: &str, to: &str| before.replace(from, to);
        assert_fix(&RULE, &before, "Start sf → shop in Wave 1", &after("id new, since 2", "id new, since 1"));
        let two = "account = truth mdm, truth sf from 1
             shop.account: reader
             mdm -> shop : account | id old, until 2
             sf -> shop : account | id new, since 2";
        assert_fix(
            &RULE,
            two,
            "Hand over account in Wave 2",
            &two.replace("truth sf from 1", "truth sf from 2"),
        );
        let three = "account = truth mdm
             shop.account: reader
             mdm -> shop : account | id old, until 1
             mdm -> shop : account | id new, since 2";
        assert_fix(
            &RULE,
            three,
            "Keep mdm → shop as a bridge until Wave 2",
            &three.replace("id old, until 1", "id old, bridge, until 2"),
        );
    }

    #[test]
    fn a_claimant_that_changes_the_domain_itself_is_no_reader() {
        let text = "account = truth mdm, truth shop from 3
             shop.account: author
             mdm -> shop : account | until 1
             look at 2";
        assert_findings(&RULE, text);
    }
}
