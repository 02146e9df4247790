//! The picture of a plan at a stage: which cards and lines are drawn, how, and in which order.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::arrange::routing::Link;
use crate::arrange::{Point, Rect};
use crate::landscape::{Authority, Index, Landscape};
use crate::model::{Disposition, DomainId, Kind, SystemId};

use super::card::Crown;
use super::flow_line::label_size;
use super::lines::{Line, Sight};
use super::opened::Opened;
use super::overview::{Overview, Zone};
use super::shape::{Area, Figure, Layer, Shape};
use super::{
    AreaBox, Bundle, Card, Change, Counts, FindingMarks, FlowLine, GroupBox, Grouping, Layout, Routing,
    legend,
};

/// Which way flows over a hub are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// The real path: system, hub, system.
    #[default]
    Technical,
    /// From source to target, hubs hidden.
    Business,
}

/// How the picture is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Which way flows over a hub are drawn.
    pub view: View,
    /// The only domain that is shown; everything else stays as a shadow of itself.
    pub focus: Option<DomainId>,
    /// What is drawn of the plan.
    pub zone: Zone,
    /// Whether the signs are explained below.
    pub shows_legend: bool,
}

/// The picture of a plan at a stage.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// What it shows: the plan's name and the stage.
    pub title: String,
    /// The areas that have a card in the picture, in the order of their ids.
    pub areas: Vec<AreaBox>,
    /// The cards, in the order of their ids.
    pub cards: Vec<Card>,
    /// The lines.
    pub flows: Vec<FlowLine>,
    /// The groups of an overview, or the neighbours of the one that is open, in the order of their ids.
    pub groups: Vec<GroupBox>,
    /// The lines from and to groups.
    pub bundles: Vec<Bundle>,
    /// How many lines between groups are not drawn, because there are stronger ones.
    pub weak_bundles: usize,
    /// What is drawn of the plan. Where the group that was asked for is not there any more, the overview.
    pub zone: Zone,
    /// The name of the group that is open.
    pub open_group: String,
    /// What is painted, in this order.
    pub figures: Vec<Figure>,
    /// Everything, with a margin.
    pub bounds: Area,
    /// What the two plans that it compares are called, the one before first.
    pub compared: Option<[String; 2]>,
}

const MARGIN: f32 = 28.0;

impl Scene {
    /// The picture of a stage; with a compared landscape, the difference between the two.
    #[must_use]
    pub fn new(
        index: &Index<'_>,
        layout: &Layout,
        now: &Landscape<'_>,
        before: Option<&Landscape<'_>>,
        marks: &FindingMarks,
        options: &Options,
    ) -> Self {
        Self::routed((index, layout), now, before, marks, options, None).0
    }

    /// The same, and how its lines run. Where an earlier picture differs only by where some cards
    /// stand, the lines that have nothing to do with those run as they did.
    #[must_use]
    pub fn routed(
        (index, layout): (&Index<'_>, &Layout),
        now: &Landscape<'_>,
        before: Option<&Landscape<'_>>,
        marks: &FindingMarks,
        options: &Options,
        earlier: Option<&Arc<Routing>>,
    ) -> (Self, Arc<Routing>) {
        let sight = Sight { index, now, before, marks, options };
        if options.zone != Zone::Whole {
            let scene = Self::by_groups(&sight, layout, &options.zone);
            let title = [sight.title(), scene.open_group.clone()];
            let title = title.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" · ");
            return (Self { title, ..scene }.painted(options), Routing::of_nothing());
        }
        let lines = sight.lines();
        let cards = sight.cards(layout, &lines);
        let areas = AreaBox::of_plan(index, layout);
        let areas = areas.into_iter().filter_map(|area| area.with_cards(&cards)).collect();
        let scene = Self { title: sight.title(), areas, cards, ..Self::default() };
        scene.with_lines(&lines, options, earlier)
    }

    /// The picture of its cards and these lines.
    pub(super) fn with_lines(
        self,
        lines: &[Line],
        options: &Options,
        earlier: Option<&Arc<Routing>>,
    ) -> (Self, Arc<Routing>) {
        let rects: Vec<Rect> = self.cards.iter().map(|card| card.rect).collect();
        let routing = Routing::new(rects, links(lines, &self.cards), earlier);
        let routes = routing.routes().iter().cloned();
        let flows = lines.iter().zip(routes).map(|(line, route)| FlowLine::of(line, route)).collect();
        (Self { flows, ..self }.painted(options), routing)
    }

    fn painted(mut self, options: &Options) -> Self {
        self.paint();
        if options.shows_legend { self.with_legend() } else { self }
    }

    /// Groups of systems, or one of them and its neighbours.
    fn by_groups(sight: &Sight<'_, '_>, layout: &Layout, zone: &Zone) -> Self {
        let grouping = Grouping::new(sight.index);
        let group = match zone {
            Zone::Group(id) => grouping.group(id),
            Zone::Whole | Zone::Overview => None,
        };
        if let Some(group) = group {
            let Opened { cards, flows, neighbours: groups, bundles } =
                Opened::new(sight, layout, &grouping, group);
            let (zone, open_group) = (zone.clone(), group.name.clone());
            return Self { cards, flows, groups, bundles, zone, open_group, ..Self::default() };
        }
        let Overview { groups, bundles, weak: weak_bundles } = Overview::new(sight, &grouping);
        Self { groups, bundles, weak_bundles, zone: Zone::Overview, ..Self::default() }
    }

