//! Findings for machines: JSON of our own, SARIF for code hosts, `JUnit` for build servers.

mod json;
mod junit;
mod sarif;

pub use json::{json, json_of_folder};
pub use junit::junit;
pub use sarif::sarif;

use std::path::Path;

use crate::model::Plan;
use crate::rules::{Facts, Finding, Findings, Gate};

/// What the writers are given.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a, 'p> {
    /// The plan's file, as the person named it.
    pub path: &'a Path,
    /// The file's text, in which the places of findings are looked up.
    pub text: &'a str,
    /// The plan's facts.
    pub facts: &'a Facts<'p>,
    /// What was found, at the stage that was asked for or at all.
    pub findings: &'a Findings,
    /// What was found at all stages, against which fixes are tried.
    pub all: &'a Findings,
    /// The gates, and what keeps the plan from passing them.
    pub gates: &'a [Gate],
    /// What a merge left to decide: its place and a sentence.
    pub conflicts: &'a [(String, String)],
    /// The stage that was asked for; all where absent.
    pub stage: Option<&'a str>,
    /// The titles of the fixes of a finding.
    pub fixes: fn(&Facts<'_>, &Findings, &Finding) -> Vec<String>,
}

impl<'p> Checked<'_, 'p> {
    fn plan(&self) -> &'p Plan {
        self.facts.plan()
    }

    /// The ids of the stages at which a finding holds.
    fn stages(&self, finding: &Finding) -> Vec<String> {
        finding.stages.iter().map(|&at| self.facts.index.timeline.stage(at).to_string()).collect()
    }

    /// When a finding is there, in words; empty for rules that look at the target only.
    fn presence(&self, finding: &Finding) -> &'static str {
        self.findings.presence_words(finding, self.facts.index.timeline.target())
    }
}

fn subjects(finding: &Finding) -> Vec<String> {
    finding.subjects.iter().map(ToString::to_string).collect()
}
