//! A system's card: name, kind, disposition, crowns, findings; or its ghost.

use lucide_icons::Icon;

use crate::arrange::Rect;
use crate::model::{Disposition, Kind, SystemId};
use crate::rules::Severity;

use super::shape::{Anchor, Area, Detail, Figure, Layer, Shape, Spot, Stroke, Subject};
use super::text::{self, Weight};
use super::words::{disposition_icon, disposition_word, kind_icon, kind_words};
use super::{Change, Role};

/// The width of every card.
pub const CARD_WIDTH: i32 = 184;
/// The height of every card.
pub const CARD_HEIGHT: i32 = 74;

const RADIUS: f32 = 6.0;
const NAME: f32 = 13.0;
/// Long names are a little smaller before they are shortened.
const LONG_NAME: f32 = 11.5;
const BAR: f32 = 4.0;
const CHIP_HEIGHT: f32 = 17.0;
const CHIP_TEXT: f32 = 10.0;
const CHIP_ICON: f32 = 10.0;

/// How many findings there are, by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Contradictions.
    pub errors: usize,
    /// Risks.
    pub warnings: usize,
    /// Hints.
    pub advice: usize,
}

impl Counts {
    /// Counts one more.
    pub const fn add(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Advice => self.advice += 1,
        }
    }

    /// All together.
    #[must_use]
    pub const fn total(&self) -> usize {
        self.errors + self.warnings + self.advice
    }

    /// The worst severity, where there is any.
    #[must_use]
    pub const fn worst(&self) -> Option<Severity> {
        if self.errors > 0 {
            Some(Severity::Error)
        } else if self.warnings > 0 {
            Some(Severity::Warning)
        } else if self.advice > 0 {
            Some(Severity::Advice)
        } else {
            None
        }
    }
}

/// A crown: a domain whose source of truth the system is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crown {
    /// The domain's name.
    pub domain: String,
    /// Whose it was at the compared stage, where that was another's.
    pub was: Option<String>,
}

/// A system as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The system.
    pub id: SystemId,
    /// Where it stands.
    pub rect: Rect,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: Kind,
    /// Where it runs, in a few words.
    pub hosting: String,
    /// What becomes of it.
    pub disposition: Disposition,
    /// Whether it is the focal system.
    pub is_focal: bool,
    /// The domains that it decides about.
    pub crowns: Vec<Crown>,
    /// Its findings.
    pub findings: Counts,
    /// How it differs from the compared stage.
    pub change: Change,
    /// When it goes: "gone after Wave 1"; what is different about it: "integrate → retire". Shown where it does
    /// not stand as before.
    pub mark: String,
    /// What is different about it in a compared plan, each in words.
    pub differences: Vec<String>,
    /// Whether it has nothing to do with the domain in focus.
    pub is_dimmed: bool,
}

/// The colour of a severity.
pub(super) const fn severity_role(severity: Severity) -> Role {
    match severity {
        Severity::Error => Role::Error,
        Severity::Warning => Role::Warning,
        Severity::Advice => Role::Advice,
    }
}

impl Card {
    /// The colour that stands for the system: its disposition, or the focal one.
    #[must_use]
    pub const fn role(&self) -> Role {
        if self.is_focal { Role::Focal } else { Role::of_disposition(self.disposition) }
    }

    /// The colour of the whole card when it is seen from far away.
    const fn patch_role(&self) -> Role {
        match self.change {
            Change::Missing => Role::Error,
            _ if self.is_pale() => Role::GhostBorder,
            _ => self.role(),
        }
    }

    /// The colour of its edge from far away. What is gone is quiet.
    fn edge_role(&self) -> Option<Role> {
        self.change.role().filter(|role| *role != Role::Gone)
    }

    /// What explains the name.
    #[must_use]
    pub fn subtitle(&self) -> String {
        let kind = kind_words(self.kind);
        let says_nothing = kind == self.name || self.kind == Kind::Other;
        match (self.change, self.hosting.is_empty()) {
            (Change::Missing, _) => "not in the plan".to_owned(),
            (_, true) => kind.to_owned(),
            (_, false) if says_nothing => self.hosting.clone(),
            (_, false) => format!("{kind} · {}", self.hosting),
        }
    }

    /// Whose crown it took over, where that changed: "Customer from Legacy CRM".
    fn handover(&self) -> Option<String> {
        let crown = self.crowns.iter().filter(|_| self.change.stands()).find(|crown| crown.was.is_some())?;
        Some(format!("{} from {}", crown.domain, crown.was.as_ref()?))
    }

    /// Its shapes.
    #[must_use]
    pub fn figure(&self) -> Figure {
        let area = Area::from(self.rect);
        let mut shapes = Vec::with_capacity(20);
        self.add_face(&mut shapes, area);
        self.add_name(&mut shapes, area);
        self.add_chips(&mut shapes, area);
        self.add_mark(&mut shapes, area);
        badge(&mut shapes, area, &self.findings, 1.0);
        Figure {
            subject: Subject::System(self.id.clone()),
            layer: Layer::Cards,
            bounds: area.grown(12.0),
            detail: Detail::Patch(area, self.patch_role(), self.edge_role()),
            title: self.title(),
            shapes,
        }
    }

