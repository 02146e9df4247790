//! The panels round the canvas. Each is drawn from what is shown and queues actions.

mod compare;
mod decisions;
mod findings;
mod inspector;
mod interfaces;
mod lower;
mod outline;
mod ownership;
mod standing;
mod top;

pub use compare::compared_bar_ui;
pub use decisions::wants_keyboard_id;
pub use inspector::inspector_ui;
pub use lower::lower_ui;
pub use outline::outline_ui;
pub use top::{status_ui, top_ui};

/// Whether a cell of a table has the keyboard: then plain keys fill it and run no command.
pub fn table_has_keyboard(ctx: &egui::Context) -> bool {
    ownership::has_keyboard(ctx) || decisions::has_keyboard(ctx)
}
