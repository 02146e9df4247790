//! The decisions: systems by questions, what the answers point to, and what was chosen.
//!
//! Names and heads stay in sight while the cells scroll; only cells in sight are drawn. The first row asks
//! once what holds for the whole plan.

mod cell;
mod grid;
mod head;
mod order;
mod outcome;

pub use cell::{has_keyboard, wants_keyboard_id};

use egui::{Align2, Rect, ScrollArea, Ui, UiBuilder, Vec2, pos2, vec2};

use crate::decision::{Asked, questionnaire};
use crate::model::SystemId;
use crate::rules::Subject;
use crate::scene::Role;
use crate::scene::text::Weight;

use super::super::action::{Action, Actions};
use super::super::shown::Shown;
use super::super::widgets::{Word, list_row_ui, muted, paint_word};
use cell::{Place, cell_ui};
use grid::{Grid, ROW};

/// The table.
pub fn decisions_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions) {
    if shown.knowledge.recommendations.is_empty() {
        ui.add_space(10.0);
        let words =
            "No system to decide on yet: add one with S. Hubs and the focal system are not asked about.";
        ui.label(muted(ui, words));
        return;
    }
    let rows: Vec<Option<SystemId>> =
        std::iter::once(None).chain(order::ordered(ui, shown).into_iter().map(Some)).collect();
    let all = ui.available_rect_before_wrap();
    let grid = Grid::for_width(all.width());
    let body = Rect::from_min_max(all.min + vec2(grid.left, head::HEIGHT), all.max);
    let offset = body_ui(ui, shown, actions, &grid, &rows, body);
    let names = Rect::from_min_max(pos2(all.left(), body.top()), pos2(body.left(), all.bottom()));
    names_ui(ui, shown, actions, &rows, names, offset.y);
    let heads = Rect::from_min_max(all.min, pos2(all.right(), body.top()));
    head::head_ui(ui, shown, actions, &grid, heads, offset.x);
    ui.advance_cursor_after_rect(all);
}

/// The cells and outcomes; returns how far they are scrolled.
fn body_ui(
    ui: &mut Ui,
    shown: &Shown<'_>,
    actions: &mut Actions,
    grid: &Grid,
    rows: &[Option<SystemId>],
    body: Rect,
) -> Vec2 {
    let size = vec2(grid.width(), rows.len() as f32 * ROW);
    ui.scope_builder(UiBuilder::new().max_rect(body), |ui| {
        let area = ScrollArea::both().id_salt("decisions").auto_shrink([false, false]);
        let output = area.show_viewport(ui, |ui, viewport| {
            ui.set_min_size(size);
            let origin = ui.max_rect().min;
            for row in in_sight(viewport.top(), viewport.bottom(), rows.len()) {
                for column in 0..questionnaire().len() {
                    cell_ui(ui, shown, actions, Place { rows, grid, row, column, origin });
                }
                if let Some(id) = &rows[row] {
                    outcome::outcome_ui(ui, shown, actions, grid, id, origin + vec2(0.0, row as f32 * ROW));
                }
            }
        });
        output.state.clamped_offset()
    })
    .inner
}

#[expect(clippy::cast_sign_loss, reason = "never below zero")]
/// The rows in sight and one more on both sides, so that the keyboard can go there.
fn in_sight(from: f32, to: f32, count: usize) -> std::ops::Range<usize> {
    let first = ((from / ROW).floor().max(0.0) as usize).saturating_sub(1);
    let last = ((to / ROW).ceil().max(0.0) as usize + 1).min(count);
    first.min(last)..last
}

fn names_ui(
    ui: &mut Ui,
    shown: &Shown<'_>,
    actions: &mut Actions,
    rows: &[Option<SystemId>],
    names: Rect,
    offset: f32,
) {
    // A child of its own, because rows below the edge must not make the panel higher.
    let mut ui = ui.new_child(UiBuilder::new().max_rect(names));
    ui.set_clip_rect(names.intersect(ui.clip_rect()));
    for place in in_sight(offset, offset + names.height(), rows.len()) {
        let top = names.top() + place as f32 * ROW - offset;
        let rect = Rect::from_min_size(pos2(names.left(), top), vec2(names.width() - 4.0, ROW));
        let builder = UiBuilder::new().max_rect(rect).id_salt(rows[place].as_ref().map(SystemId::as_str));
        ui.scope_builder(builder, |ui| name_ui(ui, shown, actions, rows[place].as_ref()));
    }
}

/// A name, and how many of the questions about it have no answer.
fn name_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, about: Option<&SystemId>) {
    let subject = about.map_or(Subject::Landscape, |id| Subject::System(id.clone()));
    let (name, weight) = match about {
        Some(id) => (shown.plan.system_name(id), Weight::Medium),
        None => ("The whole plan", Weight::SemiBold),
    };
    let open = remaining(shown, about);
    let words = match open {
        0 => "no question open".to_owned(),
        1 => "1 question open".to_owned(),
        open => format!("{open} questions open"),
    };
    let is_selected = about.is_some() && shown.session.is_selected(&subject);
    let response = list_row_ui(ui, ROW, is_selected, &format!("Decisions of {name}: {words}"));
    let mut rect = response.rect.shrink2(vec2(8.0, 0.0));
    let look = Word {
        weight: Weight::Medium,
        size: 11.0,
        role: if open == 0 { Role::TextMuted } else { Role::Accent },
    };
    let count = if open == 0 { "–".to_owned() } else { open.to_string() };
    paint_word(ui, rect, Align2::RIGHT_CENTER, &count, look);
    rect.set_right(rect.right() - 22.0);
    paint_word(ui, rect, Align2::LEFT_CENTER, name, Word { weight, ..Word::NAME });
    if response.on_hover_text(format!("{name}: {words}")).clicked() {
        actions.push(Action::Select(about.map(|_| subject).into_iter().collect()));
    }
}

fn remaining(shown: &Shown<'_>, about: Option<&SystemId>) -> usize {
    if let Some(id) = about {
        return shown.knowledge.recommendations.get(id).map_or(0, |known| known.remaining().count());
    }
    let once = questionnaire().iter().filter(|entry| entry.asked == Asked::PerPlan);
    once.filter(|entry| !shown.plan.answers.contains_key(&entry.question)).count()
}
