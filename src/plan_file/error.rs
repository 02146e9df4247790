//! Why a plan file cannot be read, in sentences: what, where, what to do, which file.

use std::fmt::Write as _;
use std::path::PathBuf;

use super::nearest::nearest;
use super::{DEEPEST, FORMAT, TextPosition};

/// A text that is no plan this version can read. Comes from [`super::read`] and [`super::open`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{fault}{}. {}{}", self.whereabouts(), fault.advice(), self.file())]
pub struct PlanFileError {
    /// What is wrong.
    pub fault: Box<Fault>,
    /// Where it was found, if it is anywhere in particular.
    pub position: Option<TextPosition>,
    /// The keys that lead there: `systems`, `legacy-crm`, `disposition`.
    pub place: Vec<String>,
    /// The file, when the text came from one.
    pub path: Option<PathBuf>,
}

impl PlanFileError {
    /// A fault of the whole file.
    pub(super) fn of_file(fault: Fault) -> Self {
        Self { fault: Box::new(fault), position: None, place: Vec::new(), path: None }
    }

    /// A fault at a byte of the text.
    pub(super) fn at(fault: Fault, text: &str, offset: usize, place: Vec<String>) -> Self {
        Self {
            fault: Box::new(fault),
            position: Some(TextPosition::of_offset(text, offset)),
            place,
            path: None,
        }
    }

    /// The place as people read it: `systems › legacy-crm › disposition`.
    #[must_use]
    pub fn place_text(&self) -> String {
        self.place.iter().map(|step| short(step)).collect::<Vec<_>>().join(" › ")
    }

    fn whereabouts(&self) -> String {
        let mut text = String::new();
        if let Some(position) = self.position {
            let _ = write!(text, " in {position}");
        }
        if !self.place.is_empty() {
            let _ = write!(text, ", at {}", self.place_text());
        }
        text
    }

    fn file(&self) -> String {
        self.path.as_ref().map_or_else(String::new, |path| format!(" File: {}", path.display()))
    }
}

/// A piece of the file as a sentence shows it: files may hold anything of any length.
fn short(text: &str) -> String {
    const LONGEST: usize = 120;
    match text.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    }
}

