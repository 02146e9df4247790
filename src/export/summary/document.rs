//! The document as data: what every format writes. Its texts are plain; each writer escapes them.

use serde::Serialize;

/// A document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Document {
    /// What it is called.
    pub title: String,
    /// What it is, in a few words under the title.
    pub subtitle: String,
    /// What stands in it, in order.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "of", rename_all = "snake_case")]
pub enum Block {
    /// Begins a section.
    Section(Heading),
    /// Begins a part of a section.
    Part(Heading),
    /// Sentences.
    Paragraph(String),
    /// Points without an order.
    List(Vec<String>),
    /// Names and what they are.
    Facts(Vec<Fact>),
    /// Rows and columns.
    Table(Table),
    /// Things with a title, a note and points of their own.
    Entries(Vec<Entry>),
    /// A picture.
    Picture(Picture),
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Heading {
    /// Its words.
    pub text: String,
    /// Names the place, unique in the document: Latin letters, digits and hyphens.
    pub anchor: String,
}

/// A name and what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// What is told.
    pub name: String,
    /// How it is.
    pub text: String,
}

/// Something with a title, a note and points of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Its title.
    pub title: String,
    /// The id by which it can be looked up.
    pub id: String,
    /// A word for how bad it is: error, warning, advice; empty where it is not bad.
    pub tone: &'static str,
    /// Its points.
    pub points: Vec<Point>,
    /// A sentence below them.
    pub note: String,
}

/// A point of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Point {
    /// What it says.
    pub text: String,
    /// What is to be known about it, in smaller type.
    pub note: String,
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Picture {
    /// Names its file: `today`, `target`.
    pub name: String,
    /// What it shows.
    pub caption: String,
    /// The picture, for light paper.
    pub svg: String,
    /// The picture, for dark screens.
    pub svg_dark: String,
}

/// On which side of a column its texts stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// Where reading starts.
    Start,
    /// In the middle.
    Centre,
    /// Where reading ends: figures.
    End,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Its heading.
    pub title: String,
    /// Where its texts stand.
    pub align: Align,
}

/// Rows and columns; every row has a cell for every column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Table {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these columns and no rows yet.
    #[must_use]
    pub fn new<T: Into<String>>(columns: impl IntoIterator<Item = (T, Align)>) -> Self {
        let columns = columns.into_iter().map(|(title, align)| Column { title: title.into(), align });
        Self { columns: columns.collect(), rows: Vec::new() }
    }

    /// The table with these rows.
    #[must_use]
    pub fn with_rows(mut self, rows: impl IntoIterator<Item = Vec<String>>) -> Self {
        self.rows = rows.into_iter().collect();
        self
    }

    /// The table without columns that have nothing in any row.
    #[must_use]
    pub fn without_empty_columns(self) -> Self {
        let is_filled: Vec<_> =
            (0..self.columns.len()).map(|at| self.rows.iter().any(|row| !row[at].is_empty())).collect();
        let kept = |at: &usize| is_filled[*at];
        let rows = self.rows.into_iter().map(|row| keep(row, kept)).collect();
        Self { columns: keep(self.columns, kept), rows }
    }
}

fn keep<T>(cells: Vec<T>, is_kept: impl Fn(&usize) -> bool) -> Vec<T> {
    cells.into_iter().enumerate().filter(|(at, _)| is_kept(at)).map(|(_, cell)| cell).collect()
}

impl Document {
    /// Every text that is not a picture, to be changed in place.
    pub(super) fn for_each_text(&mut self, change: &mut impl FnMut(&mut String)) {
        change(&mut self.title);
        change(&mut self.subtitle);
        for block in &mut self.blocks {
            block.for_each_text(change);
        }
    }
}

impl Block {
    fn for_each_text(&mut self, change: &mut impl FnMut(&mut String)) {
        match self {
            Self::Section(heading) | Self::Part(heading) => change(&mut heading.text),
            Self::Paragraph(text) => change(text),
            Self::List(texts) => texts.iter_mut().for_each(change),
            Self::Facts(facts) => {
                for fact in facts {
                    change(&mut fact.name);
                    change(&mut fact.text);
                }
            }
            Self::Table(table) => {
                table.columns.iter_mut().for_each(|column| change(&mut column.title));
                table.rows.iter_mut().flatten().for_each(change);
            }
            Self::Entries(entries) => entries.iter_mut().for_each(|entry| entry.for_each_text(change)),
            Self::Picture(picture) => change(&mut picture.caption),
        }
    }
}

impl Entry {
    fn for_each_text(&mut self, change: &mut impl FnMut(&mut String)) {
        change(&mut self.title);
        change(&mut self.note);
        for point in &mut self.points {
            change(&mut point.text);
            change(&mut point.note);
        }
    }
}
