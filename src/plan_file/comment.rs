//! Comments in a plan file: read over, and lost when the plan is written again.

use super::TextPosition;
use super::token::tokens;

/// Where the first comment of a text starts, if there is one.
#[must_use]
pub fn first_comment(text: &str) -> Option<TextPosition> {
    let mut end = 0;
    for token in tokens(text) {
        if let Some(start) = comment_between(text, end, token.start) {
            return Some(start);
        }
        end = token.end();
    }
    comment_between(text, end, text.len())
}

/// Between tokens there are only blanks and comments.
fn comment_between(text: &str, start: usize, end: usize) -> Option<TextPosition> {
    let between = &text[start..end];
    let blanks = between.len() - between.trim_start().len();
    (blanks < between.len()).then(|| TextPosition::of_offset(text, start + blanks))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_found_and_texts_that_look_like_them_are_not() {
        let at = |line, column| Some(TextPosition { line, column });
        assert_eq!(first_comment("(\n    format: 1, // why\n)\n"), at(2, 16));
        assert_eq!(first_comment("(format: 1) /* end */"), at(1, 13));
        assert_eq!(first_comment("(name: \"http://example.org\")\n"), None);
    }
}
