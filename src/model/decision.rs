//! What a plan remembers of its reasons: decisions, and findings that were accepted.

use serde::{Deserialize, Serialize};

use super::vocabulary::vocabulary;
use super::{Date, Element, Subject, is_default};

vocabulary! {
    /// How far a decision is.
    #[derive(Default)]
    DecisionStatus {
        /// Somebody has to decide.
        #[default]
        Open = "open",
        /// Proposed.
        Proposed = "proposed",
        /// Accepted.
        Accepted = "accepted",
        /// Another decision took its place.
        Superseded = "superseded",
    }
}

/// A decision record: what was chosen, and why.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Decision {
    /// The question in a few words.
    pub title: String,
    /// Why it has to be decided.
    #[serde(skip_serializing_if = "is_default")]
    pub context: String,
    /// What could be chosen.
    #[serde(skip_serializing_if = "is_default")]
    pub options: Vec<String>,
    /// What was chosen.
    #[serde(skip_serializing_if = "is_default")]
    pub chosen: String,
    /// Why.
    #[serde(skip_serializing_if = "is_default")]
    pub reason: String,
    /// What follows from it.
    #[serde(skip_serializing_if = "is_default")]
    pub consequences: String,
    /// How far it is.
    #[serde(skip_serializing_if = "is_default")]
    pub status: DecisionStatus,
    /// Who decides.
    #[serde(skip_serializing_if = "is_default")]
    pub owner: String,
    /// Until when.
    #[serde(skip_serializing_if = "is_default")]
    pub due: Option<Date>,
    /// What it is about.
    #[serde(skip_serializing_if = "is_default")]
    pub subjects: Vec<Subject>,
}

impl Element for Decision {
    const WORD: &'static str = "decision";
}

/// A finding that somebody accepted, until a day or until its facts change.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Waiver {
    /// The rule that found it.
    pub rule: String,
    /// What the finding is about: all its subjects, in its order.
    #[serde(skip_serializing_if = "is_default")]
    pub subjects: Vec<Subject>,
    /// Why it is accepted.
    #[serde(skip_serializing_if = "is_default")]
    pub reason: String,
    /// Who accepts it.
    #[serde(skip_serializing_if = "is_default")]
    pub person: String,
    /// The last day on which it holds; without one it holds until its facts change.
    #[serde(skip_serializing_if = "is_default")]
    pub until: Option<Date>,
    /// The fingerprint of what the finding said when it was accepted.
    #[serde(skip_serializing_if = "is_default")]
    pub facts: String,
}

impl Element for Waiver {
    const WORD: &'static str = "waiver";
}
