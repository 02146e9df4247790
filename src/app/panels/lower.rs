//! Stub.
use super::super::action::Actions;
use super::super::shown::Shown;
use egui::Ui;
pub fn lower_ui(_ui: &mut Ui, _shown: &Shown<'_>, _actions: &mut Actions) {}