    fn title(&self) -> String {
        let word = if self.is_focal { "focal system" } else { disposition_word(self.disposition) };
        let mut title = format!("{}, {}, {word}", self.name, self.subtitle());
        for crown in &self.crowns {
            title.extend([", source of truth for ", &crown.domain]);
            if let Some(was) = &crown.was {
                title.extend([" after ", was]);
            }
        }
        if !self.mark.is_empty() {
            title.extend([", ", &self.mark]);
        }
        for difference in &self.differences {
            title.extend([", ", difference]);
        }
        match self.findings.total() {
            0 => title,
            1 => title + ", 1 finding",
            count => title + &format!(", {count} findings"),
        }
    }

    const fn is_ghost(&self) -> bool {
        !self.change.stands()
    }

    const fn is_pale(&self) -> bool {
        self.is_ghost() || self.is_dimmed
    }

    fn add_face(&self, shapes: &mut Vec<Shape>, area: Area) {
        let rect = |area: Area, radius: f32, fill: Option<Role>, stroke: Option<Stroke>| Shape::Rect {
            area,
            radius,
            fill,
            stroke,
        };
        if self.is_ghost() {
            let role = if self.change == Change::Missing { Role::Error } else { Role::GhostBorder };
            let edge = Stroke::dashed(role, 1.2, 4.0, 3.0);
            shapes.push(rect(area, RADIUS, Some(Role::Ghost), Some(edge)));
            return;
        }
        if self.change == Change::New {
            let glow = Stroke::solid(Role::New, 2.5);
            shapes.push(rect(area.grown(1.5), RADIUS + 1.5, Some(Role::New), Some(glow)));
        }
        let shadow = Area { y: area.y + 1.5, ..area };
        shapes.push(rect(shadow.grown(0.5), RADIUS, Some(Role::Shadow), None));
        shapes.push(rect(area, RADIUS, Some(self.role()), None));
        let face = Area { x: area.x + BAR, width: area.width - BAR, ..area };
        let fill = if self.is_pale() { Role::Ghost } else { Role::Card };
        shapes.push(rect(face, RADIUS - 1.0, Some(fill), Some(Stroke::solid(Role::CardBorder, 1.0))));
    }

    fn add_name(&self, shapes: &mut Vec<Shape>, area: Area) {
        let tile = Area::new(area.x + 13.0, area.y + 13.0, 26.0, 26.0);
        let is_missing = self.change == Change::Missing;
        let role = if is_missing { Role::Error } else { self.role() };
        if !self.is_pale() {
            shapes.push(Shape::Rect { area: tile, radius: 5.0, fill: Some(role.soft()), stroke: None });
        }
        let glyph = if is_missing { char::from(Icon::CircleQuestionMark) } else { kind_icon(self.kind) };
        let role = if self.is_ghost() && !is_missing { Role::Gone } else { role };
        shapes.push(Shape::Icon { pos: Spot::new(tile.x + 5.0, tile.y + 5.0), size: 16.0, role, glyph });
        let left = tile.x + tile.width + 8.0;
        let room = area.x + area.width - 8.0 - left;
        let role = if self.is_pale() { Role::TextMuted } else { Role::Text };
        let is_long = text::width(&self.name, Weight::SemiBold, NAME) > room;
        let size = if is_long { LONG_NAME } else { NAME };
        shapes.push(label(&self.name, Spot::new(left, area.y + 25.0), size, Weight::SemiBold, role, room));
        let below = Spot::new(left, area.y + 39.5);
        let (line, role) =
            self.handover().map_or((self.subtitle(), Role::TextMuted), |line| (line, Role::New));
        shapes.push(label(&line, below, 10.5, Weight::Regular, role, room));
    }

    fn add_chips(&self, shapes: &mut Vec<Shape>, area: Area) {
        let (left, top) = (area.x + 13.0, area.y + 48.0);
        if self.change == Change::Missing {
            return;
        }
        let (glyph, word) = if self.is_focal {
            (char::from(Icon::Star), "Focal")
        } else {
            (disposition_icon(self.disposition), disposition_word(self.disposition))
        };
        let end = area.x + area.width - 9.0;
        let fill = (!self.is_pale()).then_some(self.role().soft());
        let role = if self.is_ghost() { Role::Gone } else { self.role() };
        let used =
            add_chip(shapes, Spot::new(left, top), end - left, &Chip { glyph, text: word, role, fill });
        self.add_crowns(shapes, Spot::new(left + used + 5.0, top), end);
    }

