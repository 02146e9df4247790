//! The ownership matrix of the shown stage: which system does what with which data domain.
//!
//! The names of domains and systems stay in sight while the cells scroll; only cells in sight are drawn.

mod cell;

pub use cell::has_keyboard;

use std::collections::BTreeSet;

use egui::{Align2, Rect, ScrollArea, Sense, Stroke, Ui, UiBuilder, Vec2, pos2, vec2};
use lucide_icons::Icon;

use crate::model::SystemId;
use crate::rules::Subject;
use crate::scene::Role;
use crate::scene::text::Weight;

use super::super::action::{Action, Actions};
use super::super::derived::OwnershipRow;
use super::super::shown::Shown;
use super::super::theme;
use super::super::widgets::{Word, list_row_ui, muted, paint_icon, paint_word};
use cell::{Place, cell_ui};

/// The size of a cell.
pub const CELL: Vec2 = vec2(92.0, 21.0);
/// The width of the domains' names.
const NAMES: f32 = 230.0;

/// The rows and columns of the matrix.
pub struct Matrix<'a> {
    /// The domains.
    pub rows: &'a [OwnershipRow],
    /// The systems, those that leave or do not stand last.
    pub systems: Vec<&'a SystemId>,
    /// How many of them stay.
    pub staying: usize,
}

impl<'a> Matrix<'a> {
    fn new(shown: &Shown<'a>) -> Self {
        let rows = shown.knowledge.ownership.get(shown.at()).map(Vec::as_slice).unwrap_or_default();
        let known = |id: &&SystemId| shown.plan.systems.get(*id).is_some_and(|system| !system.is_hub());
        let standing = shown.knowledge.standing.get(shown.at()).into_iter().flatten();
        let used: BTreeSet<_> =
            rows.iter().flat_map(|row| row.cells.keys()).chain(standing).filter(known).collect();
        let focal = shown.plan.focal_system.as_ref().filter(|id| shown.plan.systems.contains_key(*id));
        let (mut stay, mut leave): (Vec<_>, Vec<_>) =
            used.into_iter().filter(|id| Some(*id) != focal).partition(|id| stays(shown, id));
        if let Some(focal) = focal {
            stay.insert(0, focal);
        }
        let staying = stay.len();
        stay.append(&mut leave);
        Self { rows, systems: stay, staying }
    }
}

fn stays(shown: &Shown<'_>, id: &SystemId) -> bool {
    let stands = shown.knowledge.standing.get(shown.at()).is_none_or(|standing| standing.contains(id));
    stands && shown.plan.systems.get(id).is_some_and(|system| !system.disposition.leaves())
}

/// The matrix.
pub fn ownership_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions) {
    let matrix = Matrix::new(shown);
    if matrix.rows.is_empty() {
        ui.add_space(10.0);
        ui.label(muted(
            ui,
            "No data domains yet: add one with \"+ Domain\" in the outline, or say what a flow carries.",
        ));
        return;
    }
    let all = ui.available_rect_before_wrap();
    let body = Rect::from_min_max(all.min + vec2(NAMES, CELL.y), all.max);
    let offset = body_ui(ui, shown, actions, &matrix, body);
    let names = Rect::from_min_max(pos2(all.left(), body.top()), pos2(body.left(), all.bottom()));
    names_ui(ui, shown, actions, &matrix, names, offset.y);
    let heads = Rect::from_min_max(pos2(body.left(), all.top()), pos2(all.right(), body.top()));
    heads_ui(ui, shown, actions, &matrix, heads, offset.x);
    let corner = Rect::from_min_max(all.min, body.min).shrink2(vec2(8.0, 0.0));
    let words = format!("What stands {}", stage_words(shown));
    paint_word(ui, corner, Align2::LEFT_CENTER, &words, Word { weight: Weight::SemiBold, ..Word::MUTED });
    ui.advance_cursor_after_rect(all);
}

fn stage_words(shown: &Shown<'_>) -> String {
    match shown.stage() {
        crate::model::Stage::Today => "today".to_owned(),
        crate::model::Stage::Target => "in the target".to_owned(),
        wave @ crate::model::Stage::Wave(_) => format!("after {}", shown.plan.stage_name(wave)),
    }
}

/// The cells; returns how far they are scrolled.
fn body_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, matrix: &Matrix<'_>, body: Rect) -> Vec2 {
    let size = vec2(matrix.systems.len() as f32 * CELL.x, matrix.rows.len() as f32 * CELL.y);
    ui.scope_builder(UiBuilder::new().max_rect(body), |ui| {
        let area = ScrollArea::both().id_salt("ownership").auto_shrink([false, false]);
        let output = area.show_viewport(ui, |ui, viewport| {
            ui.set_min_size(size);
            let origin = ui.max_rect().min;
            show_wanted_row(ui, shown, matrix, origin);
            for row in places(viewport.top(), viewport.bottom(), CELL.y, matrix.rows.len()) {
                for column in places(viewport.left(), viewport.right(), CELL.x, matrix.systems.len()) {
                    cell_ui(ui, shown, actions, matrix, Place { row, column, origin });
                }
            }
        });
        output.state.clamped_offset()
    })
    .inner
}

#[expect(clippy::cast_sign_loss, reason = "never below zero")]
/// The rows or columns in sight and one more on both sides, so that the keyboard can go there.
fn places(from: f32, to: f32, size: f32, count: usize) -> std::ops::Range<usize> {
    let first = ((from / size).floor().max(0.0) as usize).saturating_sub(1);
    let last = ((to / size).ceil().max(0.0) as usize + 1).min(count);
    first.min(last)..last
}

