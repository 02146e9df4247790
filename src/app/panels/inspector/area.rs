//! The area of one or several systems: one of the plan's, none, or a new one.

use egui::{Id, Ui};

use crate::model::{AreaId, SystemId};

use super::super::super::action::{Action, Actions};
use super::super::super::session::Dialog;
use super::super::super::shown::Shown;
use super::super::super::widgets::{choice_ui, row_ui};

/// What can be chosen.
#[derive(Clone, PartialEq)]
enum Choice {
    /// An area of the plan, or none.
    Of(Option<AreaId>),
    /// One that is named next.
    New,
    /// The systems are in different ones.
    Several,
}

/// The row with the area of the selected systems.
pub(super) fn area_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, ids: &[&SystemId]) {
    let plan = shown.plan;
    let of = |id: &SystemId| plan.systems.get(id).and_then(|system| system.area.clone());
    let first = ids.first().and_then(|id| of(id));
    let is_same = ids.iter().all(|id| of(id) == first);
    let name = |area: &Option<AreaId>| match area {
        Some(id) => plan.areas.get(id).map_or(id.as_str(), |area| &area.name).to_owned(),
        None => "None".to_owned(),
    };
    let (current, words) = if is_same {
        let words = name(&first);
        (Choice::Of(first), words)
    } else {
        (Choice::Several, "Different ones".to_owned())
    };
    row_ui(ui, "Area", |ui, label| {
        let options = || {
            let areas = plan.areas.keys().map(|id| Some(id.clone()));
            let known = std::iter::once(None).chain(areas).map(|area| (name(&area), Choice::Of(area)));
            let all = known.chain([("New area…".to_owned(), Choice::New)]);
            all.map(|(words, choice)| (choice, words)).collect()
        };
        let (chosen, response) =
            choice_ui(ui, Id::unique("area of the selection"), &current, &words, options);
        response.labelled_by(label);
        match chosen {
            Some(Choice::Of(area)) => actions.push(Action::AssignArea(area)),
            Some(Choice::New) => {
                actions.push(Action::SetDialog(Some(Dialog::Area { query: String::new() })));
            }
            Some(Choice::Several) | None => {}
        }
    });
}
