//! Commands on areas. They stand in the menu of the plan.

use egui::Key;

use crate::model::AreaId;
use crate::rules::Subject;

use super::super::action::{Action, Actions};
use super::super::session::{Dialog, Naming, Tool};
use super::super::shown::Shown;
use super::{Command, Menu, always, plain, shift};

const MENU: Menu = Menu::Plan;

/// The commands on areas.
pub const COMMANDS: &[Command] = &[
    Command {
        id: "plan.area",
        title: "Put the selection into an area…",
        menu: MENU,
        keys: &[plain(Key::A)],
        is_enabled: always,
        run: |shown, actions| {
            let has_systems = shown.session.selected_systems().next().is_some();
            actions.push(if has_systems {
                Action::SetDialog(Some(Dialog::Area { query: String::new() }))
            } else {
                Action::UseTool(Tool::Area)
            });
        },
    },
    Command {
        id: "plan.area-select",
        title: "Select the whole area",
        menu: MENU,
        keys: &[shift(Key::A)],
        is_enabled: |shown| area_of_selection(shown).is_some(),
        run: |shown, actions| {
            let systems = area_of_selection(shown).into_iter().flat_map(|id| shown.plan.systems_in(id));
            actions.push(Action::Select(systems.cloned().map(Subject::System).collect()));
        },
    },
    Command {
        id: "plan.area-leave",
        title: "Take the selection out of its area",
        menu: MENU,
        keys: &[],
        is_enabled: |shown| {
            let area = |id| shown.plan.systems.get(id).and_then(|system| system.area.as_ref());
            shown.session.selected_systems().any(|id| area(id).is_some())
        },
        run: |_, actions| actions.push(Action::AssignArea(None)),
    },
    Command {
        id: "plan.area-rename",
        title: "Rename the area",
        menu: MENU,
        keys: &[shift(Key::F2)],
        is_enabled: |shown| area_of_selection(shown).is_some(),
        run: rename_area,
    },
    Command {
        id: "plan.area-delete",
        title: "Delete the area, keep its systems",
        menu: MENU,
        keys: &[],
        is_enabled: |shown| area_of_selection(shown).is_some(),
        run: |shown, actions| actions.extend(area_of_selection(shown).cloned().map(Action::RemoveArea)),
    },
];

/// The area that all selected systems are in.
pub(super) fn area_of_selection<'a>(shown: &Shown<'a>) -> Option<&'a AreaId> {
    let plan = shown.plan;
    let mut areas = shown.session.selected_systems().map(|id| plan.systems.get(id)?.area.as_ref());
    let first = areas.next()??;
    (plan.areas.contains_key(first) && areas.all(|area| area == Some(first))).then_some(first)
}

/// Names the area of the selection in place.
pub(super) fn rename_area(shown: &Shown<'_>, actions: &mut Actions) {
    if let Some((id, area)) = area_of_selection(shown).and_then(|id| shown.plan.areas.get_key_value(id)) {
        let (id, name) = (id.clone(), area.name.clone());
        actions.push(Action::SetNaming(Some(Naming::Area { id, name })));
    }
}
