//! Migration readiness: whether what moves can move.

pub mod big_bang_risk;
pub mod change_management_missing;
pub mod cleansing_missing;
pub mod dangling_dependant;
pub mod exit_too_early;
pub mod federate_instead;
pub mod load_order_broken;
pub mod logic_not_inventoried;
pub mod migration_order_cycle;
pub mod migration_plan_incomplete;
pub mod not_yet_there;
pub mod rehearsals_too_few;
pub mod rollback_unproven;
pub mod wave_overload;
