//! The ownership matrix: who does what with which domain at a stage.

use std::collections::BTreeMap;

use crate::landscape::{Authority, Index};
use crate::model::{DomainId, Role, SystemId};
use crate::rules::Facts;

/// What a cell of the ownership matrix says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// The source of truth.
    Truth,
    /// The source of truth until an earlier stage.
    WasTruth,
    /// A declared role.
    Role(Role),
    /// It sends or receives the domain, and nothing is declared.
    Undeclared,
}

/// A row of the ownership matrix at a stage.
#[derive(Clone, Debug)]
pub struct OwnershipRow {
    /// The domain.
    pub domain: DomainId,
    /// The sources of truth.
    pub truths: Vec<SystemId>,
    /// Whether claims exclude each other; claims on different parts do not.
    pub is_claimed_twice: bool,
    /// Why it is contested, in a few words; empty where it is not.
    pub conflict: &'static str,
    /// What systems do with it.
    pub cells: BTreeMap<SystemId, Cell>,
}

/// The matrix at every stage.
pub(super) fn ownership(facts: &Facts<'_>) -> Vec<Vec<OwnershipRow>> {
    let holders = holders(&facts.index);
    (0..facts.stages.len()).map(|at| at_stage(facts, at, &holders)).collect()
}

/// The systems with a declared role, by domain.
fn holders(index: &Index<'_>) -> Vec<Vec<usize>> {
    let mut holders = vec![Vec::new(); index.domains.len()];
    for (system, entry) in index.systems.iter().enumerate() {
        for domain in entry.system.holdings.keys().filter_map(|id| index.domain(id)) {
            holders[domain].push(system);
        }
    }
    holders
}

fn at_stage(facts: &Facts<'_>, at: usize, holders: &[Vec<usize>]) -> Vec<OwnershipRow> {
    let authorities = facts.stages[at].authorities.iter();
    authorities.map(|authority| row(facts, at, authority, &holders[authority.domain])).collect()
}

fn row(facts: &Facts<'_>, at: usize, authority: &Authority<'_>, holders: &[usize]) -> OwnershipRow {
    let index = &facts.index;
    let (id, domain) = index.domains[authority.domain];
    let mut cells = BTreeMap::new();
    for &user in &authority.users {
        cells.insert(index.systems[user].id.clone(), Cell::Undeclared);
    }
    let began =
        |claim: &&crate::model::Claim| index.timeline.place(&claim.from).is_some_and(|from| from <= at);
    let claimants = domain.truth.iter().filter(began).filter_map(|claim| index.system(&claim.system));
    for system in claimants {
        cells.insert(index.systems[system].id.clone(), Cell::WasTruth);
    }
    for &system in holders {
        let entry = &index.systems[system];
        let declared = entry.system.holdings.get(id).and_then(|holding| holding.role);
        if let Some(role) = declared.map(|declared| authority.role(index, system).unwrap_or(declared)) {
            cells.insert(entry.id.clone(), Cell::Role(role));
        }
    }
    for &truth in &authority.truths {
        cells.insert(index.systems[truth].id.clone(), Cell::Truth);
    }
    OwnershipRow {
        domain: id.clone(),
        truths: authority.truths.iter().map(|&truth| index.systems[truth].id.clone()).collect(),
        is_claimed_twice: authority.contests().next().is_some(),
        conflict: conflict(index, authority),
        cells,
    }
}

fn conflict(index: &Index<'_>, authority: &Authority<'_>) -> &'static str {
    if authority.claims.is_empty() && authority.users.len() >= 2 {
        "none decides"
    } else if authority.contests().next().is_some() {
        "several claim it"
    } else if authority.lacks_conflict_rule(index) {
        "no rule who wins"
    } else {
        ""
    }
}
