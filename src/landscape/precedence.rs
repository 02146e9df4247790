//! The precedence graph: what has to move before what. Its nodes are moves: the cutover of a migrating
//! system, and each load. Its edges are what people said (`after`) and parents' truth before children's.

use std::collections::BTreeSet;

use petgraph::graph::{DiGraph, NodeIndex};

use crate::model::{Disposition, Load, LoadId, Stage};

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
        let claimed = claimed_today(index);
        let mut moves = Vec::new();
        let mut moves_of = vec![0..0; index.systems.len()];
        for (place, entry) in index.systems.iter().enumerate() {
            let first = moves.len();
            moves.extend(moves_of_system(index, place, entry, &claimed));
            moves_of[place] = first..moves.len();
        }
        let truths = truths_today(index);
        let mut waits: BTreeSet<Wait> = BTreeSet::new();
        for after in 0..moves.len() {
            waits.extend(said(index, &moves, &moves_of, after));
            for &child in &moves[after].domains {
                let parents = index.domains[child].1.parents.iter().filter_map(|id| index.domain(id));
                for parent in parents.filter(|&p| p != child && !index.domains[p].1.preloaded) {
                    let before = truths[parent].iter().flat_map(|&truth| moves_of[truth].clone());
                    let before = before.filter(|&before| before != after);
                    let before = before.filter(|&before| moves[before].brings(parent, &moves[after]));
                    let reason = Reason::Parent { parent, child };
                    waits.extend(before.map(|before| Wait { before, after, reason }));
                }
            }
        }
        let mut graph = DiGraph::with_capacity(moves.len(), waits.len());
        for _ in &moves {
            graph.add_node(());
        }
        for wait in &waits {
            graph.update_edge(NodeIndex::new(wait.before), NodeIndex::new(wait.after), ());
        }
        Self { moves, waits: waits.into_iter().collect(), graph }
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

impl Move<'_> {
    /// Whether it brings records of a domain that another move's records may refer to.
    fn brings(&self, domain: usize, other: &Self) -> bool {
        let meets = |a: &str, b: &str| a.is_empty() || b.is_empty() || a == b;
        self.domains.binary_search(&domain).is_ok() && meets(self.partition, other.partition)
    }
}

/// The systems with a claim of today, by domain.
fn truths_today(index: &Index<'_>) -> Vec<BTreeSet<usize>> {
    let claims = index.domains.iter().map(|(_, domain)| domain.truth.iter());
    let today = claims.map(|claims| claims.filter(|claim| claim.from == Stage::Today));
    today.map(|claims| claims.filter_map(|claim| index.system(&claim.system)).collect()).collect()
}

