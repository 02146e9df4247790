//! Waivers: findings that somebody accepted, until a day passes or what they say changes.

use std::collections::BTreeMap;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::edit::{Change, Edit, add_waiver};
use crate::model::{Date, Plan, Subject, Waiver, WaiverId, free_id};

use super::finding::Finding;
use super::waiver_ended::{self, Ended};
use super::{Rule, find};

/// Notes on each finding the waiver that holds for it, and adds a finding for each waiver that ended. `rules`
/// are those that were run.
pub(super) fn apply(plan: &Plan, rules: &[&Rule], list: &mut Vec<Finding>, target: usize) {
    if plan.waivers.is_empty() {
        return;
    }
    let was_run =
        |waiver: &Waiver| rules.iter().any(|rule| rule.id == waiver.rule) || find(&waiver.rule).is_none();
    let mut by_finding: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (id, waiver) in &plan.waivers {
        let finding = (waiver.rule.as_str(), waiver.subjects.as_slice());
        by_finding.entry(finding).or_default().push((id, waiver));
    }
    let mut ended: BTreeMap<&WaiverId, Ended> = plan
        .waivers
        .iter()
        .filter(|(_, waiver)| was_run(waiver))
        .map(|(id, _)| (id, Ended::NothingFound))
        .collect();
    for finding in list.iter_mut() {
        let statement = Arc::clone(&finding.statement);
        let known = by_finding.get(&(finding.rule.id, statement.subjects.as_slice()));
        for (id, waiver) in known.into_iter().flatten() {
            if let Some(end) = end_of(plan, waiver, finding) {
                ended.insert(id, end);
            } else {
                ended.remove(id);
                finding.waiver = Some((*id).clone());
            }
        }
    }
    list.extend(ended.into_iter().map(|(id, end)| waiver_ended::finding(plan, id, end, target)));
}

/// How a waiver of this finding ended, if it did.
fn end_of(plan: &Plan, waiver: &Waiver, finding: &Finding) -> Option<Ended> {
    match (waiver.until, plan.as_of) {
        (Some(until), Some(today)) if today > until => return Some(Ended::DatePassed(until)),
        _ => {}
    }
    let is_changed = !waiver.facts.is_empty() && waiver.facts != fingerprint(plan, finding);
    is_changed.then_some(Ended::FactsChanged)
}

/// The fingerprint of what a finding says: how bad it is, what it touches and its figures. Names do not
/// count, so that renaming a system ends no waiver.
#[must_use]
pub fn fingerprint(plan: &Plan, finding: &Finding) -> String {
    let mut message = finding.message.clone();
    let touched = finding.subjects.iter().chain(&finding.related);
    let mut names: Vec<(&str, String)> =
        touched.filter_map(|subject| Some((name(plan, subject)?, subject.to_string()))).collect();
    // The longest first, because a name can be a part of another.
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    for (name, id) in names {
        message = message.replace(name, &id);
    }
    let mut hash = Sha256::new();
    hash.update(finding.severity.word());
    for subject in finding.subjects.iter().chain(&finding.related) {
        hash.update([0]);
        hash.update(subject.to_string());
    }
    hash.update([0]);
    hash.update(message);
    let bytes: [u8; 32] = hash.finalize().into();
    bytes.iter().take(8).fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

fn name<'p>(plan: &'p Plan, subject: &Subject) -> Option<&'p str> {
    let name = match subject {
        Subject::System(id) => &plan.systems.get(id)?.name,
        Subject::Domain(id) => &plan.domains.get(id)?.name,
        Subject::Wave(id) => &plan.waves.get(id)?.name,
        Subject::Flow(_) | Subject::Landscape => return None,
    };
    (!name.is_empty()).then_some(name)
}

/// The edits that accept a finding. An earlier waiver of the same finding gives way.
#[must_use]
pub fn waive(plan: &Plan, finding: &Finding, reason: &str, person: &str, until: Option<Date>) -> Vec<Edit> {
    let subjects = finding.subjects.clone();
    let waiver = Waiver {
        rule: finding.rule.id.to_owned(),
        subjects,
        reason: reason.to_owned(),
        person: person.to_owned(),
        until,
        facts: fingerprint(plan, finding),
    };
    let is_same = |old: &Waiver| old.rule == waiver.rule && old.subjects == waiver.subjects;
    let earlier = plan.waivers.iter().filter(|(_, old)| is_same(old)).map(|(id, _)| id);
    let mut edits: Vec<_> = earlier.map(|id| Edit::Waiver(id.clone(), Box::new(Change::Remove))).collect();
    let ids: Vec<_> = finding.subjects.iter().map(ToString::to_string).collect();
    let name = format!("{} {}", finding.rule.id, ids.join(" "));
    let id = free_id(&name, |id| plan.waivers.contains_key(id));
    edits.push(add_waiver(id, waiver));
    edits
}

#[cfg(test)]
mod tests {
    use crate::edit::{apply, change_system};
    use crate::model::Plan;
    use crate::rules::sketch::parse;
    use crate::rules::{Facts, Findings, Scope, check, waive};

    const HUB_WITHOUT_REST: &str = "bus: hub
         a -> b via bus : order
         c -> b via bus : order
         order = truth a";

