//! A wave that is done: what remains of the plan looks as before.

use std::collections::BTreeSet;

use hybridscape::edit::{apply, wave_is_done};
use hybridscape::generate;
use hybridscape::landscape::{Index, Landscape};
use hybridscape::model::{Plan, Stage, Subject, WaveId};
use hybridscape::rules::{self, Facts, Finding, LooksAt, Scope};

use crate::samples::{SAMPLES, sample};

fn plans() -> Vec<(String, Plan)> {
    let samples = SAMPLES.map(|(name, _)| (name.to_owned(), sample(name)));
    let made_up = (1..=40).map(|seed| (format!("made up {seed}"), generate::plan(14, seed)));
    samples.into_iter().chain(made_up).collect()
}

/// What stands at a stage: systems, flows, flows that are cut, each by its id.
fn standing(plan: &Plan, stage: &Stage) -> [BTreeSet<String>; 3] {
    let index = Index::new(plan);
    let landscape = Landscape::new(&index, index.timeline.place(stage).unwrap());
    let systems = (0..index.systems.len()).filter(|&system| landscape.stands(system));
    let flows = |flows: &[usize]| flows.iter().map(|&flow| index.flows[flow].id.to_string()).collect();
    [
        systems.map(|system| index.systems[system].id.to_string()).collect(),
        flows(&landscape.flows),
        flows(&landscape.severed),
    ]
}

/// The wave itself, and what it ended or moved: what is found of these can change with it.
fn over(plan: &Plan, wave: &WaveId) -> BTreeSet<Subject> {
    let is_gone = |id| plan.systems.get(id).is_some_and(|system| system.exit_wave.as_ref() == Some(wave));
    let flows = plan
        .flows
        .iter()
        .filter(|(_, flow)| flow.until.as_ref() == Some(wave) || is_gone(&flow.from) || is_gone(&flow.to));
    let systems = plan.systems.iter().filter(|(_, system)| {
        let cutover = system.migration.as_ref().and_then(|migration| migration.wave.as_ref());
        let loads = system.loads.values().any(|load| load.wave.as_ref() == Some(wave));
        system.exit_wave.as_ref() == Some(wave) || cutover == Some(wave) || loads
    });
    let flows = flows.map(|(id, _)| Subject::Flow(id.clone()));
    let systems = systems.map(|(id, _)| Subject::System(id.clone()));
    let domains =
        plan.domains.iter().filter(|(_, domain)| domain.truth.iter().any(|claim| is_gone(&claim.system)));
    let domains = domains.map(|(id, _)| Subject::Domain(id.clone()));
    flows.chain(systems).chain(domains).chain([Subject::Wave(wave.clone()), Subject::Landscape]).collect()
}

/// What is hidden at the target: which connections of today are lost changes with today, and with it what they
/// hide.
fn hidden(plan: &Plan) -> BTreeSet<(String, Vec<Subject>)> {
    let facts = Facts::new(plan);
    let found = rules::check(&facts, Scope::AllStages);
    let hides = found.at(facts.index.timeline.target()).flat_map(|finding| finding.hides.clone());
    hides.map(|(rule, subjects)| (rule.id.to_owned(), subjects)).collect()
}

/// The findings on truth, flow and wiring of the target that are not about what is over.
fn findings(plan: &Plan, over: &BTreeSet<Subject>) -> BTreeSet<(String, Vec<Subject>)> {
    let facts = Facts::new(plan);
    let target = facts.index.timeline.target();
    let is_told = |finding: &&Finding| {
        finding.rule.looks_at == LooksAt::EachStage && !over.iter().any(|subject| finding.touches(subject))
    };
    let found = rules::check(&facts, Scope::AllStages);
    let at_target = found.at(target).filter(is_told);
    at_target.map(|found| (found.rule.id.to_owned(), found.subjects.clone())).collect()
}

#[test]
fn the_stages_that_remain_look_as_before_wave_by_wave() {
    for (name, mut plan) in plans() {
        while let Some(wave) = plan.waves_in_order().first().map(|wave| (*wave).clone()) {
            let done = apply(&plan, wave_is_done(&plan, &wave).unwrap()).unwrap();
            assert!(!done.waves.contains_key(&wave));
            assert_eq!(
                standing(&done, &Stage::Today),
                standing(&plan, &Stage::Wave(wave.clone())),
                "{name}: today"
            );
            let waves = done.waves.keys().cloned().map(Stage::Wave);
            for stage in waves.chain([Stage::Target]) {
                assert_eq!(standing(&done, &stage), standing(&plan, &stage), "{name} after {wave}: {stage}");
            }
            let over = over(&plan, &wave);
            let (before, after) = (findings(&plan, &over), findings(&done, &over));
            let (hidden, hides) = (hidden(&plan), hidden(&done));
            let lost: Vec<_> = before.difference(&after).filter(|found| !hides.contains(*found)).collect();
            let new: Vec<_> = after.difference(&before).filter(|found| !hidden.contains(*found)).collect();
            assert!(lost.is_empty() && new.is_empty(), "{name} after {wave}: lost {lost:#?}, new {new:#?}");
            plan = done;
        }
    }
}

#[test]
fn a_later_wave_and_one_that_is_not_there_are_refused() {
    let plan = sample("article");
    let waves = plan.waves_in_order();
    let error = wave_is_done(&plan, waves[1]).unwrap_err().to_string();
    let names = [&plan.waves[waves[1]].name, &plan.waves[waves[0]].name];
    assert_eq!(
        error,
        format!("{0} comes after {1}; say first that {1} is done, or delete it", names[0], names[1])
    );
    let error = wave_is_done(&plan, &"nowhere".into()).unwrap_err().to_string();
    assert_eq!(error, "the plan has no wave nowhere; it may have been deleted meanwhile");
}
