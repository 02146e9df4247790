//! What an earlier departure set in motion, taken back.

use super::super::tests::{assert_decided, decided};
use crate::model::Disposition::{Integrate, Migrate, Retire};
use crate::plan_file::write;
use crate::rules::consequences::Choices;
use crate::rules::parse_sketch;

/// `crm` stays after all, where it was to move into `sf` in Wave 1: the plan before and after, without `crm`.
fn assert_stays(before: &str, after: &str) -> Vec<String> {
    let text = |disposition: &str, rest: &str| {
        format!("focal sf\nwave 4: notes last\ncrm: {disposition}, into sf, at 1, approach phased\n{rest}")
    };
    assert_decided(&text("migrate", before), Integrate, &text("integrate", after))
}

#[test]
fn what_follows_from_a_migration_is_taken_back_wholly() {
    for landscape in [
        "erp -> crm : order, stock | id feed\nerp -> sf : order",
        "account = truth crm\ncrm -> shop : account | id feed\nshop -> sf : account",
        "crm.note: reader, virtual",
        "wave 2: notes last\naccount = truth crm\ncrm -> shop : account | id feed, until 2",
        "crm: hub\nbus: hub\nfocal bus\nerp -> shop via crm : order | id feed",
    ] {
        let plan =
            parse_sketch(&format!("focal sf\ncrm: integrate, at 1, approach phased\n{landscape}")).plan;
        let (gone, _) = decided(&plan, Migrate, &Choices::default());
        let (mut back, sentences) = decided(&gone, Integrate, &Choices::default());
        assert_ne!(write(&gone), write(&plan));
        back.systems.insert("crm".into(), plan.systems["crm"].clone());
        assert_eq!(write(&back), write(&plan), "{sentences:#?}");
    }
}

#[test]
fn what_was_connected_round_a_system_that_retired_does_not_begin_when_it_stays() {
    let plan = parse_sketch(
        "wave 1: notes only
         account = truth erp
         erp -> crm : account | id in
         crm -> shop : account | id out",
    )
    .plan;
    let (gone, _) = decided(&plan, Retire, &Choices::default());
    assert!(gone.flows.contains_key("erp-to-shop-account"));
    let (back, sentences) = decided(&gone, Integrate, &Choices::default());
    assert_eq!(write(&back), write(&plan), "{sentences:#?}");
}

#[test]
fn what_ended_before_is_not_taken_back_and_what_ended_after_goes_on_beside() {
    let sentences = assert_decided(
        "focal sf
         wave 3: notes last
         crm: migrate, into sf, at 2, approach phased
         crm -> shop : case | id before, until 1
         sf -> shop : case | since 1, replaces before
         crm -> desk : case | id after, until 3
         sf -> desk : case | since 3",
        Integrate,
        "focal sf
         crm: integrate, into sf, at 2, approach phased
         crm -> shop : case | id before, until 1
         sf -> shop : case | since 1, replaces before
         crm -> desk : case | id after
         sf -> desk : case | since 3",
    );
    assert_eq!(sentences, ["crm → desk goes on beside sf → desk"]);
}

#[test]
fn what_only_begins_in_the_same_wave_or_stood_before_took_nothing_over() {
    for other in [
        "sf -> desk : account | since 1",
        "desk -> shop : account | since 1",
        "sf -> shop | since 1",
        "sf -> shop : case | since 1",
        "sf -> shop : account",
        "crm -> shop : case",
    ] {
        let sentences = assert_stays(
            &format!("crm -> shop : account | id feed, until 1\n{other}"),
            &format!("crm -> shop : account | id feed\n{other}"),
        );
        assert_eq!(sentences, ["crm → shop goes on"], "{other}");
    }
}

#[test]
fn what_goes_on_between_the_same_ends_stays_in_the_place_of_what_ended() {
    for (old, next) in [
        ("crm -> shop : account", "crm -> shop : account, case"),
        ("erp -> shop via crm : account", "erp -> shop via crm bus : account"),
    ] {
        let text = format!("{old} | id feed, until 1\n{next} | since 1, replaces feed");
        assert_eq!(assert_stays(&text, &text), [""; 0]);
    }
}

#[test]
fn what_was_moved_or_widened_since_is_left() {
    for next in ["mdm -> sf : account", "erp -> sf : account, case"] {
        assert_stays(
            &format!("erp -> crm : account | id feed, until 1\n{next} | since 1, replaces feed"),
            &format!("erp -> crm : account | id feed\n{next} | since 1"),
        );
    }
}

#[test]
fn a_flow_goes_on_where_its_other_end_stays_longer_or_for_good() {
    for other in ["shop: retire, exit 3", "shop: integrate, at 1", "shop: migrate, into desk, at 2"] {
        let sentences = assert_stays(
            &format!("{other}\ncrm -> shop : account | id feed, until 1"),
            &format!("{other}\ncrm -> shop : account | id feed"),
        );
        assert_eq!(sentences, ["crm → shop goes on"], "{other}");
    }
}

#[test]
fn claims_of_others_and_of_later_and_a_place_in_the_order_that_is_not_behind_are_left() {
    assert_stays(
        "account = truth crm, truth sf from 1, rule source-priority crm mdm sf
         case = truth crm, truth sf from 2
         note = truth crm, truth mdm from 1
         order = truth erp, rule source-priority mdm sf",
        "account = truth crm, rule source-priority crm mdm sf
         case = truth crm, truth sf from 2
         note = truth crm, truth mdm from 1
         order = truth erp, rule source-priority mdm sf",
    );
}

#[test]
fn a_role_that_is_used_since_is_left() {
    let used = "crm.note: author
         sf.note: author
         sf -> desk : note
         crm.case: reader
         sf.case: reader
         desk -> sf : case";
    assert_stays(
        &format!("{used}\ncrm.order: reader\nsf.order: reader"),
        &format!("{used}\ncrm.order: reader"),
    );
}

#[test]
fn a_flow_that_goes_on_beside_what_was_changed_since_does_not_say_that_it_ends() {
    let text = "focal sf\nwave 2: notes last\naccount = truth crm
         crm: integrate, at 1, approach phased
         crm -> shop : account | id feed, until 2";
    let plan = parse_sketch(text).plan;
    let (mut gone, _) = decided(&plan, Migrate, &Choices::default());
    assert_eq!(gone.flows["feed"].dropped_reason, "ends with Wave 2 as planned before");
    let successor = gone.flows.keys().find(|id| id.as_str() != "feed").cloned().unwrap();
    std::sync::Arc::make_mut(gone.flows.get_mut(&successor).unwrap()).owner = "Ada".to_owned();
    let (back, _) = decided(&gone, Integrate, &Choices::default());
    assert_eq!(back.flows["feed"].dropped_reason, "");
}