    fn run(plan: &Plan) -> Findings {
        check(&Facts::new(plan), Scope::AllStages)
    }

    /// The sketch with its first finding of `hub-fragile` accepted until a day.
    fn waived(until: &str) -> Plan {
        let plan = parse(&format!("{HUB_WITHOUT_REST}\nbus: hub, not-ha")).plan;
        let found = run(&plan);
        let finding = found.list.iter().find(|finding| finding.rule.id == "hub-fragile").unwrap();
        apply(&plan, waive(&plan, finding, "SLA of the maker", "Ada", until.parse().ok())).unwrap()
    }

    fn states(plan: &Plan) -> Vec<(&'static str, bool)> {
        let found = run(plan).list;
        let told = found.iter().filter(|finding| ["hub-fragile", "waiver-ended"].contains(&finding.rule.id));
        told.map(|finding| (finding.rule.id, finding.waiver.is_some())).collect()
    }

    #[test]
    fn an_accepted_finding_stays_in_the_list_and_does_not_count() {
        let plan = waived("2027-12-31");
        assert_eq!(states(&plan), [("hub-fragile", true)]);
        let without = parse(&format!("{HUB_WITHOUT_REST}\nbus: hub, not-ha")).plan;
        let warnings = |plan: &Plan| run(plan).count(crate::rules::Severity::Warning);
        assert_eq!(warnings(&plan) + 1, warnings(&without));
    }

    #[test]
    fn a_new_name_does_not_end_a_waiver() {
        let plan = waived("2027-12-31");
        let rename = change_system(&plan, &"bus".into(), |system| system.name = "Backbone".into());
        assert_eq!(states(&apply(&plan, rename).unwrap()), [("hub-fragile", true)]);
    }

    #[test]
    fn a_waiver_ends_with_its_day_and_with_its_facts() {
        let late = Plan { as_of: "2028-01-01".parse().ok(), ..waived("2027-12-31") };
        assert_eq!(states(&late), [("hub-fragile", false), ("waiver-ended", false)]);
        let plan = waived("2027-12-31");
        let worse = parse(&format!("{HUB_WITHOUT_REST}\nbus: hub, not-ha\nd -> b via bus : order")).plan;
        let worse = Plan { waivers: plan.waivers.clone(), ..worse };
        assert_eq!(states(&worse), [("hub-fragile", false), ("waiver-ended", false)]);
    }

    #[test]
    fn a_waiver_of_what_is_no_longer_there_says_so() {
        let plan = waived("2027-12-31");
        let mended = change_system(&plan, &"bus".into(), |system| {
            system.hub.get_or_insert_default().highly_available = Some(true);
        });
        assert_eq!(states(&apply(&plan, mended).unwrap()), [("waiver-ended", false)]);
    }

    #[test]
    fn a_waiver_holds_on_its_last_day() {
        let last = Plan { as_of: "2027-12-31".parse().ok(), ..waived("2027-12-31") };
        assert_eq!(states(&last), [("hub-fragile", true)]);
    }

    #[test]
    fn accepted_again_the_earlier_waiver_gives_way_and_others_stay() {
        let plan = waived("2027-12-31");
        let found = run(&plan);
        let of = |rule: &str| found.list.iter().find(|finding| finding.rule.id == rule).unwrap();
        let again = apply(&plan, waive(&plan, of("hub-fragile"), "new terms", "Bob", None)).unwrap();
        let people =
            |plan: &Plan| plan.waivers.values().map(|waiver| waiver.person.clone()).collect::<Vec<_>>();
        assert_eq!(people(&again), ["Bob"]);
        let other = found.list.iter().find(|finding| {
            finding.rule.id != "hub-fragile" && finding.subjects == of("hub-fragile").subjects
        });
        let both = apply(&plan, waive(&plan, other.unwrap(), "small", "Bob", None)).unwrap();
        assert_eq!(both.waivers.len(), 2);
        let same_rule = of("hub-fragile").about(crate::model::Subject::System("a".into()));
        assert_eq!(apply(&plan, waive(&plan, &same_rule, "small", "Bob", None)).unwrap().waivers.len(), 2);
    }

    #[test]
    fn a_waiver_of_a_rule_that_was_not_run_has_not_ended_and_one_of_no_rule_has() {
        let mut plan = waived("2027-12-31");
        let ended = |plan: &Plan| {
            let facts = Facts::new(plan);
            let rules = [crate::rules::find("sync-loop").unwrap()];
            let found = crate::rules::engine::check_rules(&facts, Scope::AllStages, &rules).list;
            found.iter().filter(|finding| finding.rule.id == "waiver-ended").count()
        };
        assert_eq!(ended(&plan), 0);
        let (id, waiver) = plan.waivers.pop_first().unwrap();
        let renamed = crate::model::Waiver { rule: "no-such-rule".to_owned(), ..(*waiver).clone() };
        plan.waivers.insert(id, renamed.into());
        assert_eq!(ended(&plan), 1);
        let findings = run(&plan);
        let finding = findings.list.iter().find(|finding| finding.rule.id == "waiver-ended").unwrap();
        let fixes = crate::rules::proposed_fixes(&Facts::new(&plan), finding);
        assert_eq!(fixes.iter().map(|fix| fix.title.as_str()).collect::<Vec<_>>(), ["Delete the waiver"]);
    }
}
