//! Which systems an overview shows as one: those of an area; where the plan has no areas, those that have most of
//! their links among themselves, under the name of the busiest of them.

use std::collections::BTreeMap;

use crate::arrange::communities;
use crate::landscape::Index;
use crate::model::{AreaId, SystemId};

use super::Layout;
use super::layout::area;

/// Above this many systems without an area, they are divided by their links.
const MOST_WITHOUT_AREA: usize = 90;

/// How many systems a group by links may have, and into how many groups a large plan falls at least.
const MOST_IN_GROUP: usize = 90;
const GROUPS: usize = 16;

/// What holds a group together. It stays the same while the group's area or busiest system does.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GroupId {
    /// An area of the plan.
    Area(AreaId),
    /// The links round this system.
    Around(SystemId),
    /// Nothing: it is in no area, or has no links.
    Rest,
}

/// Systems that an overview shows as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What holds it together.
    pub id: GroupId,
    /// What people call it.
    pub name: String,
    /// Its systems by their places in the index, in order.
    pub systems: Vec<usize>,
}

/// Every system in one group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grouping {
    /// The groups, in the order of their ids.
    pub groups: Vec<Group>,
    /// The place of the group of each system, by the place of the system in the index.
    pub of: Vec<usize>,
}

impl Grouping {
    /// The groups of a plan.
    #[must_use]
    pub fn new(index: &Index<'_>) -> Self {
        let count = index.systems.len();
        let areas: Vec<Option<&AreaId>> =
            index.systems.iter().map(|entry| area(index.plan, entry.id)).collect();
        let has_areas = areas.iter().any(Option::is_some);
        let left = areas.iter().filter(|area| area.is_none()).count();
        let around = if has_areas && left <= MOST_WITHOUT_AREA {
            vec![None; count]
        } else {
            by_links(index, |place| areas[place].is_none())
        };
        let mut groups: BTreeMap<GroupId, Vec<usize>> = BTreeMap::new();
        for (place, (area, around)) in areas.into_iter().zip(around).enumerate() {
            let around = around.map(|busiest| GroupId::Around(index.systems[busiest].id.clone()));
            let id = area.cloned().map(GroupId::Area).or(around).unwrap_or(GroupId::Rest);
            groups.entry(id).or_default().push(place);
        }
        let mut of = vec![0; count];
        for (number, systems) in groups.values().enumerate() {
            for place in systems {
                of[*place] = number;
            }
        }
        let groups = groups.into_iter().map(|(id, systems)| {
            let name = name(index, &id, has_areas);
            Group { id, name, systems }
        });
        Self { groups: groups.collect(), of }
    }

    /// The group of a system.
    #[must_use]
    pub fn group_of(&self, index: &Index<'_>, system: &SystemId) -> Option<&Group> {
        self.groups.get(*self.of.get(index.system(system)?)?)
    }

    /// The group with an id.
    #[must_use]
    pub fn group(&self, id: &GroupId) -> Option<&Group> {
        self.groups.iter().find(|group| group.id == *id)
    }
}

fn name(index: &Index<'_>, id: &GroupId, has_areas: bool) -> String {
    match id {
        GroupId::Area(id) => index.plan.areas.get(id).map_or(id.as_str(), |area| &area.name).to_owned(),
        GroupId::Around(id) => format!("Around {}", index.plan.system_name(id)),
        GroupId::Rest if has_areas => "Without an area".to_owned(),
        GroupId::Rest => "Without flows".to_owned(),
    }
}

/// The busiest system of the community of each system; `None` for those without links and those that do not count.
fn by_links(index: &Index<'_>, counts: impl Fn(usize) -> bool) -> Vec<Option<usize>> {
    let count = index.systems.len();
    let is_inner = |(from, to): &(usize, usize)| *from < count && *to < count && counts(*from) && counts(*to);
    let edges: Vec<_> =
        Layout::hops(index).into_iter().filter(is_inner).filter(|(from, to)| from != to).collect();
    let mut links = vec![0_usize; count];
    for (from, to) in &edges {
        links[*from] += 1;
        links[*to] += 1;
    }
    // Larger plans have larger groups, not more: an overview has to be read.
    let labels = communities(count, &edges, MOST_IN_GROUP.max(count / GROUPS));
    let mut busiest: BTreeMap<usize, usize> = BTreeMap::new();
    for (place, label) in labels.iter().enumerate() {
        let known = busiest.entry(*label).or_insert(place);
        if links[place] > links[*known] {
            *known = place;
        }
    }
    labels.iter().enumerate().map(|(place, label)| (links[place] > 0).then(|| busiest[label])).collect()
}
