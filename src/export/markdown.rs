//! The document as Markdown (`CommonMark` with tables), to be read and compared in git.
//!
//! Pictures become files beside it, because text in git should stay text.

use super::summary::{Align, Block, Document, Entry, Fact, Picture, Table};

/// A document as Markdown, and the pictures that it refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkdownExport {
    /// The text.
    pub text: String,
    /// File names, relative to the text, and what is in them.
    pub pictures: Vec<(String, String)>,
}

/// Writes a document; `stem` begins the names of the pictures' files: `stem.today.svg`.
#[must_use]
pub fn write(document: &Document, stem: &str) -> MarkdownExport {
    let mut parts = vec![format!("# {}", line(&document.title)), line(&document.subtitle)];
    let mut pictures = Vec::new();
    for block in &document.blocks {
        if let Block::Picture(picture) = block {
            let name = format!("{stem}.{}.svg", picture.name);
            parts.push(format!("![{}]({})", line(&picture.caption), link(&name)));
            pictures.push((name, picture.svg.clone()));
        } else {
            parts.push(self::block(block));
        }
    }
    MarkdownExport { text: parts.join("\n\n") + "\n", pictures }
}

fn block(block: &Block) -> String {
    match block {
        Block::Section(heading) => format!("## {}", line(&heading.text)),
        Block::Part(heading) => format!("### {}", line(&heading.text)),
        Block::Paragraph(text) => start_of_line(line(text)),
        Block::List(texts) => points(texts.iter().map(|text| start_of_line(line(text)))),
        Block::Facts(facts) => points(facts.iter().map(fact)),
        Block::Table(table) => self::table(table),
        Block::Entries(entries) => entries.iter().map(entry).collect::<Vec<_>>().join("\n\n"),
        Block::Picture(Picture { caption, .. }) => line(caption),
    }
}

fn points(texts: impl Iterator<Item = String>) -> String {
    texts.map(|text| format!("- {text}")).collect::<Vec<_>>().join("\n")
}

fn fact(fact: &Fact) -> String {
    format!("**{}:** {}", line(&fact.name), line(&fact.text))
}

fn entry(entry: &Entry) -> String {
    let points = entry.points.iter().map(|point| match line(&point.note) {
        note if note.is_empty() => start_of_line(line(&point.text)),
        note => format!("{}\\\n  *{note}*", start_of_line(line(&point.text))),
    });
    let points = self::points(points);
    let note = if entry.note.is_empty() {
        String::new()
    } else {
        format!("\n\n{}", start_of_line(line(&entry.note)))
    };
    format!("**{}** (`{}`)\n\n{points}{note}", line(&entry.title), entry.id)
}

fn table(table: &Table) -> String {
    let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let rule = table.columns.iter().map(|column| match column.align {
        Align::Start => "---".to_owned(),
        Align::Centre => ":---:".to_owned(),
        Align::End => "---:".to_owned(),
    });
    let mut lines =
        vec![row(table.columns.iter().map(|column| line(&column.title)).collect()), row(rule.collect())];
    lines.extend(table.rows.iter().map(|cells| row(cells.iter().map(|cell| line(cell)).collect())));
    lines.join("\n")
}

/// A text on one line, with everything escaped that has a meaning anywhere on a line.
pub(super) fn line(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.trim().chars() {
        match letter {
            '\n' => escaped.push(' '),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '|' | '~' | '$' | '&' => {
                escaped.push('\\');
                escaped.push(letter);
            }
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// An escaped text that begins a line, with what would make a heading, a list or a rule escaped too.
fn start_of_line(text: String) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if text.starts_with(['#', '+', '-', '=', ':']) {
        return format!("\\{text}");
    }
    if digits > 0 && text[digits..].starts_with(['.', ')']) {
        return format!("{}\\{}", &text[..digits], &text[digits..]);
    }
    text
}

/// A relative file name as the target of a link: everything but plain letters written as bytes.
fn link(name: &str) -> String {
    let mut link = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
            link.push(char::from(byte));
        } else {
            link.extend(format!("%{byte:02X}").chars());
        }
    }
    link
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_people_type_is_markup() {
        assert_eq!(
            line("a|b *x* <script> [y](z) `k` &amp; $1$"),
            r"a\|b \*x\* \<script\> \[y\](z) \`k\` \&amp; \$1\$"
        );
        assert_eq!(line("two\nlines"), "two lines");
        for (typed, written) in [("# x", r"\# x"), ("- x", r"\- x"), ("1. x", r"1\. x"), ("12) x", r"12\) x")]
        {
            assert_eq!(start_of_line(line(typed)), written);
        }
        assert_eq!(start_of_line("2027 is fine".to_owned()), "2027 is fine");
    }

    #[test]
    fn a_link_leads_to_the_file_whatever_its_name() {
        assert_eq!(link("my plan (1).today.svg"), "my%20plan%20%281%29.today.svg");
    }
}
