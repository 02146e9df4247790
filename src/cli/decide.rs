//! `decide`: what the answers about each system point to, and what is missing.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use crate::decision::{
    Asked, Explanation, OPTIONS, Outcome as Verdict, Push, Quadrant, Recommendation, Recommender, Source,
    WEIGHTS_ARE_A_PROPOSAL, entry, is_decided_on,
};
use crate::landscape::SystemEntry;
use crate::model::Question;
use crate::rules::Facts;

use super::{Failure, Outcome, OutputFormat};

/// What the points are worth.
fn caveat() -> String {
    format!(
        "{WEIGHTS_ARE_A_PROPOSAL} At 50 points nothing pushes, at 100 everything does; × is a hard stop. Proposed answers \
         come from the plan's own facts; nobody has looked at them."
    )
}

/// Prints for each system what the answers point to: points, outcome, margin, what is missing.
#[derive(Debug, Args)]
pub struct Decide {
    /// The plan file.
    plan: PathBuf,
    /// How to print it.
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

/// A system and what its answers point to.
struct Row<'a, 'p> {
    entry: &'a SystemEntry<'p>,
    recommendation: Recommendation,
    explanation: Explanation,
}

impl Decide {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Outcome, Failure> {
        let plan = crate::plan_file::open(&self.plan)?;
        let facts = Facts::new(&plan);
        let recommender = facts.recommender();
        let rows = rows(&facts, &recommender);
        match self.format {
            OutputFormat::Text => print_text(out, &rows)?,
            OutputFormat::Json => {
                let systems: Vec<_> = rows.iter().map(json_row).collect();
                writeln!(out, "{:#}", json!({ "plan": plan.name, "caveat": caveat(), "systems": systems }))?;
            }
        }
        Ok(Outcome::Clean)
    }
}

fn rows<'a, 'p>(facts: &'a Facts<'p>, recommender: &Recommender<'a, 'p>) -> Vec<Row<'a, 'p>> {
    let asked = facts.index.systems.iter().enumerate();
    let asked = asked.filter(|(_, entry)| is_decided_on(facts.plan(), entry.id, entry.system));
    let row = |(place, entry)| {
        let recommendation = recommender.recommend(place);
        let explanation = recommendation.explanation(recommender.weights());
        Row { entry, recommendation, explanation }
    };
    asked.map(row).collect()
}

fn print_text(out: &mut dyn Write, rows: &[Row<'_, '_>]) -> Result<(), Failure> {
    let names = rows.iter().map(|row| row.entry.system.name.chars().count());
    let width = names.max().unwrap_or_default().max("system".len());
    write!(out, "{:<width$}  {:<11} {:>8} {:>8}", "system", "disposition", "answered", "proposed")?;
    for option in OPTIONS {
        write!(out, " {option:>10}")?;
    }
    writeln!(out, "  {:<23} {:>8}  missing", "outcome", "margin")?;
    for row in rows {
        let (system, recommendation) = (row.entry.system, &row.recommendation);
        let score = &recommendation.score;
        let proposed = recommendation.count(Source::Proposed);
        let answered = score.answered - proposed;
        write!(out, "{:<width$}  {:<11} {answered:>8} {proposed:>8}", system.name, system.disposition)?;
        for option in &score.options {
            let mark = if option.blocked.is_empty() { "" } else { "× " };
            write!(out, " {:>10}", format!("{mark}{}", option.points))?;
        }
        let margin = match score.outcome {
            Verdict::Option(_) if score.is_close() => format!("{} close", score.margin),
            Verdict::Option(_) | Verdict::Hybrid => score.margin.to_string(),
            Verdict::NotEnoughAnswers | Verdict::AllBlocked => "–".to_owned(),
        };
        let missing = missing(recommendation, Asked::PerSystem);
        writeln!(out, "  {:<23} {margin:>8}  {missing}", score.outcome.words())?;
    }
    let of_plan = rows.first().map(|row| missing(&row.recommendation, Asked::PerPlan));
    writeln!(out, "\nMissing for the whole plan: {}.", of_plan.unwrap_or_else(|| "nothing".to_owned()))?;
    writeln!(out, "{}", caveat())?;
    Ok(())
}

/// The questions without an answer, of those that are asked so often.
fn missing(recommendation: &Recommendation, asked: Asked) -> String {
    let open = recommendation.open_questions().filter(|question| entry(*question).asked == asked);
    let words: Vec<_> = open.map(Question::word).collect();
    if words.is_empty() { "nothing".to_owned() } else { words.join(", ") }
}

fn json_row(row: &Row<'_, '_>) -> Value {
    let recommendation = &row.recommendation;
    let score = &recommendation.score;
    let options: Vec<_> = score
        .options
        .iter()
        .map(|score| json!({ "option": score.option, "points": score.points, "blocked": score.blocked }))
        .collect();
    let answers: serde_json::Map<_, _> = recommendation
        .answers
        .iter()
        .map(|(question, given)| {
            let answer = json!({ "answer": given.answer, "source": given.source, "says": given.says });
            (question.to_string(), answer)
        })
        .collect();
    let flips: Vec<_> = row
        .explanation
        .flips
        .iter()
        .map(|flip| {
            let outcome = flip.outcome.words();
            json!({ "question": flip.question, "from": flip.from, "to": flip.to, "outcome": outcome })
        })
        .collect();
    let quadrant = Quadrant::of(row.entry.system);
    json!({
        "system": row.entry.id.as_str(),
        "name": row.entry.system.name,
        "disposition": row.entry.system.disposition,
        "answers": answers,
        "missing": recommendation.open_questions().collect::<Vec<_>>(),
        "options": options,
        "outcome": score.outcome.words(),
        "margin": score.margin,
        "close": score.is_close(),
        "explains": row.explanation.of,
        "towards": row.explanation.towards.iter().map(json_push).collect::<Vec<_>>(),
        "against": row.explanation.against.iter().map(json_push).collect::<Vec<_>>(),
        "flips": flips,
        "time": quadrant,
        "time_disagrees": quadrant.and_then(|quadrant| quadrant.disagreement(score)),
    })
}

fn json_push(push: &Push) -> Value {
    json!({ "question": push.question, "strength": push.strength, "says": push.says })
}
