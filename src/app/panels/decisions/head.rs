//! The head of the decisions: the question that is looked at in full, slanted words over the columns, the
//! three groups, and how the systems are sorted.

use std::f32::consts::FRAC_1_SQRT_2;

use egui::epaint::TextShape;
use egui::{Align2, FontId, Id, Rect, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use crate::decision::{Group, questionnaire};
use crate::scene::Role;
use crate::scene::text::Weight;

use super::super::super::action::{Action, Actions};
use super::super::super::session::{DecisionsOrder, Dialog};
use super::super::super::shown::Shown;
use super::super::super::theme;
use super::super::super::widgets::{Word, paint_word, readable};
use super::cell::looked_at_id;
use super::grid::{CHOSEN, Grid, OUTCOME};

/// The line that says a question in full.
const SAYING: f32 = 17.0;
/// The slanted words.
const SLANTED: f32 = 58.0;
/// The names of groups and columns.
const BAND: f32 = 14.0;
/// All of it.
pub const HEIGHT: f32 = SAYING + SLANTED + BAND;

/// The head; the columns are scrolled by `offset`.
pub fn head_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, grid: &Grid, heads: Rect, offset: f32) {
    saying_ui(ui, shown, Rect::from_min_size(heads.min, vec2(heads.width(), SAYING)));
    let corner = heads.min + vec2(0.0, SAYING);
    sorting_ui(ui, shown, actions, Rect::from_min_size(corner, vec2(grid.left - 6.0, SLANTED)));
    let bold = Word { weight: Weight::SemiBold, ..Word::MUTED };
    let band = Rect::from_min_max(
        pos2(heads.left() + 8.0, heads.bottom() - BAND),
        pos2(heads.left() + grid.left - 12.0, heads.bottom()),
    );
    paint_word(ui, band, Align2::LEFT_CENTER, "System", bold);
    paint_word(ui, band, Align2::RIGHT_CENTER, "Open", bold);
    let columns = Rect::from_min_max(pos2(heads.left() + grid.left, corner.y), heads.max);
    let mut ui = ui.new_child(UiBuilder::new().max_rect(columns));
    ui.set_clip_rect(columns.intersect(ui.clip_rect()));
    let origin = columns.left() - offset;
    for column in 0..questionnaire().len() {
        let left = origin + grid.question(column);
        question_ui(
            &ui,
            shown,
            column,
            Rect::from_min_size(pos2(left, columns.top()), vec2(grid.cell, SLANTED)),
        );
    }
    for (group, words) in
        [(Group::Article, "The article asks"), (Group::Facts, "Facts"), (Group::Context, "Context")]
    {
        let (from, to) = grid.group(group);
        let rect = Rect::from_x_y_ranges(
            origin + from + 1.0..=origin + to - 1.0,
            columns.bottom() - BAND..=columns.bottom(),
        );
        ui.painter().hline(
            rect.x_range(),
            rect.top(),
            Stroke::new(1.0, theme::colour(&ui, Role::CardBorder)),
        );
        paint_word(&ui, rect, Align2::CENTER_CENTER, words, Word { size: 10.0, ..bold });
    }
    for (from, width, words) in
        [(grid.outcome(), OUTCOME, "The answers point to"), (grid.chosen(), CHOSEN, "Chosen")]
    {
        let rect = Rect::from_min_size(pos2(origin + from, columns.bottom() - BAND), vec2(width, BAND));
        paint_word(&ui, rect, Align2::LEFT_CENTER, words, bold);
    }
}

/// The question that is looked at, in full; else what the signs mean.
fn saying_ui(ui: &Ui, shown: &Shown<'_>, rect: Rect) {
    let column = ui.data(|data| data.get_temp::<usize>(looked_at_id()));
    let rect = rect.shrink2(vec2(8.0, 0.0));
    let Some(entry) = column.and_then(|column| questionnaire().get(column)) else {
        let words = "0 not at all, 4 fully. Dashed: proposed from what is known. Arrows go on, 0 to 4 answer, Delete takes back.";
        paint_word(ui, rect, Align2::LEFT_CENTER, words, Word::MUTED);
        return;
    };
    let focal = shown.plan.focal_name();
    let asks = entry.asks(focal);
    let look = Word { weight: Weight::SemiBold, size: 11.5, role: Role::Text };
    let asked = paint_word(ui, rect, Align2::LEFT_CENTER, &asks, look);
    let help = Rect::from_min_max(pos2(asked.right() + 8.0, rect.top()), rect.max);
    if help.width() > 60.0 {
        paint_word(ui, help, Align2::LEFT_CENTER, &entry.help(focal), Word::MUTED);
    }
    let response = ui.interact(rect, Id::unique("question in full"), Sense::hover());
    let words = format!("{asks} {}", entry.help(focal));
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &words));
    response.on_hover_text(words);
}

fn sorting_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, rect: Rect) {
    ui.scope_builder(UiBuilder::new().max_rect(rect.shrink2(vec2(4.0, 1.0))), |ui| {
        ui.spacing_mut().item_spacing = vec2(3.0, 3.0);
        ui.spacing_mut().button_padding = vec2(5.0, 1.0);
        ui.horizontal(|ui| {
            for (order, words, says) in [
                (DecisionsOrder::Remaining, "Open first", "Systems with the most open questions first"),
                (DecisionsOrder::Name, "By name", "Systems by name"),
            ] {
                let button = ui.selectable_label(shown.session.decisions_order == order, words);
                if button.on_hover_text(says).clicked() {
                    actions.push(Action::SortDecisions(order));
                }
            }
        });
        let weights =
            ui.button("Weights…").on_hover_text("How much each question speaks for each disposition");
        if weights.clicked() {
            actions.push(Action::SetDialog(Some(Dialog::Weights)));
        }
    });
}

/// The slanted word over a column, with the whole question beside the pointer.
fn question_ui(ui: &Ui, shown: &Shown<'_>, column: usize, rect: Rect) {
    let (entry, focal) = (&questionnaire()[column], shown.plan.focal_name());
    let (asks, help) = (entry.asks(focal), entry.help(focal));
    let response = ui.interact(rect, Id::unique(("question", entry.question.word())), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::ColumnHeader, true, format!("{asks} {help}")));
    let is_looked_at = ui.data(|data| data.get_temp::<usize>(looked_at_id())) == Some(column);
    let role = if is_looked_at || response.hovered() { Role::Text } else { Role::TextMuted };
    let colour = theme::colour(ui, role);
    let font = FontId::new(10.5, theme::family(Weight::Medium));
    let galley = ui.painter().layout_no_wrap(readable(entry.question.word()), font, colour);
    let middle = pos2(rect.center().x - 3.0, rect.bottom() - 4.0);
    let half = galley.size().y / 2.0 * FRAC_1_SQRT_2;
    let shape = TextShape::new(middle - vec2(half, half), galley, colour);
    ui.painter().add(shape.with_angle(-std::f32::consts::FRAC_PI_4));
    response.on_hover_text(format!("{asks}\n{help}"));
}
