//! The record that a rule is, and what its check is given.

use std::fmt::{self, Write as _};
use std::sync::Arc;

use foldhash::HashMap;

use crate::landscape::{Authority, DomainGraph, Index, Landscape, Structure};
use crate::model::vocabulary;

use super::facts::{Facts, StageFacts};
use super::finding::Statement;
use super::gates::counts_from;
use super::{Finding, Fix, Subject};

vocabulary! {
    /// How bad it is. Ordered: the worst last.
    Severity {
        /// Worth knowing.
        Advice = "advice",
        /// Likely to hurt.
        Warning = "warning",
        /// The plan contradicts itself.
        Error = "error",
    }
}

vocabulary! {
    /// The families of rules; each is a folder.
    Family {
        /// Source of truth and conflict.
        SourceOfTruth = "source-of-truth",
        /// Direction, loops and timing of flows.
        Flow = "flow",
        /// Sprawl and hub.
        Sprawl = "sprawl",
        /// Migration readiness.
        Migration = "migration",
        /// Integration after the migration.
        PostMigration = "post-migration",
        /// Operations, limits and security.
        Operations = "operations",
        /// Portfolio.
        Portfolio = "portfolio",
        /// Completeness of the plan.
        Completeness = "completeness",
    }
}

vocabulary! {
    /// The pillars of the Well-Architected framework.
    Pillar {
        /// Trust.
        Trust = "trust",
        /// Reliability.
        Reliability = "reliability",
        /// Operational excellence.
        OperationalExcellence = "operational-excellence",
        /// Resource and cost optimization.
        ResourceAndCost = "resource-and-cost-optimization",
    }
}

/// At which stages a rule looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LooksAt {
    /// Today, each wave and the target.
    EachStage,
    /// The target only; what it finds is about the plan as a whole.
    Target,
}

/// A number in a trigger, which a plan can change under the key `rule-id.name`.
#[derive(Clone, Copy, Debug)]
pub struct Threshold {
    /// Its name within the rule.
    pub name: &'static str,
    /// Its value where the plan does not change it.
    pub default: f64,
    /// What it counts.
    pub unit: &'static str,
    /// Why this value.
    pub reason: &'static str,
}

/// A rule: its words, its numbers, its check and its fixes.
#[derive(Debug)]
pub struct Rule {
    /// Names the rule everywhere and never changes; its file is named like it.
    pub id: &'static str,
    /// A few words for lists.
    pub title: &'static str,
    /// The folder that it is in.
    pub family: Family,
    /// The severities that it can have, in words.
    pub severity: &'static str,
    /// The pillar that it protects.
    pub pillar: Pillar,
    /// The exact trigger.
    pub when: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// What to do about it.
    pub what_to_do: &'static str,
    /// When it rightly stays silent, or is to be accepted.
    pub not_when: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// Its numbers.
    pub thresholds: &'static [Threshold],
    /// At which stages it looks.
    pub looks_at: LooksAt,
    /// Finds.
    pub check: fn(&View<'_, '_>, &mut Report),
    /// Mends a finding of this rule; the view is of the last stage at which it holds.
    pub fixes: fn(&View<'_, '_>, &Finding) -> Vec<Fix>,
}

/// What a check looks at: the plan's facts at one stage, and its own thresholds.
#[derive(Clone, Copy, Debug)]
pub struct View<'a, 'p> {
    /// The facts of all stages.
    pub facts: &'a Facts<'p>,
    /// The stage.
    pub at: usize,
    rule: &'a Rule,
}

impl<'a, 'p> View<'a, 'p> {
    /// The view of a rule at a stage.
    #[must_use]
    pub const fn new(facts: &'a Facts<'p>, at: usize, rule: &'a Rule) -> Self {
        Self { facts, at, rule }
    }

    /// The plan with its references resolved.
    #[must_use]
    pub const fn index(&self) -> &'a Index<'p> {
        &self.facts.index
    }

    /// The facts at this stage.
    #[must_use]
    pub fn stage(&self) -> &'a StageFacts<'p> {
        &self.facts.stages[self.at]
    }

    /// What stands at this stage.
    #[must_use]
    pub fn landscape(&self) -> &'a Landscape<'p> {
        &self.stage().landscape
    }

