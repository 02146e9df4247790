//! Pictures as other readers see them.

use lopdf::Document;
use resvg::tiny_skia::Pixmap;

use super::*;
use crate::plan_file::read;
use crate::rules::Facts;
use crate::scene::{FindingMarks, Layout, Options};

/// The picture of a plan in which the ERP, called so, feeds a shop.
fn scene(erp: &str) -> Scene {
    let systems = format!(r#""erp": (name: "{erp}"), "shop": (name: "Shop")"#);
    let text = format!(
        r#"(format: 1, name: "Pumps", systems: {{{systems}}}, flows: {{"f": (from: "erp", to: "shop")}})"#
    );
    let plan = read(&text).unwrap();
    let facts = Facts::new(&plan);
    let marks = FindingMarks::default();
    let options = Options { shows_legend: true, ..Options::default() };
    Scene::new(&facts.index, &Layout::new(&facts.index), &facts.stages[0].landscape, None, &marks, &options)
}

fn drawn(scene: &Scene, format: PictureFormat, options: PictureOptions) -> Picture {
    picture(scene, Theme::light(), format, options).unwrap()
}

fn scaled(scale: f32) -> PictureOptions {
    PictureOptions { scale: Some(scale), sheet: None }
}

/// Width and height of a PDF's only page in points.
fn page_size(pdf: &[u8]) -> [f32; 2] {
    let document = Document::load_mem(pdf).unwrap();
    let pages: Vec<_> = document.page_iter().collect();
    assert_eq!(pages.len(), 1);
    let page = document.get_dictionary(pages[0]).unwrap();
    let corners = page.get(b"MediaBox").unwrap().as_array().unwrap();
    [2, 3].map(|place| corners[place].as_float().unwrap())
}

#[test]
fn pixels_are_the_canvas_the_cards_and_their_names() {
    let scene = scene("ERP");
    let pixels = Pixmap::decode_png(&drawn(&scene, PictureFormat::Png, scaled(1.0)).bytes).unwrap();
    let whole = [scene.bounds.width, scene.bounds.height].map(|side| side.ceil().to_string());
    assert_eq!([pixels.width(), pixels.height()].map(|side| side.to_string()), whole);
    let corner = pixels.pixel(0, 0).unwrap();
    let canvas = Theme::light().colour(crate::scene::Role::Canvas).to_string();
    assert_eq!(
        format!("#{:02x}{:02x}{:02x}", corner.red(), corner.green(), corner.blue()),
        canvas.to_lowercase()
    );
    let nameless = self::scene(" ");
    let other = Pixmap::decode_png(&drawn(&nameless, PictureFormat::Png, scaled(1.0)).bytes).unwrap();
    let different = pixels.pixels().iter().zip(other.pixels()).filter(|(one, other)| one != other);
    assert!(different.count() > 50, "the name is drawn");
}

#[test]
fn twice_the_scale_is_twice_the_pixels_and_too_many_are_refused_with_the_largest_that_works() {
    let scene = scene("ERP");
    let png = drawn(&scene, PictureFormat::Png, PictureOptions::default());
    let width = Pixmap::decode_png(&png.bytes).unwrap().width().to_string();
    assert_eq!(width, (scene.bounds.width * 2.0).ceil().to_string());
    let refused = picture(&scene, Theme::light(), PictureFormat::Png, scaled(500.0)).unwrap_err();
    let PictureError::TooLarge { most, .. } = refused else { panic!("{refused}") };
    assert!(refused.to_string().starts_with("At a scale of 500 the picture cannot be drawn"), "{refused}");
    assert!(most > 2.0 && most < 500.0);
    for scale in [0.0, -1.0, f32::NAN] {
        assert!(picture(&scene, Theme::light(), PictureFormat::Png, scaled(scale)).is_err());
    }
}

#[test]
fn a_pdf_is_one_page_of_the_picture_s_size_or_the_sheet_s() {
    let scene = scene("ERP");
    let [width, _] = page_size(&drawn(&scene, PictureFormat::Pdf, PictureOptions::default()).bytes);
    assert!((width - scene.bounds.width * 0.75).abs() < 0.1, "{width}");
    let sheet = PictureOptions { scale: None, sheet: Some(Sheet::A3) };
    let size = page_size(&drawn(&scene, PictureFormat::Pdf, sheet).bytes);
    assert_eq!(size.map(|side| side.round().to_string()), ["1191", "842"]);
}

#[test]
fn the_text_of_a_pdf_can_be_selected() {
    let pdf = drawn(&scene("ERP"), PictureFormat::Pdf, PictureOptions::default()).bytes;
    let text = Document::load_mem(&pdf).unwrap().extract_text(&[1]).unwrap();
    // Letters are placed one by one; readers tell words by the room between them.
    let text: String = text.split_whitespace().collect();
    assert!(text.contains("ERP") && text.contains("Shop"), "{text}");
}

#[test]
fn the_same_scene_gives_the_same_bytes() {
    let scene = scene("ERP");
    for format in PictureFormat::ALL {
        let once = drawn(&scene, format, PictureOptions::default());
        assert_eq!(once, drawn(&scene, format, PictureOptions::default()), "{format:?}");
        assert!(once.missing.is_empty(), "{format:?}");
    }
}

#[test]
fn what_no_font_has_is_told() {
    // The last private character, which no font should have.
    let scene = scene("ERP \u{10fffd}");
    let picture = drawn(&scene, PictureFormat::Pdf, PictureOptions::default());
    assert_eq!(picture.missing, ['\u{10fffd}']);
    assert!(picture.sentence().unwrap().starts_with("No font of this machine has \u{10fffd};"));
    assert_eq!(drawn(&scene, PictureFormat::Svg, PictureOptions::default()).sentence(), None);
}

#[test]
fn endings_name_formats() {
    let of = |name: &str| PictureFormat::of(Path::new(name));
    assert_eq!(of("a.PNG"), Some(PictureFormat::Png));
    assert_eq!(of("a.b.pdf"), Some(PictureFormat::Pdf));
    assert_eq!((of("svg"), of("a.gif")), (None, None));
}
