//! What the window remembers of decisions under way: the order of the table, the form of a system, and
//! cards that glide to where they were arranged.

use std::collections::BTreeMap;

use crate::model::{Disposition, Position, SystemId};

use super::Camera;

/// What the systems of the decisions are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DecisionsOrder {
    /// Most questions without an answer first.
    #[default]
    Remaining,
    /// By name.
    Name,
}

/// The questions about one system, one by one, and the choice at their end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionForm {
    /// The system.
    pub system: SystemId,
    /// The place of the question; after the last stands the choice.
    pub at: usize,
    /// What is about to be chosen otherwise.
    pub chosen: Option<Disposition>,
    /// Why, as it was typed.
    pub reason: String,
}

impl QuestionForm {
    /// The form at its first question.
    #[must_use]
    pub const fn new(system: SystemId) -> Self {
        Self { system, at: 0, chosen: None, reason: String::new() }
    }
}

/// Where the cards and the camera were before an arrangement, so that they can glide from there.
#[derive(Clone, Debug, PartialEq)]
pub struct Glide {
    /// Tells one glide from another.
    pub number: u64,
    /// Where the cards stood.
    pub from: BTreeMap<SystemId, Position>,
    /// What was looked at.
    pub camera: Camera,
}
