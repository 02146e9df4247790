//! The commits that touched the plan: what each changed, what has changed since, and taking one back.

use egui::{Align2, Button, EventFilter, Id, Key, Label, Modifiers, Rect, RichText, Sense, Ui, pos2, vec2};
use lucide_icons::Icon;

use crate::edit::Edit;
use crate::model::Plan;
use crate::scene::Role;
use crate::scene::text::Weight;

use super::super::action::{Action, Actions};
use super::super::repository::{Against, Asking, CommitList, commit_words};
use super::super::shown::Shown;
use super::super::theme;
use super::super::widgets::{Word, list_row_sensing_ui, muted, paint_word};
use super::changed::comparison_ui;
use super::notice::{button_ui, list_area, title_ui};

const WIDTH: f32 = 640.0;
const ROW: f32 = 40.0;

pub(super) fn history_ui(ui: &mut Ui, shown: &Shown<'_>, list: &CommitList, actions: &mut Actions) {
    ui.set_width(WIDTH);
    title_ui(ui, Icon::History, Role::Accent, &format!("History of {}", shown.document.title()));
    let count = match list.commits.len() {
        1 => "1 commit has touched this plan.".to_owned(),
        count => format!("{count} commits have touched this plan."),
    };
    ui.label(muted(ui, format!("{count} The arrows choose one, Enter goes on to what can be done with it.")));
    let moved = moved_to(ui, list);
    if let Some(place) = moved {
        actions.push(Action::Git(Asking::Choose(place, list.against)));
    }
    let height = ui.ctx().content_rect().height();
    let rows = if height < 640.0 { 3.0 } else { 5.0 };
    list_area(ui, ROW * rows).id_salt("commits").auto_shrink([false, true]).show_rows(
        ui,
        ROW,
        list.commits.len(),
        |ui, rows| {
            ui.spacing_mut().item_spacing.y = 0.0;
            if let Some(place) = moved {
                let below = (place as f32 - rows.start as f32) * ROW;
                let corner = pos2(ui.max_rect().left(), ui.max_rect().top() + below);
                ui.scroll_to_rect(Rect::from_min_size(corner, vec2(1.0, ROW)), None);
            }
            let is_working = list.briefs.values().any(Option::is_none);
            let mut unsaid =
                rows.clone().filter(|place| !list.briefs.contains_key(&list.commits[*place].hash));
            if let (false, Some(place)) = (is_working, unsaid.next()) {
                actions.push(Action::Git(Asking::Brief(place)));
            }
            for place in rows {
                commit_row_ui(ui, list, place, actions);
            }
        },
    );
    let commit = &list.commits[list.chosen];
    ui.add_space(6.0);
    ui.add(Label::new(theme::text(commit_words(commit), Weight::Medium, 12.0)).truncate());
    ui.horizontal(|ui| against_ui(ui, list, actions));
    let title = match list.against {
        Against::Before => "What this commit changed",
        Against::Now => "From this commit to the plan as it is now",
    };
    // The same height while the next one is compared, so that nothing jumps.
    ui.scope(|ui| {
        ui.set_min_height((height - 530.0).clamp(110.0, 240.0));
        comparison_ui(ui, shown, title);
    });
    ui.add_space(8.0);
    ui.horizontal(|ui| what_to_do_ui(ui, shown, list, actions));
}

/// The row to which keys move; takes the keys.
fn moved_to(ui: &Ui, list: &CommitList) -> Option<usize> {
    const PAGE: usize = 4;
    let end = list.commits.len() - 1;
    let presses = |key| ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key));
    let up = presses(Key::ArrowUp) + PAGE * presses(Key::PageUp);
    let down = presses(Key::ArrowDown) + PAGE * presses(Key::PageDown);
    let place = match (presses(Key::Home), presses(Key::End)) {
        (0, 0) => (list.chosen + down).saturating_sub(up).min(end),
        (_, 0) => 0,
        _ => end,
    };
    let is_moved = place != list.chosen;
    if is_moved {
        want_keyboard(ui, place);
    }
    is_moved.then_some(place)
}

/// A row takes the keyboard as soon as it is the chosen one; the place behind the last row stands for what can
/// be done.
fn want_keyboard(ui: &Ui, place: usize) {
    ui.data_mut(|data| data.insert_temp(wanted_id(), Some(place)));
}

/// Whether the keyboard is wanted at a place, which is then no longer so.
fn is_wanted(ui: &Ui, place: usize) -> bool {
    let wanted: Option<usize> = ui.data(|data| data.get_temp(wanted_id())).flatten();
    if wanted == Some(place) {
        ui.data_mut(|data| data.insert_temp(wanted_id(), None::<usize>));
    }
    wanted == Some(place)
}

