//! The trigger of `api-budget` clause by clause, its words and its fixes.

use super::RULE;
use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

/// 15,000 calls a day.
const ORG: &str = "focal sf \n plan: org.edition Developer";

fn finds(text: &str) {
    assert_findings(&RULE, &format!("{ORG}\n{text}"));
}

#[test]
fn calls_at_the_focal_system_are_counted_against_its_subscription() {
    finds("a -> sf : x | mechanism rest, records_per_day 10499");
    finds("a -> sf : x | mechanism rest, records_per_day 10500 \n sf:   !! api-budget warning");
    finds("a -> sf : x | mechanism rest, records_per_day 14999 \n sf:   !! api-budget warning");
    finds("a -> sf : x | mechanism rest, records_per_day 15000 \n sf:   !! api-budget error");
    finds(
        "a -> sf : x | mechanism rest, records_per_day 7000
         sf -> b : x | mechanism queue, records_per_day 7000, called-by-to
         sf:   !! api-budget warning",
    );
}

#[test]
fn calls_out_of_it_unknown_volumes_and_unknown_limits_are_silence() {
    finds(
        "sf -> a : x | mechanism rest, records_per_day 90000
         a -> sf : x | mechanism callout, records_per_day 90000
         a -> sf : x | mechanism rest
         a -> sf : x | records_per_day 90000
         a -> b : x | mechanism rest, records_per_day 90000",
    );
    assert_findings(&RULE, "focal sf \n a -> sf : x | mechanism rest, records_per_day 900000");
    assert_findings(
        &RULE,
        "plan: org.edition Developer \n a -> sf : x | mechanism rest, records_per_day 900000",
    );
}

#[test]
fn a_recorded_limit_counts_at_any_system_and_before_the_table() {
    assert_findings(
        &RULE,
        "erp: rate_limit 100      !! api-budget error
         shop: rate_limit 100
         sf -> erp : x | mechanism callout, records_per_day 100
         erp -> shop : x | mechanism rest, records_per_day 69
         shop -> erp : y | mechanism composite, records_per_day 200",
    );
    finds("sf: rate_limit 200000 \n a -> sf : x | mechanism rest, records_per_day 15000");
}

#[test]
fn the_pace_of_the_busiest_hour_is_a_warning() {
    let at = |peak: u32| {
        format!(
            "a -> sf : x | mechanism rest, records_per_day 3000, peak_per_hour {peak}
                 b -> sf : x | mechanism rest, records_per_day 600, peak_per_hour 400"
        )
    };
    finds(&at(599));
    finds(&format!("{} \n sf:   !! api-budget warning", at(600)));
    assert_eq!(
        messages(&RULE, &format!("{ORG}\n{}", at(600))),
        [
            "3,600 of 15,000 calls a day at sf (24 %), but 15,000 at the pace of the busiest hour. Largest: a → \
          sf with 3,000."
        ]
    );
}

#[test]
fn it_looks_at_each_stage() {
    let text = format!("{ORG} \n a -> sf : x | mechanism rest, records_per_day 15000, until 1");
    assert_findings(&RULE, &text);
    assert_findings(&RULE, &format!("{text} \n look at today \n sf:   !! api-budget error"));
}

#[test]
fn the_message_tells_what_is_assumed_and_what_is_not_counted() {
    let text = format!(
        "{ORG}
         a -> sf : x | mechanism rest, records_per_day 8000
         b -> sf : x | mechanism file, records_per_day 4000
         c -> sf : x"
    );
    assert_eq!(
        messages(&RULE, &text),
        ["12,000 of 15,000 calls a day at sf (80 %), 4,000 of them assumed; 1 flow of unknown volume not \
          counted. Largest: a → sf with 8,000."]
    );
}

#[test]
fn the_largest_flows_are_batched_until_it_is_enough() {
    let text = format!(
        "{ORG}
         a -> sf : x | mechanism rest, records_per_day 10000, async
         b -> sf : x | mechanism rest, records_per_day 8000, async
         c -> sf : x | mechanism rest, records_per_day 9000, sync
         d -> sf : x | mechanism rest, records_per_day 10, async"
    );
    let title = "Batch a → sf and 1 other flow (18,000 → 90 calls)";
    assert_eq!(fix_titles(&RULE, &text), [title, "Add call packs to the cost model"]);
    assert_fix(
        &RULE,
        &text,
        title,
        &text
            .replace("rest, records_per_day 10000", "composite, records_per_day 10000")
            .replace("rest, records_per_day 8000", "composite, records_per_day 8000"),
    );
    let one = format!("{ORG} \n a -> sf : x | mechanism soap, records_per_day 20000");
    assert_eq!(fix_titles(&RULE, &one)[0], "Batch a → sf (20,000 → 100 calls)");
}

