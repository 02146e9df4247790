//! What becomes of the flows of a system that goes.

use super::super::consequences;
use super::super::tests::{assert_decided, decided};
use crate::model::Disposition::{Migrate, Retire};
use crate::rules::consequences::Choices;
use crate::rules::parse_sketch;

#[test]
fn a_flow_with_an_end_or_a_hub_that_the_plan_does_not_have_is_left_alone() {
    for flow in ["crm -> ?gone : account", "?gone -> crm : account", "crm -> shop via ?gone : account"] {
        let plan = parse_sketch(&format!("focal sf\ncrm: integrate, at 1, approach phased\n{flow}")).plan;
        let (after, sentences) = decided(&plan, Migrate, &Choices::default());
        assert_eq!(sentences, ["crm moves into sf in Wave 1 (phased)"], "{flow}");
        assert_eq!(after.flows, plan.flows);
    }
}

#[test]
fn flows_of_others_are_left_alone() {
    assert_decided(
        "focal sf
         old: migrate, into erp, at 1, approach phased
         crm: integrate, at 2, approach phased
         old -> shop : case | id other",
        Migrate,
        "focal sf
         old: migrate, into erp, at 1, approach phased
         crm: migrate, into sf, at 2, approach phased
         old -> shop : case | id other",
    );
}

#[test]
fn a_flow_that_was_to_begin_later_begins_with_what_takes_over() {
    let sentences = assert_decided(
        "focal sf
         wave 3: notes last
         crm: integrate, at 1, exit 2, approach phased
         crm -> shop : account | id later, since 2
         crm -> desk : account | id short, since 2, until 3
         crm -> lake : account | id trial, since 2, dropped nobody reads it",
        Migrate,
        "focal sf
         crm: migrate, into sf, at 1, exit 2, approach phased
         sf -> shop : account | id later, since 2
         sf -> desk : account | id short, since 2, until 3
         sf -> lake : account | id trial, since 2, dropped nobody reads it",
    );
    assert_eq!(
        sentences[1..],
        [
            "sf → shop begins in the place of crm → shop",
            "sf → desk begins in the place of crm → desk",
            "sf → lake begins in the place of crm → lake"
        ]
    );
}

#[test]
fn a_flow_that_was_to_begin_later_does_not_where_nobody_takes_over() {
    let sentences = assert_decided(
        "wave 2: notes last
         crm: integrate, exit 1
         erp -> crm : account | id old, until 1
         crm -> shop : account | id later, since 2, replaces old
         erp -> shop : stock | since 2, replaces later",
        Retire,
        "crm: retire, exit 1
         erp -> crm : account | id old, until 1
         erp -> shop : stock | since 2",
    );
    assert_eq!(sentences, ["crm → shop does not begin any more"]);
}

#[test]
fn a_flow_that_ends_with_the_cutover_or_is_meant_for_the_time_until_the_exit_is_left_alone() {
    let flows = "old: migrate, into erp, at 1, approach phased
         erp: integrate
         crm -> old : case | id before, until 2
         crm -> shop : case | id after, since 2, until 3";
    assert_decided(
        &format!("focal sf\ncrm: integrate, at 2, exit 3, approach phased\n{flows}"),
        Migrate,
        &format!("focal sf\ncrm: migrate, into sf, at 2, exit 3, approach phased\n{flows}"),
    );
}

#[test]
fn a_flow_that_ends_before_the_exit_with_nothing_after_it_goes_over_at_the_cutover() {
    assert_decided(
        "focal sf
         wave 5: notes last
         crm: integrate, at 2, exit 4, approach phased
         shop -> crm : case | id feed, until 3
         desk -> crm : case | id bridge, bridge, until 5",
        Migrate,
        "focal sf
         crm: migrate, into sf, at 2, exit 4, approach phased
         shop -> crm : case | id feed, until 2, dropped ends with Wave 3 as planned before
         shop -> sf : case | since 2, until 3
         desk -> crm : case | id bridge, bridge, until 2
         desk -> sf : case | since 2, until 5",
    );
}

#[test]
fn what_takes_over_ends_when_the_flow_was_planned_to_and_nothing_begins_beside_it() {
    let sentences = assert_decided(
        "focal sf
         wave 3: notes last
         account = truth crm
         crm: integrate, at 1, approach phased
         crm -> shop : account | id feed, until 2
         crm <-> desk : account | id both, until 3
         crm -> lake : account | id lasting",
        Migrate,
        "focal sf
         account = truth crm, truth sf from 1
         crm: migrate, into sf, at 1, approach phased
         crm -> shop : account | id feed, until 1, dropped ends with Wave 2 as planned before
         sf -> shop : account | since 1, until 2
         crm <-> desk : account | id both, until 1, dropped ends with Wave 3 as planned before
         sf <-> desk : account | since 1, until 3
         crm -> lake : account | id lasting, until 1
         sf -> lake : account | since 1",
    );
    assert!(sentences.contains(&"crm → shop ends in Wave 1 and sf → shop begins".to_owned()));
}

