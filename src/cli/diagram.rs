//! `diagram`: the picture of a stage alone.
