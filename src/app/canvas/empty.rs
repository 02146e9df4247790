//! What an empty canvas says: what to do next.

use egui::{Align2, Button, Rect, RichText, Ui, vec2};

use crate::scene::Role;
use crate::scene::text::Weight;

use super::super::action::{Action, Actions};
use super::super::{samples, theme};

pub(super) fn empty_ui(ui: &mut Ui, canvas: Rect, actions: &mut Actions) {
    let area = egui::Area::new(egui::Id::unique("empty plan")).order(egui::Order::Middle);
    let area = area.pivot(Align2::CENTER_CENTER).fixed_pos(canvas.center());
    area.show(ui.ctx(), |ui| {
        ui.set_width(480.0);
        ui.vertical_centered(|ui| {
            ui.label(theme::text("Draw your landscape", Weight::SemiBold, 20.0));
            let muted = theme::colour(ui, Role::TextMuted);
            ui.label(
                RichText::new("Press S, type a name, press Enter: a system. Drag from its edge: a flow.")
                    .color(muted),
            );
            ui.add_space(10.0);
            if ui.button("Add a system  (S)").clicked() {
                actions.push(Action::AddSystem(None));
            }
            if ui.button("Open a plan…  (Ctrl O)").clicked() {
                actions.push(Action::AskOpen);
            }
            ui.add_space(14.0);
            ui.label(RichText::new("Or look at a sample").color(muted));
            // In pairs, so that all of them fit on a small screen.
            for pair in samples::ALL.chunks(2) {
                ui.columns(2, |columns| {
                    for (column, sample) in columns.iter_mut().zip(pair) {
                        let button = Button::new(sample.title).min_size(vec2(column.available_width(), 0.0));
                        if column.add(button).on_hover_text(sample.story).clicked() {
                            actions.push(Action::OpenSample(sample.name));
                        }
                    }
                });
            }
        });
    });
}