/// What is wrong with a plan file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the sentence beside each fault says what it is")]
pub enum Fault {
    #[error("The file could not be read ({reason})")]
    Unreadable { reason: String },
    #[error("The file is larger than 64 MB")]
    TooLarge,
    #[error("The file is text in UTF-16")]
    Utf16,
    #[error("The file stops being UTF-8 text")]
    NotUtf8,
    #[error("A NUL character stands")]
    Nul,
    #[error("The file is empty")]
    Empty,
    #[error("An unfinished merge left the mark {mark}")]
    ConflictMark { mark: &'static str },
    #[error("The file ends too early,")]
    Truncated,
    #[error("A text begins and never ends")]
    UnclosedText,
    #[error("A comment begins and never ends")]
    UnclosedComment,
    #[error("Found {found} instead of {expected}")]
    WrongBracket { found: String, expected: char, open_in_line: usize },
    #[error("A {found} closes nothing")]
    StrayBracket { found: String },
    #[error("Brackets stand more than {DEEPEST} deep")]
    TooDeep,
    #[error("A text is longer than {} KB", most / 1024)]
    LongText { most: usize },
    #[error("A word or a number is longer than {most} characters")]
    LongWord { most: usize },
    #[error("The plan has more than {most} {what}")]
    TooMany { what: &'static str, most: usize },
    #[error("\"{}\" is no finite number", short(found))]
    NotFinite { found: String },
    #[error("The id \"{}\" is there twice, again", short(id))]
    DuplicateId { id: String, first_line: usize },
    #[error("The field \"{}\" is there twice, again", short(field))]
    DuplicateField { field: String, first_line: usize },
    #[error("The \"format\" of the plan is missing")]
    NoFormat,
    #[error("The plan has format {}, made by a newer version of Hybridscape,", short(found))]
    NewerFormat { found: String },
    #[error("{} is no number of a format", short(found))]
    NoFormatNumber { found: String },
    #[error("Unknown field \"{}\"", short(field))]
    UnknownField { field: String, known: Vec<String> },
    #[error("Unknown word \"{}\"", short(word))]
    UnknownWord { word: String, known: Vec<String> },
    #[error("The field \"{field}\" is missing")]
    MissingField { field: String },
    #[error("Found {found} instead of {expected}")]
    Expected { expected: &'static str, found: String, advice: &'static str },
    #[error("\"{}\" is no date", short(text))]
    NoDate { text: String },
    #[error("Something follows after the end of the plan")]
    Trailing,
    #[error("{}", short(reason))]
    Other { reason: String },
}

const BACKUP: &str = "go back to an earlier version, from Hybridscape or from version control";

impl Fault {
    /// What a person can do about it.
    #[must_use]
    pub fn advice(&self) -> String {
        match self {
            Self::Unreadable { .. } => "Check that it is there and that you may read it.".into(),
            Self::TooLarge | Self::TooDeep => "No plan is; check that this is a plan file.".into(),
            Self::Utf16 => "Save it as UTF-8 in the editor that wrote it.".into(),
            Self::NotUtf8 => format!("Save it as UTF-8 in the editor that wrote it, or {BACKUP}."),
            Self::Nul => format!("The file is damaged or in UTF-16: save it as UTF-8, or {BACKUP}."),
            Self::Empty => format!("If a plan was in it, {BACKUP}."),
            Self::ConflictMark { .. } => {
                "Finish the merge first: `hybridscape merge --from-markers FILE -o FILE` \
                merges both sides by meaning; or keep what is right of both and delete the lines that begin \
                with <<<<<<<, ======= and >>>>>>>."
                    .into()
            }
            Self::Truncated => format!("It was cut off while it was written or copied: {BACKUP}."),
            Self::UnclosedText => format!("Add the closing quote; if the file was cut off, {BACKUP}."),
            Self::UnclosedComment => format!("Add the closing */; if the file was cut off, {BACKUP}."),
            Self::StrayBracket { .. } => "Delete it, or check whether one before closes too early.".into(),
            Self::WrongBracket { open_in_line, .. } => {
                format!("Close the bracket that opened in line {open_in_line} first.")
            }
            Self::LongWord { .. } => {
                "Put it between quotes if it is a text; if not, check that this is a plan file.".into()
            }
            Self::LongText { .. } => {
                "Shorten it, or keep it in a document and write here where that is.".into()
            }
            Self::TooMany { .. } => "Split the plan into several.".into(),
            Self::NotFinite { .. } => "Write a number, or delete the line if nobody knows the figure.".into(),
            Self::DuplicateId { first_line, .. } | Self::DuplicateField { first_line, .. } => {
                format!("The first is in line {first_line}. Delete one of the two, or rename it.")
            }
            _ => self.advice_on_content(),
        }
    }

    fn advice_on_content(&self) -> String {
        match self {
            Self::NoFormat => format!(
                "If this is a plan, add \"format: {FORMAT},\" as the first line inside the parentheses."
            ),
            Self::NewerFormat { .. } => {
                format!("This version reads format {FORMAT}. Update Hybridscape to open the plan.")
            }
            Self::NoFormatNumber { .. } => format!("Write \"format: {FORMAT},\"."),
            Self::UnknownField { field, known } => match nearest(field, known) {
                Some(near) => format!("Did you mean \"{near}\"?"),
                None => "Delete it, or update Hybridscape if a newer version wrote it.".into(),
            },
            Self::UnknownWord { word, known } => {
                let guess = nearest(word, known)
                    .map_or_else(String::new, |near| format!("Did you mean \"{near}\"? "));
                format!("{guess}Known words: {}.", known.join(", "))
            }
            Self::MissingField { field } => format!("Add the line \"{field}: …,\"."),
            Self::Expected { advice, .. } => (*advice).into(),
            Self::NoDate { .. } => "Write a day as \"2027-03-31\" or a year as \"2027\".".into(),
            Self::Trailing => "Delete it, or check whether a bracket before closes too early.".into(),
            _ => format!("Correct it there, or {BACKUP}."),
        }
    }
}
