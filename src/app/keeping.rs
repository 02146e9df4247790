//! What keeps work from being lost: what the window remembers for it, what can be asked for, and what
//! its dialogs show. `apply` carries it out.

use std::collections::BTreeSet;
use std::fmt::{self, Display};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::model::Plan;
use crate::plan_file::{Expected, Loaded, OldVersion, Recovery, StateFolder, StrayFile, Version};
use crate::share::{Choice, ConflictWords, Merged};

use super::document::Look;

/// What the window remembers.
#[derive(Debug, Default)]
pub struct Keeper {
    /// Where versions and journals are kept; without it neither is.
    pub state: Option<StateFolder>,
    /// Work that was not saved when the program ended.
    pub recoveries: Vec<(Recovery, FoundWork)>,
    /// Whether it is still to be shown.
    pub is_to_offer: bool,
    /// How many comparisons were asked for; tells the last one's result from earlier ones'.
    pub comparisons: u64,
    /// When the file was looked at, in seconds of the window's clock.
    pub looked_at: f64,
    /// Whether the file is looked at only when somebody asks for it.
    pub looks_when_asked: bool,
    /// Whether somebody asks now.
    pub is_to_look: bool,
    /// What interrupted saves left beside the plan.
    pub strays: Vec<StrayFile>,
    /// Whether that is said in a line until somebody answers.
    pub offers_strays: bool,
    /// Where it was found already, so that it is said once.
    pub folders_looked_at: BTreeSet<PathBuf>,
}

/// What can be asked for.
#[derive(Clone, Debug)]
pub enum Keeping {
    /// Show the work that was not saved.
    AskRecovery,
    /// Open it, by its place in the list.
    Recover(usize),
    /// Put it among the earlier versions.
    Drop(usize),
    /// Show earlier versions.
    AskVersions,
    /// Compare the plan with one of them.
    LookAt(OldVersion),
    /// Save the plan beside its file.
    SaveSibling(Sibling),
    /// Save although another plan is there, which becomes an earlier version.
    Replace(Box<Occupied>),
    /// Say what is different in the file that somebody else changed.
    CompareChanged,
    /// Merge the plan with it by meaning.
    MergeChanged,
    /// Let the plan replace it; it becomes an earlier version.
    KeepMine,
    /// Take it in the place of the plan, as a step.
    Reload,
    /// Open what came of merging the sides of a file with conflict markers.
    OpenMerged(Box<FromMarkers>),
    /// Show the conflicts of the plan.
    AskConflicts,
    /// Decide one of them, by its place in the plan.
    Decide(String, Choice),
    /// Look for files that interrupted saves left beside the plan, and show them.
    AskStrays,
    /// Remove those that are shown.
    RemoveStrays,
    /// Leave them where they are.
    LeaveStrays,
}

/// A plan on its way to a file.
#[derive(Clone, Debug)]
pub struct Save {
    /// Which of the documents that the window has shown it is.
    pub document: u64,
    /// The plan as it is saved.
    pub plan: Arc<Plan>,
    /// Where it goes.
    pub path: PathBuf,
    /// What may be there.
    pub expected: Expected,
    /// Whether the document has this file afterwards.
    pub moves_document: bool,
}

/// Work that was not saved, as its dialog shows it.
#[derive(Clone, Debug)]
pub struct FoundWork {
    /// Its file; absent where it never had one.
    pub path: Option<PathBuf>,
    /// The plan's name.
    pub name: String,
    /// What its last step is called.
    pub label: String,
    /// How many steps were not saved.
    pub steps: usize,
    /// When the last one was taken.
    pub modified: SystemTime,
    /// Whether somebody wrote its file since.
    pub has_file_changed: bool,
    /// What is different from the file, or what the plan holds where there is none.
    pub words: String,
}

/// A file that somebody else changed.
#[derive(Clone, Debug)]
pub struct Outside {
    /// The file.
    pub path: PathBuf,
    /// How it looks.
    pub look: Option<Look>,
    /// Its bytes.
    pub version: Version,
    /// The plan in it, or why there is none.
    pub plan: Result<Arc<Plan>, String>,
    /// Whether a person was about to save.
    pub stopped_a_save: bool,
    /// Whether it is being merged with the open plan.
    pub is_merging: bool,
}

