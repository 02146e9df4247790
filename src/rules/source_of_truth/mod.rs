//! Source of truth and conflict: who decides about a domain, and whether everybody hears of it.

pub mod authority_handover_undated;
pub mod conflict_rule_missing;
pub mod daisy_chained_copy;
pub mod key_strategy_missing;
pub mod last_writer_risky;
pub mod not_fed_by_truth;
pub mod parent_not_supplied;
pub mod truth_contested;
pub mod truth_leaves;
pub mod truth_missing;
pub mod write_against_truth;
pub mod writer_not_heard;
