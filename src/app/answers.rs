//! Answers as the window shows and sets them: in the table of decisions and in the form of one system.

use egui::{Event, Key, Ui};

use crate::decision::{Asked, Given, QuestionEntry, entry};
use crate::model::{Answer, Question, SystemId};

use super::action::{Action, Actions};
use super::shown::Shown;

/// What holds as the answer to a question, and where it comes from.
#[derive(Clone, Copy, Debug)]
pub enum Held<'a> {
    /// Nothing.
    Open,
    /// What was answered here.
    Own(Answer),
    /// What was answered once for the whole plan.
    OfPlan(Answer),
    /// What the plan's facts propose; nobody has looked at it.
    Proposed(&'a Given),
}

impl<'a> Held<'a> {
    /// What holds for a system, or for the whole plan.
    #[must_use]
    pub fn of(shown: &Shown<'a>, about: Option<&SystemId>, question: Question) -> Self {
        let of_plan = shown.plan.answers.get(&question).copied();
        let Some(id) = about else { return of_plan.map_or(Self::Open, Self::Own) };
        let own = shown.plan.systems.get(id).and_then(|system| system.assessment.answers.get(&question));
        let known = shown.knowledge.recommendations.get(id);
        let proposed = known.and_then(|known| known.proposed(question)).map_or(Self::Open, Self::Proposed);
        own.copied().map(Self::Own).or(of_plan.map(Self::OfPlan)).unwrap_or(proposed)
    }

    /// The answer, wherever it comes from.
    #[must_use]
    pub const fn answer(self) -> Option<Answer> {
        match self {
            Self::Open => None,
            Self::Own(answer) | Self::OfPlan(answer) => Some(answer),
            Self::Proposed(given) => Some(given.answer),
        }
    }

    /// The answer in words, with where it comes from.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Open => "not answered".to_owned(),
            Self::Own(answer) => answer.value().to_string(),
            Self::OfPlan(answer) => format!("{}, from the whole plan", answer.value()),
            Self::Proposed(given) => format!("{} proposed", given.answer.value()),
        }
    }

    /// Why it is proposed, or what an answer here does.
    #[must_use]
    pub fn explanation(self) -> String {
        match self {
            Self::Open => "Not answered; an answer counts at once.".to_owned(),
            Self::Own(_) => "Answered here. Delete takes it back.".to_owned(),
            Self::OfPlan(_) => "Answered once for the whole plan; an answer here overrides it.".to_owned(),
            Self::Proposed(given) => {
                let fact = if given.says.is_empty() { "Its facts lie in the middle." } else { &given.says };
                format!("Proposed from what is known: {fact} An answer here overrides it.")
            }
        }
    }
}

/// Whether a question is asked about this: some are asked once, and a system may answer them for itself.
#[must_use]
pub fn is_asked(about: Option<&SystemId>, question: Question) -> bool {
    about.is_some() || entry(question).asked == Asked::PerPlan
}

/// The answers to choose from, none last, each with what it says.
#[must_use]
pub fn choices(entry: &QuestionEntry, focal: &str) -> Vec<(Option<Answer>, String)> {
    let say = |answer: Answer| {
        let word = match answer.value() {
            0 => "Not at all.",
            1 => "A little.",
            2 => "In between.",
            3 => "Mostly.",
            _ => "Fully.",
        };
        format!("{}  {word} {}", answer.value(), entry.says(answer, focal)).trim_end().to_owned()
    };
    let answers = (0..=Answer::MOST).filter_map(Answer::new).map(|answer| (Some(answer), say(answer)));
    answers.chain([(None, "Not answered".to_owned())]).collect()
}

/// Queues an answer, or that one is taken back.
pub fn set_answer(
    actions: &mut Actions,
    about: Option<&SystemId>,
    question: Question,
    answer: Option<Answer>,
) {
    actions.push(Action::Answer { about: about.cloned(), question, answer });
}

/// The answer of a key: 0 to 4.
#[must_use]
pub fn answer_of(key: Key) -> Option<Answer> {
    const KEYS: [Key; 5] = [Key::Num0, Key::Num1, Key::Num2, Key::Num3, Key::Num4];
    let value = KEYS.iter().zip(0..).find(|(known, _)| **known == key).map(|(_, value)| value);
    value.and_then(Answer::new)
}

/// Takes the plain keys that were pressed in this frame and are wanted, in their order: who types fast
/// presses several in a slow frame.
pub fn pressed_in_order(ui: &Ui, is_wanted: impl Fn(Key) -> bool) -> Vec<Key> {
    let mut keys = Vec::new();
    ui.input_mut(|input| {
        input.events.retain(|event| match event {
            Event::Key { key, pressed: true, modifiers, .. } if modifiers.is_none() && is_wanted(*key) => {
                keys.push(*key);
                false
            }
            _ => true,
        });
    });
    keys
}
