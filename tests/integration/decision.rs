//! The score gives every archetype of the reference what it must: points, blocked options, margin, outcome.

use std::collections::BTreeMap;

use hybridscape::decision::{Input, Weights, score};
use hybridscape::model::{Answer, Question};

use crate::samples::reference;

/// What the reference calls the questions, in their order.
const KEYS: [&str; 15] =
    ["Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "E1", "E2", "E3", "E4", "C1", "C2", "C3", "C4", "C5"];

#[test]
fn the_archetypes_of_the_reference_are_reproduced() {
    let Some(archetypes) = reference("archetypes") else { return };
    let archetypes = archetypes.as_array().unwrap();
    assert!(!archetypes.is_empty());
    for told in archetypes {
        let answer = |key: &str| Answer::new(told["answers"][key].as_u64()?.try_into().ok()?);
        let answers: BTreeMap<_, _> = Question::ALL
            .iter()
            .zip(KEYS)
            .filter_map(|(question, key)| Some((*question, answer(key)?)))
            .collect();
        assert_eq!(answers.len(), told["answers"].as_object().unwrap().len());
        let weights = Weights::proposed();
        let score = score(Input { answers: &answers, weights: &weights, has_interface: true, domains: 2 });
        for option in &score.options {
            assert_eq!(told["points"][option.option.word()], option.points, "{}", told["system"]);
        }
        let blocked = score.options.iter().filter(|option| !option.blocked.is_empty());
        let mut blocked: Vec<_> = blocked.map(|option| option.option.word()).collect();
        blocked.sort_unstable();
        assert_eq!(serde_json::json!(blocked), told["blocked"], "{}", told["system"]);
        assert_eq!(told["margin"], score.margin, "{}", told["system"]);
        assert_eq!(told["result"], score.outcome.words(), "{}", told["system"]);
    }
}
