//! How a plan changes: a closed set of edits, and the history of named steps.

mod apply;
mod changes;
mod deletion;
mod history;

pub use apply::{Change, Edit, EditError, apply};
pub use changes::{
    add_domain, add_flow, add_system, add_wave, change_domain, change_flow, change_system, change_wave,
    place_systems,
};
pub use deletion::{Deletion, delete};
pub use history::{History, Step};
