//! What a decision about a system sets in motion, over the samples and made-up landscapes.

use std::collections::BTreeSet;

use hybridscape::edit::apply;
use hybridscape::generate;
use hybridscape::model::{Disposition, Flow, Plan, Stage, Subject, SystemId};
use hybridscape::plan_file;
use hybridscape::rules::consequences::{Choices, consequences};
use hybridscape::rules::{self, Facts, Scope};

use crate::samples::{SAMPLES, sample};

fn plans() -> Vec<(String, Plan)> {
    let samples = SAMPLES.map(|(name, _)| (name.to_owned(), sample(name)));
    let made_up = (1..=8).map(|seed| (format!("made up {seed}"), generate::plan(12, seed)));
    samples.into_iter().chain(made_up).collect()
}

/// The systems that are no hubs and not the focal system.
fn decided_on(plan: &Plan) -> Vec<SystemId> {
    let systems = plan.systems.iter().filter(|(_, system)| !system.is_hub());
    systems.map(|(id, _)| id.clone()).filter(|id| plan.focal_system.as_ref() != Some(id)).collect()
}

/// The plan after a decision; the step leaves nothing to follow, and the plan is written and read.
fn decided(name: &str, plan: &Plan, id: &SystemId, disposition: Disposition) -> Plan {
    let step = consequences(plan, id, disposition, &Choices::default());
    let after = apply(plan, step.edits).unwrap_or_else(|error| panic!("{name}: {id} {disposition}: {error}"));
    assert_eq!(after.systems[id].disposition, disposition);
    let again = consequences(&after, id, disposition, &Choices::default());
    assert!(again.edits.is_empty(), "{name}: {id} {disposition} again: {:?}", again.sentences);
    let text = plan_file::write(&after);
    assert_eq!(plan_file::write(&plan_file::read(&text).unwrap()), text, "{name}: {id} {disposition}");
    after
}

/// What the rules find: rule, subjects and stages.
fn findings(plan: &Plan) -> BTreeSet<String> {
    let found = rules::check(&Facts::new(plan), Scope::AllStages).list;
    found.iter().map(|f| format!("{} {:?} {:?} {}", f.rule.id, f.subjects, f.stages, f.severity)).collect()
}

#[test]
fn a_migration_leaves_no_flow_no_truth_and_no_connection_behind() {
    for (name, plan) in plans() {
        for id in decided_on(&plan) {
            let after = decided(&name, &plan, &id, Disposition::Migrate);
            let into = after.systems[&id].migration.as_ref().and_then(|migration| migration.into.as_ref());
            if into.is_none_or(|into| after.systems[into].disposition.leaves()) {
                continue;
            }
            let subject = Subject::System(id.clone());
            for finding in rules::check(&Facts::new(&after), Scope::AllStages).list {
                let is_of_it = match finding.rule.id {
                    "dangling-dependant" => finding.subjects.iter().any(|subject| match subject {
                        Subject::Flow(flow) => after.flows[flow].from == id || after.flows[flow].to == id,
                        _ => false,
                    }),
                    "truth-leaves" => finding.subjects.contains(&subject),
                    "post-migration-gap" => finding.touches(&subject),
                    _ => false,
                };
                assert!(!is_of_it, "{name}: {id}: {} {}", finding.rule.id, finding.message);
            }
        }
    }
}

#[test]
fn every_decision_is_one_step_that_is_whole() {
    for (name, plan) in plans() {
        for id in decided_on(&plan) {
            for disposition in Disposition::ALL {
                decided(&name, &plan, &id, *disposition);
            }
        }
    }
}

/// Whether nothing that was there before is lost or changed but the ends of flows: then it can be told what
/// the decision did. Flows of the system that had an end already, or whose other
/// end leaves too, cannot be told from those that got one.
fn is_plain(plan: &Plan, id: &SystemId, gone: &Plan) -> bool {
    let of_it = |flow: &Flow| flow.from == *id || flow.to == *id || flow.via.contains(id);
    let claims_stay = plan.domains.iter().all(|(domain_id, domain)| {
        domain.truth.iter().all(|claim| gone.domains[domain_id].truth.contains(claim))
    });
    let flows_stay = plan.flows.iter().all(|(flow_id, flow)| {
        let only_ends = gone
            .flows
            .get(flow_id)
            .is_some_and(|after| Flow { until: flow.until.clone(), ..Flow::clone(after) } == **flow);
        let leaves = |end: &SystemId| end != id && plan.systems[end].disposition.leaves();
        let is_said = flow.until.is_some() || leaves(&flow.from) || leaves(&flow.to);
        only_ends && !(of_it(flow) && is_said)
    });
    let others_stay =
        plan.systems.iter().all(|(other, system)| other == id || gone.systems[other] == *system);
    // A connection that another leaving system loses too is not this system's alone.
    let new = gone.flows.iter().filter(|(flow_id, _)| !plan.flows.contains_key(*flow_id));
    let new_take_over = new.into_iter().all(|(_, new)| {
        gone.flows.values().any(|old| {
            let ends_then = old.until.clone().map(Stage::Wave) == Some(new.since.clone());
            of_it(old) && ends_then && (old.from == new.from || old.to == new.to)
        })
    });
    claims_stay && flows_stay && others_stay && new_take_over
}

#[test]
fn what_is_decided_back_is_found_as_before_where_it_is_plain() {
    let mut plain = 0;
    for (name, plan) in plans() {
        for id in decided_on(&plan) {
            let stays = plan.systems[&id].disposition;
            if stays.leaves() {
                continue;
            }
            let start = decided(&name, &plan, &id, stays);
            let gone = decided(&name, &start, &id, Disposition::Migrate);
            let back = decided(&name, &gone, &id, stays);
            if gone.waves == start.waves && is_plain(&start, &id, &gone) {
                let (before, after) = (findings(&start), findings(&back));
                let lost: Vec<_> = before.difference(&after).collect();
                let new: Vec<_> = after.difference(&before).collect();
                assert!(lost.is_empty() && new.is_empty(), "{name}: {id}: lost {lost:#?}, new {new:#?}");
                plain += 1;
            }
        }
    }
    assert!(plain >= 30, "only {plain} decisions were plain");
}
