//! A drawn tree as pixels.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::Tree;

use super::PictureError;

/// Pixels for each plan unit: sharp on screens with a high density.
const USUAL_SCALE: f32 = 2.0;
/// Pixels of a side that most programs still open.
const MOST_ON_A_SIDE: f32 = 16_384.0;
/// Pixels of a picture; four bytes each while it is drawn.
const MOST_PIXELS: f32 = 64e6;

pub(super) fn write(tree: &Tree, scale: Option<f32>) -> Result<Vec<u8>, PictureError> {
    let (width, height) = (tree.size().width(), tree.size().height());
    let most = largest_scale(width, height);
    let scale = scale.unwrap_or(USUAL_SCALE.min(most));
    let too_large = || PictureError::TooLarge { scale, most };
    if !(scale > 0.0 && scale <= most) {
        return Err(too_large());
    }
    let size = tree.size().to_int_size().scale_by(scale).ok_or_else(too_large)?;
    let mut pixmap = Pixmap::new(size.width(), size.height()).ok_or_else(too_large)?;
    resvg::render(tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    pixmap.encode_png().map_err(|error| PictureError::NotDrawn(error.to_string()))
}

/// With two digits after the point, downwards, so that the scale that an error proposes works.
fn largest_scale(width: f32, height: f32) -> f32 {
    let scale = (MOST_ON_A_SIDE / width.max(height)).min((MOST_PIXELS / (width * height)).sqrt());
    if scale < 0.01 { scale } else { (scale * 100.0).floor() / 100.0 }
}
