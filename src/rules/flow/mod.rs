//! Direction, loops and timing of flows.

pub mod duplicate_feed;
pub mod sync_chain;
pub mod sync_loop;
pub mod two_way_not_needed;
