//! A system: what it is, what becomes of it and what it does with each data domain.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::vocabulary::vocabulary;
use super::{
    Answer, Date, DomainId, Element, Load, LoadId, Mark, Migration, Question, Stage, WaveId, is_default,
};

vocabulary! {
    /// What becomes of a system.
    #[derive(Default)]
    Disposition {
        /// It stays and is connected.
        Integrate = "integrate",
        /// Its data and processes move into another system and it goes.
        Migrate = "migrate",
        /// It stays and is read where it stands, without copying.
        Federate = "federate",
        /// It goes and nothing moves.
        Retire = "retire",
        /// Nobody has decided yet.
        #[default]
        Undecided = "undecided",
    }
}

impl Disposition {
    /// Whether a system with this disposition is gone in the target.
    #[must_use]
    pub const fn leaves(self) -> bool {
        matches!(self, Self::Migrate | Self::Retire)
    }
}

vocabulary! {
    /// What a system is for.
    #[derive(Default)]
    Kind {
        /// Customer relationship management.
        Crm = "crm",
        /// Customer service.
        Service = "service",
        /// Marketing automation.
        Marketing = "marketing",
        /// Web shop.
        Commerce = "commerce",
        /// Enterprise resource planning.
        Erp = "erp",
        /// Ledger and invoices.
        Accounting = "accounting",
        /// Billing and subscriptions.
        Billing = "billing",
        /// Order management.
        Oms = "oms",
        /// Point of sale.
        Pos = "pos",
        /// Product information.
        Pim = "pim",
        /// Warehouse (goods) management.
        Wms = "wms",
        /// Human resources.
        Hr = "hr",
        /// Portal or web site.
        Portal = "portal",
        /// Identity and access.
        Identity = "identity",
        /// Master data management.
        Mdm = "mdm",
        /// Data warehouse.
        Warehouse = "warehouse",
        /// Data lake, lakehouse or customer data platform.
        DataPlatform = "data-platform",
        /// Spreadsheets in the place of a system.
        Spreadsheet = "spreadsheet",
        /// Core banking.
        CoreBanking = "core-banking",
        /// Electronic health record.
        Ehr = "ehr",
        /// Student information.
        Sis = "sis",
        /// Integration platform: a hub.
        IntegrationPlatform = "integration-platform",
        /// Event bus: a hub.
        EventBus = "event-bus",
        /// Built for the organisation.
        Custom = "custom",
        /// Anything else.
        #[default]
        Other = "other",
    }
}

impl Kind {
    /// Whether systems of this kind pass data on instead of using it.
    #[must_use]
    pub const fn is_hub(self) -> bool {
        matches!(self, Self::IntegrationPlatform | Self::EventBus)
    }

    /// Whether systems of this kind collect data to analyse it.
    #[must_use]
    pub const fn is_analytical(self) -> bool {
        matches!(self, Self::Warehouse | Self::DataPlatform)
    }
}

vocabulary! {
    /// Where a system is in its life.
    Lifecycle {
        /// Planned.
        Plan = "plan",
        /// Being introduced.
        PhaseIn = "phase-in",
        /// In use.
        Active = "active",
        /// Being phased out.
        PhaseOut = "phase-out",
        /// At its end.
        EndOfLife = "end-of-life",
    }
}

vocabulary! {
    /// What a system does with a data domain that it is not the source of truth for.
    Role {
        /// Changes records.
        Author = "author",
        /// Only creates records.
        Entry = "entry",
        /// Keeps a copy.
        Reader = "reader",
        /// Keeps old records.
        Archive = "archive",
    }
}

vocabulary! {
    /// The best way in or out that a system offers to others.
    Interfaces {
        /// None at all: people copy by hand.
        None = "none",
        /// Files.
        Files = "files",
        /// Its database.
        Database = "database",
        /// SOAP.
        Soap = "soap",
        /// REST.
        Rest = "rest",
        /// Events.
        Events = "events",
    }
}

