//! Cards on their way: after an arrangement they glide from where they stood to where they stand, and the
//! camera with them. Only what is painted glides; the plan has the new places at once.

use egui::{Id, Ui, Vec2, vec2};

use crate::scene::Card;

use super::super::action::{Action, Actions};
use super::super::session::{Camera, Glide};
use super::super::shown::Shown;

/// How long it takes, in seconds.
const TIME: f64 = 0.2;

/// A glide as one frame sees it.
#[derive(Clone, Copy)]
pub(super) struct Way<'a> {
    glide: &'a Glide,
    /// What is left of the way: 1 at its begin, 0 at its end.
    pub(super) left: f32,
}

impl<'a> Way<'a> {
    /// The glide that is going on. It begins with the first picture that shows the new places.
    pub(super) fn now(ui: &Ui, shown: &Shown<'a>, actions: &mut Actions) -> Option<Self> {
        let glide = shown.session.glide.as_ref()?;
        let whole = Self { glide, left: 1.0 };
        if shown.scene.cards.iter().all(|card| whole.offset(card) == Vec2::ZERO) {
            if !shown.is_stale {
                actions.push(Action::EndGlide);
            }
            return None;
        }
        let (id, now) = (Id::unique(("glide", glide.number)), ui.input(|input| input.time));
        let begin = ui.data_mut(|data| *data.get_temp_mut_or(id, now));
        let share = (now - begin) / TIME;
        if share >= 1.0 {
            ui.data_mut(|data| data.remove_temp::<f64>(id));
            actions.push(Action::EndGlide);
            return None;
        }
        ui.ctx().request_repaint();
        // Slow at the end, so that the eye can follow to the place.
        let left = (1.0 - share as f32).powi(3);
        Some(Self { glide, left })
    }

    /// How far a card is still from its place, in plan units.
    pub(super) fn offset(&self, card: &Card) -> Vec2 {
        let Some(from) = self.glide.from.get(&card.id) else { return Vec2::ZERO };
        vec2((from.0 - card.rect.x) as f32, (from.1 - card.rect.y) as f32) * self.left
    }

    /// The camera between where it was and where it goes.
    pub(super) fn camera(&self, to: Camera) -> Camera {
        let from = self.glide.camera;
        Camera {
            origin_in_plan: to.origin_in_plan + (from.origin_in_plan - to.origin_in_plan) * self.left,
            zoom: to.zoom + (from.zoom - to.zoom) * self.left,
        }
    }
}