    /// Everything to paint, in order.
    pub fn shapes(&self) -> impl Iterator<Item = &Shape> {
        self.figures.iter().flat_map(|figure| &figure.shapes)
    }

    /// What an overview leaves out, in words.
    #[must_use]
    pub fn weak_words(&self) -> String {
        match self.weak_bundles {
            1 => "1 weaker link between groups is not drawn".to_owned(),
            count => format!("{count} weaker links between groups are not drawn"),
        }
    }

    /// The card of a system, if it is drawn.
    #[must_use]
    pub fn card(&self, id: &SystemId) -> Option<&Card> {
        self.cards.binary_search_by(|card| card.id.cmp(id)).ok().map(|place| &self.cards[place])
    }

    /// The same with its signs explained below.
    #[must_use]
    pub fn with_legend(mut self) -> Self {
        let signs = legend::Signs {
            has_cards: !self.cards.is_empty(),
            has_groups: !self.groups.is_empty(),
            compared: self.compared.as_ref(),
        };
        let legend = legend::figure(self.bounds, signs);
        self.bounds = self.bounds.union(legend.bounds.grown(MARGIN / 2.0));
        self.figures.push(legend);
        self
    }

    /// The same with a figure for every line and every label, even where nothing is drawn.
    pub(super) fn with_a_figure_for_everything(&self) -> Self {
        let lines = self.flows.iter().map(line_figure);
        let cards = self.cards.iter().map(Card::figure);
        let moving = lines.chain(cards).chain(self.flows.iter().map(label_figure));
        let figures = moving.chain(self.areas.iter().map(AreaBox::figure)).collect();
        Self { figures, ..self.clone() }
    }

    /// Draws a line and its label where they are now; for pictures with a figure for everything.
    pub(super) fn draw_line_again(&mut self, line: usize) {
        let label = self.flows.len() + self.cards.len() + line;
        self.figures[line] = line_figure(&self.flows[line]);
        self.figures[label] = label_figure(&self.flows[line]);
    }

    /// Draws a card where it is now; for pictures with a figure for everything.
    pub(super) fn draw_card_again(&mut self, card: usize) {
        self.figures[self.flows.len() + card] = self.cards[card].figure();
    }

    fn paint(&mut self) {
        self.figures = self.areas.iter().map(AreaBox::figure).collect();
        self.figures.extend(self.flows.iter().filter_map(FlowLine::line_figure));
        self.figures.extend(self.bundles.iter().filter_map(Bundle::line_figure));
        self.figures.extend(self.cards.iter().map(Card::figure));
        self.figures.extend(self.groups.iter().map(GroupBox::figure));
        self.figures.extend(self.flows.iter().filter_map(FlowLine::label_figure));
        self.figures.extend(self.bundles.iter().filter_map(Bundle::label_figure));
        let bounds = self.figures.iter().map(|figure| figure.bounds).reduce(Area::union).unwrap_or_default();
        self.bounds = bounds.grown(MARGIN);
        if self.weak_bundles > 0 {
            let note = legend::note(self.bounds, &self.weak_words());
            self.bounds = self.bounds.union(note.bounds.grown(MARGIN / 2.0));
            self.figures.push(note);
        }
    }
}

fn line_figure(line: &FlowLine) -> Figure {
    line.line_figure().unwrap_or_else(|| line.nothing(Layer::Lines))
}

fn label_figure(line: &FlowLine) -> Figure {
    line.label_figure().unwrap_or_else(|| line.nothing(Layer::Labels))
}

/// The lines as links between cards.
fn links(lines: &[Line], cards: &[Card]) -> Vec<Link> {
    let places: BTreeMap<&SystemId, usize> = cards.iter().map(|card| &card.id).zip(0..).collect();
    let at = |id: &SystemId| places.get(id).copied().unwrap_or(usize::MAX);
    let link = |line: &Line| {
        let (label_width, label_height) = label_size(line);
        Link { from: at(&line.from), to: at(&line.to), label_width, label_height }
    };
    lines.iter().map(link).collect()
}

impl Sight<'_, '_> {
    fn title(&self) -> String {
        let stage = |at: usize| self.index.plan.stage_name(self.index.timeline.stage(at));
        match self.before {
            Some(before) => {
                format!("{}: {} compared with {}", self.index.plan.name, stage(self.now.at), stage(before.at))
            }
            None => format!("{}: {}", self.index.plan.name, stage(self.now.at)),
        }
    }

