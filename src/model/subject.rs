//! What a finding, a waiver or a decision is about, in one typed word.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{DomainId, FlowId, SystemId, WaveId};

/// What a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The landscape as a whole.
    Landscape,
    /// A system.
    System(SystemId),
    /// A data domain.
    Domain(DomainId),
    /// A flow.
    Flow(FlowId),
    /// A wave.
    Wave(WaveId),
}

/// Typed, as on the command line: `system:erp`, `landscape`.
impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Landscape => f.write_str("landscape"),
            Self::System(id) => write!(f, "system:{id}"),
            Self::Domain(id) => write!(f, "domain:{id}"),
            Self::Flow(id) => write!(f, "flow:{id}"),
            Self::Wave(id) => write!(f, "wave:{id}"),
        }
    }
}

/// A text that names no subject.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" names no subject, expected system:ID, domain:ID, flow:ID, wave:ID or landscape")]
pub struct NoSubject(String);

impl FromStr for Subject {
    type Err = NoSubject;

    fn from_str(text: &str) -> Result<Self, NoSubject> {
        match text.split_once(':') {
            None if text == "landscape" => Ok(Self::Landscape),
            Some(("system", id)) => Ok(Self::System(id.into())),
            Some(("domain", id)) => Ok(Self::Domain(id.into())),
            Some(("flow", id)) => Ok(Self::Flow(id.into())),
            Some(("wave", id)) => Ok(Self::Wave(id.into())),
            _ => Err(NoSubject(text.to_owned())),
        }
    }
}

impl Serialize for Subject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Subject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
