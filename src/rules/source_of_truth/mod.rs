//! Source of truth and conflict: who decides about a domain, and whether everybody hears of it.

pub mod truth_leaves;
pub mod truth_missing;
