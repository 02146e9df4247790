//! The difference to another plan, worked out off the frame beside what is known of the open one.

use std::sync::Arc;

use crate::export::{self, differences};
use crate::landscape::Index;
use crate::model::Plan;
use crate::scene::{Differences, JointPlaces, Layout, Options, Routing, Scene};
use crate::share::{Difference, Judged, difference_of};

use super::super::comparing::ComparedPlan;
use super::difference_lines::{DifferenceGroup, DifferenceLine, difference_groups};
use super::{Knowledge, Sight};

/// The difference between the open plan, at one revision, and another.
#[derive(Debug)]
pub struct Compared {
    /// The other plan.
    pub with: ComparedPlan,
    /// What is known of it.
    pub knowledge: Arc<Knowledge>,
    /// The revision of the open plan.
    pub revision: u64,
    /// What is different, from the plan before to the one after; or why that cannot be said.
    pub difference: Result<Difference, String>,
    /// The same as lines under headings.
    pub groups: Vec<DifferenceGroup>,
    said: Differences,
}

impl Compared {
    /// Works it out; what is known of the other plan is taken from an earlier comparison with it.
    pub(super) fn new(plan: &Plan, known: &Knowledge, with: &ComparedPlan, earlier: Option<&Self>) -> Self {
        let earlier = earlier.filter(|earlier| earlier.with.number == with.number);
        let knowledge = earlier.map(|earlier| Arc::clone(&earlier.knowledge));
        let knowledge = knowledge.unwrap_or_else(|| Arc::new(Knowledge::new(&with.plan, 0)));
        let (open, other) = (judged(plan, known), judged(&with.plan, &knowledge));
        let (before, after) = if with.is_open_before { (open, other) } else { (other, open) };
        let difference = difference_of(before, after).map_err(|error| error.to_string());
        let groups = difference.as_ref().map(difference_groups).unwrap_or_default();
        let said = difference.as_ref().map(differences).unwrap_or_default();
        Self { with: with.clone(), knowledge, revision: known.revision, difference, groups, said }
    }

    /// Which comparison it is of: the number of the other plan, and which of the two comes before.
    #[must_use]
    pub const fn key(&self) -> (u64, bool) {
        (self.with.number, self.with.is_open_before)
    }

    /// All lines of the difference.
    pub fn lines(&self) -> impl DoubleEndedIterator<Item = &DifferenceLine> {
        self.groups.iter().flat_map(|group| &group.lines)
    }

    /// The line with a key.
    #[must_use]
    pub fn line(&self, key: &str) -> Option<&DifferenceLine> {
        self.lines().find(|line| line.key == key)
    }

    /// Where all cards stand.
    pub(super) fn places(&self, index: &Index<'_>, layout: &Layout) -> JointPlaces {
        JointPlaces::new(index, layout, &Index::new(&self.with.plan))
    }

    /// The picture of both plans.
    pub(super) fn scene(
        &self,
        index: &Index<'_>,
        places: &JointPlaces,
        known: &Knowledge,
        sight: &Sight,
        earlier: Option<&Arc<Routing>>,
    ) -> (Scene, Arc<Routing>) {
        let other = Index::new(&self.with.plan);
        let comparison = export::Comparison {
            open: export::Compared { name: &self.with.open_name, index, findings: &known.findings },
            other: export::Compared {
                name: &self.with.name,
                index: &other,
                findings: &self.knowledge.findings,
            },
            places,
            differences: &self.said,
            is_open_before: self.with.is_open_before,
        };
        let at = sight.stage.min(index.timeline.target());
        comparison.routed_at(at, &Options { view: sight.view, ..Options::default() }, earlier)
    }
}

fn judged<'a>(plan: &'a Plan, known: &'a Knowledge) -> Judged<'a> {
    Judged { plan, stages: &known.stages, findings: &known.findings.list, row: &known.row }
}
