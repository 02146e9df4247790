//! Actions on areas: systems go into one or out of it, one comes, goes or gets another name.

use crate::edit::{add_area, assign_area, remove_area, rename_area};
use crate::model::{Area, AreaId, System};

use super::super::frame::Window;

impl Window {
    /// Puts the selected systems into an area, or takes them out of theirs.
    pub(super) fn assign_area(&mut self, area: Option<&AreaId>) {
        let plan = self.document.plan();
        let edits = assign_area(plan, self.session.selected_systems(), area);
        let name = area.and_then(|id| plan.areas.get(id)).map(|area| &area.name);
        let who = self.selected_in_words();
        let label = match name {
            Some(name) => format!("{who} into {name}"),
            None => format!("{who} into no area"),
        };
        self.commit(label, None, edits);
    }

    /// Makes an area and puts the selected systems into it, as one step.
    pub(super) fn add_area(&mut self, name: &str) {
        let plan = self.document.plan();
        let id = plan.free_area_id(name);
        let mut edits = vec![add_area(id.clone(), Area { name: name.to_owned() })];
        edits.extend(assign_area(plan, self.session.selected_systems(), Some(&id)));
        let label = format!("Add area {name}");
        self.commit(label.clone(), None, edits);
        self.say(format!("{label} · Arrange brings its cards together · Ctrl Z takes it back"));
    }

    /// Gives an area another name.
    pub(super) fn rename_area(&mut self, id: &AreaId, name: &str) {
        let edit = rename_area(self.document.plan(), id, name);
        self.commit(format!("Rename area to {name}"), None, edit.into_iter().collect());
    }

    /// Deletes an area; its systems stay.
    pub(super) fn remove_area(&mut self, id: &AreaId) {
        let plan = self.document.plan();
        let Some(area) = plan.areas.get(id) else { return };
        let label = format!("Delete area {}", area.name);
        let edits = remove_area(plan, id);
        self.commit(label.clone(), None, edits);
        self.say(format!("{label}; its systems stay · Ctrl Z takes it back"));
    }

    fn selected_in_words(&self) -> String {
        let plan = self.document.plan();
        let mut selected = self.session.selected_systems().filter_map(|id| plan.systems.get(id));
        match (selected.next(), selected.count()) {
            (Some(only), 0) => System::clone(only).name,
            (_, others) => format!("{} systems", others + 1),
        }
    }
}