    /// Who decides about each domain at this stage.
    #[must_use]
    pub fn authorities(&self) -> &'a [Authority<'p>] {
        &self.stage().authorities
    }

    /// How a domain's records travel at this stage.
    #[must_use]
    pub fn graph(&self, domain: usize) -> &'a DomainGraph {
        self.facts.graph(self.at, domain)
    }

    /// The numbers of shape at this stage.
    #[must_use]
    pub fn structure(&self) -> &'a Structure {
        self.facts.structure(self.at)
    }

    /// Whether this stage is the target.
    #[must_use]
    pub const fn is_target(&self) -> bool {
        self.at == self.facts.index.timeline.target()
    }

    /// Whether what was never recorded counts as missing: from the gate on that needs it.
    #[must_use]
    pub fn counts_absent(&self) -> bool {
        self.facts.aim >= counts_from(self.rule)
    }

    /// Whether a yes/no record is a *no*: said so, or never recorded though the gate needs it.
    #[must_use]
    pub fn is_no(&self, record: Option<bool>) -> bool {
        !record.unwrap_or(!self.counts_absent())
    }

    /// The value of one of the rule's thresholds: the plan's, else the default.
    ///
    /// # Panics
    /// If the rule's record has no threshold of this name, which is a mistake in the rule.
    #[must_use]
    pub fn threshold(&self, name: &str) -> f64 {
        let default = || self.rule.thresholds.iter().find(|threshold| threshold.name == name);
        let changed = &self.index().plan.thresholds;
        let changed =
            (!changed.is_empty()).then(|| changed.get(&format!("{}.{name}", self.rule.id)).copied());
        changed
            .flatten()
            .or_else(|| default().map(|threshold| threshold.default))
            .unwrap_or_else(|| panic!("rule {} has no threshold {name}", self.rule.id))
    }

    /// The subject for the system at a place.
    #[must_use]
    pub fn system(&self, place: usize) -> Subject {
        Subject::System(self.index().systems[place].id.clone())
    }

    /// The subject for the domain at a place.
    #[must_use]
    pub fn domain(&self, place: usize) -> Subject {
        Subject::Domain(self.index().domains[place].0.clone())
    }

    /// The subject for the flow at a place.
    #[must_use]
    pub fn flow(&self, place: usize) -> Subject {
        Subject::Flow(self.index().flows[place].id.clone())
    }

    /// The names of systems: "ERP, Web shop and CRM".
    #[must_use]
    pub fn names(&self, systems: &[usize]) -> String {
        let names: Vec<_> = systems.iter().map(|&place| self.index().system_name(place)).collect();
        listed(&names)
    }

    /// A path of systems by name: "ERP → Web shop → CRM".
    #[must_use]
    pub fn path(&self, systems: &[usize]) -> String {
        systems.iter().map(|&place| self.index().system_name(place)).collect::<Vec<_>>().join(" → ")
    }
}

/// Names in a sentence: "ERP, Web shop and CRM".
#[must_use]
pub fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Where a check puts what it finds, stage after stage.
#[derive(Debug, Default)]
pub struct Report {
    statements: Vec<Arc<Statement>>,
    /// What is said at the stage that is looked at, as places in `statements`.
    said: Vec<usize>,
    /// What was said of what, by what it follows from.
    known: HashMap<Vec<usize>, usize>,
    wanted: Vec<usize>,
    /// The last sentence, where the next is written.
    sentence: String,
}

impl Report {
    /// Something is wrong with these subjects, the main one first.
    pub fn add(&mut self, severity: Severity, subjects: impl Into<Vec<Subject>>, message: impl fmt::Display) {
        self.add_related(severity, subjects, [], message);
    }

    /// The same, with others that it touches: they are shown with it and count for its reach, but do
    /// not tell one finding from another.
    pub fn add_related(
        &mut self,
        severity: Severity,
        subjects: impl Into<Vec<Subject>>,
        related: impl Into<Vec<Subject>>,
        message: impl fmt::Display,
    ) {
        let (subjects, related) = (subjects.into(), related.into());
        self.sentence.clear();
        // Writing to a string cannot fail.
        let _ = write!(self.sentence, "{message}");
        let message = self.sentence.as_str().to_owned();
        self.said.push(self.statements.len());
        self.statements.push(Arc::new(Statement { severity, subjects, related, message }));
    }

    /// Something that can be wrong at several stages in the same way: `say` adds it, and is asked only where
    /// nothing was said that follows from the same places or numbers at a stage before.
    pub fn add_once(&mut self, follows_from: impl IntoIterator<Item = usize>, say: impl FnOnce(&mut Self)) {
        let mut wanted = std::mem::take(&mut self.wanted);
        wanted.clear();
        wanted.extend(follows_from);
        if let Some(&known) = self.known.get(&wanted) {
            self.said.push(known);
        } else {
            self.known.insert(wanted.clone(), self.statements.len());
            say(self);
        }
        self.wanted = wanted;
    }

    /// What was said since this was asked last.
    pub(super) fn take_said(&mut self) -> Vec<usize> {
        std::mem::take(&mut self.said)
    }

    /// Everything that was said, each statement once.
    pub(super) fn into_statements(self) -> Vec<Arc<Statement>> {
        self.statements
    }
}
