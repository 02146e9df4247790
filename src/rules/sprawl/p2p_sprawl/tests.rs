//! The trigger of `p2p-sprawl` clause by clause, its words and its fixes.

use super::RULE;
use crate::rules::engine::check_rules;
use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, parse};
use crate::rules::{Facts, FixAction, Place, Scope, Subject, check, offered_fixes};

#[test]
fn each_system_with_a_direct_link_is_touched() {
    let plan = parse(
        "h: hub\na -> b : x\na -> c : x\na -> d : x\nb -> c : x\nc -> d : x\nd -> e : x\nf -> e via h : x",
    )
    .plan;
    let found = check_rules(&Facts::new(&plan), Scope::AllStages, &[&RULE]);
    assert_eq!(found.list[0].related, ["a", "b", "c", "d", "e"].map(|id| Subject::System(id.into())));
}

#[test]
fn more_links_than_systems_is_a_warning() {
    assert_findings(
        &RULE,
        "a -> b : x
         b -> c : x
         c -> d : x
         d -> e : x
         e -> f : x
         f -> a : x
         a -> c : x
         landscape    !! p2p-sprawl warning",
    );
}

#[test]
fn half_a_mesh_is_an_error() {
    assert_findings(
        &RULE,
        "a -> b : x
         b -> c : x
         c -> d : x
         d -> e : x
         e -> a : x
         landscape    !! p2p-sprawl error",
    );
}

#[test]
fn a_chain_a_hub_and_a_suite_are_silence() {
    assert_findings(
        &RULE,
        "a -> b : x
         b -> c : x
         c -> d : x
         d -> e : x",
    );
    assert_findings(
        &RULE,
        "a: suite sap
         b: suite sap
         c: suite sap
         a -> b : x
         b -> c : x
         c -> a : x
         a -> d : x
         b -> d : x
         d -> e via bus : x
         bus: hub",
    );
}

#[test]
fn the_systems_of_a_suite_count_as_one_and_its_hub_as_none() {
    // Seven systems and eight links; six and six where the suite is one.
    let links = "a -> c : x
         b -> c : x
         a -> d : x
         b -> d : x
         c -> e : x
         d -> e : x
         e -> f : x
         f -> g : x\n";
    assert_findings(&RULE, &format!("{links} landscape    !! p2p-sprawl warning"));
    let suite = "a-hub: hub, suite sap\n a: suite sap\n b: suite sap";
    assert_findings(&RULE, &format!("{links} {suite}"));
    assert_findings(&RULE, &format!("{links} {suite}").replace("a-hub", "0-hub"));
}

#[test]
fn a_suite_is_not_the_system_that_is_named_like_it_and_an_end_that_is_a_hub_counts_nothing() {
    // Six systems and seven links, though a is of a suite called b.
    let six = "a -> b : x
         b -> c : x
         c -> d : x
         d -> e : x
         e -> f : x
         f -> a : x
         a -> c : x";
    assert_findings(&RULE, &format!("{six}\na: suite b\nlandscape    !! p2p-sprawl warning"));
    let ring = six.replace("a -> c : x", "bus: hub\na -> bus : x\nbus -> b : x\nc -> bus : x");
    assert_findings(&RULE, &ring);
}

const RING: &str = "x = truth a
     y = truth d
     a -> b : x | id ab
     b -> c : x | id bc
     c -> d : x | id cd
     d -> e : y | id de
     e -> a : y | id ea";

#[test]
fn a_hub_is_inserted_for_the_domain_with_most_links() {
    assert_fix(
        &RULE,
        RING,
        "Insert a hub and re-route these 3 links (direct links fall from 5 to 2, all links rise from 5 to 6, \
         mappings rise from 5 to 8)",
        "integration-hub: integration-platform, canonical, name Integration hub
         x = truth a
         y = truth d
         a -> b via integration-hub : x | id ab
         b -> c via integration-hub : x | id bc
         c -> d via integration-hub : x | id cd
         d -> e : y | id de
         e -> a : y | id ea",
    );
}

