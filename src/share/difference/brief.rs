//! A difference in a few words, for a row of a list.

use super::{Change, Changed, Difference, by_element, changes};
use crate::model::Plan;
use crate::share::tree::TreeError;
use crate::share::words::kind;

/// How many domains or fields are named; of more, only the number is said.
const NAMED: usize = 2;

/// What is different in the new plan, counted: `2 systems, 1 flow, truth of Order`.
///
/// # Errors
/// As [`super::difference`].
pub fn difference_in_brief(old: &Plan, new: &Plan) -> Result<String, TreeError> {
    let Difference { changes, drawing, .. } = changes(old, new)?;
    let parts = changes.chunk_by(|one, other| one.part == other.part);
    let words: Vec<_> = parts.flat_map(part_words).collect();
    if !words.is_empty() {
        return Ok(words.join(", "));
    }
    let drawing = drawing.words();
    Ok(if drawing.is_empty() {
        "nothing that the plan says".to_owned()
    } else {
        format!("drawing: {drawing}")
    })
}

fn part_words(part: &[Changed]) -> Vec<String> {
    let name = part[0].part.as_str();
    if name.is_empty() {
        return vec![plan_words(part)];
    }
    let is_truth = |element: &&[Changed]| element.iter().all(|one| matches!(one.change, Change::Truth(_)));
    let (truths, others): (Vec<_>, Vec<_>) = by_element(part).partition(is_truth);
    let counted = match others.len() {
        0 => None,
        1 => Some(format!("1 {}", kind(name))),
        count => Some(format!("{count} {name}")),
    };
    let named = match truths.len() {
        0 => None,
        1..=NAMED => {
            let names: Vec<_> = truths.iter().map(|element| element[0].name.as_str()).collect();
            Some(format!("truth of {}", names.join(" and ")))
        }
        count => Some(format!("truth of {count} domains")),
    };
    counted.into_iter().chain(named).collect()
}

/// `the plan's name and aim`.
fn plan_words(changes: &[Changed]) -> String {
    let field = |changed: &Changed| match &changed.change {
        Change::Field { field, .. } => field.clone(),
        _ => "name".to_owned(),
    };
    match changes.len() {
        1..=NAMED => format!("the plan's {}", changes.iter().map(field).collect::<Vec<_>>().join(" and ")),
        count => format!("{count} fields of the plan"),
    }
}
