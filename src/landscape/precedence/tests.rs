//! Who waits for whom, told by sketches.

use super::*;
use crate::model::Plan;
use crate::rules::parse_sketch as parse;

/// Who waits for whom: "account's crm 1 before order's erp 2".
fn waits(text: &str) -> Vec<String> {
    told(&parse(text).plan)
}

fn told(plan: &Plan) -> Vec<String> {
    let index = Index::new(plan);
    let precedence = Precedence::new(&index);
    let name = |place: usize| {
        let moved: &Move<'_> = &precedence.moves[place];
        let load = moved.load.map(|load| format!(".{load}")).unwrap_or_default();
        format!("{}{load}", index.system_name(moved.system))
    };
    let line = |wait: &Wait| format!("{} before {}", name(wait.before), name(wait.after));
    precedence.waits.iter().map(line).collect()
}

const TWO: &str = "crm: migrate, into sf, at 1
    erp: migrate, into sf, at 2
    account = truth crm
    order = truth erp, parent account\n";

#[test]
fn the_parents_truth_of_today_moves_first_and_so_does_what_somebody_said() {
    assert_eq!(waits(TWO), ["crm before erp"]);
    assert_eq!(waits(&format!("{TWO}account = truth sf from 1")), ["crm before erp"]);
    assert_eq!(waits("a: migrate\nb: migrate, migration.after a&a2"), ["a before b"]);
}

#[test]
fn nobody_waits_for_what_stays_is_preloaded_comes_later_or_is_only_looked_up() {
    let stays =
        "erp: migrate\naccount = truth crm\norder = truth erp, parent account\nerp: migration.after crm";
    assert_eq!(waits(stays), [""; 0]);
    assert_eq!(waits(&format!("{TWO}account = preloaded")), [""; 0]);
    let later = "crm: migrate\nerp: migrate\naccount = truth crm from 1\norder = truth erp, parent account";
    assert_eq!(waits(later), [""; 0]);
    assert_eq!(waits(&format!("{later}\ncrm.account:")), [""; 0]);
    let looked_up =
        "crm: migrate\nerp: migrate\naccount = truth crm\norder = parent account\nerp.order: virtual";
    assert_eq!(waits(looked_up), [""; 0]);
    let own = "crm: migrate\nperson = truth crm, parent person\nteam = truth crm, parent person";
    assert_eq!(waits(own), [""; 0]);
}

#[test]
fn claims_say_the_parts_where_holdings_do_not_and_a_load_brings_its_part() {
    let parts = "de: migrate, at 2\nfr: migrate, at 1
        account = truth de partition DE, truth fr partition FR
        order = truth de partition DE, truth fr partition FR, parent account
        till: migrate, at 1\norder = truth till partition IT";
    assert_eq!(waits(parts), [""; 0]);
    let mut plan = parse("crm: migrate, at 3\naccount = truth crm partition EU\norder = truth crm partition EU, parent account").plan;
    let crm = std::sync::Arc::make_mut(plan.systems.get_mut("crm").unwrap());
    for (id, domain) in [("accounts", "account"), ("orders", "order")] {
        let domains = [crate::model::DomainId::new(domain)].into();
        let load = Load { domains, partition: "FR".to_owned(), ..Load::default() };
        crm.loads.insert(LoadId::new(id), load);
    }
    assert_eq!(told(&plan), ["crm.accounts before crm", "crm.accounts before crm.orders"]);
}

#[test]
fn a_system_with_parents_of_its_own_waits_for_another_that_claims_the_same() {
    let claims = |crm: &str, erp: &str| {
        waits(&format!(
            "crm: migrate, at 2\nerp: migrate, at 1
             account = truth crm{crm}, truth erp{erp}
             order = truth erp, parent account"
        ))
    };
    assert_eq!(claims("", ""), ["crm before erp"]);
    assert_eq!(claims(" partition DE", " partition DE"), ["crm before erp"]);
    assert_eq!(claims(" partition DE", " group billing"), ["crm before erp"]);
    assert_eq!(claims(" partition DE", " partition FR, truth erp partition DE"), ["crm before erp"]);
    assert_eq!(claims(" partition DE", " partition FR"), [""; 0]);
    assert_eq!(claims(" group billing", " group address"), [""; 0]);
}

