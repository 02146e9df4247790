//! What the answers about each system point to, and why. Weights and answers are the plan's; nothing here
//! decides.

use std::collections::BTreeMap;

use crate::decision::{Asked, Explanation, Given, Quadrant, Recommendation, Source, entry, is_decided_on};
use crate::model::{Question, SystemId};
use crate::rules::Facts;

/// What the answers about a system point to, and why.
#[derive(Debug)]
pub struct Reasoned {
    /// What they point to.
    pub recommendation: Recommendation,
    /// Why.
    pub explanation: Explanation,
    /// What TIME says by the two fits; `None` where one is not known.
    pub time: Option<Quadrant>,
    /// Where TIME and the answers disagree, in a sentence.
    pub time_disagrees: Option<String>,
}

impl Reasoned {
    /// The questions that nothing answers, of those that are asked for each system.
    pub fn remaining(&self) -> impl Iterator<Item = Question> {
        self.recommendation.open_questions().filter(|question| entry(*question).asked == Asked::PerSystem)
    }

    /// What the plan's facts propose, where nobody has answered.
    #[must_use]
    pub fn proposed(&self, question: Question) -> Option<&Given> {
        self.recommendation.answers.get(&question).filter(|given| given.source == Source::Proposed)
    }
}

/// What the answers about every system point to that a disposition is asked for.
pub(super) fn recommendations(facts: &Facts<'_>) -> BTreeMap<SystemId, Reasoned> {
    let recommender = facts.recommender();
    let entries = facts.index.systems.iter().enumerate();
    let asked = entries.filter(|(_, entry)| is_decided_on(facts.plan(), entry.id, entry.system));
    let reasoned = asked.map(|(place, entry)| {
        let recommendation = recommender.recommend(place);
        let explanation = recommendation.explanation(recommender.weights());
        let time = Quadrant::of(entry.system);
        let time_disagrees = time.and_then(|quadrant| quadrant.disagreement(&recommendation.score));
        (entry.id.clone(), Reasoned { recommendation, explanation, time, time_disagrees })
    });
    reasoned.collect()
}
