//! A process that edits, journals and saves is killed at any moment; what it had said was kept is there.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use hybridscape::generate;
use hybridscape::model::{Plan, System, SystemId};
use hybridscape::plan_file::{
    Expected, Journal, Recoverable, StateFolder, load, open, recoverable, save_over, stray_files, versions,
};

/// Names the folder to the process that is killed: the same test, which then only works there.
const FOLDER: &str = "HYBRIDSCAPE_TEST_FOLDER";
const KILLS: u64 = 50;

fn file_in(folder: &Path) -> PathBuf {
    folder.join("shop.plan.ron")
}

fn state_in(folder: &Path) -> StateFolder {
    StateFolder::at(folder.join("state"))
}

/// The plan after a step. Every fifth step takes things away again, as Undo does.
fn plan_after(first: &Plan, step: usize) -> Arc<Plan> {
    let mut plan = first.clone();
    plan.name = step.to_string();
    for number in 0..step - step / 5 {
        let name = format!("step-{number}");
        plan.systems.insert(SystemId::new(&name), Arc::new(System::named(&name)));
    }
    Arc::new(plan)
}

fn step_of(plan: &Plan) -> usize {
    plan.name.parse().unwrap()
}

/// What the killed process does until it is killed.
fn edit_and_save(folder: &Path) {
    let (path, state) = (file_in(folder), state_in(folder));
    let loaded = load(&path).unwrap();
    let first = step_of(&loaded.plan);
    let (expected, start) = (Expected::version(loaded.version), loaded.plan);
    let journal = Journal::begin(&state, &Arc::new(start.clone()), Some((&path, loaded.version))).unwrap();
    for step in first + 1..first + 10_000 {
        let plan = plan_after(&start, step);
        journal.record("Add system", &plan);
        journal.flush();
        println!("step {step}");
        if step % 7 == 0 {
            let saved = save_over(&plan, &path, &expected, Some(&state)).unwrap();
            println!("saved {step}");
            journal.saved(&plan, &path, saved.version);
        }
    }
}

fn start_child(folder: &Path) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    let name = "killed::a_killed_process_loses_no_step_that_it_said_was_kept";
    command.args(["--exact", name, "--nocapture"]).env(FOLDER, folder);
    command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
}

/// The last step and the last save that the child spoke of before it was killed after so many lines.
fn kill_after(lines: usize, child: &mut Child) -> (usize, usize) {
    let said = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let (mut step, mut saved, mut number) = (0, 0, 0);
    for line in said {
        // The harness says what it runs in front of the first line.
        let words: Vec<_> = line.split(' ').rev().take(2).collect();
        match words[..] {
            [count, word] if word.ends_with("step") => step = count.parse().unwrap(),
            [count, word] if word.ends_with("saved") => saved = count.parse().unwrap(),
            _ => continue,
        }
        number += 1;
        if number == lines {
            child.kill().unwrap();
        }
    }
    child.wait().unwrap();
    (step, saved)
}

#[test]
fn a_killed_process_loses_no_step_that_it_said_was_kept() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        return edit_and_save(Path::new(&folder));
    }
    let folder = tempfile::tempdir().unwrap();
    let (path, state) = (file_in(folder.path()), state_in(folder.path()));
    let first = Plan { name: "0".to_owned(), ..generate::plan(40, 7) };
    save_over(&first, &path, &Expected::no_file(), Some(&state)).unwrap();
    let (mut steps, mut stray) = (0, 0);
    for seed in 1..=KILLS {
        let lines = usize::try_from(seed * 2_654_435_761 % 23).unwrap() + 1;
        let before = step_of(&open(&path).unwrap());
        let (step, saved) = kill_after(lines, &mut start_child(folder.path()));
        assert!(step > before, "the child did nothing");
        let in_file = open(&path).unwrap();
        assert!(step_of(&in_file) >= saved.max(before), "kill {seed}: a saved plan is gone");
        let Recoverable { mut plans, unreadable } = recoverable(&state).unwrap();
        assert_eq!(unreadable, Vec::<PathBuf>::new(), "kill {seed}");
        assert!(plans.len() <= 1, "kill {seed}: {plans:?}");
        let found = plans.pop();
        let best = found.as_ref().map_or(&in_file, |recovery| &*recovery.found.plan);
        assert!(step_of(best) >= step, "kill {seed}: step {step} is lost, {} is left", step_of(best));
        assert_eq!(best.systems, plan_after(&first, step_of(best)).systems, "kill {seed}");
        steps += step - before;
        // The person goes on with what was found.
        if let Some(recovery) = found {
            let expected = Expected::version(recovery.found.base.unwrap());
            let base_is_left = !recovery.has_file_changed();
            let (plan, journal) = recovery.restore();
            let expected = if base_is_left { expected } else { Expected::any_plan() };
            let saved = save_over(&plan, &path, &expected, Some(&state)).unwrap();
            journal.saved(&plan, &path, saved.version);
        }
        let later = std::time::SystemTime::now() + std::time::Duration::from_hours(48);
        for litter in stray_files(folder.path(), later) {
            std::fs::remove_file(litter.path).unwrap();
            stray += 1;
        }
    }
    assert_eq!(versions(&state, Some(&path)).unwrap().len(), 20);
    println!("{KILLS} kills, {steps} steps, 0 lost; {stray} unfinished files recognised and removed");
}
