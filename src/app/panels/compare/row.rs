//! One line of the difference as a row, with what takes it over.

use egui::{Align2, Button, EventFilter, Id, Key, Modifiers, Rect, Response, Ui, pos2, vec2};
use lucide_icons::Icon;

use crate::scene::Role;
use crate::scene::text::{self, Weight};

use super::super::super::action::{Action, Actions};
use super::super::super::comparing::Comparing;
use super::super::super::derived::{DifferenceLine, Sign};
use super::super::super::shown::Shown;
use super::super::super::theme;
use super::super::super::widgets::{Word, list_row_at_ui, paint_icon, paint_word, severity_icon};

/// The height of a row.
pub(super) const ROW: f32 = 25.0;
/// Room for the button that takes a line over.
const TAKE: f32 = 74.0;
/// The most room for what a line is about, and its share of a narrow list.
const NAME: f32 = 300.0;
const NAME_SHARE: f32 = 0.34;

/// The icon that says what a line says.
pub const fn sign_icon(sign: Sign) -> Icon {
    match sign {
        Sign::New => Icon::Plus,
        Sign::Gone => Icon::Minus,
        Sign::Changed => Icon::Pencil,
        Sign::Came(severity) => severity_icon(severity),
        Sign::Went(_) => Icon::Check,
    }
}

/// The colour that goes with it, as on the canvas.
pub const fn sign_role(sign: Sign) -> Role {
    match sign {
        Sign::New | Sign::Went(_) => Role::New,
        Sign::Gone => Role::Gone,
        Sign::Changed => Role::Accent,
        Sign::Came(severity) => super::super::super::widgets::severity_role(severity),
    }
}

/// What a sign is called by a screen reader.
const fn sign_word(sign: Sign) -> &'static str {
    match sign {
        Sign::New => "New",
        Sign::Gone => "Gone",
        Sign::Changed => "Changed",
        Sign::Came(_) => "Finding that came",
        Sign::Went(_) => "Finding that went",
    }
}

/// What taking a line over is called, and what it does; `None` where it cannot be taken.
pub fn take_words(shown: &Shown<'_>, line: &DifferenceLine) -> Option<(&'static str, String)> {
    let with = &shown.session.on_canvas.as_ref()?.with;
    let name = &with.name;
    let is_only_here = match line.sign {
        Sign::New => !with.is_open_before,
        Sign::Gone => with.is_open_before,
        Sign::Changed | Sign::Came(_) | Sign::Went(_) => false,
    };
    if line.places.is_empty() {
        return None;
    }
    let end = "One step, Ctrl Z takes it back.";
    Some(if is_only_here {
        ("Remove", format!("{name} does not have it: removes it from this plan. {end}"))
    } else {
        ("Take", format!("Makes this plan say what {name} says. {end}"))
    })
}

fn id_of(line: &DifferenceLine) -> Id {
    Id::unique(("difference", line.key.as_str()))
}

pub(super) fn line_ui(
    ui: &mut Ui,
    shown: &Shown<'_>,
    line: &DifferenceLine,
    rect: Rect,
    actions: &mut Actions,
) {
    let on_canvas = shown.session.on_canvas.as_ref();
    let is_chosen = on_canvas.is_some_and(|it| it.chosen.as_ref() == Some(&line.key));
    let name = format!("{}, {}: {}", sign_word(line.sign), line.name, line.words);
    let response = list_row_at_ui(ui, rect, id_of(line), is_chosen, &name);
    if is_chosen && on_canvas.is_some_and(|it| it.wants_keyboard) {
        response.request_focus();
    }
    keys(ui, &response, actions);
    if response.clicked() {
        actions.push(Action::Comparing(Comparing::Show(line.key.clone())));
    }
    let rect = rect.shrink2(vec2(8.0, 0.0));
    paint_icon(
        ui,
        pos2(rect.left() + 12.0, rect.center().y),
        sign_icon(line.sign),
        13.0,
        sign_role(line.sign),
    );
    let left = rect.left() + 26.0;
    let middle = left + (rect.width() * NAME_SHARE).min(NAME);
    let end = rect.right() - TAKE - 8.0;
    let words = rect.with_min_x(middle).with_max_x(end);
    paint_word(
        ui,
        rect.with_min_x(left).with_max_x(middle - 10.0),
        Align2::LEFT_CENTER,
        &line.name,
        Word::NAME,
    );
    let look = Word { weight: Weight::Regular, ..Word::NAME };
    paint_word(ui, words, Align2::LEFT_CENTER, &line.words, look);
    if text::width(&line.words, look.weight, look.size) > words.width() {
        response.on_hover_text(format!("{}: {}", line.name, line.words));
    }
    take_ui(ui, shown, line, rect.with_min_x(end + 8.0), actions);
}

/// The arrows walk the lines; Enter shows one, as a click does.
fn keys(ui: &Ui, response: &Response, actions: &mut Actions) {
    if !response.has_focus() {
        return;
    }
    let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    for (key, forward) in [(Key::ArrowDown, true), (Key::ArrowUp, false)] {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            actions.push(Action::Comparing(Comparing::Step { forward }));
        }
    }
}

fn take_ui(ui: &mut Ui, shown: &Shown<'_>, line: &DifferenceLine, rect: Rect, actions: &mut Actions) {
    let Some((word, says)) = take_words(shown, line) else { return };
    let text = theme::text(word, Weight::Medium, 11.5).color(theme::colour(ui, Role::Accent));
    ui.spacing_mut().interact_size.y = 19.0;
    let response = ui.put(rect.shrink2(vec2(0.0, 2.0)), Button::new(text).truncate()).on_hover_text(says);
    let response = response.accessible_name(format!("{word} {}: {}", line.name, line.words));
    if response.clicked() {
        actions.push(Action::Comparing(Comparing::Take(line.key.clone())));
    }
}
