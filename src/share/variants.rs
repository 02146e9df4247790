//! Variants of one plan side by side: where they decide differently, and what each comes to in the target.

use std::collections::BTreeSet;

use crate::model::{DomainId, Plan, SystemId};
use crate::numbers::MEASURES;
use crate::rules::{ALL, Facts, Findings, Scope, Severity, check};

/// One thing that the variants have in common as a question, and what each answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What is compared.
    pub name: String,
    /// What each variant says, in their order; empty where it does not have the thing.
    pub cells: Vec<String>,
}

/// Where variants of a plan differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Variants {
    /// The plans' names.
    pub names: Vec<String>,
    /// Systems that become something else in one of them.
    pub dispositions: Vec<Row>,
    /// Domains that another system is the source of truth for in the target.
    pub truths: Vec<Row>,
    /// The numbers of the target, also where they are the same.
    pub numbers: Vec<Row>,
    /// Findings that stay or come with the plan, by severity, and by rule where the counts differ.
    pub findings: Vec<Row>,
}

/// Puts plans side by side. Systems and domains meet by their ids.
#[must_use]
pub fn variants(plans: &[Plan]) -> Variants {
    let facts: Vec<_> = plans.iter().map(Facts::new).collect();
    let found: Vec<_> = facts
        .iter()
        .map(|facts| check(facts, Scope::AllStages).seen_at(facts.index.timeline.target()))
        .collect();
    Variants {
        names: plans.iter().map(|plan| plan.name.clone()).collect(),
        dispositions: dispositions(plans),
        truths: truths(plans, &facts),
        numbers: numbers(&facts),
        findings: findings(&found),
    }
}

fn dispositions(plans: &[Plan]) -> Vec<Row> {
    let ids: BTreeSet<&SystemId> = plans.iter().flat_map(|plan| plan.systems.keys()).collect();
    let says = |plan: &Plan, id: &SystemId| {
        let system = plan.systems.get(id)?;
        let into = system.migration.as_ref().and_then(|migration| migration.into.as_ref());
        let into = into.filter(|_| system.disposition == crate::model::Disposition::Migrate);
        let into = into.map(|into| format!(" into {}", plan.system_name(into))).unwrap_or_default();
        Some(format!("{}{into}", system.disposition))
    };
    let rows = ids.into_iter().map(|id| {
        let name = plans.iter().find_map(|plan| plan.systems.get(id)).map_or("", |system| &system.name);
        row(name, plans.iter().map(|plan| says(plan, id).unwrap_or_default()))
    });
    rows.filter(differs).collect()
}

fn truths(plans: &[Plan], facts: &[Facts<'_>]) -> Vec<Row> {
    let ids: BTreeSet<&DomainId> = plans.iter().flat_map(|plan| plan.domains.keys()).collect();
    let says = |facts: &Facts<'_>, id: &DomainId| {
        let domain = facts.index.domain(id)?;
        let truths = facts.target().authorities[domain].truths.iter();
        let names: Vec<_> = truths.map(|&system| facts.index.system_name(system)).collect();
        Some(if names.is_empty() { "none".to_owned() } else { names.join(", ") })
    };
    let rows = ids.into_iter().map(|id| {
        let name = plans.iter().find_map(|plan| plan.domains.get(id)).map_or("", |domain| &domain.name);
        row(name, facts.iter().map(|facts| says(facts, id).unwrap_or_default()))
    });
    rows.filter(differs).collect()
}

fn numbers(facts: &[Facts<'_>]) -> Vec<Row> {
    let targets: Vec<_> = facts.iter().map(|facts| facts.numbers(facts.index.timeline.target())).collect();
    let of = |measure: &crate::numbers::Measure| {
        row(measure.label, targets.iter().map(|numbers| measure.text(numbers)))
    };
    MEASURES.iter().map(of).collect()
}

fn findings(found: &[Findings]) -> Vec<Row> {
    let by_severity = Severity::ALL.iter().rev().map(|severity| {
        let name = match severity {
            Severity::Error => "Errors",
            Severity::Warning => "Warnings",
            Severity::Advice => "Advice",
        };
        row(name, found.iter().map(|found| found.count(*severity).to_string()))
    });
    let by_rule = ALL.iter().map(|rule| {
        let count = |found: &Findings| {
            let own = found.list.iter().filter(|finding| finding.rule.id == rule.id && finding.is_open());
            own.count().to_string()
        };
        row(rule.title, found.iter().map(count))
    });
    by_severity.chain(by_rule.filter(differs)).collect()
}

fn row(name: &str, cells: impl Iterator<Item = String>) -> Row {
    Row { name: name.to_owned(), cells: cells.collect() }
}

fn differs(row: &Row) -> bool {
    row.cells.windows(2).any(|pair| pair[0] != pair[1])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{apply, change_system};
    use crate::model::Disposition;
    use crate::rules::parse_sketch;

    #[test]
    fn variants_differ_where_they_decide_differently() {
        let first = parse_sketch("order = truth erp\ncrm: crm\nerp -> crm : order").plan;
        let retire = change_system(&first, &"crm".into(), |system| system.disposition = Disposition::Retire);
        let second = Plan { name: "Leaner".to_owned(), ..apply(&first, retire).unwrap() };
        let variants = variants(&[first, second]);
        assert_eq!(variants.names, ["Sketch", "Leaner"]);
        let cells =
            |rows: &[Row], name: &str| rows.iter().find(|row| row.name == name).unwrap().cells.clone();
        assert_eq!(cells(&variants.dispositions, "crm"), ["integrate", "retire"]);
        assert_eq!(variants.dispositions.len(), 1);
        assert_eq!(variants.truths, []);
        assert_eq!(cells(&variants.numbers, "Systems"), ["2", "1"]);
        assert_eq!(cells(&variants.findings, "Flow to a system that is gone"), ["0", "1"]);
    }
}
