//! Who decides about a data domain at a stage: claims in force, roles, writers and users.

use std::borrow::Cow;

use crate::model::{Claim, ConflictKind, Role};

use super::{Holder, Index, Landscape};

/// The authority over one domain at one stage.
#[derive(Debug)]
pub struct Authority<'p> {
    /// The domain.
    pub domain: usize,
    /// The claims in force, whether or not their systems stand.
    pub claims: Vec<&'p Claim>,
    /// The systems with a claim in force that the plan has, by place and each once.
    pub truths: Vec<usize>,
    /// Truths and authors that stand.
    pub writers: Vec<usize>,
    /// Systems that stand, are no hub, and hold the domain or send or receive it; before the target a holding
    /// with a role counts only where the domain flows.
    pub users: Vec<usize>,
    at: usize,
}

impl<'p> Authority<'p> {
    /// The authority over every domain at a stage.
    #[must_use]
    pub fn of_all(index: &Index<'p>, landscape: &Landscape<'p>) -> Vec<Self> {
        (0..index.domains.len()).map(|domain| Self::new(index, landscape, domain)).collect()
    }

    fn new(index: &Index<'p>, landscape: &Landscape<'p>, domain: usize) -> Self {
        let in_force = || index.claims[domain].iter().filter(|entry| entry.life.contains(&landscape.at));
        let claims = in_force().map(|entry| entry.claim).collect();
        let mut truths: Vec<_> = in_force().filter_map(|entry| entry.system).collect();
        truths.sort_unstable();
        truths.dedup();
        let holders = &index.holders[domain];
        let mut authority =
            Self { domain, claims, truths, writers: Vec::new(), users: Vec::new(), at: landscape.at };
        let mut writers = authority.truths.clone();
        writers.extend(
            holders
                .iter()
                .map(|holder| holder.system)
                .filter(|&system| authority.role(index, system) == Some(Role::Author)),
        );
        authority.writers = standing(landscape, writers);
        authority.users = authority.find_users(index, landscape, holders);
        authority
    }

