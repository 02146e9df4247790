//! The picture in a form that is quick to look through in every frame: where each figure is, the straight
//! pieces of each line, and the one rectangle that is left of a card from far away. Made once for a picture.

use egui::{Pos2, Rect, pos2};

use crate::scene::{Detail, Figure, Layer, Role, Scene, Shape};

use super::rect_from_area;

/// A straight piece of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) from: Pos2,
    pub(super) to: Pos2,
    /// The place of its line among the figures.
    pub(super) figure: u32,
    pub(super) role: Role,
}

impl Piece {
    pub(super) fn rect(&self) -> Rect {
        Rect::from_two_pos(self.from, self.to)
    }
}

/// What is left of a card from far away.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patch {
    pub(super) rect: Rect,
    pub(super) role: Role,
    /// What became of it, where something did.
    pub(super) edge: Option<Role>,
}

/// A figure that is no line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spread {
    pub(super) bounds: Rect,
    /// What is left of it from far away.
    pub(super) patch: Option<Patch>,
    pub(super) figure: u32,
}

/// The picture as the canvas looks it up.
#[derive(Clone, Debug, Default)]
pub struct Sketch {
    /// The pieces of all lines that lose their details from far away, line by line.
    pub(super) pieces: Vec<Piece>,
    /// Areas.
    pub(super) below: Vec<Spread>,
    /// Lines that keep their details.
    pub(super) lines: Vec<Spread>,
    /// Cards.
    pub(super) cards: Vec<Spread>,
    /// Labels and the legend.
    pub(super) above: Vec<Spread>,
    /// The cards of systems, in the order of the scene.
    pub(super) systems: Vec<Rect>,
}

impl Sketch {
    /// The sketch of a picture.
    #[must_use]
    pub fn new(scene: &Scene) -> Self {
        let systems = scene.cards.iter().map(|card| rect_from_area(card.rect.into())).collect();
        let mut sketch = Self { systems, ..Self::default() };
        for (figure, number) in scene.figures.iter().zip(0..) {
            match (figure.layer, figure.detail) {
                (Layer::Lines, Detail::Near) => sketch.add_pieces(figure, number),
                (Layer::Lines, _) => sketch.lines.push(spread(figure, number)),
                (Layer::Areas, _) => sketch.below.push(spread(figure, number)),
                (Layer::Cards, _) => sketch.cards.push(spread(figure, number)),
                (Layer::Labels | Layer::Legend, _) => sketch.above.push(spread(figure, number)),
            }
        }
        sketch
    }

    fn add_pieces(&mut self, figure: &Figure, number: u32) {
        for shape in &figure.shapes {
            let Shape::Path { points, stroke, .. } = shape else { continue };
            let spots =
                points.windows(2).map(|pair| (pos2(pair[0].x, pair[0].y), pos2(pair[1].x, pair[1].y)));
            self.pieces.extend(spots.map(|(from, to)| Piece { from, to, figure: number, role: stroke.role }));
        }
    }

    /// The lines that run through a part of the plan, as places of figures, in the order of painting.
    pub(super) fn lines_in(&self, seen: Rect) -> Vec<u32> {
        let mut found: Vec<u32> = self
            .pieces
            .iter()
            .filter(|piece| seen.intersects(piece.rect()))
            .map(|piece| piece.figure)
            .collect();
        found.dedup();
        found
    }

    /// The places of the cards that lie in a part of the plan.
    pub(super) fn systems_in(&self, seen: Rect) -> impl Iterator<Item = usize> {
        let rects = self.systems.iter().enumerate();
        rects.filter(move |(_, rect)| seen.intersects(**rect)).map(|(place, _)| place)
    }

    /// The card at a place of the plan, the last painted first.
    pub(super) fn system_at(&self, pos_in_plan: Pos2) -> Option<usize> {
        self.systems.iter().rposition(|rect| rect.contains(pos_in_plan))
    }
}

fn spread(figure: &Figure, number: u32) -> Spread {
    let patch = match figure.detail {
        Detail::Patch(area, role, edge) => Some(Patch { rect: rect_from_area(area), role, edge }),
        Detail::Always | Detail::Near => None,
    };
    Spread { bounds: rect_from_area(figure.bounds), patch, figure: number }
}
