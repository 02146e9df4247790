//! Whatever a person does in whatever order: the file, the journal and Undo agree.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use proptest::prelude::*;

use super::{Expected, Journal, SaveError, StateFolder, load, recoverable, save_over, write};
use crate::edit::{Edit, History, add_system, change_system};
use crate::generate;
use crate::model::{Position, System, SystemId};

/// Something that a person, or somebody else, does.
#[derive(Clone, Copy, Debug)]
enum Act {
    Add(u8),
    Rename(u8),
    Move(u8),
    Note(u8),
    Undo,
    Redo,
    Save,
    /// Closes the window without saving and takes up what is found.
    Crash,
    /// Somebody else writes the file.
    Outside(u8),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        3 => any::<u8>().prop_map(Act::Add),
        3 => any::<u8>().prop_map(Act::Rename),
        2 => any::<u8>().prop_map(Act::Move),
        1 => any::<u8>().prop_map(Act::Note),
        4 => Just(Act::Undo),
        2 => Just(Act::Redo),
        2 => Just(Act::Save),
        1 => Just(Act::Crash),
        1 => any::<u8>().prop_map(Act::Outside),
    ]
}

/// A window with one document.
struct Window {
    path: PathBuf,
    state: StateFolder,
    history: History,
    expected: Expected,
    journal: Option<Journal>,
    /// What the file holds, and who wrote it.
    in_file: String,
    is_theirs: bool,
    /// The plan with which the history began, as text.
    first: String,
}

impl Window {
    fn open(folder: &Path) -> Self {
        let (path, state) = (folder.join("shop.plan.ron"), StateFolder::at(folder.join("state")));
        let plan = generate::plan(6, 1);
        save_over(&plan, &path, &Expected::any_plan(), Some(&state)).unwrap();
        let loaded = load(&path).unwrap();
        let text = write(&loaded.plan);
        let history = History::opened(loaded.plan);
        let journal = Journal::begin(&state, history.plan(), Some((&path, loaded.version))).unwrap();
        Self {
            history,
            expected: Expected::version(loaded.version),
            journal: Some(journal),
            in_file: text.clone(),
            is_theirs: false,
            first: text,
            path,
            state,
        }
    }

    fn act(&mut self, act: Act) {
        let ids: Vec<_> = self.history.plan().systems.keys().cloned().collect();
        let some = |number: u8| ids[usize::from(number) % ids.len()].clone();
        match act {
            Act::Add(number) => {
                let id = self.history.plan().free_system_id(&format!("New {number}"));
                self.commit("Add system", add_system(id, System::named("New")));
            }
            Act::Rename(number) => {
                let name = format!("Name {number}");
                let edit = change_system(self.history.plan(), &some(number), |system| system.name = name);
                self.commit("Rename", edit.unwrap());
            }
            Act::Move(number) => {
                self.commit("Move", Edit::Place(some(number), Some(Position(number.into(), 0))));
            }
            Act::Note(number) => self.commit("Note", Edit::Notes(format!("Note {number}"))),
            Act::Undo => self.history.undo().map_or((), |label| self.record(&format!("Undo {label}"))),
            Act::Redo => self.history.redo().map_or((), |label| self.record(&label)),
            Act::Save => self.save(),
            Act::Crash => self.crash(),
            Act::Outside(number) => {
                let mut plan = generate::plan(2, number.into());
                plan.systems.insert(SystemId::new("theirs"), Arc::new(System::named("Theirs")));
                self.in_file = write(&plan);
                self.is_theirs = true;
                std::fs::write(&self.path, &self.in_file).unwrap();
            }
        }
    }

    fn commit(&mut self, label: &str, edit: Edit) {
        if self.history.commit(label, None, [edit]).unwrap() {
            self.record(label);
        }
    }

    fn record(&self, label: &str) {
        self.journal.as_ref().unwrap().record(label, self.history.plan());
    }

    fn save(&mut self) {
        let plan = Arc::clone(self.history.plan());
        match save_over(&plan, &self.path, &self.expected, Some(&self.state)) {
            Ok(saved) => {
                assert!(!self.is_theirs, "somebody else's work is overwritten");
                self.in_file = write(&plan);
                self.journal.as_ref().unwrap().saved(&plan, &self.path, saved.version);
                self.history.mark_saved(&plan);
            }
            Err(SaveError::ChangedOnDisk { found, .. }) => {
                assert!(self.is_theirs, "our own work is taken for somebody else's");
                assert_eq!(found.bytes, self.in_file.as_bytes());
                self.expected.accept(found.version);
                self.is_theirs = false;
                self.save();
            }
            Err(error) => panic!("{error}"),
        }
    }

    fn crash(&mut self) {
        self.journal = None;
        let unsaved = write(self.history.plan());
        let found = recoverable(&self.state).unwrap().plans.pop();
        let plan = if let Some(recovery) = found {
            let (plan, journal) = recovery.restore();
            self.journal = Some(journal);
            plan
        } else {
            // Nothing was unsaved, so that the plan is the one that was opened or saved.
            let plan = Arc::clone(self.history.plan());
            assert!(!self.history.is_unsaved() || unsaved == self.in_file);
            self.journal = Some(Journal::begin(&self.state, &plan, None).unwrap());
            plan
        };
        assert_eq!(write(&plan), unsaved, "a crash costs nothing");
        self.history = History::opened(Arc::unwrap_or_clone(plan));
        self.first = unsaved;
    }

    /// Undoing everything gives the first bytes, redoing everything the last.
    fn check(&self) {
        assert_eq!(std::fs::read_to_string(&self.path).unwrap(), self.in_file);
        let mut history = self.history.clone();
        let mut undone = 0;
        while history.undo().is_some() {
            undone += 1;
        }
        assert_eq!(write(history.plan()), self.first);
        for _ in 0..undone {
            history.redo();
        }
        assert_eq!(write(history.plan()), write(self.history.plan()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn file_journal_and_undo_agree(acts in prop::collection::vec(act(), 1..60)) {
        let folder = tempfile::tempdir().unwrap();
        let mut window = Window::open(folder.path());
        for act in acts {
            window.act(act);
        }
        window.check();
    }
}
