//! What jobs ask git about the plan's file. No window, no threads.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::git::{Commit, Git, Then};
use crate::model::Plan;
use crate::plan_file;
use crate::share;

use super::file_work::difference_words;
use super::jobs::Done;
use super::repository::{Against, Known, Told};

/// How the file of a document stands.
pub fn standing(document: u64, path: PathBuf) -> Done {
    let known = match Git::default().standing(&path) {
        Ok(Some(standing)) => Known::Here(Box::new(standing)),
        Ok(None) => Known::NoRepository,
        Err(error) => Known::NoGit(sentence(&error.to_string())),
    };
    Done::Git(Box::new(Told::Standing(document, path, known)))
}

/// The commits that touched the file of a document.
pub fn commits(document: u64, path: &Path) -> Done {
    let commits = Git::default().history(path).map_err(|error| sentence(&error.to_string()));
    Done::Git(Box::new(Told::Commits(document, commits)))
}

/// The plan of a document in the last commit.
pub fn last(document: u64, path: &Path, commit: Option<&Commit>) -> Done {
    let plan = plan_then(path, Some(&Then::at_head()), "The last commit").map(Arc::new);
    let which = commit.map(|commit| format!(" ({}, {})", commit.short(), commit.day)).unwrap_or_default();
    Done::Git(Box::new(Told::Last(document, format!("the last commit{which}"), plan)))
}

/// What a commit changed, in a few words.
pub fn brief(path: &Path, commit: &Commit) -> Done {
    let words = match before_and_after(path, commit) {
        Ok((Some(before), after)) if commit.has_renamed() && before == after => {
            Ok("the file's name".to_owned())
        }
        Ok((Some(before), after)) => {
            share::difference_in_brief(&before, &after).map_err(|error| error.to_string())
        }
        Ok((None, after)) => Ok(first_words(&after)),
        Err(reason) => Err(reason),
    };
    let words = words.unwrap_or_else(|reason| reason);
    Done::Git(Box::new(Told::Brief(commit.hash.clone(), words)))
}

/// Compares the plan that a commit left with the one before, or with the plan now.
pub fn compared(number: u64, path: &Path, commit: &Commit, against: Against, now: &Plan) -> Done {
    let compared = match against {
        Against::Now => plan_after(path, commit).map(|after| (difference_words(&after, now), after)),
        Against::Before => before_and_after(path, commit)
            .map(|(before, after)| (difference_words(&before.unwrap_or_default(), &after), after)),
    };
    let told = match compared {
        Ok((words, after)) => Told::Compared(number, words, Some(Arc::new(after))),
        // What it left may be readable although what it began with is not.
        Err(reason) => Told::Compared(number, reason, plan_after(path, commit).ok().map(Arc::new)),
    };
    Done::Git(Box::new(told))
}

fn before_and_after(path: &Path, commit: &Commit) -> Result<(Option<Plan>, Plan), String> {
    let after = plan_after(path, commit)?;
    let before =
        commit.before.as_ref().map(|then| plan_then(path, Some(then), "The commit before")).transpose()?;
    Ok((before, after))
}

fn plan_after(path: &Path, commit: &Commit) -> Result<Plan, String> {
    plan_then(path, commit.after.as_ref(), "This commit")
}

fn plan_then(path: &Path, then: Option<&Then>, whose: &str) -> Result<Plan, String> {
    let then = then.ok_or_else(|| format!("{whose} deleted the file."))?;
    let bytes = Git::default().bytes(path, then).map_err(|error| sentence(&error.to_string()))?;
    plan_file::plan_of_bytes(&bytes)
        .map_err(|error| format!("{whose} holds no plan that can be read: {error}"))
}

/// How large a plan was when it came.
fn first_words(plan: &Plan) -> String {
    let [systems, flows] = [(plan.systems.len(), "system"), (plan.flows.len(), "flow")]
        .map(|(count, word)| format!("{count} {word}{}", if count == 1 { "" } else { "s" }));
    format!("the first version, with {systems} and {flows}")
}

/// A sentence begins with a capital letter and ends with a full stop.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    let end = if words.ends_with('.') { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}
