//! Commands on the landscape: tools, systems, flows, dispositions, questions, fixes.

use egui::Key;

use crate::edit::{Edit, add_domain, add_wave};
use crate::model::{DataDomain, Disposition, SystemId, Wave};
use crate::rules::{Place, Subject};

use super::super::action::{Action, Actions, commit};
use super::super::session::{Dialog, Tool};
use super::super::shown::Shown;
use super::{Command, Menu, always, control, has_selected_systems, plain, shift};

const MENU: Menu = Menu::Plan;

const fn disposition(
    id: &'static str,
    title: &'static str,
    keys: &'static [egui::KeyboardShortcut],
    run: fn(&Shown<'_>, &mut Actions),
) -> Command {
    Command { id, title, menu: MENU, keys, is_enabled: has_selected_systems, run }
}

/// The commands of this menu.
pub const COMMANDS: &[Command] = &[
    Command {
        id: "plan.add-system",
        title: "Add a system",
        menu: MENU,
        keys: &[plain(Key::S)],
        is_enabled: always,
        run: |_, actions| actions.push(Action::AddSystem(None)),
    },
    Command {
        id: "plan.connect",
        title: "Connect the selected system…",
        menu: MENU,
        keys: &[plain(Key::F)],
        is_enabled: |shown| !shown.plan.systems.is_empty(),
        run: connect,
    },
    Command {
        id: "plan.add-domain",
        title: "Add a data domain",
        menu: MENU,
        keys: &[shift(Key::D)],
        is_enabled: always,
        run: |shown, actions| {
            let id = shown.plan.free_domain_id("New domain");
            commit(actions, "Add a data domain", [add_domain(id.clone(), DataDomain::named("New domain"))]);
            actions.extend([Action::Select(vec![Subject::Domain(id)]), Action::FocusInspector]);
        },
    },
    Command {
        id: "plan.add-wave",
        title: "Add a wave",
        menu: MENU,
        keys: &[shift(Key::W)],
        is_enabled: always,
        run: |shown, actions| {
            let order = shown.plan.waves.values().map(|wave| wave.order).max().unwrap_or_default() + 1;
            let name = format!("Wave {order}");
            let wave = Wave { name: name.clone(), order, ..Wave::default() };
            commit(actions, format!("Add {name}"), [add_wave(shown.plan.free_wave_id(&name), wave)]);
        },
    },
    disposition("plan.integrate", "Integrate", &[plain(Key::Num1)], |_, actions| {
        actions.push(Action::SetDisposition(Disposition::Integrate));
    }),
    disposition("plan.migrate", "Migrate", &[plain(Key::Num2)], |_, actions| {
        actions.push(Action::SetDisposition(Disposition::Migrate));
    }),
    disposition("plan.federate", "Federate", &[plain(Key::Num3)], |_, actions| {
        actions.push(Action::SetDisposition(Disposition::Federate));
    }),
    disposition("plan.retire", "Retire", &[plain(Key::Num4)], |_, actions| {
        actions.push(Action::SetDisposition(Disposition::Retire));
    }),
    disposition("plan.undecide", "Undecided", &[plain(Key::Num0)], |_, actions| {
        actions.push(Action::SetDisposition(Disposition::Undecided));
    }),
    Command {
        id: "plan.focal",
        title: "Make it the focal system",
        menu: MENU,
        keys: &[],
        is_enabled: |shown| matches!(shown.only_selected(), Some(Subject::System(_))),
        run: |shown, actions| {
            if let Some(Subject::System(id)) = shown.only_selected() {
                let label = format!("{} is the focal system", shown.plan.system_name(id));
                commit(actions, label, [Edit::FocalSystem(Some(id.clone()))]);
            }
        },
    },
    Command {
        id: "plan.fix",
        title: "Preview the fixes of the finding…",
        menu: MENU,
        keys: &[control(Key::Period)],
        is_enabled: |shown| shown.session.finding.is_some() || shown.findings().next().is_some(),
        run: |shown, actions| {
            let finding = shown.session.finding.clone().or_else(|| shown.findings().next().cloned());
            actions.extend(finding.map(Action::PreviewFixes));
        },
    },
    Command {
        id: "plan.questions",
        title: "Ask the questions about the system…",
        menu: MENU,
        keys: &[plain(Key::Q)],
        is_enabled: |shown| to_ask_about(shown).is_some(),
        run: |shown, actions| {
            actions.extend(to_ask_about(shown).map(|id| Action::OpenPlace(Place::Questions(id))));
        },
    },
    Command {
        id: "plan.weights",
        title: "Weights of the questions…",
        menu: MENU,
        keys: &[],
        is_enabled: always,
        run: |_, actions| actions.push(Action::SetDialog(Some(Dialog::Weights))),
    },
    Command {
        id: "plan.tool-select",
        title: "Select tool",
        menu: MENU,
        keys: &[plain(Key::V)],
        is_enabled: always,
        run: |_, actions| actions.push(Action::UseTool(Tool::Select)),
    },
    Command {
        id: "plan.tool-hand",
        title: "Hand tool",
        menu: MENU,
        keys: &[plain(Key::H)],
        is_enabled: always,
        run: |_, actions| actions.push(Action::UseTool(Tool::Hand)),
    },
];

/// The selected system, if a disposition is asked for it; with no system selected, the first that has
/// questions without an answer.
fn to_ask_about(shown: &Shown<'_>) -> Option<SystemId> {
    let known = &shown.knowledge.recommendations;
    match shown.session.selected_systems().next() {
        Some(selected) => known.contains_key(selected).then(|| selected.clone()),
        None => known.iter().find(|(_, it)| it.remaining().next().is_some()).map(|(id, _)| id.clone()),
    }
}

/// Two selected systems are connected; one asks for the other end; none starts the flow tool.
fn connect(shown: &Shown<'_>, actions: &mut Actions) {
    let systems: Vec<_> = shown.session.selected_systems().cloned().collect();
    match systems.as_slice() {
        [from, to] => actions.push(Action::Connect { from: from.clone(), to: to.clone(), via: None }),
        [from] => {
            let dialog = Dialog::Connect { from: from.clone(), via: None, query: String::new() };
            actions.push(Action::SetDialog(Some(dialog)));
        }
        _ => actions.push(Action::UseTool(Tool::Flow)),
    }
}