    fn add_crowns(&self, shapes: &mut Vec<Shape>, at: Spot, end: f32) {
        let Some(first) = self.crowns.iter().find(|crown| crown.was.is_some()).or(self.crowns.first()) else {
            return;
        };
        let more = match self.crowns.len() - 1 {
            0 => String::new(),
            count => format!(" +{count}"),
        };
        let room = end - at.x - chip_width("", 0.0) - text::width(&more, Weight::Medium, CHIP_TEXT);
        let text = text::fit(&first.domain, Weight::Medium, CHIP_TEXT, room) + &more;
        let is_new = first.was.is_some() && !self.is_ghost();
        let role = match (self.is_ghost(), is_new) {
            (true, _) => Role::Gone,
            (_, true) => Role::New,
            _ => Role::Truth,
        };
        let fill = (!self.is_pale()).then_some(role.soft());
        let glyph = char::from(Icon::Crown);
        add_chip(shapes, at, end - at.x, &Chip { glyph, text: &text, role, fill });
    }

    /// When a ghost went, on its upper edge.
    fn add_mark(&self, shapes: &mut Vec<Shape>, area: Area) {
        let word = match self.change {
            Change::New if self.mark.is_empty() => "new",
            _ => &self.mark,
        };
        if word.is_empty() || self.change == Change::None {
            return;
        }
        let role = self.change.role().unwrap_or(Role::Gone);
        let glyph = char::from(match self.change {
            Change::New => Icon::Plus,
            Change::Changed => Icon::Pencil,
            Change::Missing => Icon::CircleQuestionMark,
            _ => Icon::LogOut,
        });
        let room = area.width - 20.0;
        let width = chip_width(word, CHIP_TEXT).min(room);
        let right = area.x + area.width - if self.findings.total() > 0 { 16.0 } else { 8.0 };
        let at = Spot::new(right - width, area.y - CHIP_HEIGHT / 2.0);
        let frame = Area::new(at.x, at.y, width, CHIP_HEIGHT);
        let stroke = Some(Stroke::solid(role, 1.0));
        shapes.push(Shape::Rect { area: frame, radius: CHIP_HEIGHT / 2.0, fill: Some(Role::Label), stroke });
        add_chip(shapes, at, room, &Chip { glyph, text: word, role, fill: None });
    }
}

/// How many findings, at the upper right corner of a box; round for errors, square for the rest.
pub(super) fn badge(shapes: &mut Vec<Shape>, area: Area, findings: &Counts, scale: f32) {
    let Some(worst) = findings.worst() else { return };
    let (role, text_size) = (severity_role(worst), 10.5 * scale);
    let centre = Spot::new(area.x + area.width - 3.0, area.y + 2.0);
    let count = match findings.total() {
        many @ 1000.. => format!("{} k", many / 1000),
        few => few.to_string(),
    };
    let half = (9.0 * scale).max(text::width(&count, Weight::SemiBold, text_size) / 2.0 + 4.0 * scale);
    let radius = if worst == Severity::Error { 9.0 } else { 4.0 } * scale;
    let badge = Area::new(centre.x - half, centre.y - 9.0 * scale, half * 2.0, 18.0 * scale);
    let stroke = Some(Stroke::solid(Role::Canvas, 1.5));
    shapes.push(Shape::Rect { area: badge, radius, fill: Some(role), stroke });
    shapes.push(Shape::Text {
        pos: Spot::new(centre.x, centre.y + 3.8 * scale),
        size: text_size,
        weight: Weight::SemiBold,
        role: Role::TextOnStrong,
        anchor: Anchor::Middle,
        text: count,
    });
}

/// A text from its position to the right, shortened to its room.
pub(super) fn label(text: &str, pos: Spot, size: f32, weight: Weight, role: Role, room: f32) -> Shape {
    Shape::Text { pos, size, weight, role, anchor: Anchor::Start, text: text::fit(text, weight, size, room) }
}

/// An icon and a word on a soft ground.
pub(super) struct Chip<'a> {
    pub(super) glyph: char,
    pub(super) text: &'a str,
    pub(super) role: Role,
    pub(super) fill: Option<Role>,
}

fn chip_width(text: &str, size: f32) -> f32 {
    text::width(text, Weight::Medium, size) + CHIP_ICON + 16.0
}

/// Adds a chip and says how wide it is.
pub(super) fn add_chip(shapes: &mut Vec<Shape>, at: Spot, room: f32, chip: &Chip<'_>) -> f32 {
    let text = text::fit(chip.text, Weight::Medium, CHIP_TEXT, room - chip_width("", 0.0) + 0.5);
    let width = chip_width(&text, CHIP_TEXT);
    if let Some(fill) = chip.fill {
        let area = Area::new(at.x, at.y, width, CHIP_HEIGHT);
        shapes.push(Shape::Rect { area, radius: CHIP_HEIGHT / 2.0, fill: Some(fill), stroke: None });
    }
    let icon = Spot::new(at.x + 6.0, at.y + (CHIP_HEIGHT - CHIP_ICON) / 2.0);
    shapes.push(Shape::Icon { pos: icon, size: CHIP_ICON, role: chip.role, glyph: chip.glyph });
    shapes.push(Shape::Text {
        pos: Spot::new(at.x + CHIP_ICON + 9.0, at.y + 12.1),
        size: CHIP_TEXT,
        weight: Weight::Medium,
        role: chip.role,
        anchor: Anchor::Start,
        text,
    });
    width
}
