//! What the answers about each system point to, what was chosen, and the weights that count. Systems about
//! which nobody answered anything are left out.

use crate::decision::{
    OPTIONS, Outcome, Recommendation, Recommender, Score, WEIGHTS_ARE_A_PROPOSAL, Weights, is_decided_on,
    questionnaire,
};
use crate::landscape::SystemEntry;
use crate::model::{Disposition, Plan, Question};

use super::Align::{End, Start};
use super::phrases::{DASH, capitalised, count};
use super::{Block, Source, Table, part};

/// More changed answers than this are only counted.
const MOST_FLIPS: usize = 4;

pub(super) fn blocks(source: Source<'_, '_>) -> Vec<Block> {
    let plan = source.facts.plan();
    let recommender = source.facts.recommender();
    let entries = source.facts.index.systems.iter().enumerate();
    let answered: Vec<_> = entries
        .filter(|(_, entry)| is_decided_on(plan, entry.id, entry.system))
        .filter(|(_, entry)| !entry.system.assessment.answers.is_empty())
        .map(|(place, entry)| (entry, recommender.recommend(place)))
        .collect();
    if answered.is_empty() {
        return Vec::new();
    }
    let words = "Points from 0 to 100: at 50 nothing pushes, at 100 everything does. × is a hard stop. The margin is to the \
                 next option.";
    vec![
        Block::Paragraph(format!("{words} {WEIGHTS_ARE_A_PROPOSAL}")),
        Block::Table(points(&answered)),
        part("What would change it", "answers-what-would-change-it"),
        Block::List(answered.iter().map(|(entry, it)| flips(&recommender, entry, it)).collect()),
        part("Weights", "answers-weights"),
        Block::Paragraph(weights_words(plan)),
        Block::Table(weights(plan, recommender.weights())),
    ]
}

