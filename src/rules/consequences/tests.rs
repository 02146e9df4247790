//! What follows from a decision, told on small landscapes.

use super::{Choices, consequences};
use crate::edit::apply;
use crate::model::{Approach, Disposition, Plan};
use crate::plan_file::write;
use crate::rules::parse_sketch;

use Disposition::{Federate, Integrate, Migrate, Retire, Undecided};

/// The plan after a decision about `crm`, and the sentences; drawn twice it changes nothing more.
pub(super) fn decided(plan: &Plan, disposition: Disposition, choices: &Choices) -> (Plan, Vec<String>) {
    let id = "crm".into();
    let step = consequences(plan, &id, disposition, choices);
    let after = apply(plan, step.edits).unwrap();
    let again = consequences(&after, &id, disposition, choices);
    assert_eq!(again.edits, [], "it says the same again: {:?}", again.sentences);
    assert!(again.sentences.len() <= step.sentences.len());
    (after, step.sentences)
}

pub(super) fn assert_decided(before: &str, disposition: Disposition, after: &str) -> Vec<String> {
    let plan = parse_sketch(before).plan;
    let (plan, sentences) = decided(&plan, disposition, &Choices::default());
    let mut expected = parse_sketch(after).plan;
    expected.waves.clone_from(&plan.waves);
    assert_eq!(write(&plan), write(&expected), "{sentences:#?}");
    sentences
}

const LANDSCAPE: &str = "focal sf
     wave 2: notes last
     account = truth crm, truth crm partition DE from 2, rule source-priority crm
     order = truth erp
     crm.order: reader
     crm.note: author, records 5\n";

#[test]
fn a_migration_hands_over_the_truth_and_begins_the_flows_again() {
    let sentences = assert_decided(
        &format!(
            "{LANDSCAPE} crm: integrate
             crm -> shop : account | id feed
             erp -> crm : order | id orders, batch, pattern batch-sync, owner Ann
             crm -> sf : account | id copy
             erp -> shop : order"
        ),
        Migrate,
        "focal sf
         crm: migrate, into sf, at 1, approach phased
         account = truth crm, truth sf partition DE from 2, truth sf from 1, rule source-priority crm sf
         order = truth erp
         crm.order: reader
         crm.note: author, records 5
         sf.order: reader
         sf.note: author
         crm -> shop : account | id feed, until 1
         sf -> shop : account | since 1
         erp -> crm : order | id orders, batch, pattern batch-sync, owner Ann, until 1
         erp -> sf : order | batch, pattern batch-sync, owner Ann, since 1, replaces orders
         crm -> sf : account | id copy, until 1
         erp -> shop : order",
    );
    assert_eq!(
        sentences,
        [
            "crm moves into sf in Wave 1 (phased)",
            "sf is the source of truth for account from Wave 1",
            "sf is the source of truth for a part of account from Wave 1",
            "sf wins conflicts on account where crm did",
            "sf takes over the role author for note",
            "sf takes over the role reader for order",
            "crm → sf ends in Wave 1",
            "crm → shop ends in Wave 1 and sf → shop begins",
            "erp → crm ends in Wave 1 and erp → sf begins",
        ]
    );
}

#[test]
fn what_is_there_already_does_not_begin_twice() {
    assert_decided(
        "focal sf
         wave 3: notes last
         order = truth erp
         crm: integrate, at 2, exit 3, approach phased
         erp -> crm : order, stock | id old
         erp -> sf : order
         crm -> shop : case | id later
         sf -> shop : case | since 3
         crm -> desk : case | id bridge, bridge, since 2, until 3
         crm -> lake : case | id dropped, dropped nobody reads it",
        Migrate,
        "focal sf
         order = truth erp
         crm: migrate, into sf, at 2, exit 3, approach phased
         erp -> crm : order, stock | id old, until 2
         erp -> sf : order
         erp -> sf : stock | since 2
         crm -> shop : case | id later, until 3
         sf -> shop : case | since 3
         crm -> desk : case | id bridge, bridge, since 2, until 3
         crm -> lake : case | id dropped, dropped nobody reads it, until 2",
    );
}

