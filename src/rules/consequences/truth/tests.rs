//! What a system that goes hands over, and to whom.

use super::super::tests::assert_decided;
use crate::model::Disposition::{Migrate, Retire};

/// `crm` retires with Wave 2: the other lines of the plan before and after.
fn assert_retires(before: &str, after: &str) -> Vec<String> {
    assert_decided(
        &format!("wave 3: notes last\ncrm: integrate, exit 2\n{before}"),
        Retire,
        &format!("crm: retire, exit 2\n{after}"),
    )
}

#[test]
fn a_claim_that_ended_before_needs_nobody() {
    let claims = "account = truth crm, truth erp from 1";
    assert_eq!(assert_retires(claims, claims), [""; 0]);
}

#[test]
fn another_part_or_a_later_claim_does_not_make_an_heir() {
    let nobody = ["Nobody takes over order as its source of truth"];
    let parts = "order = truth crm partition DE, truth erp partition FR";
    assert_eq!(assert_retires(parts, parts), nobody);
    let later = "order = truth crm, truth erp from 3";
    assert_eq!(assert_retires(later, later), [""; 0]);
}

#[test]
fn an_author_that_is_gone_takes_nothing_over() {
    let text = "case = truth crm\ncrm.case: author\ndead: retire, exit 1\ndead.case: author";
    let sentences = assert_retires(text, text);
    assert_eq!(sentences, ["Nobody takes over case as its source of truth"]);
}

#[test]
fn the_part_goes_to_who_decides_about_the_whole_in_the_target() {
    let claims = "order = truth erp, truth mdm from target, truth crm partition DE";
    assert_retires(claims, &format!("{claims}, truth mdm partition DE from 2"));
}

#[test]
fn the_truth_passes_at_the_cutover_once_and_only_what_the_system_still_decides() {
    let sentences = assert_decided(
        "focal sf
         wave 3: notes last
         account = truth crm, truth sf from target
         case = truth crm, truth erp from 1
         note = truth erp, truth crm from 3, truth sf from 3
         order = truth crm, truth erp from target
         crm: integrate, at 2, approach phased",
        Migrate,
        "focal sf
         account = truth crm, truth sf from 2
         case = truth crm, truth erp from 1
         note = truth erp, truth sf from 3
         order = truth crm, truth erp from target
         crm: migrate, into sf, at 2, approach phased",
    );
    assert_eq!(
        sentences[1..],
        [
            "sf is the source of truth for account from Wave 2",
            "sf is the source of truth for note from Wave 2",
        ]
    );
}

#[test]
fn what_is_looked_up_elsewhere_is_looked_up_by_the_heir_too() {
    assert_decided(
        "focal sf\ncrm: integrate, at 1, approach phased\ncrm.note: reader, virtual",
        Migrate,
        "focal sf
         crm: migrate, into sf, at 1, approach phased
         crm.note: reader, virtual
         sf.note: reader, virtual",
    );
}
