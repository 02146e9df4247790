//! The saved form of a plan: `NAME.plan.ron`, text that people read, review and merge.
//!
//! The model is the file's shape; this room owns the format's version, the limits, the sentences
//! for what cannot be read, and saving without ever leaving a torn file.

mod check;
mod comment;
mod error;
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
mod token;
mod version;
mod write;

#[cfg(test)]
mod broken;
#[cfg(test)]
mod canonical;

pub use comment::first_comment;
pub use error::{Fault, PlanFileError};
pub use open::open;
pub use places::element_lines;
pub use position::TextPosition;
pub use read::read;
pub use save::{save, write_whole};
pub use save_error::SaveError;
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
