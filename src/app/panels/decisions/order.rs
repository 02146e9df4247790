//! The order of the systems in the table. Answers do not change it while the table is looked at, so that no
//! row moves away under the hand.

use std::collections::BTreeSet;

use egui::{Id, Ui};

use crate::model::SystemId;

use super::super::super::session::DecisionsOrder;
use super::super::super::shown::Shown;

/// The order as it was when the table came into sight.
#[derive(Clone, Debug)]
struct Seen {
    order: DecisionsOrder,
    systems: Vec<SystemId>,
    frame: u64,
}

/// The systems in the order of the session; sorted when the table comes into sight, when another order is
/// chosen, and when there are other systems.
pub fn ordered(ui: &Ui, shown: &Shown<'_>) -> Vec<SystemId> {
    let (id, frame) = (Id::unique("order of the decisions"), ui.ctx().cumulative_frame_nr());
    let known = &shown.knowledge.recommendations;
    let order = shown.session.decisions_order;
    let seen: Option<Seen> = ui.data(|data| data.get_temp(id));
    let is_same = |seen: &Seen| {
        seen.order == order
            && seen.frame + 1 >= frame
            && seen.systems.iter().collect::<BTreeSet<_>>() == known.keys().collect()
    };
    let systems = match seen.filter(is_same) {
        Some(seen) => seen.systems,
        None => sorted(shown, order),
    };
    ui.data_mut(|data| data.insert_temp(id, Seen { order, systems: systems.clone(), frame }));
    systems
}

fn sorted(shown: &Shown<'_>, order: DecisionsOrder) -> Vec<SystemId> {
    let known = &shown.knowledge.recommendations;
    let mut systems: Vec<_> = known.keys().cloned().collect();
    systems.sort_by_cached_key(|id| {
        let remaining = match order {
            DecisionsOrder::Remaining => known.get(id).map_or(0, |known| known.remaining().count()),
            DecisionsOrder::Name => 0,
        };
        (std::cmp::Reverse(remaining), shown.plan.system_name(id).to_lowercase(), id.clone())
    });
    systems
}
