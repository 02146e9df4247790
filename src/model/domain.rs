//! A data domain: a subject of data, who decides about it and how conflicts end.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::vocabulary::vocabulary;
use super::{Element, Stage, SystemId, is_default};

vocabulary! {
    /// What sort of data it is.
    DomainKind {
        /// Things that other data refers to: customers, products.
        Master = "master",
        /// Code lists.
        Reference = "reference",
        /// Events of the business: orders, invoices.
        Transaction = "transaction",
        /// Made for analysis.
        Analytical = "analytical",
        /// Documents and media.
        Content = "content",
    }
}

vocabulary! {
    /// How much it must be protected.
    DomainClass {
        /// For everybody.
        Public = "public",
        /// For the organisation.
        Internal = "internal",
        /// For few.
        Confidential = "confidential",
        /// About persons.
        Personal = "personal",
        /// About persons, of the kinds that the law protects most.
        Special = "special",
        /// About payment cards and accounts.
        Payment = "payment",
    }
}

impl DomainClass {
    /// Whether a leak would harm somebody.
    #[must_use]
    pub const fn is_sensitive(self) -> bool {
        matches!(self, Self::Confidential | Self::Personal | Self::Special | Self::Payment)
    }
}

vocabulary! {
    /// Who wins when two systems change the same record.
    ConflictKind {
        /// The first of an ordered list of systems; without a list, the source of truth.
        SourcePriority = "source-priority",
        /// Each group of fields has its own source of truth.
        FieldMastership = "field-mastership",
        /// Whoever wrote last.
        LastWriter = "last-writer",
        /// The record with the most filled fields.
        MostComplete = "most-complete",
        /// What most systems say.
        Majority = "majority",
        /// A person decides.
        Manual = "manual",
        /// The hub decides by its own rules.
        HubDecides = "hub-decides",
    }
}

/// How a conflict between two changes ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConflictRule {
    /// Who wins.
    pub winner: ConflictKind,
    /// For *source priority*: the systems, the strongest first.
    #[serde(default, skip_serializing_if = "is_default")]
    pub order: Vec<SystemId>,
    /// For *manual*: the person who decides.
    #[serde(default, skip_serializing_if = "is_default")]
    pub steward: String,
}

impl ConflictRule {
    /// The rule with this winner and no details.
    #[must_use]
    pub const fn of(winner: ConflictKind) -> Self {
        Self { winner, order: Vec::new(), steward: String::new() }
    }
}

/// The part of a domain that a claim is for. All empty: the whole domain.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Scope {
    /// A group of fields: `billing`.
    #[serde(skip_serializing_if = "is_default")]
    pub group: String,
    /// A part of the records: a region, a brand.
    #[serde(skip_serializing_if = "is_default")]
    pub partition: String,
    /// Records in a state: `draft`.
    #[serde(skip_serializing_if = "is_default")]
    pub record_state: String,
}

impl Scope {
    /// Whether it is the whole domain.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        *self == Self::default()
    }

    /// In words: "fields billing, part DE"; empty for the whole domain.
    #[must_use]
    pub fn words(&self) -> String {
        let parts = [("fields", &self.group), ("part", &self.partition), ("state", &self.record_state)];
        let named = parts.into_iter().filter(|(_, name)| !name.is_empty());
        named.map(|(word, name)| format!("{word} {name}")).collect::<Vec<_>>().join(", ")
    }

    /// Whether some record and field is in both.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let meets = |a: &str, b: &str| a.is_empty() || b.is_empty() || a == b;
        meets(&self.group, &other.group)
            && meets(&self.partition, &other.partition)
            && meets(&self.record_state, &other.record_state)
    }

    /// Whether everything of `other` is in this one.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        let holds = |a: &str, b: &str| a.is_empty() || a == b;
        holds(&self.group, &other.group)
            && holds(&self.partition, &other.partition)
            && holds(&self.record_state, &other.record_state)
    }
}

/// A decision: from this stage on, this system is the source of truth for this scope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// The source of truth.
    pub system: SystemId,
    /// From which stage on. `target` is a handover without a date.
    #[serde(default, skip_serializing_if = "is_default")]
    pub from: Stage,
    /// For which part of the domain.
    #[serde(default, skip_serializing_if = "is_default")]
    pub scope: Scope,
}

impl Claim {
    /// A claim on the whole domain.
    #[must_use]
    pub fn whole(system: SystemId, from: Stage) -> Self {
        Self { system, from, scope: Scope::default() }
    }
}

/// A subject of data.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DataDomain {
    /// What people call it.
    pub name: String,
    /// What sort of data it is.
    #[serde(skip_serializing_if = "is_default")]
    pub kind: Option<DomainKind>,
    /// How much it must be protected.
    #[serde(skip_serializing_if = "is_default")]
    pub class: Option<DomainClass>,
    /// Which system is the source of truth, for what, from when on.
    #[serde(skip_serializing_if = "is_default")]
    pub truth: Vec<Claim>,
    /// How conflicts end.
    #[serde(skip_serializing_if = "is_default")]
    pub conflict_rule: Option<ConflictRule>,
    /// How records are recognised across systems: an external id, a cross-reference table.
    #[serde(skip_serializing_if = "is_default")]
    pub key: String,
    /// Domains that its records refer to.
    #[serde(skip_serializing_if = "is_default")]
    pub parents: BTreeSet<super::DomainId>,
    /// Whether its records are loaded before everything else, as reference data.
    #[serde(skip_serializing_if = "is_default")]
    pub preloaded: bool,
    /// The only regions in which it may lie; empty where it may lie anywhere.
    #[serde(skip_serializing_if = "is_default")]
    pub regions: BTreeSet<String>,
    /// The person who looks after it.
    #[serde(skip_serializing_if = "is_default")]
    pub steward: String,
    /// Anything else that people should know.
    #[serde(skip_serializing_if = "is_default")]
    pub notes: String,
}

impl Element for DataDomain {
    const WORD: &'static str = "domain";
}

impl DataDomain {
    /// A domain with a name and nothing else known.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }
}
