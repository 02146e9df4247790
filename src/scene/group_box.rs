//! A group of systems as an overview draws it: name, how many systems there are, what becomes of them, how many
//! findings name them; or, beside the systems of another group, only its name.

use std::collections::BTreeMap;

use lucide_icons::Icon;

use crate::arrange::Rect;
use crate::model::{Disposition, SystemId};

use super::card::{badge, label};
use super::grouping::GroupId;
use super::shape::{Anchor, Area, Detail, Figure, Layer, Shape, Spot, Stroke, Subject};
use super::text::{self, Weight};
use super::words::{disposition_icon, disposition_word};
use super::{Counts, Role};

/// The width of a group in an overview.
pub(super) const GROUP_WIDTH: i32 = 320;
/// Its height.
pub(super) const GROUP_HEIGHT: i32 = 132;
/// The width of a neighbour.
pub(super) const NEIGHBOUR_WIDTH: i32 = 184;
/// Its height.
pub(super) const NEIGHBOUR_HEIGHT: i32 = 46;

const RADIUS: f32 = 9.0;
const MARGIN: f32 = 14.0;
// Overviews are looked at from farther away than cards.
const NAME: f32 = 19.0;
const WORDS: f32 = 14.5;
const BAR_HEIGHT: f32 = 10.0;
const SIGN: f32 = 14.5;
const BADGE: f32 = 1.4;

/// A group as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupBox {
    /// The group.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// Where it is.
    pub rect: Rect,
    /// Its systems at the shown stage, in the order of their ids.
    pub systems: Vec<SystemId>,
    /// How many of them have which disposition; `None` counts the focal system.
    pub dispositions: BTreeMap<Option<Disposition>, usize>,
    /// The findings that name them.
    pub findings: Counts,
    /// How many flows there are among them; of a neighbour, between it and the group that is open.
    pub flows: usize,
    /// Whether it stands beside the systems of another group.
    pub is_neighbour: bool,
}

fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

impl GroupBox {
    /// What a screen reader says.
    #[must_use]
    pub fn title(&self) -> String {
        let flows = counted(self.flows, "flow");
        if self.is_neighbour {
            return format!("Neighbour {}, {flows}", self.name);
        }
        let mut title = format!("Group {}, {}", self.name, counted(self.systems.len(), "system"));
        for (disposition, count) in &self.dispositions {
            let word = disposition.map_or("focal", disposition_word).to_lowercase();
            title += &format!(", {count} {word}");
        }
        title + &format!(", {flows} inside, {}", counted(self.findings.total(), "finding"))
    }

    /// Its shapes.
    #[must_use]
    pub fn figure(&self) -> Figure {
        let area = Area::from(self.rect);
        let mut shapes = Vec::with_capacity(16);
        if self.is_neighbour {
            self.add_neighbour(&mut shapes, area);
        } else {
            self.add_face(&mut shapes, area);
            self.add_bar(&mut shapes, area);
            badge(&mut shapes, area, &self.findings, BADGE);
        }
        let subject = Subject::Group(self.id.clone());
        let (bounds, detail) = (area.grown(16.0), Detail::Always);
        Figure { subject, layer: Layer::Cards, bounds, detail, title: self.title(), shapes }
    }

    fn add_face(&self, shapes: &mut Vec<Shape>, area: Area) {
        let shadow = Area { y: area.y + 2.0, ..area };
        shapes.push(Shape::Rect { area: shadow, radius: RADIUS, fill: Some(Role::Shadow), stroke: None });
        let edge = Some(Stroke::solid(Role::AreaBorder, 1.0));
        shapes.push(Shape::Rect { area, radius: RADIUS, fill: Some(Role::Card), stroke: edge });
        let (left, room) = (area.x + MARGIN, area.width - 2.0 * MARGIN - 10.0);
        let name = Spot::new(left, area.y + 32.0);
        shapes.push(label(&self.name, name, NAME, Weight::SemiBold, Role::Text, room));
        let words =
            format!("{} · {} inside", counted(self.systems.len(), "system"), counted(self.flows, "flow"));
        let below = Spot::new(left, area.y + 55.0);
        shapes.push(label(&words, below, WORDS, Weight::Regular, Role::TextMuted, room));
    }

    /// A bar of the dispositions, each as long as its share, and under it their signs and counts.
    fn add_bar(&self, shapes: &mut Vec<Shape>, area: Area) {
        let all: usize = self.dispositions.values().sum();
        let room = area.width - 2.0 * MARGIN;
        let (mut left, mut sign) = (area.x + MARGIN, area.x + MARGIN);
        for (disposition, count) in &self.dispositions {
            let role = disposition.map_or(Role::Focal, Role::of_disposition);
            let width = room * *count as f32 / all.max(1) as f32;
            let part = Area::new(left, area.y + 69.0, (width - 1.0).max(1.0), BAR_HEIGHT);
            shapes.push(Shape::Rect { area: part, radius: 2.0, fill: Some(role), stroke: None });
            left += width;
            let glyph = disposition.map_or(char::from(Icon::Star), disposition_icon);
            shapes.push(Shape::Icon { pos: Spot::new(sign, area.y + 93.0), size: SIGN, role, glyph });
            let words = count.to_string();
            let pos = Spot::new(sign + SIGN + 4.0, area.y + 105.5);
            sign = pos.x + text::width(&words, Weight::Medium, SIGN) + 12.0;
            let (size, weight, anchor) = (SIGN, Weight::Medium, Anchor::Start);
            shapes.push(Shape::Text { pos, size, weight, role, anchor, text: words });
        }
    }

    fn add_neighbour(&self, shapes: &mut Vec<Shape>, area: Area) {
        let edge = Some(Stroke::dashed(Role::AreaBorder, 1.2, 5.0, 4.0));
        shapes.push(Shape::Rect { area, radius: RADIUS, fill: Some(Role::Area), stroke: edge });
        let (left, room) = (area.x + MARGIN, area.width - 2.0 * MARGIN);
        let name = Spot::new(left, area.y + 20.0);
        shapes.push(label(&self.name, name, 12.5, Weight::SemiBold, Role::Text, room));
        let words = match self.flows {
            0 => "moves only".to_owned(),
            count => counted(count, "flow"),
        };
        let below = Spot::new(left, area.y + 35.5);
        shapes.push(label(&words, below, 10.5, Weight::Regular, Role::TextMuted, room));
    }
}