/// What one system does with one data domain: a cell of the ownership matrix.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Holding {
    /// The declared role. Unknown is not *reader*: nothing was said.
    #[serde(skip_serializing_if = "is_default")]
    pub role: Option<Role>,
    /// Number of records.
    #[serde(skip_serializing_if = "is_default")]
    pub records: Option<u64>,
    /// Whether these are mostly old records that are only read.
    #[serde(skip_serializing_if = "is_default")]
    pub history: Option<bool>,
    /// Share of records without a known fault, in percent.
    #[serde(skip_serializing_if = "is_default")]
    pub quality: Option<f64>,
    /// Share of records that stand more than once, in percent.
    #[serde(skip_serializing_if = "is_default")]
    pub duplicates: Option<f64>,
    /// Share of records in which nothing that is needed is blank, in percent.
    #[serde(skip_serializing_if = "is_default")]
    pub completeness: Option<f64>,
    /// How old the data may be here, in minutes.
    #[serde(skip_serializing_if = "is_default")]
    pub max_age_min: Option<u32>,
    /// Whether the data is looked up where it stands instead of being copied.
    #[serde(skip_serializing_if = "is_default")]
    pub is_virtual: bool,
    /// The part of the domain that this system has: a region, a brand.
    #[serde(skip_serializing_if = "is_default")]
    pub partition: String,
}

/// What makes a system a hub, beyond its kind.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Hub {
    /// Whether it has one model of its own that everybody maps to once.
    #[serde(skip_serializing_if = "is_default")]
    pub canonical: Option<bool>,
    /// Whether it survives the loss of a machine.
    #[serde(skip_serializing_if = "is_default")]
    pub highly_available: Option<bool>,
    /// Whether it watches the flows that it carries.
    #[serde(skip_serializing_if = "is_default")]
    pub monitored: Option<bool>,
    /// When the credential ends that its flows share.
    #[serde(skip_serializing_if = "is_default")]
    pub credential_end: Option<Date>,
}

/// What people said about a system's disposition.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Assessment {
    /// Why the disposition differs from what the answers point to.
    #[serde(skip_serializing_if = "is_default")]
    pub override_reason: String,
    /// The answers given for this system alone; those of the plan hold where it has none.
    #[serde(skip_serializing_if = "is_default")]
    pub answers: BTreeMap<Question, Answer>,
}

