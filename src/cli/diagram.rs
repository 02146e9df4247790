//! `diagram`: a picture of a plan at a stage.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::export::svg;
use crate::rules::{self, Facts, Scope};
use crate::scene::{FindingMarks, Layout, Options, Scene, Theme, View, Zone};

use super::{Failure, Outcome, extension, stage_place, unknown_format, written};

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
    /// Where to write it, ending in .svg.
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
    /// Draws groups of systems instead of every system: the areas, or where there are none, those that have most of
    /// their links among themselves.
    #[arg(long)]
    overview: bool,
    /// The colours.
    #[arg(long, value_enum, default_value_t)]
    theme: DrawnTheme,
}

impl Diagram {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Outcome, Failure> {
        if extension(&self.output) != "svg" {
            return Err(unknown_format("a picture", ".svg", &self.output));
        }
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
        written(&self.output, &svg(&scene, theme), out)?;
        Ok(Outcome::Clean)
    }

    fn options(&self) -> Options {
        let view = match self.view {
            DrawnView::Business => View::Business,
            DrawnView::Technical => View::Technical,
        };
        let zone = if self.overview { Zone::Overview } else { Zone::Whole };
        Options { view, zone, shows_legend: true, ..Options::default() }
    }
}
