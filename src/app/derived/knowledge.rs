//! What is known of a plan, whatever is shown: findings, gates, numbers, ownership, recommendations.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Plan, Stage, SystemId};
use crate::rules::{self, Facts, Findings, Gate, Scope, StageNumbers};

use super::ownership::{OwnershipRow, ownership};
use super::recommendations::{Reasoned, recommendations};

/// What is known of a plan, whatever is shown.
#[derive(Debug)]
pub struct Knowledge {
    /// The plan's revision.
    pub revision: u64,
    /// The stages in order.
    pub stages: Vec<Stage>,
    /// What is wrong.
    pub findings: Findings,
    /// The gates, and what keeps the plan from passing them.
    pub gates: Vec<Gate>,
    /// The numbers of each stage.
    pub row: Vec<StageNumbers>,
    /// The ownership matrix at each stage.
    pub ownership: Vec<Vec<OwnershipRow>>,
    /// The systems that stand at each stage.
    pub standing: Vec<BTreeSet<SystemId>>,
    /// What the answers point to, for every system that a disposition is asked for.
    pub recommendations: BTreeMap<SystemId, Reasoned>,
}

impl Knowledge {
    /// Everything that the rules and numbers say of a plan.
    #[must_use]
    pub fn new(plan: &Plan, revision: u64) -> Self {
        let mut facts = Facts::new(plan);
        let gates = rules::gates(&mut facts);
        let findings = rules::check(&facts, Scope::AllStages);
        let places = 0..facts.stages.len();
        Self {
            revision,
            stages: facts.index.timeline.stages().to_vec(),
            row: places.clone().map(|at| facts.numbers(at)).collect(),
            ownership: ownership(&facts),
            recommendations: recommendations(&facts),
            standing: places.map(|at| standing(&facts, at)).collect(),
            findings,
            gates,
        }
    }
}

fn standing(facts: &Facts<'_>, at: usize) -> BTreeSet<SystemId> {
    let stands = |place: &usize| facts.stages[at].landscape.stands(*place);
    (0..facts.index.systems.len()).filter(stands).map(|place| facts.index.systems[place].id.clone()).collect()
}
