//! What the plan changes, in numbers: today and target side by side, and the links over the waves.

use egui::{Align, Align2, Color32, FontId, Grid, Layout, Rect, Sense, Stroke, Ui, pos2, vec2};

use crate::numbers::{MEASURES, Measure};
use crate::scene::Role;
use crate::scene::text::Weight;

use super::super::super::shown::Shown;
use super::super::super::theme;
use super::super::super::widgets::{Word, caption_ui, muted, paint_word};

/// The numbers of today and of the target.
pub fn numbers_ui(ui: &mut Ui, shown: &Shown<'_>) {
    let row = &shown.knowledge.row;
    let (Some(today), Some(target)) = (row.first(), row.last()) else { return };
    caption_ui(ui, "Today → Target: what this plan changes");
    Grid::new("numbers").num_columns(3).min_row_height(16.0).min_col_width(44.0).spacing([8.0, 3.0]).show(
        ui,
        |ui| {
            ui.spacing_mut().interact_size.y = 15.0;
            for measure in MEASURES {
                let label = egui::Label::new(muted(ui, measure.label)).selectable(false);
                ui.add(label).on_hover_text(measure.meaning);
                let (was, is) = (measure.text(today), measure.text(target));
                right_ui(ui, &was, theme::text(in_short(&was), Weight::Medium, 12.0));
                let (mark, colour) = if in_short(&was) == in_short(&is) {
                    ("", theme::colour(ui, Role::Text))
                } else {
                    trend(ui, measure, measure.value(today), measure.value(target))
                };
                let words = format!("{}{mark}", in_short(&is));
                right_ui(ui, &is, theme::text(words, Weight::SemiBold, 12.0).color(colour));
                ui.end_row();
            }
        },
    );
}

fn right_ui(ui: &mut Ui, whole: &str, text: egui::RichText) {
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.label(text).on_hover_text(whole));
}

/// Of a figure with its share of what is allowed, the share: "6 %" of "1500 (6 %)".
fn in_short(text: &str) -> String {
    let Some((figure, share)) = text.split_once(" (") else { return text.to_owned() };
    let at_least = if figure.starts_with('≥') { "≥ " } else { "" };
    format!("{at_least}{}", share.trim_end_matches(')'))
}

/// An arrow that says which way it goes, and a colour that says whether that is good.
fn trend(ui: &Ui, measure: &Measure, today: Option<f64>, target: Option<f64>) -> (&'static str, Color32) {
    let colour = |role| theme::colour(ui, role);
    let (Some(today), Some(target)) = (today, target) else { return ("", colour(Role::Text)) };
    if (today - target).abs() < 0.0005 {
        return ("", colour(Role::Text));
    }
    let mark = if target < today { " ▼" } else { " ▲" };
    let role = match (measure.is_better_low, target < today) {
        (false, _) => Role::Text,
        (true, true) => Role::New,
        (true, false) => Role::Error,
    };
    (mark, colour(role))
}

/// The links at each stage as a line.
pub fn links_ui(ui: &mut Ui, shown: &Shown<'_>) {
    let links: Vec<_> = shown.knowledge.row.iter().map(|numbers| numbers.structure.links).collect();
    let names = shown.knowledge.stages.iter().map(|stage| shown.plan.stage_name(stage));
    let names: Vec<_> = names.collect();
    caption_ui(ui, "Links over the waves");
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 78.0), Sense::hover());
    let words = names
        .iter()
        .zip(&links)
        .map(|(name, links)| format!("{name} {links}"))
        .collect::<Vec<_>>()
        .join(", ");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, format!("Links: {words}")));
    ui.painter().rect_filled(rect, 6.0, theme::colour(ui, Role::Canvas));
    line_ui(ui, rect.shrink2(vec2(26.0, 0.0)), &names, &links);
}

fn line_ui(ui: &Ui, rect: Rect, names: &[&str], links: &[usize]) {
    let most = links.iter().copied().max().unwrap_or_default().max(1) as f32;
    let step = rect.width() / (links.len().max(2) - 1) as f32;
    let at = |place: usize| {
        let height = (rect.height() - 44.0) * links[place] as f32 / most;
        pos2(rect.left() + place as f32 * step, rect.bottom() - 20.0 - height)
    };
    let accent = theme::colour(ui, Role::Accent);
    let points: Vec<_> = (0..links.len()).map(at).collect();
    ui.painter().line(points.clone(), Stroke::new(1.5, accent));
    for (place, point) in points.into_iter().enumerate() {
        ui.painter().circle(point, 3.0, theme::colour(ui, Role::Canvas), Stroke::new(1.5, accent));
        let font = FontId::new(10.5, theme::family(Weight::SemiBold));
        let above = point - vec2(0.0, 6.0);
        let text = theme::colour(ui, Role::Text);
        ui.painter().text(above, Align2::CENTER_BOTTOM, links[place].to_string(), font, text);
        let room = Rect::from_center_size(
            pos2(point.x, rect.bottom() - 9.0),
            vec2((step - 2.0).clamp(12.0, 60.0), 12.0),
        );
        paint_word(ui, room, Align2::CENTER_CENTER, names[place], Word { size: 10.0, ..Word::MUTED });
    }
}
