//! The document as one HTML file that needs nothing else: no network, no script, no other file.
//!
//! The template escapes every text; only the pictures, which this package draws, go in as they are.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior, context};

use super::summary::{Block, Document};

const TEMPLATE: &str = include_str!("../../assets/templates/document.html");
const STYLE: &str = include_str!("../../assets/templates/document.css");

/// Writes a document.
///
/// # Panics
/// If the template that is part of the program has a mistake, which the tests would show.
#[must_use]
pub fn write(document: &Document) -> String {
    let layout =
        SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    let mut environment = Environment::new();
    environment.set_syntax(layout.expect("a notation without mistakes"));
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let template = environment.template_from_named_str("document.html", TEMPLATE);
    let blocks = document.blocks.iter().cloned().map(with_own_ids).collect();
    let page = Serde(Document { blocks, ..document.clone() });
    let text = template.and_then(|template| template.render(context! { document => page, style => STYLE }));
    text.expect("a template without mistakes")
}

/// Ids within a picture are unique in it, not in a page with several.
fn with_own_ids(block: Block) -> Block {
    let Block::Picture(mut picture) = block else { return block };
    picture.svg = prefixed(&picture.svg, &picture.name);
    picture.svg_dark = prefixed(&picture.svg_dark, &format!("{}-dark", picture.name));
    Block::Picture(picture)
}

/// The picture with a prefix before its ids. Texts cannot look like one, because their quotes are
/// escaped.
fn prefixed(svg: &str, prefix: &str) -> String {
    svg.replace(" id=\"", &format!(" id=\"{prefix}-"))
        .replace("href=\"#", &format!("href=\"#{prefix}-"))
        .replace(
            "aria-labelledby=\"title description\"",
            &format!("aria-labelledby=\"{prefix}-title {prefix}-description\""),
        )
}
