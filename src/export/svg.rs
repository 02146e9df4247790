//! A scene as SVG: the same bytes for the same scene, text as text, icons as outlines.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::scene::shape::{Anchor, Area, Figure, Layer, Shape, Spot, Stroke, Subject, rounded_corners};
use crate::scene::text::{self, ICON_SIDE};
use crate::scene::{Role, Scene, Theme, Zone};

const FONTS: &str = "Inter, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

/// The picture as an SVG document.
#[must_use]
pub fn svg(scene: &Scene, theme: &Theme) -> String {
    let mut page = Page { out: String::new(), theme, icons: icons(scene) };
    page.open(scene);
    for layer in [Layer::Areas, Layer::Lines, Layer::Cards, Layer::Labels, Layer::Legend] {
        page.layer(layer, scene);
    }
    page.out.push_str("</svg>\n");
    page.out
}

/// A text that XML can hold between tags and in quoted attributes.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in super::visible(text).chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' => escaped.push(' '),
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// The icons of a scene, numbered in the order of their characters.
fn icons(scene: &Scene) -> BTreeMap<char, usize> {
    let glyphs = scene.shapes().filter_map(|shape| match shape {
        Shape::Icon { glyph, .. } => Some((*glyph, 0)),
        _ => None,
    });
    let mut icons: BTreeMap<char, usize> = glyphs.collect();
    for (number, slot) in (1..).zip(icons.values_mut()) {
        *slot = number;
    }
    icons
}

/// A length with at most one decimal.
fn number(length: f32) -> String {
    // Adding zero turns -0 into 0.
    ((length * 10.0).round() / 10.0 + 0.0).to_string()
}

struct Page<'a> {
    out: String,
    theme: &'a Theme,
    icons: BTreeMap<char, usize>,
}