/// A file in whose place a plan would be saved.
#[derive(Clone, Debug)]
pub struct Occupied {
    /// What was to be saved.
    pub save: Save,
    /// The bytes of the file.
    pub version: Version,
    /// What it holds; or why it cannot be read, and then it is not replaced.
    pub holds: Result<String, String>,
}

/// A file beside the plan's.
#[derive(Clone, Debug)]
pub struct Sibling {
    /// A variant becomes the open document; a named version does not.
    pub is_variant: bool,
    /// What was typed.
    pub name: String,
}

/// Earlier versions, the newest first.
#[derive(Clone, Debug)]
pub struct VersionList {
    /// The versions.
    pub versions: Vec<OldVersion>,
    /// When the list was made.
    pub now: SystemTime,
    /// The number of the one that is looked at.
    pub chosen: Option<u64>,
}

/// Two plans that are compared, off the frame.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// Which one it is.
    pub number: u64,
    /// The difference in words, as soon as it is known.
    pub words: Option<String>,
    /// The plan of the earlier version that is looked at, as soon as it is read.
    pub plan: Option<Arc<Plan>>,
}

/// The conflicts of the plan.
#[derive(Clone, Debug, Default)]
pub struct ConflictList {
    /// Those that are left.
    pub conflicts: Vec<ConflictWords>,
    /// Where another value is being typed, and what.
    pub typed: Option<(String, String)>,
    /// Why a choice does not fit, and where.
    pub refused: Option<(String, String)>,
}

/// What comes of the sides of a file with conflict markers.
#[derive(Clone, Debug)]
pub struct FromMarkers {
    /// The file.
    pub path: PathBuf,
    /// Its bytes.
    pub version: Version,
    /// How it looks.
    pub look: Option<Look>,
    /// The merged plan.
    pub merged: Merged,
    /// Whether it is known what both sides started from.
    pub has_base: bool,
    /// Whether the sides are what git merged, and not what the markers show of it.
    pub is_from_git: bool,
}

/// What a file turned out to hold.
#[derive(Debug)]
pub enum Opened {
    /// A plan.
    Plan(Loaded, Option<Look>),
    /// Two sides of a plan.
    Sides(FromMarkers),
    /// No plan, and why.
    Nothing(String),
}

/// What people call a file: its name without its folder.
#[must_use]
pub fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// How long ago something was: "5 minutes ago". Says the same in every time zone.
#[derive(Clone, Copy, Debug)]
pub struct Ago(pub Duration);

impl Ago {
    /// From a time until now; a time in the future counts as now.
    #[must_use]
    pub fn since(time: SystemTime, now: SystemTime) -> Self {
        Self(now.duration_since(time).unwrap_or_default())
    }
}

impl Display for Ago {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minutes = self.0.as_secs() / 60;
        let (count, word) = match minutes {
            0 => return f.write_str("just now"),
            1..60 => (minutes, "minute"),
            60..1_440 => (minutes / 60, "hour"),
            _ => (minutes / 1_440, "day"),
        };
        write!(f, "{count} {word}{} ago", if count == 1 { "" } else { "s" })
    }
}

/// A size that people can read: "12 KB".
#[must_use]
pub fn size_words(bytes: u64) -> String {
    match bytes {
        0..1_024 => format!("{bytes} bytes"),
        1_024..1_048_576 => format!("{} KB", bytes.div_ceil(1_024)),
        _ => format!("{:.1} MB", bytes as f64 / 1_048_576.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_sizes_are_said_as_people_say_them() {
        let ago = |seconds| Ago(Duration::from_secs(seconds)).to_string();
        let words = [ago(59), ago(60), ago(3_599), ago(7_200), ago(200_000)];
        assert_eq!(words, ["just now", "1 minute ago", "59 minutes ago", "2 hours ago", "2 days ago"]);
        assert_eq!(size_words(1_023), "1023 bytes");
        assert_eq!(size_words(1_025), "2 KB");
        assert_eq!(size_words(3_145_728), "3.0 MB");
    }
}
