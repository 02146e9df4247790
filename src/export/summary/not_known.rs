//! What nobody has filled in and the document would say more with: by name, so that it can be asked for.

use crate::model::{DataDomain, Disposition, Flow, Migration, System};

use super::phrases::{count, listed};
use super::{Block, Source, fact};

/// Above this many names the rest is counted.
const MOST_NAMES: usize = 8;

/// What may be lacking, and whether it is.
type Question<T> = (&'static str, fn(&T) -> bool);

/// What a system may lack.
const OF_SYSTEMS: &[Question<System>] = &[
    ("A decision", |system| system.disposition == Disposition::Undecided),
    ("Where it moves", |system| migration_lacks(system, |migration| migration.into.is_none())),
    ("The wave of its migration", |system| migration_lacks(system, |migration| migration.wave.is_none())),
    ("How it migrates", |system| migration_lacks(system, |migration| migration.approach.is_none())),
    ("Its owner", |system| system.owner().trim().is_empty()),
];

/// What a domain may lack.
const OF_DOMAINS: &[Question<DataDomain>] = &[
    ("Any source of truth", |domain| domain.truth.is_empty()),
    ("Who wins a conflict", |domain| domain.conflict_rule.is_none()),
    ("How much it must be protected", |domain| domain.class.is_none()),
    ("The key that it is recognised by", |domain| domain.key.trim().is_empty()),
    ("Its steward", |domain| domain.steward.trim().is_empty()),
];

/// What a flow may lack.
const OF_FLOWS: &[Question<Flow>] = &[
    ("What it carries", |flow| flow.carries.is_empty()),
    ("Its pattern", |flow| flow.pattern.is_none()),
    ("Its timing", |flow| flow.timing.is_none()),
    ("Records a day", |flow| flow.records_per_day.is_none()),
    ("Its latency", |flow| flow.latency_min.is_none()),
    ("How its two sides know each other", |flow| flow.auth.is_none()),
    ("Whether it is monitored", |flow| flow.monitored.is_none()),
    ("Its owner", |flow| flow.owner.trim().is_empty()),
];

pub(super) fn blocks(source: Source<'_, '_>) -> Vec<Block> {
    let plan = source.facts.plan();
    let systems = plan
        .systems
        .values()
        .filter(|system| !system.is_hub())
        .map(|system| (&**system, system.name.clone()));
    let domains = plan.domains.values().map(|domain| (&**domain, domain.name.clone()));
    let flows = plan.flows.iter().map(|(id, flow)| (&**flow, plan.flow_name(id)));
    let mut blocks = Vec::new();
    blocks.extend(lacking("Of systems", "not-known-systems", OF_SYSTEMS, &systems.collect::<Vec<_>>()));
    blocks.extend(lacking("Of data domains", "not-known-domains", OF_DOMAINS, &domains.collect::<Vec<_>>()));
    blocks.extend(lacking("Of flows", "not-known-flows", OF_FLOWS, &flows.collect::<Vec<_>>()));
    blocks
}

fn migration_lacks(system: &System, lacks: fn(&Migration) -> bool) -> bool {
    system.disposition == Disposition::Migrate && system.migration.as_ref().is_none_or(lacks)
}

/// One line for each thing that some elements lack; nothing where none lacks anything.
fn lacking<T>(title: &str, anchor: &str, questions: &[Question<T>], elements: &[(&T, String)]) -> Vec<Block> {
    let facts = questions.iter().filter_map(|(what, is_lacking)| {
        let names: Vec<_> = elements
            .iter()
            .filter(|(element, _)| is_lacking(element))
            .map(|(_, name)| name.as_str())
            .collect();
        (!names.is_empty()).then(|| fact(what, named(&names, elements.len())))
    });
    let facts: Vec<_> = facts.collect();
    if facts.is_empty() { Vec::new() } else { vec![super::part(title, anchor), Block::Facts(facts)] }
}

/// "all 6", "2 of 6: ERP and CRM", "20 of 40: … and 12 more".
fn named(names: &[&str], of: usize) -> String {
    if names.len() == of && of > 1 {
        return format!("all {of}");
    }
    let rest = names.len().saturating_sub(MOST_NAMES);
    let mut shown: Vec<_> = names.iter().take(MOST_NAMES).map(|name| (*name).to_owned()).collect();
    if rest > 0 {
        shown.push(count(rest, "other"));
    }
    format!("{} of {of}: {}", names.len(), listed(&shown))
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn few_are_named_and_many_counted() {
        assert_eq!(named(&["ERP", "CRM"], 6), "2 of 6: ERP and CRM");
        assert_eq!(named(&["ERP", "CRM"], 2), "all 2");
        assert_eq!(named(&["x"; 10], 12), "10 of 12: x, x, x, x, x, x, x, x and 2 others");
    }
}
