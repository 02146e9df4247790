//! `diagram`: a picture of a plan at a stage.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::export::{self, PictureFormat, PictureOptions, Sheet, picture};
use crate::model::Plan;
use crate::rules::{self, Facts, Scope};
use crate::scene::{FindingMarks, JointPlaces, Layout, Options, Scene, Theme, View, Zone};
use crate::share;

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
    /// Shows what is different from another plan, which is what was before.
    #[arg(long, value_name = "OTHER", conflicts_with = "difference")]
    compare: Option<PathBuf>,
    /// Draws groups of systems instead of every system: the areas, or where there are none, those that have most of
    /// their links among themselves.
    #[arg(long)]
    overview: bool,
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
        let scene = match &self.compare {
            None => self.stage_scene(&plan)?,
            Some(other) => self.compared_scene(&plan, other)?,
        };
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

    fn stage_scene(&self, plan: &Plan) -> Result<Scene, Failure> {
        let at = stage_place(plan, &self.stage)?;
        let facts = Facts::new(plan);
        let marks = FindingMarks::at(&rules::check(&facts, Scope::AllStages), at);
        let landscape = |at: usize| &facts.stages[at].landscape;
        let before = self.difference.then(|| landscape(0));
        let layout = Layout::new(&facts.index);
        Ok(Scene::new(&facts.index, &layout, landscape(at), before, &marks, &self.options()))
    }

    fn compared_scene(&self, plan: &Plan, other_path: &Path) -> Result<Scene, Failure> {
        let at = stage_place(plan, &self.stage)?;
        let other = crate::plan_file::open(other_path)?;
        let names = names_apart([(&other, other_path), (plan, &self.plan)]);
        let facts = [&other, plan].map(Facts::new);
        let findings = facts.each_ref().map(|facts| rules::check(facts, Scope::AllStages));
        let difference =
            share::difference(&other, plan).map_err(|error| Failure::Other(error.to_string()))?;
        let layout = Layout::new(&facts[1].index);
        let side = |at: usize| export::Compared {
            name: &names[at],
            index: &facts[at].index,
            findings: &findings[at],
        };
        let comparison = export::Comparison {
            open: side(1),
            other: side(0),
            places: &JointPlaces::new(&facts[1].index, &layout, &facts[0].index),
            differences: &export::differences(&difference),
            is_open_before: false,
        };
        Ok(comparison.at(at, &self.options()))
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

/// The plans' names; where they are called the same, their files' names; or their paths.
fn names_apart(plans: [(&Plan, &Path); 2]) -> [String; 2] {
    let names = plans.map(|(plan, _)| plan.name.clone());
    let files = plans.map(|(_, path)| path.file_name().unwrap_or_default().to_string_lossy().into_owned());
    let is_apart = |names: &[String; 2]| names[0] != names[1];
    if is_apart(&names) {
        names
    } else if is_apart(&files) {
        files
    } else {
        plans.map(|(_, path)| path.display().to_string())
    }
}