#[test]
fn between_two_that_leave_each_takes_over_when_its_turn_comes() {
    assert_decided(
        "focal sf
         old: migrate, into erp, at 2, approach phased
         crm: integrate, at 1, approach phased
         crm -> old : case | id feed
         dead: retire, exit 1
         erp: integrate
         crm -> dead : case | id last",
        Migrate,
        "focal sf
         old: migrate, into erp, at 2, approach phased
         crm: migrate, into sf, at 1, approach phased
         crm -> old : case | id feed, until 1
         sf -> old : case | since 1, until 2
         sf -> erp : case | since 2
         dead: retire, exit 1
         erp: integrate
         crm -> dead : case | id last, until 1",
    );
}

#[test]
fn a_person_chooses_where_when_and_how() {
    let plan = parse_sketch("focal sf\nwave 2: notes last\ncrm: integrate\nmdm -> shop : account").plan;
    let choices = Choices {
        into: Some("mdm".into()),
        wave: Some("wave-2".into()),
        approach: Some(Approach::Coexistence),
    };
    let (_, sentences) = decided(&plan, Migrate, &choices);
    assert_eq!(sentences, ["crm moves into mdm in Wave 2 (coexistence)"]);
}

#[test]
fn a_plan_without_waves_gets_one_and_without_a_goal_nothing_is_handed_over() {
    assert_decided(
        "account = truth crm\ncrm: integrate\ncrm -> shop : account",
        Migrate,
        "account = truth crm\ncrm: migrate, at 1, approach phased\ncrm -> shop : account",
    );
}

#[test]
fn a_new_flow_against_another_is_guarded() {
    assert_decided(
        "focal sf
         account = truth crm
         crm: integrate, at 1, approach phased
         crm -> shop : account | id feed
         shop -> sf : account",
        Migrate,
        "focal sf
         account = truth crm, truth sf from 1
         crm: migrate, into sf, at 1, approach phased
         crm -> shop : account | id feed, until 1
         sf -> shop : account | since 1, guard forward
         shop -> sf : account",
    );
}

#[test]
fn what_retires_ends_and_its_claim_stays_where_nobody_evidently_takes_over() {
    let sentences = assert_decided(
        "wave 2: notes last
         account = truth crm
         order = truth erp, truth crm partition DE
         case = truth crm
         desk.case: author
         crm: integrate
         crm -> shop : order | id feed
         erp -> shop : order",
        Retire,
        "account = truth crm
         order = truth erp, truth crm partition DE, truth erp partition DE from 2
         case = truth crm, truth desk from 2
         desk.case: author
         crm: retire, exit 2
         crm -> shop : order | id feed, until 2
         erp -> shop : order",
    );
    assert_eq!(
        sentences,
        [
            "crm is switched off after Wave 2",
            "Nobody takes over account as its source of truth",
            "desk is the source of truth for case from Wave 2",
            "erp is the source of truth for a part of order from Wave 2",
            "crm → shop ends in Wave 2",
        ]
    );
}

#[test]
fn what_stays_after_all_is_as_it_was() {
    let before = format!(
        "{LANDSCAPE} crm: integrate
         account = truth crm
         crm -> shop : account | id feed
         erp -> crm : order | id orders, batch, pattern batch-sync, owner Ann
         crm -> sf : account | id copy"
    );
    let before = before.replace(", truth crm partition DE from 2", "").replace("= truth crm\n", "= key id\n");
    let plan = parse_sketch(&before).plan;
    for leaves in [Migrate, Retire] {
        let (gone, _) = decided(&plan, leaves, &Choices::default());
        for stays in [Integrate, Federate, Undecided] {
            let (mut back, sentences) = decided(&gone, stays, &Choices::default());
            back = apply(
                &back,
                crate::edit::change_system(&back, &"crm".into(), |crm| {
                    crm.migration = None;
                    crm.disposition = Integrate;
                }),
            )
            .unwrap();
            assert_eq!(write(&back), write(&plan), "{sentences:#?}");
            assert!(
                sentences.contains(&"crm → shop goes on, and sf → shop does not begin".to_owned())
                    == (leaves == Migrate)
            );
        }
    }
}

#[test]
fn what_was_changed_since_is_left() {
    let text = "focal sf
         account = truth erp
         crm: migrate, into sf, at 1, approach phased
         erp -> crm : account | id old, until 1
         erp -> sf : account | since 1, batch, owner Ann, pattern batch-sync, replaces old";
    let after = text.replace("migrate,", "integrate,").replace("old, until 1", "old");
    let sentences = assert_decided(text, Integrate, &after.replace(", replaces old", ""));
    assert_eq!(sentences, ["erp → crm goes on beside erp → sf"]);
}

