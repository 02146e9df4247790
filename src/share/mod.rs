//! Plans of several people: what is different between two, and merging by meaning instead of by line.
//!
//! Pure: knows plans and texts, no files and no git. What git must be told is in `cli`.

mod conflicts;
mod markers;
mod merge;
mod place;
mod schema;
mod tree;
mod words;

pub use conflicts::{Choice, ResolveError, conflict_sentences, resolve};
pub use markers::{Sides, from_markers};
pub use merge::{Merged, findings_of_neither, merge};
pub use tree::TreeError;
