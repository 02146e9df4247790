//! What is drawn: cards, flows, labels and legend, laid out once in plan units (one unit is one
//! point at 100 %). The window and the exports only paint what stands here.

mod area_box;
mod bundle;
mod card;
mod change;
mod flow_line;
mod group_box;
mod grouping;
mod layout;
pub mod legend;
mod lines;
mod opened;
mod overview;
mod picture;
pub mod shape;
pub mod text;
pub mod theme;
mod words;

pub use area_box::AreaBox;
pub use bundle::Bundle;
pub use card::{CARD_HEIGHT, CARD_WIDTH, Card, Counts, Crown};
pub use change::Change;
pub use flow_line::FlowLine;
pub use group_box::GroupBox;
pub use grouping::{Group, GroupId, Grouping};
pub use layout::Layout;
pub use lines::LineKind;
pub use overview::Zone;
pub use picture::{FindingMarks, Options, Scene, View};
pub use shape::{Anchor, Area, Detail, Figure, Layer, Shape, Spot, Stroke, Subject};
pub use theme::{Colour, Role, Theme};
pub use words::{disposition_icon, disposition_word, kind_icon, kind_words};

#[cfg(test)]
pub(crate) mod tests;
