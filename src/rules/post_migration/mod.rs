//! Integration after the migration: whether what stays is still connected.

pub mod bridge_without_end;
pub mod coexistence_stale;
pub mod post_migration_gap;
pub mod post_migration_undesigned;
