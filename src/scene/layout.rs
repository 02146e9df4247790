//! Where every card of a plan stands, at all stages alike: placed ones where a person put them,
//! the others arranged. Computed once for a revision of the plan.

use std::collections::BTreeMap;

use crate::arrange::{Arrangement, Node, Page, Point, Rect, arrange_on};
use crate::landscape::{FlowEntry, Index};
use crate::model::{AreaId, Plan, SystemId};

use super::{CARD_HEIGHT, CARD_WIDTH};

/// The rectangles of all cards.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// By the place of the system in the index.
    pub systems: Vec<Rect>,
    /// Of systems that flows refer to and the plan does not have.
    pub missing: BTreeMap<SystemId, Rect>,
}

/// One hop of a flow, by the ids of its ends.
pub(super) fn hops<'p>(entry: &FlowEntry<'p>, shows_hubs: bool) -> Vec<(&'p SystemId, &'p SystemId)> {
    let via = entry.flow.via.iter().filter(|_| shows_hubs);
    let path: Vec<_> = std::iter::once(&entry.flow.from).chain(via).chain([&entry.flow.to]).collect();
    path.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

impl Layout {
    /// The layout of a plan.
    #[must_use]
    pub fn new(index: &Index<'_>) -> Self {
        Self::on_page(index, Page::Screen)
    }

    /// The layout of a plan whose picture is for a page of this shape.
    #[must_use]
    pub fn on_page(index: &Index<'_>, page: Page) -> Self {
        Self::placed(index, &arrange_on(&Self::arrangement(index), page))
    }

    /// The layout of a plan whose [arrangement](Self::arrangement) has these corners.
    #[must_use]
    pub fn placed(index: &Index<'_>, corners: &[Point]) -> Self {
        let rects = corners.iter().map(|at| Rect::new(at.x, at.y, CARD_WIDTH, CARD_HEIGHT));
        let mut systems: Vec<Rect> = rects.collect();
        let strangers = systems.split_off(index.systems.len());
        Self { systems, missing: missing(index).into_iter().cloned().zip(strangers).collect() }
    }

    /// What is to be arranged: the systems in the order of the index, after them those that flows
    /// refer to and the plan does not have; linked by flows, and by what moves into what.
    #[must_use]
    pub fn arrangement(index: &Index<'_>) -> Arrangement {
        let systems = index.systems.iter().map(|entry| node(index, entry.id));
        let strangers = missing(index).into_iter().map(|_| Node {
            width: CARD_WIDTH,
            height: CARD_HEIGHT,
            ..Node::default()
        });
        let nodes = systems.chain(strangers).collect();
        let moves = index.systems.iter().filter_map(|entry| {
            let into = entry.system.migration.as_ref()?.into.as_ref()?;
            index.system(entry.id).zip(index.system(into)).filter(|_| entry.cutover.is_some())
        });
        let edges = Self::hops(index).into_iter().chain(moves).collect();
        Arrangement { nodes, edges }
    }

    /// The hops of all flows at all stages, by the places of their ends in the arrangement.
    #[must_use]
    pub fn hops(index: &Index<'_>) -> Vec<(usize, usize)> {
        let missing = missing(index);
        let place = |id: &SystemId| {
            let known = index.system(id);
            known.or_else(|| missing.binary_search(&id).ok().map(|place| index.systems.len() + place))
        };
        let hops = index.flows.iter().flat_map(|entry| hops(entry, true));
        hops.filter_map(|(from, to)| Some((place(from)?, place(to)?))).collect()
    }

    /// The card of a system, also of one that the plan does not have.
    #[must_use]
    pub fn card(&self, index: &Index<'_>, id: &SystemId) -> Option<Rect> {
        index.system(id).map(|place| self.systems[place]).or_else(|| self.missing.get(id).copied())
    }
}

/// The area that a system is in, where the plan has both.
pub(super) fn area<'p>(plan: &'p Plan, id: &SystemId) -> Option<&'p AreaId> {
    let area = plan.systems.get(id)?.area.as_ref()?;
    plan.areas.contains_key(area).then_some(area)
}

fn node(index: &Index<'_>, id: &SystemId) -> Node {
    let plan = index.plan;
    Node {
        width: CARD_WIDTH,
        height: CARD_HEIGHT,
        fixed: plan.drawing.positions.get(id).map(|at| Point::new(at.0, at.1)),
        is_hub: plan.systems.get(id).is_some_and(|system| system.is_hub()),
        is_focal: plan.focal_system.as_ref() == Some(id),
        group: area(plan, id).and_then(|area| plan.areas.keys().position(|known| known == area)),
    }
}

/// The ids that flows refer to and the plan does not have, sorted.
fn missing<'p>(index: &Index<'p>) -> Vec<&'p SystemId> {
    let ends = index
        .flows
        .iter()
        .flat_map(|entry| std::iter::once(&entry.flow.from).chain(&entry.flow.via).chain([&entry.flow.to]));
    let mut missing: Vec<_> = ends.filter(|id| index.system(id).is_none()).collect();
    missing.sort_unstable();
    missing.dedup();
    missing
}
