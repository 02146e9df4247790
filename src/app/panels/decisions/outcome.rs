//! What the answers about a system point to, with points and margin, and what was chosen beside it.

use egui::{Align2, Id, Pos2, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};
use lucide_icons::Icon;

use crate::decision::{Outcome, Score};
use crate::model::{Disposition, System, SystemId};
use crate::rules::Place;
use crate::scene::text::Weight;
use crate::scene::{Role, disposition_icon, disposition_word};

use super::super::super::action::{Action, Actions};
use super::super::super::shown::Shown;
use super::super::super::theme;
use super::super::super::widgets::{Word, outcome_words, paint_icon, paint_word, stops_words};
use super::grid::{CHOSEN, Grid, OUTCOME, ROW};

/// Both columns of a row whose left upper corner is `corner`.
pub fn outcome_ui(
    ui: &Ui,
    shown: &Shown<'_>,
    actions: &mut Actions,
    grid: &Grid,
    id: &SystemId,
    corner: Pos2,
) {
    let known = shown.knowledge.recommendations.get(id).zip(shown.plan.systems.get(id));
    let Some((known, system)) = known else { return };
    let score = &known.recommendation.score;
    let rect = Rect::from_min_size(corner + vec2(grid.outcome(), 0.0), vec2(OUTCOME - 6.0, ROW));
    let response = ui.interact(rect, Id::unique(("outcome", id.as_str())), Sense::click());
    let words = outcome_words(score);
    let name = format!("Questions about {}: {words}", system.name);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &name));
    if response.hovered() || response.has_focus() {
        let stroke = Stroke::new(1.0, theme::colour(ui, Role::Accent));
        ui.painter().rect_stroke(rect, 3.0, stroke, StrokeKind::Inside);
    }
    paint_outcome(ui, rect.shrink2(vec2(3.0, 0.0)), score);
    if response.on_hover_text(tooltip(&words, score)).clicked() {
        actions.push(Action::OpenPlace(Place::Questions(id.clone())));
    }
    let rect = Rect::from_min_size(corner + vec2(grid.chosen(), 0.0), vec2(CHOSEN - 2.0, ROW));
    chosen_ui(ui, rect, id, system, score);
}

/// "Migrate 83, by 40", with its icon; where there are hard stops, how many.
fn paint_outcome(ui: &Ui, rect: Rect, score: &Score) {
    let (icon, role) = match score.outcome {
        Outcome::Option(option) => (disposition_icon(option), Role::of_disposition(option)),
        Outcome::Hybrid => (char::from(Icon::Split), Role::Accent),
        Outcome::NotEnoughAnswers => (disposition_icon(Disposition::Undecided), Role::TextMuted),
        Outcome::AllBlocked => (char::from(Icon::Ban), Role::Error),
    };
    let mut room = rect;
    let stops = score.options.iter().filter(|option| !option.blocked.is_empty()).count();
    if stops > 0 {
        let look = Word { weight: Weight::Medium, size: 10.5, role: Role::TextMuted };
        let count = paint_word(ui, rect, Align2::RIGHT_CENTER, &stops.to_string(), look);
        paint_icon(ui, pos2(count.left() - 8.0, rect.center().y), Icon::Ban, 10.0, Role::TextMuted);
        room.set_right(count.left() - 16.0);
    }
    if score.is_close() {
        let look = Word { weight: Weight::Medium, size: 10.5, role: Role::Warning };
        room.set_right(paint_word(ui, room, Align2::RIGHT_CENTER, "close", look).left() - 4.0);
    }
    let font = egui::FontId::new(10.5, theme::icon_family());
    let colour = theme::colour(ui, role);
    let icon = ui.painter().text(room.left_center(), Align2::LEFT_CENTER, icon, font, colour);
    room.set_left(icon.right() + 4.0);
    let words = match score.recommended() {
        Some(best) => format!("{} {}, by {}", disposition_word(best.option), best.points, score.margin),
        None if score.outcome == Outcome::Hybrid => "Hybrid by domain".to_owned(),
        None => score.outcome.words().to_owned(),
    };
    paint_word(ui, room, Align2::LEFT_CENTER, &words, Word { weight: Weight::Medium, size: 11.0, role });
}

fn tooltip(words: &str, score: &Score) -> String {
    let points = score.options.iter().map(|option| {
        let blocked = if option.blocked.is_empty() {
            String::new()
        } else {
            format!(", blocked: {}", stops_words(option))
        };
        format!("{} {}{blocked}", disposition_word(option.option), option.points)
    });
    format!("{words}\n{}\nA click asks the questions one by one.", points.collect::<Vec<_>>().join("\n"))
}

/// What was chosen; where it is not what the answers recommend, marked.
fn chosen_ui(ui: &Ui, rect: Rect, id: &SystemId, system: &System, score: &Score) {
    let chosen = system.disposition;
    let role = Role::of_disposition(chosen);
    let disagrees = chosen != Disposition::Undecided && !score.outcome.agrees_with(chosen);
    let word = disposition_word(chosen);
    let response = ui.interact(rect, Id::unique(("chosen", id.as_str())), Sense::hover());
    let reason = system.assessment.override_reason.trim();
    let says = match (disagrees, reason.is_empty()) {
        (false, _) => format!("Chosen for {}: {word}", system.name),
        (true, true) => format!("Chosen for {}: {word}, against the answers; nobody says why", system.name),
        (true, false) => format!("Chosen for {}: {word}, against the answers: {reason}", system.name),
    };
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &says));
    let mut room = rect;
    if disagrees {
        paint_icon(ui, pos2(rect.left() + 6.0, rect.center().y), Icon::TriangleAlert, 11.0, Role::Warning);
        room.set_left(rect.left() + 16.0);
    }
    let role = if chosen == Disposition::Undecided { Role::TextMuted } else { role };
    paint_word(ui, room, Align2::LEFT_CENTER, word, Word { weight: Weight::Medium, size: 11.0, role });
    response.on_hover_text(says);
}
