//! Changes of what becomes of a system that the fixes of several rules have in common, each with what follows
//! from it.

use crate::decision::OptionScore;
use crate::edit::{Edit, apply, edits_between};
use crate::model::{Disposition, Plan, SystemId};

use super::Fix;
use super::consequences::{Choices, Consequences, consequences};

/// The fix that sets what becomes of a system, with what follows. The title is made of the system's name and
/// of what goes along: ", with 2 flows and 1 domain". `None` where all of it is in the plan already.
pub(super) fn change_to(
    plan: &Plan,
    id: &SystemId,
    disposition: Disposition,
    title: impl FnOnce(&str, &str) -> String,
) -> Option<Fix> {
    let step = consequences(plan, id, disposition, &Choices::default());
    let with = step.in_words();
    (!step.edits.is_empty()).then(|| Fix::edits(title(plan.system_name(id), &with), step.edits))
}

/// Sets what becomes of several systems, one after the other, with what follows. `into` is the system that
/// takes over, where a person chose it.
#[must_use]
pub fn consequences_of_all(
    plan: &Plan,
    ids: &[&SystemId],
    disposition: Disposition,
    into: Option<&SystemId>,
) -> Consequences {
    let choices = Choices { into: into.cloned(), ..Choices::default() };
    let (mut changed, mut sentences) = (plan.clone(), Vec::new());
    for id in ids {
        let step = consequences(&changed, id, disposition, &choices);
        if let Ok(next) = apply(&changed, step.edits) {
            changed = next;
            sentences.extend(step.sentences);
        }
    }
    let edits: Vec<Edit> = edits_between(plan, &changed);
    Consequences { edits, sentences }
}

/// What the answers recommend for a system, as a fix.
pub(super) fn use_recommendation(plan: &Plan, id: &SystemId, recommended: &OptionScore) -> Option<Fix> {
    change_to(plan, id, recommended.option, |_, with| {
        format!("Use the recommendation ({}, {} points){with}", recommended.option, recommended.points)
    })
}

/// What still follows from a system that leaves and has not been drawn.
pub(super) fn follow_up(plan: &Plan, id: &SystemId) -> Option<Fix> {
    let disposition = plan.systems.get(id)?.disposition;
    let verb = match disposition {
        Disposition::Migrate => "migrates",
        Disposition::Retire => "retires",
        _ => return None,
    };
    change_to(plan, id, disposition, |name, with| format!("Draw all that follows when {name} {verb}{with}"))
}
