//! What is still to be recorded before the gate that needs it, in grey: no reproach, a list.

use egui::Ui;
use lucide_icons::Icon;

use crate::rules::Checklist;
use crate::scene::Role;
use crate::scene::text::Weight;

use super::super::super::theme;
use super::super::super::widgets::caption_ui;

/// "Migration plan 2 of 8" and its items.
pub fn checklist_ui(ui: &mut Ui, list: &Checklist) {
    caption_ui(ui, &list.in_words());
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 3.0;
        for item in &list.items {
            let (icon, role) =
                if item.is_done { (Icon::Check, Role::New) } else { (Icon::Circle, Role::TextMuted) };
            ui.label(theme::icon(icon, 11.0).color(theme::colour(ui, role)));
            let words =
                theme::text(item.name, Weight::Regular, 11.5).color(theme::colour(ui, Role::TextMuted));
            let state = if item.is_done { "recorded" } else { "open" };
            ui.label(words).on_hover_text(state).accessible_name(format!("{}: {state}", item.name));
            ui.add_space(6.0);
        }
    });
}
