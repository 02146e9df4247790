//! The top bar (menus, file, stages, tools, search) and the status bar.

use egui::containers::menu::{MenuBar, MenuButton};
use egui::{Align, Button, Layout, RichText, Ui};
use lucide_icons::Icon;

use crate::arrange::Page;
use crate::model::Stage;
use crate::numbers::MEASURES;
use crate::rules::{Severity, StageNumbers};
use crate::scene::text::Weight;
use crate::scene::{Role, View, Zone};

use super::super::action::{Action, Actions, Arranging};
use super::super::commands::{self, Menu};
use super::super::comparing::Comparing;
use super::super::keeping::file_name;
use super::super::session::{Dialog, Tool};
use super::super::shown::Shown;
use super::super::{samples, theme};
use super::standing::standing_ui;

/// The top bar.
pub fn top_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions) {
    MenuBar::new().ui(ui, |ui| {
        for menu in Menu::ALL {
            MenuButton::new(menu.title()).ui(ui, |ui| menu_ui(ui, menu, shown, actions));
        }
        ui.add_space(14.0);
        file_ui(ui, shown);
        ui.add_space(14.0);
        stages_ui(ui, shown, actions);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| search_ui(ui, actions));
    });
    ui.horizontal(|ui| tools_ui(ui, shown, actions));
}

fn menu_ui(ui: &mut Ui, menu: Menu, shown: &Shown<'_>, actions: &mut Actions) {
    ui.set_min_width(250.0);
    for command in commands::all().filter(|command| command.menu == menu) {
        let keys = command.keys.first().map(|keys| commands::keys_text(ui.ctx(), *keys)).unwrap_or_default();
        let button = Button::new(command.title_now(shown)).shortcut_text(keys);
        let button = ui.add_enabled((command.is_enabled)(shown), button);
        let why_not = if button.enabled() { None } else { command.why_not(shown) };
        let button = match why_not {
            Some(reason) => button.on_disabled_hover_text(reason),
            None => button,
        };
        if button.clicked() {
            (command.run)(shown, actions);
            ui.close();
        }
        if command.id == "file.open" {
            recent_ui(ui, shown, actions);
        }
        if command.id == "file.compare" {
            ui.menu_button("Compare with recent", |ui| {
                paths_ui(ui, shown, |path| {
                    actions.push(Action::Comparing(Comparing::File(path)));
                });
            });
        }
    }
}

fn recent_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions) {
    ui.menu_button("Open recent", |ui| {
        paths_ui(ui, shown, |path| actions.push(Action::Open(path)));
    });
    ui.menu_button("Open a sample", |ui| {
        for sample in samples::ALL {
            if ui.button(sample.title).on_hover_text(sample.story).clicked() {
                actions.push(Action::OpenSample(sample.name));
                ui.close();
            }
        }
    });
}

/// The files that were opened or saved last.
fn paths_ui(ui: &mut Ui, shown: &Shown<'_>, mut choose: impl FnMut(std::path::PathBuf)) {
    for path in &shown.preferences.recent {
        let is_there = path.exists();
        let words =
            if is_there { path.display().to_string() } else { "This file is not there any more".to_owned() };
        let button = ui.add_enabled(is_there, Button::new(file_name(path)));
        if button.on_hover_text(&words).on_disabled_hover_text(&words).clicked() {
            choose(path.clone());
            ui.close();
        }
    }
    if shown.preferences.recent.is_empty() {
        ui.label("No plan was opened yet");
    }
}

fn file_ui(ui: &mut Ui, shown: &Shown<'_>) {
    let name = ui.label(theme::text(shown.document.title(), Weight::SemiBold, 13.0));
    if let Some(path) = &shown.document.path {
        name.on_hover_text(path.display().to_string());
    }
    if shown.document.history.is_unsaved() {
        ui.label(RichText::new("●").color(theme::colour(ui, Role::Accent)).size(9.0));
        ui.label(RichText::new("edited").color(theme::colour(ui, Role::TextMuted)));
    }
}

/// The stages as a row of switches, and the difference to today.
fn stages_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions) {
    for (at, stage) in shown.knowledge.stages.iter().enumerate() {
        let name = shown.plan.stage_name(stage);
        let errors =
            shown.knowledge.findings.at(at).filter(|finding| finding.severity == Severity::Error).count();
        let badge = if errors == 0 { String::new() } else { errors.to_string() };
        let badge = RichText::new(badge).size(10.0).color(theme::colour(ui, Role::Error));
        let button = ui.add(Button::selectable(at == shown.at(), (name, badge)));
        let errors = format!("{errors} {}", if errors == 1 { "error" } else { "errors" });
        let says = format!("Show {name}, {errors}  ( [ and ] )");
        button.widget_info(|| {
            egui::WidgetInfo::selected(egui::Role::Button, true, at == shown.at(), format!("Stage {name}"))
        });
        if button.on_hover_text(says).clicked() {
            actions.push(Action::SetStage(at));
        }
    }
    let is_on = shown.session.difference;
    let is_useful = *shown.stage() != Stage::Today;
    let button = ui.add_enabled(is_useful, Button::selectable(is_on, "Δ"));
    button.widget_info(|| {
        egui::WidgetInfo::selected(egui::Role::CheckBox, is_useful, is_on, "Compare with today")
    });
    let says = match &shown.session.on_canvas {
        Some(on_canvas) => {
            format!("Compare with today  (D); the comparison with {} ends", on_canvas.with.name)
        }
        None => "Compare with today  (D)".to_owned(),
    };
    if button.on_hover_text(says).clicked() {
        actions.push(Action::SetDifference(!is_on));
    }
}

