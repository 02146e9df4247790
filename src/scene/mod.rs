//! What is drawn: cards, flows, labels and legend, laid out once in plan units (one unit is one
//! point at 100 %). The window and the exports only paint what stands here.

mod area_box;
mod card;
mod change;
mod flow_line;
mod layout;
pub mod legend;
mod lines;
mod picture;
pub mod shape;
pub mod text;
pub mod theme;
mod words;

pub use area_box::AreaBox;
pub use card::{CARD_HEIGHT, CARD_WIDTH, Card, Counts, Crown};
pub use change::Change;
pub use flow_line::FlowLine;
pub use layout::Layout;
pub use lines::LineKind;
pub use picture::{FindingMarks, Options, Scene, View};
pub use shape::{Anchor, Area, Detail, Figure, Layer, Shape, Spot, Stroke, Subject};
pub use theme::{Colour, Role, Theme};
pub use words::{disposition_icon, disposition_word, kind_icon, kind_words};

#[cfg(test)]
pub(crate) mod tests;
