//! Areas and the systems in them. A system is in an area because its field says so, not by where its card lies.

use crate::model::{Area, AreaId, Plan, SystemId};

use super::{Change, Edit, change_system};

/// A new area.
#[must_use]
pub fn add_area(id: AreaId, area: Area) -> Edit {
    Edit::Area(id, Box::new(Change::Add(area)))
}

/// The edit that gives an area another name; `None` where the plan does not have it.
#[must_use]
pub fn rename_area(plan: &Plan, id: &AreaId, name: &str) -> Option<Edit> {
    let mut area = Area::clone(plan.areas.get(id)?);
    name.clone_into(&mut area.name);
    Some(Edit::Area(id.clone(), Box::new(Change::Set(area))))
}

/// The edits that put systems into an area, or take them out of theirs. Those that are there already are left.
#[must_use]
pub fn assign_area<'a>(
    plan: &Plan,
    systems: impl IntoIterator<Item = &'a SystemId>,
    area: Option<&AreaId>,
) -> Vec<Edit> {
    let is_elsewhere = |id: &&SystemId| plan.systems.get(*id).is_some_and(|s| s.area.as_ref() != area);
    let systems = systems.into_iter().filter(is_elsewhere);
    systems.filter_map(|id| change_system(plan, id, |system| system.area = area.cloned())).collect()
}

/// The edits that delete an area; its systems stay and are in none. Empty where the plan does not have it.
#[must_use]
pub fn remove_area(plan: &Plan, id: &AreaId) -> Vec<Edit> {
    if !plan.areas.contains_key(id) {
        return Vec::new();
    }
    let mut edits = assign_area(plan, plan.systems_in(id), None);
    edits.push(Edit::Area(id.clone(), Box::new(Change::Remove)));
    edits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{add_system, apply};
    use crate::model::System;

    #[test]
    fn an_area_is_made_filled_renamed_and_deleted_and_its_systems_stay() {
        let ids: [SystemId; 2] = ["crm".into(), "erp".into()];
        let plan =
            apply(&Plan::default(), ids.clone().map(|id| add_system(id, System::named("It")))).unwrap();
        let plan = apply(&plan, [add_area("front".into(), Area { name: "Front".into() })]).unwrap();
        let front = AreaId::new("front");
        let plan = apply(&plan, assign_area(&plan, &ids, Some(&front))).unwrap();
        assert_eq!(plan.systems_in(&front).count(), 2);
        assert!(assign_area(&plan, &ids, Some(&front)).is_empty(), "they are there already");
        let plan = apply(&plan, rename_area(&plan, &front, "Front office")).unwrap();
        assert_eq!(plan.areas[&front].name, "Front office");
        let plan = apply(&plan, remove_area(&plan, &front)).unwrap();
        assert!(plan.areas.is_empty() && plan.systems.values().all(|system| system.area.is_none()));
        assert!(remove_area(&plan, &front).is_empty());
    }
}
