//! The inspector: what is known of the selection, as a form; with nothing selected, of the plan.

mod area;
mod checklist;
mod claims;
mod compared;
mod decision;
mod domain;
mod flow;
mod gates;
mod here;
mod holdings;
mod judgement;
mod migration;
mod numbers;
mod operation;
mod payloads;
mod plan;
mod recommended;
mod several;
mod subscription;
mod system;
mod waves;

use egui::{ScrollArea, Ui};

use crate::rules::Subject;

use super::super::action::Actions;
use super::super::shown::Shown;

/// The form of what is selected.
pub fn inspector_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions) {
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - 6.0);
        if compared::compared_ui(ui, shown, actions) {
            return;
        }
        match shown.session.selection.as_slice() {
            [] | [Subject::Landscape | Subject::Wave(_)] => plan::plan_ui(ui, shown, actions),
            [Subject::System(id)] => system::system_ui(ui, shown, actions, id),
            [Subject::Flow(id)] => flow::flow_ui(ui, shown, actions, id),
            [Subject::Domain(id)] => domain::domain_ui(ui, shown, actions, id),
            several => several::several_ui(ui, shown, actions, several),
        }
        ui.add_space(12.0);
    });
}

/// The first field takes the keyboard where that was asked for.
fn focus_first(shown: &Shown<'_>, field: &egui::Response) {
    if shown.session.inspector_wants_focus {
        field.request_focus();
    }
}
