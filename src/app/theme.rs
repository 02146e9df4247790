//! The window's colours and fonts: the same roles and the same faces as in the exported pictures.

use std::sync::Arc;

use egui::{Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Shadow, Stroke, Visuals};

use crate::scene::text::Weight;
use crate::scene::{Role, Theme};

/// The family of a weight.
#[must_use]
pub fn family(weight: Weight) -> FontFamily {
    match weight {
        Weight::Regular => FontFamily::Proportional,
        Weight::Medium => FontFamily::Name("Inter Medium".into()),
        Weight::SemiBold => FontFamily::Name("Inter SemiBold".into()),
    }
}

/// The family of the icons.
#[must_use]
pub fn icon_family() -> FontFamily {
    FontFamily::Name("Lucide".into())
}

/// An icon as text.
#[must_use]
pub fn icon(icon: lucide_icons::Icon, size: f32) -> egui::RichText {
    egui::RichText::new(icon.unicode().to_string()).font(FontId::new(size, icon_family()))
}

/// Text in a weight.
#[must_use]
pub fn text(text: impl Into<String>, weight: Weight, size: f32) -> egui::RichText {
    egui::RichText::new(text).font(FontId::new(size, family(weight)))
}

/// The colour of a role in the theme that the window uses now.
#[must_use]
pub fn colour(ui: &egui::Ui, role: Role) -> Color32 {
    colour_of(current(ui), role)
}

/// The theme that the window uses now.
#[must_use]
pub fn current(ui: &egui::Ui) -> &'static Theme {
    if ui.visuals().dark_mode { Theme::dark() } else { Theme::light() }
}

/// A role's colour in a theme.
#[must_use]
pub fn colour_of(theme: &Theme, role: Role) -> Color32 {
    let [red, green, blue] = theme.colour(role).0;
    Color32::from_rgb(red, green, blue)
}

/// Installs fonts, sizes and both themes.
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(fonts());
    for (theme, of) in [(Theme::light(), egui::Theme::Light), (Theme::dark(), egui::Theme::Dark)] {
        ctx.set_visuals_of(of, visuals(theme));
    }
    ctx.all_styles_mut(|style| {
        style.text_styles = [
            (egui::TextStyle::Small, FontId::new(10.5, family(Weight::Regular))),
            (egui::TextStyle::Body, FontId::new(12.5, family(Weight::Regular))),
            (egui::TextStyle::Button, FontId::new(12.5, family(Weight::Medium))),
            (egui::TextStyle::Heading, FontId::new(16.0, family(Weight::SemiBold))),
            (egui::TextStyle::Monospace, FontId::new(12.0, FontFamily::Monospace)),
        ]
        .into();
        style.spacing.item_spacing = egui::vec2(6.0, 5.0);
        style.spacing.button_padding = egui::vec2(8.0, 3.0);
        style.spacing.interact_size.y = 22.0;
    });
    ctx.options_mut(|options| options.zoom_with_keyboard = false);
}

fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let mut add = |name: &str, bytes: &'static [u8]| {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    };
    for weight in Weight::ALL {
        add(&format!("inter-{}", weight.css()), weight.font_bytes());
    }
    add("lucide", lucide_icons::LUCIDE_FONT_BYTES);
    let fallbacks = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    for weight in Weight::ALL {
        let mut faces = vec![format!("inter-{}", weight.css())];
        faces.extend(fallbacks.iter().cloned());
        faces.push("lucide".to_owned());
        fonts.families.insert(family(weight), faces);
    }
    fonts.families.insert(icon_family(), vec!["lucide".to_owned()]);
    fonts
}

fn visuals(theme: &Theme) -> Visuals {
    let colour = |role| colour_of(theme, role);
    let mut visuals = if theme.is_dark { Visuals::dark() } else { Visuals::light() };
    visuals.panel_fill = colour(Role::Panel);
    visuals.window_fill = colour(Role::Panel);
    visuals.extreme_bg_color = colour(Role::Canvas);
    visuals.faint_bg_color = colour(Role::Canvas);
    visuals.window_stroke = Stroke::new(1.0, colour(Role::CardBorder));
    visuals.window_corner_radius = CornerRadius::same(8);
    visuals.window_shadow =
        Shadow { offset: [0, 4], blur: 18, spread: 0, color: Color32::from_black_alpha(60) };
    visuals.popup_shadow = visuals.window_shadow;
    visuals.selection.bg_fill = colour(Role::AccentSoft);
    visuals.selection.stroke = Stroke::new(1.0, colour(Role::Accent));
    visuals.hyperlink_color = colour(Role::Accent);
    visuals.warn_fg_color = colour(Role::Warning);
    visuals.error_fg_color = colour(Role::Error);
    visuals.weak_text_color = Some(colour(Role::TextMuted));
    let widgets = &mut visuals.widgets;
    for widget in [
        &mut widgets.noninteractive,
        &mut widgets.inactive,
        &mut widgets.hovered,
        &mut widgets.active,
        &mut widgets.open,
    ] {
        widget.corner_radius = CornerRadius::same(5);
        widget.fg_stroke = Stroke::new(1.0, colour(Role::Text));
        widget.bg_stroke = Stroke::new(1.0, colour(Role::CardBorder));
    }
    widgets.inactive.weak_bg_fill = colour(Role::Canvas);
    widgets.inactive.bg_fill = colour(Role::Canvas);
    widgets.hovered.weak_bg_fill = colour(Role::AccentSoft);
    widgets.hovered.bg_fill = colour(Role::AccentSoft);
    widgets.hovered.bg_stroke = Stroke::new(1.0, colour(Role::Accent));
    widgets.active.weak_bg_fill = colour(Role::AccentSoft);
    widgets.active.bg_fill = colour(Role::AccentSoft);
    widgets.active.bg_stroke = Stroke::new(1.5, colour(Role::Accent));
    widgets.open.weak_bg_fill = colour(Role::AccentSoft);
    visuals
}
