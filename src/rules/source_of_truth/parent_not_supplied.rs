//! A system that owns records without getting the records that they belong to.

use std::borrow::Cow;

use crate::edit::change_system;
use crate::rules::flow_changes::Feed;
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Report, Rule, Severity, Subject, View};

/// The rule.
pub static RULE: Rule = Rule {
    id: "parent-not-supplied",
    title: "A child without its parent's data",
    family: Family::SourceOfTruth,
    severity: "warning",
    pillar: Pillar::Reliability,
    when: "A domain and its parent both have a claim in force; a source of truth of the domain (of the whole, \
           or with scoped claims only each of them) has no claim on the parent, does not look the parent up \
           virtually, and no path of flows that carry the parent leads to it from a system that has one (for the \
           partition that it holds, where one has that). Before the target only sources of truth that stand are \
           asked.",
    why: "An order whose customer never arrives is rejected, or gets a customer of its own.",
    what_to_do: "Bring the parent to the system that owns the child, or look it up.",
    not_when: "Looked up live: mark the access as virtual.",
    source: "Load order and referential integrity: parents before children, also after go-live.",
    thresholds: &[],
    looks_at: LooksAt::EachStage,
    check,
    fixes,
};

/// The truths of a parent that count for a system: those of the partition that it holds, where it names one.
fn suppliers<'a>(view: &View<'a, '_>, parent: usize, system: usize) -> Cow<'a, [usize]> {
    let holding = view.index().holding(system, parent);
    let partition = holding.map_or("", |holding| holding.partition.as_str());
    view.authorities()[parent].truths_for_or_all(view.index(), partition)
}

/// The sources of truth of a domain that a parent's records do not reach.
fn unsupplied(view: &View<'_, '_>, child: usize, parent: usize) -> Vec<usize> {
    let index = view.index();
    let owners = &view.authorities()[parent];
    if owners.truths.is_empty() || child == parent {
        return Vec::new();
    }
    let graph = view.graph(parent);
    let lacks = |system: &usize| {
        let holding = index.holding(*system, parent);
        (view.is_target() || view.landscape().stands(*system))
            && !owners.is_truth(*system)
            && holding.is_none_or(|holding| !holding.is_virtual)
            && !suppliers(view, parent, *system).iter().any(|&truth| graph.has_path(truth, *system))
    };
    view.authorities()[child].sources(index).into_iter().filter(lacks).collect()
}

