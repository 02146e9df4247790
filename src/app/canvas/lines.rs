//! The flows as things to click, and the mark on the selected ones.

use egui::epaint::PathShape;
use egui::{Pos2, Stroke, Ui, pos2};

use crate::model::FlowId;
use crate::rules::Subject;
use crate::scene::{FlowLine, Role, Spot, shape::flattened};

use super::super::theme;
use super::{Canvas, rect_from_area};

/// How near a click must be to a line, in points on screen.
const NEAR: f32 = 6.0;
/// The radius with which the scene rounds the corners of lines.
const RADIUS: f32 = 7.0;

/// The flows of the line or label under a point on screen; of several lines the nearest.
pub(super) fn flows_at<'a>(canvas: &'a Canvas<'_>, pos_on_screen: Pos2) -> &'a [FlowId] {
    line_at(canvas, pos_on_screen).map_or(&[], |line| &line.flows)
}

/// The line or label of flows under a point on screen; of several the nearest.
pub(super) fn line_at<'a>(canvas: &'a Canvas<'_>, pos_on_screen: Pos2) -> Option<&'a FlowLine> {
    let pos = canvas.plan(pos_on_screen);
    let near = NEAR / canvas.camera.zoom;
    let lines = canvas.shown.scene.flows.iter();
    let lines = lines.filter(|line| !line.flows.is_empty() && may_be_near(line, pos, near));
    let distances = lines.map(|line| (distance(line, pos), line));
    let nearest = distances.filter(|(distance, _)| *distance <= near).min_by(|a, b| a.0.total_cmp(&b.0));
    nearest.map(|(_, line)| line)
}

/// Whether a point is in the rectangle round a line or in its label, which is told quickly.
fn may_be_near(line: &FlowLine, pos: Pos2, near: f32) -> bool {
    let (mut low, mut high) =
        (Pos2::new(f32::INFINITY, f32::INFINITY), Pos2::new(-f32::INFINITY, -f32::INFINITY));
    for point in &line.points {
        let point = pos2(point.x as f32, point.y as f32);
        (low, high) = (low.min(point), high.max(point));
    }
    let label = line.label_rect.map(|label| rect_from_area(label.into()));
    egui::Rect::from_min_max(low, high).expand(near).contains(pos)
        || label.is_some_and(|label| label.contains(pos))
}

fn distance(line: &FlowLine, pos: Pos2) -> f32 {
    let label = line.label_rect.map(|label| rect_from_area(label.into()));
    if !line.label.is_empty() && label.is_some_and(|label| label.contains(pos)) {
        return 0.0;
    }
    let points: Vec<_> = line.points.iter().map(|point| pos2(point.x as f32, point.y as f32)).collect();
    points.windows(2).map(|pair| distance_to_piece(pair[0], pair[1], pos)).fold(f32::INFINITY, f32::min)
}

fn distance_to_piece(from: Pos2, to: Pos2, pos: Pos2) -> f32 {
    let along = to - from;
    let share = if along.length_sq() > 0.0 { (pos - from).dot(along) / along.length_sq() } else { 0.0 };
    (from + along * share.clamp(0.0, 1.0)).distance(pos)
}

/// Selected flows are drawn over in the colour of the selection.
pub(super) fn selected_ui(ui: &Ui, canvas: &Canvas<'_>) {
    let session = canvas.shown.session;
    let is_marked = |id: &FlowId| matches!(session.marked(), Some(Subject::Flow(marked)) if marked == id);
    let is_selected = |id: &FlowId| session.is_selected(&Subject::Flow(id.clone())) || is_marked(id);
    for line in canvas.shown.scene.flows.iter().filter(|line| line.flows.iter().any(is_selected)) {
        let spots: Vec<Spot> = line.points.iter().map(|point| Spot::from(*point)).collect();
        let points = flattened(&spots, RADIUS).into_iter();
        let points =
            points.map(|spot| canvas.camera.screen_from_plan(canvas.rect, pos2(spot.x, spot.y))).collect();
        let stroke = Stroke::new((3.0 * canvas.camera.zoom).max(2.0), theme::colour(ui, Role::Selection));
        ui.painter().add(PathShape::line(points, stroke));
        if let Some(label) = line.label_rect.filter(|_| !line.label.is_empty()) {
            let label = canvas.screen(rect_from_area(label.into())).expand(1.0);
            let stroke = Stroke::new(1.5, theme::colour(ui, Role::Selection));
            ui.painter().rect_stroke(label, label.height() / 2.0, stroke, egui::StrokeKind::Outside);
        }
    }
}
