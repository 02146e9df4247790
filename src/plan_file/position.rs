//! Lines and columns of a text, counted from 1, columns in characters.

use std::fmt;

/// A place in a text as editors show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextPosition {
    /// The line, the first is 1.
    pub line: usize,
    /// The column in characters, the first is 1.
    pub column: usize,
}

impl TextPosition {
    /// The position of the character that starts at a byte, or of the end for bytes beyond it.
    pub(super) fn of_offset(text: &str, offset: usize) -> Self {
        let mut end = offset.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &text[..end];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            line: 1 + before.bytes().filter(|byte| *byte == b'\n').count(),
            column: 1 + before[line_start..].chars().count(),
        }
    }

    /// The byte at which the character in this position starts, the text's length beyond its end.
    pub(super) fn offset_in(self, text: &str) -> usize {
        let mut rest = text;
        for _ in 1..self.line {
            let Some(newline) = rest.find('\n') else { return text.len() };
            rest = &rest[newline + 1..];
        }
        let in_line = rest.char_indices().nth(self.column - 1).map_or(rest.len(), |(offset, _)| offset);
        text.len() - rest.len() + in_line
    }
}

impl fmt::Display for TextPosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_and_positions_agree_on_every_character() {
        let text = "(\n    näme: \"→\",\r\n)\n";
        for (offset, _) in text.char_indices() {
            assert_eq!(TextPosition::of_offset(text, offset).offset_in(text), offset);
        }
        assert_eq!(TextPosition::of_offset(text, 9), TextPosition { line: 2, column: 7 });
        assert_eq!(TextPosition { line: 9, column: 1 }.offset_in(text), text.len());
    }
}