impl Page<'_> {
    /// Writing to a `String` cannot fail.
    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        let _ = self.out.write_fmt(line);
        self.out.push('\n');
    }

    fn open(&mut self, scene: &Scene) {
        let Area { x, y, width, height } = scene.bounds;
        let [x, y, width, height] = [x, y, width, height].map(number);
        self.line(format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"{x} {y} {width} {height}\" role=\"img\" aria-labelledby=\"title description\" \
             font-family=\"{FONTS}\">"
        ));
        self.line(format_args!("<title id=\"title\">{}</title>", escaped(&scene.title)));
        let (cards, flows) = (scene.cards.len(), scene.flows.len());
        let (groups, bundles) = (scene.groups.len(), scene.bundles.len());
        let words = match scene.zone {
            Zone::Whole => format!("{cards} systems and {flows} links between them."),
            Zone::Overview => {
                format!("{groups} groups of systems and {bundles} bundles of flows between them.")
            }
            Zone::Group(_) => format!(
                "{cards} systems, {flows} links between them and {bundles} to {groups} neighbouring groups."
            ),
        };
        self.line(format_args!("<desc id=\"description\">{words}</desc>"));
        self.line(format_args!("<defs>"));
        for (glyph, number) in self.icons.clone() {
            let outline = text::icon_outline(glyph);
            self.line(format_args!("<path id=\"icon-{number}\" d=\"{outline}\"/>"));
        }
        self.line(format_args!("</defs>"));
        let canvas = self.theme.colour(Role::Canvas);
        self.line(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{canvas}\"/>"
        ));
    }

    fn layer(&mut self, layer: Layer, scene: &Scene) {
        let word = match layer {
            Layer::Areas => "areas",
            Layer::Lines => "lines",
            Layer::Cards => "cards",
            Layer::Labels => "labels",
            Layer::Legend => "legend",
        };
        self.line(format_args!("<g id=\"{word}\">"));
        let figures = scene.figures.iter().filter(|figure| figure.layer == layer);
        for (place, figure) in (1..).zip(figures) {
            self.figure(&format!("{word}-{place}"), figure);
        }
        self.line(format_args!("</g>"));
    }

    fn figure(&mut self, id: &str, figure: &Figure) {
        let hidden = if figure.layer == Layer::Labels { " aria-hidden=\"true\"" } else { "" };
        self.line(format_args!("<g id=\"{id}\"{hidden}>"));
        if figure.layer != Layer::Labels && figure.subject != Subject::Legend {
            self.line(format_args!("<title>{}</title>", escaped(&figure.title)));
        }
        figure.shapes.iter().for_each(|shape| self.shape(shape));
        self.line(format_args!("</g>"));
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Rect { area, radius, fill, stroke } => self.rect(*area, *radius, *fill, *stroke),
            Shape::Path { points, radius, stroke } => self.path(points, *radius, *stroke),
            Shape::Polygon { points, fill } => self.polygon(points, *fill),
            Shape::Circle { centre, radius, fill, stroke } => {
                let (x, y, radius) = (number(centre.x), number(centre.y), number(*radius));
                let (fill, stroke) = (self.theme.colour(*fill), self.stroke(*stroke));
                self.line(format_args!(
                    "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"{fill}\"{stroke}/>"
                ));
            }
            Shape::Text { pos, size, weight, role, anchor, text } => {
                let (x, y, size, weight) = (number(pos.x), number(pos.y), number(*size), weight.css());
                let (fill, text) = (self.theme.colour(*role), escaped(text));
                let anchor = match anchor {
                    Anchor::Start => "",
                    Anchor::Middle => " text-anchor=\"middle\"",
                    Anchor::End => " text-anchor=\"end\"",
                };
                self.line(format_args!(
                    "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" font-weight=\"{weight}\" \
                     fill=\"{fill}\"{anchor}>{text}</text>"
                ));
            }
            Shape::Icon { pos, size, role, glyph } => {
                let (x, y, scale) = (number(pos.x), number(pos.y), size / ICON_SIDE);
                let (fill, icon) =
                    (self.theme.colour(*role), self.icons.get(glyph).copied().unwrap_or_default());
                self.line(format_args!(
                    "<use href=\"#icon-{icon}\" transform=\"translate({x} {y}) scale({scale})\" fill=\"{fill}\"/>"
                ));
            }
        }
    }

    fn rect(&mut self, area: Area, radius: f32, fill: Option<Role>, stroke: Option<Stroke>) {
        let Area { x, y, width, height } = area;
        let [x, y, width, height, radius] = [x, y, width, height, radius].map(number);
        let fill = fill.map_or("none".to_owned(), |role| self.theme.colour(role).to_string());
        let stroke = self.stroke(stroke);
        self.line(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{radius}\" \
             fill=\"{fill}\"{stroke}/>"
        ));
    }

    fn path(&mut self, points: &[Spot], radius: f32, stroke: Stroke) {
        let [first, .., last] = points else { return };
        let mut data = format!("M{} {}", number(first.x), number(first.y));
        for corner in rounded_corners(points, radius) {
            let [begin_x, begin_y, x, y, end_x, end_y] =
                [corner[0].x, corner[0].y, corner[1].x, corner[1].y, corner[2].x, corner[2].y].map(number);
            data.extend(["L", &begin_x, " ", &begin_y, "Q", &x, " ", &y, " ", &end_x, " ", &end_y]);
        }
        data.extend(["L", &number(last.x), " ", &number(last.y)]);
        let stroke = self.stroke(Some(stroke));
        self.line(format_args!("<path d=\"{data}\" fill=\"none\"{stroke}/>"));
    }

    fn polygon(&mut self, points: &[Spot], fill: Role) {
        let corners: Vec<String> =
            points.iter().map(|spot| format!("{},{}", number(spot.x), number(spot.y))).collect();
        let (corners, fill) = (corners.join(" "), self.theme.colour(fill));
        self.line(format_args!("<polygon points=\"{corners}\" fill=\"{fill}\"/>"));
    }

    /// The attributes of a stroke, with a space before them.
    fn stroke(&self, stroke: Option<Stroke>) -> String {
        let Some(Stroke { role, width, dash }) = stroke else { return String::new() };
        let mut text = format!(" stroke=\"{}\" stroke-width=\"{}\"", self.theme.colour(role), number(width));
        if let Some((dash, gap)) = dash {
            text.extend([" stroke-dasharray=\"", &number(dash), " ", &number(gap), "\""]);
        }
        text
    }
}

#[cfg(test)]
mod tests;