/// Scrolls to the row that was asked for, once.
fn show_wanted_row(ui: &Ui, shown: &Shown<'_>, matrix: &Matrix<'_>, origin: egui::Pos2) {
    let id = egui::Id::unique("ownership row that was shown");
    let wanted = shown.session.ownership_row.clone();
    let seen = ui.data(|data| data.get_temp::<Option<crate::model::DomainId>>(id)).flatten();
    if wanted == seen {
        return;
    }
    if let Some(row) = matrix.rows.iter().position(|row| Some(&row.domain) == wanted.as_ref()) {
        let top = origin.y + row as f32 * CELL.y;
        let rect = Rect::from_min_size(pos2(ui.clip_rect().left(), top), vec2(1.0, CELL.y));
        ui.scroll_to_rect(rect, Some(egui::Align::Center));
    }
    ui.data_mut(|data| data.insert_temp(id, wanted));
}

fn names_ui(
    ui: &mut Ui,
    shown: &Shown<'_>,
    actions: &mut Actions,
    matrix: &Matrix<'_>,
    names: Rect,
    offset: f32,
) {
    // A child of its own, because rows below the edge must not make the panel higher.
    let mut ui = ui.new_child(UiBuilder::new().max_rect(names));
    ui.set_clip_rect(names.intersect(ui.clip_rect()));
    for place in places(offset, offset + names.height(), CELL.y, matrix.rows.len()) {
        let row = &matrix.rows[place];
        let top = names.top() + place as f32 * CELL.y - offset;
        let rect = Rect::from_min_size(pos2(names.left(), top), vec2(names.width() - 4.0, CELL.y));
        let builder = UiBuilder::new().max_rect(rect).id_salt(row.domain.as_str());
        ui.scope_builder(builder, |ui| name_ui(ui, shown, actions, row));
    }
}

fn name_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, row: &OwnershipRow) {
    let subject = Subject::Domain(row.domain.clone());
    let domain = shown.plan.domain_name(&row.domain);
    let conflict = if row.conflict.is_empty() { String::new() } else { format!(", {}", row.conflict) };
    let is_selected = shown.session.is_selected(&subject);
    let response = list_row_ui(ui, CELL.y, is_selected, &format!("Row of {domain}{conflict}"));
    let rect = response.rect.shrink2(vec2(8.0, 0.0));
    let mut room = rect;
    if !row.conflict.is_empty() {
        let look = Word { weight: Weight::Medium, size: 10.5, role: Role::Error };
        let words = paint_word(ui, rect, Align2::RIGHT_CENTER, row.conflict, look);
        paint_icon(ui, pos2(words.left() - 8.0, rect.center().y), Icon::TriangleAlert, 11.0, Role::Error);
        room.set_right(words.left() - 18.0);
    }
    paint_word(ui, room, Align2::LEFT_CENTER, domain, Word::NAME);
    if response.clicked() {
        actions.push(Action::Select(vec![subject]));
    }
}

fn heads_ui(
    ui: &mut Ui,
    shown: &Shown<'_>,
    actions: &mut Actions,
    matrix: &Matrix<'_>,
    heads: Rect,
    offset: f32,
) {
    let mut ui = ui.new_child(UiBuilder::new().max_rect(heads));
    ui.set_clip_rect(heads.intersect(ui.clip_rect()));
    for column in places(offset, offset + heads.width(), CELL.x, matrix.systems.len()) {
        let left = heads.left() + column as f32 * CELL.x - offset;
        let rect = Rect::from_min_size(pos2(left, heads.top()), CELL);
        head_ui(&ui, shown, actions, matrix, column, rect);
    }
}

fn head_ui(
    ui: &Ui,
    shown: &Shown<'_>,
    actions: &mut Actions,
    matrix: &Matrix<'_>,
    column: usize,
    rect: Rect,
) {
    let id = matrix.systems[column];
    let leaves = column >= matrix.staying;
    let name = shown.plan.system_name(id);
    let disposition = shown.plan.systems.get(id).map(|system| system.disposition).unwrap_or_default();
    let role = if leaves { Role::of_disposition(disposition) } else { Role::TextMuted };
    let response =
        ui.interact(rect.shrink(1.0), egui::Id::unique(("ownership column", id.as_str())), Sense::click());
    let look = Word { weight: Weight::SemiBold, size: 11.0, role };
    let mut room = rect.shrink2(vec2(4.0, 0.0));
    if leaves {
        room.set_right(rect.right() - 16.0);
        paint_icon(ui, pos2(rect.right() - 8.0, rect.center().y), Icon::LogOut, 11.0, role);
    }
    let painted = paint_word(ui, room, Align2::CENTER_CENTER, name, look);
    let stands = shown.knowledge.standing.get(shown.at()).is_none_or(|standing| standing.contains(id));
    if !stands {
        let stroke = Stroke::new(1.0, theme::colour(ui, role));
        ui.painter().hline(painted.x_range(), painted.center().y + 1.0, stroke);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(
            rect,
            4.0,
            Stroke::new(1.5, theme::colour(ui, Role::Accent)),
            egui::StrokeKind::Inside,
        );
    }
    let state = match (leaves, stands) {
        (true, true) => format!("{name} leaves: {disposition}"),
        (_, false) => format!("{name} does not stand at this stage"),
        _ => name.to_owned(),
    };
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Column of {name}")));
    if response.on_hover_text(state).clicked() {
        actions.push(Action::Select(vec![Subject::System(id.clone())]));
    }
}
