//! The findings of the shown stage: filtered, sorted under what people ask for, each with what mends it.

mod bar;
mod row;

use egui::{RichText, ScrollArea, Ui, vec2};
use lucide_icons::Icon;

use crate::rules::{Finding, Group, GroupBy, grouped};
use crate::scene::text::Weight;

use super::super::action::{Action, Actions};
use super::super::session::FindingsView;
use super::super::shown::Shown;
use super::super::theme;
use super::super::widgets::{Word, list_row_ui, muted, paint_icon, paint_word, severity_role};
use row::{ROW, finding_ui};

/// A row of the list.
enum Row<'f> {
    /// What the findings below have in common; whether they are shown.
    Group(Group<'f>, bool),
    /// A finding, set in where it belongs to a group.
    Finding(&'f Finding, bool),
}

/// The findings as a list under a row of filters.
pub fn findings_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions) {
    let view = &shown.session.findings_view;
    let all: Vec<_> = shown.findings().collect();
    let accepted = shown.accepted().count();
    bar::bar_ui(ui, view, all.len(), accepted, actions);
    let listed: Vec<_> = if view.shows_accepted { shown.accepted().collect() } else { all.clone() };
    let found: Vec<_> = listed.iter().copied().filter(|finding| view.admits(finding)).collect();
    if found.is_empty() {
        empty_ui(ui, shown, listed.len());
        return;
    }
    let rows = rows(shown, view, &found);
    ui.spacing_mut().item_spacing.y = 2.0;
    ScrollArea::vertical().auto_shrink([false, false]).show_rows(ui, ROW, rows.len(), |ui, visible| {
        for row in &rows[visible] {
            match row {
                Row::Group(group, is_open) => group_ui(ui, view, actions, group, *is_open),
                Row::Finding(finding, is_set_in) => finding_ui(ui, shown, actions, finding, *is_set_in),
            }
        }
    });
}

fn empty_ui(ui: &mut Ui, shown: &Shown<'_>, hidden: usize) {
    let view = &shown.session.findings_view;
    ui.add_space(10.0);
    let words = match hidden {
        0 if shown.plan.systems.is_empty() => {
            "Nothing is drawn yet: press S on the canvas, type a name and Enter.".to_owned()
        }
        0 if view.shows_accepted => "Nothing is accepted at this stage.".to_owned(),
        0 => "Nothing contradicts itself at this stage.".to_owned(),
        hidden => format!("The filter hides all {hidden} findings of this stage."),
    };
    ui.label(muted(ui, words));
}

fn rows<'f>(shown: &Shown<'f>, view: &FindingsView, found: &[&'f Finding]) -> Vec<Row<'f>> {
    let groups = grouped(shown.plan, view.group_by, found);
    let mut rows = Vec::new();
    for group in groups {
        // A cause with one finding needs no line of its own.
        if view.group_by == GroupBy::Cause && group.findings.len() == 1 {
            rows.push(Row::Finding(group.findings[0], false));
            continue;
        }
        let is_open = view.opened.contains(&group.title);
        let findings = if is_open { group.findings.clone() } else { Vec::new() };
        rows.push(Row::Group(group, is_open));
        rows.extend(findings.into_iter().map(|finding| Row::Finding(finding, true)));
    }
    rows
}

fn group_ui(ui: &mut Ui, view: &FindingsView, actions: &mut Actions, group: &Group<'_>, is_open: bool) {
    let count = group.findings.len();
    let state = if is_open { "open" } else { "closed" };
    let name = format!("{}, {count} findings, {state}", group.title);
    let response = list_row_ui(ui, ROW, false, &name);
    let rect = response.rect.shrink2(vec2(8.0, 0.0));
    let role = severity_role(group.severity());
    let arrow = if is_open { Icon::ChevronDown } else { Icon::ChevronRight };
    paint_icon(ui, egui::pos2(rect.left() + 6.0, rect.center().y), arrow, 13.0, role);
    let look = Word { weight: Weight::SemiBold, ..Word::NAME };
    let words = rect.with_min_x(rect.left() + 20.0);
    let end = paint_word(ui, words, egui::Align2::LEFT_CENTER, &group.title, look).right();
    let behind = rect.with_min_x(end + 8.0);
    paint_word(ui, behind, egui::Align2::LEFT_CENTER, &count.to_string(), Word::MUTED);
    if response.clicked() {
        let mut view = view.clone();
        if !view.opened.remove(&group.title) {
            view.opened.insert(group.title.clone());
        }
        actions.push(Action::SetFindingsView(view));
    }
}

/// A small word on a chip-like button.
fn chip_text(words: impl Into<String>) -> RichText {
    theme::text(words, Weight::Medium, 11.0)
}
