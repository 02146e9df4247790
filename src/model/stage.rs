//! The points in time at which a plan can be looked at.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::WaveId;

/// Today, the state *after* a wave, or the target. Written as `today`, a wave's id, `target`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// As it stands now.
    #[default]
    Today,
    /// After this wave.
    Wave(WaveId),
    /// When the plan is done.
    Target,
}

impl Stage {
    /// The stage written as this text; anything but `today` and `target` is a wave's id.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        match text {
            "today" => Self::Today,
            "target" => Self::Target,
            wave => Self::Wave(WaveId::new(wave)),
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Today => "today",
            Self::Wave(wave) => wave.as_str(),
            Self::Target => "target",
        })
    }
}

impl Serialize for Stage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Stage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Ok(Self::from_text(&text))
    }
}
