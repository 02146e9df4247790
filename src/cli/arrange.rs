//! `arrange`: positions for the systems of a plan, written into its file.

use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};

use crate::arrange::measures::{Measures, Movement, measure, movement};
use crate::arrange::routing::{Link, Route, route};
use crate::arrange::{Page, Point, Rect};
use crate::edit::{apply, place_systems};
use crate::landscape::Index;
use crate::model::{Plan, Position};
use crate::plan_file;
use crate::scene::Layout;

use super::format::comment_that_would_be_lost;
use super::{Failure, Outcome};

/// Arranges the systems that nobody placed, and writes their positions into the plan file.
#[derive(Debug, Args)]
pub struct Arrange {
    /// The plan file.
    plan: PathBuf,
    /// Also arranges systems that were placed, except pinned ones.
    #[arg(long)]
    all: bool,
    /// What the picture is for: where all systems are arranged, it gets that shape.
    #[arg(long, value_enum, default_value_t)]
    page: PageShape,
    /// Prints how good the picture is, as JSON: its size, crossings, overlaps, bends, lengths, and what moved.
    #[arg(long)]
    report: bool,
    /// Writes nothing.
    #[arg(long)]
    dry_run: bool,
    /// Drops the comments of the file, which its canonical form cannot keep.
    #[arg(long)]
    drop_comments: bool,
}

/// A screen, or a sheet of paper on its side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum PageShape {
    /// 16 to 9
    #[default]
    Screen,
    /// A4 on its side
    A4,
    /// A3 on its side
    A3,
}

impl From<PageShape> for Page {
    fn from(shape: PageShape) -> Self {
        match shape {
            PageShape::Screen => Self::Screen,
            PageShape::A4 => Self::A4Landscape,
            PageShape::A3 => Self::A3Landscape,
        }
    }
}

impl Arrange {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Outcome, Failure> {
        let plan = plan_file::open(&self.plan)?;
        if !self.dry_run && !self.drop_comments {
            comment_that_would_be_lost(&self.plan)?;
        }
        let mut start = plan.clone();
        if self.all {
            start.drawing.positions.retain(|id, _| plan.drawing.pinned.contains(id));
        }
        let index = Index::new(&start);
        let begun = Instant::now();
        let layout = Layout::on_page(&index, self.page.into());
        let took = begun.elapsed();
        let arranged = with_positions(&start, &layout)?;
        if self.report {
            let report = report(&index, &layout, took, &moved(&plan, &arranged));
            writeln!(out, "{report:#}")?;
        } else {
            let count = plan.systems.len() - start.drawing.positions.len().min(plan.systems.len());
            let does = if self.dry_run { "would arrange" } else { "arranged" };
            writeln!(out, "{does} {count} of {} systems: {}", plan.systems.len(), self.plan.display())?;
        }
        if !self.dry_run && arranged != plan {
            plan_file::save(&arranged, &self.plan)?;
        }
        Ok(Outcome::Clean)
    }
}

/// The plan with a position for each of its systems.
fn with_positions(plan: &Plan, layout: &Layout) -> Result<Plan, Failure> {
    let corners = layout.systems.iter().map(|rect| Position(rect.x, rect.y));
    let places = plan.systems.keys().cloned().zip(corners);
    apply(plan, place_systems(places)).map_err(|error| Failure::Other(error.to_string()))
}

/// How far systems moved that had been placed.
fn moved(before: &Plan, after: &Plan) -> Movement {
    let both =
        before.drawing.positions.iter().filter_map(|(id, old)| Some((old, after.drawing.positions.get(id)?)));
    let (old, new): (Vec<_>, Vec<_>) =
        both.map(|(old, new)| (Point::new(old.0, old.1), Point::new(new.0, new.1))).unzip();
    movement(&old, &new)
}

/// The measures of the picture with all systems and flows of all stages, routed by the program.
fn report(index: &Index<'_>, layout: &Layout, took: Duration, movement: &Movement) -> serde_json::Value {
    let cards: Vec<Rect> = layout.systems.iter().chain(layout.missing.values()).copied().collect();
    let ends = Layout::hops(index);
    let links: Vec<Link> =
        ends.iter().map(|(from, to)| Link { from: *from, to: *to, ..Link::default() }).collect();
    let routes: Vec<Vec<Point>> =
        route(&cards, &links).into_iter().map(|Route { points, .. }| points).collect();
    let measures = measure(&cards, &ends, &routes);
    as_json(&measures, movement, took, cards.len(), ends.len())
}

fn as_json(
    measures: &Measures,
    movement: &Movement,
    took: Duration,
    cards: usize,
    flows: usize,
) -> serde_json::Value {
    serde_json::json!({
        "milliseconds": took.as_micros() as f64 / 1000.0,
        "cards": cards,
        "flows": flows,
        "crossings": measures.crossings,
        "crossings_at_small_angles": measures.crossings_at_small_angles,
        "overlaps": measures.overlaps,
        "flows_through_cards": measures.flows_through_cards,
        "flows_against_direction": measures.flows_against_direction,
        "bends": measures.bends,
        "length": measures.length,
        "width": measures.width,
        "height": measures.height,
        "aspect": measures.aspect(),
        "area": measures.area(),
        "moved": movement.moved,
        "distance_moved": movement.distance,
        "farthest_moved": movement.farthest,
    })
}
