//! `diagram`: a picture of a plan at a stage.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::export::{PictureFormat, PictureOptions, Sheet, picture};
use crate::rules::{self, Facts, Scope};
use crate::scene::{FindingMarks, Layout, Options, Scene, Theme, View};

use super::{Failure, Outcome, stage_place, unknown_format, written};

/// Which way flows over a hub are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum DrawnView {
    /// From source to target, hubs hidden.
    Business,
    /// The real path: system, hub, system.
    #[default]
    Technical,
}

/// The colours of the picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum DrawnTheme {
    /// Dark on light.
    #[default]
    Light,
    /// Light on dark.
    Dark,
}

/// Writes a picture of a plan at a stage.
#[derive(Debug, Args)]
pub struct Diagram {
    /// The plan file.
    plan: PathBuf,
    /// Where to write it, ending in .svg, .pdf or .png.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// The stage: today, target, a wave's id or its number.
    #[arg(long, default_value = "target")]
    stage: String,
    /// Which way flows over a hub are drawn.
    #[arg(long, value_enum, default_value_t)]
    view: DrawnView,
    /// Shows what is new and what is gone, compared with today.
    #[arg(long)]
    difference: bool,
    /// The colours.
    #[arg(long, value_enum, default_value_t)]
    theme: DrawnTheme,
    /// Pixels for each unit of the plan in a PNG [default: 2, or what is possible].
    #[arg(long)]
    scale: Option<f32>,
    /// The sheet of paper that a PDF fits the picture on [default: a page of the picture's size].
    #[arg(long, value_enum)]
    sheet: Option<PaperSheet>,
}

/// A sheet of paper on its side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum PaperSheet {
    /// 297 by 210 millimetres.
    A4,
    /// 420 by 297 millimetres.
    A3,
}

impl Diagram {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Outcome, Failure> {
        let Some(format) = PictureFormat::of(&self.output) else {
            return Err(unknown_format("a picture", ".svg, .pdf or .png", &self.output));
        };
        let plan = crate::plan_file::open(&self.plan)?;
        let at = stage_place(&plan, &self.stage)?;
        let facts = Facts::new(&plan);
        let marks = FindingMarks::at(&rules::check(&facts, Scope::AllStages), at);
        let landscape = |at: usize| &facts.stages[at].landscape;
        let before = self.difference.then(|| landscape(0));
        let layout = Layout::new(&facts.index);
        let scene = Scene::new(&facts.index, &layout, landscape(at), before, &marks, &self.options());
        let theme = match self.theme {
            DrawnTheme::Light => Theme::light(),
            DrawnTheme::Dark => Theme::dark(),
        };
        let sheet = self.sheet.map(|sheet| match sheet {
            PaperSheet::A4 => Sheet::A4,
            PaperSheet::A3 => Sheet::A3,
        });
        let drawn = picture(&scene, theme, format, PictureOptions { scale: self.scale, sheet })?;
        written(&self.output, &drawn.bytes, out)?;
        if let Some(sentence) = drawn.sentence() {
            writeln!(out, "{sentence}")?;
        }
        Ok(Outcome::Clean)
    }

    fn options(&self) -> Options {
        let view = match self.view {
            DrawnView::Business => View::Business,
            DrawnView::Technical => View::Technical,
        };
        Options { view, shows_legend: true, ..Options::default() }
    }
}
