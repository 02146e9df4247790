//! What the plan does not say yet.

pub mod flow_without_domain;
pub mod inputs_missing;
pub mod undecided_system;
