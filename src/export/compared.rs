//! Two compared plans as one picture: what is different about each system and flow, in the words of the
//! difference. Where things stand and how they are drawn is the scene's.

use std::sync::Arc;

use crate::landscape::{Index, Landscape};
use crate::rules::Findings;
use crate::scene::{Differences, FindingMarks, JointPlaces, Options, Routing, Scene, Side};
use crate::share::{Change, Difference};

/// A plan that is drawn beside another.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a, 'p> {
    /// What people call it.
    pub name: &'a str,
    /// The plan.
    pub index: &'a Index<'p>,
    /// What is wrong with it.
    pub findings: &'a Findings,
}

/// What is different about systems and flows that both plans have.
#[must_use]
pub fn differences(difference: &Difference) -> Differences {
    let mut said = Differences::default();
    for changed in &difference.changes {
        let words = || changed.change.words();
        match (changed.part.as_str(), &changed.change) {
            (_, Change::Added | Change::Removed) => {}
            ("systems", _) => said.systems.entry(changed.id.as_str().into()).or_default().push(words()),
            ("flows", _) => said.flows.entry(changed.id.as_str().into()).or_default().push(words()),
            _ => {}
        }
    }
    said
}

/// Two plans in one picture.
#[derive(Clone, Copy, Debug)]
pub struct Comparison<'a, 'p> {
    /// The plan whose cards stay where they are and whose stages are looked at.
    pub open: Compared<'a, 'p>,
    /// The plan that it is compared with.
    pub other: Compared<'a, 'p>,
    /// Where all cards stand.
    pub places: &'a JointPlaces,
    /// What is different, from the plan before to the one after.
    pub differences: &'a Differences,
    /// Whether the open plan is the one before, so that what only it has is gone.
    pub is_open_before: bool,
}

impl Comparison<'_, '_> {
    /// The picture at a stage of the open plan and at the same stage of the other or, where that has none
    /// such, at the last one before that both have.
    #[must_use]
    pub fn at(&self, at: usize, options: &Options) -> Scene {
        self.routed_at(at, options, None).0
    }

    /// The same, and how its lines run; as in [`Scene::routed`].
    #[must_use]
    pub fn routed_at(
        &self,
        at: usize,
        options: &Options,
        earlier: Option<&Arc<Routing>>,
    ) -> (Scene, Arc<Routing>) {
        let (open, other) = (self.open, self.other);
        let other_at = open.index.timeline.place_in(at, &other.index.timeline);
        let [open_now, other_now] =
            [(open, at), (other, other_at)].map(|(of, at)| Landscape::new(of.index, at));
        let [open_marks, other_marks] =
            [(open, at), (other, other_at)].map(|(of, at)| FindingMarks::at(of.findings, at));
        let open = Side { name: open.name, index: open.index, now: &open_now, marks: &open_marks };
        let other = Side { name: other.name, index: other.index, now: &other_now, marks: &other_marks };
        let (before, after) = if self.is_open_before { (open, other) } else { (other, open) };
        Scene::compared(before, after, self.places, self.differences, options, earlier)
    }
}
