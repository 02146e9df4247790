//! Closed lists of words, written in a plan file as quoted text.
//!
//! One macro, because a word list needs six things that must agree: the variants, their order,
//! their spelling, reading, writing and the sentence for a word that is not in the list.

use std::fmt;

/// A word that is not in its list, with the list for the message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownWord {
    /// The word that was found.
    pub word: String,
    /// The words that would have been understood.
    pub known: Vec<&'static str>,
}

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown word \"{}\", expected one of {}", self.word, self.known.join(", "))
    }
}

impl std::error::Error for UnknownWord {}

/// Defines an enum of plain words with `ALL`, `word()`, `Display`, `FromStr` and serde as text.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$word_meta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$word_meta])* $variant),+ }

        impl $name {
            /// Every word, in the order in which people are offered them.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word as it is written in plan files and on the command line.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.word())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::model::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|known| known.word() == word).ok_or_else(|| {
                    $crate::model::UnknownWord {
                        word: word.to_owned(),
                        known: Self::ALL.iter().map(|known| known.word()).collect(),
                    }
                })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                word.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

pub(crate) use vocabulary;
