//! A flow that nobody gains by, and flows of which nobody has said what they are worth.

use std::collections::BTreeSet;

use crate::edit::delete;
use crate::model::{Flow, Mark};
use crate::rules::{
    Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, Subject, Threshold, View,
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "value-missing",
    title: "Flow without business value",
    family: Family::Portfolio,
    severity: "warning for a flow of little value; advice where values are blank",
    pillar: Pillar::ResourceAndCost,
    when: "A flow that stands in the target has a value of 0 or 1 and no kind of value. Blank values: one \
           advice for the landscape with their number and share; what is marked as not known is not blank.",
    why: "Every flow costs build, run and attention for years; one that nobody gains by is pure cost.",
    what_to_do: "Record what it is good for (faster, fewer errors, revenue, legal), or remove it.",
    not_when: "The law asks for it: its kind of value is legal.",
    source: "Integrate where data sharing creates measurable business value; 10 to 30 % of integrations turn \
             out to have none.",
    thresholds: &[Threshold {
        name: "value",
        default: 1.0,
        unit: "of 5",
        reason: "0 and 1 say that nobody would notice",
    }],
    looks_at: LooksAt::Target,
    check,
    fixes,
};

fn is_blank(flow: &Flow) -> bool {
    flow.value.is_none() && flow.value_kind.is_none() && flow.marks.get("value") != Some(&Mark::NotKnown)
}

fn check(view: &View<'_, '_>, report: &mut Report) {
    let index = view.index();
    let bar = view.threshold("value");
    let mut blank = 0;
    for &place in &view.landscape().flows {
        let entry = &index.flows[place];
        blank += usize::from(is_blank(entry.flow));
        let is_low = entry.flow.value.is_some_and(|value| f64::from(value) <= bar);
        if is_low && entry.flow.value_kind.is_none() {
            let name = index.flow_name(entry);
            let message = format_args!("No measurable benefit is recorded for {name}.");
            let ends = [entry.from, entry.to].into_iter().flatten().map(|end| view.system(end));
            report.add_related(Severity::Warning, [view.flow(place)], ends.collect::<Vec<_>>(), message);
        }
    }
    let all = view.landscape().flows.len();
    if blank > 0 {
        let share = 100 * blank / all;
        let message = if all == 1 {
            "What the one flow of the target is worth is not recorded.".to_owned()
        } else {
            format!("What a flow is worth is not recorded for {blank} of {all} flows ({share} %).")
        };
        report.add(Severity::Advice, [Subject::Landscape], message);
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let index = view.index();
    let plan = index.plan;
    let Some(Subject::Flow(id)) = finding.subjects.first() else {
        let blank = view.landscape().flows.iter().find(|&&flow| is_blank(index.flows[flow].flow));
        let open = |flow: &usize| {
            let name = plan.flow_name(index.flows[*flow].id);
            Fix::open(format!("Say what {name} is worth"), Place::Inspector(view.flow(*flow)))
        };
        return blank.map(open).into_iter().collect();
    };
    let name = plan.flow_name(id);
    let edits = delete(plan, &BTreeSet::new(), &[id.clone()].into(), &BTreeSet::new()).edits;
    vec![
        Fix::open(format!("Say what {name} is good for"), Place::Inspector(Subject::Flow(id.clone()))),
        Fix::edits(format!("Delete {name}"), edits),
    ]
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    #[test]
    fn little_value_is_found_flow_by_flow() {
        assert_findings(
            &RULE,
            "a -> b : x | value 0      !! value-missing warning
             b -> c : x | value 1      !! value-missing warning
             c -> d : x | value 2",
        );
    }

    #[test]
    fn a_kind_of_value_speaks_for_itself() {
        assert_findings(&RULE, "a -> b : x | value 0, value_kind legal\nb -> c : x | value_kind faster");
    }

    #[test]
    fn blank_values_are_one_advice_with_their_share() {
        let text = "a -> b : x
             b -> c : x
             c -> d : x | value 3";
        assert_findings(&RULE, &format!("{text}\nlandscape !! value-missing advice"));
        let said = "What a flow is worth is not recorded for 2 of 3 flows (66 %).";
        assert_eq!(messages(&RULE, text), [said]);
        assert_eq!(fix_titles(&RULE, text), ["Say what a → b is worth"]);
        let one = messages(&RULE, "a -> b : x");
        assert_eq!(one, ["What the one flow of the target is worth is not recorded."]);
    }

    #[test]
    fn what_is_not_known_or_gone_is_not_blank() {
        assert_findings(
            &RULE,
            "a -> b : x | marks.value not-known
             b -> c : x | until 1
             c -> d : x | value 0, until 1",
        );
        assert_findings(&RULE, "a -> b : x | marks.value assumed\nlandscape !! value-missing");
    }

    #[test]
    fn it_can_go_where_nobody_needs_it() {
        let before = "x = truth a\nc.x: author\nb -> a : x | value 0, id low";
        assert_eq!(fix_titles(&RULE, before), ["Say what b → a is good for", "Delete b → a"]);
        assert_fix(&RULE, before, "Delete b → a", "x = truth a\nc.x: author\nb: other");
    }
}
