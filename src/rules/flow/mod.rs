//! Direction, loops and timing of flows.

pub mod bulk_over_sync;
pub mod duplicate_feed;
pub mod freshness_missed;
pub mod manual_handoff;
pub mod pattern_mismatch;
pub mod sync_chain;
pub mod sync_loop;
pub mod two_way_not_needed;
