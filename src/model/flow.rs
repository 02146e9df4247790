//! A flow: an edge of the landscape that carries data domains from one system to another.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::vocabulary::vocabulary;
use super::{Date, DomainId, Element, FlowId, Stage, SystemId, WaveId, is_default};

vocabulary! {
    /// Which way a payload goes, seen from the flow's `from`.
    #[derive(Default)]
    Direction {
        /// From `from` to `to`.
        #[default]
        Forward = "forward",
        /// From `to` to `from`.
        Back = "back",
        /// Both ways.
        Both = "both",
    }
}

impl Direction {
    /// Whether data goes from `from` to `to`.
    #[must_use]
    pub const fn goes_forward(self) -> bool {
        matches!(self, Self::Forward | Self::Both)
    }

    /// Whether data goes from `to` to `from`.
    #[must_use]
    pub const fn goes_back(self) -> bool {
        matches!(self, Self::Back | Self::Both)
    }
}

vocabulary! {
    /// Whether somebody waits for the answer.
    Timing {
        /// The caller waits.
        Sync = "sync",
        /// Sent at once, nobody waits.
        Async = "async",
        /// Collected and sent at intervals.
        Batch = "batch",
    }
}

vocabulary! {
    /// Who starts the exchange.
    #[derive(Default)]
    Initiator {
        /// The system in `from`.
        #[default]
        From = "from",
        /// The system in `to`.
        To = "to",
        /// The hub in between.
        Hub = "hub",
    }
}

vocabulary! {
    /// The integration pattern.
    Pattern {
        /// Ask and wait for the answer.
        RequestReply = "request-reply",
        /// Send and carry on.
        FireForget = "fire-forget",
        /// Collected changes at intervals.
        BatchSync = "batch-sync",
        /// The other side calls the focal system.
        CallIn = "call-in",
        /// The screen follows changes of the data.
        UiUpdate = "ui-update",
        /// Read where it stands, without a copy.
        Virtual = "virtual",
    }
}

vocabulary! {
    /// The technical means.
    Mechanism {
        /// REST, record by record.
        Rest = "rest",
        /// SOAP.
        Soap = "soap",
        /// REST, up to 200 records a call.
        Composite = "composite",
        /// Bulk interface.
        Bulk = "bulk",
        /// Asking at intervals.
        Poll = "poll",
        /// Change data capture.
        Cdc = "cdc",
        /// Events.
        Event = "event",
        /// A call out of the focal system.
        Callout = "callout",
        /// OData.
        Odata = "odata",
        /// Zero-copy link.
        ZeroCopy = "zero-copy",
        /// Files.
        File = "file",
        /// Message queue.
        Queue = "queue",
        /// HL7 messages.
        Hl7 = "hl7",
        /// A connector of the vendor.
        NativeConnector = "native-connector",
        /// A connector from the vendor's marketplace.
        Marketplace = "marketplace",
        /// Straight into the other's database.
        Database = "database",
        /// People carry the data.
        Manual = "manual",
    }
}

vocabulary! {
    /// How the two sides know each other.
    Auth {
        /// Not at all.
        None = "none",
        /// Name and password.
        Basic = "basic",
        /// A password that several share.
        SharedPassword = "shared-password",
        /// An API key.
        ApiKey = "api-key",
        /// OAuth.
        Oauth = "oauth",
        /// TLS with certificates on both sides.
        MutualTls = "mutual-tls",
        /// SAML.
        Saml = "saml",
        /// A certificate.
        Certificate = "certificate",
    }
}

vocabulary! {
    /// In which direction changes are kept from echoing.
    #[derive(Default)]
    Guards {
        /// In neither.
        #[default]
        None = "none",
        /// From `from` to `to`.
        Forward = "forward",
        /// From `to` to `from`.
        Back = "back",
        /// In both.
        Both = "both",
    }
}

impl Guards {
    /// Whether data going forward is guarded.
    #[must_use]
    pub const fn guards_forward(self) -> bool {
        matches!(self, Self::Forward | Self::Both)
    }

    /// Whether data going back is guarded.
    #[must_use]
    pub const fn guards_back(self) -> bool {
        matches!(self, Self::Back | Self::Both)
    }
}

vocabulary! {
    /// How far the mapping of fields has come.
    Mapping {
        /// Nothing is written down.
        None = "none",
        /// A draft.
        Draft = "draft",
        /// Agreed by both sides.
        Agreed = "agreed",
        /// Built.
        Done = "done",
    }
}

/// One data domain that a flow carries.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payload {
    /// The domain.
    pub domain: DomainId,
    /// The part of the domain, where it is only a part: `request`, `status`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub part: String,
    /// Which way it goes.
    #[serde(default, skip_serializing_if = "is_default")]
    pub direction: Direction,
    /// Whether it changes records at the receiver. True unless said otherwise.
    #[serde(default = "writes_by_default", skip_serializing_if = "is_true")]
    pub writes: bool,
}

const fn writes_by_default() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
const fn is_true(value: &bool) -> bool {
    *value
}

impl Payload {
    /// The whole domain, forward, writing.
    #[must_use]
    pub const fn of(domain: DomainId) -> Self {
        Self { domain, part: String::new(), direction: Direction::Forward, writes: true }
    }
}

