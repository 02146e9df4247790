//! Dialogs in which something is chosen from a list by typing: commands, objects, the end of a flow, an area.

use egui::{Id, Key, Modifiers, RichText, ScrollArea, TextEdit, Ui};
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::model::SystemId;
use crate::rules::Subject;
use crate::scene::{Role, kind_words};

use super::super::action::{Action, Actions};
use super::super::commands;
use super::super::session::Dialog;
use super::super::shown::Shown;
use super::super::theme;

/// How many entries are listed.
const LISTED: usize = 12;

/// An entry of a list.
struct Entry<T> {
    label: String,
    aside: String,
    value: T,
}

/// Runs a command by name.
pub(super) fn palette_ui(ui: &mut Ui, shown: &Shown<'_>, query: &str, actions: &mut Actions) {
    let enabled = commands::all().filter(|command| (command.is_enabled)(shown));
    let entries = enabled.map(|command| {
        let keys = command.keys.first().map(|keys| commands::keys_text(ui.ctx(), *keys)).unwrap_or_default();
        let label = format!("{}: {}", command.menu.title(), command.title_now(shown));
        Entry { label, aside: keys, value: command }
    });
    let entries = matching(query, entries.collect());
    let wrap = |query| Dialog::Palette { query };
    if let Some(command) = list_ui(ui, "Run a command", query, wrap, entries, actions) {
        actions.push(Action::SetDialog(None));
        (command.run)(shown, actions);
    }
}

/// Selects an object by name. Searching an object never runs a command.
pub(super) fn find_ui(ui: &mut Ui, shown: &Shown<'_>, query: &str, actions: &mut Actions) {
    let plan = shown.plan;
    let entry = |subject: Subject, word: &str| Entry {
        label: shown.name_of(&subject),
        aside: word.to_owned(),
        value: vec![subject],
    };
    let mut entries: Vec<_> =
        plan.systems.keys().map(|id| entry(Subject::System(id.clone()), "system")).collect();
    entries.extend(plan.domains.keys().map(|id| entry(Subject::Domain(id.clone()), "domain")));
    entries.extend(plan.flows.keys().map(|id| entry(Subject::Flow(id.clone()), "flow")));
    entries.extend(plan.areas.iter().map(|(id, area)| Entry {
        label: area.name.clone(),
        aside: "area".to_owned(),
        value: plan.systems_in(id).cloned().map(Subject::System).collect(),
    }));
    let entries = matching(query, entries);
    if let Some(subjects) = list_ui(ui, "Find", query, |query| Dialog::Find { query }, entries, actions) {
        actions.extend([Action::SetDialog(None), Action::Select(subjects), Action::Fit { selection: true }]);
    }
}

/// Chooses the area of the selected systems, or makes one.
pub(super) fn area_ui(ui: &mut Ui, shown: &Shown<'_>, query: &str, actions: &mut Actions) {
    let plan = shown.plan;
    let entries = plan.areas.iter().map(|(id, area)| Entry {
        label: area.name.clone(),
        aside: match plan.systems_in(id).count() {
            1 => "1 system".to_owned(),
            count => format!("{count} systems"),
        },
        value: Action::AssignArea(Some(id.clone())),
    });
    let mut entries = matching(query, entries.collect());
    let name = query.trim();
    if !name.is_empty() && !plan.areas.values().any(|area| area.name.eq_ignore_ascii_case(name)) {
        entries.truncate(LISTED - 1);
        let label = format!("New area \"{name}\"");
        entries.push(Entry { label, aside: String::new(), value: Action::AddArea(name.to_owned()) });
    }
    let has_area = |id| plan.systems.get(id).is_some_and(|system| system.area.is_some());
    if name.is_empty() && shown.session.selected_systems().any(has_area) {
        let label = "No area".to_owned();
        entries.push(Entry { label, aside: String::new(), value: Action::AssignArea(None) });
    }
    let title = match shown.session.selected_systems().count() {
        1 => "Area of the system: choose one, or type the name of a new one".to_owned(),
        count => format!("Area of {count} systems: choose one, or type the name of a new one"),
    };
    if let Some(action) = list_ui(ui, &title, query, |query| Dialog::Area { query }, entries, actions) {
        actions.extend([Action::SetDialog(None), action]);
    }
}

