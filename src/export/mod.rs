//! Other forms out: one file per format. `summary` builds the architecture document once, as data;
//! the writers only bring it into their format and escape what people typed. Pictures paint what a
//! scene holds.

mod compared;
pub mod difference;
pub mod findings;
mod fingerprint;
pub mod html;
pub mod markdown;
mod picture;
pub mod summary;
mod svg;
mod visible;

pub use compared::{Compared, Comparison, differences};
pub use fingerprint::fingerprint;
pub use picture::{Picture, PictureError, PictureFormat, PictureOptions, Sheet, picture};
pub use svg::svg;
pub use visible::visible;

use std::path::{Path, PathBuf};

use crate::model::Plan;
use crate::rules::{self, Facts, Scope};

use summary::Since;

/// The files of a plan's architecture document, in the format that the path's ending names: Markdown
/// for `.md` with its pictures first, so that the text never refers to what is not there; else HTML. Where an
/// earlier version is given, the document says what changed since.
#[must_use]
pub fn document_files(plan: &Plan, since: Option<&Since>, path: &Path) -> Vec<(PathBuf, String)> {
    let mut facts = Facts::new(plan);
    let gates = rules::gates(&mut facts);
    let findings = rules::check(&facts, Scope::AllStages);
    let document = summary::document(&facts, &findings, &gates, since);
    if path.extension().is_none_or(|ending| ending != "md") {
        return vec![(path.to_owned(), html::write(&document))];
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let export = markdown::write(&document, &stem);
    let folder = path.parent().unwrap_or(Path::new(""));
    let pictures = export.pictures.into_iter().map(|(name, svg)| (folder.join(name), svg));
    pictures.chain([(path.to_owned(), export.text)]).collect()
}
