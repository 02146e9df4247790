//! What is checked before `ron` sees a text: limits, merges that are not finished, twins, ends.

use super::error::{Fault, PlanFileError};
use super::outline::Outline;
use super::token::{Kind, Token, tokens};

/// The largest file, in bytes.
pub(super) const LARGEST_FILE: usize = 64 * 1024 * 1024;

/// The longest text, in bytes as it is written.
const LONGEST_TEXT: usize = 64 * 1024;
/// The same in a conflict, which holds a whole element as text: a choice, for a few long texts of one.
const LONGEST_TEXT_IN_CONFLICTS: usize = 1024 * 1024;
/// The longest word or number, in bytes; no field and no figure has a tenth of it.
const LONGEST_WORD: usize = 500;
/// The most entries of one map or list; flows have a limit of their own.
const MOST_ENTRIES: usize = 50_000;
const MOST_FLOWS: usize = 200_000;
/// The most entries of all maps and lists together. They are what takes memory: with them a plan
/// takes less than half a gigabyte while it is read.
const MOST_ENTRIES_IN_ALL: usize = 1_000_000;
/// The most fields between two parentheses; no element has a third as many.
const MOST_FIELDS: usize = 200;
const NOT_FINITE: [&str; 6] = ["inf", "NaN", "inff32", "NaNf32", "inff64", "NaNf64"];
const CONFLICT_MARKS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// Refuses a text that is no plan, whatever its fields are.
pub(super) fn check(text: &str) -> Result<(), PlanFileError> {
    check_characters(text)?;
    let mut outline = Outline::new(text);
    for token in tokens(text) {
        check_length(&token, outline.top_field())
            .and_then(|()| check_token(text, &token))
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

fn check_length(token: &Token<'_>, top_field: Option<&str>) -> Result<(), Fault> {
    let most = if top_field == Some("conflicts") { LONGEST_TEXT_IN_CONFLICTS } else { LONGEST_TEXT };
    match token.kind {
        Kind::Text if token.text.len() > most + 2 => Err(Fault::LongText { most }),
        Kind::Word | Kind::Number if token.text.len() > LONGEST_WORD => {
            Err(Fault::LongWord { most: LONGEST_WORD })
        }
        _ => Ok(()),
    }
}

fn check_token(text: &str, token: &Token<'_>) -> Result<(), Fault> {
    match token.kind {
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
    let (what, most) = match (outline.bracket(), outline.top_field_of_bracket()) {
        ("(", _) => ("fields in one place", MOST_FIELDS),
        ("{", Some("flows")) => ("flows", MOST_FLOWS),
        ("{", Some("systems")) => ("systems", MOST_ENTRIES),
        _ => ("entries in one place", MOST_ENTRIES),
    };
    if outline.entries() > most {
        return Err(Fault::TooMany { what, most });
    }
    if outline.entries_in_all() > MOST_ENTRIES_IN_ALL {
        return Err(Fault::TooMany { what: "entries", most: MOST_ENTRIES_IN_ALL });
    }
    Ok(())
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
