//! How a plan changes: a closed set of edits, and the history of named steps.

mod apply;
mod areas;
mod authority;
mod between;
mod changes;
mod deletion;
mod history;
mod kind_guess;
mod wave_is_done;

pub use apply::{Change, Edit, EditError, apply};
pub use areas::{add_area, assign_area, remove_area, rename_area};
pub use authority::{claim_truth, correct_truth, set_role};
pub use between::edits_between;
pub use changes::{
    add_decision, add_domain, add_flow, add_system, add_waiver, add_wave, change_domain, change_flow,
    change_system, change_wave, place_systems,
};
pub use deletion::{Deletion, delete};
pub use history::{History, Step};
pub use kind_guess::guess_kind;
pub use wave_is_done::{WaveNotDone, wave_is_done};
