//! What git knows of a plan's file: the branch, what was committed, the sides of a merge that waits.
//!
//! Asks the `git` of this machine and only reads: no writing, no locks, no hooks, no network, no questions,
//! in bounded time. Where there is no git or no repository there is nothing to know, which is no error.

mod ask;
mod history;
mod sides;
mod standing;

#[cfg(test)]
mod tests;

pub use ask::{Git, NoGit};
pub use history::{Commit, Then, short};
pub use sides::{HalfMerged, half_merged};
pub use standing::{Head, Standing, State};
