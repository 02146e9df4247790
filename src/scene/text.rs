//! Widths of text and outlines of icons, from the bundled fonts, so that the window and the
//! exports agree on where every word ends. Kerning and ligatures are left out on both sides.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use lucide_icons::LUCIDE_FONT_BYTES;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, MetadataProvider};

/// The thickness of letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// For reading.
    Regular,
    /// For labels and chips.
    Medium,
    /// For names.
    SemiBold,
}

impl Weight {
    /// Every weight, the lightest first.
    pub const ALL: [Self; 3] = [Self::Regular, Self::Medium, Self::SemiBold];

    /// The weight as CSS and SVG write it.
    #[must_use]
    pub const fn css(self) -> u16 {
        match self {
            Self::Regular => 400,
            Self::Medium => 500,
            Self::SemiBold => 600,
        }
    }

    /// The bytes of the bundled font in this weight.
    #[must_use]
    pub const fn font_bytes(self) -> &'static [u8] {
        match self {
            Self::Regular => include_bytes!("../../assets/fonts/Inter-Regular.otf"),
            Self::Medium => include_bytes!("../../assets/fonts/Inter-Medium.otf"),
            Self::SemiBold => include_bytes!("../../assets/fonts/Inter-SemiBold.otf"),
        }
    }
}

/// Advances of one font at size 1, by character.
struct Advances {
    /// By code point, for the first characters; most text needs no other.
    common: Vec<f32>,
    others: BTreeMap<char, f32>,
    /// For what the font does not have: drawn by a fallback, taken as wide as it is high.
    missing: f32,
}

const COMMON: u32 = 0x180;

impl Advances {
    fn read(bytes: &[u8]) -> Self {
        let mut advances = Self { common: vec![1.0; COMMON as usize], others: BTreeMap::new(), missing: 1.0 };
        let Ok(font) = FontRef::new(bytes) else { return advances };
        let metrics = font.glyph_metrics(Size::new(1.0), LocationRef::default());
        for (code, glyph) in font.charmap().mappings() {
            let advance = metrics.advance_width(glyph).unwrap_or(advances.missing);
            match (advances.common.get_mut(code as usize), char::from_u32(code)) {
                (Some(slot), _) => *slot = advance,
                (None, Some(letter)) => _ = advances.others.insert(letter, advance),
                (None, None) => {}
            }
        }
        advances
    }

    fn of(&self, letter: char) -> f32 {
        let common = self.common.get(letter as usize).copied();
        common.unwrap_or_else(|| self.others.get(&letter).copied().unwrap_or(self.missing))
    }
}

fn advances(weight: Weight) -> &'static Advances {
    static TABLES: OnceLock<[Advances; 3]> = OnceLock::new();
    let tables = TABLES.get_or_init(|| Weight::ALL.map(|weight| Advances::read(weight.font_bytes())));
    &tables[weight as usize]
}

/// How wide a text is at a size, in plan units.
#[must_use]
pub fn width(text: &str, weight: Weight, size: f32) -> f32 {
    let advances = advances(weight);
    text.chars().map(|letter| advances.of(letter)).sum::<f32>() * size
}

/// The text, shortened with "…" where it is wider than `width`.
#[must_use]
pub fn fit(text: &str, weight: Weight, size: f32, width: f32) -> String {
    if self::width(text, weight, size) <= width {
        return text.to_owned();
    }
    let advances = advances(weight);
    let room = width / size - advances.of('…');
    let mut used = 0.0;
    let kept: String = text
        .chars()
        .take_while(|letter| {
            used += advances.of(*letter);
            used <= room
        })
        .collect();
    format!("{}…", kept.trim_end())
}

/// The text in one line, or in two where it is wider than `width`: broken between words, and each line
/// shortened with "…" where it is still too wide.
#[must_use]
pub fn fit_in_two(text: &str, weight: Weight, size: f32, width: f32) -> Vec<String> {
    let fits = |text: &str| self::width(text, weight, size) <= width;
    let breaks: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
    let last_that_fits = breaks.iter().rev().find(|at| fits(&text[..**at]));
    match last_that_fits.or(breaks.first()) {
        Some(at) if !fits(text) => {
            [&text[..*at], &text[at + 1..]].map(|line| fit(line, weight, size, width)).into()
        }
        _ => vec![fit(text, weight, size, width)],
    }
}

/// Collects an outline as SVG path data, y downwards.
struct PathData(String);

