//! The questions that a disposition is decided by. Their weights and what they push are in `decision`.

use serde::{Deserialize, Serialize};

use super::vocabulary::vocabulary;

vocabulary! {
    /// A question about a system, or about the plan as a whole.
    Question {
        /// Does it still deliver value?
        StillValuable = "still-valuable",
        /// Is it outdated and hard to maintain?
        Outdated = "outdated",
        /// Does it do something special that is needed?
        Specialised = "specialised",
        /// Is a simpler stack an aim?
        Simplify = "simplify",
        /// Is there a budget for a larger first investment?
        Budget = "budget",
        /// Are results needed soon?
        TimePressure = "time-pressure",
        /// How much of what it does can the focal system do?
        Overlap = "overlap",
        /// Is it mostly history that is read?
        History = "history",
        /// How large is it against the storage of the focal system?
        Volume = "volume",
        /// How actively is it used?
        ActiveUse = "active-use",
        /// Do other teams depend on it?
        Dependants = "dependants",
        /// Must it stay, by law or for operations?
        MustStay = "must-stay",
        /// Is its data scattered elsewhere as well?
        Fragmented = "fragmented",
        /// Is it used less than it should be?
        PoorAdoption = "poor-adoption",
        /// Is growth pressing?
        Growth = "growth",
    }
}

/// An answer: 0 (not at all) to 4 (fully).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Answer(u8);

impl Answer {
    /// The highest answer.
    pub const MOST: u8 = 4;

    /// The answer with this value; `None` above 4.
    #[must_use]
    pub const fn new(value: u8) -> Option<Self> {
        if value <= Self::MOST { Some(Self(value)) } else { None }
    }

    /// The value, 0 to 4.
    #[must_use]
    pub const fn value(self) -> u8 {
        self.0
    }
}

impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = u8::deserialize(deserializer)?;
        Self::new(value)
            .ok_or_else(|| serde::de::Error::custom(format!("{value} is no answer, expected 0 to 4")))
    }
}
