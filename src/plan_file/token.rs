//! Cuts the text of a plan file into tokens: brackets, texts, words, numbers.
//!
//! It runs before `ron`, to find what `ron` lets pass and to name places; it refuses nothing.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `(`, `[` or `{`.
    Open,
    /// `)`, `]` or `}`.
    Close,
    Colon,
    Comma,
    /// A text with its quotes, plain or raw.
    Text,
    /// A name: a field, `true`, `Some`.
    Word,
    Number,
    /// A text or a comment that never ends; the last token.
    Unclosed,
    /// Anything else, one character at a time.
    Other,
}

/// A piece of the text that means something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub kind: Kind,
    pub text: &'a str,
    /// The byte at which it starts.
    pub start: usize,
}

impl Token<'_> {
    /// The byte after its last.
    pub const fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The tokens of a text, in order.
pub(super) const fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0 }
}

/// See [`tokens`].
pub(super) struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let start = match self.skip_blanks_and_comments() {
            Ok(start) => start,
            Err(start) => return Some(self.token(Kind::Unclosed, start, self.text.len() - start)),
        };
        let rest = &self.text[start..];
        let first = rest.chars().next()?;
        let (kind, length) = match first {
            '(' | '[' | '{' => (Kind::Open, 1),
            ')' | ']' | '}' => (Kind::Close, 1),
            ':' => (Kind::Colon, 1),
            ',' => (Kind::Comma, 1),
            '"' => closed(Kind::Text, plain_text_length(rest), rest),
            '\'' => (Kind::Other, character_length(rest)),
            'r' if starts_raw_text(rest) => closed(Kind::Text, raw_text_length(rest), rest),
            _ if starts_number(rest) => (Kind::Number, number_length(rest)),
            _ if is_in_word(first) => (Kind::Word, word_length(rest)),
            _ => (Kind::Other, first.len_utf8()),
        };
        Some(self.token(kind, start, length))
    }
}

impl<'a> Tokens<'a> {
    fn token(&mut self, kind: Kind, start: usize, length: usize) -> Token<'a> {
        self.at = start + length;
        Token { kind, text: &self.text[start..self.at], start }
    }

    /// Where the next token starts, or where a comment starts that never ends.
    fn skip_blanks_and_comments(&mut self) -> Result<usize, usize> {
        loop {
            let rest = self.text[self.at..].trim_start_matches(is_blank);
            self.at = self.text.len() - rest.len();
            if rest.starts_with("//") {
                self.at += rest.find('\n').unwrap_or(rest.len());
            } else if rest.starts_with("/*") {
                self.at += block_comment_length(rest).ok_or(self.at)?;
            } else {
                return Ok(self.at);
            }
        }
    }
}

/// What `ron` takes for white space, which is a little more than Rust does.
fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{200e}' | '\u{200f}')
}

fn is_in_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn closed(kind: Kind, length: Option<usize>, rest: &str) -> (Kind, usize) {
    length.map_or((Kind::Unclosed, rest.len()), |length| (kind, length))
}

fn plain_text_length(rest: &str) -> Option<usize> {
    let mut is_escaped = false;
    for (offset, byte) in rest.bytes().enumerate().skip(1) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return Some(offset + 1),
            _ => {}
        }
    }
    None
}

fn hashes_after_r(rest: &str) -> usize {
    rest[1..].bytes().take_while(|byte| *byte == b'#').count()
}

fn starts_raw_text(rest: &str) -> bool {
    rest[1 + hashes_after_r(rest)..].starts_with('"')
}

fn raw_text_length(rest: &str) -> Option<usize> {
    let hashes = hashes_after_r(rest);
    let body = hashes + 2;
    let end = format!("\"{}", "#".repeat(hashes));
    rest[body..].find(&end).map(|offset| body + offset + end.len())
}

fn character_length(rest: &str) -> usize {
    let mut letters = rest.char_indices().skip(1);
    if let Some((_, '\\')) = letters.next() {
        letters.next();
    }
    letters.next().filter(|(_, letter)| *letter == '\'').map_or(1, |(offset, _)| offset + 1)
}

fn starts_number(rest: &str) -> bool {
    let digits = rest.strip_prefix(['+', '-']).unwrap_or(rest);
    let digits = digits.strip_prefix('.').unwrap_or(digits);
    digits.starts_with(|letter: char| letter.is_ascii_digit())
}

fn number_length(rest: &str) -> usize {
    let mut before = ' ';
    for (offset, letter) in rest.char_indices() {
        let is_sign = matches!(letter, '+' | '-') && (offset == 0 || matches!(before, 'e' | 'E'));
        if !is_sign && !is_in_word(letter) && letter != '.' {
            return offset;
        }
        before = letter;
    }
    rest.len()
}

fn word_length(rest: &str) -> usize {
    let body = if rest.starts_with("r#") { 2 } else { 0 };
    rest[body..].find(|letter| !is_in_word(letter)).map_or(rest.len(), |offset| body + offset)
}

fn block_comment_length(rest: &str) -> Option<usize> {
    let (mut depth, mut at) = (0_usize, 0);
    loop {
        let next = at + rest[at..].find(['/', '*'])?;
        let opens = rest[next..].starts_with("/*");
        let closes = rest[next..].starts_with("*/");
        at = next + if opens || closes { 2 } else { 1 };
        depth = depth + usize::from(opens) - usize::from(closes);
        if depth == 0 {
            return Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(Kind, &str)> {
        tokens(text).map(|token| (token.kind, token.text)).collect()
    }

    #[test]
    fn brackets_in_texts_and_comments_are_none() {
        let text = "/* ( /* [ */ { */ \"a(\\\"}\" // ]\n r##\"x\"#)\"## '(' r#type";
        let expected = [
            (Kind::Text, "\"a(\\\"}\""),
            (Kind::Text, "r##\"x\"#)\"##"),
            (Kind::Other, "'('"),
            (Kind::Word, "r#type"),
        ];
        assert_eq!(kinds(text), expected);
    }

    #[test]
    fn numbers_keep_their_signs_and_exponents() {
        let expected = [
            (Kind::Number, "-1.5e-3"),
            (Kind::Comma, ","),
            (Kind::Number, "+.5"),
            (Kind::Other, "-"),
            (Kind::Word, "inf"),
            (Kind::Number, "1_000u32"),
        ];
        assert_eq!(kinds("-1.5e-3,+.5 -inf 1_000u32"), expected);
    }

    #[test]
    fn what_never_ends_is_one_last_token() {
        assert_eq!(kinds("a \"b"), [(Kind::Word, "a"), (Kind::Unclosed, "\"b")]);
        assert_eq!(kinds("a /* b /* */"), [(Kind::Word, "a"), (Kind::Unclosed, "/* b /* */")]);
        assert_eq!(kinds("r#\"b\""), [(Kind::Unclosed, "r#\"b\"")]);
    }

    #[test]
    fn odd_characters_stand_alone() {
        assert_eq!(kinds("<→'"), [(Kind::Other, "<"), (Kind::Other, "→"), (Kind::Other, "'")]);
    }
}
