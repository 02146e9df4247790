//! What follows from a disposition that was set: a line above the status bar, and all of it in a dialog.

use egui::{RichText, ScrollArea, Ui};
use lucide_icons::Icon;

use crate::scene::Role;
use crate::scene::text::Weight;

use super::super::action::{Action, Actions};
use super::super::session::{Dialog, FollowUp};
use super::super::shown::Shown;
use super::super::theme;
use super::super::widgets::muted;

/// One line: what was decided, how much follows, and what to do about it.
pub fn follow_up_bar_ui(ui: &mut Ui, follow_up: &FollowUp, actions: &mut Actions) {
    ui.horizontal(|ui| {
        ui.label(theme::icon(Icon::ListTree, 14.0).color(theme::colour(ui, Role::Accent)));
        ui.label(theme::text(&follow_up.decided, Weight::SemiBold, 12.5));
        let count = follow_up.sentences.len();
        let words = if count == 1 { "1 thing follows".to_owned() } else { format!("{count} things follow") };
        ui.label(muted(ui, words));
        if ui.button(theme::text("Draw all of it", Weight::Medium, 12.0)).clicked() {
            actions.push(Action::ApplyFollowUp);
        }
        if ui.button(theme::text("Show…", Weight::Medium, 12.0)).clicked() {
            actions.push(Action::SetDialog(Some(Dialog::FollowUp)));
        }
        if ui.button(theme::text("Not now", Weight::Medium, 12.0)).clicked() {
            actions.push(Action::DropFollowUp);
        }
    });
}

/// Every consequence as a sentence.
pub(super) fn follow_up_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions) {
    let Some(follow_up) = &shown.session.follow_up else {
        actions.push(Action::SetDialog(None));
        return;
    };
    ui.set_width(560.0);
    ui.label(theme::text(format!("What follows from {}", follow_up.decided), Weight::SemiBold, 15.0));
    ui.label(muted(ui, "One step; patterns, owners and the cleansing of data stay with you."));
    ui.add_space(4.0);
    ScrollArea::vertical().max_height(380.0).show(ui, |ui| {
        for sentence in &follow_up.sentences {
            ui.label(format!("• {sentence}"));
        }
    });
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let apply = ui.button(RichText::new("Draw all of it").strong());
        if ui.memory(|memory| memory.focused().is_none()) {
            apply.request_focus();
        }
        if apply.clicked() {
            actions.push(Action::ApplyFollowUp);
        }
        if ui.button("Not now").clicked() {
            actions.extend([Action::SetDialog(None), Action::DropFollowUp]);
        }
    });
}