    fn find_users(&self, index: &Index<'p>, landscape: &Landscape<'p>, holders: &[Holder<'p>]) -> Vec<usize> {
        let ends: Vec<_> =
            landscape.edges_by_domain[self.domain].iter().flat_map(|edge| [edge.from, edge.to]).collect();
        let mut users = self.truths.clone();
        users.extend(&ends);
        let is_target = landscape.at == index.timeline.target();
        let counts = holders.iter().filter(|holder| is_target || holder.role.is_none());
        users.extend(counts.map(|holder| holder.system));
        let mut users = standing(landscape, users);
        users.retain(|&system| {
            let entry = &index.systems[system];
            !entry.is_hub && !has_cut_over(entry, landscape.at)
        });
        users
    }

    /// What a system does with the domain at this stage, as declared; a system whose claim has ended
    /// is a reader from then on, unless its role says author. `None` where nothing is known.
    #[must_use]
    pub fn role(&self, index: &Index<'_>, system: usize) -> Option<Role> {
        let declared = index.holder(system, self.domain).and_then(|holder| holder.role);
        let had_claim = || {
            let claims = index.claims[self.domain].iter().filter(|entry| entry.system == Some(system));
            claims.filter(|entry| !entry.life.is_empty()).any(|entry| entry.life.start <= self.at)
        };
        if declared != Some(Role::Author) && had_claim() && !self.is_truth(system) {
            return Some(Role::Reader);
        }
        declared
    }

    /// Whether a system is a source of truth for the domain or a part of it.
    #[must_use]
    pub fn is_truth(&self, system: usize) -> bool {
        self.truths.binary_search(&system).is_ok()
    }

    /// The source of truth for the whole domain; where there are only scoped claims, the first of them.
    #[must_use]
    pub fn main_truth(&self, index: &Index<'_>) -> Option<usize> {
        let whole = self.claims.iter().find(|claim| claim.scope.is_whole());
        whole.or_else(|| self.claims.first()).and_then(|claim| index.system(&claim.system))
    }

    /// The sources of truth for the whole domain; where there are only scoped claims, each of them.
    #[must_use]
    pub fn sources(&self, index: &Index<'_>) -> Vec<usize> {
        let whole = self.claims.iter().filter(|claim| claim.scope.is_whole());
        let mut sources: Vec<_> = whole.filter_map(|claim| index.system(&claim.system)).collect();
        if sources.is_empty() {
            sources.clone_from(&self.truths);
        }
        sources.sort_unstable();
        sources.dedup();
        sources
    }

    /// The truths that decide about a partition: those of claims on it or on no partition. An empty
    /// partition is any.
    #[must_use]
    pub fn truths_for(&self, index: &Index<'_>, partition: &str) -> Cow<'_, [usize]> {
        let decides = |claim: &&'p Claim| {
            let claimed = &claim.scope.partition;
            partition.is_empty() || claimed.is_empty() || claimed == partition
        };
        if self.claims.iter().all(&decides) {
            return Cow::Borrowed(&self.truths);
        }
        let mut truths: Vec<_> = self
            .claims
            .iter()
            .filter(|claim| decides(claim))
            .filter_map(|claim| index.system(&claim.system))
            .collect();
        truths.sort_unstable();
        truths.dedup();
        Cow::Owned(truths)
    }

    /// The same; where none decides about the partition, all.
    #[must_use]
    pub fn truths_for_or_all(&self, index: &Index<'_>, partition: &str) -> Cow<'_, [usize]> {
        let truths = self.truths_for(index, partition);
        if truths.is_empty() { Cow::Borrowed(&self.truths) } else { truths }
    }

    /// Pairs of claims in force that exclude each other: same scope, or scopes that overlap in different
    /// dimensions.
    pub fn contests(&self) -> impl Iterator<Item = (&'p Claim, &'p Claim)> {
        let pairs =
            self.claims.iter().enumerate().flat_map(|(i, a)| self.claims[..i].iter().map(move |b| (*b, *a)));
        pairs.filter(|(a, b)| {
            let is_nested = a.scope != b.scope && (a.scope.contains(&b.scope) || b.scope.contains(&a.scope));
            a.system != b.system && a.scope.overlaps(&b.scope) && !is_nested
        })
    }

    /// Whether several systems write and nothing says who wins.
    #[must_use]
    pub fn lacks_conflict_rule(&self, index: &Index<'_>) -> bool {
        let rule = index.domains[self.domain].1.conflict_rule.as_ref();
        let is_ruled = rule.is_some_and(|rule| {
            rule.winner != ConflictKind::FieldMastership || (self.has_scopes() && self.writers_are_truths())
        });
        self.writers.len() >= 2 && !is_ruled && !self.writers_are_apart(index)
    }

    /// Whether a claim in force is on a part of the domain.
    #[must_use]
    pub fn has_scopes(&self) -> bool {
        self.claims.iter().any(|claim| !claim.scope.is_whole())
    }

    fn writers_are_truths(&self) -> bool {
        self.writers.iter().all(|&writer| self.is_truth(writer))
    }

    /// Whether each writer is a truth and no two of their claims touch the same records and fields.
    fn writers_are_apart(&self, index: &Index<'_>) -> bool {
        let standing =
            |claim: &&&Claim| index.system(&claim.system).is_some_and(|s| self.writers.contains(&s));
        let claims: Vec<_> = self.claims.iter().filter(standing).collect();
        self.writers_are_truths()
            && claims
                .iter()
                .enumerate()
                .all(|(i, a)| claims[..i].iter().all(|b| a.system == b.system || !a.scope.overlaps(&b.scope)))
    }

    /// Whether the domain is contested: it is used and no claim decides, or claims exclude each other,
    /// or several systems write and nothing says who wins.
    #[must_use]
    pub fn is_contested(&self, index: &Index<'_>) -> bool {
        let is_missing = self.claims.is_empty() && self.users.len() >= 2;
        is_missing || self.contests().next().is_some() || self.lacks_conflict_rule(index)
    }
}

/// Whether a migrating system is past its cutover and not used any more.
fn has_cut_over(entry: &super::SystemEntry<'_>, at: usize) -> bool {
    let runs_on = entry
        .system
        .migration
        .as_ref()
        .and_then(|migration| migration.approach)
        .is_some_and(crate::model::Approach::runs_on_after_cutover);
    !runs_on && entry.cutover.is_some_and(|cutover| at >= cutover)
}

fn standing(landscape: &Landscape<'_>, mut systems: Vec<usize>) -> Vec<usize> {
    systems.retain(|&system| landscape.stands(system));
    systems.sort_unstable();
    systems.dedup();
    systems
}

#[cfg(test)]
mod tests {
    use crate::rules::{Facts, parse_sketch};

    #[test]
    fn a_domain_is_contested_that_several_use_and_nobody_decides_or_too_many_do() {
        for (text, is_contested) in [
            ("erp -> shop : order", true),
            ("erp.order: reader", false),
            ("order = truth erp\nerp -> shop : order", false),
            ("order = truth erp, truth shop, rule source-priority erp shop", true),
            ("order = truth erp\nerp.order: author\nshop.order: author\nerp <-> shop : order", true),
        ] {
            let plan = parse_sketch(text).plan;
            let facts = Facts::new(&plan);
            let stage = facts.stages.last().unwrap();
            let contested = stage.authorities[0].is_contested(&facts.index);
            assert_eq!(contested, is_contested, "{text}");
        }
    }
}
