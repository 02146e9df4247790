//! Where a file stands: on which branch, and whether it is what was committed last.

use std::path::Path;

use super::ask::{Git, NoGit, Place};
use super::history::Commit;

/// Where a plan's file stands in its repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// What is checked out.
    pub head: Head,
    /// The file against the last commit.
    pub state: State,
    /// The last commit that touched the file; absent where none did.
    pub last: Option<Commit>,
}

/// What is checked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Head {
    /// A branch, by its name.
    Branch(String),
    /// A commit without a branch ("detached"), by its hash.
    Detached(String),
}

/// A file against the last commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Git was not told of it, or was told to pass it over.
    NotInGit,
    /// It is to be committed for the first time.
    New,
    /// It is different, or something about it waits to be committed.
    Changed,
    /// It is the same.
    Same,
    /// A merge waits for somebody to decide.
    InConflict,
}

impl State {
    /// Whether the last commit has the file, or a side of it.
    #[must_use]
    pub const fn is_committed(self) -> bool {
        matches!(self, Self::Changed | Self::Same | Self::InConflict)
    }
}

impl Git {
    /// Where a file stands; `None` where it is in no repository.
    ///
    /// # Errors
    /// Where git is missing, takes too long or refuses.
    pub fn standing(&self, path: &Path) -> Result<Option<Standing>, NoGit> {
        let place = Place::of(path);
        let arguments = [
            "status",
            "--porcelain=v2",
            "--branch",
            "-z",
            "--untracked-files=all",
            "--ignored=matching",
            "--",
        ];
        let arguments = arguments.map(Into::into).into_iter().chain([place.name.clone()]);
        let told = match self.ask(&place, "say how the file stands", arguments) {
            Err(NoGit::Refused(_, reason)) if is_no_repository(&reason) => return Ok(None),
            told => told?,
        };
        let Some((head, state)) = head_and_state(&String::from_utf8_lossy(&told)) else { return Ok(None) };
        let last = if state.is_committed() { self.last_commit(&place)? } else { None };
        Ok(Some(Standing { head, state, last }))
    }
}

fn is_no_repository(reason: &str) -> bool {
    reason.starts_with("not a git repository")
        || reason.starts_with("this operation must be run in a work tree")
}

/// Reads what `git status --porcelain=v2 --branch -z` prints about one file.
fn head_and_state(told: &str) -> Option<(Head, State)> {
    let (mut commit, mut branch, mut state) = ("", None, State::Same);
    for entry in told.split('\0') {
        let (kind, rest) = entry.split_once(' ').unwrap_or((entry, ""));
        match kind {
            "#" => {
                commit = rest.strip_prefix("branch.oid ").unwrap_or(commit);
                branch = rest.strip_prefix("branch.head ").or(branch);
            }
            "u" => return Some((head(commit, branch?), State::InConflict)),
            "1" | "2" if rest.starts_with('A') => state = State::New,
            "1" | "2" => state = State::Changed,
            // Where it was taken out of git and is still there, it is changed.
            "?" | "!" if state == State::Same => state = State::NotInGit,
            _ => {}
        }
    }
    Some((head(commit, branch?), state))
}

fn head(commit: &str, branch: &str) -> Head {
    match branch {
        "(detached)" => Head::Detached(commit.to_owned()),
        branch => Head::Branch(branch.to_owned()),
    }
}
