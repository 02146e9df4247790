//! The bar above the canvas while plans are compared: with what, what the signs mean and how many there
//! are, and what can be done.

use egui::{Align, Layout, Rect, Sense, Stroke, Ui, pos2, vec2};
use lucide_icons::Icon;

use crate::landscape::Timeline;
use crate::scene::text::Weight;
use crate::scene::{Change, Role};

use super::super::super::action::{Action, Actions};
use super::super::super::comparing::{ComparedPlan, Comparing};
use super::super::super::shown::Shown;
use super::super::super::theme;
use super::super::super::widgets::muted;

/// The bar; nothing where no plans are compared.
pub fn compared_bar_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions) {
    let Some(on_canvas) = &shown.session.on_canvas else { return };
    let with = &on_canvas.with;
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            buttons_ui(ui, shown, actions);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.label(theme::icon(Icon::GitCompare, 14.0).color(theme::colour(ui, Role::Accent)));
                let words = theme::text(format!("Compared with {}", with.name), Weight::SemiBold, 12.5);
                ui.add(egui::Label::new(words).truncate());
            });
        });
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        signs_ui(ui, shown, with);
        if let Some(words) = stage_words(shown, with) {
            ui.label(muted(ui, words));
        }
        let is_known = shown.compared.is_some_and(|it| it.revision == shown.document.history.revision());
        if !is_known {
            ui.spinner();
            let words = if shown.compared.is_none() {
                "working out what is different…"
            } else {
                "the plan changed; what is different is being worked out again…"
            };
            ui.label(muted(ui, words));
        }
    });
}

/// Written from the right to the left.
fn buttons_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions) {
    let mut ask = |comparing| actions.push(Action::Comparing(comparing));
    if ui
        .button("End")
        .on_hover_text("End the comparison  (Esc)")
        .accessible_name("End the comparison")
        .clicked()
    {
        ask(Comparing::End);
    }
    let has_any = shown.compared.is_some_and(|it| it.lines().any(|line| !line.places.is_empty()));
    let says = "Makes this plan say everything that the other one says; cards stay where they are. One step, Ctrl Z \
                takes it back.";
    if ui.add_enabled(has_any, egui::Button::new("Take all")).on_hover_text(says).clicked() {
        ask(Comparing::TakeAll);
    }
    let says = "What was before is after: what is new is gone, and what is gone is new";
    if ui.button("Swap").on_hover_text(says).accessible_name("Swap before and after").clicked() {
        ask(Comparing::Swap);
    }
}

/// What the signs mean, with the names of both plans, and how many systems and flows have each.
fn signs_ui(ui: &mut Ui, shown: &Shown<'_>, with: &ComparedPlan) {
    let here = "this plan".to_owned();
    let (before, after) = if with.is_open_before { (&here, &with.name) } else { (&with.name, &here) };
    let scene = shown.scene;
    let count = |is: fn(Change) -> bool| {
        let cards = scene.cards.iter().filter(|card| is(card.change)).count();
        cards + scene.flows.iter().filter(|line| is(line.change)).count()
    };
    let new = count(|change| change == Change::New);
    let gone = count(|change| matches!(change, Change::Gone | Change::Replaced));
    let different = count(|change| change == Change::Changed);
    sign_ui(ui, Icon::Plus, Role::New, None, &format!("only in {after}: {new}"));
    let dots = Some((2.0, 4.0));
    sign_ui(ui, Icon::Minus, Role::Gone, dots, &format!("only in {before}, or re-routed: {gone}"));
    sign_ui(ui, Icon::Pencil, Role::Accent, None, &format!("in both, different: {different}"));
}

fn sign_ui(ui: &mut Ui, icon: Icon, role: Role, dash: Option<(f32, f32)>, words: &str) {
    let (rect, _) = ui.allocate_exact_size(vec2(24.0, 16.0), Sense::hover());
    let line = [pos2(rect.left() + 1.0, rect.center().y), pos2(rect.right() - 3.0, rect.center().y)];
    let stroke = Stroke::new(2.0, theme::colour(ui, role));
    match dash {
        Some((dash, gap)) => ui.painter().extend(egui::Shape::dashed_line(&line, stroke, dash, gap)),
        None if role == Role::New => _ = ui.painter().line_segment(line, stroke),
        None => {
            let pill = Rect::from_center_size(rect.center(), vec2(18.0, 12.0));
            let edge = Stroke::new(1.0, theme::colour(ui, role));
            let fill = theme::colour(ui, Role::Label);
            ui.painter().rect(pill, 6.0, fill, edge, egui::StrokeKind::Inside);
        }
    }
    ui.label(theme::icon(icon, 11.0).color(theme::colour(ui, role)));
    ui.label(theme::text(words, Weight::Regular, 11.5));
    ui.add_space(8.0);
}

/// Where the other plan does not have the shown stage, what is shown of it instead.
fn stage_words(shown: &Shown<'_>, with: &ComparedPlan) -> Option<String> {
    let (here, there) = (Timeline::new(shown.plan), Timeline::new(&with.plan));
    let at = shown.at().min(here.target());
    if there.place(here.stage(at)).is_some() {
        return None;
    }
    let seen = there.stage(here.place_in(at, &there));
    let (name, other) = (shown.plan.stage_name(here.stage(at)), with.plan.stage_name(seen));
    Some(format!("{} has no {name}; {other} is shown of it", with.name))
}
