//! What the window knows of the repository around the plan's file, what can be asked of it, and how it is
//! said. `git_work` asks and `apply` carries out.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::git::{Commit, Head, Standing, State, short};
use crate::model::Plan;

use super::document::Document;

/// What the window remembers.
#[derive(Debug, Default)]
pub struct Repository {
    /// How the file stands.
    pub known: Known,
    /// Whether that may have changed.
    pub is_to_ask: bool,
    /// For which of the documents that the window has shown, and which file, it was asked last.
    pub asked_for: Option<(u64, PathBuf)>,
}

/// How a file stands, as far as it is known.
#[derive(Debug, Default)]
pub enum Known {
    /// Git has not answered yet.
    #[default]
    NotYet,
    /// There is no git, or it gives no answer, and why.
    NoGit(String),
    /// The file is in no repository.
    NoRepository,
    /// It is in one.
    Here(Box<Standing>),
}

/// What can be asked for.
#[derive(Clone, Debug)]
pub enum Asking {
    /// Compare the plan with the last commit.
    CompareWithLast,
    /// List the commits that touched the plan.
    History,
    /// Look at one of them, by its place, against something.
    Choose(usize, Against),
    /// Say in a few words what one of them changed.
    Brief(usize),
    /// Save the plan as it was then in a file beside the plan's, with these words in its name.
    SaveBeside(Arc<Plan>, String),
}

/// What a commit is compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Against {
    /// The commit before: what it changed.
    #[default]
    Before,
    /// The plan as it is now: what has changed since.
    Now,
}

/// The commits that touched the plan, the newest first.
#[derive(Clone, Debug)]
pub struct CommitList {
    /// The commits.
    pub commits: Arc<[Commit]>,
    /// The one that is looked at, by its place.
    pub chosen: usize,
    /// What it is compared with.
    pub against: Against,
    /// Whether a comparison is under way; the next one waits for it, however fast keys are pressed.
    pub is_comparing: bool,
    /// What each changed in a few words, by hash; absent while that is being worked out.
    pub briefs: BTreeMap<String, Option<String>>,
}

/// What git answered.
#[derive(Debug)]
pub enum Told {
    /// How the file of a document stands.
    Standing(u64, PathBuf, Known),
    /// The commits that touched the file of a document, or why they cannot be listed.
    Commits(u64, Result<Vec<Commit>, String>),
    /// What a commit changed, in a few words.
    Brief(String, String),
    /// What is different, as [`super::jobs::Done::Compared`] has it.
    Compared(u64, String, Option<Arc<Plan>>),
    /// The plan in the last commit, what that is called, or why it cannot be read.
    Last(u64, String, Result<Arc<Plan>, String>),
}

impl Repository {
    /// How the file stands, where it is in a repository.
    #[must_use]
    pub const fn standing(&self) -> Option<&Standing> {
        match &self.known {
            Known::Here(standing) => Some(standing),
            _ => None,
        }
    }

    /// Why there is nothing to compare the plan with; `None` where it was committed.
    #[must_use]
    pub fn why_no_commit(&self, document: &Document) -> Option<String> {
        let why = match &self.known {
            _ if document.path.is_none() => "The plan has no file yet",
            Known::NotYet => "Git is being asked",
            Known::NoGit(reason) => reason,
            Known::NoRepository => "The file is in no git repository",
            Known::Here(standing) if !standing.state.is_committed() => "The plan was never committed",
            Known::Here(_) => return None,
        };
        Some(why.to_owned())
    }
}

/// What is checked out, in a word.
#[must_use]
pub fn head_words(head: &Head) -> &str {
    match head {
        Head::Branch(name) => name,
        Head::Detached(hash) => short(hash),
    }
}

/// The plan against the last commit, in a few words. What is not saved counts as changed, and is said.
#[must_use]
pub const fn state_words(state: State, is_unsaved: bool) -> &'static str {
    match (state, is_unsaved) {
        (State::NotInGit, false) => "not in git",
        (State::NotInGit, true) => "not in git, not saved",
        (State::New, false) => "new, not committed yet",
        (State::New, true) => "new, not committed yet, not all saved",
        (State::Same, false) => "same as the last commit",
        (State::Same, true) => "changed since the last commit, not saved",
        (State::Changed, false) => "changed since the last commit",
        (State::Changed, true) => "changed since the last commit, not all saved",
        (State::InConflict, false) => "in conflict",
        (State::InConflict, true) => "in conflict, not saved",
    }
}

/// The same in sentences, with the last commit.
#[must_use]
pub fn standing_sentences(standing: &Standing, is_unsaved: bool) -> String {
    let head = match &standing.head {
        Head::Branch(name) => format!("Branch {name}."),
        Head::Detached(hash) => format!("No branch: the commit {} is checked out.", short(hash)),
    };
    let state = match standing.state {
        State::NotInGit => "Git does not keep this file; \"git add\" begins.",
        State::New => "This file is to be committed for the first time.",
        State::Same => "The file is what was committed last.",
        State::Changed => "The file is not what was committed last, or a change of it waits to be committed.",
        State::InConflict => "A merge waits: decide and save, then \"git add\" the file.",
    };
    let unsaved = if is_unsaved { "What you changed since saving is not in the file." } else { "" };
    let last =
        standing.last.as_ref().map(|commit| format!("The plan's last commit: {}", commit_words(commit)));
    let sentences = [head, state.to_owned(), unsaved.to_owned(), last.unwrap_or_default()];
    sentences.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join("\n")
}

/// A commit in one line: day, author, hash, subject.
#[must_use]
pub fn commit_words(commit: &Commit) -> String {
    format!("{}, {}, {}: {}", commit.day, commit.author, commit.short(), commit.subject)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_saved_counts_as_changed() {
        assert_eq!(state_words(State::Same, true), "changed since the last commit, not saved");
        let standing = Standing { head: Head::Branch("main".to_owned()), state: State::Same, last: None };
        assert_eq!(
            standing_sentences(&standing, true),
            "Branch main.\nThe file is what was committed last.\nWhat you changed since saving is not in the file."
        );
    }

    #[test]
    fn each_reason_for_no_commit_is_said() {
        let mut document = Document::new();
        let mut repository = Repository::default();
        let why = |repository: &Repository, document: &Document| repository.why_no_commit(document).unwrap();
        assert_eq!(why(&repository, &document), "The plan has no file yet");
        document.path = Some(PathBuf::from("a.plan.ron"));
        repository.known = Known::NoRepository;
        assert_eq!(why(&repository, &document), "The file is in no git repository");
        let here = |state| {
            let head = Head::Detached("abc".to_owned());
            Known::Here(Box::new(Standing { head, state, last: None }))
        };
        repository.known = here(State::New);
        assert_eq!(why(&repository, &document), "The plan was never committed");
        repository.known = here(State::InConflict);
        assert_eq!(repository.why_no_commit(&document), None);
    }
}
