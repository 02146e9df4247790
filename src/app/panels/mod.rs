//! The panels round the canvas. Each is drawn from what is shown and queues actions.

mod findings;
mod inspector;
mod interfaces;
mod lower;
mod outline;
mod ownership;
mod top;

pub use inspector::inspector_ui;
pub use lower::lower_ui;
pub use outline::outline_ui;
pub use ownership::has_keyboard as ownership_has_keyboard;
pub use top::{status_ui, top_ui};
