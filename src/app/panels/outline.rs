//! The outline: the systems by what becomes of them, the areas, and the data domains with their source of truth.

use egui::{Align2, Button, Rect, ScrollArea, Stroke, Ui, pos2, vec2};
use lucide_icons::Icon;

use crate::edit::add_domain;
use crate::model::{Area, AreaId, DataDomain, Disposition, DomainId, System, SystemId};
use crate::rules::Subject;
use crate::scene::text::{Weight, width};
use crate::scene::{Role, disposition_word};

use super::super::action::{Action, Actions, commit};
use super::super::shown::Shown;
use super::super::theme;
use super::super::widgets::{Word, caption, list_row_ui, muted, paint_icon, paint_word, text_ui};

const ROW: f32 = 20.0;

/// A line of the outline.
enum Line<'a> {
    Group(&'static str, usize),
    System(&'a SystemId, &'a System),
    Areas,
    Area(&'a AreaId, &'a Area),
    Domains,
    Domain(&'a DomainId, &'a DataDomain),
    Nothing(&'static str),
}

/// What the filter hides is counted, with a way back.
fn hidden_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions) {
    let filter = shown.session.filter.trim().to_lowercase();
    if filter.is_empty() {
        return;
    }
    let systems = shown.plan.systems.values().map(|system| &system.name);
    let names = systems.chain(shown.plan.domains.values().map(|domain| &domain.name));
    let names = names.chain(shown.plan.areas.values().map(|area| &area.name));
    let hidden = names.filter(|name| !name.to_lowercase().contains(&filter)).count();
    ui.horizontal(|ui| {
        ui.label(muted(ui, format!("The filter hides {hidden}")));
        if ui.add(Button::new("Show all").small()).clicked() {
            actions.push(Action::SetFilter(String::new()));
        }
    });
}

/// The landscape as lists.
pub fn outline_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions) {
    ui.horizontal(|ui| {
        ui.label(theme::text("Landscape", Weight::SemiBold, 13.0));
        let stage = shown.plan.stage_name(shown.stage());
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.add(egui::Label::new(muted(ui, stage)).truncate()).on_hover_text("The stage that is shown");
        });
    });
    let typed =
        text_ui(ui, egui::Id::unique("outline filter"), &shown.session.filter, "Filter systems and domains");
    typed.response.accessible_name("Filter systems and domains");
    actions.extend(typed.value.map(Action::SetFilter));
    hidden_ui(ui, shown, actions);
    decided_ui(ui, shown);
    let lines = lines(shown);
    ui.spacing_mut().item_spacing.y = 0.0;
    let room = ui.available_height() - 30.0;
    ScrollArea::vertical().max_height(room).auto_shrink([false, false]).show_rows(
        ui,
        ROW,
        lines.len(),
        |ui, rows| {
            for line in &lines[rows] {
                line_ui(ui, shown, actions, line);
            }
        },
    );
    ui.add_space(4.0);
    if ui.add(Button::new("+ Domain").small()).on_hover_text("Add a data domain and name it").clicked() {
        add_new_domain(shown, actions);
    }
}

fn add_new_domain(shown: &Shown<'_>, actions: &mut Actions) {
    const NAME: &str = "New domain";
    let id = shown.plan.free_domain_id(NAME);
    commit(actions, "Add a domain", [add_domain(id.clone(), DataDomain::named(NAME))]);
    actions.extend([Action::Select(vec![Subject::Domain(id)]), Action::FocusInspector]);
}

/// How many systems have a disposition: in words and as a bar.
fn decided_ui(ui: &mut Ui, shown: &Shown<'_>) {
    let systems = &shown.plan.systems;
    if systems.is_empty() {
        return;
    }
    let focal = shown.plan.focal_system.as_ref();
    let is_decided = |(id, system): &(&SystemId, &std::sync::Arc<System>)| {
        system.disposition != Disposition::Undecided || system.is_hub() || focal == Some(*id)
    };
    let decided = systems.iter().filter(is_decided).count();
    ui.horizontal(|ui| {
        ui.label(caption(ui, &format!("Decided {decided} of {}", systems.len()))).on_hover_text(
            "Systems of which somebody has said what becomes of them; the focal system and hubs count",
        );
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 6.0), egui::Sense::hover());
        let share = decided as f32 / systems.len() as f32;
        ui.painter().rect_filled(rect, 3.0, theme::colour(ui, Role::Label));
        let filled = Rect::from_min_size(rect.min, vec2(rect.width() * share, rect.height()));
        ui.painter().rect_filled(filled, 3.0, theme::colour(ui, Role::New));
    });
}

