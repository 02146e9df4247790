//! What follows from the plan: what is known of it, the picture, the fixes. The rules run on a thread of
//! their own and a frame waits for them only a moment; until they are done the last result is shown as stale.

mod compared;
mod deriver;
mod difference_lines;
mod fixes;
mod knowledge;
mod ownership;
mod recommendations;

pub use compared::Compared;
pub use deriver::Deriver;
pub use difference_lines::{DifferenceGroup, DifferenceLine, Sign};
pub use fixes::{Fixes, fixes_with_previews};
pub use knowledge::Knowledge;
pub use ownership::{Cell, OwnershipRow};
pub use recommendations::Reasoned;

use std::sync::Arc;

use super::canvas::Sketch;
use crate::arrange::{Arrangement, Point, arrange};
use crate::landscape::{Index, Landscape};
use crate::model::Plan;
use crate::scene::{FindingMarks, JointPlaces, Layout, Options, Routing, Scene, View, Zone};

use super::comparing::ComparedPlan;

/// What the picture shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    /// The stage, by its place.
    pub stage: usize,
    /// Whether it is compared with today.
    pub difference: bool,
    /// Hubs shown or hidden.
    pub view: View,
    /// The plan that the open one is compared with instead, and whether the open one comes before.
    pub compared: Option<(u64, bool)>,
    /// Every system, the overview, or one group.
    pub zone: Zone,
}

/// What the rules say, on its way to a picture.
#[derive(Clone, Debug)]
struct Known {
    knowledge: Arc<Knowledge>,
    compared: Option<Arc<Compared>>,
}

impl Known {
    /// Judges a plan and compares it; what was worked out before is taken over.
    fn new(plan: &Plan, revision: u64, with: Option<&ComparedPlan>, earlier: Option<&Self>) -> Self {
        let same = earlier.map(|earlier| &earlier.knowledge).filter(|known| known.revision == revision);
        let knowledge = same.map_or_else(|| Arc::new(Knowledge::new(plan, revision)), Arc::clone);
        let before = earlier.and_then(|earlier| earlier.compared.as_deref());
        let compared = with.map(|with| Arc::new(Compared::new(plan, &knowledge, with, before)));
        Self { knowledge, compared }
    }

    /// Of which revision and comparison it is.
    fn key(&self) -> (u64, Option<(u64, bool, u64)>) {
        let compared = self.compared.as_ref();
        let compared = compared.map(|compared| (compared.key().0, compared.key().1, compared.revision));
        (self.knowledge.revision, compared)
    }
}

/// What is derived from a plan for a frame.
#[derive(Clone, Debug)]
pub struct Derived {
    /// What is known; of an earlier revision while the rules run.
    pub knowledge: Arc<Knowledge>,
    /// The difference to another plan, where one is asked for and known; perhaps of an earlier revision.
    pub compared: Option<Arc<Compared>>,
    /// What findings say about systems and flows at the shown stage.
    pub marks: Arc<FindingMarks>,
    /// The picture.
    pub scene: Arc<Scene>,
    /// The picture as the canvas looks it up in every frame.
    pub sketch: Arc<Sketch>,
    /// How its lines run.
    pub routing: Arc<Routing>,
    /// Where the cards stand.
    pub layout: Arc<Layout>,
    arranged: Arc<Arranged>,
    /// Where the cards of both plans stand, and by the number of which other plan.
    joint: Option<(u64, Arc<JointPlaces>)>,
    drawn: Drawn,
}

/// What was arranged, and how it came out.
#[derive(Debug)]
struct Arranged {
    arrangement: Arrangement,
    corners: Vec<Point>,
}

impl Arranged {
    /// Arranges what stands in a plan, unless the same was arranged before.
    fn new(index: &Index<'_>, earlier: Option<&Arc<Self>>) -> Arc<Self> {
        let arrangement = Layout::arrangement(index);
        if let Some(earlier) = earlier.filter(|earlier| earlier.arrangement == arrangement) {
            return Arc::clone(earlier);
        }
        let corners = arrange(&arrangement);
        Arc::new(Self { arrangement, corners })
    }
}

/// What a picture is of: the plan's revision, what is known of it, and what is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Drawn {
    revision: u64,
    known: u64,
    compared: Option<(u64, bool, u64)>,
    sight: Sight,
}

impl Drawn {
    /// What the picture of a revision is of when everything is worked out.
    fn wanted(revision: u64, sight: Sight) -> Self {
        let compared = sight.compared.map(|(number, is_open_before)| (number, is_open_before, revision));
        Self { revision, known: revision, compared, sight }
    }

