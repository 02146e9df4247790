//! The register of the sources of truth: of every domain at every stage, and how it is ruled.

use crate::landscape::{Authority, Index};
use crate::model::{Claim, ConflictKind, ConflictRule, DataDomain, Plan, Stage};

use super::Align::Start;
use super::phrases::{DASH, listed, or_dash, stage_heading};
use super::{Block, Source, Table, part};
use crate::rules::Facts;

pub(super) fn blocks(source: Source<'_, '_>) -> Vec<Block> {
    let facts = source.facts;
    let domains = 0..facts.index.domains.len();
    if domains.is_empty() {
        return Vec::new();
    }
    let plan = facts.plan();
    let stages = facts.index.timeline.stages().iter().map(|stage| stage_heading(plan, stage));
    let columns = std::iter::once("Domain".to_owned()).chain(stages).chain(["Handover".to_owned()]);
    let truths = Table::new(columns.map(|title| (title, Start)));
    let rules = Table::new(
        [
            "Domain",
            "Kind",
            "Class",
            "Belongs to",
            "Who wins a conflict",
            "Key",
            "Steward",
            "May lie in",
            "Note",
        ]
        .map(|title| (title, Start)),
    );
    vec![
        Block::Paragraph(
            "The source of truth is the system that decides what is right about a data domain; every other \
             system follows it."
                .to_owned(),
        ),
        part("Truth at every stage", "truth-at-every-stage"),
        Block::Table(truths.with_rows(domains.clone().map(|domain| truth_row(facts, domain)))),
        part("Domains and their rules", "domains-and-their-rules"),
        Block::Table(
            rules.with_rows(domains.map(|domain| rule_row(&facts.index, domain))).without_empty_columns(),
        ),
    ]
}

fn truth_row(facts: &Facts<'_>, domain: usize) -> Vec<String> {
    let (_, entry) = facts.index.domains[domain];
    let mut row = vec![entry.name.clone()];
    row.extend((0..facts.stages.len()).map(|at| truth(facts, domain, at)));
    row.push(handover(facts.plan(), entry));
    row
}

/// The claims in force: whole ones by name, parts with what they are for.
fn truth(facts: &Facts<'_>, domain: usize, at: usize) -> String {
    let authority = &facts.stages[at].authorities[domain];
    let claims: Vec<_> = authority.claims.iter().map(|claim| claimed(facts, claim, at)).collect();
    match claims.as_slice() {
        [] if authority.users.len() >= 2 => "nobody".to_owned(),
        [] => DASH.to_owned(),
        claims if authority.contests().next().is_some() => format!("{}: contested", listed(claims)),
        claims => claims.join("; "),
    }
}

fn claimed(facts: &Facts<'_>, claim: &Claim, at: usize) -> String {
    let name = facts.plan().system_name(&claim.system);
    let absence = facts.index.system(&claim.system).map_or(Some("not in the plan"), |system| {
        let life = &facts.index.systems[system].life;
        if at < life.start {
            Some("not there yet")
        } else if at >= life.end {
            Some("gone")
        } else {
            None
        }
    });
    let mut parts = vec![claim.scope.words(), absence.unwrap_or_default().to_owned()];
    parts.retain(|words| !words.is_empty());
    if parts.is_empty() { name.to_owned() } else { format!("{name} ({})", parts.join(", ")) }
}

/// Who takes over and when; a claim from the target on has no date.
fn handover(plan: &Plan, domain: &DataDomain) -> String {
    let later = domain.truth.iter().filter(|claim| claim.from != Stage::Today);
    let words = later.map(|claim| {
        let name = plan.system_name(&claim.system);
        let words = claim.scope.words();
        let part = if words.is_empty() { words } else { format!(" ({words})") };
        match &claim.from {
            Stage::Target => format!("to {name}{part}, without a wave"),
            wave => format!("to {name}{part} with {}", plan.stage_name(wave)),
        }
    });
    let words: Vec<_> = words.collect();
    if words.is_empty() { "none".to_owned() } else { words.join("; ") }
}

fn rule_row(index: &Index<'_>, place: usize) -> Vec<String> {
    let (_, domain) = index.domains[place];
    let parents: Vec<_> = domain.parents.iter().map(|id| index.plan.domain_name(id)).collect();
    let regions: Vec<_> = domain.regions.iter().map(String::as_str).collect();
    vec![
        domain.name.clone(),
        domain.kind.map_or(DASH, crate::model::DomainKind::word).to_owned(),
        domain.class.map_or(DASH, crate::model::DomainClass::word).to_owned(),
        parents.join(", "),
        domain.conflict_rule.as_ref().map_or(DASH.to_owned(), |rule| winner(index.plan, rule)),
        or_dash(&domain.key),
        or_dash(&domain.steward),
        regions.join(", "),
        domain.notes.clone(),
    ]
}

/// A conflict rule in words.
fn winner(plan: &Plan, rule: &ConflictRule) -> String {
    let order: Vec<_> = rule.order.iter().map(|id| plan.system_name(id)).collect();
    match rule.winner {
        ConflictKind::SourcePriority if order.is_empty() => "the source of truth".to_owned(),
        ConflictKind::SourcePriority => order.join(" before "),
        ConflictKind::FieldMastership => "each group of fields has its own source of truth".to_owned(),
        ConflictKind::LastWriter => "whoever wrote last".to_owned(),
        ConflictKind::MostComplete => "the record with the most filled fields".to_owned(),
        ConflictKind::Majority => "what most systems say".to_owned(),
        ConflictKind::Manual if rule.steward.is_empty() => "a person decides, who is not named".to_owned(),
        ConflictKind::Manual => format!("{} decides", rule.steward),
        ConflictKind::HubDecides => "the hub, by its own rules".to_owned(),
    }
}

/// Whether a system is the source of truth for parts of the domain only.
pub(super) fn is_partial(index: &Index<'_>, authority: &Authority<'_>, system: usize) -> bool {
    let own = |claim: &&&Claim| index.system(&claim.system) == Some(system);
    authority.claims.iter().filter(own).all(|claim| !claim.scope.is_whole())
}
