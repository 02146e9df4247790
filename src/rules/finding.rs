//! A finding: what is wrong, with what, and at which stages.

use std::ops::Deref;
use std::sync::Arc;

use crate::model::{Subject, WaiverId};

use super::{Rule, Severity};

/// When a finding is there, seen from today to the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Today and, on the way at the latest, solved by the plan.
    SolvedByThePlan,
    /// Not today and not in the target, but on the way.
    OnTheWay,
    /// Today and in the target.
    Stays,
    /// In the target and not today.
    ComesWithThePlan,
}

impl Presence {
    /// In words for lists.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::SolvedByThePlan => "solved by the plan",
            Self::OnTheWay => "on the way",
            Self::Stays => "stays in the target",
            Self::ComesWithThePlan => "comes with the plan",
        }
    }
}

/// What a rule says at a stage. Stages at which it says the same share it.
#[derive(Clone, Debug)]
pub struct Statement {
    /// How bad it is there.
    pub severity: Severity,
    /// What it is about, the main subject first.
    pub subjects: Vec<Subject>,
    /// What else it touches.
    pub related: Vec<Subject>,
    /// What is wrong, in one sentence with the names in it.
    pub message: String,
}

impl Statement {
    /// Number of systems that it touches.
    #[must_use]
    pub fn reach(&self) -> usize {
        let is_system = |subject: &&Subject| matches!(subject, Subject::System(_));
        self.subjects.iter().chain(&self.related).filter(is_system).count()
    }

    /// Whether a subject is what it is about or what it touches.
    #[must_use]
    pub fn touches(&self, subject: &Subject) -> bool {
        self.subjects.contains(subject) || self.related.contains(subject)
    }
}

/// Something that is wrong. Rule and subjects together tell one finding from another. Subjects and words
/// are those of its statement, as if they were its own.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// How bad it is: in the target, or else where it is worst.
    pub severity: Severity,
    /// What the rule says at the stage whose words these are.
    pub statement: Arc<Statement>,
    /// The stages at which it holds, by place, in order; never empty.
    pub stages: Arc<[usize]>,
    /// The stage whose words these are: message and what it touches are as seen there.
    pub seen_at: usize,
    /// What it hides: findings with the same cause, as rule and subjects.
    pub hides: Vec<(&'static Rule, Vec<Subject>)>,
    /// The waiver that holds for it.
    pub waiver: Option<WaiverId>,
    /// The waiver that it says has ended.
    pub ended_waiver: Option<WaiverId>,
}

impl Deref for Finding {
    type Target = Statement;

    fn deref(&self) -> &Statement {
        &self.statement
    }
}

impl Finding {
    /// The same about something else.
    #[cfg(test)]
    pub(super) fn about(&self, subject: Subject) -> Self {
        let statement = Statement { subjects: vec![subject], ..(*self.statement).clone() };
        Self { statement: statement.into(), ..self.clone() }
    }

    /// Whether it is the same finding, perhaps of another run.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.rule.id == other.rule.id
            && self.subjects == other.subjects
            && self.ended_waiver == other.ended_waiver
    }

    /// Whether it holds at a stage.
    #[must_use]
    pub fn holds_at(&self, at: usize) -> bool {
        self.stages.binary_search(&at).is_ok()
    }

    /// Whether it holds today and at no other stage: information that never fails a check.
    #[must_use]
    pub fn is_information(&self) -> bool {
        *self.stages == [0]
    }

    /// Whether it counts: it is neither accepted nor about today alone.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.waiver.is_none() && !self.is_information()
    }
}

#[cfg(test)]
mod tests {
    use super::Presence;

    #[test]
    fn it_says_in_words_what_becomes_of_a_finding() {
        let all =
            [Presence::SolvedByThePlan, Presence::OnTheWay, Presence::Stays, Presence::ComesWithThePlan];
        assert_eq!(
            all.map(Presence::words),
            ["solved by the plan", "on the way", "stays in the target", "comes with the plan"]
        );
    }
}
