//! The picture while cards are dragged: what is derived stays, and the cards stand where the hand has them.

use crate::scene::{Moving, Scene, Zone};

use super::canvas::Sketch;
use super::frame::Window;
use super::session::Gesture;

impl Window {
    /// What is dragged stands where the hand has it, lines included, and after the drop until the
    /// plan is drawn again.
    pub(super) fn move_cards(&mut self) {
        let Some(derived) = self.deriver.latest() else { return };
        let moving = self.moving.as_ref().map(|(moving, _)| moving);
        if let Some(Gesture::Move(by)) = self.session.gesture {
            if derived.scene.zone != Zone::Whole {
                self.moving = None;
                return;
            }
            let systems = self.session.selected_system_set();
            if moving.is_none_or(|moving| !moving.is_of(&derived.scene, &systems)) {
                let moving = Moving::new(&derived.scene, &derived.routing, systems);
                self.moving = Some((moving, Sketch::default()));
            }
            if let Some((moving, sketch)) = &mut self.moving {
                moving.move_by(by.x.round() as i32, by.y.round() as i32);
                *sketch = Sketch::new(moving.scene());
            }
        } else if !self.deriver.is_stale() || moving.is_some_and(|moving| !moving.is_based_on(&derived.scene))
        {
            self.moving = None;
        }
    }

    /// The picture as it is shown.
    #[must_use]
    pub fn picture(&self) -> Option<&Scene> {
        let moving = self.moving.as_ref().map(|(moving, _)| moving.scene());
        moving.or_else(|| self.deriver.latest().map(|derived| derived.scene.as_ref()))
    }
}
