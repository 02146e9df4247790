//! What stands at a stage: derivation from the plan's tags, the graphs and the numbers of shape.
//!
//! Everything here is worked out from a [`Plan`](crate::model::Plan) and nothing is stored. Systems,
//! domains and flows are addressed by their place in the [`Index`], which is the order of their ids.

mod authority;
mod cyclic_group;
mod domain_graph;
mod graphs;
mod index;
mod pieces;
mod precedence;
mod reach;
mod stage;
mod structure;
mod timeline;

pub use authority::Authority;
pub use cyclic_group::CyclicGroup;
pub use domain_graph::{DomainGraph, QuickestWays, ShortestPaths};
pub use graphs::{LinkGraph, call_graph, dependency_graph, link_graph};
pub use index::{ClaimEntry, FlowEntry, Holder, Index, SystemEntry};
pub use pieces::Pieces;
pub use precedence::{Move, Precedence, Reason, Wait};
pub use reach::{Reach, components, shortest_path};
pub use stage::{Edge, Landscape};
pub use structure::{Shape, Structure};
pub use timeline::Timeline;
