//! What becomes of each system: a table for each disposition, with what it needs to be read.

use crate::landscape::{Index, SystemEntry};
use crate::model::{Approach, Disposition, Kind, Plan, Stage, System, SystemId};
use crate::scene::kind_words;

use super::Align::Start;
use super::phrases::{DASH, capitalised, or_dash, stage_heading, systems_and_hubs};
use super::{Block, Source, Table, part};

pub(super) fn blocks(source: Source<'_, '_>) -> Vec<Block> {
    let index = &source.facts.index;
    let mut blocks = Vec::new();
    for &disposition in Disposition::ALL {
        let entries: Vec<_> =
            index.systems.iter().filter(|entry| entry.system.disposition == disposition).collect();
        if entries.is_empty() {
            continue;
        }
        let hubs = entries.iter().filter(|entry| entry.is_hub).count();
        let title =
            format!("{}: {}", capitalised(disposition.word()), systems_and_hubs(entries.len() - hubs, hubs));
        blocks.push(part(title, format!("disposition-{disposition}")));
        blocks.push(Block::Paragraph(meaning(disposition).to_owned()));
        let rows = entries.iter().map(|entry| row(index, entry));
        blocks.push(Block::Table(table(disposition).with_rows(rows).without_empty_columns()));
    }
    blocks
}

const fn meaning(disposition: Disposition) -> &'static str {
    match disposition {
        Disposition::Integrate => "Stays, and is connected.",
        Disposition::Migrate => "Its data and processes move into another system, and it goes.",
        Disposition::Federate => "Stays, and is read where it stands, without copying.",
        Disposition::Retire => "Goes, and nothing moves.",
        Disposition::Undecided => "Nobody has decided yet; until then it stays.",
    }
}

fn table(disposition: Disposition) -> Table {
    let into = if disposition == Disposition::Migrate { "Moves into" } else { "" };
    Table::new(
        ["System", "Kind", into, "Wave", "How", "There from", "Gone from", "Owner", "Note"]
            .map(|title| (title, Start)),
    )
}

fn row(index: &Index<'_>, entry: &SystemEntry<'_>) -> Vec<String> {
    let (plan, system) = (index.plan, entry.system);
    let [into, wave, how] = migration(plan, system);
    vec![
        name(plan, entry.id, system),
        kind(system),
        into,
        wave,
        how,
        if system.introduced == Stage::Today {
            String::new()
        } else {
            plan.stage_name(&system.introduced).to_owned()
        },
        gone_from(index, entry),
        or_dash(system.owner()),
        note(system),
    ]
}

fn name(plan: &Plan, id: &SystemId, system: &System) -> String {
    if plan.focal_system.as_ref() == Some(id) {
        format!("{} (focal)", system.name)
    } else {
        system.name.clone()
    }
}

fn kind(system: &System) -> String {
    let kind = if system.kind == Kind::Other { "Other" } else { kind_words(system.kind) };
    if system.is_hub() && !system.kind.is_hub() { format!("{kind}, a hub") } else { kind.to_owned() }
}

/// Into what, in which wave and how: empty unless the system migrates, dashes where nobody said.
fn migration(plan: &Plan, system: &System) -> [String; 3] {
    if system.disposition != Disposition::Migrate {
        return Default::default();
    }
    let migration = system.migration.as_ref();
    let into = migration.and_then(|migration| migration.into.as_ref()).map(|id| plan.system_name(id));
    let wave = migration.and_then(|migration| migration.wave.as_ref());
    let wave = wave.map(|id| plan.waves.get(id).map_or(id.as_str(), |wave| &wave.name));
    let how = migration.and_then(|migration| migration.approach).map(approach);
    [into, wave, how].map(|text| text.unwrap_or(DASH).to_owned())
}

const fn approach(approach: Approach) -> &'static str {
    match approach {
        Approach::BigBang => "in one step",
        Approach::Phased => "part by part",
        Approach::ParallelRun => "parallel run",
        Approach::Strangler => "function by function",
        Approach::Coexistence => "coexistence",
    }
}

/// The stage from which on it does not stand; empty where it stays.
fn gone_from(index: &Index<'_>, entry: &SystemEntry<'_>) -> String {
    if entry.life.end >= index.timeline.len() {
        return String::new();
    }
    stage_heading(index.plan, index.timeline.stage(entry.life.end)).replace("After ", "")
}

fn note(system: &System) -> String {
    let reason = &system.assessment.override_reason;
    let parts = [reason.as_str(), system.notes.as_str()];
    parts.into_iter().filter(|text| !text.trim().is_empty()).collect::<Vec<_>>().join(" ")
}
