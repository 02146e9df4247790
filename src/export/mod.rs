//! Other forms out: one file per format. Exporters only paint what a scene holds.

mod svg;

pub use svg::svg;
