//! One finding as a row, with what mends it.

use egui::containers::menu::MenuButton;
use egui::{Align2, Button, Key, Modifiers, Rect, Response, Ui, pos2, vec2};

use crate::edit::{Change, Edit};
use crate::rules::{Finding, Fix};
use crate::scene::Role;
use crate::scene::text::Weight;

use super::super::super::action::{Action, Actions, commit};
use super::super::super::session::Dialog;
use super::super::super::shown::Shown;
use super::super::super::theme;
use super::super::super::widgets::{
    Word, list_row_ui, paint_icon, paint_word, severity_icon, severity_role, severity_word,
};

/// The height of a row.
pub(super) const ROW: f32 = 24.0;
/// How far the findings of a group are set in.
const SET_IN: f32 = 16.0;
const RULE: f32 = 136.0;
/// The widest that a fix gets, and its share of a narrow row.
const FIX: f32 = 268.0;
const FIX_SHARE: f32 = 0.27;
const MORE: f32 = 26.0;
const PRESENCE: f32 = 118.0;
/// Narrower than this, the words about when a finding is there are left to the tooltip.
const NARROW: f32 = 1000.0;

/// A finding: severity, rule, sentence, when it is there, and its fixes.
pub(super) fn finding_ui(
    ui: &mut Ui,
    shown: &Shown<'_>,
    actions: &mut Actions,
    finding: &Finding,
    is_set_in: bool,
) {
    let is_selected = shown.session.finding.as_ref().is_some_and(|known| known.is_same(finding));
    let name = format!("{}: {}", severity_word(finding.severity), finding.message);
    let response = list_row_ui(ui, ROW, is_selected, &name);
    let mut rect = response.rect.shrink2(vec2(8.0, 0.0));
    if is_set_in {
        rect.set_left(rect.left() + SET_IN);
    }
    let role = severity_role(finding.severity);
    paint_icon(ui, pos2(rect.left() + 6.0, rect.center().y), severity_icon(finding.severity), 13.0, role);
    let id_part = Rect::from_min_size(pos2(rect.left() + 20.0, rect.top()), vec2(RULE, ROW));
    rule_ui(ui, actions, finding, id_part);
    let fixes = shown.fixes.of(finding);
    let fix = (rect.width() * FIX_SHARE).min(FIX);
    fixes_ui(ui, actions, finding, fixes, rect.with_min_x(rect.right() - fix - MORE));
    words_ui(
        ui,
        shown,
        finding,
        rect.with_min_x(id_part.right() + 4.0).with_max_x(rect.right() - fix - MORE - 8.0),
    );
    answer(ui, actions, finding, &response);
}

fn answer(ui: &Ui, actions: &mut Actions, finding: &Finding, response: &Response) {
    let is_asked =
        response.has_focus() && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Period));
    if response.double_clicked() || is_asked {
        actions.push(Action::PreviewFixes(finding.clone()));
    } else if response.clicked() {
        actions.push(Action::ShowFinding(finding.clone()));
    }
}

/// The rule's id, which opens its manual page.
fn rule_ui(ui: &mut Ui, actions: &mut Actions, finding: &Finding, rect: Rect) {
    let words = egui::RichText::new(finding.rule.id).font(egui::FontId::monospace(10.5));
    let words = words.color(theme::colour(ui, Role::TextMuted));
    let button = Button::new(words).frame(false).truncate();
    let response = put_left(ui, rect, button);
    let response = response.on_hover_text(format!("{} (what, why, what to do)", finding.rule.title));
    if response.accessible_name(format!("Rule {}", finding.rule.id)).clicked() {
        actions.push(Action::SetDialog(Some(Dialog::Rule(finding.rule))));
    }
}

fn put_left(ui: &mut Ui, rect: Rect, button: Button<'_>) -> Response {
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    ui.scope_builder(egui::UiBuilder::new().max_rect(rect).layout(layout), |ui| ui.add(button)).inner
}

fn words_ui(ui: &Ui, shown: &Shown<'_>, finding: &Finding, rect: Rect) {
    let mut room = rect;
    let presence = shown.knowledge.findings.presence_words(finding, shown.knowledge.stages.len() - 1);
    if ui.available_width() > NARROW {
        room.set_right(rect.right() - PRESENCE);
        paint_word(ui, rect.with_min_x(room.right() + 4.0), Align2::RIGHT_CENTER, presence, Word::MUTED);
    }
    let look = Word { weight: Weight::Regular, ..Word::NAME };
    paint_word(ui, room, Align2::LEFT_CENTER, &finding.message, look);
    let hovers = ui.input(|input| input.pointer.hover_pos()).is_some_and(|at| room.contains(at));
    let is_cut = crate::scene::text::width(&finding.message, look.weight, look.size) > room.width();
    if hovers && is_cut && ui.rect_contains_pointer(room) {
        let id = egui::Id::unique("whole finding");
        egui::Tooltip::always_open(ui.ctx().clone(), ui.layer_id(), id, egui::PopupAnchor::Pointer)
            .show(|ui| ui.label(format!("{} ({presence})", finding.message)));
    }
}

/// The first fix as a button; what else would help in a menu beside it.
fn fixes_ui(ui: &mut Ui, actions: &mut Actions, finding: &Finding, fixes: &[Fix], rect: Rect) {
    let button = Rect::from_min_size(rect.min + vec2(0.0, 2.0), vec2(rect.width() - MORE, ROW - 4.0));
    let (first, others) = match fixes {
        [first, others @ ..] => (Some(first), others),
        [] => (None, fixes),
    };
    if let Some(first) = first {
        let text = theme::text(&first.title, Weight::Medium, 11.5).color(theme::colour(ui, Role::Accent));
        if ui.put(button, Button::new(text).truncate()).on_hover_text(&first.title).clicked() {
            actions.push(Action::ApplyFix(finding.clone(), first.title.clone()));
        }
    }
    let more = Rect::from_min_size(pos2(button.right() + 4.0, button.top()), vec2(MORE - 6.0, ROW - 4.0));
    ui.scope_builder(egui::UiBuilder::new().max_rect(more), |ui| {
        ui.spacing_mut().button_padding.x = 4.0;
        let (menu, _) = MenuButton::new("…").ui(ui, |ui| more_ui(ui, actions, finding, others));
        menu.on_hover_text("More").accessible_name(format!("More for {}", finding.message));
    });
}

fn more_ui(ui: &mut Ui, actions: &mut Actions, finding: &Finding, others: &[Fix]) {
    for fix in others {
        if ui.button(&fix.title).clicked() {
            actions.push(Action::ApplyFix(finding.clone(), fix.title.clone()));
        }
    }
    if ui.add(Button::new("Preview the fixes").shortcut_text("Ctrl .")).clicked() {
        actions.push(Action::PreviewFixes(finding.clone()));
    }
    if finding.waiver.is_none() && ui.button("Accept…").clicked() {
        actions.push(Action::SetDialog(Some(Dialog::waive(finding.clone()))));
    }
    if let Some(id) = &finding.waiver
        && ui.button("Accept no longer").clicked()
    {
        let edit = Edit::Waiver(id.clone(), Box::new(Change::Remove));
        commit(actions, format!("{}: accepted no longer", finding.rule.title), [edit]);
    }
    if ui.button("Explain the rule").clicked() {
        actions.push(Action::SetDialog(Some(Dialog::Rule(finding.rule))));
    }
}
