//! What answers point to, in words and as bars. The bars say which options a hard stop stands before.

use egui::{Align2, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::decision::{OptionScore, Outcome, Score};
use crate::scene::text::Weight;
use crate::scene::{Role, disposition_word};

use super::super::theme;
use super::{Word, muted, paint_word};

/// What the answers point to: "Migrate with 83 points, 40 ahead".
pub fn outcome_words(score: &Score) -> String {
    match (score.outcome, score.recommended()) {
        (Outcome::Option(option), best) => {
            let points = best.map_or(0, |best| best.points);
            let close = if score.is_close() { ": close" } else { "" };
            let word = disposition_word(option);
            format!("{word} with {points} points, {} ahead{close}", score.margin)
        }
        (Outcome::Hybrid, _) => {
            "Hybrid by domain: integrate for some of its data domains, migrate for the others".to_owned()
        }
        (Outcome::NotEnoughAnswers, _) => "Not enough answers yet".to_owned(),
        (Outcome::AllBlocked, _) => "Every option is blocked".to_owned(),
    }
}

/// What stands before an option, in sentences.
pub fn stops_words(option: &OptionScore) -> String {
    option.blocked.join(" ")
}

/// A bar for each option with its points; blocked ones are hollow and say why.
pub fn score_bars_ui(ui: &mut Ui, score: &Score) {
    for option in &score.options {
        bar_ui(ui, option);
        if !option.blocked.is_empty() {
            ui.horizontal_top(|ui| {
                ui.add_space(WORD);
                let words = muted(ui, format!("Blocked. {}", stops_words(option)));
                ui.add(egui::Label::new(words).wrap());
            });
        }
    }
}

/// The width of the word before a bar, and of the points after it.
const WORD: f32 = 66.0;
const POINTS: f32 = 26.0;

fn bar_ui(ui: &mut Ui, option: &OptionScore) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 18.0), Sense::hover());
    let is_blocked = !option.blocked.is_empty();
    let word = disposition_word(option.option);
    let blocked = if is_blocked { format!(", blocked. {}", stops_words(option)) } else { String::new() };
    let name = format!("{word}: {} points{blocked}", option.points);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &name));
    let role = if is_blocked { Role::TextMuted } else { Role::of_disposition(option.option) };
    let look = Word { weight: Weight::Medium, size: 12.0, role };
    paint_word(ui, rect, Align2::LEFT_CENTER, word, look);
    paint_word(ui, rect, Align2::RIGHT_CENTER, &option.points.to_string(), look);
    let track = Rect::from_min_max(
        pos2(rect.left() + WORD, rect.center().y - 4.0),
        pos2(rect.right() - POINTS, rect.center().y + 4.0),
    );
    ui.painter().rect_filled(track, 4.0, theme::colour(ui, Role::Canvas));
    let share = f32::from(option.points) / 100.0;
    let bar = track.with_max_x(track.left() + track.width() * share);
    let colour = theme::colour(ui, role);
    if is_blocked {
        ui.painter().rect_stroke(bar, 4.0, egui::Stroke::new(1.0, colour), egui::StrokeKind::Inside);
    } else {
        ui.painter().rect_filled(bar, 4.0, colour);
    }
    // At the middle nothing pushes.
    let middle = egui::Stroke::new(1.0, theme::colour(ui, Role::TextMuted));
    ui.painter().vline(track.center().x, track.top() - 2.0..=track.bottom() + 2.0, middle);
}
