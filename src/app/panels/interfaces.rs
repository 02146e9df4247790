//! The flows that stand at the shown stage, as a table.

use egui::{Align2, Rect, ScrollArea, Sense, Ui, pos2, vec2};

use crate::landscape::Timeline;
use crate::model::{Flow, FlowId, Stage, SystemId};
use crate::rules::Subject;
use crate::scene::Role;
use crate::scene::text::Weight;

use super::super::action::{Action, Actions};
use super::super::shown::Shown;
use super::super::widgets::{Word, flow_words, list_row_ui, muted, paint_word, readable};

const ROW: f32 = 21.0;

/// A column: its words, its share of the width and what stands in it.
struct Column {
    words: &'static str,
    share: f32,
    text: fn(&Shown<'_>, &Flow) -> String,
}

const COLUMNS: [Column; 8] = [
    Column { words: "From", share: 0.15, text: |shown, flow| shown.plan.system_name(&flow.from).to_owned() },
    Column { words: "To", share: 0.15, text: |shown, flow| shown.plan.system_name(&flow.to).to_owned() },
    Column { words: "Via", share: 0.11, text: via },
    Column { words: "Domains", share: 0.17, text: |shown, flow| flow_words(shown.plan, flow) },
    Column { words: "Direction", share: 0.1, text: |_, flow| direction(flow).to_owned() },
    Column {
        words: "Timing",
        share: 0.11,
        text: |_, flow| flow.timing.map(|t| readable(t.word())).unwrap_or_default(),
    },
    Column { words: "Owner", share: 0.11, text: |_, flow| flow.owner.clone() },
    Column { words: "When", share: 0.1, text: when },
];

fn via(shown: &Shown<'_>, flow: &Flow) -> String {
    if flow.via.is_empty() {
        return "direct".to_owned();
    }
    flow.via.iter().map(|hub| shown.plan.system_name(hub)).collect::<Vec<_>>().join(", ")
}

fn direction(flow: &Flow) -> &'static str {
    let is_back =
        !flow.carries.is_empty() && flow.carries.iter().all(|payload| !payload.direction.goes_forward());
    match (flow.is_two_way(), is_back) {
        (true, _) => "↔ both ways",
        (_, true) => "← back",
        _ => "→ forward",
    }
}

fn when(shown: &Shown<'_>, flow: &Flow) -> String {
    let since = (flow.since != Stage::Today).then(|| format!("from {}", shown.plan.stage_name(&flow.since)));
    let until = flow
        .until
        .as_ref()
        .map(|wave| format!("until {}", shown.plan.waves.get(wave).map_or(wave.as_str(), |wave| &wave.name)));
    since.into_iter().chain(until).collect::<Vec<_>>().join(" ")
}

/// The flows that stand at the shown stage, cut ones included.
pub fn flows_at<'a>(shown: &Shown<'a>) -> Vec<(&'a FlowId, &'a Flow)> {
    let timeline = Timeline::new(shown.plan);
    let at = shown.at();
    let stands = |flow: &Flow| {
        let has_begun = timeline.place_or_target(&flow.since) <= at;
        let is_over = flow.until.as_ref().is_some_and(|until| timeline.wave_place_or_target(until) <= at);
        has_begun && !is_over
    };
    let flows = shown.plan.flows.iter().map(|(id, flow)| (id, flow.as_ref()));
    flows.filter(|(_, flow)| stands(flow)).collect()
}

/// The table.
pub fn interfaces_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, flows: &[(&FlowId, &Flow)]) {
    if flows.is_empty() {
        ui.add_space(10.0);
        ui.label(muted(ui, "No flows at this stage: drag from the edge of a system to another, or press F."));
        return;
    }
    ui.spacing_mut().item_spacing.y = 1.0;
    let (head, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    for (column, rect) in COLUMNS.iter().zip(cells(head)) {
        let look = Word { weight: Weight::SemiBold, ..Word::MUTED };
        paint_word(ui, rect, Align2::LEFT_CENTER, column.words, look);
    }
    ScrollArea::vertical().auto_shrink([false, false]).show_rows(ui, ROW, flows.len(), |ui, rows| {
        for (id, flow) in &flows[rows] {
            flow_ui(ui, shown, actions, id, flow);
        }
    });
}

fn cells(row: Rect) -> impl Iterator<Item = Rect> {
    let row = row.shrink2(vec2(8.0, 0.0));
    COLUMNS.iter().scan(row.left(), move |left, column| {
        let cell = Rect::from_min_max(
            pos2(*left, row.top()),
            pos2(*left + row.width() * column.share - 8.0, row.bottom()),
        );
        *left += row.width() * column.share;
        Some(cell)
    })
}

fn flow_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions, id: &FlowId, flow: &Flow) {
    let subject = Subject::Flow(id.clone());
    let domains = flow_words(shown.plan, flow);
    let is_cut = is_cut(shown, flow);
    let name = format!("Flow {}: {domains}{}", shown.plan.flow_name(id), if is_cut { ", cut" } else { "" });
    let response = list_row_ui(ui, ROW, shown.session.is_selected(&subject), &name);
    for (column, rect) in COLUMNS.iter().zip(cells(response.rect)) {
        let text = (column.text)(shown, flow);
        let (text, role) = match text.as_str() {
            _ if is_cut && column.words == "When" => (format!("cut {text}"), Role::Error),
            "" => ("–".to_owned(), Role::TextMuted),
            _ => (text, Role::Text),
        };
        let look = Word { weight: Weight::Regular, size: 12.0, role };
        paint_word(ui, rect, Align2::LEFT_CENTER, &text, look);
    }
    if response.clicked() {
        actions.push(Action::Select(vec![subject]));
    }
}

/// Whether an end or a hub of it does not stand at the shown stage.
fn is_cut(shown: &Shown<'_>, flow: &Flow) -> bool {
    let Some(standing) = shown.knowledge.standing.get(shown.at()) else { return false };
    let is_gone = |id: &SystemId| !standing.contains(id);
    is_gone(&flow.from) || is_gone(&flow.to) || flow.via.iter().any(is_gone)
}
