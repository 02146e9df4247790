//! A named region of the drawing: a department, a country, a layer.

use serde::{Deserialize, Serialize};

use super::Element;

/// A named region of the drawing. Systems say which one they are in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Area {
    /// What people call it.
    pub name: String,
}

impl Element for Area {
    const WORD: &'static str = "area";
}