fn lines<'a>(shown: &Shown<'a>) -> Vec<Line<'a>> {
    let filter = shown.session.filter.trim().to_lowercase();
    let passes = |name: &str| filter.is_empty() || name.to_lowercase().contains(&filter);
    let plan = shown.plan;
    let mut groups: [Vec<Line<'a>>; 7] = Default::default();
    for (id, system) in plan.systems.iter().filter(|(_, system)| passes(&system.name)) {
        groups[group(shown, id, system)].push(Line::System(id, system));
    }
    let mut lines = Vec::with_capacity(plan.systems.len() + plan.domains.len() + 10);
    for (systems, words) in groups.into_iter().zip(GROUPS) {
        if !systems.is_empty() {
            lines.push(Line::Group(words, systems.len()));
            lines.extend(systems);
        }
    }
    if plan.systems.is_empty() {
        lines.push(Line::Nothing("No systems yet: press S"));
    }
    let areas = || plan.areas.iter().filter(|(_, area)| passes(&area.name));
    if areas().next().is_some() {
        lines.push(Line::Areas);
        lines.extend(areas().map(|(id, area)| Line::Area(id, area)));
    }
    lines.push(Line::Domains);
    let domains = plan.domains.iter().filter(|(_, domain)| passes(&domain.name));
    lines.extend(domains.map(|(id, domain)| Line::Domain(id, domain)));
    if plan.domains.is_empty() {
        lines.push(Line::Nothing("No data domains yet"));
    }
    lines
}

const GROUPS: [&str; 7] = [
    "Focal system",
    disposition_word(Disposition::Integrate),
    disposition_word(Disposition::Migrate),
    disposition_word(Disposition::Federate),
    disposition_word(Disposition::Retire),
    disposition_word(Disposition::Undecided),
    "Hubs",
];

fn group(shown: &Shown<'_>, id: &SystemId, system: &System) -> usize {
    match system.disposition {
        _ if shown.plan.focal_system.as_ref() == Some(id) => 0,
        _ if system.is_hub() => 6,
        Disposition::Integrate => 1,
        Disposition::Migrate => 2,
        Disposition::Federate => 3,
        Disposition::Retire => 4,
        Disposition::Undecided => 5,
    }
}

fn line_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, line: &Line<'_>) {
    match line {
        Line::Group(words, count) => group_ui(ui, words, &count.to_string(), false),
        Line::Areas => group_ui(ui, "Areas", "systems", true),
        Line::Area(id, area) => area_ui(ui, shown, actions, id, area),
        Line::Domains => group_ui(ui, "Data domains", "source of truth", true),
        Line::Nothing(words) => {
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), egui::Sense::hover());
            paint_word(ui, rect.shrink2(vec2(8.0, 0.0)), Align2::LEFT_CENTER, words, Word::MUTED);
        }
        Line::System(id, system) => system_ui(ui, shown, actions, id, system),
        Line::Domain(id, domain) => domain_ui(ui, shown, actions, id, domain),
    }
}

fn group_ui(ui: &mut Ui, words: &str, at_right: &str, is_divided: bool) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), egui::Sense::hover());
    if is_divided {
        let stroke = Stroke::new(1.0, theme::colour(ui, Role::CardBorder));
        ui.painter().hline(rect.x_range(), rect.top() + 3.0, stroke);
    }
    let rect = rect.shrink2(vec2(2.0, 0.0)).translate(vec2(0.0, 2.0));
    let look = Word { weight: Weight::SemiBold, size: 11.5, role: Role::TextMuted };
    paint_word(ui, rect, Align2::LEFT_CENTER, words, look);
    paint_word(ui, rect, Align2::RIGHT_CENTER, at_right, Word { size: 10.5, ..Word::MUTED });
}

/// Selects, or adds to the selection with Ctrl or Cmd.
fn select(ui: &Ui, actions: &mut Actions, subject: Subject) {
    let adds = ui.input(|input| input.modifiers.command || input.modifiers.shift);
    actions.push(if adds { Action::ToggleSelected(subject) } else { Action::Select(vec![subject]) });
}

fn system_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, id: &SystemId, system: &System) {
    let subject = Subject::System(id.clone());
    let name = format!("System {}", system.name);
    let response = list_row_ui(ui, ROW, shown.session.is_selected(&subject), &name);
    let rect = response.rect.shrink2(vec2(8.0, 0.0));
    let stands = shown.knowledge.standing.get(shown.at()).is_none_or(|standing| standing.contains(id));
    let is_focal = shown.plan.focal_system.as_ref() == Some(id);
    let role = if is_focal { Role::Focal } else { Role::of_disposition(system.disposition) };
    let square = Rect::from_center_size(pos2(rect.left() + 4.0, rect.center().y), vec2(8.0, 8.0));
    if stands {
        ui.painter().rect_filled(square, 2.0, theme::colour(ui, role));
    } else {
        let stroke = Stroke::new(1.0, theme::colour(ui, role));
        ui.painter().rect_stroke(square, 2.0, stroke, egui::StrokeKind::Inside);
    }
    let count = findings_ui(ui, shown, rect, id);
    let room =
        Rect::from_min_max(pos2(rect.left() + 15.0, rect.top()), pos2(rect.right() - count, rect.bottom()));
    if stands {
        paint_word(ui, room, Align2::LEFT_CENTER, &system.name, Word::NAME);
    } else {
        gone_ui(ui, room, shown, system);
    }
    if response.clicked() {
        select(ui, actions, subject);
    }
}

