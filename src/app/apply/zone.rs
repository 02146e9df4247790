//! Actions on how much of the plan is drawn: every system, the overview, one group of it. What is jumped to opens the
//! group that holds it.

use crate::landscape::Index;
use crate::model::SystemId;
use crate::rules::Subject;
use crate::scene::{GroupId, Grouping, Scene, Zone};

use super::super::canvas;
use super::super::frame::Window;
use super::super::session::Camera;

/// Plans with fewer systems than this have no overview by looking from far away.
const FEWEST: usize = 40;
/// Below this share of the zoom that shows everything, the overview is shown instead.
const FAR: f32 = 0.6;

impl Window {
    /// Draws another part of the plan, all of it in view.
    pub(super) fn set_zone(&mut self, zone: Zone) {
        self.session.zone = Some(zone);
        self.session.camera = None;
        self.session.glide = None;
    }

    /// What is drawn now.
    fn drawn(&self) -> Option<&Scene> {
        self.deriver.latest().map(|derived| &*derived.scene)
    }

    /// Looks at another part of the canvas. Who goes farther away than everything sees the overview.
    pub(super) fn move_camera(&mut self, camera: Camera) {
        let before = self.session.camera.replace(camera).map_or(camera.zoom, |before| before.zoom);
        let Some(scene) = self.drawn().filter(|scene| scene.zone != Zone::Overview) else { return };
        let far = FAR * canvas::fitting_all(self.session.canvas, scene).zoom;
        let has_groups = self.document.plan().systems.len() >= FEWEST;
        if has_groups && camera.zoom < far && before >= far {
            self.set_zone(Zone::Overview);
            self.say("Overview · O shows every system again");
        }
    }

    /// Opens the group that holds the first of these that has a place, unless it is drawn.
    pub(super) fn reveal(&mut self, subjects: &[Subject]) {
        let plan = self.document.plan();
        let system = |subject: &Subject| match subject {
            Subject::System(id) => Some(id.clone()),
            Subject::Flow(id) => plan.flows.get(id).map(|flow| flow.from.clone()),
            _ => None,
        };
        let Some(id) = subjects.iter().find_map(system) else { return };
        let is_drawn = |scene: &Scene| scene.zone == Zone::Whole || scene.card(&id).is_some();
        if self.drawn().is_none_or(is_drawn) {
            return;
        }
        if let Some(group) = self.group_of(&id) {
            self.set_zone(Zone::Group(group));
        }
    }

    /// Opens the group that holds the first of the selected systems.
    pub(super) fn open_group(&mut self) {
        let first = self.session.selected_systems().next().cloned();
        if let Some(group) = first.and_then(|id| self.group_of(&id)) {
            self.set_zone(Zone::Group(group));
        }
    }

    fn group_of(&self, id: &SystemId) -> Option<GroupId> {
        let index = Index::new(self.document.plan());
        Grouping::new(&index).group_of(&index, id).map(|group| group.id.clone())
    }

    /// A new system is seen at once: in the area that is open, else among all.
    pub(super) fn make_room_for_new(&mut self) {
        let zone = self.drawn().map(|scene| scene.zone.clone()).unwrap_or_default();
        if !matches!(zone, Zone::Whole | Zone::Group(GroupId::Area(_))) {
            self.set_zone(Zone::Whole);
        }
    }
}
