//! Chips: an icon and a word each, so that colour never stands alone.

use egui::{Button, Frame, Margin, Response, Stroke, TextStyle, Ui};
use lucide_icons::Icon;

use crate::model::Disposition;
use crate::rules::Severity;
use crate::scene::text::Weight;
use crate::scene::{Role, disposition_icon, disposition_word};

use super::super::theme;

/// The colour of a severity.
pub const fn severity_role(severity: Severity) -> Role {
    match severity {
        Severity::Error => Role::Error,
        Severity::Warning => Role::Warning,
        Severity::Advice => Role::Advice,
    }
}

/// The icon of a severity.
pub const fn severity_icon(severity: Severity) -> Icon {
    match severity {
        Severity::Error => Icon::CircleX,
        Severity::Warning => Icon::TriangleAlert,
        Severity::Advice => Icon::Info,
    }
}

/// A button for each disposition; `current` is pressed. Returns the one that was chosen.
pub fn disposition_buttons_ui(ui: &mut Ui, current: Option<Disposition>) -> Option<Disposition> {
    let mut chosen = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        ui.spacing_mut().button_padding.x = 4.0;
        for disposition in Disposition::ALL {
            if disposition_button_ui(ui, *disposition, current == Some(*disposition)).clicked() {
                chosen = Some(*disposition);
            }
        }
    });
    chosen
}

fn disposition_button_ui(ui: &mut Ui, disposition: Disposition, is_current: bool) -> Response {
    let role = Role::of_disposition(disposition);
    let words = if is_current { role } else { Role::TextMuted };
    let icon = egui::RichText::new(disposition_icon(disposition).to_string());
    let icon = icon.font(egui::FontId::new(10.5, theme::icon_family())).color(theme::colour(ui, words));
    let word = if disposition == Disposition::Undecided { "?" } else { disposition_word(disposition) };
    let word = theme::text(word, Weight::Medium, 10.5).color(theme::colour(ui, words));
    let button =
        if disposition == Disposition::Undecided { Button::new(word) } else { Button::new((icon, word)) };
    let mut button = button.gap(2.0).selected(is_current);
    if is_current {
        let fill = theme::colour(ui, role.soft());
        button = button.fill(fill).stroke(Stroke::new(1.5, theme::colour(ui, role)));
    }
    let number = Disposition::ALL.iter().position(|known| *known == disposition).map_or(0, |at| (at + 1) % 5);
    let name = disposition_word(disposition);
    ui.add(button).on_hover_text(format!("{name} ({number})")).accessible_name(name)
}

/// A crown with the name of a domain; returns whether its ✕ was clicked.
pub fn crown_chip_ui(ui: &mut Ui, domain: &str) -> bool {
    chip_ui(ui, Some(Icon::Crown), Role::Truth, domain, &format!("Take {domain} away"))
}

/// The name of a domain; returns whether its ✕ was clicked.
pub fn domain_chip_ui(ui: &mut Ui, domain: &str) -> bool {
    chip_ui(ui, None, Role::Accent, domain, &format!("Remove {domain}"))
}

/// Room for the ✕ of a chip, and for its icon.
const CROSS: f32 = 18.0;
const ICON: f32 = 14.0;

fn chip_ui(ui: &mut Ui, icon: Option<Icon>, role: Role, words: &str, removes: &str) -> bool {
    let colour = theme::colour(ui, role);
    let frame = Frame::new().fill(theme::colour(ui, role.soft())).corner_radius(9).inner_margin(Margin {
        left: 8,
        right: 4,
        top: 1,
        bottom: 1,
    });
    let words = egui::WidgetText::from(theme::text(words, Weight::Medium, 11.0).color(colour));
    let fits =
        words.clone().into_galley(ui, Some(egui::TextWrapMode::Extend), f32::INFINITY, TextStyle::Body);
    let beside = if icon.is_some() { CROSS + ICON } else { CROSS };
    let width = (fits.size().x + beside + frame.total_margin().sum().x).min(ui.max_rect().width());
    // Where a row is too short for it, a chip begins the next one.
    let chip = ui.allocate_ui(egui::vec2(width, 18.0), |ui| {
        frame.show(ui, |ui| {
            ui.spacing_mut().item_spacing.x = 3.0;
            ui.spacing_mut().interact_size.y = 16.0;
            ui.spacing_mut().button_padding = egui::vec2(2.0, 1.0);
            ui.horizontal(|ui| {
                if let Some(icon) = icon {
                    ui.label(theme::icon(icon, 11.0).color(colour));
                }
                ui.scope(|ui| {
                    ui.set_max_width(ui.available_width() - CROSS);
                    ui.add(egui::Label::new(words).truncate());
                });
                let cross = Button::new(theme::icon(Icon::X, 10.0).color(colour)).frame(false);
                ui.add(cross).on_hover_text(removes).accessible_name(removes).clicked()
            })
            .inner
        })
    });
    chip.inner.inner
}

/// The name of something that can be selected, in a column of this width.
pub fn name_button_ui(ui: &mut Ui, name: &str, width: f32) -> Response {
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(egui::vec2(width, 20.0), layout, |ui| {
        ui.set_min_width(width);
        ui.spacing_mut().button_padding.x = 2.0;
        ui.add(Button::new(name).frame_when_inactive(false).truncate())
            .on_hover_text(format!("Select {name}"))
    })
    .inner
}

/// A number in a small round field, in words for screen readers.
pub fn count_ui(ui: &mut Ui, count: usize, words: &str) {
    let frame = Frame::new()
        .fill(theme::colour(ui, Role::Canvas))
        .corner_radius(8)
        .inner_margin(Margin::symmetric(6, 0));
    frame.show(ui, |ui| {
        let text =
            theme::text(count.to_string(), Weight::Medium, 10.5).color(theme::colour(ui, Role::TextMuted));
        ui.add(egui::Label::new(text).selectable(false)).on_hover_text(words);
    });
}
