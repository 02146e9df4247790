//! Stories in the window, told through its accessibility tree: what a person does, with the keyboard
//! or the mouse, and what the person then sees.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed, as it should")]

mod areas;
mod arranging;
mod comparing;
mod conflicts;
mod decisions;
mod desk;
mod git;
mod keyboard;
mod mouse;
mod overview;
mod pictures;
mod saving;
mod stray;
