//! Orthogonal routes for flows among cards: round every card, few bends, ports spread along the
//! sides, parallel pieces apart, and a place for each label.

mod direct;
mod labels;
mod lattice;
mod lines;
mod nudging;
mod pieces;
mod router;
mod search;
mod settled;
mod tiles;

pub use router::Router;

use super::{Point, Rect};

/// A flow to route.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// The card where it starts, by index.
    pub from: usize,
    /// The card where it ends, by index.
    pub to: usize,
    /// How wide its label is; 0 without one.
    pub label_width: i32,
    /// How high its label is.
    pub label_height: i32,
}

/// The way of a flow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Route {
    /// Start, bends and end; every piece is horizontal or vertical.
    pub points: Vec<Point>,
    /// The middle of the label; none where no place was found that is free of cards and other labels.
    pub label: Option<Point>,
}

/// A route for each link, in their order. A link of an unknown card gets an empty route.
#[must_use]
pub fn route(cards: &[Rect], links: &[Link]) -> Vec<Route> {
    Router::new(cards, links).into_routes()
}

#[cfg(test)]
mod tests;
