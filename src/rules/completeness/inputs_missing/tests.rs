//! The trigger of `inputs-missing` clause by clause, its words and its fixes.

use super::{Mark, RULE, System};
use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages, parse};
use crate::rules::{Facts, Scope, check};

#[test]
fn a_system_and_a_flow_without_an_owner_are_found() {
    assert_findings(
        &RULE,
        "erp: owner_business Ada
         shop: owner_technical Bob
         crm: integrate                    !! inputs-missing advice
         old: retire, run_cost_year 1      !! inputs-missing
         order = truth erp
         shop.order: reader
         erp -> shop : order               !! inputs-missing advice
         erp -> shop : order | owner Ada
         erp -> shop : order | until 1",
    );
}

const OWNED: &str = "owner_business Ada";

#[test]
fn a_role_is_asked_for_where_a_domain_flows_and_nothing_says_what_it_does() {
    let systems = ["erp", "a", "b", "c", "d", "e"].map(|id| format!("{id}: {OWNED}\n")).concat();
    let text = format!(
        "{systems}order = truth erp
         a.order: author
         c.order: virtual
         d.order: records 5
         erp -> a : order | owner Ada
         erp -> b : order | owner Ada
         erp -> c : order | owner Ada
         d -> erp : order | owner Ada
         erp -> e : order | owner Ada, until 1"
    );
    assert_findings(&RULE, &(text.clone() + "\nb !! inputs-missing\nd !! inputs-missing"));
    assert_eq!(
        messages(&RULE, &text)[0],
        "b has no role for order recorded, so who may change order cannot be checked."
    );
}

#[test]
fn several_roles_are_asked_for_at_once_and_each_can_be_not_known() {
    let text = format!(
        "erp: {OWNED}
         shop: {OWNED}
         order = truth erp
         price = truth erp
         stock = truth erp
         erp -> shop : order, price, stock | owner Ada"
    );
    assert_eq!(
        messages(&RULE, &text),
        ["shop has no role for order, price and stock recorded, so who may change them cannot be checked."]
    );
    let mut plan = parse(&text).plan;
    let mut shop = System::clone(&plan.systems["shop"]);
    for domain in ["price", "stock"] {
        shop.marks.insert(format!("holdings.{domain}.role"), Mark::NotKnown);
    }
    plan.systems.insert("shop".into(), shop.into());
    let found = check(&Facts::new(&plan), Scope::AllStages);
    let finding = found.list.iter().find(|finding| finding.rule.id == RULE.id).unwrap();
    let left = "shop has no role for order recorded, so who may change order cannot be checked.";
    assert_eq!(finding.message, left);
}

#[test]
fn whoever_had_a_claim_is_a_reader_and_needs_no_role() {
    assert_findings(
        &RULE,
        &format!(
            "erp: {OWNED}\noms: {OWNED}\norder = truth erp, truth oms from 1\nerp -> oms : order | owner Ada"
        ),
    );
}

#[test]
fn a_region_is_asked_for_where_a_domain_may_not_lie_everywhere() {
    assert_findings(
        &RULE,
        &format!(
            "patient = truth ehr, regions CH&EU
             order = truth erp
             ehr: {OWNED}, region CH
             lab: {OWNED}                       !! inputs-missing
             lab.patient: reader
             erp: {OWNED}
             old: {OWNED}, retire, run_cost_year 5
             old.patient: reader"
        ),
    );
}

#[test]
fn run_cost_is_asked_for_where_a_system_goes() {
    let text = format!(
        "crm: migrate, into sf, at 1, {OWNED}
         sf: {OWNED}
         tool: retire, {OWNED}, run_cost_year 9"
    );
    assert_eq!(
        messages(&RULE, &text),
        ["crm has no run cost recorded, so what its exit saves cannot be checked."]
    );
}

#[test]
fn records_a_day_are_asked_for_at_the_focal_system_only() {
    let systems = ["sf", "a", "b"].map(|id| format!("{id}: {OWNED}\n")).concat();
    let text = format!(
        "focal sf\n{systems}x = truth sf
         a.x: reader
         b.x: reader
         sf -> a : x | owner Ada
         b -> sf : x read | owner Ada
         a -> b : x | owner Ada
         sf -> b : x | owner Ada, records_per_day 0"
    );
    let said = messages(&RULE, &text);
    assert_eq!(said.len(), 2);
    assert_eq!(said[1], "sf → a has no records a day recorded, so what sf has to bear cannot be checked.");
}