/// An edge of the landscape.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flow {
    /// One end. Never a hub.
    pub from: SystemId,
    /// The other end. Never a hub.
    pub to: SystemId,
    /// The hubs on the way, in order. Everything from here on may be unknown.
    #[serde(default, skip_serializing_if = "is_default")]
    pub via: Vec<SystemId>,
    /// What it carries, sorted.
    #[serde(default, skip_serializing_if = "is_default")]
    pub carries: Vec<Payload>,
    /// From which stage on it is there.
    #[serde(default, skip_serializing_if = "is_default")]
    pub since: Stage,
    /// The wave from which on it is gone.
    #[serde(default, skip_serializing_if = "is_default")]
    pub until: Option<WaveId>,
    /// The flows that it takes the place of.
    #[serde(default, skip_serializing_if = "is_default")]
    pub replaces: BTreeSet<FlowId>,
    /// Whether it only bridges the time until something else is there.
    #[serde(default, skip_serializing_if = "is_default")]
    pub bridge: bool,
    /// Why nothing needs to take its place when an end goes.
    #[serde(default, skip_serializing_if = "is_default")]
    pub dropped_reason: String,
    /// Whether somebody waits.
    #[serde(default, skip_serializing_if = "is_default")]
    pub timing: Option<Timing>,
    /// Who starts the exchange.
    #[serde(default, skip_serializing_if = "is_default")]
    pub initiator: Initiator,
    /// The integration pattern.
    #[serde(default, skip_serializing_if = "is_default")]
    pub pattern: Option<Pattern>,
    /// The technical means.
    #[serde(default, skip_serializing_if = "is_default")]
    pub mechanism: Option<Mechanism>,
    /// The worst case from change to arrival, in minutes; for a batch, interval plus run.
    #[serde(default, skip_serializing_if = "is_default")]
    pub latency_min: Option<u32>,
    /// Records a day, for each direction that it takes.
    #[serde(default, skip_serializing_if = "is_default")]
    pub records_per_day: Option<u64>,
    /// Records a run. Never worked out from the records a day.
    #[serde(default, skip_serializing_if = "is_default")]
    pub records_per_run: Option<u64>,
    /// Runs a day.
    #[serde(default, skip_serializing_if = "is_default")]
    pub runs_per_day: Option<u32>,
    /// How the two sides know each other.
    #[serde(default, skip_serializing_if = "is_default")]
    pub auth: Option<Auth>,
    /// Whether it is encrypted on the way.
    #[serde(default, skip_serializing_if = "is_default")]
    pub encrypted: Option<bool>,
    /// When its credential ends.
    #[serde(default, skip_serializing_if = "is_default")]
    pub credential_end: Option<Date>,
    /// Whether somebody notices when it stops.
    #[serde(default, skip_serializing_if = "is_default")]
    pub monitored: Option<bool>,
    /// Whether it tries again.
    #[serde(default, skip_serializing_if = "is_default")]
    pub retry: Option<bool>,
    /// Whether sending twice does no harm.
    #[serde(default, skip_serializing_if = "is_default")]
    pub idempotent: Option<bool>,
    /// In which direction changes are kept from echoing.
    #[serde(default, skip_serializing_if = "is_default")]
    pub guards: Guards,
    /// Whether records are checked before they are written.
    #[serde(default, skip_serializing_if = "is_default")]
    pub validated: Option<bool>,
    /// How far the mapping of fields has come.
    #[serde(default, skip_serializing_if = "is_default")]
    pub mapping: Option<Mapping>,
    /// The part of the records that it carries: a region, a brand.
    #[serde(default, skip_serializing_if = "is_default")]
    pub partition: String,
    /// Whether several receivers get one identical extract.
    #[serde(default, skip_serializing_if = "is_default")]
    pub shared_extract: bool,
    /// Why it may go round the hub; empty where it may not.
    #[serde(default, skip_serializing_if = "is_default")]
    pub bypass_ok: String,
    /// Its worth to the business: 0 to 5.
    #[serde(default, skip_serializing_if = "is_default")]
    pub value: Option<u8>,
    /// Who answers for it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub owner: String,
    /// Anything else that people should know.
    #[serde(default, skip_serializing_if = "is_default")]
    pub notes: String,
}

impl Element for Flow {
    const WORD: &'static str = "flow";
}

impl Flow {
    /// A flow between two systems of which nothing else is known.
    #[must_use]
    pub fn between(from: SystemId, to: SystemId) -> Self {
        Self {
            from,
            to,
            via: Vec::new(),
            carries: Vec::new(),
            since: Stage::Today,
            until: None,
            replaces: BTreeSet::new(),
            bridge: false,
            dropped_reason: String::new(),
            timing: None,
            initiator: Initiator::From,
            pattern: None,
            mechanism: None,
            latency_min: None,
            records_per_day: None,
            records_per_run: None,
            runs_per_day: None,
            auth: None,
            encrypted: None,
            credential_end: None,
            monitored: None,
            retry: None,
            idempotent: None,
            guards: Guards::None,
            validated: None,
            mapping: None,
            partition: String::new(),
            shared_extract: false,
            bypass_ok: String::new(),
            value: None,
            owner: String::new(),
            notes: String::new(),
        }
    }

    /// Whether data goes both ways.
    #[must_use]
    pub fn is_two_way(&self) -> bool {
        self.carries.iter().any(|payload| payload.direction.goes_forward())
            && self.carries.iter().any(|payload| payload.direction.goes_back())
    }

    /// Whether no hub stands between the ends.
    #[must_use]
    pub const fn is_direct(&self) -> bool {
        self.via.is_empty()
    }

    /// Whether data is read where it stands, without a copy.
    #[must_use]
    pub fn is_virtual(&self) -> bool {
        self.pattern == Some(Pattern::Virtual)
    }

    /// Whether it carries a domain.
    #[must_use]
    pub fn carries_domain(&self, domain: &DomainId) -> bool {
        self.carries.iter().any(|payload| payload.domain == *domain)
    }
}
