//! Plans of several people: what is different between two, and merging by meaning instead of by line.
//!
//! Pure: knows plans and texts, no files and no git. What git must be told is in `cli`.

mod conflicts;
mod difference;
mod findings;
mod markers;
mod merge;
mod narrow;
mod place;
mod references;
mod schema;
mod take;
mod tree;
mod variants;
mod words;

pub use conflicts::{Choice, ConflictWords, ResolveError, conflict_sentences, conflicts_in_words, resolve};
pub(crate) use difference::by_element;
pub use difference::heading;
pub use difference::{
    Change, Changed, Difference, DrawingChange, Judged, NumberChange, Values, as_json, as_text, changes,
    difference, difference_in_brief, difference_of,
};
pub use markers::{Sides, from_markers};
pub use merge::{Merged, findings_of_neither, merge};
pub use take::{TakeError, take, take_all};
pub use tree::TreeError;
pub use variants::{Row, Variants, variants};
