//! The pictures of the landscape today and in the target, with every card at the same place.

use crate::export::svg;
use crate::scene::{Area, FindingMarks, Layout, Options, Scene, Theme, legend};

use super::phrases::{count, stage_heading, systems_and_hubs};
use super::{Block, Picture, Source};

/// Around the legend, in units of the drawing.
const LEGEND_MARGIN: f32 = 14.0;

pub(super) fn blocks(source: Source<'_, '_>) -> Vec<Block> {
    let facts = source.facts;
    if facts.index.systems.is_empty() {
        return Vec::new();
    }
    let layout = Layout::new(&facts.index);
    let ends = [(0, "today"), (facts.index.timeline.target(), "target")];
    let scenes = ends.map(|(at, _)| scene(source, &layout, at));
    let frame = scenes[0].bounds.union(scenes[1].bounds);
    let mut blocks = vec![Block::Paragraph("A system stands at the same place in both pictures.".to_owned())];
    for ((at, name), scene) in ends.into_iter().zip(scenes) {
        blocks.push(Block::Picture(picture(source, scene, frame, at, name)));
    }
    blocks
}

fn scene(source: Source<'_, '_>, layout: &Layout, at: usize) -> Scene {
    let facts = source.facts;
    let marks = FindingMarks::at(source.findings, at);
    Scene::new(&facts.index, layout, &facts.stages[at].landscape, None, &marks, &Options::default())
}

/// The scene in a frame that both pictures share, so that they can be laid over each other.
fn picture(source: Source<'_, '_>, mut scene: Scene, frame: Area, at: usize, name: &str) -> Picture {
    let facts = source.facts;
    let legend = legend::figure(frame, legend::Signs { has_cards: true, ..Default::default() });
    scene.bounds = frame.union(legend.bounds.grown(LEGEND_MARGIN));
    scene.figures.push(legend);
    let structure = facts.structure(at);
    let heading = stage_heading(facts.plan(), facts.index.timeline.stage(at));
    let systems = systems_and_hubs(structure.systems, structure.hubs);
    Picture {
        name: name.to_owned(),
        caption: format!("{heading}: {systems}, {}.", count(structure.flows, "flow")),
        svg: svg(&scene, Theme::light()),
        svg_dark: svg(&scene, Theme::dark()),
    }
}
