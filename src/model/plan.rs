//! A plan: one landscape, its data domains and waves, and how it is drawn.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::vocabulary::vocabulary;
use super::{
    Answer, Area, AreaId, Conflict, DataDomain, Date, Decision, DecisionId, DomainId, Drawing, Element, Flow,
    FlowId, Question, Stage, System, SystemId, Waiver, WaiverId, WaveId, free_id, is_default,
};

vocabulary! {
    /// The gate that a plan works towards; what a later gate needs is not asked for before.
    #[derive(Default)]
    Aim {
        /// Anything goes.
        #[default]
        Draft = "draft",
        /// A review decides on it.
        Review = "review",
        /// It is built.
        Build = "build",
        /// It is switched over.
        Cutover = "cutover",
    }
}

/// The focal system's subscription: the facts from which its daily limits follow.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Org {
    /// The edition's name.
    #[serde(skip_serializing_if = "is_default")]
    pub edition: String,
    /// Number of licences by kind.
    #[serde(skip_serializing_if = "is_default")]
    pub licences: BTreeMap<String, u32>,
    /// Number of units of each add-on by name.
    #[serde(skip_serializing_if = "is_default")]
    pub add_ons: BTreeMap<String, u32>,
    /// Number of users.
    #[serde(skip_serializing_if = "is_default")]
    pub users: Option<u32>,
    /// Storage in use, in gigabytes.
    #[serde(skip_serializing_if = "is_default")]
    pub storage_used_gb: Option<f64>,
}

/// A step on the way from today to the target.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Wave {
    /// What people call it.
    pub name: String,
    /// Its place among the waves, the smallest first; equal ones go by id.
    #[serde(skip_serializing_if = "is_default")]
    pub order: i32,
    /// The day of the cutover.
    #[serde(skip_serializing_if = "is_default")]
    pub cutover: Option<Date>,
    /// Anything else that people should know.
    #[serde(skip_serializing_if = "is_default")]
    pub notes: String,
}

impl Element for Wave {
    const WORD: &'static str = "wave";
}

/// What a plan file stores. Elements stand behind `Arc`, so that a copy of a plan copies pointers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Plan {
    /// What people call it.
    pub name: String,
    /// For whom it is.
    #[serde(skip_serializing_if = "is_default")]
    pub client: String,
    /// Who wrote it.
    #[serde(skip_serializing_if = "is_default")]
    pub author: String,
    /// The day on which it is true, set by a person.
    #[serde(skip_serializing_if = "is_default")]
    pub as_of: Option<Date>,
    /// The gate that it works towards.
    #[serde(skip_serializing_if = "is_default")]
    pub aim: Aim,
    /// The platform that systems move into or connect to.
    #[serde(skip_serializing_if = "is_default")]
    pub focal_system: Option<SystemId>,
    /// The focal system's subscription.
    #[serde(skip_serializing_if = "is_default")]
    pub org: Org,
    /// Anything that readers should know first.
    #[serde(skip_serializing_if = "is_default")]
    pub notes: String,
    /// Thresholds that differ from their defaults, by `rule-id.name`.
    #[serde(skip_serializing_if = "is_default")]
    pub thresholds: BTreeMap<String, f64>,
    /// Weights of answers that differ from the proposed ones, by `question.disposition`.
    #[serde(skip_serializing_if = "is_default")]
    pub weights: BTreeMap<String, f64>,
    /// The answers that hold for every system that has none of its own.
    #[serde(skip_serializing_if = "is_default")]
    pub answers: BTreeMap<Question, Answer>,
    /// What was decided, or is to be.
    #[serde(skip_serializing_if = "is_default")]
    pub decisions: BTreeMap<DecisionId, Arc<Decision>>,
    /// Findings that were accepted.
    #[serde(skip_serializing_if = "is_default")]
    pub waivers: BTreeMap<WaiverId, Arc<Waiver>>,
    /// The first year that costs and dates without a date are counted from.
    #[serde(skip_serializing_if = "is_default")]
    pub base_year: Option<u16>,
    /// The named regions of the drawing.
    #[serde(skip_serializing_if = "is_default")]
    pub areas: BTreeMap<AreaId, Arc<Area>>,
    /// The waves.
    #[serde(skip_serializing_if = "is_default")]
    pub waves: BTreeMap<WaveId, Arc<Wave>>,
    /// The data domains.
    #[serde(skip_serializing_if = "is_default")]
    pub domains: BTreeMap<DomainId, Arc<DataDomain>>,
    /// The systems.
    #[serde(skip_serializing_if = "is_default")]
    pub systems: BTreeMap<SystemId, Arc<System>>,
    /// The flows.
    #[serde(skip_serializing_if = "is_default")]
    pub flows: BTreeMap<FlowId, Arc<Flow>>,
    /// What a merge could not decide, by place: `systems/erp/disposition`.
    #[serde(skip_serializing_if = "is_default")]
    pub conflicts: BTreeMap<String, Conflict>,
    /// Where things stand in the picture.
    #[serde(skip_serializing_if = "is_default")]
    pub drawing: Drawing,
}

