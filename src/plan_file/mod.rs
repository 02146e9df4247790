//! The saved form of a plan: `NAME.plan.ron`, text that people read, review and merge.
//!
//! The model is the file's shape; this room owns the format's version, the limits, the sentences
//! for what cannot be read, saving without ever leaving a torn file, earlier versions, and the
//! journal of what is not saved yet.

mod check;
mod comment;
mod disk;
mod error;
mod format;
mod hidden;
mod journal;
mod nearest;
mod normal;
mod open;
mod outline;
mod places;
mod position;
mod read;
mod ron_fault;
mod save;
mod save_error;
mod state;
mod stray;
mod token;
mod version;
mod versions;
mod write;

#[cfg(test)]
mod broken;
#[cfg(test)]
mod canonical;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod harmed;
#[cfg(test)]
mod session;

pub use comment::first_comment;
pub use error::{Fault, PlanFileError};
pub use hidden::{hidden_characters, is_hidden};
pub use journal::{Journal, Recoverable, Recovery, Replay, recoverable};
pub use open::{Loaded, load, open, plan_of_bytes};
pub use places::element_lines;
pub use position::TextPosition;
pub use read::read;
pub use save::{Remark, Saved, save, save_over, write_whole};
pub use save_error::{Found, SaveError};
pub use state::StateFolder;
pub use stray::{StrayFile, remove_stray_files, stray_files};
pub use version::{Expected, NoVersion, Version};
pub use versions::{Mark, OldVersion, path_of_named_version, versions};
pub use write::write;

/// How the name of a plan file ends, without the leading dot.
pub const EXTENSION: &str = "plan.ron";

/// The format that this version writes, and the newest that it reads.
pub const FORMAT: u32 = 1;

/// How deep brackets may stand in a plan file.
const DEEPEST: usize = 64;

/// How `ron` reads and writes plans: without `Some(…)` around what may be absent.
fn notation() -> ron::Options {
    ron::Options::default()
        .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
        .with_recursion_limit(DEEPEST)
}
