//! The known word that somebody probably meant.

/// The word that is closest to `found`, where one is close enough to be a slip of the fingers.
pub(super) fn nearest<'a>(found: &str, known: &'a [String]) -> Option<&'a str> {
    let spelling = |word: &str| word.to_lowercase().replace(['-', ' '], "_");
    let found = spelling(found);
    let allowed = (found.chars().count() / 3).max(1);
    known
        .iter()
        .map(|word| (distance(&found, &spelling(word)), word))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word.as_str())
}

/// How many letters must be added, dropped or changed to get from one word to the other.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (line, letter) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (column, other) in to.iter().enumerate() {
            let changed = diagonal + usize::from(letter != *other);
            diagonal = row[column + 1];
            row[column + 1] = changed.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_understood_and_other_words_are_not() {
        let known = ["integrate", "migrate", "big-bang"].map(str::to_owned);
        assert_eq!(nearest("migrte", &known), Some("migrate"));
        assert_eq!(nearest("Migrate", &known), Some("migrate"));
        assert_eq!(nearest("big_bang", &known), Some("big-bang"));
        assert_eq!(nearest("keep", &known), None);
    }
}
