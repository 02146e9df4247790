//! One out of several, as a list that drops down.

use egui::{ComboBox, Id, Response, Ui};

/// A list that drops down, as wide as there is room. The options are only made while it is open.
///
/// Returns what was chosen, if anything else was, and the response of the closed list, for its name.
pub fn choice_ui<V: PartialEq>(
    ui: &mut Ui,
    id: Id,
    current: &V,
    current_words: &str,
    options: impl FnOnce() -> Vec<(V, String)>,
) -> (Option<V>, Response) {
    let mut chosen = None;
    let combo =
        ComboBox::from_id_salt(id).selected_text(current_words).width(ui.available_width() - 2.0).truncate();
    let response = combo.show_ui(ui, |ui| {
        for (option, words) in options() {
            if ui.selectable_label(option == *current, words).clicked() && option != *current {
                chosen = Some(option);
            }
        }
    });
    (chosen, response.response)
}
