//! Where in the structure a token stands: which brackets are open and which keys lead there.
//!
//! Knows no field of the model. Finds what `ron` does not: keys that are there twice.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::error::Fault;
use super::token::{Kind, Token};
use super::{DEEPEST, TextPosition};

/// The open brackets between the start of the text and one of its tokens.
pub(super) struct Outline<'a> {
    text: &'a str,
    frames: Vec<Frame<'a>>,
    /// The token before, if it may turn out to be a key.
    word: Option<Token<'a>>,
    entries_in_all: usize,
}

/// A fault and the byte at which it stands.
pub(super) type FaultAt = (Fault, usize);

/// One open bracket.
struct Frame<'a> {
    open: Token<'a>,
    key: Option<Cow<'a, str>>,
    entries: usize,
    /// The keys so far and where they start.
    seen: HashMap<Cow<'a, str>, usize>,
}

impl<'a> Outline<'a> {
    /// The outline at the start of a text.
    pub fn new(text: &'a str) -> Self {
        Self { text, frames: Vec::new(), word: None, entries_in_all: 0 }
    }

    /// Goes on by one token.
    pub fn take(&mut self, token: Token<'a>) -> Result<(), FaultAt> {
        let word = self.word.take();
        match token.kind {
            Kind::Open if self.frames.len() == DEEPEST => return Err((Fault::TooDeep, token.start)),
            Kind::Open => self.frames.push(Frame::of(token)),
            Kind::Close => return self.close(&token).map_err(|fault| (fault, token.start)),
            Kind::Colon => {
                return word.map_or(Ok(()), |word| self.enter(&word).map_err(|fault| (fault, word.start)));
            }
            Kind::Comma => self.end_entry(),
            Kind::Text | Kind::Word => self.word = Some(token),
            Kind::Unclosed if token.text.starts_with("/*") => {
                return Err((Fault::UnclosedComment, token.start));
            }
            Kind::Unclosed => return Err((Fault::UnclosedText, token.start)),
            Kind::Number | Kind::Other => {}
        }
        Ok(())
    }

    /// The keys that lead to where the outline is.
    pub fn place(&self) -> Vec<String> {
        self.frames.iter().filter_map(Frame::step).collect()
    }

    /// The keys that lead to the bracket around where the outline is.
    pub fn place_around(&self) -> Vec<String> {
        let around = self.frames.len().saturating_sub(1);
        self.frames[..around].iter().filter_map(Frame::step).collect()
    }

    /// Whether every bracket is closed.
    pub const fn is_complete(&self) -> bool {
        self.frames.is_empty()
    }

    /// The innermost bracket that is open, or nothing.
    pub fn bracket(&self) -> &'a str {
        self.frames.last().map_or("", |frame| frame.open.text)
    }

    /// The field of the plan in which the outline is.
    pub fn top_field(&self) -> Option<&str> {
        self.frames.first()?.key.as_deref()
    }

    /// The same where the field's own bracket is the innermost.
    pub fn top_field_of_bracket(&self) -> Option<&str> {
        self.top_field().filter(|_| self.frames.len() == 2)
    }

    /// How many entries the innermost bracket has so far; of parentheses the fields.
    pub fn entries(&self) -> usize {
        self.frames
            .last()
            .map_or(0, |frame| if frame.open.text == "[" { frame.entries } else { frame.seen.len() })
    }

    /// How many entries all maps and lists have so far.
    pub const fn entries_in_all(&self) -> usize {
        self.entries_in_all
    }

    fn close(&mut self, token: &Token<'a>) -> Result<(), Fault> {
        let Some(frame) = self.frames.pop() else {
            return Err(Fault::StrayBracket { found: token.text.to_owned() });
        };
        let expected = match frame.open.text {
            "(" => ')',
            "[" => ']',
            _ => '}',
        };
        if token.text.starts_with(expected) {
            return Ok(());
        }
        let open_in_line = TextPosition::of_offset(self.text, frame.open.start).line;
        self.frames.push(frame);
        Err(Fault::WrongBracket { found: token.text.to_owned(), expected, open_in_line })
    }

    fn enter(&mut self, word: &Token<'a>) -> Result<(), Fault> {
        let Some(frame) = self.frames.last_mut() else { return Ok(()) };
        let key = match (frame.open.text, word.kind) {
            ("(", Kind::Word) => Cow::Borrowed(word.text.trim_start_matches("r#")),
            ("{", Kind::Text) => text_of(word.text),
            _ => return Ok(()),
        };
        match frame.seen.entry(key.clone()) {
            Entry::Vacant(vacant) => vacant.insert(word.start),
            Entry::Occupied(first) => {
                let first_line = TextPosition::of_offset(self.text, *first.get()).line;
                let name = key.into_owned();
                return Err(match word.kind {
                    Kind::Text => Fault::DuplicateId { id: name, first_line },
                    _ => Fault::DuplicateField { field: name, first_line },
                });
            }
        };
        frame.key = Some(key);
        Ok(())
    }

    fn end_entry(&mut self) {
        if let Some(frame) = self.frames.last_mut() {
            frame.key = None;
            frame.entries += 1;
            self.entries_in_all += usize::from(frame.open.text != "(");
        }
    }
}

impl<'a> Frame<'a> {
    fn of(open: Token<'a>) -> Self {
        Self { open, key: None, entries: 0, seen: HashMap::new() }
    }

    fn step(&self) -> Option<String> {
        if self.open.text == "[" {
            return Some(format!("entry {}", self.entries + 1));
        }
        self.key.as_ref().map(ToString::to_string)
    }
}

/// What a text between quotes says.
fn text_of(quoted: &str) -> Cow<'_, str> {
    match quoted.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
        Some(plain) if !plain.contains('\\') => Cow::Borrowed(plain),
        _ => ron::from_str(quoted).map_or(Cow::Borrowed(quoted), Cow::Owned),
    }
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    fn place_before(text: &str, mark: &str) -> String {
        let mut outline = Outline::new(text);
        let end = text.find(mark).unwrap();
        for token in tokens(text).take_while(|token| token.start < end) {
            outline.take(token).unwrap();
        }
        outline.place().join(" › ")
    }

    #[test]
    fn a_place_is_the_keys_that_lead_to_it() {
        let text = "(a: 1, systems: { \"x\": (b: [2, (c: Some((d: HERE)))]) }, e: THERE)";
        assert_eq!(place_before(text, "HERE"), "systems › x › b › entry 2 › c › d");
        assert_eq!(place_before(text, "THERE"), "e");
    }

    #[test]
    fn an_id_is_the_same_however_it_is_spelt() {
        let text = "{ \"a\\u{62}\": 1,\n r\"ab\": 2 }";
        let mut outline = Outline::new(text);
        let fault = tokens(text).find_map(|token| outline.take(token).err());
        assert_eq!(fault, Some((Fault::DuplicateId { id: "ab".to_owned(), first_line: 1 }, 17)));
    }
}
