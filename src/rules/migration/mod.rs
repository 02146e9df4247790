//! Migration readiness: whether what moves can move.

pub mod dangling_dependant;
