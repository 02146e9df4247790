//! The `format` line: the only field of a plan file that the model does not know.

use super::FORMAT;
use super::error::{Fault, PlanFileError};
use super::token::{Kind, Token, tokens};

/// The `format` field as it stands in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FormatField<'a> {
    start: usize,
    end: usize,
    value: Token<'a>,
}

impl<'a> FormatField<'a> {
    /// The field in a text, if it is there.
    pub fn find(text: &'a str) -> Option<Self> {
        let mut depth = 0_usize;
        let mut tokens = tokens(text).peekable();
        while let Some(token) = tokens.next() {
            match token.kind {
                Kind::Open => depth += 1,
                Kind::Close => depth = depth.saturating_sub(1),
                _ => {}
            }
            let is_name = depth == 1 && token.kind == Kind::Word && token.text == "format";
            if is_name && tokens.next_if(|next| next.kind == Kind::Colon).is_some() {
                let value = tokens.next()?;
                let end = tokens.next_if(|next| next.kind == Kind::Comma).map_or(value.end(), |it| it.end());
                return Some(Self { start: token.start, end, value });
            }
        }
        None
    }

    /// Refuses formats that this version does not read.
    pub fn check(&self, text: &str) -> Result<(), PlanFileError> {
        let found = self.value.text.to_owned();
        let is_number = self.value.kind == Kind::Number && found.bytes().all(|byte| byte.is_ascii_digit());
        let fault = match found.parse::<u32>() {
            Ok(FORMAT) => return Ok(()),
            Ok(0) => Fault::NoFormatNumber { found },
            // More digits than fit are a number of the far future.
            _ if is_number => Fault::NewerFormat { found },
            _ => Fault::NoFormatNumber { found },
        };
        Err(PlanFileError::at(fault, text, self.value.start, vec!["format".to_owned()]))
    }

    /// The text without the field, every other character in its line and column.
    pub fn blanked_out(&self, text: &str) -> String {
        let blanks = text[self.start..self.end].chars().map(|letter| if letter == '\n' { '\n' } else { ' ' });
        let mut blanked = String::with_capacity(text.len());
        blanked.push_str(&text[..self.start]);
        blanked.extend(blanks);
        blanked.push_str(&text[self.end..]);
        blanked
    }
}

/// The text that `ron` wrote with the format as its first line.
pub(super) fn with_format(text: &str) -> String {
    text.replacen("(\n", &format!("(\n    format: {FORMAT},\n"), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blanked(text: &str) -> String {
        FormatField::find(text).unwrap().blanked_out(text)
    }

    #[test]
    fn the_field_goes_and_everything_else_stays_in_place() {
        assert_eq!(blanked("(format: 1, name: \"x\")"), "(           name: \"x\")");
        assert_eq!(blanked("(name: \"x\", format: 1)"), "(name: \"x\",          )");
        assert_eq!(blanked("(format:\n1 // ä\n,)"), "(       \n      \n )");
    }

    #[test]
    fn a_format_deeper_down_is_none() {
        assert_eq!(FormatField::find("(notes: \"format: 1\", org: (format: 1))"), None);
    }
}
