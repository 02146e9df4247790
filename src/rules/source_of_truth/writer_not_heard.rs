//! A writer whose changes never arrive at the source of truth.

use std::borrow::Cow;

use crate::model::Role;
use crate::rules::flow_changes::{Feed, set_role};
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Report, Rule, Severity, Subject, View};

/// The rule.
pub static RULE: Rule = Rule {
    id: "writer-not-heard",
    title: "A writer whose changes never arrive",
    family: Family::SourceOfTruth,
    severity: "error",
    pillar: Pillar::Reliability,
    when: "A system that uses the domain is its author or a system of entry, has no claim on it in force, and \
           no path of flows that carry the domain leads from it to a system that has one (for the writer's \
           partition, where a claim is on that or on all). Silent where no claim is in force.",
    why: "What people enter there stays there: the source of truth never hears of it and every other copy is \
          wrong.",
    what_to_do: "Bring the changes to the source of truth, or stop writing.",
    not_when: "Records that stay local by design: split the domain by state of the record or by partition.",
    source: "Rules must define which system is authoritative for each data domain; the mirror image of a copy \
             with no supply line.",
    thresholds: &[],
    looks_at: LooksAt::EachStage,
    check,
    fixes,
};

/// The truths that decide about what a system writes.
fn truths<'a>(view: &View<'a, '_>, domain: usize, system: usize) -> Cow<'a, [usize]> {
    let index = view.index();
    let holding = index.holding(system, domain);
    let partition = holding.map_or("", |holding| holding.partition.as_str());
    view.authorities()[domain].truths_for_or_all(index, partition)
}

fn check(view: &View<'_, '_>, report: &mut Report) {
    let index = view.index();
    for authority in view.authorities() {
        for &system in authority.users.iter().filter(|&&system| !authority.is_truth(system)) {
            let Some(role @ (Role::Author | Role::Entry)) = authority.role(index, system) else { continue };
            let truths = truths(view, authority.domain, system);
            let graph = view.graph(authority.domain);
            if truths.is_empty() || truths.iter().any(|&truth| graph.has_path(system, truth)) {
                continue;
            }
            let places = [authority.domain, system, usize::from(role == Role::Entry)];
            report.add_once(places.into_iter().chain(truths.iter().copied()), |report| {
                report.add_related(
                    Severity::Error,
                    [view.domain(authority.domain), view.system(system)],
                    truths.iter().map(|&truth| view.system(truth)).collect::<Vec<_>>(),
                    format_args!(
                        "{} {} {}, but nothing brings it to {}.",
                        index.system_name(system),
                        if role == Role::Entry { "creates" } else { "changes" },
                        index.domain_name(authority.domain),
                        view.names(&truths)
                    ),
                );
            });
        }
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::Domain(domain_id), Subject::System(system_id)] = finding.subjects.as_slice() else {
        return Vec::new();
    };
    let index = view.index();
    let (Some(domain), Some(from)) = (index.domain(domain_id), index.system(system_id)) else {
        return Vec::new();
    };
    let truth = truths(view, domain, from).iter().copied().find(|&truth| view.landscape().stands(truth));
    let mut fixes = truth.map_or_else(Vec::new, |to| Feed { domain, from, to }.fixes(view, finding));
    let title = format!("Make {} a reader of {}", index.system_name(from), index.domain_name(domain));
    fixes.push(Fix::edits(title, set_role(index.plan, system_id, domain_id, Role::Reader)));
    fixes
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    #[test]
    fn an_author_or_an_entry_without_a_way_to_the_truth_is_found() {
        assert_findings(
            &RULE,
            "customer = truth mdm
             loan.customer: author     !! writer-not-heard error
             form.customer: entry      !! writer-not-heard error
             mdm -> loan : customer",
        );
    }

    #[test]
    fn a_way_over_others_or_a_hub_readers_and_truths_are_silence() {
        assert_findings(
            &RULE,
            "bus: hub
             customer = truth mdm
             loan.customer: author
             form.customer: entry
             form -> loan via bus : customer
             loan <-> mdm via bus : customer
             bi.customer: reader
             tool.customer:
             case = truth sf group a, truth desk group b
             desk.case: author
             note =
             crm.note: author",
        );
    }

    #[test]
    fn another_domain_or_a_hub_in_common_is_no_way() {
        assert_findings(
            &RULE,
            "bus: hub
             customer = truth mdm
             loan.customer: author     !! writer-not-heard
             loan -> mdm via bus : loans
             loan -> lake via bus : customer
             core -> mdm via bus : customer",
        );
    }

    #[test]
    fn the_truth_of_the_partition_has_to_hear_of_it() {
        assert_findings(
            &RULE,
            "order = truth sap1 partition DE, truth sap2 partition FR
             shop.order: author, partition FR     !! writer-not-heard
             app.order: author
             shop -> sap1 : order
             app -> sap1 : order",
        );
    }

    #[test]
    fn where_no_claim_is_on_the_partition_any_truth_has_to_hear_of_it() {
        let text = "order = truth sf partition UK
             shop.order: author, partition DE";
        assert_eq!(
            messages(&RULE, &format!("{text}\nshop -> desk : order")),
            ["shop changes order, but nothing brings it to sf."]
        );
        assert_eq!(messages(&RULE, &format!("{text}\nshop -> sf : order")), [""; 0]);
    }

    #[test]
    fn before_the_target_a_role_counts_only_where_the_domain_flows() {
        let text = "customer = truth mdm
             sf.customer: author
             loan.customer: author
             mdm -> loan : customer";
        assert_findings(&RULE, &format!("{text}\nloan.customer: !! writer-not-heard\nlook at today"));
    }

    #[test]
    fn the_message_says_what_it_does() {
        assert_eq!(
            messages(&RULE, "customer = truth mdm\nform.customer: entry\nmdm -> form : customer"),
            ["form creates customer, but nothing brings it to mdm."]
        );
    }

    #[test]
    fn a_flow_to_the_truth_is_added() {
        let before = "customer = truth mdm, rule source-priority mdm loan
             loan.customer: author
             bus: hub
             mdm -> loan via bus : customer | id feed";
        assert_eq!(
            fix_titles(&RULE, before),
            [
                "Add a flow of customer from loan to mdm",
                "Route customer from loan to mdm through bus",
                "Make loan a reader of customer"
            ]
        );
        assert_fix(
            &RULE,
            before,
            "Add a flow of customer from loan to mdm",
            &format!("{before}\nloan -> mdm : customer | guard forward"),
        );
    }
}
