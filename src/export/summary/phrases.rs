//! How the document says things: counts, lists of names, figures, what is not known.

use crate::landscape::Timeline;
use crate::model::{Plan, Stage};
use crate::rules::thousands;

/// For a sentence or a fact that nobody filled in.
pub(super) const NOT_KNOWN: &str = "not known";

/// For a table's cell that nobody filled in.
pub(super) const DASH: &str = "–";

/// "1 system", "3 systems".
pub(super) fn count(number: usize, word: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{} {word}{ending}", thousands(number as u64))
}

/// "1 system and 2 hubs"; hubs are left out where there is none.
pub(super) fn systems_and_hubs(systems: usize, hubs: usize) -> String {
    let systems = count(systems, "system");
    if hubs == 0 { systems } else { format!("{systems} and {}", count(hubs, "hub")) }
}

/// "1 integrates", "3 integrate".
pub(super) fn verb(number: usize, singular: &'static str, plural: &'static str) -> String {
    format!("{} {}", thousands(number as u64), if number == 1 { singular } else { plural })
}

/// "ERP, Web shop and CRM".
pub(super) fn listed<T: AsRef<str>>(names: &[T]) -> String {
    match names {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<_> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// A figure, or a dash.
pub(super) fn figure(number: Option<u64>) -> String {
    number.map_or_else(|| DASH.to_owned(), thousands)
}

/// A time in minutes, as people say it: `5 min`, `2 h`; a dash where it is not known.
pub(super) fn minutes(minutes: Option<u32>) -> String {
    match minutes {
        None => DASH.to_owned(),
        Some(0) => "under 1 min".to_owned(),
        Some(minutes) if minutes >= 60 && minutes.is_multiple_of(60) => format!("{} h", minutes / 60),
        Some(minutes) => format!("{minutes} min"),
    }
}

/// A text, or a dash.
pub(super) fn or_dash(text: &str) -> String {
    if text.trim().is_empty() { DASH.to_owned() } else { text.to_owned() }
}

/// A text, or "not known".
pub(super) fn or_not_known(text: &str) -> String {
    if text.trim().is_empty() { NOT_KNOWN.to_owned() } else { text.to_owned() }
}

/// "yes", "no" or a dash.
pub(super) fn yes_no(fact: Option<bool>) -> String {
    fact.map_or(DASH, |fact| if fact { "yes" } else { "no" }).to_owned()
}

/// The text with a capital at its start.
pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// How a stage is headed: "Today", "After Wave 1", "Target".
pub(super) fn stage_heading(plan: &Plan, stage: &Stage) -> String {
    match stage {
        Stage::Wave(_) => format!("After {}", plan.stage_name(stage)),
        _ => plan.stage_name(stage).to_owned(),
    }
}

/// How stages stand in a sentence: "today, after Wave 1 and in the target"; neighbours from the first
/// to the last stage are "at every stage".
pub(super) fn stages(plan: &Plan, timeline: &Timeline, places: &[usize]) -> String {
    if places.len() == timeline.len() {
        return "at every stage".to_owned();
    }
    let words = places.iter().map(|&at| match timeline.stage(at) {
        Stage::Today => "today".to_owned(),
        Stage::Target => "in the target".to_owned(),
        wave @ Stage::Wave(_) => format!("after {}", plan.stage_name(wave)),
    });
    listed(&words.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_as_people_write_them() {
        assert_eq!([0, 999, 1_000, 14_000_000].map(thousands), ["0", "999", "1,000", "14,000,000"]);
        assert_eq!(
            [None, Some(0), Some(90), Some(1440)].map(minutes),
            ["–", "under 1 min", "90 min", "24 h"]
        );
        assert_eq!((count(1, "system"), count(1_200, "flow")), ("1 system".into(), "1,200 flows".into()));
    }

    #[test]
    fn names_are_listed_with_an_and() {
        assert_eq!(listed(&["A"]), "A");
        assert_eq!(listed(&["A", "B", "C"]), "A, B and C");
    }
}
