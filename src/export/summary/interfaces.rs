//! The interface catalogue: every flow that stands today and in the target, and those that are cut.

use crate::landscape::{FlowEntry, Index};
use crate::model::{Auth, Direction, Flow, Mechanism, Pattern, Payload, Stage, SystemId, Timing};
use crate::rules::Facts;

use super::Align::{End, Start};
use super::phrases::{DASH, count, figure, minutes, or_dash, yes_no};
use super::{Block, Source, Table, part};

pub(super) fn blocks(source: Source<'_, '_>) -> Vec<Block> {
    let facts = source.facts;
    let target = facts.index.timeline.target();
    let mut blocks = Vec::new();
    for (at, title, anchor) in [(0, "Today", "interfaces-today"), (target, "Target", "interfaces-target")] {
        let landscape = &facts.stages[at].landscape;
        if !landscape.flows.is_empty() {
            blocks.push(part(format!("{title}: {}", count(landscape.flows.len(), "flow")), anchor));
            blocks.push(Block::Table(catalogue(&facts.index, &landscape.flows)));
        }
    }
    if !blocks.is_empty() {
        let legend = "Behind each domain stands which way it goes: → from the first system to the second, ← \
                      back, ↔ both. Records a day hold for each direction. Latency is the worst case from \
                      change to arrival. A dash means that it is not known.";
        blocks.insert(0, Block::Paragraph(legend.to_owned()));
    }
    blocks.extend(cut(facts, target));
    blocks
}

fn catalogue(index: &Index<'_>, flows: &[usize]) -> Table {
    let columns = [
        ("Id", Start),
        ("From", Start),
        ("To", Start),
        ("Via", Start),
        ("Carries", Start),
        ("Pattern", Start),
        ("Timing", Start),
        ("Records a day", End),
        ("Latency", End),
        ("Sign-in", Start),
        ("Monitored", Start),
        ("Owner", Start),
        ("Since", Start),
        ("Gone from", Start),
        ("Note", Start),
    ];
    let rows = flows.iter().map(|&flow| row(index, &index.flows[flow]));
    Table::new(columns).with_rows(rows).without_empty_columns()
}

fn row(index: &Index<'_>, entry: &FlowEntry<'_>) -> Vec<String> {
    let (plan, flow) = (index.plan, entry.flow);
    let name = |id: &SystemId| plan.system_name(id).to_owned();
    vec![
        entry.id.to_string(),
        name(&flow.from),
        name(&flow.to),
        flow.via.iter().map(name).collect::<Vec<_>>().join(", "),
        carries(index, flow),
        pattern(flow),
        flow.timing.map_or(DASH, timing).to_owned(),
        figure(flow.records_per_day),
        minutes(flow.latency_min),
        flow.auth.map_or(DASH, auth).to_owned(),
        yes_no(flow.monitored),
        or_dash(&flow.owner),
        if flow.since == Stage::Today { String::new() } else { plan.stage_name(&flow.since).to_owned() },
        flow.until
            .as_ref()
            .map_or_else(String::new, |wave| plan.stage_name(&Stage::Wave(wave.clone())).to_owned()),
        note(flow),
    ]
}

fn carries(index: &Index<'_>, flow: &Flow) -> String {
    if flow.carries.is_empty() {
        return DASH.to_owned();
    }
    let words = flow.carries.iter().map(|payload| carried(index.plan.domain_name(&payload.domain), payload));
    words.collect::<Vec<_>>().join(", ")
}

fn carried(name: &str, payload: &Payload) -> String {
    let part = if payload.part.is_empty() { String::new() } else { format!(" ({})", payload.part) };
    let arrow = match payload.direction {
        Direction::Forward => "→",
        Direction::Back => "←",
        Direction::Both => "↔",
    };
    format!("{name}{part}\u{a0}{arrow}")
}

fn pattern(flow: &Flow) -> String {
    let pattern = flow.pattern.map(|pattern| match pattern {
        Pattern::RequestReply => "request and reply",
        Pattern::FireForget => "fire and forget",
        Pattern::BatchSync => "batch sync",
        Pattern::CallIn => "call in",
        Pattern::UiUpdate => "screen update",
        Pattern::Virtual => "read where it stands",
    });
    let mechanism = flow.mechanism.map(mechanism);
    match (pattern, mechanism) {
        (None, None) => DASH.to_owned(),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (Some(pattern), Some(mechanism)) => format!("{pattern}, {mechanism}"),
    }
}

const fn mechanism(mechanism: Mechanism) -> &'static str {
    match mechanism {
        Mechanism::Rest => "REST",
        Mechanism::Soap => "SOAP",
        Mechanism::Composite => "REST, many records a call",
        Mechanism::Bulk => "bulk interface",
        Mechanism::Poll => "polling",
        Mechanism::Cdc => "change data capture",
        Mechanism::Event => "events",
        Mechanism::Callout => "callout",
        Mechanism::Odata => "OData",
        Mechanism::ZeroCopy => "zero copy",
        Mechanism::File => "files",
        Mechanism::Queue => "queue",
        Mechanism::Hl7 => "HL7",
        Mechanism::NativeConnector => "the vendor's connector",
        Mechanism::Marketplace => "marketplace connector",
        Mechanism::Database => "straight into the database",
        Mechanism::Manual => "by hand",
    }
}

const fn timing(timing: Timing) -> &'static str {
    match timing {
        Timing::Sync => "synchronous",
        Timing::Async => "asynchronous",
        Timing::Batch => "batch",
    }
}

const fn auth(auth: Auth) -> &'static str {
    match auth {
        Auth::None => "none",
        Auth::Basic => "name and password",
        Auth::SharedPassword => "shared password",
        Auth::ApiKey => "API key",
        Auth::Oauth => "OAuth",
        Auth::MutualTls => "mutual TLS",
        Auth::Saml => "SAML",
        Auth::Certificate => "certificate",
    }
}

fn note(flow: &Flow) -> String {
    let bridge = if flow.bridge { "A bridge for the time between." } else { "" };
    let round = match flow.bypass_ok.as_str() {
        "" => String::new(),
        reason => format!("May go round the hub: {reason}"),
    };
    [bridge, &round, &flow.notes]
        .into_iter()
        .filter(|text| !text.trim().is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Flows that are declared for the target although an end or a hub of theirs is gone.
fn cut(facts: &Facts<'_>, target: usize) -> Vec<Block> {
    let index = &facts.index;
    let severed = &facts.stages[target].landscape.severed;
    if severed.is_empty() {
        return Vec::new();
    }
    let rows = severed.iter().map(|&flow| {
        let entry = &index.flows[flow];
        vec![
            entry.id.to_string(),
            index.plan.system_name(&entry.flow.from).to_owned(),
            index.plan.system_name(&entry.flow.to).to_owned(),
            carries(index, entry.flow),
            missing(facts, entry, target),
        ]
    });
    let table = Table::new(["Id", "From", "To", "Carries", "Does not stand"].map(|title| (title, Start)))
        .with_rows(rows);
    vec![
        part(format!("Cut in the target: {}", count(severed.len(), "flow")), "interfaces-cut"),
        Block::Table(table),
    ]
}

fn missing(facts: &Facts<'_>, entry: &FlowEntry<'_>, at: usize) -> String {
    let ends = [&entry.flow.from, &entry.flow.to].into_iter().chain(&entry.flow.via);
    let is_missing = |id: &&SystemId| {
        facts.index.system(id).is_none_or(|system| !facts.stages[at].landscape.stands(system))
    };
    ends.filter(is_missing).map(|id| facts.plan().system_name(id)).collect::<Vec<_>>().join(", ")
}
