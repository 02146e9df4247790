//! One answer in the table: a small digit, a menu to say something else, and keys that do the same: 0 to 4,
//! Delete and Backspace; arrows go on. What is only proposed is dashed and slanted.

use egui::text::{LayoutJob, TextFormat};
use egui::{FontId, Id, Key, Pos2, Rect, Response, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::decision::questionnaire;
use crate::model::{Question, SystemId};
use crate::scene::Role;
use crate::scene::text::Weight;

use super::super::super::action::Actions;
use super::super::super::answers::{Held, answer_of, choices, is_asked, pressed_in_order, set_answer};
use super::super::super::shown::Shown;
use super::super::super::theme;
use super::super::super::widgets::{Cells, keep_arrows, paint_dashed_frame, readable};
use super::grid::{Grid, ROW};

/// Where a cell is.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// What each row is about; `None` is the whole plan.
    pub rows: &'a [Option<SystemId>],
    /// The columns.
    pub grid: &'a Grid,
    /// The row.
    pub row: usize,
    /// The column.
    pub column: usize,
    /// The upper left corner of all cells, on screen.
    pub origin: Pos2,
}

impl<'a> Place<'a> {
    fn about(self) -> Option<&'a SystemId> {
        self.rows[self.row].as_ref()
    }

    fn question(self) -> Question {
        questionnaire()[self.column].question
    }

    fn is_asked(self) -> bool {
        is_asked(self.about(), self.question())
    }

    fn id(self) -> Id {
        Id::unique(("answer", self.about().map_or("", SystemId::as_str), self.question().word()))
    }

    fn rect(self) -> Rect {
        let corner = self.origin + vec2(self.grid.question(self.column), self.row as f32 * ROW);
        Rect::from_min_size(corner, vec2(self.grid.cell, ROW))
    }
}

/// All answers of the table.
const CELLS: Cells = Cells { name: "answer for the keyboard" };

/// Set by a command: the keyboard goes to the table.
pub fn wants_keyboard_id() -> Id {
    Id::unique("decisions want the keyboard")
}

/// The column under the pointer or with the keyboard, for the line that says the question in full.
pub fn looked_at_id() -> Id {
    Id::unique("question that is looked at")
}

/// The cell; nothing where the question is not asked.
pub fn cell_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, place: Place<'_>) {
    if !place.is_asked() {
        return;
    }
    let id = place.id();
    let rect = place.rect().shrink2(vec2(1.5, 1.5));
    let response = CELLS.cell_ui(ui, id, rect);
    if CELLS.is_reachable(ui, id)
        && ui.data_mut(|data| data.remove_temp::<bool>(wants_keyboard_id())).is_some()
    {
        response.request_focus();
    }
    let held = Held::of(shown, place.about(), place.question());
    paint(ui, rect, held, &response);
    let name = place.about().map_or("the whole plan", |id| shown.plan.system_name(id));
    let words = format!("{} of {name}: {}", readable(place.question().word()), held.words());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &words));
    if response.hovered() || response.has_focus() {
        ui.data_mut(|data| data.insert_temp(looked_at_id(), place.column));
    }
    egui::Popup::menu(&response).show(|ui| menu_ui(ui, shown, actions, place));
    if response.has_focus() {
        let is_menu_open = egui::Popup::is_any_open(ui.ctx());
        if !is_menu_open {
            keep_arrows(ui, id);
        }
        keys(ui, actions, place, is_menu_open);
    } else {
        response.on_hover_text(format!("{words}\n{}", held.explanation()));
    }
}

/// Whether an answer has the keyboard: then plain keys answer and run no command.
pub fn has_keyboard(ctx: &egui::Context) -> bool {
    CELLS.have_keyboard(ctx)
}

fn paint(ui: &Ui, rect: Rect, held: Held<'_>, response: &Response) {
    let (fill, role, weight) = match held {
        Held::Own(_) => (Role::AccentSoft, Role::Text, Weight::SemiBold),
        Held::OfPlan(_) => (Role::Canvas, Role::TextMuted, Weight::Medium),
        Held::Open | Held::Proposed(_) => (Role::Canvas, Role::TextMuted, Weight::Regular),
    };
    let is_proposed = matches!(held, Held::Proposed(_));
    ui.painter().rect_filled(rect, 3.0, theme::colour(ui, fill));
    if is_proposed {
        paint_dashed_frame(ui, rect.shrink(0.5), Role::TextMuted);
    }
    if let Some(answer) = held.answer() {
        let colour = theme::colour(ui, role);
        let font_id = FontId::new(11.5, theme::family(weight));
        let format = TextFormat { font_id, color: colour, italics: is_proposed, ..TextFormat::default() };
        let job = LayoutJob::single_section(answer.value().to_string(), format);
        let galley = ui.painter().layout_job(job);
        ui.painter().galley(rect.center() - galley.size() / 2.0, galley, colour);
    }
    if response.has_focus() || response.hovered() {
        let width = if response.has_focus() { 2.0 } else { 1.0 };
        let stroke = Stroke::new(width, theme::colour(ui, Role::Accent));
        ui.painter().rect_stroke(rect, 3.0, stroke, StrokeKind::Inside);
    }
}

fn menu_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, place: Place<'_>) {
    let (entry, focal) = (&questionnaire()[place.column], shown.plan.focal_name());
    ui.set_max_width(380.0);
    ui.label(entry.asks(focal));
    for (answer, words) in choices(entry, focal) {
        let keys = if answer.is_none() { "Delete" } else { "" };
        if ui.add(egui::Button::new(&words).shortcut_text(keys)).accessible_name(&words).clicked() {
            set_answer(actions, place.about(), place.question(), answer);
        }
    }
}

/// Digits answer, Delete takes back, arrows go on; while the menu is open, the arrows belong to it.
fn keys(ui: &Ui, actions: &mut Actions, place: Place<'_>, is_menu_open: bool) {
    let is_wanted =
        |key| answer_of(key).is_some() || takes_back(key) || !is_menu_open && direction(key).is_some();
    let mut now = place;
    for key in pressed_in_order(ui, is_wanted) {
        if let Some((down, right)) = direction(key) {
            now = neighbour(now, down, right).unwrap_or(now);
        } else {
            set_answer(actions, now.about(), now.question(), answer_of(key));
            egui::Popup::close_all(ui.ctx());
        }
    }
    if now.id() != place.id() {
        CELLS.go_to(ui, now.id());
        ui.scroll_to_rect(now.rect(), None);
    }
}

const fn takes_back(key: Key) -> bool {
    matches!(key, Key::Delete | Key::Backspace)
}

/// How far down and to the right an arrow goes.
const fn direction(key: Key) -> Option<(isize, isize)> {
    Some(match key {
        Key::ArrowUp => (-1, 0),
        Key::ArrowDown => (1, 0),
        Key::ArrowLeft => (0, -1),
        Key::ArrowRight => (0, 1),
        _ => return None,
    })
}

/// The next cell in a direction; where the next row does not ask the question, the nearest that it asks.
fn neighbour(place: Place<'_>, down: isize, right: isize) -> Option<Place<'_>> {
    let row = place.row.checked_add_signed(down).filter(|row| *row < place.rows.len())?;
    let columns = (0..questionnaire().len()).map(|column| Place { row, column, ..place });
    let mut asked = columns.filter(|place| place.is_asked());
    match right {
        0 => asked.min_by_key(|other| other.column.abs_diff(place.column)),
        1 => asked.find(|other| other.column > place.column),
        _ => asked.rfind(|other| other.column < place.column),
    }
}
