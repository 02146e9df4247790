//! Two systems of the target do the same job.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::model::{Disposition, SystemId};
use crate::rules::disposition_changes::consequences_of_all;
use crate::rules::{
    Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, Subject, View, listed,
};

/// Above this many systems the rest is counted.
const MOST_NAMES: usize = 6;

/// The rule.
pub static RULE: Rule = Rule {
    id: "duplicate-capability",
    title: "Two systems do the same job",
    family: Family::Portfolio,
    severity: "warning",
    pillar: Pillar::ResourceAndCost,
    when: "Two or more systems that stand in the target and are no hubs have a capability of the same name, \
           for the same unit, or one of them for everybody. One finding for each group of systems, with all \
           capabilities that it shares.",
    why: "Two systems for one job cost twice, and their data and their users drift apart.",
    what_to_do: "Migrate one into the other, retire one, or say for which unit each does the job.",
    not_when: "Different business units by design: say for each capability for which unit it is.",
    source: "Integration does not consolidate duplicate capabilities; the legacy CRM duplicates contact and \
             opportunity management.",
    thresholds: &[],
    looks_at: LooksAt::Target,
    check,
    fixes,
};

fn check(view: &View<'_, '_>, report: &mut Report) {
    for (systems, capabilities) in groups(view) {
        let who = if systems.len() == 2 { "both" } else { "all" };
        let message = format_args!("{} {who} provide {}.", names(view, &systems), listed(&capabilities));
        let subjects: Vec<_> = systems.iter().map(|&place| view.system(place)).collect();
        report.add(Severity::Warning, subjects, message);
    }
}

/// The names of the systems; of many the first, and how many more.
fn names(view: &View<'_, '_>, systems: &[usize]) -> String {
    if systems.len() <= MOST_NAMES {
        return view.names(systems);
    }
    let (first, others) = systems.split_at(MOST_NAMES - 1);
    let mut names: Vec<_> = first.iter().map(|&place| view.index().system_name(place)).collect();
    let others = format!("{} others", others.len());
    names.push(&others);
    listed(&names)
}

