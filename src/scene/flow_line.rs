//! A flow, or a spoke that several flows share, as it is drawn: line, arrowheads and label.

use lucide_icons::Icon;

use crate::arrange::routing::Route;
use crate::arrange::{Point, Rect};
use crate::model::{FlowId, SystemId};
use crate::rules::Severity;

use super::card::severity_role;
use super::lines::{Line, LineKind};
use super::shape::{
    Anchor, Area, Detail, Figure, Layer, Shape, Spot, Stroke, Subject, arrow_base, arrow_head,
};
use super::text::{self, Weight};
use super::{Change, Role};

const RADIUS: f32 = 7.0;
const LABEL_HEIGHT: f32 = 18.0;
const LABEL_ICON: f32 = 10.0;
/// Names of domains are shortened to this.
const WIDEST_WORD: f32 = 70.0;
const WIDEST_ALONE: f32 = 86.0;
/// Two names that are wider than this together become one and a number.
const WIDEST_PAIR: f32 = 78.0;

/// A line as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowLine {
    /// Where it starts.
    pub from: SystemId,
    /// Where it ends.
    pub to: SystemId,
    /// The flows that it stands for; none for the move of a system.
    pub flows: Vec<FlowId>,
    /// What it stands for.
    pub kind: LineKind,
    /// How it differs from the compared stage.
    pub change: Change,
    /// Whether data goes both ways.
    pub is_two_way: bool,
    /// The worst finding that names it.
    pub severity: Option<Severity>,
    /// Whether it has nothing to do with the domain in focus.
    pub is_dimmed: bool,
    /// Its label; empty where nothing is known.
    pub label: String,
    /// Start, bends and end.
    pub points: Vec<Point>,
    /// Where the label stands; nowhere where it has no room beside cards and other labels.
    pub label_rect: Option<Rect>,
    /// The width and height of the label.
    label_size: (i32, i32),
    /// What is different about its flows in a compared plan, each in words.
    pub differences: Vec<String>,
}

impl FlowLine {
    /// The size of the words of its label.
    pub const LABEL_TEXT: f32 = 10.0;

    pub(super) fn of(line: &Line, route: Route) -> Self {
        let label = label(line);
        let (width, height) = label_size(line);
        Self {
            from: line.from.clone(),
            to: line.to.clone(),
            flows: line.flows.clone(),
            kind: line.kind,
            change: line.change,
            is_two_way: line.goes_forward && line.goes_back,
            severity: line.severity,
            is_dimmed: line.is_dimmed,
            label,
            points: route.points,
            label_rect: route.label.map(|middle| Rect::around(middle, width, height)),
            label_size: (width, height),
            differences: line.differences.clone(),
        }
    }

    /// Takes another route; its label keeps its size.
    pub(super) fn take(&mut self, route: Route) {
        self.label_rect =
            route.label.map(|middle| Rect::around(middle, self.label_size.0, self.label_size.1));
        self.points = route.points;
    }

    /// A figure without shapes, in place of one that is not drawn now.
    pub(super) fn nothing(&self, layer: Layer) -> Figure {
        self.figure(layer, Area::default(), Vec::new())
    }

    fn is_error(&self) -> bool {
        self.severity == Some(Severity::Error)
    }

