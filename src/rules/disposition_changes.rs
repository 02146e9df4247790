//! Changes of what becomes of a system that the fixes of several rules have in common.

use crate::decision::OptionScore;
use crate::edit::{Edit, change_system};
use crate::model::{Disposition, Plan, SystemId};

use super::Fix;

/// Sets what becomes of a system. One that stays loses its exit; one that migrates goes into the focal
/// system where it does not say where.
pub(super) fn set_disposition(plan: &Plan, id: &SystemId, disposition: Disposition) -> Option<Edit> {
    let focal = plan.focal_system.clone().filter(|focal| focal != id);
    change_system(plan, id, |system| {
        system.disposition = disposition;
        if !disposition.leaves() {
            system.exit_wave = None;
        }
        if disposition == Disposition::Migrate {
            let migration = system.migration.get_or_insert_default();
            migration.into = migration.into.take().or(focal);
        }
    })
}

/// Lets a system migrate into another one.
pub(super) fn migrate_into(plan: &Plan, id: &SystemId, into: &SystemId) -> Option<Edit> {
    change_system(plan, id, |system| {
        system.disposition = Disposition::Migrate;
        system.migration.get_or_insert_default().into = Some(into.clone());
    })
}

/// What the answers recommend for a system, as a fix.
pub(super) fn use_recommendation(plan: &Plan, id: &SystemId, recommended: &OptionScore) -> Option<Fix> {
    let edit = set_disposition(plan, id, recommended.option)?;
    let title = format!("Use the recommendation ({}, {} points)", recommended.option, recommended.points);
    Some(Fix::edits(title, [edit]))
}