#[test]
fn polling_tells_its_calls_by_its_runs_and_their_records() {
    let systems = ["sf", "a"].map(|id| format!("{id}: {OWNED}\n")).concat();
    let flow = |facts: &str| {
        format!("focal sf\n{systems}x = truth sf\na.x: reader\nsf -> a : x | owner Ada, {facts}")
    };
    let asked = |facts: &str| messages(&RULE, &flow(facts)).len();
    assert_eq!(asked("mechanism poll, runs_per_day 10, records_per_run 5"), 0);
    assert_eq!(asked("mechanism poll, runs_per_day 10"), 1);
    assert_eq!(asked("mechanism poll, records_per_run 5"), 1);
    assert_eq!(asked("mechanism bulk, runs_per_day 10, records_per_run 5"), 1);
}

#[test]
fn a_name_in_the_subscription_without_a_figure_is_told_at_the_focal_system() {
    let text = |org: &str| format!("focal sf\nplan: {org}\nsf: {OWNED}\nerp: {OWNED}");
    assert_eq!(
        messages(&RULE, &text("org.edition Golden, org.licences {\"Sales Cloud\":5}")),
        [
            "sf has no figure for the edition Golden and the licence Sales Cloud recorded, so what it has to bear \
          cannot be checked."
        ]
    );
    let known = text("org.edition Enterprise, org.licences {\"CC Plus\":5}");
    assert_eq!(messages(&RULE, &known), [""; 0]);
    assert_eq!(messages(&RULE, &text("org.users 5")), [""; 0]);
    let golden = text("org.edition Golden");
    let not_known = "Record that figure for the edition Golden of sf is not known";
    assert_eq!(
        fix_titles(&RULE, &golden),
        ["Say which edition and licences sf has, or what they allow", not_known]
    );
    assert_eq!(fix_titles(&RULE, &golden.replace("sf: owner_business Ada", ""))[0], "Fill in owner of sf");
    assert_fix(&RULE, &golden, not_known, &golden.replace("sf: owner", "sf: marks.org not-known, owner"));
}

#[test]
fn what_is_not_known_is_not_asked_for_again_and_a_guess_is_no_answer() {
    let with = |mark: &str| format!("crm: marks.owner_business {mark}");
    assert_findings(&RULE, &with("not-known"));
    assert_findings(&RULE, &(with("assumed") + " !! inputs-missing"));
}

#[test]
fn everything_that_is_missing_is_one_finding_and_can_be_not_known() {
    let before = "crm: migrate, into sf, at 1, approach phased
         sf: owner_business Ada
         order = truth sf";
    assert_eq!(
        messages(&RULE, before),
        ["crm has no owner and no run cost recorded, so who is to act and what its exit saves cannot be \
          checked."]
    );
    let not_known = "Record that owner and run cost of crm are not known";
    assert_eq!(fix_titles(&RULE, before), ["Fill in owner and run cost of crm", not_known]);
    let marks = "phased, marks.owner_business not-known, marks.run_cost_year not-known";
    assert_fix(&RULE, before, not_known, &before.replace("phased", marks));
}

#[test]
fn a_flow_can_be_not_known_too() {
    let before = "focal sf
         sf: owner_business Ada
         a: owner_business Ada
         x = truth sf
         a.x: reader
         sf -> a : x";
    let after =
        before.replace("sf -> a : x", "sf -> a : x | marks.owner not-known, marks.records_per_day not-known");
    assert_fix(&RULE, before, "Record that owner and records a day of sf → a are not known", &after);
}

#[test]
fn a_fix_names_the_roles_and_the_region_of_its_own_system_only() {
    let text = format!(
        "erp: {OWNED}, region CH
         patient = truth erp, regions CH
         order = truth erp
         price = truth erp
         shop.price: author
         shop: {OWNED}
         erp -> shop : price | owner Ada"
    );
    let lab = format!("{text}\nlab: {OWNED}\nlab.patient: reader\nerp -> lab : patient, order | owner Ada");
    assert_eq!(fix_titles(&RULE, &lab)[0], "Fill in role for order and region of lab");
    let sends = format!("{text}\nlab: {OWNED}\nlab -> erp : order | owner Ada");
    assert_eq!(fix_titles(&RULE, &sends)[0], "Fill in role for order of lab");
    let unrestricted = format!(
        "{text}\nlab: {OWNED}\nlab.price: reader\nlab.stay: reader\nstay = truth erp, regions CH
         ward: {OWNED}\nerp -> ward : order | owner Ada\nward.price: reader"
    );
    let told = messages(&RULE, &unrestricted);
    assert!(told[0].starts_with("lab has no region recorded"), "{told:?}");
    assert_eq!(fix_titles(&RULE, &unrestricted)[0], "Fill in region of lab");
    let ward = unrestricted.replace("lab: owner_business Ada", "lab: owner_business Ada, region CH");
    assert_eq!(fix_titles(&RULE, &ward)[0], "Fill in role for order of ward");
}
