//! What a person says about the standing of a field.

use super::vocabulary::vocabulary;

vocabulary! {
    /// How sure a field is. A field without a mark is as good as what stands in it.
    Mark {
        /// What stands in it is a guess that the plan builds on.
        Assumed = "assumed",
        /// Somebody asked, and nobody knows.
        NotKnown = "not-known",
    }
}
