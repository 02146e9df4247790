//! What can be wrong with a plan: one file per rule, one folder per family, one list of all.
//!
//! A rule is a static [`Rule`] record: words, thresholds, a check and its fixes. The engine computes
//! the [`Facts`] once, runs every check at the stages at which it looks, hides what has the same cause
//! as something else, and sorts what is left. It draws nothing and changes nothing.

mod checklist;
pub mod consequences;
mod disposition_changes;
mod engine;
mod facts;
mod figures;
mod finding;
mod fix;
mod flow_changes;
mod gates;
mod grouping;
mod hiding;
mod hubs;
mod manual;
mod merging;
mod migrations;
mod rule;
mod run;
#[cfg(test)]
mod sketch;
mod technique;
mod threads;
mod waiver_ended;
mod waiving;

pub mod completeness;
pub mod flow;
pub mod migration;
pub mod operations;
pub mod portfolio;
pub mod post_migration;
pub mod source_of_truth;
pub mod sprawl;

pub use crate::model::Subject;
pub use checklist::{Checklist, Item, flow_checklist, migration_checklist};
pub use disposition_changes::consequences_of_all;
pub use engine::{Findings, Scope, check};
pub use facts::{Facts, StageFacts, StageNumbers};
pub use figures::thousands;
pub use finding::{Finding, Presence, Statement};
pub use fix::{Fix, FixAction, Place, Preview, offered_fixes, proposed_fixes};
pub use gates::{Gate, counts_from, gates};
pub use grouping::{Group, GroupBy, grouped};
pub use manual::{manual, manual_page};
pub use rule::{Family, LooksAt, Pillar, Report, Rule, Severity, Threshold, View, listed};
pub use waiving::{fingerprint, waive};

#[cfg(test)]
pub(crate) use sketch::parse as parse_sketch;

/// Every rule, family by family.
pub const ALL: &[&Rule] = &[
    &source_of_truth::truth_missing::RULE,
    &source_of_truth::truth_contested::RULE,
    &source_of_truth::truth_leaves::RULE,
    &source_of_truth::write_against_truth::RULE,
    &source_of_truth::conflict_rule_missing::RULE,
    &source_of_truth::last_writer_risky::RULE,
    &source_of_truth::not_fed_by_truth::RULE,
    &source_of_truth::daisy_chained_copy::RULE,
    &source_of_truth::key_strategy_missing::RULE,
    &source_of_truth::authority_handover_undated::RULE,
    &source_of_truth::writer_not_heard::RULE,
    &source_of_truth::parent_not_supplied::RULE,
    &flow::sync_loop::RULE,
    &flow::two_way_not_needed::RULE,
    &flow::duplicate_feed::RULE,
    &flow::sync_chain::RULE,
    &flow::freshness_missed::RULE,
    &flow::pattern_mismatch::RULE,
    &flow::bulk_over_sync::RULE,
    &flow::manual_handoff::RULE,
    &sprawl::p2p_sprawl::RULE,
    &sprawl::fan_out_unshared::RULE,
    &sprawl::hub_bypass::RULE,
    &sprawl::app_as_relay::RULE,
    &sprawl::hub_not_earning::RULE,
    &sprawl::hub_fragile::RULE,
    &sprawl::cut_point::RULE,
    &sprawl::propagation_high::RULE,
    &migration::cleansing_missing::RULE,
    &migration::rollback_unproven::RULE,
    &migration::change_management_missing::RULE,
    &migration::big_bang_risk::RULE,
    &migration::migration_order_cycle::RULE,
    &migration::load_order_broken::RULE,
    &migration::dangling_dependant::RULE,
    &migration::exit_too_early::RULE,
    &migration::migration_plan_incomplete::RULE,
    &migration::federate_instead::RULE,
    &migration::rehearsals_too_few::RULE,
    &migration::logic_not_inventoried::RULE,
    &migration::wave_overload::RULE,
    &migration::not_yet_there::RULE,
    &post_migration::post_migration_gap::RULE,
    &post_migration::post_migration_undesigned::RULE,
    &post_migration::bridge_without_end::RULE,
    &post_migration::coexistence_stale::RULE,
    &operations::unmonitored_flow::RULE,
    &operations::error_handling_missing::RULE,
    &operations::insecure_flow::RULE,
    &operations::mapping_undefined::RULE,
    &operations::quality_gate_missing::RULE,
    &operations::api_budget::RULE,
    &operations::event_budget::RULE,
    &operations::residency_breach::RULE,
    &operations::expiry_untracked::RULE,
    &portfolio::duplicate_capability::RULE,
    &portfolio::value_missing::RULE,
    &portfolio::orphan_system::RULE,
    &portfolio::obsolete_kept::RULE,
    &portfolio::valuable_migrated::RULE,
    &portfolio::cost_after_exit::RULE,
    &portfolio::override_unexplained::RULE,
    &completeness::undecided_system::RULE,
    &completeness::flow_without_domain::RULE,
    &completeness::inputs_missing::RULE,
];

/// The rule with an id: one of the catalogue, or the one on waivers beside it.
#[must_use]
pub fn find(id: &str) -> Option<&'static Rule> {
    ALL.iter().copied().chain([&waiver_ended::WAIVER_ENDED]).find(|rule| rule.id == id)
}
