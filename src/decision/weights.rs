//! The weights that a plan decides with: the proposed ones, and those that it changes.

use crate::model::{Disposition, Plan, Question};

use super::questionnaire::questionnaire;
use super::score::OPTIONS;

/// What the weights are worth; stands wherever they or their points are shown.
pub const WEIGHTS_ARE_A_PROPOSAL: &str =
    "The weights are a proposal fitted to archetypes, not a measured model.";

/// How much each question speaks for each option.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    rows: Vec<[f64; OPTIONS.len()]>,
}

impl Weights {
    /// The proposed weights.
    #[must_use]
    pub fn proposed() -> Self {
        let row = |entry: &super::QuestionEntry| OPTIONS.map(|option| entry.proposed_weight(option));
        Self { rows: questionnaire().iter().map(row).collect() }
    }

    /// The weights of a plan: its own, under `question.disposition`, and the proposed ones elsewhere.
    #[must_use]
    pub fn of(plan: &Plan) -> Self {
        let mut weights = Self::proposed();
        for (key, weight) in &plan.weights {
            let Some((question, option)) = key.split_once('.') else { continue };
            let Ok(question) = question.parse::<Question>() else { continue };
            let Some(option) = OPTIONS.iter().position(|known| known.word() == option) else { continue };
            weights.rows[question as usize][option] = *weight;
        }
        weights
    }

    /// The key of a weight in a plan.
    #[must_use]
    pub fn key(question: Question, option: Disposition) -> String {
        format!("{question}.{option}")
    }

    /// The weight of a question for an option; *undecided* has none.
    #[must_use]
    pub fn of_option(&self, question: Question, option: Disposition) -> Option<f64> {
        let place = OPTIONS.iter().position(|known| *known == option)?;
        Some(self.at(question, place))
    }

    /// The weight of a question for the option at a place of [`OPTIONS`].
    pub(super) fn at(&self, question: Question, option: usize) -> f64 {
        self.rows[question as usize][option]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_changes_one_weight_and_keeps_the_others() {
        let mut plan = Plan::named("Test");
        plan.weights.insert(Weights::key(Question::Budget, Disposition::Migrate), 0.5);
        plan.weights.insert("no-question.migrate".to_owned(), 9.0);
        plan.weights.insert("budget.undecided".to_owned(), 9.0);
        let (weights, proposed) = (Weights::of(&plan), Weights::proposed());
        let places = |question| (0..OPTIONS.len()).map(move |option| (question, option));
        let changed = Question::ALL.iter().copied().flat_map(places).filter(|&(question, option)| {
            (weights.at(question, option) - proposed.at(question, option)).abs() > 1e-9
        });
        assert_eq!(changed.collect::<Vec<_>>(), [(Question::Budget, 1)]);
        assert!((weights.at(Question::Budget, 1) - 0.5).abs() < 1e-9);
    }
}
