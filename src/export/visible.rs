//! What people typed, without characters that a reader cannot see.

use crate::plan_file::is_hidden;

/// The text without control characters (line feeds stay, tabs become spaces), and with characters
/// that hide or reorder others written out: `[U+202E]`.
#[must_use]
pub fn visible(text: &str) -> String {
    let mut seen = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' => seen.push('\n'),
            '\t' => seen.push(' '),
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {}
            letter if is_hidden(letter) => seen.extend(format!("[U+{:04X}]", u32::from(letter)).chars()),
            letter => seen.push(letter),
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn what_hides_is_written_out_and_what_controls_is_dropped() {
        assert_eq!(visible("ERP\u{202e}MRC"), "ERP[U+202E]MRC");
        assert_eq!(visible("a\u{0}b\u{7f}c\u{85}d"), "abcd");
        assert_eq!(visible("one\ntwo\tthree\r"), "one\ntwo three");
        assert_eq!(visible("Müller → 顧客 ♛"), "Müller → 顧客 ♛");
    }
}