#[test]
fn polling_gives_way_to_change_data_capture() {
    let poll = format!(
        "{ORG}
         sf -> a : x | batch, mechanism poll, runs_per_day 8000, records_per_run 10, records_per_day 20"
    );
    assert_fix(
        &RULE,
        &poll,
        "Use CDC instead of polling in sf → a (16,000 → 0 calls)",
        &format!("{ORG} \n sf -> a : x | async, pattern fire-forget, mechanism cdc, records_per_day 20"),
    );
}

#[test]
fn a_limit_of_another_system_is_agreed_on() {
    let text = "erp: rate_limit 10 \n a -> erp : x | sync, mechanism rest, records_per_day 10";
    assert_eq!(fix_titles(&RULE, text), ["Agree on a higher limit of erp"]);
}

#[test]
fn only_flows_that_call_are_told_and_the_busiest_hour_only_below_the_bar() {
    let unknown = format!(
        "{ORG}
         a -> sf : x | mechanism rest, records_per_day 0
         b -> sf : x | mechanism rest, peak_per_hour 700"
    );
    assert_eq!(
        messages(&RULE, &unknown),
        [
            "0 of 15,000 calls a day at sf (0 %), but 16,800 at the pace of the busiest hour; 1 flow of unknown \
          volume not counted."
        ]
    );
    let at_bar = format!("{ORG}\n a -> sf : x | mechanism rest, records_per_day 10500, peak_per_hour 700");
    assert_eq!(
        messages(&RULE, &at_bar),
        ["10,500 of 15,000 calls a day at sf (70 %). Largest: a → sf with 10,500."]
    );
}

#[test]
fn a_limit_of_zero_is_reached_by_any_call_and_by_none_else() {
    let calls = |records: u32| {
        format!("erp: rate_limit 0 \n sf -> erp : x | mechanism callout, records_per_day {records}")
    };
    assert_findings(&RULE, &calls(0));
    assert!(messages(&RULE, &calls(5))[0].starts_with("5 of 0 calls a day at erp (100 %)"));
}

#[test]
fn a_recorded_limit_of_the_focal_system_can_be_raised() {
    let text = "focal sf \n sf: rate_limit 100 \n a -> sf : x | mechanism callout, records_per_day 9 \n \
         b -> sf : x | mechanism file, records_per_day 100";
    assert_eq!(fix_titles(&RULE, text), ["Agree on a higher limit of sf"]);
}

#[test]
fn what_the_change_leaves_counts_too() {
    // 20,460 calls: without a's 10,000 below the bar of 10,500, with its 50 collections not.
    let text = format!(
        "{ORG}
         a -> sf : x | mechanism rest, records_per_day 10000, async
         b -> sf : x | mechanism rest, records_per_day 460, async
         c -> sf : x | mechanism rest, records_per_day 10000, sync"
    );
    assert_eq!(fix_titles(&RULE, &text)[0], "Batch a → sf and 1 other flow (10,460 → 53 calls)");
}

#[test]
fn change_data_capture_is_no_call_whoever_asked_before() {
    let poll = format!(
        "{ORG}
         sf -> a : x | mechanism poll, called-by-to, runs_per_day 8000, records_per_run 10, records_per_day 20"
    );
    assert_eq!(fix_titles(&RULE, &poll)[0], "Use CDC instead of polling in sf → a (16,000 → 0 calls)");
}

#[test]
fn a_flow_from_a_system_to_itself_counts_once() {
    let text = "focal sf\nsf -> sf : x | mechanism bulk, records_per_day 10000, runs_per_day";
    assert_findings(&RULE, &format!("sf: rate_limit 10000\n{text} 699"));
    assert_findings(&RULE, &format!("sf: rate_limit 10000    !! api-budget warning\n{text} 700"));
}
