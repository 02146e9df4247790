//! Which part of the plan is seen, and how large.

use egui::{Pos2, Rect, Vec2};

/// Which part of the plan the canvas shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// The point of the plan in the upper left corner of the canvas.
    pub origin_in_plan: Pos2,
    /// Points on screen for one unit of the plan.
    pub zoom: f32,
}

impl Default for Camera {
    fn default() -> Self {
        Self { origin_in_plan: Pos2::ZERO, zoom: 1.0 }
    }
}

impl Camera {
    /// The least and the greatest zoom.
    pub const ZOOM_RANGE: std::ops::RangeInclusive<f32> = 0.02..=4.0;

    /// Where a point of the plan is on screen.
    #[must_use]
    pub fn screen_from_plan(&self, canvas: Rect, pos_in_plan: Pos2) -> Pos2 {
        canvas.min + (pos_in_plan - self.origin_in_plan) * self.zoom
    }

    /// Which point of the plan a point on screen shows.
    #[must_use]
    pub fn plan_from_screen(&self, canvas: Rect, pos_on_screen: Pos2) -> Pos2 {
        self.origin_in_plan + (pos_on_screen - canvas.min) / self.zoom
    }

    /// The camera with another zoom that keeps a point on screen where it is.
    #[must_use]
    pub fn zoomed_at(&self, canvas: Rect, pos_on_screen: Pos2, factor: f32) -> Self {
        let fixed = self.plan_from_screen(canvas, pos_on_screen);
        let zoom = (self.zoom * factor).clamp(*Self::ZOOM_RANGE.start(), *Self::ZOOM_RANGE.end());
        Self { origin_in_plan: fixed - (pos_on_screen - canvas.min) / zoom, zoom }
    }

    /// The camera that shows a part of the plan in the middle of the canvas, never larger than life.
    #[must_use]
    pub fn fitting(canvas: Rect, part: Rect) -> Self {
        const MARGIN: f32 = 36.0;
        let room = (canvas.size() - Vec2::splat(2.0 * MARGIN)).max(Vec2::splat(1.0));
        let size = part.size().max(Vec2::splat(1.0));
        let zoom = (room.x / size.x).min(room.y / size.y).clamp(*Self::ZOOM_RANGE.start(), 1.0);
        Self { origin_in_plan: part.center() - canvas.size() / zoom / 2.0, zoom }
    }
}
