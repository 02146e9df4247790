//! One cell of the ownership matrix: a pill that says what a system does with a domain, a menu to say
//! something else, and keys that do the same: T, E, C, R, A, Delete.

use egui::{Align2, Id, Key, Modifiers, Pos2, Rect, Response, Stroke, Ui, WidgetInfo, vec2};
use lucide_icons::Icon;

use crate::model::{DomainId, Role as Does, SystemId};
use crate::scene::Role;
use crate::scene::text::{Weight, width};

use super::super::super::action::{Action, Actions};
use super::super::super::derived::Cell;
use super::super::super::shown::Shown;
use super::super::super::theme;
use super::super::super::widgets::{Cells, Word, keep_arrows, paint_icon, paint_word};
use super::{CELL, Matrix};

/// Where a cell is.
#[derive(Clone, Copy)]
pub struct Place {
    /// The row.
    pub row: usize,
    /// The column.
    pub column: usize,
    /// The upper left corner of all cells, on screen.
    pub origin: Pos2,
}

impl Place {
    fn rect(self) -> Rect {
        Rect::from_min_size(self.origin + vec2(self.column as f32 * CELL.x, self.row as f32 * CELL.y), CELL)
    }
}

/// What a cell can be set to.
const CHOICES: [(Key, &str, Option<Does>); 5] = [
    (Key::E, "edits", Some(Does::Author)),
    (Key::C, "creates", Some(Does::Entry)),
    (Key::R, "reads", Some(Does::Reader)),
    (Key::A, "keeps old records", Some(Does::Archive)),
    (Key::Delete, "nothing", None),
];

fn id_of(domain: &DomainId, system: &SystemId) -> Id {
    Id::unique(("ownership cell", domain.as_str(), system.as_str()))
}

/// All cells of the matrix.
const CELLS: Cells = Cells { name: "ownership cell for the keyboard" };

/// The cell.
pub fn cell_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, matrix: &Matrix<'_>, place: Place) {
    let (row, system) = (&matrix.rows[place.row], matrix.systems[place.column]);
    let id = id_of(&row.domain, system);
    let rect = place.rect().shrink2(vec2(2.0, 1.5));
    let response = CELLS.cell_ui(ui, id, rect);
    let cell = row.cells.get(system).copied();
    paint(ui, rect, cell, !row.conflict.is_empty(), &response);
    let (domain, name) = (shown.plan.domain_name(&row.domain), shown.plan.system_name(system));
    let words = format!("{domain} in {name}: {}", words(cell));
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &words));
    egui::Popup::menu(&response).show(|ui| menu_ui(ui, actions, &row.domain, system));
    if response.has_focus() && egui::Popup::is_any_open(ui.ctx()) {
        // The arrows belong to the menu while it is open; a letter still answers.
        set_by_key(ui, actions, &row.domain, system);
    } else if response.has_focus() {
        keep_arrows(ui, id);
        set_by_key(ui, actions, &row.domain, system);
        move_by_key(ui, matrix, place);
    } else {
        response.on_hover_text(words);
    }
}

/// Whether a cell has the keyboard: then plain keys set its role and run no command.
pub fn has_keyboard(ctx: &egui::Context) -> bool {
    CELLS.have_keyboard(ctx)
}

/// What a cell says, in words.
const fn words(cell: Option<Cell>) -> &'static str {
    match cell {
        None => "nothing",
        Some(Cell::Truth) => "source of truth",
        Some(Cell::WasTruth) => "was source of truth",
        Some(Cell::Role(Does::Author)) => "edits",
        Some(Cell::Role(Does::Entry)) => "creates",
        Some(Cell::Role(Does::Reader)) => "reads",
        Some(Cell::Role(Does::Archive)) => "keeps old records",
        Some(Cell::Undeclared) => "sends or receives it, nothing is declared",
    }
}

