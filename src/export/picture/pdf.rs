//! A drawn tree as one page of a PDF: vectors, text that can be selected, a title and words for those who
//! do not see it.

use krilla::Document;
use krilla::geom::{Size, Transform};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::tagging::{ContentTag, Tag, TagGroup, TagTree};
use krilla_svg::{SurfaceExt, SvgSettings};
use resvg::usvg::Tree;

use crate::scene::Scene;

use super::{PictureError, Sheet};

const POINTS_FOR_A_MILLIMETRE: f32 = 72.0 / 25.4;
/// What printers leave blank at each edge.
const MARGIN_MM: f32 = 10.0;
/// CSS pixels, which plan units are at 100 %, as points.
const POINTS_FOR_A_UNIT: f32 = 0.75;
/// Readers refuse pages that are longer: PDF 1.7, annex C.2.
const LONGEST_SIDE: f32 = 14_400.0;

impl Sheet {
    /// Width and height in points.
    fn size(self) -> (f32, f32) {
        let (width, height) = match self {
            Self::A4 => (297.0, 210.0),
            Self::A3 => (420.0, 297.0),
        };
        (width * POINTS_FOR_A_MILLIMETRE, height * POINTS_FOR_A_MILLIMETRE)
    }
}

pub(super) fn write(tree: &Tree, scene: &Scene, sheet: Option<Sheet>) -> Result<Vec<u8>, PictureError> {
    let failed = || PictureError::NotDrawn("the page has no size".to_owned());
    let (width, height) = (tree.size().width(), tree.size().height());
    let (page_size, scale) = if let Some(sheet) = sheet {
        let (across, down) = sheet.size();
        // A tall picture on a tall sheet.
        let (across, down) = if width >= height { (across, down) } else { (down, across) };
        let margins = 2.0 * MARGIN_MM * POINTS_FOR_A_MILLIMETRE;
        ((across, down), ((across - margins) / width).min((down - margins) / height))
    } else {
        let scale = POINTS_FOR_A_UNIT.min(LONGEST_SIDE / width.max(height));
        ((width * scale, height * scale), scale)
    };
    let mut document = Document::new();
    document.set_metadata(Metadata::new().title(scene.title.clone()).creator("Hybridscape".to_owned()));
    let mut page =
        document.start_page_with(PageSettings::from_wh(page_size.0, page_size.1).ok_or_else(failed)?);
    let mut surface = page.surface();
    let drawn = Size::from_wh(width * scale, height * scale).ok_or_else(failed)?;
    let corner = ((page_size.0 - drawn.width()) / 2.0, (page_size.1 - drawn.height()) / 2.0);
    surface.push_transform(&Transform::from_translate(corner.0, corner.1));
    let whole = surface.start_tagged(ContentTag::Other);
    surface.draw_svg(tree, drawn, SvgSettings::default()).ok_or_else(failed)?;
    surface.end_tagged();
    surface.pop();
    surface.finish();
    page.finish();
    let words = format!("{} systems and {} links between them.", scene.cards.len(), scene.flows.len());
    let mut figure = TagGroup::new(Tag::Figure(Some(format!("{}. {words}", scene.title))));
    figure.push(whole);
    let mut tree = TagTree::new();
    tree.push(figure);
    document.set_tag_tree(tree);
    document.finish().map_err(|error| PictureError::NotDrawn(format!("{error:?}")))
}