    /// How the line is drawn.
    #[must_use]
    pub fn stroke(&self) -> Stroke {
        let error = self.is_error();
        match (self.change, self.kind) {
            _ if self.is_dimmed => Stroke::solid(Role::CardBorder, 1.2),
            (Change::Severed | Change::Missing, _) => Stroke::dashed(Role::Error, 1.7, 6.0, 4.0),
            (Change::Gone | Change::Replaced, _) => Stroke::dashed(Role::Gone, 1.4, 2.0, 4.0),
            (Change::New, LineKind::Virtual | LineKind::Bridge | LineKind::Migration) => {
                Stroke::dashed(Role::New, 2.2, 6.0, 4.0)
            }
            (Change::New, _) => Stroke::solid(Role::New, 2.2),
            (_, LineKind::Migration) => Stroke::dashed(Role::Migrate, 1.7, 7.0, 4.0),
            (_, LineKind::Virtual) if !error => Stroke::dashed(Role::Federate, 1.5, 5.0, 3.5),
            (_, LineKind::Flow) if error => Stroke::solid(Role::Error, 1.7),
            (_, LineKind::Flow) => Stroke::solid(Role::Flow, 1.5),
            _ if error => Stroke::dashed(Role::Error, 1.7, 5.0, 3.5),
            _ => Stroke::dashed(Role::Flow, 1.5, 5.0, 3.5),
        }
    }

    fn subject(&self) -> Subject {
        match self.kind {
            LineKind::Migration => Subject::Migration(self.from.clone()),
            _ => Subject::Flows(self.flows.clone()),
        }
    }

    fn figure(&self, layer: Layer, bounds: Area, shapes: Vec<Shape>) -> Figure {
        let arrow = if self.is_two_way { "↔" } else { "→" };
        let title = format!("{} {arrow} {}: {}", self.from, self.to, self.label);
        let title = std::iter::once(title.trim_end_matches(": "));
        let title: Vec<_> = title.chain(self.differences.iter().map(String::as_str)).collect();
        Figure {
            subject: self.subject(),
            layer,
            bounds,
            detail: Detail::Near,
            title: title.join(", "),
            shapes,
        }
    }

    /// The line and its arrowheads.
    #[must_use]
    pub fn line_figure(&self) -> Option<Figure> {
        let points: Vec<Spot> = self.points.iter().copied().map(Spot::from).collect();
        let [first, second, ..] = points[..] else { return None };
        let [.., before, last] = points[..] else { return None };
        let stroke = self.stroke();
        let mut path = points.clone();
        let mut heads = Vec::new();
        if let Some(end) = path.last_mut() {
            *end = arrow_base(before, last);
            heads.push(Shape::Polygon { points: arrow_head(before, last), fill: stroke.role });
        }
        if let Some(start) = path.first_mut().filter(|_| self.is_two_way) {
            *start = arrow_base(second, first);
            heads.push(Shape::Polygon { points: arrow_head(second, first), fill: stroke.role });
        }
        let corner = |spot: &Spot| Area::new(spot.x, spot.y, 0.0, 0.0);
        let bounds = points.iter().map(corner).reduce(Area::union)?.grown(6.0);
        let mut shapes = vec![Shape::Path { points: path, radius: RADIUS, stroke }];
        shapes.append(&mut heads);
        Some(self.figure(Layer::Lines, bounds, shapes))
    }

    /// The label, where there is something to say.
    #[must_use]
    pub fn label_figure(&self) -> Option<Figure> {
        if self.label.is_empty() || self.is_dimmed || self.points.is_empty() {
            return None;
        }
        let area = Area::from(self.label_rect?);
        let glyph = label_icon(self.change, self.kind, self.severity);
        let (role, fill, edge) = self.label_roles();
        let stroke = Some(Stroke::solid(edge, 1.0));
        let mut shapes = vec![Shape::Rect { area, radius: LABEL_HEIGHT / 2.0, fill: Some(fill), stroke }];
        let icon_room = if glyph.is_some() { LABEL_ICON + 4.0 } else { 0.0 };
        if let Some(glyph) = glyph {
            let pos = Spot::new(area.x + 8.0, area.centre().y - LABEL_ICON / 2.0);
            shapes.push(Shape::Icon { pos, size: LABEL_ICON, role, glyph });
        }
        shapes.push(Shape::Text {
            pos: Spot::new(area.centre().x + icon_room / 2.0, area.centre().y + 3.6),
            size: FlowLine::LABEL_TEXT,
            weight: Weight::Medium,
            role,
            anchor: Anchor::Middle,
            text: self.label.clone(),
        });
        Some(self.figure(Layer::Labels, area.grown(2.0), shapes))
    }

