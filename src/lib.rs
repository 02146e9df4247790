//! Hybridscape plans hybrid architectures: which systems migrate, which are integrated, which
//! system is the source of truth for each data domain, and where the plan contradicts itself.
//!
//! The map of the rooms and who may use whom is in `ARCHITECTURE.md`.

#[cfg(feature = "desktop")]
pub mod app;
pub mod arrange;
pub mod cli;
pub mod decision;
pub mod edit;
pub mod export;
pub mod generate;
pub mod git;
pub mod landscape;
pub mod limits;
pub mod model;
pub mod numbers;
pub mod plan_file;
pub mod rules;
pub mod scene;
pub mod share;
