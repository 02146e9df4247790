//! Readable ids: made once from a name, unique within their kind, kept through every rename.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Something in a plan that has an id; the word is used in messages ("system erp").
pub trait Element {
    /// The element's kind in the singular, lower case.
    const WORD: &'static str;
}

/// The id of a `T`. Cheap to copy, ordered and hashed by its text.
pub struct Id<T> {
    text: Arc<str>,
    kind: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// The id with this text. Any text is an id; [`free_id`] makes readable ones.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self { text: text.into(), kind: PhantomData }
    }

    /// The id's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// A lower-case slug of a name: Latin letters and digits, everything else becomes one hyphen.
///
/// Empty where the name has no Latin letter or digit.
#[must_use]
pub fn slug(name: &str) -> String {
    const LONGEST: usize = 48;
    let mut slug = String::with_capacity(name.len());
    for letter in name.chars() {
        match letter {
            'a'..='z' | '0'..='9' => slug.push(letter),
            'A'..='Z' => slug.push(letter.to_ascii_lowercase()),
            _ => match latin(letter) {
                Some(letters) => slug.push_str(letters),
                None if slug.is_empty() || slug.ends_with('-') => {}
                None => slug.push('-'),
            },
        }
        if slug.len() >= LONGEST {
            break;
        }
    }
    slug.truncate(LONGEST);
    slug.trim_end_matches('-').to_owned()
}

/// The Latin letters that stand for a character with a mark in an id; `None` where a hyphen does.
const fn latin(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ä' | 'Ä' | 'æ' | 'Æ' => "ae",
        'ö' | 'Ö' | 'œ' | 'Œ' => "oe",
        'ü' | 'Ü' => "ue",
        'ß' => "ss",
        'à'..='ã' | 'À'..='Ã' | 'å' | 'Å' => "a",
        'ç' | 'Ç' => "c",
        'è'..='ë' | 'È'..='Ë' => "e",
        'ì'..='ï' | 'Ì'..='Ï' => "i",
        'ñ' | 'Ñ' => "n",
        'ò'..='õ' | 'Ò'..='Õ' | 'ø' | 'Ø' => "o",
        'ù'..='û' | 'Ù'..='Û' => "u",
        'ý' | 'ÿ' | 'Ý' => "y",
        '\'' | '’' => "",
        _ => return None,
    })
}

/// An id made from a name that `taken` does not know yet: `erp`, then `erp-2`, `erp-3`.
///
/// A name without Latin letters gives the kind and a number: `system-1`.
pub fn free_id<T: Element>(name: &str, taken: impl Fn(&Id<T>) -> bool) -> Id<T> {
    let slug = slug(name);
    let first = if slug.is_empty() || slug == "today" || slug == "target" {
        Id::new(&format!("{}-1", T::WORD))
    } else {
        Id::new(&slug)
    };
    if !taken(&first) {
        return first;
    }
    let stem = if slug.is_empty() { T::WORD } else { &slug };
    let mut number = 2_u32;
    loop {
        let id = Id::new(&format!("{stem}-{number}"));
        if !taken(&id) {
            return id;
        }
        number += 1;
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        Self { text: Arc::clone(&self.text), kind: PhantomData }
    }
}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.text, &other.text) || self.text == other.text
    }
}

impl<T> Eq for Id<T> {}

impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        if Arc::ptr_eq(&self.text, &other.text) { Ordering::Equal } else { self.text.cmp(&other.text) }
    }
}

impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl<T> Borrow<str> for Id<T> {
    fn borrow(&self) -> &str {
        &self.text
    }
}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl<T> From<&str> for Id<T> {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl<T> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de, T> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Ok(Self::new(&text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{System, SystemId};

    #[test]
    fn a_slug_keeps_what_a_person_would_read() {
        assert_eq!(slug("Legacy CRM"), "legacy-crm");
        assert_eq!(slug(&format!("{}ä", "x".repeat(47))), format!("{}a", "x".repeat(47)));
        assert_eq!(slug(&format!("{} y", "x".repeat(47))), "x".repeat(47));
        assert_eq!(slug("  Müller & Söhne (ERP) "), "mueller-soehne-erp");
        assert_eq!(slug("Customer's café"), "customers-cafe");
        assert_eq!(slug("顧客"), "");
    }

    #[test]
    fn a_taken_id_gets_a_number_and_a_name_without_letters_its_kind() {
        let taken = [SystemId::new("erp"), SystemId::new("erp-2")];
        assert_eq!(free_id::<System>("ERP", |id| taken.contains(id)).as_str(), "erp-3");
        assert_eq!(free_id::<System>("顧客", |_| false).as_str(), "system-1");
        let first_taken = [SystemId::new("system-1")];
        assert_eq!(free_id::<System>("顧客", |id| first_taken.contains(id)).as_str(), "system-2");
    }
}