    /// What the picture is of as far as things are known.
    fn of(revision: u64, known: &Known, sight: Sight) -> Self {
        let (known, compared) = known.key();
        let compared = compared.filter(|(number, before, _)| sight.compared == Some((*number, *before)));
        Self { revision, known, compared, sight }
    }
}

impl Derived {
    /// Draws a plan with what is known of it. Where the cards stand is taken over from the same revision, and
    /// from every other that has the same cards, links and positions.
    fn new(plan: &Plan, revision: u64, known: Known, sight: &Sight, earlier: Option<&Self>) -> Self {
        let drawn = Drawn::of(revision, &known, sight.clone());
        let Known { knowledge, compared } = known;
        let compared = compared.filter(|compared| Some(compared.key()) == sight.compared);
        let index = Index::new(plan);
        let same = earlier.filter(|earlier| earlier.drawn.revision == revision);
        let (arranged, layout) = if let Some(same) = same {
            (Arc::clone(&same.arranged), Arc::clone(&same.layout))
        } else {
            let arranged = Arranged::new(&index, earlier.map(|earlier| &earlier.arranged));
            let layout = Arc::new(Layout::placed(&index, &arranged.corners));
            (arranged, layout)
        };
        let number = compared.as_ref().map(|compared| compared.key().0);
        let joint = same.and_then(|same| same.joint.clone()).filter(|(of, _)| Some(*of) == number);
        let joint = joint.or_else(|| {
            let compared = compared.as_ref()?;
            Some((compared.key().0, Arc::new(compared.places(&index, &layout))))
        });
        let routing = earlier.filter(|earlier| earlier.drawn.sight == *sight).map(|earlier| &earlier.routing);
        let at = sight.stage.min(index.timeline.target());
        let marks = Arc::new(FindingMarks::at(&knowledge.findings, at));
        let (scene, routing) = match (&compared, &joint) {
            (Some(compared), Some((_, places))) => compared.scene(&index, places, &knowledge, sight, routing),
            _ => scene(&index, &layout, &marks, sight, routing),
        };
        let sketch = Arc::new(Sketch::new(&scene));
        let scene = Arc::new(scene);
        Self { knowledge, compared, marks, scene, sketch, routing, layout, arranged, joint, drawn }
    }

    fn known(&self) -> Known {
        Known { knowledge: Arc::clone(&self.knowledge), compared: self.compared.clone() }
    }
}

fn scene(
    index: &Index<'_>,
    layout: &Layout,
    marks: &FindingMarks,
    sight: &Sight,
    earlier: Option<&Arc<Routing>>,
) -> (Scene, Arc<Routing>) {
    let at = sight.stage.min(index.timeline.target());
    let now = Landscape::new(index, at);
    let before = (sight.difference && sight.compared.is_none() && at > 0).then(|| Landscape::new(index, 0));
    let options = Options { view: sight.view, zone: sight.zone.clone(), ..Options::default() };
    Scene::routed((index, layout), &now, before.as_ref(), marks, &options, earlier)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{apply, change_system, place_systems};
    use crate::model::Position;

    fn derived(plan: &Plan, revision: u64, earlier: Option<&Derived>) -> Derived {
        let sight =
            Sight { stage: 0, difference: false, view: View::Technical, compared: None, zone: Zone::Whole };
        Derived::new(plan, revision, Known::new(plan, revision, None, None), &sight, earlier)
    }

    #[test]
    fn cards_are_arranged_again_only_where_cards_links_or_positions_change() {
        let plan = crate::generate::plan(12, 1);
        let first = derived(&plan, 1, None);
        let (id, _) = plan.systems.first_key_value().unwrap();
        let renamed = change_system(&plan, id, |system| system.name = "Another name".to_owned());
        let renamed = apply(&plan, renamed).unwrap();
        let second = derived(&renamed, 2, Some(&first));
        assert!(Arc::ptr_eq(&first.arranged, &second.arranged));
        assert_eq!(first.layout, second.layout);
        let moved = apply(&renamed, place_systems([(id.clone(), Position(-900, 40))])).unwrap();
        let third = derived(&moved, 3, Some(&second));
        assert!(!Arc::ptr_eq(&second.arranged, &third.arranged));
        assert_eq!((third.layout.systems[0].x, third.layout.systems[0].y), (-900, 40));
    }
}
