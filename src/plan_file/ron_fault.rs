//! What `ron` says, in the sentences of this room and at the token that it means.

use ron::error::{Error, SpannedError};

use super::TextPosition;
use super::error::{Fault, PlanFileError};
use super::outline::Outline;
use super::token::{Kind, Token, tokens};

/// The error at the token that `ron` stumbled over.
pub(super) fn plan_file_error(text: &str, error: &SpannedError) -> PlanFileError {
    let start = error.span.start;
    let offset = TextPosition { line: start.line, column: start.col }.offset_in(text);
    let mut outline = Outline::new(text);
    for token in tokens(text) {
        if token.end() > offset {
            let place = match token.kind {
                Kind::Close => outline.place_around(),
                _ => outline.place(),
            };
            return PlanFileError::at(fault(&error.code, Some(token)), text, token.start, place);
        }
        // The checks before have taken every token of this text without a fault.
        let _ = outline.take(token);
    }
    PlanFileError::at(fault(&error.code, None), text, text.len(), Vec::new())
}

fn fault(code: &Error, token: Option<Token<'_>>) -> Fault {
    match code {
        Error::NoSuchStructField { expected, found, .. } => Fault::UnknownField {
            field: found.clone(),
            known: expected.iter().map(ToString::to_string).collect(),
        },
        Error::MissingStructField { field, .. } => Fault::MissingField { field: (*field).to_owned() },
        Error::TrailingCharacters => Fault::Trailing,
        Error::ExceededRecursionLimit => Fault::TooDeep,
        Error::Message(message) => said_by_the_model(message),
        code => match expectation(code, token) {
            Some((expected, advice)) => Fault::Expected { expected, found: shown(token), advice },
            None => Fault::Other { reason: code.to_string() },
        },
    }
}

/// The messages of `model::UnknownWord` and `model::NoDate`, which arrive here as text.
fn said_by_the_model(message: &str) -> Fault {
    let unknown = message.strip_prefix("unknown word \"");
    if let Some((word, known)) = unknown.and_then(|rest| rest.rsplit_once("\", expected one of ")) {
        let known = known.split(", ").map(str::to_owned).collect();
        return Fault::UnknownWord { word: word.to_owned(), known };
    }
    let date = message.strip_prefix('"').and_then(|rest| rest.rsplit_once("\" is no date, expected"));
    match date {
        Some((text, _)) => Fault::NoDate { text: text.to_owned() },
        None => Fault::Other { reason: message.to_owned() },
    }
}

fn expectation(code: &Error, token: Option<Token<'_>>) -> Option<(&'static str, &'static str)> {
    let is_number = token.is_some_and(|token| token.kind == Kind::Number);
    Some(match code {
        Error::ExpectedString => ("a text", "Put it between quotes."),
        Error::ExpectedBoolean => ("true or false", "Write true or false, without quotes."),
        // `ron` reads 3 of 3.5 and then misses the comma.
        Error::ExpectedComma if is_number => ("a whole number", "Round it."),
        Error::ExpectedComma => ("a comma", "End what stands before with a comma."),
        Error::ExpectedInteger => ("a whole number", "Write it in digits, without quotes."),
        Error::IntegerOutOfBounds => {
            ("a whole number in the range of this field", "Correct the number, or delete the line.")
        }
        Error::ExpectedFloat => ("a number", "Write it in digits, without quotes."),
        Error::ExpectedMap => ("entries by id", "Write them in braces, as { \"erp\": (name: \"ERP\"), }."),
        Error::ExpectedMapColon => ("a colon", "Write a colon between a name and its value."),
        Error::ExpectedArray => ("a list", "Write it in square brackets, as [\"erp\"]."),
        Error::ExpectedNamedStructLike(_)
        | Error::ExpectedStructLike
        | Error::ExpectedDifferentStructName { .. } => {
            ("fields in parentheses", "Write them as (name: \"ERP\").")
        }
        Error::ExpectedIdentifier => ("the name of a field", "Write it before its value, as name: \"ERP\"."),
        Error::ExpectedStructLikeEnd | Error::ExpectedDifferentLength { .. } => {
            ("two whole numbers", "Write them as (100, 40).")
        }
        Error::NoSuchExtension(_) => ("a known extension", "Delete the line; plans need none."),
        Error::InvalidEscape(_) => ("a text", "Write two backslashes for one."),
        _ => return None,
    })
}

/// The token as a message shows it.
fn shown(token: Option<Token<'_>>) -> String {
    const LONGEST: usize = 40;
    let text = token.map_or("the end", |token| token.text);
    match text.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    }
}
