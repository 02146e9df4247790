//! A scene as a picture in a file: SVG, PDF or PNG. The last two are drawn from the SVG, so that none
//! shows what another does not.

mod fonts;
mod pdf;
mod png;

use std::path::Path;

use thiserror::Error;

use crate::scene::{Scene, Theme};

use super::svg::svg;

/// The format of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureFormat {
    /// For browsers and other programs: text stays text.
    Svg,
    /// For paper and reports: one page, text can be selected.
    Pdf,
    /// For slides and chats: pixels.
    Png,
}

impl PictureFormat {
    /// Every format, the default first.
    pub const ALL: [Self; 3] = [Self::Svg, Self::Pdf, Self::Png];

    /// The ending of its files, without the dot.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Pdf => "pdf",
            Self::Png => "png",
        }
    }

    /// The format that a file's ending names.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?;
        Self::ALL.into_iter().find(|format| format.ending().eq_ignore_ascii_case(ending))
    }
}

/// A sheet of paper on its side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// 297 by 210 millimetres.
    A4,
    /// 420 by 297 millimetres.
    A3,
}

/// How a picture is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PictureOptions {
    /// Pixels for each plan unit in a PNG. `None`: 2, or what is possible where that is too much.
    pub scale: Option<f32>,
    /// The sheet that a PDF fits the picture on. `None`: a page of the picture's size.
    pub sheet: Option<Sheet>,
}

/// A picture as it goes into a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// What the file holds.
    pub bytes: Vec<u8>,
    /// Characters that no font of this machine has and that the picture therefore lacks, each once. An SVG
    /// lacks none: who opens it chooses the fonts.
    pub missing: Vec<char>,
}

impl Picture {
    /// What a person should hear about what the picture lacks.
    #[must_use]
    pub fn sentence(&self) -> Option<String> {
        let letters: Vec<_> = self.missing.iter().map(ToString::to_string).collect();
        (!letters.is_empty()).then(|| {
            format!(
                "No font of this machine has {}; the picture lacks them. Install a font that does, or choose SVG.",
                letters.join(" ")
            )
        })
    }
}

/// Why a picture could not be drawn.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum PictureError {
    /// More pixels than a program could open.
    #[error(
        "At a scale of {scale} the picture cannot be drawn; {most} is the largest scale that works for its size. \
         Choose that, or PDF or SVG, which have no pixels."
    )]
    TooLarge {
        /// The scale that was asked for.
        scale: f32,
        /// The largest that works.
        most: f32,
    },
    /// The drawing library refused, with its own words.
    #[error("The picture could not be drawn ({0}). Choose SVG, which needs no drawing, and report this.")]
    NotDrawn(String),
}

/// The picture of a scene in a format. The same scene gives the same bytes, as long as no font of the
/// machine is needed.
pub fn picture(
    scene: &Scene,
    theme: &Theme,
    format: PictureFormat,
    options: PictureOptions,
) -> Result<Picture, PictureError> {
    let svg = svg(scene, theme);
    if format == PictureFormat::Svg {
        return Ok(Picture { bytes: svg.into_bytes(), missing: Vec::new() });
    }
    let fonts = fonts::for_scene(scene);
    let settings = resvg::usvg::Options { fontdb: fonts.known, ..Default::default() };
    let tree = resvg::usvg::Tree::from_str(&svg, &settings)
        .map_err(|error| PictureError::NotDrawn(error.to_string()))?;
    let bytes = match format {
        PictureFormat::Png => png::write(&tree, options.scale)?,
        _ => pdf::write(&tree, scene, options.sheet)?,
    };
    Ok(Picture { bytes, missing: fonts.missing })
}

#[cfg(test)]
mod tests;
