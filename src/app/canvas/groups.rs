//! The boxes of an overview as things to click, focus and open, and the way back from an open one.

use egui::{Align2, Button, Id, Key, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};
use lucide_icons::Icon;

use crate::rules::Subject;
use crate::scene::text::Weight;
use crate::scene::{GroupBox, Role, Zone};

use super::super::action::{Action, Actions};
use super::super::theme;
use super::super::widgets::muted;
use super::{Canvas, rect_from_area};

/// The boxes in sight.
pub(super) fn groups_ui(ui: &mut Ui, canvas: &Canvas<'_>, actions: &mut Actions) {
    for group in &canvas.shown.scene.groups {
        let rect = canvas.screen(rect_from_area(group.rect.into()));
        if canvas.rect.intersects(rect) {
            group_ui(ui, canvas, group, rect, actions);
        }
    }
}

fn group_ui(ui: &mut Ui, canvas: &Canvas<'_>, group: &GroupBox, rect: Rect, actions: &mut Actions) {
    let response = ui.interact(rect, Id::unique(("group", &group.id)), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, group.title()));
    if is_selected(canvas, group) {
        ring(ui, rect.expand(3.0), Role::Selection, 2.0);
    } else if response.hovered() || response.has_focus() {
        ring(ui, rect, Role::Accent, 1.5);
    }
    if response.hovered() {
        response.clone().on_hover_text(format!("{}. Double click or Enter opens it.", group.title()));
    }
    choose(ui, group, &response, actions);
}

fn ring(ui: &Ui, rect: Rect, role: Role, width: f32) {
    let stroke = Stroke::new(width, theme::colour(ui, role));
    ui.painter().rect_stroke(rect, 8.0, stroke, StrokeKind::Middle);
}

fn is_selected(canvas: &Canvas<'_>, group: &GroupBox) -> bool {
    let selection = &canvas.shown.session.selection;
    let first = group.systems.first().map(|id| Subject::System(id.clone()));
    // A selection of other things is not looked through for every box.
    !group.systems.is_empty()
        && selection.len() >= group.systems.len()
        && first.is_some_and(|first| selection.contains(&first))
}

fn choose(ui: &Ui, group: &GroupBox, response: &Response, actions: &mut Actions) {
    let enters =
        response.has_focus() && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::Enter));
    if response.double_clicked() || enters {
        actions.push(Action::SetZone(Zone::Group(group.id.clone())));
    } else if response.clicked() || response.gained_focus() {
        let systems = group.systems.iter().cloned().map(Subject::System);
        actions.push(Action::Select(systems.collect()));
        response.request_focus();
    }
}

/// Where one is, and the way back, in the upper left corner.
pub(super) fn way_back_ui(ui: &Ui, canvas: &Canvas<'_>, actions: &mut Actions) {
    let scene = canvas.shown.scene;
    let words = match &scene.zone {
        Zone::Whole => return,
        Zone::Overview => {
            let count = scene.groups.len();
            let open = "double click or Enter opens one";
            match scene.weak_bundles {
                0 => format!("{count} groups · {open}"),
                _ => format!("{count} groups · {open} · {}", scene.weak_words()),
            }
        }
        Zone::Group(_) => format!("{} systems · Esc goes back", scene.cards.len()),
    };
    let area = egui::Area::new(Id::unique("way back")).order(egui::Order::Middle);
    let area = area.pivot(Align2::LEFT_TOP).fixed_pos(canvas.rect.min + vec2(10.0, 8.0));
    area.show(ui.ctx(), |ui| {
        let frame = egui::Frame::new().fill(theme::colour(ui, Role::Panel)).corner_radius(6).inner_margin(4);
        frame.stroke(Stroke::new(1.0, theme::colour(ui, Role::CardBorder))).show(ui, |ui| {
            ui.horizontal(|ui| {
                if scene.zone == Zone::Overview {
                    ui.label(theme::text("Overview", Weight::SemiBold, 12.5));
                } else {
                    let button =
                        ui.add(Button::new("Overview").small()).on_hover_text("Back to the overview  (Esc)");
                    if button.accessible_name("Back to the overview").clicked() {
                        actions.push(Action::SetZone(Zone::Overview));
                    }
                    ui.label(theme::icon(Icon::ChevronRight, 11.0));
                    ui.label(theme::text(&scene.open_group, Weight::SemiBold, 12.5));
                }
                ui.label(muted(ui, words));
                if ui
                    .add(Button::new("Every system").small())
                    .on_hover_text("Leave the overview  (O)")
                    .clicked()
                {
                    actions.push(Action::SetZone(Zone::Whole));
                }
            });
        });
    });
}
