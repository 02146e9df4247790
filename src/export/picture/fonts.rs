//! The fonts of a picture: the bundled one, and those of the machine for what it lacks.

use std::collections::BTreeSet;
use std::sync::Arc;

use resvg::usvg::fontdb::Database;
use skrifa::{FontRef, MetadataProvider};

use crate::export::visible;
use crate::scene::Scene;
use crate::scene::shape::Shape;
use crate::scene::text::Weight;

/// Fonts for a picture, and what none of them has.
pub(super) struct Fonts {
    pub known: Arc<Database>,
    pub missing: Vec<char>,
}

/// The bundled font; where a text of the scene needs more, also all fonts of the machine.
pub(super) fn for_scene(scene: &Scene) -> Fonts {
    let mut known = Database::new();
    for weight in Weight::ALL {
        known.load_font_data(weight.font_bytes().to_vec());
    }
    let mut missing = letters(scene);
    let bundled = FontRef::new(Weight::Regular.font_bytes()).map(|font| font.charmap());
    missing.retain(|letter| bundled.as_ref().map_or(true, |map| map.map(*letter).is_none()));
    if !missing.is_empty() {
        known.load_system_fonts();
        leave_what_no_font_has(&known, &mut missing);
    }
    Fonts { known: Arc::new(known), missing: missing.into_iter().collect() }
}

fn letters(scene: &Scene) -> BTreeSet<char> {
    let texts = scene.shapes().filter_map(|shape| match shape {
        Shape::Text { text, .. } => Some(visible(text)),
        _ => None,
    });
    let letters: BTreeSet<char> = texts.flat_map(|text| text.chars().collect::<Vec<_>>()).collect();
    letters.into_iter().filter(|letter| !letter.is_whitespace()).collect()
}

fn leave_what_no_font_has(known: &Database, missing: &mut BTreeSet<char>) {
    for face in known.faces() {
        if missing.is_empty() {
            return;
        }
        known.with_face_data(face.id, |bytes, index| {
            let Ok(font) = FontRef::from_index(bytes, index) else { return };
            let map = font.charmap();
            missing.retain(|letter| map.map(*letter).is_none());
        });
    }
}
