//! Where the columns of the decisions stand: fifteen questions in three groups, then what they point to
//! and what was chosen.

use crate::decision::{Group, questionnaire};

/// The height of a row.
pub const ROW: f32 = 20.0;
/// The least and the most width of names and counts, which do not scroll.
const LEFT: std::ops::RangeInclusive<f32> = 150.0..=230.0;
/// The width of what the answers point to.
pub const OUTCOME: f32 = 168.0;
/// The width of what was chosen.
pub const CHOSEN: f32 = 92.0;
/// Room between two groups of questions.
const GROUP_GAP: f32 = 7.0;
/// Room before what the answers point to.
const GAP: f32 = 10.0;
/// The least and the most width of an answer.
const CELL: std::ops::RangeInclusive<f32> = 19.0..=26.0;

/// The columns.
pub struct Grid {
    /// The width of names and counts.
    pub left: f32,
    /// The width of an answer.
    pub cell: f32,
}

impl Grid {
    /// The columns in a table of this width; where it is too narrow, they scroll.
    pub fn for_width(width: f32) -> Self {
        let others = OUTCOME + CHOSEN + GAP + 2.0 * GROUP_GAP + 8.0;
        let count = questionnaire().len() as f32;
        let cell = ((width - others - LEFT.start()) / count).clamp(*CELL.start(), *CELL.end()).floor();
        let left = (width - others - cell * count).clamp(*LEFT.start(), *LEFT.end()).floor();
        Self { left, cell }
    }

    /// Where the column of a question begins.
    pub fn question(&self, column: usize) -> f32 {
        let group = questionnaire().get(column).map_or(0, |entry| entry.group as usize);
        column as f32 * self.cell + group as f32 * GROUP_GAP
    }

    /// Where the columns of a group begin and end.
    pub fn group(&self, group: Group) -> (f32, f32) {
        let columns = || (0..questionnaire().len()).filter(|column| questionnaire()[*column].group == group);
        let first = columns().next().unwrap_or_default();
        let last = columns().next_back().unwrap_or_default();
        (self.question(first), self.question(last) + self.cell)
    }

    /// Where what the answers point to begins.
    pub fn outcome(&self) -> f32 {
        self.question(questionnaire().len() - 1) + self.cell + GAP
    }

    /// Where what was chosen begins.
    pub fn chosen(&self) -> f32 {
        self.outcome() + OUTCOME
    }

    /// The width of all columns that scroll.
    pub fn width(&self) -> f32 {
        self.chosen() + CHOSEN
    }
}
