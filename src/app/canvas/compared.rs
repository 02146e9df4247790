//! What only the other plan has, as things to click, and words beside the pointer that say what is different.

use egui::{Id, Response, Sense, Ui, WidgetInfo};

use crate::rules::Subject;
use crate::scene::{Card, Change, FlowLine};

use super::super::action::{Action, Actions};
use super::super::comparing::Comparing;
use super::{Canvas, lines};

/// Cards and lines of the other plan, and what is different about the lines of both.
pub(super) fn compared_ui(ui: &Ui, canvas: &Canvas<'_>, background: &Response, actions: &mut Actions) {
    if canvas.shown.compared.is_none() {
        return;
    }
    for card in &canvas.shown.scene.cards {
        let rect = canvas.card_on_screen(card);
        if canvas.rect.intersects(rect) && !canvas.shown.plan.systems.contains_key(&card.id) {
            let response =
                ui.interact(rect, Id::unique(("card of the other plan", &card.id)), Sense::click());
            let name = format!("Card {}, {}", card.name, card_words(canvas, card).unwrap_or_default());
            response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &name));
            if response.clicked() {
                show(actions, Subject::System(card.id.clone()));
            }
            response.on_hover_text(name);
        }
    }
    let Some(pos) = background.hover_pos() else { return };
    let Some(line) = lines::line_at(canvas, pos) else { return };
    if let (true, Some(flow)) = (background.clicked(), line.flows.first())
        && !canvas.shown.plan.flows.contains_key(flow)
    {
        show(actions, Subject::Flow(flow.clone()));
    }
    if let Some(words) = line_words(canvas, line) {
        background.clone().on_hover_text_at_pointer(words);
    }
}

fn show(actions: &mut Actions, subject: Subject) {
    actions.push(Action::Comparing(Comparing::ShowSubject(subject)));
}

/// More differences than this are only counted beside the pointer; the inspector lists them.
const MOST: usize = 7;

fn in_lines(differences: &[String]) -> String {
    let mut lines: Vec<_> = differences.iter().take(MOST).cloned().collect();
    if differences.len() > MOST {
        lines.push(format!("and {} more, in the list", differences.len() - MOST));
    }
    lines.join("\n")
}

/// What is different about a card; nothing where nothing is.
pub(super) fn card_words(canvas: &Canvas<'_>, card: &Card) -> Option<String> {
    if card.differences.is_empty() { only_in(canvas, card.change) } else { Some(in_lines(&card.differences)) }
}

fn line_words(canvas: &Canvas<'_>, line: &FlowLine) -> Option<String> {
    if line.differences.is_empty() { only_in(canvas, line.change) } else { Some(in_lines(&line.differences)) }
}

fn only_in(canvas: &Canvas<'_>, change: Change) -> Option<String> {
    let with = &canvas.shown.session.on_canvas.as_ref()?.with;
    let here = "this plan".to_owned();
    let (before, after) = if with.is_open_before { (&here, &with.name) } else { (&with.name, &here) };
    let stage = canvas.shown.plan.stage_name(canvas.shown.stage());
    match change {
        Change::New => Some(format!("at the stage {stage} only in {after}")),
        Change::Gone => Some(format!("at the stage {stage} only in {before}")),
        Change::Replaced => Some(format!("replaced or re-routed, so in {before}")),
        _ => None,
    }
}
