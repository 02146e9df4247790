//! Where things stand in the picture, apart from what they are.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{SystemId, is_default};

/// The upper left corner of a card, in whole units of the drawing (one unit is one point at 100 %).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Position(
    /// To the right.
    pub i32,
    /// Down.
    pub i32,
);

/// The drawing of a plan. Only what a person placed, or had arranged, is in here; everything
/// else is arranged when it is drawn.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Drawing {
    /// Where cards stand.
    #[serde(skip_serializing_if = "is_default")]
    pub positions: BTreeMap<SystemId, Position>,
    /// Cards that *Arrange* leaves where they are.
    #[serde(skip_serializing_if = "is_default")]
    pub pinned: BTreeSet<SystemId>,
}
