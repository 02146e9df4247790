//! The commits that touched a file, also under earlier names, and what it held then.

use std::ffi::OsString;
use std::path::Path;

use super::ask::{Git, NoGit, Place};

/// A commit that touched a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its whole hash.
    pub hash: String,
    /// Who wrote it.
    pub author: String,
    /// The day on which it was written, where its author was: `2026-05-31`.
    pub day: String,
    /// The first line of its message.
    pub subject: String,
    /// The file after it; absent where it deleted the file.
    pub after: Option<Then>,
    /// The file before it; absent where there was none.
    pub before: Option<Then>,
}

/// A file in a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Then {
    tree: String,
    /// From the repository's top; absent where it is the file's present one.
    path: Option<String>,
}

impl Then {
    /// The file in the last commit.
    #[must_use]
    pub fn at_head() -> Self {
        Self { tree: "HEAD".to_owned(), path: None }
    }
}

impl Commit {
    /// As much of the hash as people use.
    #[must_use]
    pub fn short(&self) -> &str {
        short(&self.hash)
    }

    /// Whether it gave the file another name.
    #[must_use]
    pub fn has_renamed(&self) -> bool {
        let [before, after] = [&self.before, &self.after].map(|then| then.as_ref().map(|then| &then.path));
        before.is_some() && after.is_some() && before != after
    }

    fn from(fields: [&str; 4]) -> Self {
        let [hash, author, day, subject] = fields.map(str::to_owned);
        Self { hash, author, day, subject, after: None, before: None }
    }
}

/// As much of a hash as people use.
#[must_use]
pub fn short(hash: &str) -> &str {
    hash.get(..7).unwrap_or(hash)
}

/// What is asked of each commit, whatever the user has configured.
const LOG: [&str; 5] = ["log", "-z", "--date=short", "--encoding=UTF-8", "--no-show-signature"];
const FORMAT: &str = "--format=%H%x00%an%x00%ad%x00%s";

impl Git {
    /// The commits that touched a file, the newest first, following it through renames. Merges are among
    /// them where they left something else than either side had.
    ///
    /// # Errors
    /// Where git is missing, takes too long or refuses.
    pub fn history(&self, path: &Path) -> Result<Vec<Commit>, NoGit> {
        let place = Place::of(path);
        let arguments = LOG.into_iter().chain([FORMAT, "--follow", "-c", "--name-status", "--"]);
        let arguments = arguments.map(OsString::from).chain([place.name.clone()]);
        let told = self.ask(&place, "list the commits of the file", arguments)?;
        Ok(commits(&String::from_utf8_lossy(&told)))
    }

    /// The last commit that touched a file; without what it did to it.
    pub(super) fn last_commit(&self, place: &Place) -> Result<Option<Commit>, NoGit> {
        let arguments = LOG.into_iter().chain([FORMAT, "--max-count=1", "--"]);
        let arguments = arguments.map(OsString::from).chain([place.name.clone()]);
        let told = self.ask(place, "name the last commit of the file", arguments)?;
        let told = String::from_utf8_lossy(&told);
        let mut fields = told.trim_end_matches(['\0', '\n']).splitn(4, '\0');
        Ok(next_four(&mut fields).map(Commit::from))
    }

    /// The bytes of a file in a commit.
    ///
    /// # Errors
    /// Where git is missing, takes too long or has no such file there.
    pub fn bytes(&self, path: &Path, then: &Then) -> Result<Vec<u8>, NoGit> {
        let place = Place::of(path);
        let object = match &then.path {
            Some(path) => OsString::from(format!("{}:{path}", then.tree)),
            None => place.within(&then.tree),
        };
        self.blob(&place, &object)
    }

    pub(super) fn blob(&self, place: &Place, object: &OsString) -> Result<Vec<u8>, NoGit> {
        self.ask(place, "read the committed file", ["cat-file".as_ref(), "blob".as_ref(), object.as_os_str()])
    }
}

fn next_four<'a>(fields: &mut impl Iterator<Item = &'a str>) -> Option<[&'a str; 4]> {
    Some([fields.next()?, fields.next()?, fields.next()?, fields.next()?])
}

/// Reads what `git log -z --name-status -c` prints. Merges that left the file as one side had it are among
/// that without a word of the file, and are passed over.
fn commits(told: &str) -> Vec<Commit> {
    const SHORTEST_HASH: usize = 40;
    let mut commits = Vec::new();
    let mut fields = told.split('\0').map(|field| field.trim_start_matches('\n'));
    let mut commit = None;
    while let Some(field) = fields.next() {
        if field.len() >= SHORTEST_HASH {
            let rest = [fields.next(), fields.next(), fields.next()];
            let [Some(author), Some(day), Some(subject)] = rest else { break };
            commit = Some(Commit::from([field, author, day, subject]));
        } else if !field.is_empty()
            && let Some(path) = fields.next()
        {
            let is_renamed =
                field.starts_with(['R', 'C']) && field[1..].starts_with(|c: char| c.is_ascii_digit());
            let new_path = if is_renamed { fields.next().unwrap_or(path) } else { path };
            commits.extend(commit.take().map(|commit| with_file(commit, field, path, new_path)));
        }
    }
    commits
}

fn with_file(commit: Commit, status: &str, old: &str, new: &str) -> Commit {
    let at = |tree: String, path: &str| Some(Then { tree, path: Some(path.to_owned()) });
    let after = if status.starts_with('D') { None } else { at(commit.hash.clone(), new) };
    let before = if status.starts_with('A') { None } else { at(format!("{}^", commit.hash), old) };
    Commit { after, before, ..commit }
}
