//! The answers that hold for a system, wherever they come from, and what they point to.

use std::collections::BTreeMap;

use crate::landscape::Index;
use crate::model::{Answer, Plan, Question, System, SystemId, vocabulary};

use super::proposals::{Surroundings, proposals};
use super::score::{Input, Score, score};
use super::{Weights, entry};

vocabulary! {
    /// Where an answer comes from.
    Source {
        /// Given for this system.
        System = "system",
        /// Given once for the plan.
        Plan = "plan",
        /// Proposed by what the plan knows; nobody has looked at it.
        Proposed = "proposed",
    }
}

/// An answer that holds for a system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The answer.
    pub answer: Answer,
    /// Where it comes from.
    pub source: Source,
    /// What it says, in a sentence; empty where it pushes nowhere.
    pub says: String,
}

/// What is needed to decide about any system of a plan.
#[derive(Debug)]
pub struct Recommender<'a, 'p> {
    index: &'a Index<'p>,
    weights: Weights,
    free_storage_gb: Option<f64>,
    flows_today: Vec<usize>,
    claims: Vec<Vec<usize>>,
}

/// What the answers about one system point to.
#[derive(Clone, Debug)]
pub struct Recommendation {
    /// The answers that hold, by question.
    pub answers: BTreeMap<Question, Given>,
    /// What they point to.
    pub score: Score,
    pub(super) has_interface: bool,
    pub(super) domains: usize,
}

/// Whether a system is one that a disposition is asked for: no hub and not the focal system.
#[must_use]
pub fn is_decided_on(plan: &Plan, id: &SystemId, system: &System) -> bool {
    !system.is_hub() && plan.focal_system.as_ref() != Some(id)
}

impl<'a, 'p> Recommender<'a, 'p> {
    /// For a plan whose focal system has this much storage left, in gigabytes, where that is known.
    #[must_use]
    pub fn new(index: &'a Index<'p>, free_storage_gb: Option<f64>) -> Self {
        let mut flows_today = vec![0; index.systems.len()];
        for flow in index.flows.iter().filter(|flow| flow.life.contains(&0)) {
            for end in [flow.from, flow.to].into_iter().flatten() {
                flows_today[end] += 1;
            }
        }
        let mut claims = vec![Vec::new(); index.systems.len()];
        for (domain, (_, entry)) in index.domains.iter().enumerate() {
            for system in entry.truth.iter().filter_map(|claim| index.system(&claim.system)) {
                claims[system].push(domain);
            }
        }
        Self { index, weights: Weights::of(index.plan), free_storage_gb, flows_today, claims }
    }

    /// The weights of the plan.
    #[must_use]
    pub const fn weights(&self) -> &Weights {
        &self.weights
    }

    /// What the answers point to for the system at a place.
    #[must_use]
    pub fn recommend(&self, place: usize) -> Recommendation {
        let answers = self.answers(place);
        let plain = answers.iter().map(|(question, given)| (*question, given.answer)).collect();
        let input = self.input(&plain, place);
        let Input { has_interface, domains, .. } = input;
        Recommendation { score: score(input), answers, has_interface, domains }
    }

    /// What the answers point to for the system at a place, without the sentences about each answer.
    #[must_use]
    pub fn score(&self, place: usize) -> Score {
        let own = &self.index.systems[place].system.assessment.answers;
        let proposed = proposals(self.around(place), place);
        let proposed = proposed.into_iter().map(|proposal| (proposal.question, proposal.answer));
        let given = self.index.plan.answers.iter().chain(own).map(|(&question, &answer)| (question, answer));
        score(self.input(&proposed.chain(given).collect(), place))
    }

    fn input<'s>(&'s self, answers: &'s BTreeMap<Question, Answer>, place: usize) -> Input<'s> {
        let interfaces = self.index.systems[place].system.interfaces_offered;
        let has_interface = interfaces != Some(crate::model::Interfaces::None);
        Input { answers, weights: &self.weights, has_interface, domains: self.domains(place) }
    }

    fn around(&self, place: usize) -> Surroundings<'_, 'p> {
        let flows = self.index.systems[place].life.contains(&0).then_some(self.flows_today[place]);
        Surroundings { index: self.index, flows, free_storage_gb: self.free_storage_gb }
    }

    /// The answers that hold for a system: its own, else the plan's, else what the facts propose.
    fn answers(&self, place: usize) -> BTreeMap<Question, Given> {
        let plan = self.index.plan;
        let focal = plan.focal_name();
        let says = |question, answer| entry(question).says(answer, focal);
        let mut answers = BTreeMap::new();
        for proposal in proposals(self.around(place), place) {
            let (question, answer) = (proposal.question, proposal.answer);
            let says = if proposal.because.is_empty() { says(question, answer) } else { proposal.because };
            answers.insert(question, Given { answer, source: Source::Proposed, says });
        }
        let own = &self.index.systems[place].system.assessment.answers;
        for (source, given) in [(Source::Plan, &plan.answers), (Source::System, own)] {
            for (&question, &answer) in given {
                answers.insert(question, Given { answer, source, says: says(question, answer) });
            }
        }
        answers
    }

    /// Number of domains that a system holds or has ever a claim on.
    fn domains(&self, place: usize) -> usize {
        let holdings = &self.index.systems[place].system.holdings;
        let mut claims = self.claims[place].clone();
        claims.dedup();
        claims.retain(|&domain| !holdings.contains_key(self.index.domains[domain].0));
        holdings.len() + claims.len()
    }
}

impl Recommendation {
    /// The questions that nothing answers, in their order.
    pub fn open_questions(&self) -> impl Iterator<Item = Question> {
        Question::ALL.iter().copied().filter(|question| !self.answers.contains_key(question))
    }

    /// Number of answers that come from a source.
    #[must_use]
    pub fn count(&self, source: Source) -> usize {
        self.answers.values().filter(|given| given.source == source).count()
    }
}

#[cfg(test)]
mod tests;
