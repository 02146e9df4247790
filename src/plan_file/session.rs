//! Whatever people do in whatever order: the file, the journal and Undo agree, and nothing that
//! anybody typed is lost.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use proptest::prelude::*;

use super::{
    Expected, Journal, Mark, SaveError, StateFolder, Version, load, read, recoverable, save_over, versions,
    write,
};
use crate::edit::{Edit, History, add_system, apply, change_system, delete};
use crate::generate;
use crate::model::{Plan, Position, System};
use crate::share::{Choice, merge, resolve};

/// A change to a plan, at a place that the number chooses. What is typed is a new word each time.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Add,
    Rename(u8),
    Describe(u8),
    Delete(u8),
    Move(u8),
    Note,
}

/// Something that a person, or somebody else, does.
#[derive(Clone, Copy, Debug)]
enum Act {
    Do(Deed),
    Undo,
    Redo,
    /// Where somebody else wrote the file, nothing is saved until one of the next three.
    Save,
    Merge,
    ReadAgain,
    KeepMine,
    /// The first conflict of a merge.
    Decide(Decision),
    /// Closes the plan without saving and opens the file.
    Reopen,
    /// Ends the program at once; the next one takes up what it finds.
    Kill,
    /// Somebody else opens the file, changes something and saves it.
    Outside(Deed),
}

#[derive(Clone, Copy, Debug)]
enum Decision {
    Ours,
    Theirs,
    Both,
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        2 => Just(Deed::Add),
        4 => (0..6_u8).prop_map(Deed::Rename),
        3 => (0..6_u8).prop_map(Deed::Describe),
        1 => (0..6_u8).prop_map(Deed::Delete),
        1 => (0..6_u8).prop_map(Deed::Move),
        1 => Just(Deed::Note),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    let decision = prop_oneof![Just(Decision::Ours), Just(Decision::Theirs), Just(Decision::Both)];
    prop_oneof![
        12 => deed().prop_map(Act::Do),
        4 => Just(Act::Undo),
        2 => Just(Act::Redo),
        3 => Just(Act::Save),
        3 => Just(Act::Merge),
        1 => Just(Act::ReadAgain),
        1 => Just(Act::KeepMine),
        1 => decision.prop_map(Act::Decide),
        1 => Just(Act::Reopen),
        2 => Just(Act::Kill),
        4 => deed().prop_map(Act::Outside),
    ]
}

/// The edits of a deed; what is typed is the word.
fn edits(plan: &Plan, deed: Deed, word: &str) -> Vec<Edit> {
    let ids: Vec<_> = plan.systems.keys().cloned().collect();
    let some = |number: u8| ids.get(usize::from(number) % ids.len().max(1)).cloned();
    let change = |number: u8, change: &dyn Fn(&mut System)| {
        some(number).and_then(|id| change_system(plan, &id, change)).into_iter().collect()
    };
    match deed {
        Deed::Add => vec![add_system(plan.free_system_id(word), System::named(word))],
        Deed::Rename(number) => change(number, &|system| word.clone_into(&mut system.name)),
        Deed::Describe(number) => {
            change(number, &|system| system.notes = format!("{}\n{word}", system.notes))
        }
        Deed::Delete(number) => {
            let gone = some(number).into_iter().collect();
            delete(plan, &gone, &BTreeSet::new(), &BTreeSet::new()).edits
        }
        Deed::Move(number) => {
            let card = some(number);
            card.map(|id| Edit::Place(id, Some(Position(number.into(), 0)))).into_iter().collect()
        }
        Deed::Note => vec![Edit::Notes(word.to_owned())],
    }
}

/// A plan without what people typed over: what was there before its conflicts, and our values in
/// them, which stand in the plan itself until somebody types over them too.
fn without_what_is_typed_over(plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    plan.conflicts.values_mut().for_each(|conflict| (conflict.base, conflict.ours) = (None, None));
    plan
}

/// What people typed that stands in a plan: `word7`.
fn words(plan: &Plan) -> BTreeSet<String> {
    let text = write(plan);
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    // In a conflict a line's end is written `\\n`.
    let words = words.map(|word| word.strip_prefix('n').unwrap_or(word));
    words.filter(|word| word.starts_with("word")).map(str::to_owned).collect()
}