impl PathData {
    fn add(&mut self, command: char, numbers: &[f32]) {
        self.0.push(command);
        for (place, pair) in numbers.chunks(2).enumerate() {
            let gap = if place == 0 { "" } else { " " };
            self.0.extend([gap, &tenth(pair[0]).to_string(), " ", &tenth(-pair[1]).to_string()]);
        }
    }
}

fn tenth(number: f32) -> f32 {
    // Adding zero turns -0 into 0.
    (number * 10.0).round() / 10.0 + 0.0
}

impl OutlinePen for PathData {
    fn move_to(&mut self, x: f32, y: f32) {
        self.add('M', &[x, y]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.add('L', &[x, y]);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.add('Q', &[cx, cy, x, y]);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.add('C', &[ax, ay, bx, by, x, y]);
    }

    fn close(&mut self) {
        self.0.push('Z');
    }
}

/// The size at which [`icon_outline`] is given: the side of the icon's square.
pub const ICON_SIDE: f32 = 100.0;

/// The outline of an icon, by its character in the icon font, as SVG path data in a square of [`ICON_SIDE`], from its upper left corner.
///
/// Empty where the icon font does not have it.
#[must_use]
pub fn icon_outline(glyph: char) -> String {
    let mut data = PathData(String::new());
    let Ok(font) = FontRef::new(LUCIDE_FONT_BYTES) else { return data.0 };
    let size = Size::new(ICON_SIDE);
    let glyph = font.charmap().map(glyph).and_then(|glyph| font.outline_glyphs().get(glyph));
    let ascent = font.metrics(size, LocationRef::default()).ascent;
    if let Some(glyph) = glyph {
        let mut moved = Moved { inner: &mut data, up: -ascent };
        // A broken outline draws nothing; the icon is never the only carrier of a meaning.
        let _ = glyph.draw(DrawSettings::unhinted(size, LocationRef::default()), &mut moved);
    }
    data.0
}

/// Moves an outline from its baseline to the top of its square.
struct Moved<'a> {
    inner: &'a mut PathData,
    up: f32,
}

impl OutlinePen for Moved<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.inner.move_to(x, y + self.up);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.inner.line_to(x, y + self.up);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.inner.quad_to(cx, cy + self.up, x, y + self.up);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.inner.curve_to(ax, ay + self.up, bx, by + self.up, x, y + self.up);
    }

    fn close(&mut self) {
        self.inner.close();
    }
}

#[cfg(test)]
mod tests {
    use lucide_icons::Icon;

    use super::*;

    #[test]
    fn a_text_is_as_wide_as_its_letters() {
        let both = width("ER", Weight::Regular, 10.0);
        assert!((both - width("E", Weight::Regular, 10.0) - width("R", Weight::Regular, 10.0)).abs() < 0.01);
        assert!((6.0..15.0).contains(&both), "{both}");
        assert!(width("Ж→€", Weight::SemiBold, 10.0) > 12.0);
    }

    #[test]
    fn a_long_text_is_shortened_to_its_room() {
        let short = fit("Customer relationship management", Weight::SemiBold, 13.0, 100.0);
        assert!(short.ends_with('…') && short.starts_with("Customer"), "{short}");
        assert!(width(&short, Weight::SemiBold, 13.0) <= 100.0);
        assert_eq!(fit("ERP", Weight::SemiBold, 13.0, 100.0), "ERP");
    }

    #[test]
    fn a_name_goes_on_in_a_second_line() {
        let lines = |text: &str| fit_in_two(text, Weight::Medium, 8.0, 42.0);
        assert_eq!(lines("ERP"), ["ERP"]);
        assert_eq!(lines("Mobile billing"), ["Mobile", "billing"]);
        assert_eq!(lines("My ERP and shop"), ["My ERP", "and shop"]);
        assert_eq!(lines("Interconnect b"), ["Intercon…", "b"]);
        assert_eq!(lines("Interconnection").len(), 1, "a word is not broken");
    }

    #[test]
    fn icons_have_outlines_inside_their_square() {
        for icon in [Icon::Crown, Icon::Scissors, Icon::Cloud] {
            let outline = icon_outline(char::from(icon));
            assert!(outline.starts_with('M'), "{outline}");
            let numbers = outline.split(|letter: char| letter.is_ascii_uppercase() || letter == ' ');
            let outside = numbers.filter_map(|number| number.parse::<f32>().ok());
            assert_eq!(outside.filter(|number| !(-1.0..=101.0).contains(number)).count(), 0, "{outline}");
        }
    }
}
