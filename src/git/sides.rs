//! The sides of a plan file with conflict markers, from git where it still has them, else from the markers.

use std::path::Path;

use super::ask::{Git, Place};
use crate::share::{self, Sides};

/// A file that was merged by line and waits for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HalfMerged {
    /// The texts.
    pub sides: Sides,
    /// Whether they are what git merged, and not what the markers in the file show of it.
    pub is_from_git: bool,
}

impl HalfMerged {
    /// Whether it is known what both sides started from, be it nothing.
    #[must_use]
    pub const fn has_base(&self) -> bool {
        self.is_from_git || self.sides.base.is_some()
    }
}

/// The sides of a file with conflict markers; `None` where its text has none that match up.
#[must_use]
pub fn half_merged(git: &Git, path: &Path, text: &str) -> Option<HalfMerged> {
    let marked = share::from_markers(text)?;
    let from_git = git.sides(path);
    let is_from_git = from_git.is_some();
    Some(HalfMerged { sides: from_git.unwrap_or(marked), is_from_git })
}

impl Git {
    /// What git merges into a file, where a merge waits; a file that both sides added has no base.
    fn sides(&self, path: &Path) -> Option<Sides> {
        let place = Place::of(path);
        let side = |stage: &str| String::from_utf8(self.blob(&place, &place.within(stage)).ok()?).ok();
        let (ours, theirs) = (side(":2")?, side(":3")?);
        Some(Sides { base: side(":1"), ours, theirs })
    }
}
