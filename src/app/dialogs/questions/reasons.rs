//! What the answers point to, while they are given: points, the strongest pushes, what would flip it, TIME.

use egui::{Label, RichText, ScrollArea, Ui};

use crate::decision::{Explanation, Flip, Push, WEIGHTS_ARE_A_PROPOSAL};
use crate::scene::Role;
use crate::scene::text::Weight;

use super::super::super::theme;
use super::super::super::widgets::{caption_ui, muted, outcome_words, readable, score_bars_ui};
use super::{Asked, HEIGHT};

/// More flips than this are only counted.
const FLIPS: usize = 4;

pub(super) fn reasons_ui(ui: &mut Ui, asked: &Asked<'_>) {
    let score = &asked.known.recommendation.score;
    ScrollArea::vertical().max_height(HEIGHT).auto_shrink([false, false]).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - 8.0);
        ui.label(muted(ui, "The answers point to"));
        ui.add(Label::new(theme::text(outcome_words(score), Weight::SemiBold, 13.5)).wrap());
        score_bars_ui(ui, score);
        let Explanation { of, towards, against, flips } = &asked.known.explanation;
        if let Some(of) = of {
            pushes_ui(ui, &format!("What pushes most towards {of}"), "+", Role::New, towards);
            pushes_ui(ui, "What pushes most against it", "–", Role::Warning, against);
        }
        flips_ui(ui, flips);
        if let Some(time) = asked.known.time {
            caption_ui(ui, "Time quadrant");
            let own = format!("{}, by its two fits.", readable(time.word()));
            let words = asked.known.time_disagrees.clone().unwrap_or(own);
            ui.add(Label::new(words).wrap());
        }
        ui.add_space(6.0);
        ui.add(Label::new(muted(ui, WEIGHTS_ARE_A_PROPOSAL)).wrap());
    });
}

fn pushes_ui(ui: &mut Ui, title: &str, sign: &str, role: Role, pushes: &[Push]) {
    if pushes.is_empty() {
        return;
    }
    caption_ui(ui, title);
    for push in pushes {
        let colour = theme::colour(ui, role);
        let says = if push.says.is_empty() { readable(push.question.word()) } else { push.says.clone() };
        ui.horizontal_top(|ui| {
            ui.label(RichText::new(format!("{sign}{}", push.strength.abs())).color(colour).strong());
            ui.add(Label::new(says).wrap()).on_hover_text(readable(push.question.word()));
        });
    }
}

fn flips_ui(ui: &mut Ui, flips: &[Flip]) {
    caption_ui(ui, "What one changed answer would turn it into");
    if flips.is_empty() {
        ui.label(muted(ui, "No single answer changes it."));
    }
    for flip in flips.iter().take(FLIPS) {
        let question = readable(flip.question.word());
        let words = format!(
            "{question} {} instead of {}: {}",
            flip.to.value(),
            flip.from.value(),
            flip.outcome.words()
        );
        ui.add(Label::new(words).wrap());
    }
    if flips.len() > FLIPS {
        ui.label(muted(ui, format!("and {} more", flips.len() - FLIPS)));
    }
}
