//! The explanation of the signs, as one figure below the picture.

use lucide_icons::Icon;

use crate::model::Disposition;

use super::Role;
use super::card::{Chip, add_chip, label};
use super::shape::{Area, Detail, Figure, Layer, Shape, Spot, Stroke, Subject, arrow_base, arrow_head};
use super::text::{self, Weight};
use super::words::{disposition_icon, disposition_word};

const ROW: f32 = 24.0;
const SAMPLE: f32 = 34.0;
const TEXT: f32 = 10.5;
/// Longer words, with the name of a plan in them, are cut.
const LONGEST: f32 = 420.0;

/// A line and what it means.
const LINES: [(&str, Stroke); 7] = [
    ("data flows", Stroke::solid(Role::Flow, 1.5)),
    ("read where it stands", Stroke::dashed(Role::Federate, 1.5, 5.0, 3.5)),
    ("named by an error", Stroke::solid(Role::Error, 1.7)),
    ("system moves", Stroke::dashed(Role::Migrate, 1.7, 7.0, 4.0)),
    ("severed", Stroke::dashed(Role::Error, 1.7, 6.0, 4.0)),
    ("new", Stroke::solid(Role::New, 2.2)),
    ("gone or replaced", Stroke::dashed(Role::Gone, 1.4, 2.0, 4.0)),
];

/// The lines between groups.
const BUNDLES: [(&str, Stroke); 2] = [
    ("all flows between two groups: their number; the wider, the more", Stroke::solid(Role::Flow, 4.0)),
    ("an error names one of them", Stroke::solid(Role::Error, 4.0)),
];

/// Of what a legend speaks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Signs<'a> {
    /// Whether there are cards of systems.
    pub has_cards: bool,
    /// Whether there are groups.
    pub has_groups: bool,
    /// What the two plans that are compared are called, the one before first.
    pub compared: Option<&'a [String; 2]>,
}

/// The legend below a picture, as wide as it: of its cards, of its groups, or of both.
#[must_use]
pub fn figure(picture: Area, signs: Signs<'_>) -> Figure {
    let Signs { has_cards, has_groups, compared } = signs;
    let left = picture.x + 28.0;
    let room = (picture.width - 56.0).max(520.0);
    let mut writer = Writer {
        shapes: Vec::new(),
        left,
        right: left + room,
        at: Spot::new(left, picture.y + picture.height),
    };
    for disposition in Disposition::ALL {
        let role = Role::of_disposition(*disposition);
        writer.chip(disposition_icon(*disposition), disposition_word(*disposition), role);
    }
    writer.chip(char::from(Icon::Star), "Focal system", Role::Focal);
    if has_cards || !has_groups {
        writer.chip(char::from(Icon::Crown), "Source of truth", Role::Truth);
        writer.next_row();
        let plain = if compared.is_some() { &LINES[..LINES.len() - 2] } else { &LINES[..] };
        for (words, stroke) in plain {
            writer.line(words, *stroke);
        }
    }
    if let Some([before, after]) = compared {
        writer.next_row();
        writer.line(&format!("only in {after}"), LINES[LINES.len() - 2].1);
        writer.line(&format!("only in {before}, or re-routed"), LINES[LINES.len() - 1].1);
        writer.chip(char::from(Icon::Pencil), "in both, different", Role::Accent);
    }
    if has_groups {
        writer.next_row();
        for (words, stroke) in BUNDLES {
            writer.line(words, stroke);
        }
    }
    let bounds =
        Area::new(left, picture.y + picture.height, room, writer.at.y + ROW - picture.y - picture.height);
    let title = "Legend".to_owned();
    let detail = Detail::Always;
    Figure { subject: Subject::Legend, layer: Layer::Legend, bounds, detail, title, shapes: writer.shapes }
}

/// A sentence below a picture.
#[must_use]
pub fn note(picture: Area, words: &str) -> Figure {
    const SIZE: f32 = 13.0;
    let pos = Spot::new(picture.x + 28.0, picture.y + picture.height + 4.0);
    let width = text::width(words, Weight::Regular, SIZE);
    let bounds = Area::new(pos.x, pos.y - SIZE, width, SIZE + 5.0);
    let shapes = vec![label(words, pos, SIZE, Weight::Regular, Role::TextMuted, width + 1.0)];
    let (title, detail) = (words.to_owned(), Detail::Always);
    Figure { subject: Subject::Legend, layer: Layer::Legend, bounds, detail, title, shapes }
}

/// Puts one sign after the other, in rows.
struct Writer {
    shapes: Vec<Shape>,
    left: f32,
    right: f32,
    at: Spot,
}

impl Writer {
    fn next_row(&mut self) {
        self.at = Spot::new(self.left, self.at.y + ROW);
    }

    fn make_room(&mut self, width: f32) {
        if self.at.x > self.left && self.at.x + width > self.right {
            self.next_row();
        }
    }

    fn chip(&mut self, glyph: char, text: &str, role: Role) {
        self.make_room(text::width(text, Weight::Medium, TEXT) + 30.0);
        let chip = Chip { glyph, text, role, fill: Some(role.soft()) };
        self.at.x += add_chip(&mut self.shapes, self.at, 200.0, &chip) + 8.0;
    }

    fn line(&mut self, words: &str, stroke: Stroke) {
        let width = SAMPLE + 8.0 + text::width(words, Weight::Regular, TEXT).min(LONGEST);
        self.make_room(width);
        let middle = self.at.y + ROW / 2.0 - 3.0;
        let (start, end) = (Spot::new(self.at.x, middle), Spot::new(self.at.x + SAMPLE, middle));
        let has_head = stroke.width < 3.0;
        let points = vec![start, if has_head { arrow_base(start, end) } else { end }];
        self.shapes.push(Shape::Path { points, radius: 0.0, stroke });
        if has_head {
            self.shapes.push(Shape::Polygon { points: arrow_head(start, end), fill: stroke.role });
        }
        let pos = Spot::new(end.x + 8.0, middle + 3.7);
        self.shapes.push(label(words, pos, TEXT, Weight::Regular, Role::TextMuted, LONGEST));
        self.at.x += width + 20.0;
    }
}
