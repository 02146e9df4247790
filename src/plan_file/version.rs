//! Which bytes a file held: what saving compares, so that nobody's work is overwritten unasked.

use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

/// The SHA-256 of a file's bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version([u8; 32]);

impl Version {
    /// The version that these bytes are.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text that is no version.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is no version, expected 64 hexadecimal digits")]
pub struct NoVersion(String);

impl FromStr for Version {
    type Err = NoVersion;

    fn from_str(text: &str) -> Result<Self, NoVersion> {
        let no_version = || NoVersion(text.to_owned());
        let mut bytes = [0; 32];
        if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(no_version());
        }
        for (place, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[place * 2..place * 2 + 2], 16).map_err(|_| no_version())?;
        }
        Ok(Self(bytes))
    }
}

impl Serialize for Version {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// What saving may find in the file's place and replace without asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// Any readable plan: a person named the file to be replaced.
    AnyPlan,
    /// One of these versions, or nothing.
    Versions(Vec<Version>),
}

/// What a document's file holds as far as its window knows.
///
/// A copy is the same expectation: saving brings it up to date, so that two saves one after the
/// other, on whatever threads, do not take each other for strangers.
#[derive(Clone, Debug)]
pub struct Expected(Arc<Mutex<Known>>);

impl Expected {
    /// The file as it was opened.
    #[must_use]
    pub fn version(version: Version) -> Self {
        Self::of(Known::Versions(vec![version]))
    }

    /// No file is there yet.
    #[must_use]
    pub fn no_file() -> Self {
        Self::of(Known::Versions(Vec::new()))
    }

    /// Any readable plan may be replaced, once, because a person said so: *Save as*, the command line.
    #[must_use]
    pub fn any_plan() -> Self {
        Self::of(Known::AnyPlan)
    }

    /// A person saw this version of the file, and it may be replaced from now on: this one only, for
    /// somebody may put an earlier one back on purpose.
    pub fn accept(&self, version: Version) {
        match &mut *self.known() {
            Known::AnyPlan => {}
            Known::Versions(versions) => *versions = vec![version],
        }
    }

    fn of(known: Known) -> Self {
        Self(Arc::new(Mutex::new(known)))
    }

    /// Held while saving, so that a document is saved by one thread at a time.
    pub(super) fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_as_it_is_written() {
        let version = Version::of(b"plan");
        assert_eq!(version.to_string().parse(), Ok(version));
        for text in ["", "4e", &"ä".repeat(32), &"x".repeat(64)] {
            assert_eq!(text.parse::<Version>(), Err(NoVersion(text.to_owned())));
        }
    }
}