/// The domains with a claim of today, by system.
fn claimed_today(index: &Index<'_>) -> Vec<Vec<usize>> {
    let mut claimed = vec![Vec::new(); index.systems.len()];
    for (domain, truths) in truths_today(index).into_iter().enumerate() {
        for truth in truths {
            claimed[truth].push(domain);
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

/// The cutovers after which somebody said that a cutover comes.
fn said(
    index: &Index<'_>,
    moves: &[Move<'_>],
    moves_of: &[std::ops::Range<usize>],
    after: usize,
) -> Vec<Wait> {
    let system = moves[after].system;
    let migration = index.systems[system].system.migration.as_ref().filter(|_| moves[after].load.is_none());
    let named = migration.into_iter().flat_map(|migration| &migration.after);
    let named = named.filter_map(|id| index.system(id)).filter(|&before| before != system);
    let cutovers = named
        .filter_map(|system| moves_of[system].clone().next().filter(|&before| moves[before].load.is_none()));
    cutovers.map(|before| Wait { before, after, reason: Reason::Said }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Plan;
    use crate::rules::parse_sketch as parse;

    /// Who waits for whom: "account's crm 1 before order's erp 2".
    fn waits(text: &str) -> Vec<String> {
        told(&parse(text).plan)
    }

    fn told(plan: &Plan) -> Vec<String> {
        let index = Index::new(plan);
        let precedence = Precedence::new(&index);
        let name = |place: usize| {
            let moved: &Move<'_> = &precedence.moves[place];
            let load = moved.load.map(|load| format!(".{load}")).unwrap_or_default();
            format!("{}{load}", index.system_name(moved.system))
        };
        let line = |wait: &Wait| format!("{} before {}", name(wait.before), name(wait.after));
        precedence.waits.iter().map(line).collect()
    }

    const TWO: &str = "crm: migrate, into sf, at 1
        erp: migrate, into sf, at 2
        account = truth crm
        order = truth erp, parent account\n";

    #[test]
    fn the_parents_truth_of_today_moves_first_and_so_does_what_somebody_said() {
        assert_eq!(waits(TWO), ["crm before erp"]);
        assert_eq!(waits(&format!("{TWO}account = truth sf from 1")), ["crm before erp"]);
        assert_eq!(waits("a: migrate\nb: migrate, migration.after a&a2"), ["a before b"]);
    }

    #[test]
    fn nobody_waits_for_what_stays_is_preloaded_comes_later_or_is_only_looked_up() {
        let stays =
            "erp: migrate\naccount = truth crm\norder = truth erp, parent account\nerp: migration.after crm";
        assert_eq!(waits(stays), [""; 0]);
        assert_eq!(waits(&format!("{TWO}account = preloaded")), [""; 0]);
        let later =
            "crm: migrate\nerp: migrate\naccount = truth crm from 1\norder = truth erp, parent account";
        assert_eq!(waits(later), [""; 0]);
        let looked_up =
            "crm: migrate\nerp: migrate\naccount = truth crm\norder = parent account\nerp.order: virtual";
        assert_eq!(waits(looked_up), [""; 0]);
        let own = "crm: migrate\nperson = truth crm, parent person\nteam = truth crm, parent person";
        assert_eq!(waits(own), [""; 0]);
    }

    #[test]
    fn a_load_moves_by_itself_and_takes_its_domains_along() {
        let mut plan = parse(TWO).plan;
        let load =
            Load { domains: ["account".into()].into(), wave: Some("wave-1".into()), ..Load::default() };
        let loads = |load: &Load| [(LoadId::new("first"), load.clone())].into();
        std::sync::Arc::make_mut(plan.systems.get_mut("crm").unwrap()).loads = loads(&load);
        assert_eq!(told(&plan), ["crm.first before erp"]);
        let german = Load { partition: "DE".to_owned(), ..load };
        std::sync::Arc::make_mut(plan.systems.get_mut("crm").unwrap()).loads = loads(&german);
        assert_eq!(told(&plan), ["crm before erp", "crm.first before erp"]);
        let french = Load { domains: BTreeSet::new(), partition: "FR".to_owned(), ..german };
        std::sync::Arc::make_mut(plan.systems.get_mut("erp").unwrap()).loads = loads(&french);
        assert_eq!(told(&plan), ["crm before erp", "crm before erp.first", "crm.first before erp"]);
    }

    #[test]
    fn what_waits_in_a_circle_is_a_cycle_and_the_rest_can_be_put_in_order() {
        let text = "a: migrate, at 3
             b: migrate, at 1, migration.after a
             c: migrate, at 2, migration.after b
             x: migrate, at 1, migration.after y
             y: migrate, at 2, migration.after x";
        let plan = parse(text).plan;
        let index = Index::new(&plan);
        let precedence = Precedence::new(&index);
        assert_eq!(precedence.cycles(), [[3, 4]]);
        assert_eq!(precedence.circle(3), Some(vec![3, 4, 3]));
        assert_eq!(precedence.circle(0), None);
        assert_eq!(precedence.in_order(), [3, 3, 3, 1, 2].map(Some));
    }
}
