//! Characters that nobody sees and that make two names look alike or a text read backwards.

use super::TextPosition;

/// Soft hyphens, zero-width characters, bidirectional controls, tags. Joiners between letters of
/// some scripts are in here too: better shown than used to make two names look alike.
#[must_use]
pub const fn is_hidden(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// Where hidden characters stand in the text of a plan file, and which; the first twenty. The
/// byte-order mark at the start is none.
#[must_use]
pub fn hidden_characters(text: &str) -> Vec<(TextPosition, char)> {
    const MOST: usize = 20;
    let letters = text.char_indices().filter(|(offset, letter)| *offset > 0 && is_hidden(*letter));
    letters.take(MOST).map(|(offset, letter)| (TextPosition::of_offset(text, offset), letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hides_is_found_with_its_place() {
        let text = "\u{feff}(\n    name: \"ERP\u{202e}MRC\",\n)\n";
        assert_eq!(hidden_characters(text), [(TextPosition { line: 2, column: 15 }, '\u{202e}')]);
        assert_eq!(hidden_characters(&"\u{200b}".repeat(1_000)).len(), 20);
    }
}
