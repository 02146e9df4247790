//! The picture of a large plan as boxes, each of which stands for a group of systems, and one line for all flows
//! between two of them. Where that would be too many lines, only the strongest of each box are drawn and the others
//! counted.

use std::collections::{BTreeMap, BTreeSet};

use crate::arrange::routing::{Link, route};
use crate::arrange::{Arrangement, Node, Point, Rect, arrange};
use crate::model::{FlowId, SystemId};

use super::Counts;
use super::bundle::Bundle;
use super::group_box::{GROUP_HEIGHT, GROUP_WIDTH, GroupBox};
use super::grouping::{Group, GroupId, Grouping};
use super::lines::Sight;

/// Up to this many groups all lines are drawn.
const FEW: usize = 10;
/// Of more groups, each keeps the lines to this many others.
const STRONGEST: usize = 3;

/// Flows between two groups, by their places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Between {
    pub(super) flows: Vec<FlowId>,
    pub(super) is_error: bool,
}

/// What an overview is made of.
pub(super) struct Overview {
    pub(super) groups: Vec<GroupBox>,
    pub(super) bundles: Vec<Bundle>,
    /// How many lines between groups are not drawn.
    pub(super) weak: usize,
}

impl Overview {
    /// The overview of what a stage shows.
    pub(super) fn new(sight: &Sight<'_, '_>, grouping: &Grouping) -> Self {
        let (between, inside) = between(sight, grouping);
        let shown = strongest(&between, grouping.groups.len());
        let weak = between.len() - shown.len();
        let node = || Node { width: GROUP_WIDTH, height: GROUP_HEIGHT, ..Node::default() };
        let nodes = grouping.groups.iter().map(|_| node()).collect();
        let edges = shown.iter().map(|((from, to), _)| (*from, *to)).collect();
        let corners = arrange(&Arrangement { nodes, edges });
        let boxes = grouping.groups.iter().zip(corners).zip(inside);
        let mut groups: Vec<GroupBox> =
            boxes.map(|((group, at), inside)| group_box(sight, group, at, inside)).collect();
        // A finding counts once in each group of which it names a system.
        for (severity, systems) in &sight.marks.named {
            let of = |id: &SystemId| Some(grouping.of[sight.index.system(id)?]);
            let named: BTreeSet<usize> = systems.iter().filter_map(of).collect();
            for group in named {
                groups[group].findings.add(*severity);
            }
        }
        let rects: Vec<Rect> = groups.iter().map(|group| group.rect).collect();
        let bundles = bundles(&rects, &shown, |place| groups[place].name.clone());
        Self { groups, bundles, weak }
    }
}

/// Routes one line for each pair of boxes.
fn bundles(
    rects: &[Rect],
    between: &[((usize, usize), &Between)],
    name: impl Fn(usize) -> String,
) -> Vec<Bundle> {
    let bundle = |((from, to), flows): &((usize, usize), &Between)| {
        Bundle::new(format!("{} – {}", name(*from), name(*to)), flows.flows.clone(), flows.is_error)
    };
    let mut bundles: Vec<Bundle> = between.iter().map(bundle).collect();
    let links: Vec<Link> =
        bundles.iter().zip(between).map(|(bundle, (ends, _))| bundle.link(ends.0, ends.1)).collect();
    for (bundle, route) in bundles.iter_mut().zip(route(rects, &links)) {
        bundle.take(route);
    }
    bundles
}

/// The flows between each two groups that have any, the lower place first, and how many there are inside each.
fn between(sight: &Sight<'_, '_>, grouping: &Grouping) -> (BTreeMap<(usize, usize), Between>, Vec<usize>) {
    let mut between: BTreeMap<(usize, usize), Between> = BTreeMap::new();
    let mut inside = vec![0; grouping.groups.len()];
    let group = |id: &SystemId| Some(grouping.of[sight.index.system(id)?]);
    for (entry, change) in sight.index.flows.iter().zip(sight.changes()) {
        let Some((from, to)) = change.and_then(|_| group(&entry.flow.from).zip(group(&entry.flow.to))) else {
            continue;
        };
        if from == to {
            inside[from] += 1;
            continue;
        }
        let flows = between.entry((from.min(to), from.max(to))).or_default();
        flows.flows.push(entry.id.clone());
        flows.is_error |= sight.marks.flows.get(entry.id) == Some(&crate::rules::Severity::Error);
    }
    (between, inside)
}

/// Of many groups, the lines that are among the strongest of one of their ends.
fn strongest(between: &BTreeMap<(usize, usize), Between>, groups: usize) -> Vec<((usize, usize), &Between)> {
    let mut all: Vec<_> = between.iter().map(|(ends, flows)| (*ends, flows)).collect();
    if groups <= FEW {
        return all;
    }
    all.sort_by_key(|(ends, flows)| (std::cmp::Reverse(flows.flows.len()), *ends));
    let mut lines = vec![0; groups];
    all.retain(|((from, to), _)| {
        let stays = lines[*from] < STRONGEST || lines[*to] < STRONGEST;
        lines[*from] += usize::from(stays);
        lines[*to] += usize::from(stays);
        stays
    });
    all.sort_by_key(|(ends, _)| *ends);
    all
}

fn group_box(sight: &Sight<'_, '_>, group: &Group, at: Point, inside: usize) -> GroupBox {
    let mut drawn = GroupBox {
        id: group.id.clone(),
        name: group.name.clone(),
        rect: Rect::new(at.x, at.y, GROUP_WIDTH, GROUP_HEIGHT),
        systems: Vec::new(),
        dispositions: BTreeMap::new(),
        findings: Counts::default(),
        flows: inside,
        is_neighbour: false,
    };
    for place in &group.systems {
        let entry = &sight.index.systems[*place];
        let stood = sight.before.is_some_and(|before| before.stands(*place));
        if sight.now.stands(*place) || stood {
            drawn.systems.push(entry.id.clone());
            let is_focal = sight.index.focal() == Some(*place);
            let disposition = (!is_focal).then_some(entry.system.disposition);
            *drawn.dispositions.entry(disposition).or_default() += 1;
        }
    }
    drawn
}

/// What is drawn of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Zone {
    /// Every system.
    #[default]
    Whole,
    /// Groups of systems.
    Overview,
    /// The systems of one group, and its neighbours as boxes.
    Group(GroupId),
}
