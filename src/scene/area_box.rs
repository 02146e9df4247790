//! An area as it is drawn: a quiet box behind its cards, with its name and how many systems it holds. The box
//! is where its cards are, at all stages alike; a card is in it by its field, so that boxes may overlap where a
//! person placed cards so.

use std::collections::BTreeMap;

use crate::arrange::Rect;
use crate::landscape::Index;
use crate::model::{AreaId, SystemId};

use super::layout::area;
use super::shape::{Anchor, Area, Detail, Figure, Layer, Shape, Spot, Stroke, Subject};
use super::text::{self, Weight};
use super::{Card, Layout, Role};

/// Room between the cards and the edge.
const PADDING: i32 = 20;
/// Room for the name, above the cards.
const HEAD: i32 = 26;
const RADIUS: f32 = 10.0;
const NAME: f32 = 12.0;

/// An area as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaBox {
    /// The area.
    pub id: AreaId,
    /// Its name.
    pub name: String,
    /// Its systems that are drawn, in the order of their ids.
    pub systems: Vec<SystemId>,
    /// Where it is.
    pub rect: Rect,
}

impl AreaBox {
    /// The boxes of all areas of a plan that have a system.
    pub(super) fn of_plan(index: &Index<'_>, layout: &Layout) -> Vec<Self> {
        let mut boxes: BTreeMap<&AreaId, (Rect, Vec<SystemId>)> = BTreeMap::new();
        for (entry, rect) in index.systems.iter().zip(&layout.systems) {
            if let Some(area) = area(index.plan, entry.id) {
                let (all, systems) = boxes.entry(area).or_insert_with(|| (*rect, Vec::new()));
                *all = all.union(rect);
                systems.push(entry.id.clone());
            }
        }
        let named = boxes.into_iter().filter_map(|(id, (rect, systems))| {
            let name = index.plan.areas.get(id)?.name.clone();
            Some(Self { id: id.clone(), name, systems, rect: framed(rect) })
        });
        named.collect()
    }

    /// The box with the systems that have a card in the picture; nothing where none has.
    pub(super) fn with_cards(mut self, cards: &[Card]) -> Option<Self> {
        self.systems.retain(|id| cards.binary_search_by(|card| card.id.cmp(id)).is_ok());
        (!self.systems.is_empty()).then_some(self)
    }

    /// The strip with the name: what can be clicked.
    #[must_use]
    pub fn head(&self) -> Area {
        let room = (self.rect.width - 2 * PADDING) as f32;
        let width = text::width(&self.name, Weight::SemiBold, NAME) + self.count_width() + 14.0;
        Area::new(
            (self.rect.x + 8) as f32,
            (self.rect.y + 4) as f32,
            width.min(room + 14.0),
            HEAD as f32 - 2.0,
        )
    }

    fn count_width(&self) -> f32 {
        8.0 + text::width(&self.systems.len().to_string(), Weight::Regular, NAME)
    }

    /// What a screen reader says.
    #[must_use]
    pub fn title(&self) -> String {
        match self.systems.len() {
            1 => format!("Area {}, 1 system", self.name),
            count => format!("Area {}, {count} systems", self.name),
        }
    }

    /// Its shapes.
    #[must_use]
    pub fn figure(&self) -> Figure {
        let area = Area::from(self.rect);
        let edge = Stroke::dashed(Role::AreaBorder, 1.0, 5.0, 4.0);
        let ground = Shape::Rect { area, radius: RADIUS, fill: Some(Role::Area), stroke: Some(edge) };
        let room = area.width - 2.0 * PADDING as f32 - self.count_width();
        let name = text::fit(&self.name, Weight::SemiBold, NAME, room);
        let at = Spot::new(area.x + 14.0, area.y + 20.0);
        let after = at.x + text::width(&name, Weight::SemiBold, NAME) + 8.0;
        let word = |pos: Spot, weight: Weight, text: String| Shape::Text {
            pos,
            size: NAME,
            weight,
            role: Role::TextMuted,
            anchor: Anchor::Start,
            text,
        };
        let shapes = vec![
            ground,
            word(at, Weight::SemiBold, name),
            word(Spot::new(after, at.y), Weight::Regular, self.systems.len().to_string()),
        ];
        let subject = Subject::Area(self.id.clone());
        let (bounds, detail) = (area.grown(2.0), Detail::Always);
        Figure { subject, layer: Layer::Areas, bounds, detail, title: self.title(), shapes }
    }
}

/// The box round these cards.
fn framed(cards: Rect) -> Rect {
    let rect = cards.grown(PADDING);
    Rect::new(rect.x, rect.y - HEAD, rect.width, rect.height + HEAD)
}
