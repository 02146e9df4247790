//! The inspector of several elements: what can be said of all of them at once.

use egui::Ui;

use crate::rules::Subject;
use crate::scene::text::Weight;

use super::super::super::action::{Action, Actions};
use super::super::super::shown::Shown;
use super::super::super::theme;
use super::super::super::widgets::{caption_ui, disposition_buttons_ui, muted};
use super::here::findings_here_ui;

const NAMED: usize = 12;

/// Several elements.
pub fn several_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, subjects: &[Subject]) {
    ui.label(theme::text(format!("{} selected", subjects.len()), Weight::SemiBold, 15.0));
    let count = |is: fn(&Subject) -> bool, word: &str| {
        let count = subjects.iter().filter(|subject| is(subject)).count();
        (count > 0).then(|| format!("{count} {word}{}", if count == 1 { "" } else { "s" }))
    };
    let kinds = [
        count(|subject| matches!(subject, Subject::System(_)), "system"),
        count(|subject| matches!(subject, Subject::Flow(_)), "flow"),
        count(|subject| matches!(subject, Subject::Domain(_)), "domain"),
    ];
    ui.label(muted(ui, kinds.into_iter().flatten().collect::<Vec<_>>().join(", ")));
    let systems: Vec<_> =
        shown.session.selected_systems().filter_map(|id| shown.plan.systems.get(id)).collect();
    if let Some((first, others)) = systems.split_first() {
        caption_ui(ui, "Disposition of all");
        let is_same = others.iter().all(|system| system.disposition == first.disposition);
        let current = is_same.then_some(first.disposition);
        actions.extend(disposition_buttons_ui(ui, current).map(Action::SetDisposition));
        let ids: Vec<_> = shown.session.selected_systems().collect();
        super::area::area_ui(ui, shown, actions, &ids);
    }
    caption_ui(ui, "Selected");
    for subject in subjects.iter().take(NAMED) {
        if ui.link(shown.name_of(subject)).clicked() {
            actions.push(Action::Select(vec![subject.clone()]));
        }
    }
    if subjects.len() > NAMED {
        ui.label(muted(ui, format!("and {} more", subjects.len() - NAMED)));
    }
    findings_here_ui(ui, shown, actions, subjects);
}
