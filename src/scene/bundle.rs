//! All flows between two boxes as one line: the wider the more there are, with their number as its label.

use crate::arrange::routing::{Link, Route};
use crate::arrange::{Point, Rect};
use crate::model::FlowId;

use super::Role;
use super::shape::{Anchor, Area, Detail, Figure, Layer, Shape, Spot, Stroke, Subject};
use super::text::{self, Weight};

const RADIUS: f32 = 9.0;
const LABEL_HEIGHT: i32 = 24;
/// The width of the line of one flow, and of very many.
const THIN: f32 = 1.6;
const THICK: f32 = 9.0;

/// All flows between two boxes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    /// What people call its ends: "Billing – Network".
    pub ends: String,
    /// The flows; none where a system only moves into one of the other box.
    pub flows: Vec<FlowId>,
    /// Whether an error names one of the flows.
    pub is_error: bool,
    /// Start, bends and end.
    pub points: Vec<Point>,
    /// Where the label stands; nowhere where it has no room.
    pub label_rect: Option<Rect>,
}

impl Bundle {
    /// The size of the words of its label.
    pub const LABEL_TEXT: f32 = 14.0;

    /// A bundle that has no way yet.
    pub(super) fn new(ends: String, flows: Vec<FlowId>, is_error: bool) -> Self {
        Self { ends, flows, is_error, points: Vec::new(), label_rect: None }
    }

    /// What the routing must know, with the places of its ends.
    pub(super) fn link(&self, from: usize, to: usize) -> Link {
        let width = text::width(&self.label(), Weight::SemiBold, Bundle::LABEL_TEXT) + 16.0;
        // Even, so that the middle lies on a whole unit.
        Link { from, to, label_width: (width / 2.0).ceil() as i32 * 2, label_height: LABEL_HEIGHT }
    }

    /// Takes its way.
    pub(super) fn take(&mut self, route: Route) {
        let size = self.link(0, 0);
        self.label_rect = route.label.map(|middle| Rect::around(middle, size.label_width, size.label_height));
        self.points = route.points;
    }

    /// How many flows there are, in a word.
    #[must_use]
    pub fn label(&self) -> String {
        if self.flows.is_empty() { "moves".to_owned() } else { self.flows.len().to_string() }
    }

    fn role(&self) -> Role {
        match self.flows.is_empty() {
            true => Role::Migrate,
            false if self.is_error => Role::Error,
            false => Role::Flow,
        }
    }

    /// How it is drawn. Ten times the flows are a little more than twice as wide.
    #[must_use]
    pub fn stroke(&self) -> Stroke {
        let width = (THIN + (self.flows.len().max(1) as f32).ln() * 1.25).min(THICK);
        if self.flows.is_empty() {
            Stroke::dashed(self.role(), THIN, 7.0, 4.0)
        } else {
            Stroke::solid(self.role(), width)
        }
    }

    fn figure(&self, layer: Layer, bounds: Area, shapes: Vec<Shape>) -> Figure {
        let title = match self.flows.len() {
            0 => format!("{}: moves", self.ends),
            1 => format!("{}: 1 flow", self.ends),
            count => format!("{}: {count} flows", self.ends),
        };
        Figure {
            subject: Subject::Flows(self.flows.clone()),
            layer,
            bounds,
            detail: Detail::Always,
            title,
            shapes,
        }
    }

    /// The line.
    #[must_use]
    pub fn line_figure(&self) -> Option<Figure> {
        let points: Vec<Spot> = self.points.iter().copied().map(Spot::from).collect();
        let corner = |spot: &Spot| Area::new(spot.x, spot.y, 0.0, 0.0);
        let bounds = points.iter().map(corner).reduce(Area::union)?.grown(THICK);
        let shapes = vec![Shape::Path { points, radius: RADIUS, stroke: self.stroke() }];
        Some(self.figure(Layer::Lines, bounds, shapes))
    }

    /// The number on it.
    #[must_use]
    pub fn label_figure(&self) -> Option<Figure> {
        let area = Area::from(self.label_rect?);
        let (role, edge) = match self.role() {
            Role::Flow => (Role::Text, Role::LabelBorder),
            strong => (strong, strong),
        };
        let radius = LABEL_HEIGHT as f32 / 2.0;
        let stroke = Some(Stroke::solid(edge, 1.0));
        let shapes = vec![
            Shape::Rect { area, radius, fill: Some(Role::Label), stroke },
            Shape::Text {
                pos: Spot::new(area.centre().x, area.centre().y + 5.0),
                size: Bundle::LABEL_TEXT,
                weight: Weight::SemiBold,
                role,
                anchor: Anchor::Middle,
                text: self.label(),
            },
        ];
        Some(self.figure(Layer::Labels, area.grown(2.0), shapes))
    }
}