/// A window with one document.
struct Window {
    path: PathBuf,
    state: StateFolder,
    history: History,
    expected: Expected,
    journal: Option<Journal>,
    /// What the file held when it was read or written last.
    base: Arc<Plan>,
    /// What the file holds, and whether the window has yet to hear of it.
    in_file: String,
    is_news: bool,
    /// What the file held when the window wrote it or heard of it last.
    known: Version,
    /// The plan with which the history began, as text.
    first: String,
    typed: usize,
}

impl Window {
    fn open(folder: &Path) -> Self {
        let (path, state) = (folder.join("shop.plan.ron"), StateFolder::at(folder.join("state")));
        save_over(&generate::plan(6, 1), &path, &Expected::any_plan(), None).unwrap();
        let nothing = Arc::new(Plan::default());
        let mut window = Self {
            history: History::opened(Plan::default()),
            expected: Expected::no_file(),
            journal: None,
            base: nothing,
            in_file: std::fs::read_to_string(&path).unwrap(),
            is_news: false,
            known: Version::of(b""),
            first: String::new(),
            typed: 0,
            path,
            state,
        };
        window.read_file();
        window
    }

    fn read_file(&mut self) {
        let loaded = load(&self.path).unwrap();
        self.first = write(&loaded.plan);
        self.history = History::opened(loaded.plan);
        self.base = Arc::clone(self.history.plan());
        self.expected = Expected::version(loaded.version);
        let file = Some((&*self.path, loaded.version));
        self.journal = Some(Journal::begin(&self.state, self.history.plan(), file).unwrap());
        self.has_heard();
    }

    fn plan(&self) -> &Arc<Plan> {
        self.history.plan()
    }

    fn word(&mut self) -> String {
        self.typed += 1;
        format!("word{}", self.typed)
    }

    fn act(&mut self, act: Act) {
        match act {
            Act::Do(deed) => {
                let word = self.word();
                self.commit("Change", edits(self.plan(), deed, &word));
            }
            Act::Undo => self.history.undo().map_or((), |label| self.record(&format!("Undo {label}"))),
            Act::Redo => self.history.redo().map_or((), |label| self.record(&label)),
            Act::Save => self.save(),
            Act::Merge if self.is_news => self.merge(),
            Act::ReadAgain if self.is_news => self.read_again(),
            Act::KeepMine if self.is_news => {
                self.expected.accept(self.version());
                self.has_heard();
            }
            Act::Merge | Act::ReadAgain | Act::KeepMine => {}
            Act::Decide(decision) => self.decide(decision),
            Act::Reopen => self.reopen(),
            Act::Kill => self.kill(),
            Act::Outside(deed) => self.outside(deed),
        }
        let found = std::fs::read_to_string(&self.path).unwrap();
        assert_eq!(found, self.in_file, "the file holds something that nobody saved");
    }

    fn commit(&mut self, label: &str, edits: Vec<Edit>) {
        if self.history.commit(label, None, edits).unwrap() {
            self.record(label);
        }
    }

    fn record(&self, label: &str) {
        self.journal.as_ref().unwrap().record(label, self.plan());
    }

    fn version(&self) -> Version {
        Version::of(self.in_file.as_bytes())
    }

    fn outside(&mut self, deed: Deed) {
        let word = self.word();
        let plan = read(&self.in_file).unwrap();
        let text = write(&apply(&plan, edits(&plan, deed, &word)).unwrap());
        if text != self.in_file {
            self.in_file = text;
            // Somebody may also put back what was there.
            self.is_news = self.known != self.version();
            std::fs::write(&self.path, &self.in_file).unwrap();
        }
    }

    /// The window knows what the file holds.
    fn has_heard(&mut self) {
        self.known = self.version();
        self.is_news = false;
    }

    fn save(&mut self) {
        let plan = Arc::clone(self.plan());
        let replaced = self.in_file.clone();
        match save_over(&plan, &self.path, &self.expected, Some(&self.state)) {
            Ok(saved) => {
                let is_the_same = write(&plan) == replaced;
                assert!(!self.is_news || is_the_same, "somebody else's work is overwritten");
                self.in_file = write(&plan);
                self.has_heard();
                self.journal.as_ref().unwrap().saved(&plan, &self.path, saved.version);
                self.history.mark_saved(&plan);
                self.base = plan;
                let kept = versions(&self.state, Some(&self.path)).unwrap();
                let is_kept =
                    || kept.first().is_some_and(|version| write(&version.open().unwrap()) == replaced);
                assert!(is_the_same || is_kept(), "what was saved over is no earlier version");
            }
            Err(SaveError::ChangedOnDisk { found, .. }) => {
                assert!(self.is_news, "our own work is taken for somebody else's");
                assert_eq!(found.bytes, self.in_file.as_bytes());
            }
            Err(error) => panic!("{error}"),
        }
    }

