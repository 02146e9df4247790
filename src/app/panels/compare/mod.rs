//! What is different from the plan that the open one is compared with: the bar above the canvas, and the
//! list in the lower panel, in which arrows walk and Enter shows.

mod bar;
mod row;

pub use bar::compared_bar_ui;
pub use row::{sign_icon, sign_role, take_words};

use egui::{Rect, ScrollArea, Ui, pos2, vec2};

use crate::scene::text::Weight;

use super::super::action::Actions;
use super::super::derived::{Compared, DifferenceGroup, DifferenceLine};
use super::super::session::OnCanvas;
use super::super::shown::Shown;
use super::super::widgets::{Word, muted, paint_word};
use row::{ROW, line_ui};

/// A row of the list.
enum Row<'a> {
    Head(&'a DifferenceGroup),
    Line(&'a DifferenceLine),
}

/// The difference as a list.
pub fn compare_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions) {
    let Some(on_canvas) = &shown.session.on_canvas else { return };
    let Some(compared) = shown.compared else {
        ui.horizontal(|ui| {
            ui.spinner();
            ui.label(muted(ui, format!("Working out what is different from {}…", on_canvas.with.name)));
        });
        return;
    };
    let rows: Vec<_> = compared
        .groups
        .iter()
        .flat_map(|group| std::iter::once(Row::Head(group)).chain(group.lines.iter().map(Row::Line)))
        .collect();
    if rows.is_empty() {
        ui.add_space(10.0);
        ui.label(muted(ui, words_of_nothing(compared)));
        return;
    }
    list_ui(ui, shown, on_canvas, &rows, actions);
}

fn words_of_nothing(compared: &Compared) -> String {
    match &compared.difference {
        Err(error) => format!("The plans cannot be compared: {error}"),
        Ok(_) => format!("Both say the same: there is no difference to {}.", compared.with.name),
    }
}

/// Only the rows in sight are drawn, and the one that is looked at, so that it can have the keyboard.
fn list_ui(ui: &mut Ui, shown: &Shown<'_>, on_canvas: &OnCanvas, rows: &[Row<'_>], actions: &mut Actions) {
    let is_chosen =
        |row: &Row<'_>| matches!(row, Row::Line(line) if Some(&line.key) == on_canvas.chosen.as_ref());
    let chosen = rows.iter().position(is_chosen);
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical().auto_shrink([false, false]).show_rows(ui, ROW, rows.len(), |ui, visible| {
        let corner = ui.max_rect().min;
        let width = ui.available_width();
        let first = visible.start as f32;
        let rect = |place: usize| {
            let top = corner.y + (place as f32 - first) * ROW;
            Rect::from_min_size(pos2(corner.x, top), vec2(width, ROW))
        };
        if let Some(place) = chosen.filter(|_| on_canvas.wants_keyboard) {
            ui.scroll_to_rect(rect(place).expand2(vec2(0.0, ROW)), None);
        }
        let hidden = chosen.filter(|place| !visible.contains(place));
        for place in visible.chain(hidden) {
            match &rows[place] {
                Row::Head(group) => head_ui(ui, group, rect(place)),
                Row::Line(line) => line_ui(ui, shown, line, rect(place), actions),
            }
        }
    });
}

fn head_ui(ui: &Ui, group: &DifferenceGroup, rect: Rect) {
    let rect = rect.shrink2(vec2(8.0, 0.0));
    let look = Word { weight: Weight::SemiBold, ..Word::NAME };
    let end = paint_word(ui, rect, egui::Align2::LEFT_CENTER, &group.title, look).right();
    let count = group.lines.len().to_string();
    paint_word(ui, rect.with_min_x(end + 8.0), egui::Align2::LEFT_CENTER, &count, Word::MUTED);
}
