//! How a system that migrates gets where it goes.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::vocabulary::vocabulary;
use super::{DomainId, Element, SystemId, WaveId, is_default};

vocabulary! {
    /// How a system is moved.
    Approach {
        /// Everything in one step.
        BigBang = "big-bang",
        /// Part by part: by region, team or domain.
        Phased = "phased",
        /// Old and new run side by side and are compared.
        ParallelRun = "parallel-run",
        /// A facade takes over function by function.
        Strangler = "strangler",
        /// Both stay in use for a time, with data going both ways.
        Coexistence = "coexistence",
    }
}

impl Approach {
    /// Whether the old system is still used after its cutover.
    #[must_use]
    pub const fn runs_on_after_cutover(self) -> bool {
        matches!(self, Self::ParallelRun | Self::Coexistence)
    }
}

vocabulary! {
    /// What is done about the quality of the data that moves.
    Cleansing {
        /// Decided: nothing.
        None = "none",
        /// Planned.
        Planned = "planned",
        /// Under way.
        InProgress = "in-progress",
        /// Done.
        Done = "done",
        /// Looked at, and not needed.
        NotNeeded = "not-needed",
    }
}

/// The way back, if the cutover fails.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rollback {
    /// Whether the procedure is written down.
    #[serde(skip_serializing_if = "is_default")]
    pub documented: Option<bool>,
    /// Whether it was tested in staging.
    #[serde(skip_serializing_if = "is_default")]
    pub tested: Option<bool>,
    /// For how many waves after the cutover the old system must stay available.
    #[serde(skip_serializing_if = "is_default")]
    pub window_waves: Option<u32>,
}

/// The migration of a system into another.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Migration {
    /// The system that takes over.
    #[serde(skip_serializing_if = "is_default")]
    pub into: Option<SystemId>,
    /// The wave of the cutover.
    #[serde(skip_serializing_if = "is_default")]
    pub wave: Option<WaveId>,
    /// How it is moved.
    #[serde(skip_serializing_if = "is_default")]
    pub approach: Option<Approach>,
    /// What is done about the data's quality.
    #[serde(skip_serializing_if = "is_default")]
    pub cleansing: Option<Cleansing>,
    /// The way back.
    #[serde(skip_serializing_if = "is_default")]
    pub rollback: Rollback,
    /// Whether training is planned for the users.
    #[serde(skip_serializing_if = "is_default")]
    pub training: Option<bool>,
    /// Whether it is planned what the users are told, and when.
    #[serde(skip_serializing_if = "is_default")]
    pub communication: Option<bool>,
    /// Whether help for the users after the cutover is planned.
    #[serde(skip_serializing_if = "is_default")]
    pub support: Option<bool>,
    /// Trial migrations planned or done.
    #[serde(skip_serializing_if = "is_default")]
    pub trial_runs: Option<u32>,
    /// Whether the business rules inside were listed: keep, improve, drop.
    #[serde(skip_serializing_if = "is_default")]
    pub logic_inventory: Option<bool>,
    /// Until after which wave old and new run in parallel.
    #[serde(skip_serializing_if = "is_default")]
    pub parallel_until: Option<WaveId>,
    /// Systems that must have migrated before this one.
    #[serde(skip_serializing_if = "is_default")]
    pub after: BTreeSet<SystemId>,
}

/// Part of a system's data that moves in a wave of its own: a region, some domains.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Load {
    /// The domains that move; empty where all do.
    #[serde(skip_serializing_if = "is_default")]
    pub domains: BTreeSet<DomainId>,
    /// The part of the records: a region, a brand. Empty where it is all of them.
    #[serde(skip_serializing_if = "is_default")]
    pub partition: String,
    /// The system that takes them.
    #[serde(skip_serializing_if = "is_default")]
    pub into: Option<SystemId>,
    /// The wave in which they move.
    #[serde(skip_serializing_if = "is_default")]
    pub wave: Option<WaveId>,
    /// Number of records.
    #[serde(skip_serializing_if = "is_default")]
    pub records: Option<u64>,
}

impl Element for Load {
    const WORD: &'static str = "load";
}
