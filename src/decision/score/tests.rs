//! The score against the archetypes that its weights were fitted to, and at its edges.

use std::collections::BTreeMap;

use super::*;

/// A system, its answers from *still valuable* to *growth*, and the points, blocked options, margin and
/// outcome that they must give.
type Archetype = (&'static str, [u8; 15], [u8; 4], &'static [&'static str], u8, &'static str);

#[rustfmt::skip]
const ARCHETYPES: [Archetype; 11] = [
    ("old CRM of the article", [1, 4, 1, 4, 3, 1, 4, 0, 1, 3, 1, 0, 3, 3, 3],
        [26, 86, 14, 76], &["federate", "retire"], 60, "migrate"),
    ("ERP", [4, 1, 4, 2, 2, 2, 0, 0, 2, 4, 4, 3, 1, 1, 2],
        [83, 33, 45, 14], &["federate", "retire"], 50, "integrate"),
    ("ledger that must stay", [4, 1, 3, 2, 2, 2, 0, 0, 1, 4, 3, 4, 1, 2, 2],
        [79, 36, 44, 16], &["migrate", "federate", "retire"], 79, "integrate"),
    ("history in a warehouse", [3, 2, 1, 2, 2, 2, 0, 4, 4, 2, 2, 1, 1, 2, 2],
        [49, 42, 77, 46], &["retire"], 28, "federate"),
    ("customers in spreadsheets", [1, 4, 0, 4, 2, 2, 4, 0, 0, 3, 1, 0, 4, 3, 3],
        [25, 89, 12, 78], &["federate", "retire"], 64, "migrate"),
    ("campaign tool", [3, 1, 3, 2, 2, 3, 1, 0, 1, 4, 3, 1, 2, 2, 2],
        [69, 49, 33, 31], &["federate", "retire"], 20, "integrate"),
    ("second CRM after a merger", [2, 3, 1, 4, 3, 1, 4, 0, 1, 4, 2, 0, 4, 2, 3],
        [34, 83, 17, 64], &["federate", "retire"], 49, "migrate"),
    ("web shop", [4, 1, 4, 2, 2, 3, 1, 0, 2, 4, 3, 1, 2, 1, 3],
        [75, 44, 41, 24], &["federate", "retire"], 31, "integrate"),
    ("survey tool that nobody uses", [0, 3, 0, 4, 2, 2, 2, 0, 0, 0, 0, 0, 1, 4, 1],
        [27, 76, 12, 89], &["federate"], 13, "retire"),
    ("regulated core at its end", [4, 4, 4, 3, 1, 2, 0, 0, 4, 4, 4, 4, 1, 2, 3],
        [77, 36, 56, 20], &["migrate", "federate", "retire"], 77, "integrate"),
    ("case tool, half specialised", [3, 3, 2, 3, 2, 2, 3, 0, 1, 4, 3, 1, 2, 2, 2],
        [54, 65, 25, 45], &["federate", "retire"], 11, "hybrid"),
];

fn answers(values: [u8; 15]) -> BTreeMap<Question, Answer> {
    Question::ALL.iter().copied().zip(values.map(|value| Answer::new(value).unwrap())).collect()
}

fn scored(answers: &BTreeMap<Question, Answer>, has_interface: bool, domains: usize) -> Score {
    score(Input { answers, weights: &Weights::proposed(), has_interface, domains })
}

#[test]
fn the_archetypes_come_out_as_they_must() {
    for (name, values, points, blocked, margin, outcome) in ARCHETYPES {
        let score = scored(&answers(values), true, 2);
        let found: Vec<_> = score.options.iter().map(|option| option.points).collect();
        assert_eq!(found, points, "{name}");
        let stopped = score.options.iter().filter(|option| !option.blocked.is_empty());
        assert_eq!(stopped.map(|option| option.option.word()).collect::<Vec<_>>(), blocked, "{name}");
        assert_eq!((score.margin, score.outcome.words()), (margin, outcome), "{name}");
    }
}

#[test]
fn hybrid_needs_two_domains_to_split() {
    let (_, values, ..) = ARCHETYPES[10];
    assert_eq!(scored(&answers(values), true, 1).outcome, Outcome::Option(Disposition::Migrate));
}

#[test]
fn where_a_third_option_is_as_good_it_is_not_hybrid() {
    let mut plan = crate::model::Plan::named("Test");
    for option in OPTIONS {
        plan.weights.insert(Weights::key(Question::History, option), 0.0);
    }
    let (weights, mut answers) = (Weights::of(&plan), answers([2; 15]));
    let mut outcome_with = |history| {
        answers.insert(Question::History, Answer::new(history).unwrap());
        score(Input { answers: &answers, weights: &weights, has_interface: true, domains: 2 }).outcome
    };
    // All have 50 points; nothing blocks federate where the data is mostly history.
    assert_eq!(outcome_with(2), Outcome::Hybrid);
    assert_eq!(outcome_with(3), Outcome::Option(Disposition::Integrate));
}

#[test]
fn hybrid_ends_where_one_of_the_two_leads_by_more_than_twelve_points() {
    let (_, values, ..) = ARCHETYPES[10];
    let mut answers = answers(values);
    let mut outcomes = Vec::new();
    for value in 2..=4 {
        answers.insert(Question::Outdated, Answer::new(value).unwrap());
        let score = scored(&answers, true, 2);
        let (integrate, migrate) = (score.options[0].points, score.options[1].points);
        outcomes.push((migrate.abs_diff(integrate), score.outcome));
    }
    let migrate = Outcome::Option(Disposition::Migrate);
    assert_eq!(outcomes, [(6, Outcome::Hybrid), (11, Outcome::Hybrid), (15, migrate)]);
}

#[test]
fn under_two_fifths_of_the_answers_say_nothing() {
    let mut answers = answers([4; 15]);
    answers.retain(|question, _| *question as usize <= 5);
    assert_eq!(answers.len(), 6);
    assert_ne!(scored(&answers, true, 2).outcome, Outcome::NotEnoughAnswers);
    answers.remove(&Question::TimePressure);
    let score = scored(&answers, true, 2);
    assert_eq!((score.outcome, score.recommended()), (Outcome::NotEnoughAnswers, None));
}

#[test]
fn what_is_not_answered_keeps_the_hard_stops_on_retire_and_federate() {
    let mut answers = answers([2; 15]);
    for question in [Question::ActiveUse, Question::History, Question::MustStay] {
        answers.remove(&question);
    }
    let score = scored(&answers, true, 1);
    let stops = |option| score.option(option).unwrap().blocked.clone();
    assert_eq!(stops(Disposition::Migrate), [""; 0]);
    assert_eq!(stops(Disposition::Retire), ["Nobody has said that it is unused."]);
    assert_eq!(stops(Disposition::Federate), ["Nobody has said that it mostly holds history."]);
}

#[test]
fn hard_stops_begin_where_they_say() {
    let mut answers = answers([2; 15]);
    for (question, value, option, is_blocked) in [
        (Question::MustStay, 3, Disposition::Migrate, false),
        (Question::MustStay, 4, Disposition::Migrate, true),
        (Question::ActiveUse, 1, Disposition::Retire, true),
        (Question::MustStay, 3, Disposition::Retire, false),
        (Question::ActiveUse, 2, Disposition::Retire, true),
        (Question::History, 2, Disposition::Federate, true),
        (Question::History, 3, Disposition::Federate, false),
    ] {
        answers.insert(question, Answer::new(value).unwrap());
        let score = scored(&answers, true, 1);
        let found = !score.option(option).unwrap().blocked.is_empty();
        assert_eq!(found, is_blocked, "{question} {value}: {option}");
    }
}

#[test]
fn without_an_interface_it_can_only_go_and_if_it_must_stay_nothing_is_left() {
    let mut answers = answers([2; 15]);
    let score = scored(&answers, false, 1);
    assert_eq!(score.outcome, Outcome::Option(Disposition::Migrate));
    assert_eq!(score.options[0].blocked, ["It offers no interface and no files."]);
    answers.insert(Question::MustStay, Answer::new(4).unwrap());
    let score = scored(&answers, false, 1);
    assert_eq!((score.outcome, score.margin, score.leader()), (Outcome::AllBlocked, 0, None));
}

#[test]
fn of_equal_options_the_one_that_changes_least_leads() {
    let score = scored(&answers([2; 15]), true, 1);
    assert_eq!((score.outcome, score.margin), (Outcome::Option(Disposition::Integrate), 0));
}

#[test]
fn a_margin_under_eight_points_is_close() {
    let score = |margin| Score {
        options: Vec::new(),
        answered: 15,
        outcome: Outcome::Option(Disposition::Integrate),
        margin,
    };
    assert!(score(7).is_close() && !score(8).is_close());
}

#[test]
fn weights_of_nothing_push_nowhere() {
    let mut plan = crate::model::Plan::named("Test");
    for question in Question::ALL {
        plan.weights.insert(Weights::key(*question, Disposition::Integrate), 0.0);
    }
    let (weights, answers) = (Weights::of(&plan), answers([4; 15]));
    let score = score(Input { answers: &answers, weights: &weights, has_interface: true, domains: 1 });
    assert_eq!(score.options[0].points, 50);
}
