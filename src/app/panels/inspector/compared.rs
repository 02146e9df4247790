//! What is different about what is selected, from what to what, while plans are compared.

use egui::{Button, Label, Ui};

use crate::rules::Subject;
use crate::scene::Role;
use crate::scene::text::Weight;

use super::super::super::action::{Action, Actions};
use super::super::super::comparing::Comparing;
use super::super::super::derived::DifferenceLine;
use super::super::super::shown::Shown;
use super::super::super::theme;
use super::super::super::widgets::{caption_ui, muted};
use super::super::compare::{sign_icon, sign_role, take_words};

/// More lines than this are only counted.
const SHOWN: usize = 6;
/// Room for the button that takes a line over.
const TAKE: f32 = 58.0;

/// The differences of the one thing that is selected, or of what only the other plan has; returns whether
/// that is all there is to show.
pub fn compared_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions) -> bool {
    let (Some(on_canvas), Some(compared)) = (&shown.session.on_canvas, shown.compared) else { return false };
    let marked = on_canvas.marked.as_ref().filter(|_| shown.session.selection.is_empty());
    let absent = marked.filter(|subject| is_absent(shown, subject));
    let Some(subject) = shown.only_selected().or(absent) else { return false };
    let lines: Vec<_> = compared
        .lines()
        .filter(|line| line.subject.as_ref() == Some(subject) && line.finding.is_none())
        .collect();
    if let Some(absent) = absent {
        let other = &on_canvas.with.plan;
        let name = match absent {
            Subject::System(id) => other.system_name(id).to_owned(),
            Subject::Domain(id) => other.domain_name(id).to_owned(),
            Subject::Flow(id) => other.flow_name(id),
            _ => String::new(),
        };
        ui.label(theme::text(name, Weight::SemiBold, 15.0));
        ui.add(Label::new(muted(ui, format!("Only in {}", on_canvas.with.name))).wrap());
    }
    if !lines.is_empty() {
        caption_ui(ui, &format!("Compared with {}", on_canvas.with.name));
        for line in lines.iter().take(SHOWN) {
            line_ui(ui, shown, line, actions);
        }
        if lines.len() > SHOWN {
            ui.label(muted(ui, format!("and {} more, in the list below", lines.len() - SHOWN)));
        }
        ui.add_space(6.0);
    }
    absent.is_some()
}

/// Whether only the other plan has it.
fn is_absent(shown: &Shown<'_>, subject: &Subject) -> bool {
    match subject {
        Subject::System(id) => !shown.plan.systems.contains_key(id),
        Subject::Domain(id) => !shown.plan.domains.contains_key(id),
        Subject::Flow(id) => !shown.plan.flows.contains_key(id),
        Subject::Wave(_) | Subject::Landscape => false,
    }
}

fn line_ui(ui: &mut Ui, shown: &Shown<'_>, line: &DifferenceLine, actions: &mut Actions) {
    let take = take_words(shown, line);
    ui.horizontal_top(|ui| {
        let colour = theme::colour(ui, sign_role(line.sign));
        ui.label(theme::icon(sign_icon(line.sign), 12.0).color(colour));
        let room = ui.available_width() - if take.is_some() { TAKE } else { 0.0 };
        ui.scope(|ui| {
            ui.set_width(room);
            ui.add(Label::new(theme::text(&line.whole_words, Weight::Regular, 12.0)).wrap());
        });
        if let Some((word, says)) = take {
            let text = theme::text(word, Weight::Medium, 11.0).color(theme::colour(ui, Role::Accent));
            let button = ui.add(Button::new(text).small()).on_hover_text(says);
            if button.accessible_name(format!("{word} here: {}", line.whole_words)).clicked() {
                actions.push(Action::Comparing(Comparing::Take(line.key.clone())));
            }
        }
    });
}