fn check(view: &View<'_, '_>, report: &mut Report) {
    let index = view.index();
    for (child, (_, domain)) in index.domains.iter().enumerate() {
        for parent in domain.parents.iter().filter_map(|id| index.domain(id)) {
            let systems = unsupplied(view, child, parent);
            if systems.is_empty() {
                continue;
            }
            let mut owners = view.authorities()[parent].sources(index);
            let counts =
                |owner: &usize| systems.iter().any(|&system| suppliers(view, parent, system).contains(owner));
            owners.retain(counts);
            let related: Vec<_> = systems.iter().chain(&owners).map(|&system| view.system(system)).collect();
            let (own, receive) = if systems.len() == 1 { ("owns", "does") } else { ("own", "do") };
            report.add_related(
                Severity::Warning,
                [view.domain(child), view.domain(parent)],
                related,
                format_args!(
                    "{} {own} {}, but {receive} not receive its parent {} from {}.",
                    view.names(&systems),
                    domain.name,
                    index.domain_name(parent),
                    view.names(&owners)
                ),
            );
        }
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::Domain(child), Subject::Domain(parent_id)] = finding.subjects.as_slice() else {
        return Vec::new();
    };
    let index = view.index();
    let (Some(child), Some(parent)) = (index.domain(child), index.domain(parent_id)) else {
        return Vec::new();
    };
    let systems = unsupplied(view, child, parent);
    let mut fixes = Vec::new();
    let owner = view.authorities()[parent].sources(index);
    let counts =
        |owner: usize| systems.iter().any(|&system| suppliers(view, parent, system).contains(&owner));
    let owner = owner.into_iter().find(|&owner| view.landscape().stands(owner) && counts(owner));
    if let (Some(from), &[to]) = (owner, systems.as_slice()) {
        fixes.extend(Feed { domain: parent, from, to }.fixes(view, finding));
    }
    let edits = systems.iter().filter_map(|&system| {
        change_system(index.plan, index.systems[system].id, |system| {
            system.holdings.entry(parent_id.clone()).or_default().is_virtual = true;
        })
    });
    let title = format!("Mark that {} looks {} up", view.names(&systems), index.domain_name(parent));
    fixes.push(Fix::edits(title, edits));
    fixes
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    #[test]
    fn a_truth_that_does_not_get_the_parent_is_found() {
        let text = "customer = truth sf
             order = truth erp, parent customer";
        assert_findings(&RULE, &format!("{text}     !! parent-not-supplied warning"));
        assert_eq!(
            messages(&RULE, text),
            ["erp owns order, but does not receive its parent customer from sf."]
        );
    }

    #[test]
    fn a_path_the_same_truth_virtual_access_and_a_missing_truth_are_silence() {
        assert_findings(
            &RULE,
            "bus: hub
             customer = truth sf
             order = truth erp, parent customer
             sf -> mdm via bus : customer
             mdm -> erp : customer
             case = truth sf, parent customer
             invoice = truth acc, parent customer
             acc.customer: virtual
             note = parent customer
             lead =
             visit = truth app, parent lead",
        );
    }

    #[test]
    fn an_owner_that_is_gone_before_the_target_is_not_asked() {
        let text = "crm: retire, exit 1
             customer = truth mdm
             order = truth crm, truth sf from target, parent customer
             mdm -> sf : customer";
        assert_findings(&RULE, &format!("{text}\nlook at 1"));
        let stands = format!("{text}\ncrm: exit 2\norder =     !! parent-not-supplied\nlook at 1");
        assert_findings(&RULE, &stands);
    }

    #[test]
    fn a_flow_of_the_child_or_the_other_way_does_not_supply() {
        assert_findings(
            &RULE,
            "customer = truth sf
             order = truth erp, parent customer     !! parent-not-supplied
             sf -> erp : order
             erp -> sf : customer",
        );
    }

    #[test]
    fn with_scoped_claims_each_owner_needs_it() {
        assert_findings(
            &RULE,
            "customer = truth sf
             order = truth sap1 partition DE, truth sap2 partition FR, parent customer     !! parent-not-supplied
             sf -> sap1 : customer
             case = truth desk, truth app state draft, parent customer
             sf -> desk : customer",
        );
    }

    #[test]
    fn a_feed_is_added_or_the_access_is_virtual() {
        let before = "customer = truth sf
             order = truth erp, parent customer";
        assert_eq!(
            fix_titles(&RULE, before),
            ["Add a flow of customer from sf to erp", "Mark that erp looks customer up"]
        );
        assert_fix(
            &RULE,
            before,
            "Add a flow of customer from sf to erp",
            &format!("{before}\nsf -> erp : customer"),
        );
        assert_fix(
            &RULE,
            before,
            "Mark that erp looks customer up",
            &format!("{before}\nerp.customer: virtual"),
        );
    }

    #[test]
    fn only_those_are_named_that_have_the_partition_that_is_missing() {
        let text = "customer = truth app partition UK, truth crm partition DE
             order = truth erp, parent customer
             erp.customer: reader, partition DE
             app -> erp : customer";
        let told = "erp owns order, but does not receive its parent customer from crm.";
        assert_eq!(messages(&RULE, text), [told]);
        assert!(fix_titles(&RULE, text).iter().any(|title| title.contains("from crm to erp")));
        let elsewhere = text.replace("reader, partition DE", "reader, partition FR");
        assert_eq!(messages(&RULE, &elsewhere), [""; 0]);
        let nowhere = elsewhere.replace("app -> erp", "app -> shop");
        let told = "erp owns order, but does not receive its parent customer from app and crm.";
        assert_eq!(messages(&RULE, &nowhere), [told]);
    }
}
