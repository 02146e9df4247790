//! What findings say about the things that are drawn, counted.

use std::collections::BTreeMap;

use crate::model::{FlowId, SystemId};
use crate::rules::{self, Findings, Severity};

use super::Counts;

/// What findings say about the things that are drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindingMarks {
    /// How many findings name a system.
    pub systems: BTreeMap<SystemId, Counts>,
    /// The worst finding that names a flow.
    pub flows: BTreeMap<FlowId, Severity>,
    /// The systems that each finding names, for those that name any.
    pub named: Vec<(Severity, Vec<SystemId>)>,
}

impl FindingMarks {
    /// The marks of the findings that hold at a stage.
    #[must_use]
    pub fn at(findings: &Findings, at: usize) -> Self {
        let mut marks = Self::default();
        for finding in findings.at(at).filter(|finding| finding.waiver.is_none()) {
            let severity = Some(finding.severity);
            let systems = finding.subjects.iter().filter_map(|subject| match subject {
                rules::Subject::System(id) => Some(id.clone()),
                _ => None,
            });
            let systems: Vec<SystemId> = systems.collect();
            if !systems.is_empty() {
                marks.named.push((finding.severity, systems));
            }
            for subject in &finding.subjects {
                match subject {
                    rules::Subject::System(id) => {
                        marks.systems.entry(id.clone()).or_default().add(finding.severity);
                    }
                    rules::Subject::Flow(id) => {
                        let worst = marks.flows.get(id).copied().max(severity);
                        marks.flows.extend(worst.map(|worst| (id.clone(), worst)));
                    }
                    _ => {}
                }
            }
        }
        marks
    }
}