fn points(answered: &[(&SystemEntry<'_>, Recommendation)]) -> Table {
    let options = OPTIONS.map(|option| (capitalised(option.word()), End));
    let columns = [("System".to_owned(), Start), ("The answers point to".to_owned(), Start)];
    let after = [("Margin", End), ("Chosen", Start), ("Why otherwise", Start)];
    let after = after.map(|(title, align)| (title.to_owned(), align));
    let rows = answered.iter().map(|(entry, recommendation)| {
        let score = &recommendation.score;
        let mut row = vec![entry.system.name.clone(), outcome(score)];
        row.extend(score.options.iter().map(|option| {
            let mark = if option.blocked.is_empty() { "" } else { "× " };
            format!("{mark}{}", option.points)
        }));
        let has_margin = matches!(score.outcome, Outcome::Option(_) | Outcome::Hybrid);
        row.push(if has_margin { score.margin.to_string() } else { DASH.to_owned() });
        row.push(entry.system.disposition.to_string());
        row.push(why_otherwise(entry, score));
        row
    });
    Table::new(columns.into_iter().chain(options).chain(after)).with_rows(rows).without_empty_columns()
}

fn outcome(score: &Score) -> String {
    let words = score.outcome.words();
    match score.outcome {
        Outcome::Hybrid => "hybrid, by domain".to_owned(),
        Outcome::Option(_) if score.is_close() => format!("{words}, close"),
        _ => words.to_owned(),
    }
}

/// The reason of a choice against the answers; empty where it is as they recommend.
fn why_otherwise(entry: &SystemEntry<'_>, score: &Score) -> String {
    let chosen = entry.system.disposition;
    let reason = entry.system.assessment.override_reason.trim();
    if chosen == Disposition::Undecided || score.outcome.agrees_with(chosen) {
        return String::new();
    }
    if reason.is_empty() { "nobody says why".to_owned() } else { reason.to_owned() }
}

/// "ERP: Budget 3 instead of 2, hybrid; no other single answer."
fn flips(recommender: &Recommender<'_, '_>, entry: &SystemEntry<'_>, it: &Recommendation) -> String {
    let name = &entry.system.name;
    let flips = it.explanation(recommender.weights()).flips;
    if flips.is_empty() {
        return format!("{name}: no single answer changes it.");
    }
    let words = flips.iter().take(MOST_FLIPS).map(|flip| {
        let (question, outcome) = (question_words(flip.question), flip.outcome.words());
        format!("{question} {} instead of {}, {outcome}", flip.to.value(), flip.from.value())
    });
    let more = match flips.len().saturating_sub(MOST_FLIPS) {
        0 => String::new(),
        more => format!("; {}", count(more, "other answer")),
    };
    format!("{name}: {}{more}.", words.collect::<Vec<_>>().join("; "))
}

/// "still-valuable" as people read it.
fn question_words(question: Question) -> String {
    question.word().replace('-', " ")
}

fn weights_words(plan: &Plan) -> String {
    let changed = match changed_weights(plan) {
        0 => "This plan uses the proposed weights.".to_owned(),
        changed => {
            format!("This plan changes {}; the proposed one stands beside each.", count(changed, "weight"))
        }
    };
    format!(
        "How much an answer of 4 speaks for each option; below zero it speaks against. {changed} {WEIGHTS_ARE_A_PROPOSAL}"
    )
}

fn changed_weights(plan: &Plan) -> usize {
    let weights = Weights::of(plan);
    let all = questionnaire().iter().flat_map(|entry| OPTIONS.map(|option| (entry, option)));
    all.filter(|(entry, option)| {
        weights.of_option(entry.question, *option) != Some(entry.proposed_weight(*option))
    })
    .count()
}

fn weights(plan: &Plan, weights: &Weights) -> Table {
    let options = OPTIONS.map(|option| (capitalised(option.word()), End));
    let columns = std::iter::once(("Question".to_owned(), Start)).chain(options);
    let rows = questionnaire().iter().map(|entry| {
        let mut row = vec![entry.asks(plan.focal_name())];
        row.extend(OPTIONS.map(|option| {
            let proposed = entry.proposed_weight(option);
            match weights.of_option(entry.question, option) {
                Some(own) if (own - proposed).abs() > f64::EPSILON => format!("{own} (proposed {proposed})"),
                _ => proposed.to_string(),
            }
        }));
        row
    });
    Table::new(columns).with_rows(rows)
}

#[cfg(test)]
mod tests {
    use crate::export::{markdown, summary};
    use crate::model::{Answer, Disposition, Plan, Question, System};
    use crate::rules::{Facts, Scope, check};

    fn section(plan: &Plan) -> Option<String> {
        let facts = Facts::new(plan);
        let document = summary::document(&facts, &check(&facts, Scope::AllStages), &[], None);
        let text = markdown::write(&document, "plan").text;
        let rest = text.split_once("What the answers point to\n")?.1.to_owned();
        Some(rest.split("\n## ").next().unwrap_or_default().to_owned())
    }

    /// The ERP of the archetypes, which the answers would integrate, and which somebody migrates.
    fn plan() -> Plan {
        let mut erp = System { disposition: Disposition::Migrate, ..System::named("ERP") };
        for (question, value) in Question::ALL.iter().zip([4, 1, 4, 2, 2, 2, 0, 0, 2, 4, 4, 3, 1, 1, 2]) {
            erp.assessment.answers.insert(*question, Answer::new(value).unwrap());
        }
        let mut plan = Plan::named("Test");
        plan.systems.insert("erp".into(), erp.into());
        plan.systems.insert("crm".into(), System::named("CRM").into());
        plan
    }

    #[test]
    fn a_choice_against_the_answers_stands_with_points_reason_and_what_flips_it() {
        let mut plan = plan();
        assert!(section(&plan).unwrap().contains("nobody says why"));
        let erp = std::sync::Arc::make_mut(plan.systems.get_mut("erp").unwrap());
        erp.assessment.override_reason = "The vendor stops.".to_owned();
        let text = section(&plan).unwrap();
        assert!(
            text.contains("| ERP | integrate | 83 | 33 | × 45 | × 14 | 50 | migrate | The vendor stops. |"),
            "{text}"
        );
        assert!(text.contains("ERP: no single answer changes it."), "{text}");
        assert!(!text.contains("CRM"), "nobody answered anything about it");
        assert!(text.contains("a proposal fitted to archetypes"));
    }

    #[test]
    fn changed_weights_are_marked_and_without_answers_there_is_no_section() {
        let mut plan = plan();
        plan.weights.insert("budget.migrate".to_owned(), 0.5);
        let text = section(&plan).unwrap();
        assert!(text.contains("This plan changes 1 weight"), "{text}");
        assert!(text.contains("| 0.5 (proposed 2) |"), "{text}");
        assert_eq!(section(&Plan::named("Empty")), None);
    }
}