/// Each group of systems that do the same, and what they do, both in order.
fn groups<'p>(view: &View<'_, 'p>) -> BTreeMap<Vec<usize>, Vec<&'p str>> {
    let index = view.index();
    let mut providers: BTreeMap<&str, BTreeMap<&str, Vec<usize>>> = BTreeMap::new();
    for place in view.landscape().systems(index) {
        for (name, unit) in &index.systems[place].system.capabilities {
            providers.entry(name).or_default().entry(unit).or_default().push(place);
        }
    }
    let mut groups: BTreeMap<Vec<usize>, Vec<&str>> = BTreeMap::new();
    for (name, by_unit) in providers {
        // What one does for everybody, it does for every unit too.
        let sets: Vec<Vec<usize>> = if by_unit.contains_key("") {
            vec![by_unit.into_values().flatten().collect()]
        } else {
            by_unit.into_values().collect()
        };
        for mut systems in sets.into_iter().filter(|systems| systems.len() >= 2) {
            systems.sort_unstable();
            groups.entry(systems).or_default().push(name);
        }
    }
    groups
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let plan = view.index().plan;
    let ids = finding.subjects.iter().filter_map(|subject| match subject {
        Subject::System(id) if plan.systems.contains_key(id) => Some(id),
        _ => None,
    });
    let mut ids: Vec<&SystemId> = ids.collect();
    // The one to keep first: the focal system, else the one that fits and is used best.
    ids.sort_by_key(|id| {
        let system = &plan.systems[*id];
        let fits = (system.functional_fit, system.technical_fit, system.users);
        Reverse((plan.focal_system.as_ref() == Some(*id), fits))
    });
    let [kept, others @ ..] = ids.as_slice() else { return Vec::new() };
    let others_named: Vec<_> = others.iter().filter_map(|id| view.index().system(id)).collect();
    let others_named = names(view, &others_named);
    let moved = consequences_of_all(plan, others, Disposition::Migrate, Some(kept));
    let retired = consequences_of_all(plan, others, Disposition::Retire, None);
    let unit = format!("Say for which unit {} does it", plan.system_name(kept));
    vec![
        Fix::edits(
            format!("Migrate {others_named} into {}{}", plan.system_name(kept), moved.in_words()),
            moved.edits,
        ),
        Fix::edits(format!("Retire {others_named}{}", retired.in_words()), retired.edits),
        Fix::open(unit, Place::Inspector(Subject::System((*kept).clone()))),
    ]
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    #[test]
    fn two_systems_with_the_same_capability_are_found_once() {
        let text = "crm: capabilities contacts&cases&quotes
             desk: capabilities cases&contacts&knowledge
             erp: capabilities orders
             crm, desk                      !! duplicate-capability warning";
        assert_findings(&RULE, text);
        assert_eq!(messages(&RULE, text), ["crm and desk both provide cases and contacts."]);
    }

    #[test]
    fn three_systems_are_one_finding_and_another_pair_another() {
        let text = "a: capabilities mail
             b: capabilities mail&chat
             c: capabilities mail&chat";
        assert_findings(
            &RULE,
            &format!("{text}\na, b, c !! duplicate-capability\nb, c !! duplicate-capability"),
        );
        assert_eq!(messages(&RULE, text)[0], "a, b and c all provide mail.");
    }

    #[test]
    fn of_many_systems_the_first_are_named() {
        let text = ["s1", "s2", "s3", "s4", "s5", "s6", "s7"]
            .map(|id| format!("{id}: capabilities mail\n"))
            .concat();
        assert_eq!(messages(&RULE, &text), ["s1, s2, s3, s4, s5 and 2 others all provide mail."]);
        let six = text.replace("s7: capabilities mail\n", "");
        assert_eq!(messages(&RULE, &six), ["s1, s2, s3, s4, s5 and s6 all provide mail."]);
    }

    #[test]
    fn what_goes_hubs_and_other_jobs_are_silence() {
        assert_findings(
            &RULE,
            "crm: capabilities contacts
             old: capabilities contacts, migrate, into crm, at 1
             gone: capabilities contacts, retire
             bus: hub, capabilities contacts
             erp: capabilities orders",
        );
    }

    #[test]
    fn different_units_are_silence_and_everybody_is_each_unit() {
        let unit = |id: &str, unit: &str| format!("{id}: capabilities.sales {unit}\n");
        assert_findings(&RULE, &(unit("a", "France") + &unit("b", "Spain")));
        let same = unit("a", "France") + &unit("b", "Spain") + &unit("c", "Spain");
        assert_findings(&RULE, &(same + "b, c !! duplicate-capability"));
        let everybody = unit("a", "France") + &unit("b", "Spain") + "c: capabilities sales\n";
        assert_findings(&RULE, &(everybody + "a, b, c !! duplicate-capability"));
    }

    #[test]
    fn the_weaker_one_migrates_into_the_stronger_or_goes() {
        let before = "focal sf
             sf: capabilities cases
             desk: capabilities cases, functional_fit 4";
        let titles = ["Migrate desk into sf", "Retire desk", "Say for which unit sf does it"];
        // Without wave and approach a migration is not complete, which is another rule's error.
        assert!(
            fix_titles(&RULE, before)
                .ends_with(&titles[1..].iter().map(ToString::to_string).collect::<Vec<_>>())
        );
        assert_fix(&RULE, before, "Retire desk", &before.replace("desk:", "desk: retire,"));
        let ready = before.replace("desk:", "desk: into erp, at 1, approach phased,");
        let after = ready.replace("into erp", "migrate, into sf");
        assert_fix(&RULE, &ready, "Migrate desk into sf", &after);
    }

    #[test]
    fn without_a_focal_system_the_better_fit_is_kept() {
        let text = "a: capabilities mail, technical_fit 4, functional_fit 2
             b: capabilities mail, functional_fit 3";
        assert!(fix_titles(&RULE, text).contains(&"Retire a".to_owned()));
    }

    #[test]
    fn the_others_migrate_into_the_one_that_is_kept_and_not_into_the_focal_system() {
        let text = "focal sf
             crm: capabilities mail, functional_fit 4
             desk: capabilities mail, into sf, at 1, approach phased";
        let after =
            text.replace("desk: capabilities mail, into sf", "desk: capabilities mail, migrate, into crm");
        assert_fix(&RULE, text, "Migrate desk into crm", &after);
    }
}
