//! What is checked before `ron` sees a text: limits, merges that are not finished, twins, ends.

use super::error::{Fault, PlanFileError};
use super::outline::Outline;
use super::token::{Kind, Token, tokens};

/// The largest file, in bytes.
pub(super) const LARGEST_FILE: usize = 64 * 1024 * 1024;

const LONGEST_TEXT: usize = 64 * 1024;
const MOST_ENTRIES: [(&str, usize); 2] = [("systems", 50_000), ("flows", 200_000)];
const NOT_FINITE: [&str; 6] = ["inf", "NaN", "inff32", "NaNf32", "inff64", "NaNf64"];
const CONFLICT_MARKS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// Refuses a text that is no plan, whatever its fields are.
pub(super) fn check(text: &str) -> Result<(), PlanFileError> {
    check_characters(text)?;
    let mut outline = Outline::new(text);
    for token in tokens(text) {
        check_token(text, &token)
            .map_err(|fault| (fault, token.start))
            .and_then(|()| outline.take(token))
            .and_then(|()| check_number_of_entries(&outline).map_err(|fault| (fault, token.start)))
            .map_err(|(fault, offset)| PlanFileError::at(fault, text, offset, outline.place()))?;
    }
    if outline.is_complete() {
        return Ok(());
    }
    Err(PlanFileError::at(Fault::Truncated, text, text.trim_end().len(), outline.place()))
}

fn check_characters(text: &str) -> Result<(), PlanFileError> {
    if text.len() > LARGEST_FILE {
        return Err(PlanFileError::of_file(Fault::TooLarge));
    }
    if text.trim().is_empty() {
        return Err(PlanFileError::of_file(Fault::Empty));
    }
    match text.find('\0') {
        Some(offset) => Err(PlanFileError::at(Fault::Nul, text, offset, Vec::new())),
        None => Ok(()),
    }
}

fn check_token(text: &str, token: &Token<'_>) -> Result<(), Fault> {
    match token.kind {
        Kind::Text if token.text.len() > LONGEST_TEXT + 2 => Err(Fault::LongText),
        Kind::Number if is_beyond_all_numbers(token.text) => not_finite(token),
        Kind::Word if NOT_FINITE.contains(&token.text) => not_finite(token),
        Kind::Other => {
            conflict_mark_at(text, token.start).map_or(Ok(()), |mark| Err(Fault::ConflictMark { mark }))
        }
        _ => Ok(()),
    }
}

fn not_finite(token: &Token<'_>) -> Result<(), Fault> {
    Err(Fault::NotFinite { found: token.text.to_owned() })
}

/// Whether the number is too large even for a fraction, `1e400`.
fn is_beyond_all_numbers(number: &str) -> bool {
    let digits = number.replace('_', "");
    let plain = digits.trim_end_matches("f64").trim_end_matches("f32");
    plain.parse::<f64>().is_ok_and(f64::is_infinite)
}

fn conflict_mark_at(text: &str, offset: usize) -> Option<&'static str> {
    let begins_line = offset == 0 || text.as_bytes()[offset - 1] == b'\n';
    let mut marks = CONFLICT_MARKS.into_iter().filter(|_| begins_line);
    marks.find(|mark| text[offset..].starts_with(mark))
}

fn check_number_of_entries(outline: &Outline<'_>) -> Result<(), Fault> {
    let too_many = MOST_ENTRIES
        .into_iter()
        .find(|(what, most)| outline.entries_of(what).is_some_and(|entries| entries > *most));
    too_many.map_or(Ok(()), |(what, most)| Err(Fault::TooMany { what, most }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_finite_or_refused() {
        for number in ["1e400", "-1e999", "1_0e4_00f64"] {
            assert!(is_beyond_all_numbers(number), "{number}");
        }
        for number in ["1e300", "0.5", "99999999999999999999", "0xff", "1f32"] {
            assert!(!is_beyond_all_numbers(number), "{number}");
        }
    }

    #[test]
    fn marks_of_a_merge_stand_at_the_start_of_a_line() {
        assert_eq!(conflict_mark_at("(\n<<<<<<< ours\n", 2), Some("<<<<<<<"));
        assert_eq!(conflict_mark_at("(\n <<<<<<< ours\n", 3), None);
    }
}