#[test]
fn what_only_a_bridge_or_a_flow_of_before_brings_is_connected_again() {
    for other in ["bridge, since 1, until 2", "until 1"] {
        let flows = format!(
            "crm -> shop : account | id feed, until 1
             sf -> shop : account | id other, {other}
             sf -> desk : account | since 1"
        );
        assert_decided(
            &format!(
                "focal sf\nwave 2: notes last\naccount = truth crm
                 crm: integrate, at 1, approach phased\n{flows}"
            ),
            Migrate,
            &format!(
                "focal sf\naccount = truth crm, truth sf from 1
                 crm: migrate, into sf, at 1, approach phased\n{flows}
                 sf -> shop : account | since 1"
            ),
        );
    }
}

#[test]
fn a_flow_that_was_to_end_because_the_system_does_goes_on_with_what_takes_over() {
    assert_decided(
        "focal sf
         wave 3: notes last
         account = truth crm
         crm: retire, at 1, exit 2, approach phased
         crm -> shop : account | id feed, until 2",
        Migrate,
        "focal sf
         account = truth crm, truth sf from 1
         crm: migrate, into sf, at 1, exit 2, approach phased
         crm -> shop : account | id feed, until 1
         sf -> shop : account | since 1",
    );
}

#[test]
fn another_end_that_cut_over_before_the_flow_began_ends_nothing() {
    assert_decided(
        "focal sf
         old: migrate, into erp, at 1, exit 4, approach coexistence
         erp: integrate
         crm: integrate, at 3, approach phased
         crm -> old : case | id feed, since 1",
        Migrate,
        "focal sf
         old: migrate, into erp, at 1, exit 4, approach coexistence
         erp: integrate
         crm: migrate, into sf, at 3, approach phased
         crm -> old : case | id feed, since 1, until 3
         sf -> erp : case | since 3",
    );
}

#[test]
fn while_both_run_beside_each_other_the_flows_between_them_go_on_until_the_exit() {
    let flows = |between: &str, other: &str| {
        format!(
            "crm -> sf : account | id there{between}
             sf -> crm : case | id back{between}
             crm -> shop : order | id feed{other}"
        )
    };
    for (exit, ends) in [("", "3"), (", exit 2", "2")] {
        let system = format!("wave 3: notes last\ncrm: integrate, at 1, approach coexistence{exit}");
        assert_decided(
            &format!("focal sf\n{system}\n{}", flows("", "")),
            Migrate,
            &format!(
                "focal sf\n{}\n{}\nsf -> shop : order | since 1",
                system.replace("integrate,", "migrate, into sf,"),
                flows(&format!(", until {ends}"), ", until 1")
            ),
        );
    }
}

#[test]
fn what_begins_in_the_target_only_keeps_no_flow_alive_until_then() {
    assert_decided(
        "focal sf
         crm: integrate, at 1, approach coexistence
         crm -> shop : order | id feed
         sf -> shop : order | id last, since target",
        Migrate,
        "focal sf
         crm: migrate, into sf, at 1, approach coexistence
         crm -> shop : order | id feed, until 1
         sf -> shop : order | id last, since target
         sf -> shop : order | since 1",
    );
}

#[test]
fn into_a_system_that_is_switched_off_nothing_begins() {
    assert_decided(
        "focal sf
         old: retire, into erp, exit 2
         gone: retire, exit 2
         lost: migrate, into gone, at 2, approach phased
         erp: integrate
         crm: integrate, at 1, approach phased
         crm -> old : case | id feed
         crm -> lost : case | id other",
        Migrate,
        "focal sf
         old: retire, into erp, exit 2
         gone: retire, exit 2
         lost: migrate, into gone, at 2, approach phased
         erp: integrate
         crm: migrate, into sf, at 1, approach phased
         crm -> old : case | id feed, until 1
         sf -> old : case | since 1, until 2
         crm -> lost : case | id other, until 1
         sf -> lost : case | since 1, until 2",
    );
}

#[test]
fn where_a_hub_goes_another_hub_takes_its_place_or_the_flow_goes_directly() {
    for (focal, hub, via) in [("bus", "bus: integration-platform, hub\n", " via bus"), ("sf", "", "")] {
        assert_decided(
            &format!(
                "focal {focal}\n{hub}crm: integrate, hub, at 1, approach phased
                 erp -> shop via crm : order | id feed"
            ),
            Migrate,
            &format!(
                "focal {focal}\n{hub}crm: migrate, hub, into {focal}, at 1, approach phased
                 erp -> shop via crm : order | id feed, until 1
                 erp -> shop{via} : order | since 1"
            ),
        );
    }
}

#[test]
fn only_what_others_do_not_bring_yet_begins() {
    assert_decided(
        "focal sf
         crm: integrate, at 1, approach phased
         crm -> shop : order | id part
         sf -> shop : order | partition DE
         crm <-> desk : case, note | id both
         desk -> sf : case
         crm -> lake | id bare
         crm -> mart | id again
         sf -> mart | id known",
        Migrate,
        "focal sf
         crm: migrate, into sf, at 1, approach phased
         crm -> shop : order | id part, until 1
         sf -> shop : order | partition DE
         sf -> shop : order | since 1
         crm <-> desk : case, note | id both, until 1
         desk -> sf : case
         sf -> desk : case, note both | since 1
         crm -> lake | id bare, until 1
         sf -> lake | since 1
         crm -> mart | id again, until 1
         sf -> mart | id known",
    );
}

#[test]
fn a_system_that_the_plan_does_not_have_has_no_consequences() {
    let plan = parse_sketch("crm -> shop : order").plan;
    let step = consequences(&plan, &"nobody".into(), Migrate, &Choices::default());
    assert_eq!(step.edits, []);
}
