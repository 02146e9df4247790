//! The gates of the plan: which it passes, and what is in the way of the others.

use egui::{CollapsingHeader, Id, Ui};
use lucide_icons::Icon;

use crate::model::Aim;
use crate::rules::{Gate, Place, Subject};
use crate::scene::Role;
use crate::scene::text::{self, Weight};

use super::super::super::action::{Action, Actions};
use super::super::super::shown::Shown;
use super::super::super::theme;
use super::super::super::widgets::caption_ui;
use super::here::findings_ui;

/// Each gate as a line that opens: ready or not, and what is missing.
pub fn gates_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions) {
    caption_ui(ui, "Gates");
    for gate in &shown.knowledge.gates {
        gate_ui(ui, shown, actions, gate);
    }
}

fn gate_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, gate: &Gate) {
    let name = capitalised(&gate.name(shown.plan));
    if gate.is_open() {
        ui.horizontal(|ui| {
            ui.add_space(2.0);
            ui.label(theme::icon(Icon::CircleCheck, 13.0).color(theme::colour(ui, Role::New)));
            let fitting = text::fit(&name, Weight::Medium, 12.0, ui.available_width() - 4.0);
            ui.label(theme::text(fitting, Weight::Medium, 12.0)).on_hover_text(&name);
        });
        return;
    }
    let missing = gate.findings.len() + gate.undecided.len();
    let words = format!("{name}: {missing} in the way");
    let key = Id::unique(("gate", gate.aim, gate.wave.as_ref().map(ToString::to_string)));
    // The arrow stands before it; a wave's long name must not widen the panel.
    let fitting = text::fit(&words, Weight::Medium, 12.0, ui.available_width() - 28.0);
    let title = theme::text(fitting, Weight::Medium, 12.0);
    let is_next = shown.plan.aim == gate.aim && gate.aim != Aim::Cutover;
    CollapsingHeader::new(title).id_salt(key).default_open(is_next).show(ui, |ui| {
        for id in &gate.undecided {
            let words = format!("{}: undecided, without an open decision", shown.plan.system_name(id));
            let link = ui.link(theme::text(words, Weight::Regular, 12.0));
            if link.on_hover_text("Say who decides and until when").clicked() {
                actions.push(Action::OpenPlace(Place::Inspector(Subject::System(id.clone()))));
            }
        }
        findings_ui(ui, shown, actions, &gate.findings.iter().collect::<Vec<_>>());
    });
}

fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default() + letters.as_str()
}