#[test]
fn what_is_federated_is_read_where_it_stands() {
    assert_decided(
        "wave 1: notes only
         crm.old: history
         crm: integrate
         crm -> shop : old | id copy, batch, pattern batch-sync
         crm -> desk : old, case | id mixed",
        Federate,
        "crm.old: history
         crm: federate
         crm -> shop : old | id copy, batch, pattern batch-sync, until 1
         crm -> shop : old read | sync, pattern virtual, mechanism zero-copy, since 1
         crm -> desk : old, case | id mixed",
    );
}

#[test]
fn what_is_connected_again_with_a_federated_system_is_read_where_it_stands_too() {
    let flows = "old: migrate, into shop, at 1, approach phased
         shop.past: reader
         crm.past: history
         crm -> old : past | id feed, until 1";
    assert_decided(
        &format!("crm: integrate\n{flows}"),
        Federate,
        &format!(
            "crm: federate\n{flows}
             crm -> shop : past read | sync, pattern virtual, mechanism zero-copy, since 1"
        ),
    );
}

#[test]
fn what_leaves_too_or_is_the_system_itself_takes_nothing_over() {
    let plan = parse_sketch("focal sf\nold: retire, exit 1\ncrm: integrate, at 1, approach phased").plan;
    for into in ["old", "crm", "nobody"] {
        let choices = Choices { into: Some(into.into()), ..Choices::default() };
        let (_, sentences) = decided(&plan, Migrate, &choices);
        assert_eq!(sentences, ["crm moves into sf in Wave 1 (phased)"], "{into}");
    }
}

#[test]
fn a_cutover_after_the_exit_moves_the_exit() {
    for (exit, moved) in [(1, 2), (2, 2), (3, 3)] {
        assert_decided(
            &format!("focal sf\nwave 3: notes last\ncrm: integrate, at 2, exit {exit}, approach phased"),
            Migrate,
            &format!("focal sf\ncrm: migrate, into sf, at 2, exit {moved}, approach phased"),
        );
    }
}

#[test]
fn without_waves_a_system_with_flows_gets_one_for_its_exit() {
    for flow in ["crm -> shop : account | id feed", "shop -> crm : account | id feed"] {
        assert_decided(
            &format!("crm: integrate\n{flow}"),
            Retire,
            &format!("crm: retire, exit 1\n{flow}, until 1"),
        );
    }
    assert_decided("crm: integrate\ndesk -> shop : case", Retire, "crm: retire\ndesk -> shop : case");
}

#[test]
fn what_went_through_the_system_is_connected_again() {
    let sentences = assert_decided(
        "wave 1: notes only
         account = truth erp
         dead: retire, exit 1
         erp -> crm : account | id in
         crm -> shop : account | id out
         erp -> dead : account | id other, until 1
         dead -> desk : account | id lost, until 1",
        Retire,
        "account = truth erp
         dead: retire, exit 1
         crm: retire, exit 1
         erp -> crm : account | id in, until 1
         crm -> shop : account | id out, until 1
         erp -> dead : account | id other, until 1
         dead -> desk : account | id lost, until 1
         erp -> shop : account | since 1",
    );
    assert_eq!(sentences.last().unwrap(), "erp → shop begins in Wave 1");
}

#[test]
fn what_a_federated_system_does_not_only_copy_as_history_is_left() {
    let flows = "shop -> crm : old
         desk -> shop : old
         crm -> desk : old.header
         crm -> mart : old back
         crm -> lake : case
         crm -> bi : looked-up
         crm -> bare
         crm -> app : old | pattern virtual";
    let text = |disposition: &str| {
        format!(
            "crm.old: history\ncrm.case: author\ncrm.looked-up: history, virtual\ncrm: {disposition}\n{flows}"
        )
    };
    assert_decided(&text("integrate"), Federate, &text("federate"));
}

#[test]
fn without_waves_history_is_read_in_place_at_once() {
    assert_decided(
        "crm.old: history\ncrm: integrate\ncrm -> shop : old | id copy, pattern batch-sync",
        Federate,
        "crm.old: history
         crm: federate
         crm -> shop : old read | id copy, sync, pattern virtual, mechanism zero-copy",
    );
}