impl Plan {
    /// An empty plan with a name.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// The waves in the order in which they come.
    #[must_use]
    pub fn waves_in_order(&self) -> Vec<&WaveId> {
        let mut waves: Vec<_> = self.waves.iter().collect();
        waves.sort_by_key(|(id, wave)| (wave.order, *id));
        waves.into_iter().map(|(id, _)| id).collect()
    }

    /// The name of a system, or its id where the plan does not have it.
    #[must_use]
    pub fn system_name<'a>(&'a self, id: &'a SystemId) -> &'a str {
        self.systems.get(id).map_or(id.as_str(), |system| &system.name)
    }

    /// The name of a domain, or its id where the plan does not have it.
    #[must_use]
    pub fn domain_name<'a>(&'a self, id: &'a DomainId) -> &'a str {
        self.domains.get(id).map_or(id.as_str(), |domain| &domain.name)
    }

    /// The name of a stage as people read it: Today, the wave's name, Target.
    #[must_use]
    pub fn stage_name<'a>(&'a self, stage: &'a Stage) -> &'a str {
        match stage {
            Stage::Today => "Today",
            Stage::Wave(id) => self.waves.get(id).map_or(id.as_str(), |wave| &wave.name),
            Stage::Target => "Target",
        }
    }

    /// The focal system's own name; "the focal system" where none is chosen.
    #[must_use]
    pub fn focal_name(&self) -> &str {
        self.focal_system.as_ref().map_or("the focal system", |id| self.system_name(id))
    }

    /// What a flow is called in messages: "ERP → Web shop".
    #[must_use]
    pub fn flow_name(&self, id: &FlowId) -> String {
        self.flows.get(id).map_or_else(
            || id.to_string(),
            |flow| {
                let (from, to) = (self.system_name(&flow.from), self.system_name(&flow.to));
                format!("{from} {} {to}", flow.arrow())
            },
        )
    }

    /// An id for a new system of this name.
    #[must_use]
    pub fn free_system_id(&self, name: &str) -> SystemId {
        free_id(name, |id| self.systems.contains_key(id))
    }

    /// An id for a new domain of this name.
    #[must_use]
    pub fn free_domain_id(&self, name: &str) -> DomainId {
        free_id(name, |id| self.domains.contains_key(id))
    }

    /// An id for a new wave of this name.
    #[must_use]
    pub fn free_wave_id(&self, name: &str) -> WaveId {
        free_id(name, |id| self.waves.contains_key(id))
    }

    /// An id for a new area of this name.
    #[must_use]
    pub fn free_area_id(&self, name: &str) -> AreaId {
        free_id(name, |id| self.areas.contains_key(id))
    }

    /// The systems whose field names this area, in the order of their ids.
    pub fn systems_in<'a>(&'a self, area: &'a AreaId) -> impl Iterator<Item = &'a SystemId> {
        self.systems.iter().filter(move |(_, system)| system.area.as_ref() == Some(area)).map(|(id, _)| id)
    }

    /// An id for a new flow: both ends and the first domain.
    #[must_use]
    pub fn free_flow_id(&self, flow: &Flow) -> FlowId {
        let domain = flow.carries.first().map_or("", |payload| payload.domain.as_str());
        let name = format!("{} to {} {domain}", flow.from, flow.to);
        free_id(&name, |id| self.flows.contains_key(id))
    }
}
