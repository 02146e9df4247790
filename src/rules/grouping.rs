//! How findings are shown together: one line for one cause, or sorted under systems, domains, families and
//! pillars. What a finding is does not change; machine formats list each by itself.

use std::collections::BTreeMap;

use crate::model::vocabulary;
use crate::model::{FlowId, Plan, Subject};

use super::{Family, Finding, Severity};

vocabulary! {
    /// What findings are sorted under.
    #[derive(Default)]
    GroupBy {
        /// What would mend them together.
        #[default]
        Cause = "cause",
        /// The systems that they are about.
        System = "system",
        /// The data domains that they are about.
        Domain = "domain",
        /// The family of the rule.
        Family = "family",
        /// The pillar that the rule protects.
        Pillar = "pillar",
    }
}

/// Findings that are shown together.
#[derive(Clone, Debug)]
pub struct Group<'f> {
    /// What they have in common, in a few words; the sentence itself where there is only one.
    pub title: String,
    /// The findings, in the order in which they came.
    pub findings: Vec<&'f Finding>,
}

impl Group<'_> {
    /// The worst severity in it.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.findings.iter().map(|finding| finding.severity).max().unwrap_or(Severity::Advice)
    }
}

/// Sorts findings into groups; the groups come in the order of their first finding.
#[must_use]
pub fn grouped<'f>(plan: &Plan, by: GroupBy, findings: &[&'f Finding]) -> Vec<Group<'f>> {
    let mut groups: Vec<Group<'f>> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for finding in findings {
        let titles = titles(plan, by, finding);
        for title in titles {
            let place = *places.entry(title.clone()).or_insert_with(|| {
                groups.push(Group { title, findings: Vec::new() });
                groups.len() - 1
            });
            groups[place].findings.push(finding);
        }
    }
    if by == GroupBy::Cause {
        groups.iter_mut().for_each(name_cause);
    }
    groups
}

/// The groups that a finding belongs to.
fn titles(plan: &Plan, by: GroupBy, finding: &Finding) -> Vec<String> {
    match by {
        GroupBy::Cause => vec![cause(plan, finding)],
        GroupBy::System => or_landscape(systems(plan, finding)),
        GroupBy::Domain => or_landscape(domains(plan, finding)),
        GroupBy::Family => vec![in_words(finding.rule.family.word())],
        GroupBy::Pillar => vec![in_words(finding.rule.pillar.word())],
    }
}

fn or_landscape(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names.dedup();
    if names.is_empty() { vec!["The whole landscape".to_owned()] } else { names }
}

/// The systems that a finding is about; of a flow, its ends.
fn systems(plan: &Plan, finding: &Finding) -> Vec<String> {
    let of_subject = |subject: &Subject| match subject {
        Subject::System(id) => vec![plan.system_name(id).to_owned()],
        Subject::Flow(id) => plan.flows.get(id).map_or_else(Vec::new, |flow| {
            [&flow.from, &flow.to].map(|end| plan.system_name(end).to_owned()).to_vec()
        }),
        _ => Vec::new(),
    };
    finding.subjects.iter().flat_map(of_subject).collect()
}

/// The domains that a finding is about; of a flow, those that it carries.
fn domains(plan: &Plan, finding: &Finding) -> Vec<String> {
    let of_subject = |subject: &Subject| match subject {
        Subject::Domain(id) => vec![plan.domain_name(id).to_owned()],
        Subject::Flow(id) => plan.flows.get(id).map_or_else(Vec::new, |flow| {
            flow.carries.iter().map(|payload| plan.domain_name(&payload.domain).to_owned()).collect()
        }),
        _ => Vec::new(),
    };
    finding.subjects.iter().flat_map(of_subject).collect()
}

/// Operations findings of flows have one cause where one hub carries the flows, or else where one person
/// answers for them; every other finding is its own cause.
fn cause(plan: &Plan, finding: &Finding) -> String {
    let own = || format!("{} {}", finding.rule.id, finding.message);
    if finding.rule.family != Family::Operations {
        return own();
    }
    match finding.subjects.first() {
        Some(Subject::Flow(id)) => format!("{} ({})", finding.rule.title, who_mends(plan, id)),
        _ => own(),
    }
}

