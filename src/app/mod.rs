//! The window: the only place that knows egui. It reads the plan and queues actions; it never writes.

mod action;
mod answers;
mod apply;
mod camera;
mod canvas;
mod commands;
mod comparing;
mod derived;
mod dialogs;
mod document;
mod dragging;
mod file_work;
mod frame;
mod git_work;
mod jobs;
mod keeping;
mod panels;
mod preferences;
mod repository;
mod samples;
mod session;
mod shown;
mod theme;
mod trial;
mod widgets;

pub use commands::{ALL as COMMANDS, Command, Menu};
pub use frame::{Window, run};
pub use preferences::Preferences;
pub use trial::CanvasTrial;