#[test]
fn with_waves_the_links_go_when_the_new_hub_is_there() {
    assert_fix(
        &RULE,
        "x = truth a
         y = truth d
         a -> b : x | id ab, batch, pattern batch-sync, owner Ann
         b -> c : x | id bc
         c -> d : x | id cd, since 1
         d -> e : y | id de
         e -> a : y | id ea, sync",
        "Insert a hub and re-route these 3 links (direct links fall from 5 to 2, all links rise from 5 to 6, \
         mappings rise from 5 to 8)",
        "integration-hub: integration-platform, canonical, from 1, name Integration hub
         x = truth a
         y = truth d
         a -> b : x | id ab, batch, pattern batch-sync, owner Ann, until 1
         a -> b via integration-hub : x | batch, pattern batch-sync, owner Ann, since 1, replaces ab
         b -> c : x | id bc, until 1
         b -> c via integration-hub : x | since 1
         c -> d via integration-hub : x | id cd, since 1
         d -> e : y | id de
         e -> a : y | id ea, sync",
    );
}

#[test]
fn a_hub_of_the_target_is_used() {
    assert_fix(
        &RULE,
        &format!("{RING} \n bus: hub, ha, canonical"),
        "Lead 3 flows through bus (direct links fall from 5 to 2, all links rise from 5 to 6, mappings rise \
         from 5 to 8)",
        "bus: hub, ha, canonical
         x = truth a
         y = truth d
         a -> b via bus : x | id ab
         b -> c via bus : x | id bc
         c -> d via bus : x | id cd
         d -> e : y | id de
         e -> a : y | id ea",
    );
}

#[test]
fn the_domain_for_which_a_hub_saves_mappings_goes_first() {
    // The ring of x has more flows, but only y has several on both sides.
    let text = "x = truth a
         y = truth a
         a -> b : x
         b -> c : x
         c -> d : x
         d -> e : x
         e -> f : x
         f -> g : x
         a -> e : y
         a -> f : y
         a -> g : y
         b -> e : y
         b -> f : y
         b -> g : y";
    assert_eq!(
        fix_titles(&RULE, text)[0],
        "Insert a hub and re-route these 6 links (direct links fall from 12 to 6, all links fall from 12 to 11, \
         mappings fall from 12 to 11)"
    );
}

#[test]
fn what_would_stay_sprawl_without_its_waiting_calls_is_not_offered() {
    let waiting = RING.replace("| id", "| sync, id");
    let choose = ["Choose which of the 5 direct links to re-route"];
    assert_eq!(fix_titles(&RULE, &waiting), choose);
    // A link stays while one of its flows does.
    let calls = ["a -> b", "b -> c", "c -> d", "d -> e", "e -> a"].map(|call| format!("{call} : z | sync"));
    assert_eq!(fix_titles(&RULE, &format!("{RING}\n{}", calls.join("\n"))), choose);
}

#[test]
fn on_the_retail_sample_a_hub_is_offered_and_the_links_fall() {
    let text = include_str!("../../../../sample_landscapes/retail.plan.ron");
    let plan = crate::plan_file::read(text).unwrap();
    let facts = Facts::new(&plan);
    let findings = check(&facts, Scope::AllStages);
    let finding = findings.list.iter().find(|finding| finding.rule.id == RULE.id).unwrap();
    let offered = offered_fixes(&facts, &findings, finding);
    let [(fix, Some(preview)), (choose, None)] = offered.as_slice() else {
        panic!("a hub and a choice: {offered:#?}")
    };
    assert_eq!(choose.title, "Choose which of the 24 direct links to re-route");
    let FixAction::Open(Place::Selection { subjects: flows, .. }) = &choose.action else {
        panic!("{choose:?}")
    };
    assert!(flows.contains(&Subject::Flow("web-shop-to-salesforce-customer".into())), "{flows:?}");
    assert!(fix.title.starts_with("Insert a hub and re-route these "), "{}", fix.title);
    let (before, after) = (&preview.numbers.0.structure, &preview.numbers.1.structure);
    assert!(after.direct_links <= after.direct_systems, "{after:?}");
    assert!(after.links < before.links, "{before:?} {after:?}");
    assert_eq!(preview.plan.systems.len(), plan.systems.len() + 1);
}

#[test]
fn as_many_mappings_with_a_hub_as_without_save_nothing() {
    // Two publishers and two subscribers of y are four mappings with and without a hub.
    let text = "x = truth a
         y = truth a
         a -> b : x
         b -> c : x
         c -> d : x
         d -> e : x
         e -> f : x
         f -> g : x
         a -> e : y
         a -> f : y
         b -> e : y
         b -> f : y";
    assert!(fix_titles(&RULE, text)[0].starts_with("Insert a hub and re-route these 6 links"));
}