/// Chooses where a flow ends.
pub(super) fn connect_ui(
    ui: &mut Ui,
    shown: &Shown<'_>,
    from: &SystemId,
    via: Option<&SystemId>,
    query: &str,
    actions: &mut Actions,
) {
    let plan = shown.plan;
    let systems =
        plan.systems.iter().filter(|(id, system)| *id != from && (via.is_none() || !system.is_hub()));
    let entries = systems.map(|(id, system)| Entry {
        label: system.name.clone(),
        aside: kind_words(system.kind).to_owned(),
        value: id.clone(),
    });
    let entries = matching(query, entries.collect());
    let over = via.map(|hub| format!(" via {}", plan.system_name(hub))).unwrap_or_default();
    let title = format!("Connect {}{over} to", plan.system_name(from));
    let wrap = |query| Dialog::Connect { from: from.clone(), via: via.cloned(), query };
    if let Some(to) = list_ui(ui, &title, query, wrap, entries, actions) {
        actions
            .extend([Action::SetDialog(None), Action::Connect { from: from.clone(), to, via: via.cloned() }]);
    }
}

/// The entries that match what was typed, the best first.
fn matching<T>(query: &str, entries: Vec<Entry<T>>) -> Vec<Entry<T>> {
    if query.is_empty() {
        return entries;
    }
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern = Pattern::parse(query, CaseMatching::Ignore, Normalization::Smart);
    let mut buffer = Vec::new();
    let mut scored: Vec<_> = entries
        .into_iter()
        .filter_map(|entry| {
            Some((pattern.score(Utf32Str::new(&entry.label, &mut buffer), &mut matcher)?, entry))
        })
        .collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().map(|(_, entry)| entry).collect()
}

/// A field and a list; returns what was chosen with Enter or a click.
fn list_ui<T>(
    ui: &mut Ui,
    title: &str,
    query: &str,
    wrap: impl Fn(String) -> Dialog,
    entries: Vec<Entry<T>>,
    actions: &mut Actions,
) -> Option<T> {
    ui.set_width(440.0);
    let at_id = Id::unique("chosen in list");
    let mut at: usize = ui.data(|data| data.get_temp(at_id)).unwrap_or_default();
    let count = entries.len().min(LISTED);
    ui.input_mut(|input| {
        at += usize::from(input.consume_key(Modifiers::NONE, Key::ArrowDown));
        at -= usize::from(input.consume_key(Modifiers::NONE, Key::ArrowUp) && at > 0);
    });
    at = at.min(count.saturating_sub(1));
    let enters = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    ui.label(theme::text(title, crate::scene::text::Weight::SemiBold, 13.0));
    let mut typed = query.to_owned();
    let field =
        ui.add(TextEdit::singleline(&mut typed).hint_text("Type to search").desired_width(f32::INFINITY));
    field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, title));
    field.request_focus();
    if typed != query {
        at = 0;
        actions.push(Action::SetDialog(Some(wrap(typed))));
    }
    let mut chosen = enters.then_some(at);
    ScrollArea::vertical().max_height(330.0).show(ui, |ui| {
        for (place, entry) in entries.iter().take(LISTED).enumerate() {
            if entry_ui(ui, entry, place == at) {
                chosen = Some(place);
            }
        }
        if entries.is_empty() {
            let words = if query.is_empty() { "Nothing is there yet." } else { "Nothing matches." };
            ui.label(RichText::new(words).color(theme::colour(ui, Role::TextMuted)));
        }
    });
    ui.data_mut(|data| data.insert_temp(at_id, if chosen.is_some() { 0 } else { at }));
    chosen.and_then(|place| entries.into_iter().nth(place)).map(|entry| entry.value)
}

fn entry_ui<T>(ui: &mut Ui, entry: &Entry<T>, is_chosen: bool) -> bool {
    let aside = RichText::new(&entry.aside).color(theme::colour(ui, Role::TextMuted)).size(11.0);
    let button =
        egui::Button::selectable(is_chosen, &entry.label).right_text(aside).min_size(egui::vec2(436.0, 24.0));
    ui.add(button).clicked()
}
