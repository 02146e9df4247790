//! A flow: an edge of the landscape that carries data domains from one system to another.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{
    Auth, Date, Direction, DomainId, Element, FlowId, Guards, Initiator, Mapping, Mark, Mechanism, Pattern,
    Stage, SystemId, Timing, ValueKind, WaveId, is_default,
};

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
    /// Records in the busiest hour.
    #[serde(default, skip_serializing_if = "is_default")]
    pub peak_per_hour: Option<u64>,
    /// How the two sides know each other.
    #[serde(default, skip_serializing_if = "is_default")]
    pub auth: Option<Auth>,
    /// Whether it is encrypted on the way.
    #[serde(default, skip_serializing_if = "is_default")]
    pub encrypted: Option<bool>,
    /// Whether it stays on one machine or a private line, which counts as encrypted.
    #[serde(default, skip_serializing_if = "is_default")]
    pub private_network: bool,
    /// When its credential ends.
    #[serde(default, skip_serializing_if = "is_default")]
    pub credential_end: Option<Date>,
    /// The version of the focal system's API that it uses: `61.0`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub api_version: String,
    /// Whether somebody watches it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub monitored: Option<bool>,
    /// Whether somebody is told when it fails.
    #[serde(default, skip_serializing_if = "is_default")]
    pub failure_alert: Option<bool>,
    /// Whether somebody is told when it carries unexpectedly much or little.
    #[serde(default, skip_serializing_if = "is_default")]
    pub volume_alert: Option<bool>,
    /// Whether it tries again.
    #[serde(default, skip_serializing_if = "is_default")]
    pub retry: Option<bool>,
    /// Whether what cannot be delivered is kept aside.
    #[serde(default, skip_serializing_if = "is_default")]
    pub dead_letter: Option<bool>,
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
    /// What it is good for.
    #[serde(default, skip_serializing_if = "is_default")]
    pub value_kind: Option<ValueKind>,
    /// Who answers for it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub owner: String,
    /// What is said about the standing of a field, by its name: assumed, or not known.
    #[serde(default, skip_serializing_if = "is_default")]
    pub marks: BTreeMap<String, Mark>,
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
            peak_per_hour: None,
            auth: None,
            encrypted: None,
            private_network: false,
            credential_end: None,
            api_version: String::new(),
            monitored: None,
            failure_alert: None,
            volume_alert: None,
            retry: None,
            dead_letter: None,
            idempotent: None,
            guards: Guards::None,
            validated: None,
            mapping: None,
            partition: String::new(),
            shared_extract: false,
            bypass_ok: String::new(),
            value: None,
            value_kind: None,
            owner: String::new(),
            marks: BTreeMap::new(),
            notes: String::new(),
        }
    }

    /// Which way it goes, between the names of its ends.
    #[must_use]
    pub fn arrow(&self) -> &'static str {
        if self.is_two_way() { "↔" } else { "→" }
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
