//! What a merge could not decide: two people changed the same thing in different ways.
//!
//! A conflict is part of the plan, so that a merged plan is a plan that opens. Deciding it is the
//! business of `share`.

use serde::{Deserialize, Serialize};

use super::is_default;

/// The three values of one place, each as it would stand in a plan file; absent where there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Conflict {
    /// What both sides started from.
    #[serde(skip_serializing_if = "is_default")]
    pub base: Option<String>,
    /// What our side made of it. The plan holds this value until the conflict is decided.
    #[serde(skip_serializing_if = "is_default")]
    pub ours: Option<String>,
    /// What their side made of it.
    #[serde(skip_serializing_if = "is_default")]
    pub theirs: Option<String>,
}
