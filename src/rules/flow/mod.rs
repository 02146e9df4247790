//! Direction, loops and timing of flows.

pub mod sync_loop;
