//! What follows from the plan: what is known of it, the picture, the fixes. The rules run on a thread of
//! their own and a frame waits for them only a moment; until they are done the last result is shown as stale.

mod deriver;
mod fixes;
mod knowledge;
mod ownership;

pub use deriver::Deriver;
pub use fixes::{Fixes, fixes_with_previews};
pub use knowledge::Knowledge;
pub use ownership::{Cell, OwnershipRow};

use std::sync::Arc;

use crate::landscape::{Index, Landscape};
use crate::model::Plan;
use crate::scene::{FindingMarks, Layout, Options, Scene, View};

/// What the picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sight {
    /// The stage, by its place.
    pub stage: usize,
    /// Whether it is compared with today.
    pub difference: bool,
    /// Hubs shown or hidden.
    pub view: View,
}

/// What is derived from a plan for a frame.
#[derive(Clone, Debug)]
pub struct Derived {
    /// What is known; of an earlier revision while the rules run.
    pub knowledge: Arc<Knowledge>,
    /// The picture.
    pub scene: Arc<Scene>,
    /// Where the cards stand.
    pub layout: Arc<Layout>,
    drawn: Drawn,
}

/// What a picture is of: the plan's revision, what is known of it, and what is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Drawn {
    revision: u64,
    known: u64,
    sight: Sight,
}

impl Derived {
    /// Draws a plan with what is known of it; where the cards stand is taken over from the same revision.
    fn new(
        plan: &Plan,
        revision: u64,
        knowledge: Arc<Knowledge>,
        sight: Sight,
        earlier: Option<&Self>,
    ) -> Self {
        let drawn = Drawn { revision, known: knowledge.revision, sight };
        let index = Index::new(plan);
        let layout = earlier.filter(|earlier| earlier.drawn.revision == revision);
        let layout = layout.map(|earlier| Arc::clone(&earlier.layout));
        let layout = layout.unwrap_or_else(|| Arc::new(Layout::new(&index)));
        let scene = Arc::new(scene(&index, &layout, &knowledge, sight));
        Self { knowledge, scene, layout, drawn }
    }
}

fn scene(index: &Index<'_>, layout: &Layout, knowledge: &Knowledge, sight: Sight) -> Scene {
    let at = sight.stage.min(index.timeline.target());
    let now = Landscape::new(index, at);
    let before = (sight.difference && at > 0).then(|| Landscape::new(index, 0));
    let marks = FindingMarks::at(&knowledge.findings, at);
    let options = Options { view: sight.view, ..Options::default() };
    Scene::new(index, layout, &now, before.as_ref(), &marks, &options)
}
