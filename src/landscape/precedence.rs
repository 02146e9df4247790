//! The precedence graph: what has to move before what. Its nodes are moves: the cutover of a migrating
//! system, and each load. Its edges are what people said (`after`) and parents' truth before children's.

use std::collections::BTreeSet;
use std::ops::Range;

use petgraph::graph::{DiGraph, NodeIndex};

use crate::model::{DataDomain, Disposition, Load, LoadId, Scope, Stage};

use super::reach::{components, shortest_path};
use super::{Index, SystemEntry};

/// Something that moves in one wave: a migrating system at its cutover, or a load.
#[derive(Debug)]
pub struct Move<'p> {
    /// The system whose records move.
    pub system: usize,
    /// The load; absent for the cutover of the whole system.
    pub load: Option<&'p LoadId>,
    /// The place of its wave, where that is known.
    pub wave: Option<usize>,
    /// The part of the records that moves; empty for all of them.
    partition: &'p str,
    /// The domains that move, sorted.
    domains: Vec<usize>,
}

/// Why one move waits for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Somebody said so.
    Said,
    /// The other brings the parent of a domain that this one brings.
    Parent {
        /// The domain that the other brings from its source of truth.
        parent: usize,
        /// The domain that refers to it.
        child: usize,
    },
}

/// An edge of the precedence graph, as places in [`Precedence::moves`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wait {
    /// The move that has to come first.
    pub before: usize,
    /// The move that waits for it.
    pub after: usize,
    /// Why.
    pub reason: Reason,
}

/// What has to move before what.
#[derive(Debug)]
pub struct Precedence<'p> {
    /// The moves, by system; the cutover of a system stands before its loads.
    pub moves: Vec<Move<'p>>,
    /// Who waits for whom, sorted, each once for each reason.
    pub waits: Vec<Wait>,
    graph: DiGraph<(), ()>,
}

impl<'p> Precedence<'p> {
    /// The precedence graph of a plan. A parent domain that is preloaded is waited for by nobody.
    #[must_use]
    pub fn new(index: &Index<'p>) -> Self {
        let search = Search::new(index);
        let waits: BTreeSet<_> = (0..search.moves.len()).flat_map(|after| search.waits_of(after)).collect();
        let mut graph = DiGraph::with_capacity(search.moves.len(), waits.len());
        for _ in &search.moves {
            graph.add_node(());
        }
        for wait in &waits {
            graph.update_edge(NodeIndex::new(wait.before), NodeIndex::new(wait.after), ());
        }
        Self { moves: search.moves, waits: waits.into_iter().collect(), graph }
    }

    /// Groups of moves of two or more systems that wait for each other, each sorted.
    #[must_use]
    pub fn cycles(&self) -> Vec<Vec<usize>> {
        let has_two_systems = |group: &Vec<usize>| {
            group.iter().any(|&place| self.moves[place].system != self.moves[group[0]].system)
        };
        let mut cycles: Vec<_> = components(&self.graph).into_iter().filter(has_two_systems).collect();
        cycles.sort();
        cycles
    }

    /// The shortest way in a circle from a move back to it: each waits for the one before. It begins and
    /// ends with the move; `None` where it is in no circle.
    #[must_use]
    pub fn circle(&self, start: usize) -> Option<Vec<usize>> {
        let next: Vec<_> = self.graph.neighbors(NodeIndex::new(start)).map(NodeIndex::index).collect();
        let path = shortest_path(&self.graph, &next, start)?;
        Some(std::iter::once(start).chain(path).collect())
    }

    /// The place of each move's wave, where none comes before what it waits for: later ones stay, the
    /// others move no further than they have to. Moves that wait for each other stay.
    #[must_use]
    pub fn in_order(&self) -> Vec<Option<usize>> {
        let mut waves: Vec<_> = self.moves.iter().map(|moved| moved.wave).collect();
        for group in components(&self.graph).into_iter().rev().filter(|group| group.len() == 1) {
            let before =
                self.graph.neighbors_directed(NodeIndex::new(group[0]), petgraph::Direction::Incoming);
            let needed = before.filter_map(|before| waves[before.index()]).max();
            waves[group[0]] = waves[group[0]].map(|wave| needed.map_or(wave, |needed| wave.max(needed)));
        }
        waves
    }
}

/// Whether two parts of a domain's records have some in common; an empty one is all of them.
fn meets(a: &str, b: &str) -> bool {
    a.is_empty() || b.is_empty() || a == b
}

