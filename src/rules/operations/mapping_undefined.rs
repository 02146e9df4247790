//! A flow between different systems of which nobody agreed how fields correspond.

use crate::landscape::FlowEntry;
use crate::model::{Mapping, Mechanism};
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Report, Rule, Severity, View};

use super::{ask, flow_of, name, touched};

/// The rule.
pub static RULE: Rule = Rule {
    id: "mapping-undefined",
    title: "No mapping rules",
    family: Family::Operations,
    severity: "warning",
    pillar: Pillar::OperationalExcellence,
    when: "The mapping of a flow of the target is neither agreed nor done, and its ends are of different \
           kinds. A draft is not agreed. What nobody recorded counts from the gate cutover on.",
    why: "Each side fills the gaps by itself, and the difference shows in the data after go-live.",
    what_to_do: "Agree field by field what becomes what, and how values are transformed.",
    not_when: "Native connectors with fixed mappings.",
    source: "Clear mapping and transformation rules are to be established for each flow. Names, types, \
             constraints and structure propose them (Cupid, VLDB 2001).",
    thresholds: &[],
    looks_at: LooksAt::Target,
    check,
    fixes,
};

fn is_undefined(view: &View<'_, '_>, entry: &FlowEntry<'_>) -> bool {
    let is_open = match entry.flow.mapping {
        Some(Mapping::Agreed | Mapping::Done) => false,
        Some(Mapping::None | Mapping::Draft) => true,
        None => view.counts_absent(),
    };
    let kind = |end: Option<usize>| end.map(|end| view.index().systems[end].system.kind);
    is_open && kind(entry.from) != kind(entry.to) && entry.flow.mechanism != Some(Mechanism::NativeConnector)
}

fn check(view: &View<'_, '_>, report: &mut Report) {
    for &flow in &view.landscape().flows {
        let entry = &view.index().flows[flow];
        if !is_undefined(view, entry) {
            continue;
        }
        let name = name(view, entry);
        let message = if entry.flow.mapping == Some(Mapping::Draft) {
            format!("The mapping and transformation rules for {name} are a draft that nobody agreed to.")
        } else {
            format!("No mapping and transformation rules for {name}.")
        };
        report.add_related(Severity::Warning, [view.flow(flow)], touched(view, entry), message);
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let Some(entry) = flow_of(view, finding) else { return Vec::new() };
    let name = name(view, entry);
    vec![
        ask(entry, format!("Agree on the mapping of {name}")),
        ask(entry, format!("Agree that both ends of {name} have the same schema")),
    ]
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, fix_titles, messages};

    #[test]
    fn a_mapping_that_is_not_agreed_is_found() {
        assert_findings(
            &RULE,
            "crm: crm
             erp: erp
             crm -> erp : x | mapping none       !! mapping-undefined warning
             crm -> erp : y | mapping draft      !! mapping-undefined warning
             erp -> crm : x | mapping agreed
             erp -> crm : y | mapping done",
        );
    }

    #[test]
    fn systems_of_one_kind_and_native_connectors_are_silence() {
        assert_findings(
            &RULE,
            "aim cutover
             crm: crm
             old: crm
             erp: erp
             crm -> old : x | mapping none
             crm -> erp : x | mechanism native-connector
             erp -> old : x | mechanism marketplace     !! mapping-undefined",
        );
    }

    #[test]
    fn what_was_never_recorded_counts_before_the_cutover() {
        let text = "crm: crm \n erp: erp \n crm -> erp : x";
        assert_findings(&RULE, text);
        assert_findings(&RULE, &format!("aim build \n {text}"));
        assert_findings(&RULE, &format!("aim cutover \n {text} !! mapping-undefined"));
    }

    #[test]
    fn it_takes_people_to_agree() {
        let text = "crm: crm \n erp: erp \n crm -> erp : x | mapping draft";
        assert_eq!(
            fix_titles(&RULE, text),
            ["Agree on the mapping of crm → erp", "Agree that both ends of crm → erp have the same schema"]
        );
        assert_eq!(
            messages(&RULE, text),
            ["The mapping and transformation rules for crm → erp are a draft that nobody agreed to."]
        );
        assert_eq!(
            messages(&RULE, &text.replace("draft", "none")),
            ["No mapping and transformation rules for crm → erp."]
        );
    }
}