/// A count of findings at the right; returns the width that it takes.
fn findings_ui(ui: &Ui, shown: &Shown<'_>, rect: Rect, id: &SystemId) -> f32 {
    let counts = shown.marks.systems.get(id).copied().unwrap_or_default();
    let Some(worst) = counts.worst() else { return 0.0 };
    let role = super::super::widgets::severity_role(worst);
    let look = Word { weight: Weight::SemiBold, size: 10.5, role };
    let count = paint_word(ui, rect, Align2::RIGHT_CENTER, &counts.total().to_string(), look);
    let icon = super::super::widgets::severity_icon(worst);
    paint_icon(ui, pos2(count.left() - 8.0, rect.center().y), icon, 11.0, role);
    rect.right() - count.left() + 20.0
}

/// A system that does not stand at the shown stage: struck, with a word why.
fn gone_ui(ui: &Ui, room: Rect, shown: &Shown<'_>, system: &System) {
    let is_before =
        system.introduced != crate::model::Stage::Today && !system.disposition.leaves() || shown.at() == 0;
    let word = if is_before { "not yet" } else { "gone" };
    let look = Word { weight: Weight::Regular, size: 12.5, role: Role::TextMuted };
    let gap = width(word, Weight::Medium, 10.5) + 8.0;
    let part = room.with_max_x(room.right() - gap);
    let name = paint_word(ui, part, Align2::LEFT_CENTER, &system.name, look);
    let stroke = Stroke::new(1.0, theme::colour(ui, Role::TextMuted));
    if !is_before {
        ui.painter().hline(name.x_range(), name.center().y + 1.0, stroke);
    }
    let at = room.with_min_x(name.right() + 6.0);
    paint_word(
        ui,
        at,
        Align2::LEFT_CENTER,
        word,
        Word { weight: Weight::Medium, size: 10.5, role: Role::Gone },
    );
}

/// An area: a click selects its systems.
fn area_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, id: &AreaId, area: &Area) {
    let count = shown.plan.systems_in(id).count();
    let response = list_row_ui(ui, ROW, false, &format!("Area {} in the outline", area.name));
    let rect = response.rect.shrink2(vec2(8.0, 0.0));
    let count = paint_word(ui, rect, Align2::RIGHT_CENTER, &count.to_string(), Word::MUTED);
    let room = rect.with_max_x(count.left() - 8.0);
    paint_word(ui, room, Align2::LEFT_CENTER, &area.name, Word { weight: Weight::Regular, ..Word::NAME });
    if response.clicked() {
        actions.push(Action::Select(shown.plan.systems_in(id).cloned().map(Subject::System).collect()));
    }
}

fn domain_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, id: &DomainId, domain: &DataDomain) {
    let subject = Subject::Domain(id.clone());
    let name = format!("Domain {}", domain.name);
    let response = list_row_ui(ui, ROW, shown.session.is_selected(&subject), &name);
    let rect = response.rect.shrink2(vec2(8.0, 0.0));
    let (icon, words, role) = truth(shown, id);
    let name_width = width(&domain.name, Weight::Regular, 12.5).min(rect.width() / 2.0);
    let half = rect.with_min_x(rect.left() + name_width + 28.0);
    let truth = paint_word(ui, half, Align2::RIGHT_CENTER, &words, Word::MUTED.in_role(role));
    paint_icon(ui, pos2(truth.left() - 9.0, rect.center().y), icon, 11.0, role);
    let room = rect.with_max_x(truth.left() - 20.0);
    paint_word(ui, room, Align2::LEFT_CENTER, &domain.name, Word { weight: Weight::Regular, ..Word::NAME });
    if response.clicked() {
        select(ui, actions, subject);
    }
}

/// Whose the truth about a domain is at the shown stage, in a few words.
fn truth(shown: &Shown<'_>, domain: &DomainId) -> (Icon, String, Role) {
    let rows = shown.knowledge.ownership.get(shown.at());
    let row = rows.and_then(|rows| rows.iter().find(|row| row.domain == *domain));
    let is_contested = row.is_some_and(|row| row.is_claimed_twice);
    match row.map(|row| row.truths.as_slice()).unwrap_or_default() {
        [] => (Icon::TriangleAlert, "none".to_owned(), Role::Warning),
        several if is_contested => (Icon::TriangleAlert, format!("{} claim it", several.len()), Role::Error),
        [only] => (Icon::Crown, shown.plan.system_name(only).to_owned(), Role::TextMuted),
        // Each has a part of the domain.
        [first, others @ ..] => {
            let words = format!("{} +{}", shown.plan.system_name(first), others.len());
            (Icon::Crown, words, Role::TextMuted)
        }
    }
}