/// What a cell shows, and in which colour.
const fn look(cell: Option<Cell>, is_contested: bool) -> (&'static str, Role) {
    match cell {
        None => ("", Role::TextMuted),
        Some(Cell::Truth) => ("truth", Role::Truth),
        Some(Cell::WasTruth) => ("was truth", Role::Migrate),
        Some(Cell::Role(Does::Author)) if is_contested => ("edits", Role::Error),
        Some(Cell::Role(Does::Author)) => ("edits", Role::Warning),
        Some(Cell::Role(Does::Entry)) => ("creates", Role::Integrate),
        Some(Cell::Role(Does::Reader)) => ("reads", Role::TextMuted),
        Some(Cell::Role(Does::Archive)) => ("keeps", Role::Undecided),
        Some(Cell::Undeclared) => ("·", Role::TextMuted),
    }
}

fn paint(ui: &Ui, rect: Rect, cell: Option<Cell>, is_contested: bool, response: &Response) {
    let (word, role) = look(cell, is_contested);
    let fill = if matches!(role, Role::TextMuted) { Role::Canvas } else { role.soft() };
    ui.painter().rect_filled(rect, 4.0, theme::colour(ui, fill));
    let look = Word { weight: Weight::Medium, size: 10.5, role };
    if cell == Some(Cell::Truth) {
        let half = width(word, look.weight, look.size) / 2.0;
        paint_word(ui, rect.translate(vec2(7.0, 0.0)), Align2::CENTER_CENTER, word, look);
        paint_icon(ui, rect.center() - vec2(half + 3.0, 0.0), Icon::Crown, 11.0, role);
    } else {
        paint_word(ui, rect, Align2::CENTER_CENTER, word, look);
    }
    if response.has_focus() || response.hovered() {
        let width = if response.has_focus() { 2.0 } else { 1.0 };
        let stroke = Stroke::new(width, theme::colour(ui, Role::Accent));
        ui.painter().rect_stroke(rect, 4.0, stroke, egui::StrokeKind::Inside);
    }
}

fn menu_ui(ui: &mut Ui, actions: &mut Actions, domain: &DomainId, system: &SystemId) {
    let truth = egui::Button::new((theme::icon(Icon::Crown, 12.0), "source of truth")).shortcut_text("T");
    if ui.add(truth).accessible_name("source of truth").clicked() {
        actions.push(Action::ClaimTruth(domain.clone(), system.clone()));
    }
    for (key, words, role) in CHOICES {
        let button = egui::Button::new(words).shortcut_text(key.name());
        if ui.add(button).accessible_name(words).clicked() {
            actions.push(Action::SetRole(domain.clone(), system.clone(), role));
        }
    }
}

fn set_by_key(ui: &Ui, actions: &mut Actions, domain: &DomainId, system: &SystemId) {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let before = actions.len();
    if pressed(Key::T) {
        actions.push(Action::ClaimTruth(domain.clone(), system.clone()));
    }
    for (key, _, role) in CHOICES {
        if pressed(key) || role.is_none() && pressed(Key::Backspace) {
            actions.push(Action::SetRole(domain.clone(), system.clone(), role));
        }
    }
    if actions.len() > before {
        egui::Popup::close_all(ui.ctx());
    }
}

fn move_by_key(ui: &Ui, matrix: &Matrix<'_>, place: Place) {
    const MOVES: [(Key, isize, isize); 4] =
        [(Key::ArrowUp, -1, 0), (Key::ArrowDown, 1, 0), (Key::ArrowLeft, 0, -1), (Key::ArrowRight, 0, 1)];
    for (key, down, right) in MOVES {
        if !ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            continue;
        }
        let row = place.row.checked_add_signed(down).filter(|row| *row < matrix.rows.len());
        let column = place.column.checked_add_signed(right).filter(|column| *column < matrix.systems.len());
        if let (Some(row), Some(column)) = (row, column) {
            CELLS.go_to(ui, id_of(&matrix.rows[row].domain, matrix.systems[column]));
            ui.scroll_to_rect(Place { row, column, ..place }.rect(), None);
        }
    }
}
