//! Other forms out: one file per format. `summary` builds the architecture document once, as data;
//! the writers only bring it into their format and escape what people typed.

mod fingerprint;
pub mod html;
pub mod markdown;
pub mod summary;
mod visible;

pub use fingerprint::fingerprint;
pub use visible::visible;