fn wanted_id() -> Id {
    Id::unique("commit that wants the keyboard")
}

/// Subject and day; below, what changed by meaning and who did it. Only the chosen row can have the keyboard,
/// so that Tab leaves the list.
fn commit_row_ui(ui: &mut Ui, list: &CommitList, place: usize, actions: &mut Actions) {
    let commit = &list.commits[place];
    let is_chosen = place == list.chosen;
    let brief = match list.briefs.get(&commit.hash) {
        Some(Some(words)) => words.as_str(),
        _ => "…",
    };
    let name = format!("{}, {}, {}: {brief}", commit.subject, commit.author, commit.day);
    let sense = if is_chosen { Sense::click() } else { Sense::CLICK };
    let row = list_row_sensing_ui(ui, ROW, is_chosen, &name, sense);
    if is_chosen && (is_wanted(ui, place) || ui.memory(|memory| memory.focused().is_none())) {
        row.request_focus();
    }
    if row.has_focus() {
        let arrows = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(row.id, arrows));
    }
    let rect = row.rect.shrink2(vec2(8.0, 3.0));
    let (top, bottom) = rect.split_top_bottom_at_fraction(0.5);
    let left_of = |line: Rect, taken: Rect| line.with_max_x(taken.left() - 12.0);
    let day = paint_word(ui, top, Align2::RIGHT_CENTER, &commit.day, Word::MUTED);
    paint_word(ui, left_of(top, day), Align2::LEFT_CENTER, &commit.subject, Word::NAME);
    let author = paint_word(ui, bottom, Align2::RIGHT_CENTER, &commit.author, Word::MUTED);
    paint_word(ui, left_of(bottom, author), Align2::LEFT_CENTER, brief, Word::MUTED);
    if row.clicked() && is_chosen {
        want_keyboard(ui, list.commits.len());
    } else if row.clicked() {
        want_keyboard(ui, place);
        actions.push(Action::Git(Asking::Choose(place, list.against)));
    }
}

fn against_ui(ui: &mut Ui, list: &CommitList, actions: &mut Actions) {
    let choices = [
        (Against::Before, "What it changed", "Compares it with the commit before"),
        (Against::Now, "From then to now", "Compares it with the plan as it is now, saved or not"),
    ];
    for (against, words, says) in choices {
        let button = ui.add(Button::selectable(list.against == against, words)).on_hover_text(says);
        if button.clicked() && list.against != against {
            actions.push(Action::Git(Asking::Choose(list.chosen, against)));
        }
    }
}

fn what_to_do_ui(ui: &mut Ui, shown: &Shown<'_>, list: &CommitList, actions: &mut Actions) {
    let commit = &list.commits[list.chosen];
    let plan = shown.session.comparison.as_ref().and_then(|comparison| comparison.plan.as_ref());
    let back =
        ui.add_enabled(plan.is_some(), Button::new(RichText::new("Bring back as it was then").strong()));
    let back = back.on_hover_text("One step, Ctrl Z takes it back");
    let compare = ui.add_enabled(plan.is_some(), Button::new("Compare"));
    let compare = compare.on_hover_text("Opens the comparison of the plan as it is now with this one");
    let beside = ui.add_enabled(plan.is_some(), Button::new("Save as a file beside"));
    let beside = beside.on_hover_text("Keeps the plan of then in a file of its own; you go on in this one");
    if let Some(plan) = plan {
        if is_wanted(ui, list.commits.len()) {
            back.request_focus();
        }
        if back.clicked() {
            let label = format!("Bring back the plan of {} ({})", commit.day, commit.short());
            let edits = vec![Edit::Plan(Box::new(Plan::clone(plan)))];
            actions.push(Action::SetDialog(None));
            actions.push(Action::Commit { label: label.clone(), merge_key: None, edits });
            actions.push(Action::Say(format!("{label} · Ctrl Z takes it back")));
        }
        if compare.clicked() {
            let name = format!("{} ({})", commit.day, commit.short());
            actions.push(Action::SetDialog(None));
            actions.push(Action::Compare { with: std::sync::Arc::clone(plan), name });
        }
        if beside.clicked() {
            let words = format!("{} {}", commit.day, commit.short());
            actions.push(Action::Git(Asking::SaveBeside(std::sync::Arc::clone(plan), words)));
        }
    }
    if button_ui(ui, "Close", "Nothing is changed") {
        actions.push(Action::SetDialog(None));
    }
}
