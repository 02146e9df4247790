//! What answers point to: points for each option, hard stops, the outcome and its margin.

use std::collections::BTreeMap;

use crate::model::{Answer, Disposition, Question};

use super::Weights;

/// What can become of a system, in the order in which it is shown.
pub const OPTIONS: [Disposition; 4] =
    [Disposition::Integrate, Disposition::Migrate, Disposition::Federate, Disposition::Retire];

/// Below this share of answered questions the points say nothing.
const ENOUGH: f64 = 0.4;
/// Within so many points integrate and migrate are both right, each for a part of the data.
const HYBRID_WITHIN: u8 = 12;
/// Below this margin a small doubt about one answer changes the outcome.
const CLOSE: u8 = 8;
/// A system that must stay can be neither migrated nor retired.
const MUST_STAY: u8 = 4;
/// From here on somebody would miss it.
const IN_USE: u8 = 2;
/// Below, too much of its data is in daily work to be only read.
const MOSTLY_HISTORY: u8 = 3;
/// What a hard stop takes an open question for: the middle.
const UNANSWERED: u8 = 2;

/// What is decided from.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The answers.
    pub answers: &'a BTreeMap<Question, Answer>,
    /// The weights.
    pub weights: &'a Weights,
    /// Whether data gets out of it without people copying it.
    pub has_interface: bool,
    /// Number of data domains that it holds.
    pub domains: usize,
}

/// What the answers point to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The option with the most points that nothing blocks.
    Option(Disposition),
    /// Integrate for some of its data domains, migrate for the others.
    Hybrid,
    /// Too few questions are answered.
    NotEnoughAnswers,
    /// A hard stop stands before every option.
    AllBlocked,
}

impl Outcome {
    /// In words for lists.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Option(option) => option.word(),
            Self::Hybrid => "hybrid",
            Self::NotEnoughAnswers => "not enough answers",
            Self::AllBlocked => "every option is blocked",
        }
    }

    /// Whether a choice is as it recommends; where it recommends nothing, every choice is.
    #[must_use]
    pub fn agrees_with(self, chosen: Disposition) -> bool {
        match self {
            Self::Option(option) => option == chosen,
            Self::Hybrid => matches!(chosen, Disposition::Integrate | Disposition::Migrate),
            Self::NotEnoughAnswers | Self::AllBlocked => true,
        }
    }
}

/// One option and what the answers say about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionScore {
    /// The option.
    pub option: Disposition,
    /// 0 to 100; 50 is no push in either direction.
    pub points: u8,
    /// The hard stops before it, each a sentence.
    pub blocked: Vec<&'static str>,
}

impl OptionScore {
    /// The points that count: none where a hard stop stands before it.
    #[must_use]
    pub const fn counted(&self) -> u8 {
        if self.blocked.is_empty() { self.points } else { 0 }
    }
}

/// What the answers about one system point to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// The options in the order of [`OPTIONS`].
    pub options: Vec<OptionScore>,
    /// Number of questions that are answered.
    pub answered: usize,
    /// What they point to.
    pub outcome: Outcome,
    /// Points between the first and the second option; blocked ones count 0.
    pub margin: u8,
}

impl Score {
    /// The score of an option; *undecided* has none.
    #[must_use]
    pub fn option(&self, option: Disposition) -> Option<&OptionScore> {
        self.options.iter().find(|score| score.option == option)
    }

    /// The option that leads, whether or not it is the outcome; `None` where all are blocked.
    #[must_use]
    pub fn leader(&self) -> Option<&OptionScore> {
        let open = self.options.iter().filter(|option| option.blocked.is_empty());
        // Of equal ones the first, which is the one that changes least.
        open.reduce(|best, option| if option.points > best.points { option } else { best })
    }

    /// What the answers recommend, with its points; `None` for every other outcome.
    #[must_use]
    pub fn recommended(&self) -> Option<&OptionScore> {
        match self.outcome {
            Outcome::Option(option) => self.option(option),
            _ => None,
        }
    }

    /// Whether a small doubt about one answer can change the outcome.
    #[must_use]
    pub fn is_close(&self) -> bool {
        matches!(self.outcome, Outcome::Option(_)) && self.margin < CLOSE
    }
}

/// Works out what answers point to.
#[must_use]
pub fn score(input: Input<'_>) -> Score {
    let option = |(place, option): (usize, &Disposition)| OptionScore {
        option: *option,
        points: points(input, place),
        blocked: hard_stops(input, *option),
    };
    let options: Vec<_> = OPTIONS.iter().enumerate().map(option).collect();
    let mut counted: Vec<_> = options.iter().map(OptionScore::counted).collect();
    counted.sort_unstable();
    let margin = match counted.as_slice() {
        [.., second, first] => first - second,
        _ => 0,
    };
    let answered = input.answers.len();
    let mut score = Score { options, answered, outcome: Outcome::NotEnoughAnswers, margin };
    if answered as f64 >= ENOUGH * Question::ALL.len() as f64 {
        score.outcome = outcome(&score, input.domains);
    }
    score
}

/// How much an answer pushes an option: the weight, doubled towards the ends of the scale.
pub(super) fn push(weights: &Weights, question: Question, answer: Answer, option: usize) -> f64 {
    weights.at(question, option) * (f64::from(answer.value()) - 2.0) / 2.0
}

fn points(input: Input<'_>, option: usize) -> u8 {
    let pushes = input.answers.iter().map(|(&it, &answer)| push(input.weights, it, answer, option));
    let range: f64 = input.answers.keys().map(|&it| input.weights.at(it, option).abs()).sum();
    let share = if range > 0.0 { pushes.sum::<f64>() / range } else { 0.0 };
    #[expect(clippy::cast_sign_loss, reason = "the share lies between -1 and 1")]
    let points = (50.0 + 50.0 * share).round_ties_even() as u8;
    points
}

fn hard_stops(input: Input<'_>, option: Disposition) -> Vec<&'static str> {
    let answer = |question| input.answers.get(&question).map_or(UNANSWERED, |answer| answer.value());
    let is_open = |question| !input.answers.contains_key(&question);
    let goes = option.leaves();
    let mut stops = Vec::new();
    if goes && answer(Question::MustStay) >= MUST_STAY {
        stops.push("It must stay.");
    }
    if option == Disposition::Retire && answer(Question::ActiveUse) >= IN_USE {
        let is_open = is_open(Question::ActiveUse);
        stops.push(if is_open { "Nobody has said that it is unused." } else { "It is in use." });
    }
    if option == Disposition::Federate && answer(Question::History) < MOSTLY_HISTORY {
        let is_open = is_open(Question::History);
        stops.push(if is_open {
            "Nobody has said that it mostly holds history."
        } else {
            "Too little of what it holds is history that is only read."
        });
    }
    if !goes && !input.has_interface {
        stops.push("It offers no interface and no files.");
    }
    stops
}

fn outcome(score: &Score, domains: usize) -> Outcome {
    let Some(leader) = score.leader() else { return Outcome::AllBlocked };
    let counted = |option| score.option(option).map_or(0, OptionScore::counted);
    let pair = [Disposition::Integrate, Disposition::Migrate].map(counted);
    let others = [Disposition::Federate, Disposition::Retire].map(counted);
    let lead = pair.iter().all(|points| others.iter().all(|other| points > other));
    if lead && pair[0].abs_diff(pair[1]) <= HYBRID_WITHIN && domains >= 2 {
        return Outcome::Hybrid;
    }
    Outcome::Option(leader.option)
}

#[cfg(test)]
mod tests;