fn search_ui(ui: &mut Ui, actions: &mut Actions) {
    let button =
        Button::new(RichText::new("Run a command   Ctrl K").color(theme::colour(ui, Role::TextMuted)));
    if ui.add(button.min_size(egui::vec2(230.0, 24.0))).clicked() {
        actions.push(Action::SetDialog(Some(Dialog::Palette { query: String::new() })));
    }
}

fn tools_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions) {
    let tools = [
        (Tool::Select, Icon::MousePointer2, "Select", "V"),
        (Tool::Hand, Icon::Hand, "Hand", "H"),
        (Tool::System, Icon::SquarePlus, "System", "S"),
        (Tool::Flow, Icon::MoveRight, "Flow", "F"),
        (Tool::Area, Icon::SquareDashed, "Area", "A"),
    ];
    for (tool, icon, word, key) in tools {
        let text = format!("{} {word}", icon.unicode());
        let button =
            ui.selectable_label(shown.session.tool == tool, text).on_hover_text(format!("{word}  ({key})"));
        button.widget_info(|| {
            egui::WidgetInfo::selected(
                egui::Role::Button,
                true,
                shown.session.tool == tool,
                format!("{word} tool"),
            )
        });
        if button.clicked() {
            actions.push(Action::UseTool(tool));
        }
    }
    ui.separator();
    if ui
        .button("Arrange")
        .on_hover_text(
            "Arrange all cards anew, round the pinned ones; one step, Ctrl Z takes it back  (Ctrl L)",
        )
        .accessible_name("Arrange all")
        .clicked()
    {
        actions.push(Action::Arrange(Arranging::All(Page::Screen)));
    }
    if ui.button("Fit").on_hover_text("Show everything  (Shift 1)").clicked() {
        actions.push(Action::Fit { selection: false });
    }
    let is_overview = shown.scene.zone != Zone::Whole;
    let button = ui.selectable_label(is_overview, "Overview");
    button.widget_info(|| {
        egui::WidgetInfo::selected(egui::Role::CheckBox, true, is_overview, "Show the overview")
    });
    if button.on_hover_text("Groups of systems, or every system  (O)").clicked() {
        actions.push(Action::SetZone(if is_overview { Zone::Whole } else { Zone::Overview }));
    }
    let views = [
        (View::Technical, "Technical view", "The real path of each flow, over its hub"),
        (View::Business, "Business view", "From source to target, hubs hidden"),
    ];
    for (view, word, says) in views {
        let has_hubs = shown.plan.systems.values().any(|system| system.is_hub());
        let button = Button::selectable(shown.session.view == view, word);
        let button = ui.add_enabled(has_hubs, button).on_hover_text(says);
        if button.on_disabled_hover_text("The plan has no hub: both views are the same").clicked() {
            actions.push(Action::SetView(view));
        }
    }
}

/// How much the status bar needs for its numbers beside a message, in points.
const ROOM_FOR_ALL: f32 = 1150.0;

/// The status bar.
pub fn status_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions) {
    let muted = theme::colour(ui, Role::TextMuted);
    let small = |text: String| RichText::new(text).size(11.0).color(muted);
    ui.horizontal(|ui| {
        let plan = shown.plan;
        let count =
            |number: usize, word: &str| format!("{number} {word}{}", if number == 1 { "" } else { "s" });
        let counts = [
            count(plan.systems.len(), "system"),
            count(plan.flows.len(), "flow"),
            count(plan.domains.len(), "domain"),
        ];
        ui.label(small(format!("Whole plan: {}", counts.join(" · "))));
        ui.add_space(18.0);
        // What is said now goes before numbers that stand elsewhere too.
        let has_room = shown.session.message.is_empty() || ui.available_width() > ROOM_FOR_ALL;
        if has_room
            && let (Some(today), Some(target)) = (shown.knowledge.row.first(), shown.knowledge.row.last())
        {
            ui.label(small(in_short(today, target)));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let zoom = shown.session.camera.unwrap_or_default().zoom;
            ui.label(small(format!("{:.0} %", zoom * 100.0)));
            standing_ui(ui, shown, actions);
            if shown.is_stale {
                ui.spinner();
                ui.label(small("working out what follows…".to_owned()));
            }
            let message = RichText::new(&shown.session.message).size(11.0);
            ui.add(egui::Label::new(message).truncate());
        });
    });
}

/// Three numbers, today → target.
fn in_short(today: &StageNumbers, target: &StageNumbers) -> String {
    let wanted = ["direct_links", "contested_domains", "propagation_cost"];
    let measures = MEASURES.iter().filter(|measure| wanted.contains(&measure.key));
    let words: Vec<_> = measures
        .map(|measure| format!("{} {} → {}", measure.label, measure.text(today), measure.text(target)))
        .collect();
    words.join(" · ")
}
