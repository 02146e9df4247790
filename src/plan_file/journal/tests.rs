//! What the journal promises, on the disk of this computer.

use super::*;
use crate::generate;
use crate::model::{System, SystemId};
use crate::plan_file::{Expected, Mark, save_over, versions};

struct Desk {
    folder: tempfile::TempDir,
    state: StateFolder,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let state = StateFolder::at(folder.path().join("state"));
        Self { folder, state }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("shop.plan.ron")
    }

    fn found(&self) -> Vec<Recovery> {
        let found = recoverable(&self.state).unwrap();
        assert_eq!(found.unreadable, Vec::<PathBuf>::new());
        found.plans
    }

    fn journals(&self) -> usize {
        let names = self.state.disk().names(&self.state.journals()).unwrap();
        names.iter().filter(|name| slot::is_journal(Path::new(name))).count()
    }
}

/// The plan with one more system.
fn with_system(plan: &Arc<Plan>, id: &str) -> Arc<Plan> {
    let mut plan = Plan::clone(plan);
    plan.systems.insert(SystemId::new(id), Arc::new(System::named(id)));
    Arc::new(plan)
}

#[test]
fn steps_that_were_not_saved_are_found_when_the_window_is_gone() {
    let desk = Desk::new();
    let first = Arc::new(generate::plan(12, 1));
    let journal = Journal::begin(&desk.state, &first, None).unwrap();
    let second = with_system(&first, "erp");
    journal.record("Add ERP", &second);
    journal.record("Undo Add ERP", &first);
    let third = with_system(&second, "shop");
    journal.record("Add shop", &third);
    journal.flush();
    assert!(desk.found().is_empty(), "a living window works on it");
    drop(journal);
    let mut found = desk.found();
    assert_eq!(found.len(), 1);
    let recovery = found.remove(0);
    assert!(desk.found().is_empty(), "somebody looks at it already");
    let Replay { path, base, steps, label, plan, .. } = recovery.found.clone();
    assert_eq!((path, base, steps, label.as_str()), (None, None, 3, "Add shop"));
    assert_eq!(plan, third);
}

#[test]
fn restored_work_is_protected_at_once_and_saved_work_leaves_nothing() {
    let desk = Desk::new();
    let first = Arc::new(Plan::named("Shop"));
    let journal = Journal::begin(&desk.state, &first, None).unwrap();
    journal.record("Add ERP", &with_system(&first, "erp"));
    drop(journal);
    let (plan, journal) = desk.found().remove(0).restore();
    drop(journal);
    let (again, journal) = desk.found().remove(0).restore();
    assert_eq!(plan, again);
    let next = with_system(&again, "shop");
    journal.record("Add shop", &next);
    let saved = save_over(&next, &desk.path(), &Expected::no_file(), Some(&desk.state)).unwrap();
    journal.saved(&next, &desk.path(), saved.version);
    drop(journal);
    assert_eq!(desk.journals(), 0);
}

#[test]
fn steps_taken_while_a_save_was_under_way_stay_in_the_journal() {
    let desk = Desk::new();
    let first = Arc::new(Plan::named("Shop"));
    let journal = Journal::begin(&desk.state, &first, None).unwrap();
    let second = with_system(&first, "erp");
    journal.record("Add ERP", &second);
    let third = with_system(&second, "shop");
    journal.record("Add shop", &third);
    let saved = save_over(&second, &desk.path(), &Expected::no_file(), Some(&desk.state)).unwrap();
    journal.saved(&second, &desk.path(), saved.version);
    drop(journal);
    let recovery = desk.found().remove(0);
    assert_eq!((&recovery.found.plan, recovery.found.steps), (&third, 1));
    assert_eq!(recovery.found.base, Some(saved.version));
    assert!(!recovery.has_file_changed());
    std::fs::write(desk.path(), "(format: 1)").unwrap();
    assert!(recovery.has_file_changed());
}

#[test]
fn work_that_is_in_the_file_is_not_offered() {
    let desk = Desk::new();
    let first = Arc::new(Plan::named("Shop"));
    let path = desk.path();
    let saved = save_over(&first, &path, &Expected::no_file(), Some(&desk.state)).unwrap();
    let journal = Journal::begin(&desk.state, &first, Some((&path, saved.version))).unwrap();
    journal.record("Add ERP", &with_system(&first, "erp"));
    journal.record("Undo Add ERP", &first);
    drop(journal);
    assert_eq!(desk.journals(), 1);
    assert!(desk.found().is_empty());
    assert_eq!(desk.journals(), 0);
}