    fn merge(&mut self) {
        let theirs = load(&self.path).unwrap();
        let merged = merge(&self.base, self.plan(), &theirs.plan).unwrap().plan;
        let (before, after) = (words(&self.base), words(&merged));
        for (whose, plan) in [("we", &**self.plan()), ("they", &theirs.plan)] {
            let lost: Vec<_> = words(&without_what_is_typed_over(plan))
                .into_iter()
                .filter(|word| !before.contains(word))
                .collect();
            let lost: Vec<_> = lost.into_iter().filter(|word| !after.contains(word)).collect();
            assert_eq!(lost, Vec::<String>::new(), "the merge lost what {whose} typed");
        }
        self.commit("Merge with the changed file", vec![Edit::Plan(Box::new(merged))]);
        self.expected.accept(theirs.version);
        self.base = Arc::new(theirs.plan);
        self.journal.as_ref().unwrap().follows(&self.base, theirs.version);
        self.has_heard();
    }

    fn read_again(&mut self) {
        let theirs = load(&self.path).unwrap();
        self.commit("Read the changed file", vec![Edit::Plan(Box::new(theirs.plan))]);
        let plan = Arc::clone(self.plan());
        self.expected = Expected::version(theirs.version);
        self.journal.as_ref().unwrap().saved(&plan, &self.path, theirs.version);
        self.history.mark_saved(&plan);
        self.base = plan;
        self.has_heard();
    }

    fn decide(&mut self, decision: Decision) {
        let Some(place) = self.plan().conflicts.keys().next().cloned() else { return };
        let choice = match decision {
            Decision::Ours => Choice::Ours,
            Decision::Theirs => Choice::Theirs,
            Decision::Both => Choice::Both,
        };
        if let Ok(plan) = resolve(self.plan(), &place, &choice) {
            assert!(!plan.conflicts.contains_key(&place));
            self.commit("Decide", vec![Edit::Plan(Box::new(plan))]);
        }
    }

    fn reopen(&mut self) {
        let unsaved = write(self.plan());
        self.journal.take().unwrap().discard().unwrap();
        let kept = versions(&self.state, Some(&self.path)).unwrap();
        let mut kept = kept.iter().filter(|version| version.mark == Mark::Discarded);
        let mut is_kept = || kept.any(|version| write(&version.open().unwrap()) == unsaved);
        let is_unsaved = unsaved != write(&self.base) && unsaved != self.in_file;
        assert!(!is_unsaved || is_kept(), "work that was not to be saved is gone");
        self.read_file();
    }

    fn kill(&mut self) {
        self.journal = None;
        let unsaved = write(self.plan());
        let Some(recovery) = recoverable(&self.state).unwrap().plans.pop() else {
            let is_elsewhere = unsaved == write(&self.base) || unsaved == self.in_file;
            assert!(is_elsewhere, "the kill cost what the file does not hold");
            return self.read_file();
        };
        let (base, version) = (recovery.found.base_plan.clone(), recovery.found.base.unwrap());
        assert_eq!(recovery.has_file_changed(), version != self.version());
        self.is_news = recovery.has_file_changed();
        let (plan, journal) = recovery.restore();
        assert_eq!(write(&plan), unsaved, "the kill cost something");
        (self.journal, self.first) = (Some(journal), unsaved);
        self.history = History::unsaved(plan);
        self.expected = Expected::version(version);
        self.known = version;
        self.base = base.unwrap();
    }

    /// Undoing everything gives the first bytes, redoing everything the last.
    fn check_undo(&self) {
        let mut history = self.history.clone();
        while history.redo().is_some() {}
        let last = write(history.plan());
        while history.undo().is_some() {}
        assert_eq!(write(history.plan()), self.first, "undoing everything");
        while history.redo().is_some() {}
        assert_eq!(write(history.plan()), last, "redoing everything");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn file_journal_and_undo_agree_and_nothing_typed_is_lost(acts in prop::collection::vec(act(), 1..60)) {
        let folder = tempfile::tempdir().unwrap();
        let mut window = Window::open(folder.path());
        for act in acts {
            window.act(act);
        }
        window.check_undo();
    }
}
