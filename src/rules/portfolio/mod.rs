//! The portfolio: double work, worth, age.

pub mod cost_after_exit;
pub mod duplicate_capability;
pub mod obsolete_kept;
pub mod orphan_system;
pub mod override_unexplained;
pub mod valuable_migrated;
pub mod value_missing;
