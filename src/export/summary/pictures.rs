//! The pictures of the landscape today and in the target, with every card at the same place.

use crate::export::svg;
use crate::scene::{FindingMarks, Layout, Options, Scene, Theme};

use super::phrases::{count, stage_heading};
use super::{Block, Picture, Source};

pub(super) fn blocks(source: Source<'_, '_>) -> Vec<Block> {
    let facts = source.facts;
    if facts.index.systems.is_empty() {
        return Vec::new();
    }
    let layout = Layout::new(&facts.index);
    let mut blocks =
        vec![Block::Paragraph("Every system stands at the same place in both pictures.".to_owned())];
    blocks.extend(
        [(0, "today"), (facts.index.timeline.target(), "target")]
            .map(|(at, name)| Block::Picture(picture(source, &layout, at, name))),
    );
    blocks
}

fn picture(source: Source<'_, '_>, layout: &Layout, at: usize, name: &str) -> Picture {
    let facts = source.facts;
    let marks = FindingMarks::at(source.findings, at);
    let options = Options { shows_legend: true, ..Options::default() };
    let scene = Scene::new(&facts.index, layout, &facts.stages[at].landscape, None, &marks, &options);
    let structure = facts.structure(at);
    let heading = stage_heading(facts.plan(), facts.index.timeline.stage(at));
    let caption =
        format!("{heading}: {} and {}.", count(structure.systems, "system"), count(structure.flows, "flow"));
    Picture {
        name: name.to_owned(),
        caption,
        svg: svg(&scene, Theme::light()),
        svg_dark: svg(&scene, Theme::dark()),
    }
}
