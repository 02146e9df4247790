//! How much is painted at which zoom.

/// How much is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// Cards as rectangles in the colour of their disposition; lines without corners, arrowheads and labels.
    Far,
    /// Cards with a name that is written larger than life.
    Middle,
    /// Everything that is large enough to be read.
    Near,
}

/// From this zoom on names fit on cards.
const NAMES: f32 = 0.225;
/// From this zoom on names can be read in their own size.
const EVERYTHING: f32 = 0.56;

impl Level {
    /// The level of a zoom.
    pub(super) fn at(zoom: f32) -> Self {
        if zoom < NAMES {
            Self::Far
        } else if zoom < EVERYTHING {
            Self::Middle
        } else {
            Self::Near
        }
    }
}