fn who_mends(plan: &Plan, id: &FlowId) -> String {
    let Some(flow) = plan.flows.get(id) else { return "flows that are not there".to_owned() };
    match flow.via.first() {
        Some(hub) => format!("via {}", plan.system_name(hub)),
        None if flow.owner.is_empty() => "direct, without an owner".to_owned(),
        None => format!("direct, {}", flow.owner),
    }
}

/// A cause with one finding says what the finding says; with several, how many flows.
fn name_cause(group: &mut Group<'_>) {
    match &group.findings[..] {
        [only] => group.title.clone_from(&only.message),
        several => group.title = format!("{}: {} flows", group.title, several.len()),
    }
}

/// `source-of-truth` as people read it: "Source of truth".
fn in_words(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    first + &letters.as_str().replace('-', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::sketch::parse;
    use crate::rules::{Facts, Scope, check};

    fn titles_of(text: &str, by: GroupBy) -> Vec<(String, usize)> {
        let plan = parse(text).plan;
        let found = check(&Facts::new(&plan), Scope::AllStages).list;
        let groups = grouped(&plan, by, &found.iter().collect::<Vec<_>>());
        groups.into_iter().map(|group| (group.title, group.findings.len())).collect()
    }

    #[test]
    fn a_finding_stands_under_each_of_its_systems_and_once_under_its_family() {
        let text = "order = truth erp, truth shop
            erp -> shop : order";
        let contested = |groups: Vec<(String, usize)>| {
            groups.into_iter().filter(|(title, _)| title != "Completeness").collect::<Vec<_>>()
        };
        let by_domain = contested(titles_of(text, GroupBy::Domain));
        assert!(by_domain.iter().any(|(title, _)| title == "order"), "{by_domain:?}");
        let by_family = contested(titles_of(text, GroupBy::Family));
        assert!(by_family.contains(&("Source of truth".to_owned(), 1)), "{by_family:?}");
    }

    #[test]
    fn findings_of_flows_stand_under_their_ends_their_load_and_who_mends_them() {
        let text = "aim cutover
            bus: hub
            erp -> shop via bus : order | id f1, auth oauth
            erp -> crm via bus : stock | id f2, auth oauth
            shop -> lake : price | id f3, auth oauth, owner Ada
            shop -> mart : price | id f4, auth oauth, owner Ada
            crm -> lake : price | id f5, auth oauth
            crm -> mart : price | id f6, auth oauth";
        let plan = parse(text).plan;
        let rules = [crate::rules::find("expiry-untracked").unwrap()];
        let found = crate::rules::engine::check_rules(&Facts::new(&plan), Scope::AllStages, &rules).list;
        let of = |by: GroupBy| {
            let groups = grouped(&plan, by, &found.iter().collect::<Vec<_>>());
            let mut told: Vec<_> =
                groups.into_iter().map(|group| format!("{} {}", group.findings.len(), group.title)).collect();
            told.sort();
            told
        };
        let title = rules[0].title;
        assert_eq!(
            of(GroupBy::Cause),
            [
                format!("2 {title} (direct, Ada): 2 flows"),
                format!("2 {title} (direct, without an owner): 2 flows"),
                format!("2 {title} (via bus): 2 flows"),
            ]
        );
        assert_eq!(of(GroupBy::System), ["2 erp", "2 lake", "2 mart", "3 crm", "3 shop"]);
        assert_eq!(of(GroupBy::Domain), ["1 order", "1 stock", "4 price"]);
    }

    #[test]
    fn other_findings_are_their_own_cause_and_stand_under_what_they_are_about() {
        let text = "order = truth erp, truth shop\n erp -> shop : order | guard both";
        let plan = parse(text).plan;
        let found = check(&Facts::new(&plan), Scope::AllStages).list;
        let contested: Vec<_> = found.iter().filter(|finding| finding.rule.id == "truth-contested").collect();
        let titles = |by: GroupBy| {
            let groups = grouped(&plan, by, &contested);
            groups.into_iter().map(|group| group.title).collect::<Vec<_>>()
        };
        assert_eq!(titles(GroupBy::Cause), [contested[0].message.clone()]);
        assert_eq!(titles(GroupBy::Domain), ["order"]);
        let about_system = contested[0].about(Subject::System("erp".into()));
        let groups = grouped(&plan, GroupBy::System, &[&about_system]);
        assert_eq!(groups[0].title, "erp");
        let about_all = contested[0].about(Subject::Landscape);
        assert_eq!(grouped(&plan, GroupBy::Domain, &[&about_all])[0].title, "The whole landscape");
    }
}