    /// What stands, what the compared stage had, and what a drawn line needs at its ends.
    pub(super) fn cards(&self, layout: &Layout, lines: &[Line]) -> Vec<Card> {
        let ends: BTreeSet<&SystemId> = lines.iter().flat_map(|line| [&line.from, &line.to]).collect();
        let crowns = self.crowns();
        let mut cards = Vec::new();
        for (place, entry) in self.index.systems.iter().enumerate() {
            let stood = self.before.is_some_and(|before| before.stands(place));
            let is_hidden = self.options.view == View::Business && entry.is_hub;
            let is_drawn = self.now.stands(place) || stood || ends.contains(entry.id);
            if is_drawn && !is_hidden {
                cards.push(self.card(place, layout.systems[place], crowns.get(&place)));
            }
        }
        let missing = layout.missing.iter().filter(|(id, _)| ends.contains(id));
        cards.extend(missing.map(|(id, rect)| missing_card(id, *rect)));
        cards.sort_by(|one, other| one.id.cmp(&other.id));
        self.dim(&mut cards, lines);
        cards
    }

    /// With a domain in focus, everything that does not touch it steps back.
    pub(super) fn dim(&self, cards: &mut [Card], lines: &[Line]) {
        let Some(focus) = &self.options.focus else { return };
        let lit = lines.iter().filter(|line| !line.is_dimmed).flat_map(|line| [&line.from, &line.to]);
        let lit: BTreeSet<&SystemId> = lit.collect();
        let name = self.index.plan.domain_name(focus);
        for card in cards {
            card.crowns.retain(|crown| crown.domain == name);
            let holds = |id| self.index.plan.systems.get(id).is_some_and(|s| s.holdings.contains_key(focus));
            card.is_dimmed = card.crowns.is_empty() && !lit.contains(&card.id) && !holds(&card.id);
        }
    }

    pub(super) fn card(&self, place: usize, rect: Rect, crowns: Option<&Vec<Crown>>) -> Card {
        let entry = &self.index.systems[place];
        let stood = self.before.map(|before| before.stands(place));
        let change = match (self.now.stands(place), stood) {
            (true, Some(false)) => Change::New,
            (true, _) => Change::None,
            (false, _) => Change::Gone,
        };
        Card {
            id: entry.id.clone(),
            rect,
            name: entry.system.name.clone(),
            kind: entry.system.kind,
            hosting: entry.system.hosting.clone(),
            disposition: entry.system.disposition,
            is_focal: self.index.focal() == Some(place),
            crowns: crowns.cloned().unwrap_or_default(),
            findings: self.marks.systems.get(entry.id).copied().unwrap_or_default(),
            change,
            mark: if change == Change::Gone { self.absence(place) } else { String::new() },
            differences: Vec::new(),
            is_dimmed: false,
        }
    }

    /// Why a system does not stand.
    pub(super) fn absence(&self, place: usize) -> String {
        let life = &self.index.systems[place].life;
        let name = |at: usize| self.index.plan.stage_name(self.index.timeline.stage(at));
        if self.now.at < life.start {
            return format!("comes with {}", name(life.start));
        }
        match life.end {
            end if end >= self.index.timeline.target() => "gone at the target".to_owned(),
            end => format!("gone after {}", name(end)),
        }
    }

    /// The crowns of each system, by place: of this stage, and for those that are gone, of the compared.
    fn crowns(&self) -> BTreeMap<usize, Vec<Crown>> {
        let now = Authority::of_all(self.index, self.now);
        let before = self.before.map(|before| Authority::of_all(self.index, before)).unwrap_or_default();
        let mut crowns: BTreeMap<usize, Vec<Crown>> = BTreeMap::new();
        for authority in &now {
            let former = before.get(authority.domain).map_or(&[][..], |former| &former.truths);
            let domain = self.index.domain_name(authority.domain);
            for truth in &authority.truths {
                let other = former.iter().find(|_| !former.contains(truth));
                let was = other.map(|other| self.index.system_name(*other).to_owned());
                crowns.entry(*truth).or_default().push(Crown { domain: domain.to_owned(), was });
            }
            let lost = former
                .iter()
                .filter(|system| !authority.truths.contains(system) && !self.now.stands(**system));
            for system in lost {
                crowns.entry(*system).or_default().push(Crown { domain: domain.to_owned(), was: None });
            }
        }
        crowns
    }
}

/// A reference to a system that the plan does not have.
pub(super) fn missing_card(id: &SystemId, rect: Rect) -> Card {
    Card {
        id: id.clone(),
        rect,
        name: id.to_string(),
        kind: Kind::Other,
        hosting: String::new(),
        disposition: Disposition::Undecided,
        is_focal: false,
        crowns: Vec::new(),
        findings: Counts::default(),
        change: Change::Missing,
        mark: String::new(),
        differences: Vec::new(),
        is_dimmed: false,
    }
}

/// The points at which a scene can be grabbed: for tests and for hit testing.
impl Scene {
    /// The card under a point, the last painted first.
    #[must_use]
    pub fn card_at(&self, pos_in_plan: Point) -> Option<&Card> {
        let is_hit = |card: &&Card| card.rect.overlaps(&Rect::new(pos_in_plan.x, pos_in_plan.y, 1, 1));
        self.cards.iter().rev().find(is_hit)
    }
}
