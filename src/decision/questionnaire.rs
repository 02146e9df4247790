//! The questions as they are asked, with their proposed weights, read from `assets/questionnaire.ron`.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::model::{Answer, Disposition, Question, vocabulary};

vocabulary! {
    /// Where a question comes from.
    Group {
        /// The article's own questions.
        Article = "article",
        /// Facts that the plan knows, and that an answer corrects.
        Facts = "facts",
        /// What else speaks for integration or migration.
        Context = "context",
    }
}

vocabulary! {
    /// How often a question is asked.
    Asked {
        /// Once; a system can have an answer of its own.
        PerPlan = "per-plan",
        /// For each system.
        PerSystem = "per-system",
    }
}

/// How much an answer speaks for each option; below zero, against it.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct ProposedWeights {
    integrate: f64,
    migrate: f64,
    federate: f64,
    retire: f64,
}

/// A question and all its words. `{focal}` in them stands for the focal system's name.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionEntry {
    /// The question.
    pub question: Question,
    /// Where it comes from.
    pub group: Group,
    /// How often it is asked.
    pub asked: Asked,
    asks: String,
    help: String,
    when_high: String,
    when_low: String,
    weights: ProposedWeights,
}

impl QuestionEntry {
    /// The question as it is asked.
    #[must_use]
    pub fn asks(&self, focal: &str) -> String {
        self.asks.replace("{focal}", focal)
    }

    /// What the least and the most answer mean, and what a fact is worked out from.
    #[must_use]
    pub fn help(&self, focal: &str) -> String {
        self.help.replace("{focal}", focal)
    }

    /// What an answer says where it pushes; an answer in the middle pushes nowhere and says nothing.
    #[must_use]
    pub fn says(&self, answer: Answer, focal: &str) -> String {
        match answer.value() {
            0 | 1 => self.when_low.replace("{focal}", focal),
            2 => String::new(),
            _ => self.when_high.replace("{focal}", focal),
        }
    }

    /// The proposed weight of the question for an option; 0 for *undecided*, which is none.
    #[must_use]
    pub const fn proposed_weight(&self, option: Disposition) -> f64 {
        match option {
            Disposition::Integrate => self.weights.integrate,
            Disposition::Migrate => self.weights.migrate,
            Disposition::Federate => self.weights.federate,
            Disposition::Retire => self.weights.retire,
            Disposition::Undecided => 0.0,
        }
    }
}

/// All questions in the order in which they are asked.
#[must_use]
pub fn questionnaire() -> &'static [QuestionEntry] {
    static QUESTIONS: OnceLock<Vec<QuestionEntry>> = OnceLock::new();
    // The bundled text is read by a test, so the empty list is never seen.
    QUESTIONS.get_or_init(|| read(include_str!("../../assets/questionnaire.ron")).unwrap_or_default())
}

/// The entry of a question.
#[must_use]
pub fn entry(question: Question) -> &'static QuestionEntry {
    &questionnaire()[question as usize]
}

fn read(text: &str) -> Result<Vec<QuestionEntry>, ron::error::SpannedError> {
    ron::from_str(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_stands_once_in_its_order_with_all_its_words() {
        let entries = read(include_str!("../../assets/questionnaire.ron")).unwrap();
        let questions: Vec<_> = entries.iter().map(|entry| entry.question).collect();
        assert_eq!(questions, Question::ALL);
        for entry in &entries {
            let words = [&entry.asks, &entry.help, &entry.when_high, &entry.when_low];
            assert!(words.iter().all(|words| words.ends_with(['.', '?'])), "{}", entry.question);
        }
    }

    #[test]
    fn the_three_questions_on_the_whole_plan_are_asked_once() {
        let once: Vec<_> = questionnaire()
            .iter()
            .filter(|entry| entry.asked == Asked::PerPlan)
            .map(|it| it.question)
            .collect();
        assert_eq!(once, [Question::Simplify, Question::Budget, Question::TimePressure]);
    }

    #[test]
    fn the_words_name_the_focal_system() {
        let says = |value| entry(Question::Specialised).says(Answer::new(value).unwrap(), "Dynamics");
        assert_eq!(says(4), "It does something Dynamics does not.");
        assert_eq!(says(2), "");
        assert_eq!(says(0), "It does little that Dynamics does not.");
    }

    #[test]
    fn a_question_names_the_focal_system() {
        for entry in questionnaire() {
            let words = [entry.asks("Dynamics"), entry.help("Dynamics")];
            assert!(
                words.iter().all(|words| words.ends_with(['.', '?']) && !words.contains('{')),
                "{words:?}"
            );
        }
        let named = questionnaire().iter().filter(|entry| entry.asks("Dynamics").contains("Dynamics"));
        assert!(named.count() > 0);
    }
}