#[test]
fn nobody_waits_for_parents_of_another_part_or_for_others_than_its_own() {
    let parts = "de: migrate
        fr: migrate
        shop: migrate
        account = truth de partition DE, truth fr partition FR
        order = parent account
        de.order:
        fr.order:\n";
    assert_eq!(waits(parts), [""; 0]);
    assert_eq!(waits(&format!("{parts}shop.order: partition FR")), ["fr before shop"]);
    assert_eq!(waits(&format!("{parts}shop.order:")), ["de before shop", "fr before shop"]);
    let whole = "crm: migrate\nerp: migrate\nshop: migrate\nshop.order:
        account = truth crm, truth erp group billing\norder = parent account";
    assert_eq!(waits(whole), ["crm before shop"]);
}

#[test]
fn a_claim_on_a_part_overrides_one_on_the_whole_for_that_part() {
    let claims = |account: &str| {
        waits(&format!(
            "mdm: integrate\nold: migrate\nshop: migrate\nshop.order: partition DE
             account = {account}\norder = parent account"
        ))
    };
    assert_eq!(claims("truth mdm, truth old partition DE"), ["old before shop"]);
    assert_eq!(claims("truth old, truth mdm partition DE"), [""; 0]);
    assert_eq!(claims("truth old, truth mdm partition FR"), ["old before shop"]);
    assert_eq!(claims("truth old, truth mdm partition DE group billing"), ["old before shop"]);
}

#[test]
fn a_cutover_leaves_to_its_loads_what_those_who_wait_hold() {
    let mut plan = parse(
        "old: migrate\nshop: migrate\nshop.order: partition DE\naccount = truth old\norder = parent account",
    )
    .plan;
    let load = Load { partition: "DE".to_owned(), wave: Some("wave-1".into()), ..Load::default() };
    std::sync::Arc::make_mut(plan.systems.get_mut("old").unwrap()).loads = [(LoadId::new("de"), load)].into();
    assert_eq!(told(&plan), ["old.de before shop"]);
}

#[test]
fn a_load_moves_by_itself_and_takes_its_domains_along() {
    let mut plan = parse(TWO).plan;
    let load = Load { domains: ["account".into()].into(), wave: Some("wave-1".into()), ..Load::default() };
    let loads = |load: &Load| [(LoadId::new("first"), load.clone())].into();
    std::sync::Arc::make_mut(plan.systems.get_mut("crm").unwrap()).loads = loads(&load);
    assert_eq!(told(&plan), ["crm.first before erp"]);
    let german = Load { partition: "DE".to_owned(), ..load };
    std::sync::Arc::make_mut(plan.systems.get_mut("crm").unwrap()).loads = loads(&german);
    assert_eq!(told(&plan), ["crm before erp", "crm.first before erp"]);
    let french = Load { domains: BTreeSet::new(), partition: "FR".to_owned(), ..german };
    std::sync::Arc::make_mut(plan.systems.get_mut("erp").unwrap()).loads = loads(&french);
    assert_eq!(told(&plan), ["crm before erp", "crm before erp.first", "crm.first before erp"]);
}

#[test]
fn a_system_that_stays_moves_only_its_loads_and_nobody_comes_after_a_load_by_name() {
    let load = "crm: loads.first.partition DE, loads.first.domains account, loads.first.wave wave-1";
    let stays = format!("{TWO}{load}\ncrm: integrate\nerp: migration.after crm");
    assert_eq!(waits(&stays), ["crm.first before erp"]);
    let loads = "a: migrate\nb: migrate, migration.after a, loads.first.partition DE";
    assert_eq!(waits(loads), ["a before b"]);
    let after_a_load = "a: integrate, loads.first.partition DE\nb: migrate, migration.after a";
    assert_eq!(waits(after_a_load), [""; 0]);
    assert_eq!(waits("a: migrate, migration.after a"), [""; 0]);
}

#[test]
fn a_domain_that_is_its_own_parent_makes_no_part_of_it_wait() {
    let text = "crm: migrate\nperson = truth crm, parent person\ncrm: loads.first.partition DE";
    assert_eq!(waits(text), [""; 0]);
}

#[test]
fn what_waits_in_a_circle_is_a_cycle_and_the_rest_can_be_put_in_order() {
    let text = "a: migrate, at 3
         b: migrate, at 1, migration.after a
         c: migrate, at 2, migration.after b
         x: migrate, at 1, migration.after y
         y: migrate, at 2, migration.after x
         z: migrate, at 4, migration.after c";
    let plan = parse(text).plan;
    let index = Index::new(&plan);
    let precedence = Precedence::new(&index);
    assert_eq!(precedence.cycles(), [[3, 4]]);
    assert_eq!(precedence.circle(3), Some(vec![3, 4, 3]));
    assert_eq!(precedence.circle(0), None);
    assert_eq!(precedence.in_order(), [3, 3, 3, 1, 2, 4].map(Some));
}
