//! Which lines are drawn at a stage: flows as they stand, are cut, new or gone; shared spokes of
//! a hub as one line; and the moves of systems into others.

use std::collections::{BTreeMap, HashSet};

use crate::landscape::{FlowEntry, Index, Landscape};
use crate::model::{FlowId, SystemId};
use crate::rules::Severity;

use super::layout::hops;
use super::{Change, FindingMarks, Options, View};

/// What a line stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineKind {
    /// Data goes along it.
    Flow,
    /// Data is read where it stands.
    Virtual,
    /// It only bridges the time until something else is there.
    Bridge,
    /// The system at its start moves into the one at its end.
    Migration,
}

/// A line before it is routed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) from: SystemId,
    pub(super) to: SystemId,
    pub(super) kind: LineKind,
    pub(super) change: Change,
    pub(super) goes_forward: bool,
    pub(super) goes_back: bool,
    pub(super) flows: Vec<FlowId>,
    /// Names of the domains, each once; for a move, when it happens.
    pub(super) words: Vec<String>,
    pub(super) severity: Option<Severity>,
    pub(super) is_dimmed: bool,
    /// What is different about its flows in a compared plan.
    pub(super) differences: Vec<String>,
}

/// Lines with the same key are drawn as one: all flows of a spoke, or one flow.
pub(super) type Key<'p> = (&'p SystemId, &'p SystemId, LineKind, Change, Option<&'p FlowId>);

/// What is asked for when lines are collected.
pub(super) struct Sight<'a, 'p> {
    pub(super) index: &'a Index<'p>,
    pub(super) now: &'a Landscape<'p>,
    pub(super) before: Option<&'a Landscape<'p>>,
    pub(super) marks: &'a FindingMarks,
    pub(super) options: &'a Options,
}

impl<'p> Sight<'_, 'p> {
    /// All lines, in the order of their ends.
    pub(super) fn lines(&self) -> Vec<Line> {
        let mut lines: BTreeMap<Key<'p>, Line> = BTreeMap::new();
        let changes = self.changes();
        for (entry, change) in self.index.flows.iter().zip(changes) {
            let Some(change) = change else { continue };
            for (from, to) in hops(entry, self.options.view == View::Technical) {
                self.add_hop(&mut lines, entry, change, (from, to));
            }
        }
        let mut lines: Vec<Line> = lines.into_values().map(pointed_forward).collect();
        lines.extend(self.moves());
        lines
    }

    /// What became of each flow; nothing for those that are not drawn.
    pub(super) fn changes(&self) -> Vec<Option<Change>> {
        let set = |flows: &[usize]| flows.iter().copied().collect::<HashSet<_>>();
        let (standing, severed) = (set(&self.now.flows), set(&self.now.severed));
        let before = self.before.map(|before| set(&before.flows));
        let follow = self.now.flows.iter().flat_map(|flow| &self.index.flows[*flow].flow.replaces);
        let replaced: HashSet<_> = follow.filter_map(|id| self.index.flow(id)).collect();
        let stood_before = |flow| before.as_ref().map(|before| before.contains(&flow));
        let change = |flow: usize| match stood_before(flow) {
            Some(false) if standing.contains(&flow) => Some(Change::New),
            _ if standing.contains(&flow) => Some(Change::None),
            _ if severed.contains(&flow) => Some(Change::Severed),
            Some(true) if replaced.contains(&flow) => Some(Change::Replaced),
            Some(true) => Some(Change::Gone),
            _ => None,
        };
        (0..self.index.flows.len()).map(change).collect()
    }

    pub(super) fn add_hop(
        &self,
        lines: &mut BTreeMap<Key<'p>, Line>,
        entry: &FlowEntry<'p>,
        change: Change,
        (from, to): (&'p SystemId, &'p SystemId),
    ) {
        let is_spoke = entry.flow.from != *from || entry.flow.to != *to;
        let is_turned = is_spoke && from > to;
        let (first, second) = if is_turned { (to, from) } else { (from, to) };
        let kind = match (entry.flow.is_virtual(), entry.flow.bridge) {
            (true, _) => LineKind::Virtual,
            (_, true) => LineKind::Bridge,
            _ => LineKind::Flow,
        };
        let key = (first, second, kind, change, (!is_spoke).then_some(entry.id));
        let line = lines.entry(key).or_insert_with(|| Line {
            from: first.clone(),
            to: second.clone(),
            kind,
            change,
            goes_forward: false,
            goes_back: false,
            flows: Vec::new(),
            words: Vec::new(),
            severity: None,
            is_dimmed: self.options.focus.is_some(),
            differences: Vec::new(),
        });
        let goes_back = entry.flow.carries.iter().any(|payload| payload.direction.goes_back());
        let goes_forward = entry.flow.carries.iter().any(|payload| payload.direction.goes_forward());
        let (ahead, back) = (goes_forward || !goes_back, goes_back);
        line.goes_forward |= if is_turned { back } else { ahead };
        line.goes_back |= if is_turned { ahead } else { back };
        line.flows.push(entry.id.clone());
        line.severity = line.severity.max(self.marks.flows.get(entry.id).copied());
        self.add_words(line, entry);
    }

    fn add_words(&self, line: &mut Line, entry: &FlowEntry<'p>) {
        for payload in &entry.flow.carries {
            let is_seen = self.options.focus.as_ref().is_none_or(|focus| *focus == payload.domain);
            line.is_dimmed &= !is_seen;
            let name = self.index.plan.domain_name(&payload.domain);
            if is_seen && !line.words.iter().any(|word| word == name) {
                line.words.push(name.to_owned());
            }
        }
    }

    /// The moves that are still to come.
    pub(super) fn moves(&self) -> impl Iterator<Item = Line> {
        self.index.systems.iter().enumerate().filter_map(|(place, entry)| {
            let cutover = entry.cutover.filter(|cutover| *cutover > self.now.at)?;
            let into = entry.system.migration.as_ref()?.into.as_ref()?;
            let target = self.index.system(into).filter(|target| self.now.stands(*target))?;
            let is_drawn = self.now.stands(place) && target != place;
            is_drawn.then(|| Line {
                from: entry.id.clone(),
                to: into.clone(),
                kind: LineKind::Migration,
                change: Change::None,
                goes_forward: true,
                goes_back: false,
                flows: Vec::new(),
                words: vec![self.index.plan.stage_name(self.index.timeline.stage(cutover)).to_owned()],
                severity: None,
                is_dimmed: self.options.focus.is_some(),
                differences: Vec::new(),
            })
        })
    }
}

/// A line that only goes back, told from its other end.
pub(super) fn pointed_forward(mut line: Line) -> Line {
    if !line.goes_forward {
        std::mem::swap(&mut line.from, &mut line.to);
        std::mem::swap(&mut line.goes_forward, &mut line.goes_back);
    }
    line
}
