//! A table of cells in which one cell takes part in Tab: the one that had the keyboard last. The arrows walk
//! to the others. What a cell shows and does is the table's.

use egui::{Context, EventFilter, Id, Rect, Response, Sense, Ui};

/// The cells of one table.
#[derive(Clone, Copy)]
pub struct Cells {
    /// Under which name it is remembered to which cell Tab leads.
    pub name: &'static str,
}

impl Cells {
    fn key(self) -> Id {
        Id::unique(self.name)
    }

    fn reachable(self, ctx: &Context) -> Option<Id> {
        ctx.data(|data| data.get_temp(self.key()))
    }

    /// Whether Tab leads to this cell; where it leads to one that is no longer drawn, this one takes its place.
    pub fn is_reachable(self, ui: &Ui, cell: Id) -> bool {
        let ctx = ui.ctx();
        let is_gone =
            |other| ctx.read_response(other).is_none() && !ctx.memory(|memory| memory.has_focus(other));
        match self.reachable(ctx) {
            Some(reachable) if reachable == cell => true,
            Some(reachable) if !is_gone(reachable) => false,
            _ => {
                ui.data_mut(|data| data.insert_temp(self.key(), cell));
                true
            }
        }
    }

    /// The place of a cell, as something to click; a click brings the keyboard.
    pub fn cell_ui(self, ui: &Ui, cell: Id, rect: Rect) -> Response {
        let sense = if self.is_reachable(ui, cell) { Sense::click() } else { Sense::CLICK };
        let response = ui.interact(rect, cell, sense);
        if response.clicked() {
            self.go_to(ui, cell);
        }
        response
    }

    /// Brings the keyboard to a cell.
    pub fn go_to(self, ui: &Ui, cell: Id) {
        ui.data_mut(|data| data.insert_temp(self.key(), cell));
        ui.memory_mut(|memory| memory.request_focus(cell));
    }

    /// Whether a cell has the keyboard: then plain keys are the cell's and run no command.
    pub fn have_keyboard(self, ctx: &Context) -> bool {
        let focused = ctx.memory(egui::Memory::focused);
        focused.is_some() && self.reachable(ctx) == focused
    }
}

/// While this has the keyboard, arrows are its own instead of moving the keyboard as egui does. Also for cards
/// and areas of the canvas.
pub fn keep_arrows(ui: &Ui, id: Id) {
    let arrows = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, arrows));
}
