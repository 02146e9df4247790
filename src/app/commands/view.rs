//! Commands on what is seen: zoom, stage, panels, theme.

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::rules::Finding;
use crate::scene::{View, Zone};

use super::super::action::{Action, Actions};
use super::super::session::{Camera, Panel, Tab};
use super::super::shown::Shown;
use super::{Command, Menu, always, control, control_shift, has_selection, plain, shift};

const MENU: Menu = Menu::View;
const ZOOM_STEP: f32 = 1.2;

/// The commands of this menu.
pub const COMMANDS: &[Command] = &[
    Command {
        id: "view.zoom-in",
        title: "Zoom in",
        menu: MENU,
        keys: &[control(Key::Plus), control(Key::Equals)],
        is_enabled: always,
        run: |_, actions| actions.push(Action::Zoom(ZOOM_STEP)),
    },
    Command {
        id: "view.zoom-out",
        title: "Zoom out",
        menu: MENU,
        keys: &[control(Key::Minus)],
        is_enabled: always,
        run: |_, actions| actions.push(Action::Zoom(1.0 / ZOOM_STEP)),
    },
    Command {
        id: "view.zoom-actual",
        title: "Zoom to 100 %",
        menu: MENU,
        keys: &[control(Key::Num0)],
        is_enabled: always,
        run: |shown, actions| {
            actions.push(Action::Zoom(1.0 / shown.session.camera.unwrap_or(Camera::default()).zoom));
        },
    },
    Command {
        id: "view.fit",
        title: "Show everything",
        menu: MENU,
        keys: &[shift(Key::Num1), plain(Key::Home)],
        is_enabled: always,
        run: |_, actions| actions.push(Action::Fit { selection: false }),
    },
    Command {
        id: "view.fit-selection",
        title: "Show the selection",
        menu: MENU,
        keys: &[shift(Key::Num2)],
        is_enabled: has_selection,
        run: |_, actions| actions.push(Action::Fit { selection: true }),
    },
    Command {
        id: "view.next-stage",
        title: "Next stage",
        menu: MENU,
        keys: &[plain(Key::CloseBracket)],
        is_enabled: |shown| shown.at() + 1 < shown.knowledge.stages.len(),
        run: |shown, actions| actions.push(Action::SetStage(shown.at() + 1)),
    },
    Command {
        id: "view.previous-stage",
        title: "Previous stage",
        menu: MENU,
        keys: &[plain(Key::OpenBracket)],
        is_enabled: |shown| shown.at() > 0,
        run: |shown, actions| actions.push(Action::SetStage(shown.at() - 1)),
    },
    Command {
        id: "view.difference",
        title: "Compare with today",
        menu: MENU,
        keys: &[plain(Key::D)],
        is_enabled: always,
        run: |shown, actions| actions.push(Action::SetDifference(!shown.session.difference)),
    },
    Command {
        id: "view.business",
        title: "Hide hubs: source to target",
        menu: MENU,
        keys: &[plain(Key::B)],
        is_enabled: always,
        run: |shown, actions| {
            let is_business = shown.session.view == View::Business;
            actions.push(Action::SetView(if is_business { View::Technical } else { View::Business }));
        },
    },
    Command {
        id: "view.overview",
        title: "Overview, or every system",
        menu: MENU,
        keys: &[plain(Key::O)],
        is_enabled: |shown| !shown.plan.systems.is_empty(),
        run: |shown, actions| {
            let is_whole = shown.scene.zone == Zone::Whole;
            actions.push(Action::SetZone(if is_whole { Zone::Overview } else { Zone::Whole }));
        },
    },
    Command {
        id: "view.overview-open",
        title: "Open the group of the selection",
        menu: MENU,
        keys: &[shift(Key::O)],
        is_enabled: |shown| shown.session.selected_systems().next().is_some(),
        run: |_, actions| actions.push(Action::OpenGroup),
    },
    Command {
        id: "view.next-finding",
        title: "Next finding",
        menu: MENU,
        keys: &[plain(Key::F8)],
        is_enabled: |shown| shown.findings().next().is_some(),
        run: |shown, actions| step_through_findings(shown, actions, true),
    },
    Command {
        id: "view.previous-finding",
        title: "Previous finding",
        menu: MENU,
        keys: &[shift(Key::F8)],
        is_enabled: |shown| shown.findings().next().is_some(),
        run: |shown, actions| step_through_findings(shown, actions, false),
    },
    Command {
        id: "view.findings",
        title: "Findings",
        menu: MENU,
        keys: &[control_shift(Key::M)],
        is_enabled: always,
        run: |_, actions| actions.push(Action::ShowTab(Tab::Findings)),
    },
    Command {
        id: "view.ownership",
        title: "Data ownership",
        menu: MENU,
        keys: &[control_shift(Key::O)],
        is_enabled: always,
        run: |_, actions| actions.push(Action::ShowTab(Tab::Ownership)),
    },
    Command {
        id: "view.interfaces",
        title: "Interfaces",
        menu: MENU,
        keys: &[control_shift(Key::I)],
        is_enabled: always,
        run: |_, actions| actions.push(Action::ShowTab(Tab::Interfaces)),
    },
    Command {
        id: "view.decisions",
        title: "Decisions",
        menu: MENU,
        keys: &[control_shift(Key::D)],
        is_enabled: always,
        run: |_, actions| actions.extend([Action::ShowTab(Tab::Decisions), Action::FocusDecisions]),
    },
    Command {
        id: "view.outline",
        title: "Left panel",
        menu: MENU,
        keys: &[control(Key::B)],
        is_enabled: always,
        run: |_, actions| actions.push(Action::TogglePanel(Panel::Outline)),
    },
    Command {
        id: "view.inspector",
        title: "Right panel",
        menu: MENU,
        keys: &[KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::ALT), Key::B)],
        is_enabled: always,
        run: |_, actions| actions.push(Action::TogglePanel(Panel::Inspector)),
    },
    Command {
        id: "view.lower",
        title: "Lower panel",
        menu: MENU,
        keys: &[control(Key::J)],
        is_enabled: always,
        run: |_, actions| actions.push(Action::TogglePanel(Panel::Lower)),
    },
    Command {
        id: "view.theme-system",
        title: "Colours as the system",
        menu: MENU,
        keys: &[],
        is_enabled: |shown| shown.preferences.is_dark.is_some(),
        run: |_, actions| actions.push(Action::SetTheme(None)),
    },
    Command {
        id: "view.theme-light",
        title: "Light colours",
        menu: MENU,
        keys: &[],
        is_enabled: |shown| shown.preferences.is_dark != Some(false),
        run: |_, actions| actions.push(Action::SetTheme(Some(false))),
    },
    Command {
        id: "view.theme-dark",
        title: "Dark colours",
        menu: MENU,
        keys: &[],
        is_enabled: |shown| shown.preferences.is_dark != Some(true),
        run: |_, actions| actions.push(Action::SetTheme(Some(true))),
    },
];

fn step_through_findings(shown: &Shown<'_>, actions: &mut Actions, forward: bool) {
    let findings: Vec<&Finding> = shown.findings().collect();
    let now = shown.session.finding.as_ref();
    let place = now.and_then(|now| findings.iter().position(|finding| finding.is_same(now)));
    let count = findings.len();
    let next = match (place, forward) {
        (None, true) => 0,
        (None, false) => count - 1,
        (Some(place), true) => (place + 1) % count,
        (Some(place), false) => (place + count - 1) % count,
    };
    actions.extend([Action::ShowTab(Tab::Findings), Action::ShowFinding(findings[next].clone())]);
}
