//! Why the answers point where they point: what pushes most each way, and what would change the outcome.

use std::collections::BTreeMap;

use crate::model::{Answer, Disposition, Question};

use super::score::{Input, OPTIONS, Outcome, push, score};
use super::{Recommendation, Weights};

/// How many pushes are told for each direction.
const MOST_PUSHES: usize = 3;

/// An answer that pushes an option.
#[derive(Clone, Debug, PartialEq)]
pub struct Push {
    /// The question.
    pub question: Question,
    /// How much, in weights; below zero it pushes against.
    pub strength: f64,
    /// What the answer says, in a sentence.
    pub says: String,
}

/// One answer that, changed by one, changes the outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flip {
    /// The question.
    pub question: Question,
    /// Its answer now.
    pub from: Answer,
    /// The answer that changes the outcome.
    pub to: Answer,
    /// What they would point to then.
    pub outcome: Outcome,
}

/// Why the answers about one system point where they point.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The option that is explained: the one that leads. `None` where all are blocked.
    pub of: Option<Disposition>,
    /// What pushes most towards it, the strongest first.
    pub towards: Vec<Push>,
    /// What pushes most against it, the strongest first.
    pub against: Vec<Push>,
    /// What one changed answer would turn it into, in the order of the questions.
    pub flips: Vec<Flip>,
}

impl Recommendation {
    /// Why the answers point where they point.
    #[must_use]
    pub fn explanation(&self, weights: &Weights) -> Explanation {
        let of = self.score.leader().map(|leader| leader.option);
        let mut pushes = of.map_or_else(Vec::new, |option| self.pushes(weights, option));
        pushes.sort_by(|a, b| b.strength.abs().total_cmp(&a.strength.abs()));
        let strongest = |towards: bool| {
            let same_way = pushes.iter().filter(|push| push.strength.is_sign_positive() == towards);
            same_way.take(MOST_PUSHES).cloned().collect()
        };
        Explanation { of, towards: strongest(true), against: strongest(false), flips: self.flips(weights) }
    }

    /// What pushes an option either way, in the order of the questions.
    #[must_use]
    pub fn pushes(&self, weights: &Weights, option: Disposition) -> Vec<Push> {
        let Some(place) = OPTIONS.iter().position(|known| *known == option) else { return Vec::new() };
        let pushes = self.answers.iter().map(|(&question, given)| Push {
            question,
            strength: push(weights, question, given.answer, place),
            says: given.says.clone(),
        });
        pushes.filter(|push| push.strength != 0.0).collect()
    }

    /// Every single answer that, one higher or one lower, changes the outcome.
    fn flips(&self, weights: &Weights) -> Vec<Flip> {
        let mut answers: BTreeMap<_, _> =
            self.answers.iter().map(|(question, given)| (*question, given.answer)).collect();
        let mut flips = Vec::new();
        for (&question, given) in &self.answers {
            let from = given.answer;
            let neighbours = [from.value().checked_sub(1), from.value().checked_add(1)];
            for to in neighbours.into_iter().flatten().filter_map(Answer::new) {
                answers.insert(question, to);
                let (has_interface, domains) = (self.has_interface, self.domains);
                let outcome = score(Input { answers: &answers, weights, has_interface, domains }).outcome;
                if outcome != self.score.outcome {
                    flips.push(Flip { question, from, to, outcome });
                }
            }
            answers.insert(question, from);
        }
        flips
    }
}
