//! The flows as things to click, and the mark on the selected ones.

use std::collections::HashSet;

use egui::epaint::PathShape;
use egui::{Pos2, Rect, Stroke, Ui, pos2};

use crate::arrange::Point;
use crate::model::FlowId;
use crate::rules::Subject;
use crate::scene::{Bundle, FlowLine, Role, Scene, Spot, shape::flattened};

use super::super::theme;
use super::level::Level;
use super::paint::SMALLEST_TEXT;
use super::{Canvas, rect_from_area};

/// How near a click must be to a line, in points on screen.
const NEAR: f32 = 6.0;
/// The radius with which the scene rounds the corners of lines.
const RADIUS: f32 = 7.0;

/// A line that stands for flows, or a bundle of them.
struct Wire<'a> {
    flows: &'a [FlowId],
    points: &'a [Point],
    /// Where its label stands, if it has one.
    label: Option<Rect>,
    /// The size of the label's words.
    label_text: f32,
}

fn wires(scene: &Scene) -> impl Iterator<Item = Wire<'_>> {
    let rect = |rect: crate::arrange::Rect| rect_from_area(rect.into());
    let lines = scene.flows.iter().map(move |line| {
        let label = line.label_rect.filter(|_| !line.label.is_empty()).map(rect);
        Wire { flows: &line.flows, points: &line.points, label, label_text: FlowLine::LABEL_TEXT }
    });
    let bundles = scene.bundles.iter().map(move |bundle| Wire {
        flows: &bundle.flows,
        points: &bundle.points,
        label: bundle.label_rect.map(rect),
        label_text: Bundle::LABEL_TEXT,
    });
    lines.chain(bundles).filter(|wire| !wire.flows.is_empty())
}

/// The flows of the line or label under a point on screen; of several lines the nearest.
pub(super) fn flows_at<'a>(canvas: &'a Canvas<'_>, pos_on_screen: Pos2) -> &'a [FlowId] {
    let pos = canvas.plan(pos_on_screen);
    let near = NEAR / canvas.camera.zoom;
    let distances = wires(canvas.shown.scene)
        .filter(|wire| may_be_near(wire, pos, near))
        .map(|wire| (distance(&wire, pos), wire.flows));
    let nearest = distances.filter(|(distance, _)| *distance <= near).min_by(|a, b| a.0.total_cmp(&b.0));
    nearest.map_or(&[], |(_, flows)| flows)
}

/// The line of flows, or its label, under a point on screen.
pub(super) fn line_at<'a>(canvas: &'a Canvas<'_>, pos_on_screen: Pos2) -> Option<&'a FlowLine> {
    let first = flows_at(canvas, pos_on_screen).first()?;
    canvas.shown.scene.flows.iter().find(|line| line.flows.contains(first))
}

/// Whether a point is in the rectangle round a line or in its label, which is told quickly.
fn may_be_near(wire: &Wire<'_>, pos: Pos2, near: f32) -> bool {
    let round =
        Rect::from_points(&wire.points.iter().map(|at| pos2(at.x as f32, at.y as f32)).collect::<Vec<_>>());
    round.expand(near).contains(pos) || wire.label.is_some_and(|label| label.contains(pos))
}

fn distance(wire: &Wire<'_>, pos: Pos2) -> f32 {
    if wire.label.is_some_and(|label| label.contains(pos)) {
        return 0.0;
    }
    let points: Vec<_> = wire.points.iter().map(|point| pos2(point.x as f32, point.y as f32)).collect();
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
    let selected: HashSet<&FlowId> = session
        .selection
        .iter()
        .chain(session.marked())
        .filter_map(|subject| match subject {
            Subject::Flow(id) => Some(id),
            _ => None,
        })
        .collect();
    if selected.is_empty() {
        return;
    }
    for wire in wires(canvas.shown.scene).filter(|wire| wire.flows.iter().any(|id| selected.contains(id))) {
        let spots: Vec<Spot> = wire.points.iter().map(|point| Spot::from(*point)).collect();
        let points = flattened(&spots, RADIUS).into_iter();
        let points =
            points.map(|spot| canvas.camera.screen_from_plan(canvas.rect, pos2(spot.x, spot.y))).collect();
        let stroke = Stroke::new((3.0 * canvas.camera.zoom).max(2.0), theme::colour(ui, Role::Selection));
        ui.painter().add(PathShape::line(points, stroke));
        let zoom = canvas.camera.zoom;
        let shows_label = Level::at(zoom) == Level::Near && wire.label_text * zoom >= SMALLEST_TEXT;
        if let Some(label) = wire.label.filter(|_| shows_label) {
            let label = canvas.screen(label).expand(1.0);
            let stroke = Stroke::new(1.5, theme::colour(ui, Role::Selection));
            ui.painter().rect_stroke(label, label.height() / 2.0, stroke, egui::StrokeKind::Outside);
        }
    }
}
