//! How a stage differs from the one it is compared with, for one system or one flow.

use super::Role;

/// What became of something since the compared stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// It stands, as before.
    #[default]
    None,
    /// It stands, and something about it is not as it was.
    Changed,
    /// It stands, and did not before.
    New,
    /// It stood before and is gone on purpose.
    Gone,
    /// It stood before; another has taken its place.
    Replaced,
    /// It is still declared, but something at one of its ends is gone.
    Severed,
    /// The plan refers to it and does not have it.
    Missing,
}

impl Change {
    /// Whether it is still, or newly, there.
    #[must_use]
    pub const fn stands(self) -> bool {
        matches!(self, Self::None | Self::Changed | Self::New)
    }

    /// The colour that says so, where there is one.
    #[must_use]
    pub const fn role(self) -> Option<Role> {
        match self {
            Self::None => None,
            Self::Changed => Some(Role::Accent),
            Self::New => Some(Role::New),
            Self::Gone | Self::Replaced => Some(Role::Gone),
            Self::Severed | Self::Missing => Some(Role::Error),
        }
    }
}
