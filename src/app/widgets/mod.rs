//! Small widgets that several panels share: captions, chips, fields, choices, rows of lists.

mod cells;
mod chip;
mod choice;
mod field;
mod form;
mod list;
mod outcome;
mod words;

pub use cells::{Cells, keep_arrows};
pub use chip::{
    count_ui, crown_chip_ui, disposition_buttons_ui, domain_chip_ui, name_button_ui, severity_icon,
    severity_role,
};
pub use choice::choice_ui;
pub use field::{Typed, end_of_typing, notes_ui, parsed_ui, text_ui};
pub use form::{Form, row_ui};
pub use list::{
    Word, list_row_at_ui, list_row_sensing_ui, list_row_ui, paint_dashed_frame, paint_icon, paint_word,
};
pub use outcome::{outcome_words, score_bars_ui, stops_words};
pub use words::{flow_words, readable, severity_word, stage_options, wave_options};

use egui::{RichText, Ui};

use crate::scene::Role;
use crate::scene::text::Weight;

use super::theme;

/// The caption of a section, in small muted capitals.
pub fn caption_ui(ui: &mut Ui, words: &str) {
    ui.add_space(8.0);
    ui.label(caption(ui, words));
}

/// The caption of a section as text.
pub fn caption(ui: &Ui, words: &str) -> RichText {
    theme::text(words.to_uppercase(), Weight::SemiBold, 10.0)
        .extra_letter_spacing(0.6)
        .color(theme::colour(ui, Role::TextMuted))
}

/// Text that explains.
pub fn muted(ui: &Ui, words: impl Into<String>) -> RichText {
    theme::text(words, Weight::Regular, 11.5).color(theme::colour(ui, Role::TextMuted))
}
