//! Other forms out: one file per format. `summary` builds the architecture document once, as data;
//! the writers only bring it into their format and escape what people typed. Pictures paint what a
//! scene holds.

mod fingerprint;
pub mod html;
pub mod markdown;
pub mod summary;
mod svg;
mod visible;

pub use fingerprint::fingerprint;
pub use svg::svg;
pub use visible::visible;
