//! Direction, loops and timing of flows.
