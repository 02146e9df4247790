//! What is drawn: cards, flows, labels and legend, laid out once in plan units (one unit is one
//! point at 100 %). The window and the exports only paint what stands here.

mod area_box;
mod bundle;
mod card;
mod change;
mod compared;
mod flow_line;
mod group_box;
mod grouping;
mod joint_places;
mod layout;
pub mod legend;
mod lines;
mod marks;
mod moving;
mod opened;
mod overview;
mod picture;
mod routing;
pub mod shape;
pub mod text;
pub mod theme;
mod words;

pub use area_box::AreaBox;
pub use bundle::Bundle;
pub use card::{CARD_HEIGHT, CARD_WIDTH, Card, Counts, Crown};
pub use change::Change;
pub use compared::{Differences, Side};
pub use flow_line::FlowLine;
pub use group_box::GroupBox;
pub use grouping::{Group, GroupId, Grouping};
pub use joint_places::JointPlaces;
pub use layout::Layout;
pub use lines::LineKind;
pub use marks::FindingMarks;
pub use moving::Moving;
pub use overview::Zone;
pub use picture::{Options, Scene, View};
pub use routing::Routing;
pub use shape::{Anchor, Area, Detail, Figure, Layer, Shape, Spot, Stroke, Subject};
pub use theme::{Colour, Role, Theme};
pub use words::{disposition_icon, disposition_word, kind_icon, kind_words};

#[cfg(test)]
pub(crate) mod tests;
