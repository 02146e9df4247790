//! What is drawn: cards, flows, labels and legend, laid out once in plan units (one unit is one
//! point at 100 %). The window and the exports only paint what stands here.

pub mod text;
pub mod theme;

pub use theme::{Colour, Role, Theme};
