//! Answers as the window shows and sets them: in the table of decisions and in the form of one system.

use egui::{Key, Modifiers, Ui};

use crate::decision::{Asked, Given, QuestionEntry, entry};
use crate::edit::{Edit, change_system};
use crate::model::{Answer, Plan, Question, SystemId};

use super::action::{Actions, commit_field};
use super::shown::Shown;
use super::widgets::readable;

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
        let says = entry.says(answer, focal);
        let says = if says.is_empty() { "In between" } else { &says };
        format!("{}  {says}", answer.value())
    };
    let answers = (0..=Answer::MOST).filter_map(Answer::new).map(|answer| (Some(answer), say(answer)));
    answers.chain([(None, "Not answered".to_owned())]).collect()
}

/// Answers a question, or takes the answer back. Typing into one place is one step.
pub fn set_answer(
    actions: &mut Actions,
    plan: &Plan,
    about: Option<&SystemId>,
    question: Question,
    answer: Option<Answer>,
) {
    let name = about.map_or("The whole plan", |id| plan.system_name(id));
    let place = about.map_or("plan", SystemId::as_str);
    let edit = match about {
        None => Some(Edit::Answer(question, answer)),
        Some(id) => change_system(plan, id, |system| {
            let answers = &mut system.assessment.answers;
            match answer {
                Some(answer) => _ = answers.insert(question, answer),
                None => _ = answers.remove(&question),
            }
        }),
    };
    let label = format!("{name}: {}", readable(question.word()).to_lowercase());
    commit_field(actions, label, format!("answer/{place}/{question}"), edit);
}

/// The answer whose key was pressed: 0 to 4.
pub fn pressed_answer(ui: &Ui) -> Option<Answer> {
    const KEYS: [Key; 5] = [Key::Num0, Key::Num1, Key::Num2, Key::Num3, Key::Num4];
    let pressed = |key: &Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, *key));
    KEYS.iter().zip(0..).find(|(key, _)| pressed(key)).and_then(|(_, value)| Answer::new(value))
}