/// The systems that decide today about the records of each domain, with their part of them. Beside a claim on
/// the whole, those on some fields or on a state do not count: the records are there without them.
fn sources_today<'p>(index: &Index<'p>) -> Vec<Vec<(usize, &'p Scope)>> {
    let of_domain = |(_, domain): &(_, &'p DataDomain)| {
        let today: Vec<_> = domain.truth.iter().filter(|claim| claim.from == Stage::Today).collect();
        let has_whole = today.iter().any(|claim| claim.scope.is_whole());
        let has_records = |scope: &Scope| scope.is_whole() || !scope.partition.is_empty();
        let deciding = today.into_iter().filter(|claim| !has_whole || has_records(&claim.scope));
        deciding.filter_map(|claim| Some((index.system(&claim.system)?, &claim.scope))).collect()
    };
    index.domains.iter().map(of_domain).collect()
}

/// The domains with a claim of today, by system.
fn claimed_today(index: &Index<'_>) -> Vec<Vec<usize>> {
    let mut claimed = vec![Vec::new(); index.systems.len()];
    for (place, (_, domain)) in index.domains.iter().enumerate() {
        for claim in domain.truth.iter().filter(|claim| claim.from == Stage::Today) {
            if let Some(system) = index.system(&claim.system) {
                claimed[system].push(place);
            }
        }
    }
    claimed
}

fn moves_of_system<'p>(
    index: &Index<'p>,
    place: usize,
    entry: &SystemEntry<'p>,
    claimed: &[Vec<usize>],
) -> Vec<Move<'p>> {
    let system = entry.system;
    if system.disposition != Disposition::Migrate && system.loads.is_empty() {
        return Vec::new();
    }
    let held = system.holdings.iter().filter(|(_, holding)| !holding.is_virtual);
    let held: BTreeSet<_> =
        held.filter_map(|(id, _)| index.domain(id)).chain(claimed[place].iter().copied()).collect();
    let loads: Vec<_> =
        system.loads.iter().map(|(id, load)| load_move(index, place, id, load, &held)).collect();
    let whole = loads.iter().filter(|load| load.partition.is_empty());
    let taken: BTreeSet<_> = whole.flat_map(|load| load.domains.iter().copied()).collect();
    let cutover = Move {
        system: place,
        load: None,
        wave: entry.cutover,
        partition: "",
        domains: held.difference(&taken).copied().collect(),
    };
    let migrates = system.disposition == Disposition::Migrate;
    migrates.then_some(cutover).into_iter().chain(loads).collect()
}

fn load_move<'p>(
    index: &Index<'p>,
    system: usize,
    id: &'p LoadId,
    load: &'p Load,
    held: &BTreeSet<usize>,
) -> Move<'p> {
    let named: BTreeSet<_> = load.domains.iter().filter_map(|id| index.domain(id)).collect();
    let domains = if load.domains.is_empty() { held } else { &named };
    Move {
        system,
        load: Some(id),
        wave: load.wave.as_ref().and_then(|wave| index.timeline.wave_place(wave)),
        partition: &load.partition,
        domains: domains.iter().copied().collect(),
    }
}

/// What is known while the waits are looked for.
struct Search<'i, 'p> {
    index: &'i Index<'p>,
    moves: Vec<Move<'p>>,
    /// The moves of each system.
    moves_of: Vec<Range<usize>>,
    /// The systems that decide today about each domain, with their part of it.
    sources: Vec<Vec<(usize, &'p Scope)>>,
}

impl<'i, 'p> Search<'i, 'p> {
    fn new(index: &'i Index<'p>) -> Self {
        let claimed = claimed_today(index);
        let (mut moves, mut moves_of) = (Vec::new(), Vec::with_capacity(index.systems.len()));
        for (place, entry) in index.systems.iter().enumerate() {
            let first = moves.len();
            moves.extend(moves_of_system(index, place, entry, &claimed));
            moves_of.push(first..moves.len());
        }
        Self { index, moves, moves_of, sources: sources_today(index) }
    }

    fn waits_of(&self, after: usize) -> Vec<Wait> {
        let mut waits = self.said(after);
        for &child in &self.moves[after].domains {
            let domains = &self.index.domains;
            let parents = domains[child].1.parents.iter().filter_map(|id| self.index.domain(id));
            for parent in parents.filter(|&parent| parent != child && !domains[parent].1.preloaded) {
                let reason = Reason::Parent { parent, child };
                let before = self.bringing(parent, child, after);
                waits.extend(before.into_iter().map(|before| Wait { before, after, reason }));
            }
        }
        waits
    }

