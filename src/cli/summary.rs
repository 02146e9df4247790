//! `summary`: the architecture document.