    /// Colours of the label: text, ground and edge.
    fn label_roles(&self) -> (Role, Role, Role) {
        let own = match (self.change, self.kind, self.severity) {
            (Change::New, _, _) => Some(Role::New),
            (Change::Changed, _, _) => Some(Role::Accent),
            (Change::Severed | Change::Missing, _, _) => Some(Role::Error),
            (Change::Gone | Change::Replaced, _, _) => return (Role::Gone, Role::Label, Role::LabelBorder),
            (_, LineKind::Migration, _) => Some(Role::Migrate),
            (_, _, Some(severity @ (Severity::Error | Severity::Warning))) => Some(severity_role(severity)),
            (_, LineKind::Virtual, _) => return (Role::Federate, Role::Label, Role::LabelBorder),
            _ => None,
        };
        own.map_or((Role::TextMuted, Role::Label, Role::LabelBorder), |role| (role, role.soft(), role))
    }
}

/// The sign before a label: no meaning is carried by colour alone.
fn label_icon(change: Change, kind: LineKind, severity: Option<Severity>) -> Option<char> {
    let icon = match (change, kind, severity) {
        (Change::Severed | Change::Missing, _, _) => Icon::Scissors,
        (Change::New, _, _) => Icon::Plus,
        (Change::Changed, _, _) => Icon::Pencil,
        (Change::Gone, _, _) => Icon::Minus,
        (Change::Replaced, _, _) => Icon::Replace,
        (_, LineKind::Migration, _) => Icon::ArrowRightToLine,
        (_, _, Some(Severity::Error | Severity::Warning)) => Icon::TriangleAlert,
        (_, LineKind::Virtual, _) => Icon::Eye,
        _ => return None,
    };
    Some(char::from(icon))
}

/// At most two domains, then how many more, then what became of the flow.
fn label(line: &Line) -> String {
    let room = if line.words.len() == 1 { WIDEST_ALONE } else { WIDEST_WORD };
    let fitted = |word: &String| text::fit(word, Weight::Medium, FlowLine::LABEL_TEXT, room);
    let mut shown = line.words.len().min(2);
    let mut label = line.words.iter().take(shown).map(fitted).collect::<Vec<_>>().join(", ");
    if shown == 2 && text::width(&label, Weight::Medium, FlowLine::LABEL_TEXT) > WIDEST_PAIR {
        shown = 1;
        label = fitted(&line.words[0]);
    }
    if line.words.len() > shown {
        label.extend([" +", &(line.words.len() - shown).to_string()]);
    }
    let word = match (line.change, line.kind) {
        (Change::Severed | Change::Missing, _) => "severed",
        // The sign says it; the word only where there is nothing else to read.
        (Change::Gone, _) if label.is_empty() => "gone",
        (Change::Changed, _) if label.is_empty() => "changed",
        (Change::Replaced, _) => "replaced",
        _ => "",
    };
    let whole = format!("{label} · {word}");
    let fits = text::width(&whole, Weight::Medium, FlowLine::LABEL_TEXT) <= WIDEST_PAIR;
    match (label.is_empty(), word.is_empty()) {
        (true, false) => word.to_owned(),
        (false, false) if fits => whole,
        _ => label,
    }
}

/// The width and height of a line's label; nothing wide where it has none.
pub(super) fn label_size(line: &Line) -> (i32, i32) {
    let label = label(line);
    if label.is_empty() || line.is_dimmed {
        return (0, 0);
    }
    let icon = label_icon(line.change, line.kind, line.severity).map_or(0.0, |_| LABEL_ICON + 4.0);
    let width = text::width(&label, Weight::Medium, FlowLine::LABEL_TEXT) + icon + 16.0;
    // Even, so that the middle lies on a whole unit.
    ((width / 2.0).ceil() as i32 * 2, LABEL_HEIGHT as i32)
}
