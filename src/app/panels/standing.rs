//! How the plan's file stands in git, in the status bar. Where there is no repository, nothing.

use egui::{Button, RichText, Ui};
use lucide_icons::Icon;

use crate::git::State;
use crate::scene::Role;
use crate::scene::text::{Weight, fit};

use super::super::action::{Action, Actions};
use super::super::repository::{Asking, head_words, standing_sentences, state_words};
use super::super::shown::Shown;
use super::super::theme;

const SIZE: f32 = 11.0;

/// Branch and state; a click shows the history.
pub fn standing_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions) {
    let Some(standing) = shown.repository.standing() else { return };
    let is_unsaved = shown.document.history.is_unsaved();
    let icon = match standing.head {
        crate::git::Head::Branch(_) => Icon::GitBranch,
        crate::git::Head::Detached(_) => Icon::GitCommitHorizontal,
    };
    // The tooltip has all of it.
    let longest = (ui.available_width() * 0.16).clamp(60.0, 170.0);
    let head = fit(head_words(&standing.head), Weight::Regular, SIZE, longest);
    let words = format!("{head} · {}", state_words(standing.state, is_unsaved));
    let role = if standing.state == State::InConflict { Role::Warning } else { Role::TextMuted };
    let text = RichText::new(format!("{} {words}", icon.unicode())).size(SIZE);
    let button = Button::new(text.color(theme::colour(ui, role))).frame_when_inactive(false);
    let is_committed = standing.state.is_committed();
    let button = ui.add(button.small()).accessible_name(format!("Git: {words}"));
    let mut says = standing_sentences(standing, is_unsaved);
    if is_committed {
        says.push_str("\nClick for the history of this plan.");
    }
    if button.on_hover_text(says).clicked() && is_committed {
        actions.push(Action::Git(Asking::History));
    }
}
