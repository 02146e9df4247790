//! The trigger of `sync-chain` clause by clause, and its fixes.

use super::RULE;
use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

const THREE: &str = "com -> oms : order | sync, id one
         oms -> wms : order | sync, id two
         wms -> erp : stock | sync, id three";

#[test]
fn three_calls_in_a_row_are_too_many_and_two_are_normal() {
    assert_findings(&RULE, &format!("{THREE}\ncom, oms, wms, erp   !! sync-chain warning"));
    assert_eq!(messages(&RULE, THREE), ["com → oms → wms → erp: 3 calls wait for each other."]);
    assert_findings(
        &RULE,
        "a -> b : x | sync
         b -> c via bus : x | sync
         c -> d : x | async
         d -> e : x
         bus: hub",
    );
}

#[test]
fn who_calls_counts_and_not_which_way_the_data_goes() {
    assert_findings(
        &RULE,
        "b -> a : x | sync, called-by-to
         b -> c : x | sync
         d -> c : x | sync, called-by-to
         a, b, c, d    !! sync-chain",
    );
    assert_findings(&RULE, "a -> b : x | sync\n b -> c : x | sync\n c -> d : x | sync, called-by-to");
    assert_findings(&RULE, "a -> b : x | sync\n b -> c : x | sync\n c -> d : x | sync, initiator hub");
}

#[test]
fn of_several_longest_chains_the_first_by_id_is_told() {
    let text = "a -> c : x | sync
         a -> b : x | sync
         b -> d : x | sync
         c -> d : x | sync
         d -> e : x | sync
         e -> f : x | sync
         z -> b : x | sync";
    assert_eq!(messages(&RULE, text), ["a → b → d → e → f: 4 calls wait for each other."]);
}

#[test]
fn what_is_known_of_the_availability_is_told_and_the_hub_counts() {
    let known = "bus: hub, availability 99.5
         com: availability 99.9\n oms: availability 99.9\n wms: availability 99.9\n erp: availability 99.9\n";
    assert_eq!(
        messages(&RULE, &format!("{known}{THREE}")),
        ["com → oms → wms → erp: 3 calls wait for each other; at best 99.6 % available."]
    );
    let through_hub = THREE.replace("wms -> erp", "wms -> erp via bus");
    assert_eq!(
        messages(&RULE, &format!("{known}{through_hub}")),
        ["com → oms → wms → erp: 3 calls wait for each other; at best 99.1 % available."]
    );
}

#[test]
fn a_chain_below_the_first_systems_target_is_found_where_all_is_known() {
    let text = "shop: availability 99.95, availability_target 99.9
         pay: availability 99.9
         shop -> pay : payment | sync";
    assert_findings(&RULE, &format!("{text}\nshop, pay  !! sync-chain warning"));
    assert_eq!(
        messages(&RULE, text),
        ["shop → pay: 1 call waits; at best 99.85 % available, and shop needs 99.9 %."]
    );
    assert_findings(&RULE, &text.replace("availability_target 99.9", "availability_target 99.85"));
    assert_findings(&RULE, &text.replace("pay: availability 99.9\n", ""));
    assert_findings(&RULE, &text.replace("sync", "async"));
    // Beside the longest chain of all.
    let both = format!("{THREE}\n{text}\ncom, oms, wms, erp !! sync-chain\nshop, pay !! sync-chain");
    assert_findings(&RULE, &both);
}

#[test]
fn a_circle_is_an_error_and_counts_as_one_in_a_chain() {
    let text = "a -> b : x | sync
         b -> a : x | sync
         b -> c : x | sync
         c -> d : x | sync";
    assert_findings(&RULE, &format!("{text}\na, b   !! sync-chain error"));
    assert_eq!(messages(&RULE, text), ["a → b → a: these calls can wait for themselves."]);
    let wide = "a -> b : x | sync\n b -> a : x | sync\n b -> c : x | sync\n c -> b : x | sync";
    assert_eq!(
        messages(&RULE, wide),
        ["a → b → a, and others among a, b and c: these calls can wait for themselves."]
    );
    let long =
        format!("{text}\n d -> e : x | sync\n a, b !! sync-chain error\n b, c, d, e !! sync-chain warning");
    assert_findings(&RULE, &long);
}

#[test]
fn the_last_of_three_calls_becomes_an_event() {
    assert_fix(
        &RULE,
        &THREE.replace("id three", "latency 0, mechanism rest, pattern request-reply, id three"),
        "Turn the call wms → erp into an event",
        &THREE.replace("sync, id three", "async, latency 0, mechanism event, pattern fire-forget, id three"),
    );
}

#[test]
fn of_a_long_chain_each_third_call_becomes_one() {
    let calls = ["a -> b", "b -> c", "c -> d", "d -> e", "e -> f", "f -> g"];
    let text: Vec<_> = calls.iter().map(|call| format!("{call} : x | sync")).collect();
    assert_eq!(fix_titles(&RULE, &text.join("\n"))[0], "Turn the calls c → d and f → g into events");
}

#[test]
fn where_the_target_is_missed_an_earlier_call_goes() {
    let text = "a: availability 99.9, availability_target 99.5
         b: availability 99\n c: availability 99\n d: availability 99
         a -> b : x | sync
         b -> c : x | sync
         c -> d : x | sync";
    assert_eq!(fix_titles(&RULE, text)[0], "Turn the call a → b into an event");
}

