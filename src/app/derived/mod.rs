//! What follows from the plan: what is known of it, the picture, the fixes. The rules run on a thread of
//! their own and a frame waits for them only a moment; until they are done the last result is shown as stale.

mod deriver;
mod fixes;
mod knowledge;
mod ownership;
mod recommendations;

pub use deriver::Deriver;
pub use fixes::{Fixes, fixes_with_previews};
pub use knowledge::Knowledge;
pub use ownership::{Cell, OwnershipRow};
pub use recommendations::Reasoned;

use std::sync::Arc;

use super::canvas::Sketch;
use crate::arrange::{Arrangement, Point, arrange};
use crate::landscape::{Index, Landscape};
use crate::model::Plan;
use crate::scene::{FindingMarks, Layout, Options, Scene, View, Zone};

/// What the picture shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    /// The stage, by its place.
    pub stage: usize,
    /// Whether it is compared with today.
    pub difference: bool,
    /// Hubs shown or hidden.
    pub view: View,
    /// Every system, the overview, or one group.
    pub zone: Zone,
}

/// What is derived from a plan for a frame.
#[derive(Clone, Debug)]
pub struct Derived {
    /// What is known; of an earlier revision while the rules run.
    pub knowledge: Arc<Knowledge>,
    /// What findings say about systems and flows at the shown stage.
    pub marks: Arc<FindingMarks>,
    /// The picture.
    pub scene: Arc<Scene>,
    /// The picture as the canvas looks it up in every frame.
    pub sketch: Arc<Sketch>,
    /// Where the cards stand.
    pub layout: Arc<Layout>,
    arranged: Arc<Arranged>,
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
    sight: Sight,
}

impl Derived {
    /// Draws a plan with what is known of it. Where the cards stand is taken over from the same revision, and
    /// from every other that has the same cards, links and positions.
    fn new(
        plan: &Plan,
        revision: u64,
        knowledge: Arc<Knowledge>,
        sight: Sight,
        earlier: Option<&Self>,
    ) -> Self {
        let drawn = Drawn { revision, known: knowledge.revision, sight: sight.clone() };
        let index = Index::new(plan);
        let same = earlier.filter(|earlier| earlier.drawn.revision == revision);
        let (arranged, layout) = if let Some(same) = same {
            (Arc::clone(&same.arranged), Arc::clone(&same.layout))
        } else {
            let arranged = Arranged::new(&index, earlier.map(|earlier| &earlier.arranged));
            let layout = Arc::new(Layout::placed(&index, &arranged.corners));
            (arranged, layout)
        };
        let at = sight.stage.min(index.timeline.target());
        let marks = Arc::new(FindingMarks::at(&knowledge.findings, at));
        let scene = Arc::new(scene(&index, &layout, &marks, sight));
        let sketch = Arc::new(Sketch::new(&scene));
        Self { knowledge, marks, scene, sketch, layout, arranged, drawn }
    }
}

fn scene(index: &Index<'_>, layout: &Layout, marks: &FindingMarks, sight: Sight) -> Scene {
    let at = sight.stage.min(index.timeline.target());
    let now = Landscape::new(index, at);
    let before = (sight.difference && at > 0).then(|| Landscape::new(index, 0));
    let options = Options { view: sight.view, zone: sight.zone, ..Options::default() };
    Scene::new(index, layout, &now, before.as_ref(), marks, &options)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{apply, change_system, place_systems};
    use crate::model::Position;

    fn derived(plan: &Plan, revision: u64, earlier: Option<&Derived>) -> Derived {
        let sight = Sight { stage: 0, difference: false, view: View::Technical, zone: Zone::Whole };
        Derived::new(plan, revision, Arc::new(Knowledge::new(plan, revision)), sight, earlier)
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