#[test]
fn discarded_work_becomes_a_version_with_that_mark() {
    let desk = Desk::new();
    let first = Arc::new(Plan::named("Shop"));
    let path = desk.path();
    let saved = save_over(&first, &path, &Expected::no_file(), Some(&desk.state)).unwrap();
    let journal = Journal::begin(&desk.state, &first, Some((&path, saved.version))).unwrap();
    let second = with_system(&first, "erp");
    journal.record("Add ERP", &second);
    journal.discard().unwrap();
    assert!(desk.found().is_empty());
    let kept = versions(&desk.state, Some(&path)).unwrap();
    assert_eq!((kept[0].mark, kept[0].open()), (Mark::Discarded, Ok(Plan::clone(&second))));

    let journal = Journal::begin(&desk.state, &first, None).unwrap();
    journal.record("Add ERP", &second);
    drop(journal);
    desk.found().remove(0).discard().unwrap();
    assert!(desk.found().is_empty());
    assert_eq!(versions(&desk.state, None).unwrap()[0].open(), Ok(Plan::clone(&second)));
}

#[test]
fn two_windows_have_two_journals_and_an_unchanged_plan_none() {
    let desk = Desk::new();
    let plan = Arc::new(Plan::named("Shop"));
    let journals: Vec<_> = (0..2).map(|_| Journal::begin(&desk.state, &plan, None).unwrap()).collect();
    assert_eq!(desk.journals(), 0);
    for (journal, id) in journals.iter().zip(["erp", "shop"]) {
        journal.record("Add", &with_system(&plan, id));
    }
    drop(journals);
    let mut found: Vec<_> =
        desk.found().iter().map(|it| it.found.plan.systems.keys().next().unwrap().to_string()).collect();
    found.sort();
    assert_eq!(found, ["erp", "shop"]);
}

#[test]
fn a_journal_that_somebody_removed_or_cut_is_written_anew() {
    let desk = Desk::new();
    let mut plan = Arc::new(Plan::named("Shop"));
    let journal = Journal::begin(&desk.state, &plan, None).unwrap();
    let file = desk.state.journals().join("0001.journal");
    for (number, harm) in ["none", "remove", "cut", "none"].iter().enumerate() {
        plan = with_system(&plan, &format!("system-{number}"));
        journal.record("Add", &plan);
        journal.flush();
        match *harm {
            "remove" => std::fs::remove_file(&file).unwrap(),
            "cut" => std::fs::write(&file, "torn").unwrap(),
            _ => {}
        }
    }
    assert_eq!(journal.problem(), None);
    drop(journal);
    assert_eq!(desk.found()[0].found.plan, plan);
}

#[test]
fn what_this_version_cannot_read_stays() {
    let desk = Desk::new();
    let file = desk.state.journals().join("0001.journal");
    std::fs::create_dir_all(desk.state.journals()).unwrap();
    std::fs::write(&file, "from the future").unwrap();
    let found = recoverable(&desk.state).unwrap();
    assert_eq!((found.plans.len(), found.unreadable), (0, vec![file.clone()]));
    let plan = Arc::new(Plan::named("Shop"));
    let journal = Journal::begin(&desk.state, &plan, None).unwrap();
    journal.record("Add ERP", &with_system(&plan, "erp"));
    drop(journal);
    assert_eq!(std::fs::read(&file).unwrap(), b"from the future");
}

#[test]
fn a_disk_that_takes_no_journal_is_said_once_in_a_sentence() {
    let desk = Desk::new();
    let plan = Arc::new(Plan::named("Shop"));
    let journal = Journal::begin(&desk.state, &plan, None).unwrap();
    std::fs::remove_dir_all(desk.state.journals()).unwrap();
    std::fs::write(desk.state.journals(), "in the way").unwrap();
    journal.record("Add ERP", &with_system(&plan, "erp"));
    journal.flush();
    let sentence = journal.problem().unwrap();
    assert!(sentence.starts_with("Steps are not protected against a crash"), "{sentence}");
    assert_eq!(journal.problem(), None);
}

#[test]
fn a_step_that_is_saved_at_once_leaves_nothing_to_make_last() {
    let desk = Desk::new();
    let first = Arc::new(Plan::named("Shop"));
    let saved = save_over(&first, &desk.path(), &Expected::no_file(), None).unwrap();
    let journal = Journal::begin(&desk.state, &first, Some((&desk.path(), saved.version))).unwrap();
    journal.record("Add shop", &with_system(&first, "shop"));
    let second = with_system(&first, "erp");
    journal.record("Rename shop", &second);
    let saved = save_over(&second, &desk.path(), &Expected::version(saved.version), None).unwrap();
    journal.saved(&second, &desk.path(), saved.version);
    let problem = Arc::clone(&journal.problem);
    drop(journal);
    assert!(problem.lock().unwrap().is_none(), "{problem:?}");
}