#[test]
fn what_the_first_system_only_asks_for_is_kept_there() {
    let text = "stock = truth oms
         shop -> oms : stock back | sync, id ask
         oms -> wms : order | sync
         wms -> erp : order | sync";
    assert_fix(
        &RULE,
        text,
        "Keep a copy of stock at shop",
        "stock = truth oms
         shop.stock: reader
         shop -> oms : stock back | async, called-by-to, pattern fire-forget, mechanism event, latency 5, \
         marks.latency_min assumed, id ask
         oms -> wms : order | sync
         wms -> erp : order | sync",
    );
    assert_eq!(
        fix_titles(&RULE, THREE),
        ["Turn the call wms → erp into an event", "Read from erp where the data stands instead of chaining"]
    );
}

#[test]
fn a_circle_is_cut_where_it_comes_back_to_the_first() {
    let text = "a -> b : x | sync\n b -> c : x | sync\n c -> a : x | sync\n c -> b : x | sync";
    assert_eq!(fix_titles(&RULE, text), ["Turn the calls c → a and c → b into events"]);
}

#[test]
fn the_longest_chain_is_told_once_also_where_it_misses_a_target() {
    let known = "com: availability 99.9, availability_target 99.95
         oms: availability 99.9\n wms: availability 99.9\n erp: availability 99.9\n";
    assert_eq!(
        messages(&RULE, &format!("{known}{THREE}")),
        [
            "com → oms → wms → erp: 3 calls wait for each other; at best 99.6 % available, and com needs 99.95 %."
        ]
    );
}

#[test]
fn an_availability_that_just_meets_the_target_is_silence_and_is_told_as_it_is() {
    let text = "shop: availability 100, availability_target 50\n pay: availability 50
         shop -> pay : payment | sync";
    assert_findings(&RULE, text);
    let short = "shop: availability 100, availability_target 99.95\n pay: availability 99.9
         shop -> pay : payment | sync";
    assert_eq!(
        messages(&RULE, short),
        ["shop → pay: 1 call waits; at best 99.9 % available, and shop needs 99.95 %."]
    );
}

#[test]
fn many_calls_are_counted() {
    let calls = |count: u8| {
        let call = |place: u8| format!("s{place:02} -> s{:02} : x | sync\n", place + 1);
        (0..count).map(call).collect::<String>()
    };
    assert_eq!(
        fix_titles(&RULE, &calls(9))[0],
        "Turn the calls s02 → s03, s05 → s06 and s08 → s09 into events"
    );
    assert_eq!(fix_titles(&RULE, &calls(12))[0], "Turn 4 calls into events");
}

#[test]
fn a_copy_is_kept_where_the_first_call_fetches_whichever_way_the_flow_is_drawn() {
    let text = "erp -> shop : stock | sync, called-by-to
         erp -> wms : order | sync
         wms -> dock : order | sync";
    let copy = "Keep a copy of stock at shop".to_owned();
    assert!(fix_titles(&RULE, text).contains(&copy));
    let both = text.replace("erp -> shop : stock", "erp -> shop : stock both");
    assert!(!fix_titles(&RULE, &both).contains(&copy));
}

#[test]
fn a_plan_can_say_how_many_calls_are_too_many() {
    let two = "a -> b : x | sync\n b -> c : x | sync";
    let changed = |calls: u8| format!("plan: thresholds {{\"sync-chain.calls\":{calls}}}\n{two}");
    assert_findings(&RULE, two);
    assert_findings(&RULE, &changed(3));
    assert_findings(&RULE, &format!("{}\na, b, c !! sync-chain warning", changed(2)));
}

#[test]
fn an_event_that_is_as_quick_as_events_are_keeps_its_figure() {
    let known = THREE.replace("id three", "latency 5, mechanism event, id three");
    let event =
        THREE.replace("sync, id three", "async, latency 5, mechanism event, pattern fire-forget, id three");
    assert_fix(&RULE, &known, "Turn the call wms → erp into an event", &event);
}

#[test]
fn the_rest_of_a_chain_that_is_told_is_no_chain_of_its_own() {
    let known = "a: availability 99.9, availability_target 99.9
         b: availability 99.9, availability_target 99.9
         c: availability 99.9, availability_target 99.9\n";
    let two = format!("{known} a -> b : x | sync\n b -> c : x | sync");
    assert_findings(&RULE, &format!("{two}\n a, b, c !! sync-chain"));
    let three = format!("{two}\n d: availability 99.9, availability_target 99.9\n c -> d : x | sync");
    assert_findings(&RULE, &format!("{three}\n a, b, c, d !! sync-chain"));
    // Two chains with one end are two chains, and their end is part of both.
    let fork = format!("{two}\n e: availability 99.9, availability_target 99.9\n e -> b : x | sync");
    assert_findings(&RULE, &format!("{fork}\n a, b, c !! sync-chain\n e, b, c !! sync-chain"));
    // A target that the first misses is found further on where the whole of it is not.
    let rest = two.replacen("availability_target 99.9", "availability_target 99", 1);
    assert_findings(&RULE, &format!("{rest}\n b, c !! sync-chain"));
}

#[test]
fn a_longer_chain_that_is_not_too_often_down_hides_no_missed_target() {
    let text = "b: availability 99, availability_target 99.9
         c: availability 99
         d: availability 99
         b -> c : x | sync\n c -> d : x | sync";
    assert_eq!(messages(&RULE, text).len(), 1);
    assert_eq!(messages(&RULE, &format!("{text}\n a -> b : x | sync")).len(), 2);
}