    /// The cutovers after which somebody said that a cutover comes.
    fn said(&self, after: usize) -> Vec<Wait> {
        let waiting = &self.moves[after];
        let migration = self.index.systems[waiting.system].system.migration.as_ref();
        let named = migration.filter(|_| waiting.load.is_none()).into_iter().flat_map(|plan| &plan.after);
        let named = named.filter_map(|id| self.index.system(id)).filter(|&system| system != waiting.system);
        let first = named.filter_map(|system| self.moves_of[system].clone().next());
        let cutovers = first.filter(|&before| self.moves[before].load.is_none());
        cutovers.map(|before| Wait { before, after, reason: Reason::Said }).collect()
    }

    /// The moves that bring the parents that a move's records refer to. A system that decides about parents
    /// itself brings its own and waits for nobody who decides about others; where both decide about the
    /// same, it waits for the other too. A claim on a part overrides one on the whole for that part.
    fn bringing(&self, parent: usize, child: usize, after: usize) -> Vec<usize> {
        let waiting = &self.moves[after];
        let parts = self.parts_moved(child, waiting);
        let is_needed = |part: &str| parts.iter().any(|needed| meets(part, needed));
        let sources = &self.sources[parent];
        let own: Vec<_> = sources.iter().filter(|(system, _)| *system == waiting.system).collect();
        let is_shared = |scope| own.is_empty() || own.iter().any(|(_, own)| own.overlaps(scope));
        let asked = sources.iter().filter(|(system, scope)| {
            *system == waiting.system
                || is_needed(&scope.partition) && is_shared(scope) && !is_overridden(scope, sources, &parts)
        });
        asked
            .flat_map(|&(system, _)| self.moves_of[system].clone())
            .filter(|&before| before != after && !self.leaves_to_a_load(before, parent, &parts))
            .filter(|&before| self.moves[before].domains.binary_search(&parent).is_ok())
            .filter(|&before| {
                let Move { system, partition, .. } = self.moves[before];
                if system == waiting.system {
                    meets(partition, waiting.partition)
                } else {
                    is_needed(partition)
                }
            })
            .collect()
    }

    /// The parts of a domain's records that a move takes along.
    fn parts_moved(&self, domain: usize, moved: &Move<'p>) -> Vec<&'p str> {
        let held = self.parts_held(domain, moved.system).into_iter();
        let moving = held.filter(|held| meets(held, moved.partition));
        moving.map(|held| if held.is_empty() { moved.partition } else { held }).collect()
    }

    /// The parts of a domain's records that a system has: those it is said to hold, else those it decides
    /// about today. An empty one is all of them.
    fn parts_held(&self, domain: usize, system: usize) -> Vec<&'p str> {
        let holding = self.index.systems[system].system.holdings.get(self.index.domains[domain].0);
        let said = holding.map_or("", |holding| holding.partition.as_str());
        let decided = self.sources[domain].iter().filter(|&&(source, _)| source == system && said.is_empty());
        let decided: Vec<_> = decided.map(|(_, scope)| scope.partition.as_str()).collect();
        if decided.is_empty() { vec![said] } else { decided }
    }

    /// Whether a cutover leaves the parents of just the waiting parts to loads of the same system.
    fn leaves_to_a_load(&self, cutover: usize, parent: usize, parts: &[&str]) -> bool {
        let moves = &self.moves[self.moves_of[self.moves[cutover].system].clone()];
        let takes = |part: &str| {
            moves.iter().any(|other| other.partition == part && other.domains.binary_search(&parent).is_ok())
        };
        self.moves[cutover].load.is_none() && parts.iter().all(|part| !part.is_empty() && takes(part))
    }
}

/// Whether others decide about each of these parts of what a claim on the whole is about.
fn is_overridden(scope: &Scope, sources: &[(usize, &Scope)], parts: &[&str]) -> bool {
    let is_claimed = |part: &&str| {
        let alone = Scope { partition: (*part).to_owned(), ..Scope::default() };
        sources.iter().any(|(_, other)| **other == alone)
    };
    scope.is_whole() && parts.iter().all(|part| !part.is_empty() && is_claimed(part))
}

#[cfg(test)]
mod tests;