/// A node of the landscape.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct System {
    /// What people call it.
    pub name: String,
    /// What it is for.
    #[serde(skip_serializing_if = "is_default")]
    pub kind: Kind,
    /// What becomes of it.
    #[serde(skip_serializing_if = "is_default")]
    pub disposition: Disposition,
    /// Who makes it.
    #[serde(skip_serializing_if = "is_default")]
    pub vendor: String,
    /// The product's name.
    #[serde(skip_serializing_if = "is_default")]
    pub product: String,
    /// Where it runs, in a few words: "on-premise", "SaaS".
    #[serde(skip_serializing_if = "is_default")]
    pub hosting: String,
    /// The region in which its data lies.
    #[serde(skip_serializing_if = "is_default")]
    pub region: String,
    /// Who answers for it in the business.
    #[serde(skip_serializing_if = "is_default")]
    pub owner_business: String,
    /// Who answers for it technically.
    #[serde(skip_serializing_if = "is_default")]
    pub owner_technical: String,
    /// From which stage on it is there.
    #[serde(skip_serializing_if = "is_default")]
    pub introduced: Stage,
    /// Where it is in its life.
    #[serde(skip_serializing_if = "is_default")]
    pub lifecycle: Option<Lifecycle>,
    /// When its maker's support ends.
    #[serde(skip_serializing_if = "is_default")]
    pub end_of_support: Option<Date>,
    /// How much depends on it: 1 (little) to 4 (the organisation stops).
    #[serde(skip_serializing_if = "is_default")]
    pub criticality: Option<u8>,
    /// Share of time in which it works, in percent.
    #[serde(skip_serializing_if = "is_default")]
    pub availability: Option<f64>,
    /// Share of time in which it must work, in percent.
    #[serde(skip_serializing_if = "is_default")]
    pub availability_target: Option<f64>,
    /// Whether disaster recovery is recorded.
    #[serde(skip_serializing_if = "is_default")]
    pub disaster_recovery: Option<bool>,
    /// How well it does its job: 1 to 4.
    #[serde(skip_serializing_if = "is_default")]
    pub functional_fit: Option<u8>,
    /// How well it is built: 1 to 4.
    #[serde(skip_serializing_if = "is_default")]
    pub technical_fit: Option<u8>,
    /// Whether it does something that the focal system does not.
    #[serde(skip_serializing_if = "is_default")]
    pub specialised: Option<bool>,
    /// How far it was changed from the standard: 0 to 4.
    #[serde(skip_serializing_if = "is_default")]
    pub customisation: Option<u8>,
    /// Number of people who use it.
    #[serde(skip_serializing_if = "is_default")]
    pub users: Option<u32>,
    /// What it can do, each for the part of the organisation that it does it for: a unit, a region. Empty
    /// where that is everybody.
    #[serde(skip_serializing_if = "is_default")]
    pub capabilities: BTreeMap<String, String>,
    /// The best way in or out that it offers to others.
    #[serde(skip_serializing_if = "is_default")]
    pub interfaces_offered: Option<Interfaces>,
    /// Calls a day that it accepts.
    #[serde(skip_serializing_if = "is_default")]
    pub rate_limit: Option<u64>,
    /// What running it costs a year, in the plan's currency.
    #[serde(skip_serializing_if = "is_default")]
    pub run_cost_year: Option<f64>,
    /// When its contract ends.
    #[serde(skip_serializing_if = "is_default")]
    pub contract_end: Option<Date>,
    /// Whether it stands alone on purpose.
    #[serde(skip_serializing_if = "is_default")]
    pub standalone: bool,
    /// The vendor's suite that it is part of; systems of one suite count as one for sprawl.
    #[serde(skip_serializing_if = "is_default")]
    pub suite: String,
    /// What is known of it as a hub.
    #[serde(skip_serializing_if = "is_default")]
    pub hub: Option<Hub>,
    /// What people said about its disposition.
    #[serde(skip_serializing_if = "is_default")]
    pub assessment: Assessment,
    /// How it migrates.
    #[serde(skip_serializing_if = "is_default")]
    pub migration: Option<Migration>,
    /// The wave after which it is switched off.
    #[serde(skip_serializing_if = "is_default")]
    pub exit_wave: Option<WaveId>,
    /// Parts of its data that move in waves of their own, whatever becomes of the system.
    #[serde(skip_serializing_if = "is_default")]
    pub loads: BTreeMap<LoadId, Load>,
    /// What it does with each data domain.
    #[serde(skip_serializing_if = "is_default")]
    pub holdings: BTreeMap<DomainId, Holding>,
    /// The named region of the drawing that it is in.
    #[serde(skip_serializing_if = "is_default")]
    pub area: Option<super::AreaId>,
    /// What is said about the standing of a field, by its name: assumed, or not known.
    #[serde(skip_serializing_if = "is_default")]
    pub marks: BTreeMap<String, Mark>,
    /// Anything else that people should know.
    #[serde(skip_serializing_if = "is_default")]
    pub notes: String,
}

impl Element for System {
    const WORD: &'static str = "system";
}

impl System {
    /// A system with a name and nothing else known.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// Whether it passes data on instead of using it.
    #[must_use]
    pub fn is_hub(&self) -> bool {
        self.hub.is_some() || self.kind.is_hub()
    }

    /// Whether it is a hub with one model that everybody maps to once.
    #[must_use]
    pub fn is_canonical_hub(&self) -> bool {
        self.hub.as_ref().is_some_and(|hub| hub.canonical == Some(true))
    }

    /// Who answers for it: the business owner, else the technical one.
    #[must_use]
    pub fn owner(&self) -> &str {
        if self.owner_business.is_empty() { &self.owner_technical } else { &self.owner_business }
    }
}
