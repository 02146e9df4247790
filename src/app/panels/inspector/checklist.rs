//! What is still to be recorded before the gate that needs it, in grey: no reproach, a list.

use egui::text::LayoutJob;
use egui::{Align, FontSelection, Label, TextWrapMode, Ui};
use lucide_icons::Icon;

use crate::rules::{Checklist, Item};
use crate::scene::Role;
use crate::scene::text::Weight;

use super::super::super::theme;
use super::super::super::widgets::caption_ui;

/// "Migration plan 2 of 8" and its items.
pub fn checklist_ui(ui: &mut Ui, list: &Checklist) {
    caption_ui(ui, &list.in_words());
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(10.0, 2.0);
        ui.spacing_mut().interact_size.y = 16.0;
        for item in &list.items {
            item_ui(ui, item);
        }
    });
}

/// The mark and the words are one text, so that a line never ends between them.
fn item_ui(ui: &mut Ui, item: &Item) {
    let (icon, role) = if item.is_done { (Icon::Check, Role::New) } else { (Icon::Circle, Role::TextMuted) };
    let icon = theme::icon(icon, 11.0).color(theme::colour(ui, role));
    let words = format!(" {}", item.name);
    let words = theme::text(words, Weight::Regular, 11.5).color(theme::colour(ui, Role::TextMuted));
    let mut job = LayoutJob::default();
    for part in [icon, words] {
        part.append_to(&mut job, ui.style(), FontSelection::Default, Align::Center);
    }
    let state = if item.is_done { "recorded" } else { "open" };
    let label = ui.add(Label::new(job).wrap_mode(TextWrapMode::Extend).selectable(false));
    label.on_hover_text(state).accessible_name(format!("{}: {state}", item.name));
}
