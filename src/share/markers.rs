//! Both sides of a text that was merged line by line and still has conflict markers in it.
//!
//! Web forges do not run merge drivers of ours; what they leave can still be merged by meaning.

/// The texts of the sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sides {
    /// What both started from, where the markers show it (`diff3` style).
    pub base: Option<String>,
    /// Our side.
    pub ours: String,
    /// Their side.
    pub theirs: String,
}

/// In which part of a conflict a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Outside,
    Ours,
    Base,
    Theirs,
}

/// The sides of a text with conflict markers; `None` where it has none or they do not match up.
///
/// What was merged without a conflict is in all the texts, also in the base.
#[must_use]
pub fn from_markers(text: &str) -> Option<Sides> {
    let (mut base, mut ours, mut theirs) = (String::new(), String::new(), String::new());
    let (mut part, mut conflicts, mut with_base) = (Part::Outside, 0_usize, 0_usize);
    for line in text.split_inclusive('\n') {
        part = match (marker(line), part) {
            (Some('<'), Part::Outside) => {
                conflicts += 1;
                Part::Ours
            }
            (Some('|'), Part::Ours) => {
                with_base += 1;
                Part::Base
            }
            (Some('='), Part::Ours | Part::Base) => Part::Theirs,
            (Some('>'), Part::Theirs) => Part::Outside,
            (Some(_), _) => return None,
            (None, part) => {
                let is_in = |wanted: Part| part == Part::Outside || part == wanted;
                let texts = [(Part::Base, &mut base), (Part::Ours, &mut ours), (Part::Theirs, &mut theirs)];
                texts
                    .into_iter()
                    .filter(|(wanted, _)| is_in(*wanted))
                    .for_each(|(_, text)| text.push_str(line));
                part
            }
        };
    }
    if conflicts == 0 || part != Part::Outside {
        return None;
    }
    Some(Sides { base: (with_base == conflicts).then_some(base), ours, theirs })
}

/// The letter of a marker: seven of one kind at the start of a line, then a blank or the line's end.
fn marker(line: &str) -> Option<char> {
    const WIDTH: usize = 7;
    let letter = line.chars().next().filter(|letter| "<|=>".contains(*letter))?;
    let rest = line.trim_start_matches(letter);
    (line.len() - rest.len() == WIDTH && (rest.is_empty() || rest.starts_with([' ', '\n', '\r'])))
        .then_some(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_side_gets_its_lines_and_those_of_both() {
        let text = "a\n<<<<<<< HEAD\nb\n=======\nc\nd\n>>>>>>> branch\ne\n<<<<<<< HEAD\n=======\nf\n>>>>>>> branch\n";
        let sides = from_markers(text).unwrap();
        assert_eq!((sides.ours.as_str(), sides.theirs.as_str()), ("a\nb\ne\n", "a\nc\nd\ne\nf\n"));
        assert_eq!(sides.base, None);
    }

    #[test]
    fn the_base_is_read_where_every_conflict_shows_it() {
        let text = "a\r\n<<<<<<< o\r\nb\r\n||||||| base\r\nx\r\n=======\r\nc\r\n>>>>>>> t";
        let sides = from_markers(text).unwrap();
        assert_eq!(sides.base.as_deref(), Some("a\r\nx\r\n"));
        let mixed = format!("{}\n<<<<<<< o\n=======\n>>>>>>> t\n", text.replace('\r', ""));
        assert_eq!(from_markers(&mixed).unwrap().base, None);
    }

    #[test]
    fn markers_that_do_not_match_up_are_none() {
        for text in ["a\n", "<<<<<<< o\na\n", "=======\n", "<<<<<<< o\n>>>>>>> t\n", "<<<<<<< o\n<<<<<<< o\n"]
        {
            assert_eq!(from_markers(text), None, "{text}");
        }
        assert_eq!(marker("<<<<<<<< eight"), None);
        assert_eq!(marker("=======x"), None);
    }
}
