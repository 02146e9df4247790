//! Routes that are kept: after a card was moved, only flows that it concerns are routed anew.

use std::collections::{BTreeMap, BTreeSet};

use super::labels::{self, Signs};
use super::lattice::Lattice;
use super::search::{Search, corners};
use super::tiles::{Ground, Tiles};
use super::{Link, Point, Rect, Route, direct, nudging};

/// Lines of the search that are nearer to each other are one; with many cards, more of them.
const APART: i32 = 6;
const APART_IF_MANY: i32 = 16;
/// Above this many cards, lines are fewer.
const MANY_CARDS: usize = 100;
/// Up to this many flows are routed several times, so that the first ones heed the last ones too.
const FEW_LINKS: usize = 120;
const ROUNDS: usize = 2;
/// Flows that come this near to a moved card are routed anew.
const NEAR_MOVED: i32 = 10;
/// How far round the cards of the flows to route ways are looked for.
const AROUND: i32 = 600;

/// Cards, flows and their routes.
#[derive(Clone, Debug)]
pub struct Router {
    ground: Ground,
    links: Vec<Link>,
    /// The ways on the lines of the search, before parallel pieces are moved apart.
    ways: Vec<Vec<Point>>,
    /// The same points after that.
    spread: Vec<Vec<Point>>,
    routes: Vec<Route>,
    /// The pieces of what is spread, by route and place in it.
    lines: Tiles<(usize, usize)>,
    /// The labels, by route.
    labels: Tiles<usize>,
    search: Search,
}

impl Router {
    /// Routes all links. A link of an unknown card gets an empty route.
    #[must_use]
    pub fn new(cards: &[Rect], links: &[Link]) -> Self {
        let ground = Ground::of(cards);
        let mut router = Self {
            links: links.to_vec(),
            ways: vec![Vec::new(); links.len()],
            spread: vec![Vec::new(); links.len()],
            routes: vec![Route::default(); links.len()],
            lines: Tiles::fine(&ground.bounds, links.len() * 4),
            labels: Tiles::fine(&ground.bounds, links.len()),
            search: Search::for_links(links.len()),
            ground,
        };
        let is_known = |link: &Link| link.from < cards.len() && link.to < cards.len();
        let known: Vec<usize> = (0..links.len()).filter(|link| is_known(&links[*link])).collect();
        router.find_ways(&known, ROUNDS);
        router.spread.clone_from(&router.ways);
        let is_spread = |link: &usize| links[*link].from != links[*link].to;
        let spread: Vec<usize> = known.iter().filter(|link| is_spread(link)).copied().collect();
        nudging::spread(&mut router.spread, &spread, links, &router.ground);
        for link in &known {
            router.put(*link);
        }
        router.place_labels(&known);
        router
    }

    /// The route of each link, in their order.
    #[must_use]
    pub fn routes(&self) -> &[Route] {
        &self.routes
    }

    /// The route of each link, without what is remembered for moves.
    #[must_use]
    pub fn into_routes(self) -> Vec<Route> {
        self.routes
    }

    /// Puts a card elsewhere; see [`move_cards`](Self::move_cards).
    pub fn move_card(&mut self, card: usize, to: Rect) {
        self.move_cards(&[(card, to)]);
    }

    /// Puts cards elsewhere and routes the flows anew that it concerns: their own and those in whose
    /// way they stand now. The others keep their ways, and move aside only beside what is new. An
    /// unknown card changes nothing. Returns the links whose route is another now.
    pub fn move_cards(&mut self, moves: &[(usize, Rect)]) -> Vec<usize> {
        let mut is_moved = vec![false; self.ground.cards.len()];
        let mut places = Vec::new();
        for (card, to) in moves {
            if self.ground.cards.get(*card).is_some_and(|from| from != to) {
                self.ground.move_card(*card, *to);
                is_moved[*card] = true;
                places.push(to.grown(NEAR_MOVED));
            }
        }
        let concerned = self.concerned(&is_moved, &places);
        for link in &concerned {
            self.forget(*link);
            self.ways[*link].clear();
        }
        self.search.be_quick();
        self.find_ways(&concerned, 0);
        let before = self.spread.clone();
        for link in &concerned {
            self.spread[*link].clone_from(&self.ways[*link]);
        }
        let is_spread = |link: &usize| self.links[*link].from != self.links[*link].to;
        let fresh: Vec<usize> = concerned.iter().filter(|link| is_spread(link)).copied().collect();
        nudging::spread_among(&mut self.spread, &fresh, &self.ways, &self.links, &self.ground, &self.lines);
        let is_concerned = |link: &usize| concerned.binary_search(link).is_ok();
        let is_another = |link: &usize| self.spread[*link] != before[*link];
        let changed: Vec<usize> =
            (0..self.links.len()).filter(|link| is_concerned(link) || is_another(link)).collect();
        for link in &changed {
            if !is_concerned(link) {
                for (index, pair) in before[*link].windows(2).enumerate() {
                    self.lines.remove(Rect::between(pair[0], pair[1]), (*link, index));
                }
            }
            self.put(*link);
        }
        let pushed: Vec<usize> = changed.iter().filter(|link| !is_concerned(link)).copied().collect();
        let displaced = self.displaced(&concerned, &pushed, &before, &places);
        let made_room = self.place_labels(&displaced);
        changed.into_iter().chain(displaced).chain(made_room).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Takes over how large the labels are, and finds places for those of another size. Labels of
    /// other links may make room: take all routes anew.
    pub fn resize_labels(&mut self, links: &[Link]) {
        let sizes = links.iter().map(|link| (link.label_width, link.label_height));
        let mut resized = Vec::new();
        for (link, (width, height)) in sizes.enumerate().take(self.links.len()) {
            let known = &mut self.links[link];
            if (known.label_width, known.label_height) != (width, height) {
                if let Some(area) = labels::area(&self.routes[link], known) {
                    self.labels.remove(area, link);
                }
                self.routes[link].label = None;
                (known.label_width, known.label_height) = (width, height);
                resized.push(link);
            }
        }
        self.place_labels(&resized);
    }

    /// Routes with one bend at most, through anything and without labels, for the links of cards
    /// that are elsewhere.
    #[must_use]
    pub fn elbows(&self, moves: &[(usize, Rect)]) -> Vec<(usize, Route)> {
        let before = &self.ground.cards;
        let mut cards = before.clone();
        for (card, to) in moves {
            cards.get_mut(*card).into_iter().for_each(|card| *card = *to);
        }
        let is_moved = |card: usize| cards[card] != before[card];
        let elbow = |link: usize| {
            let Link { from, to, .. } = self.links[link];
            if self.ways[link].is_empty() || !is_moved(from) && !is_moved(to) {
                return None;
            }
            let (right, down) = (cards[from].x - before[from].x, cards[from].y - before[from].y);
            let points = if from == to {
                let points = self.routes[link].points.iter();
                points.map(|point| Point::new(point.x + right, point.y + down)).collect()
            } else {
                direct::through(&cards[from], &cards[to])
            };
            Some((link, Route { points, label: None }))
        };
        (0..self.links.len()).filter_map(elbow).collect()
    }

    /// The links of these cards, and those whose way or route one of these places meets.
    fn concerned(&self, is_moved: &[bool], places: &[Rect]) -> Vec<usize> {
        let meets = |points: &[Point]| {
            points.windows(2).any(|pair| places.iter().any(|place| place.is_crossed_by(pair[0], pair[1])))
        };
        let is_concerned = |link: &usize| {
            let Link { from, to, .. } = self.links[*link];
            !self.ways[*link].is_empty()
                && (is_moved[from] || is_moved[to] || meets(&self.ways[*link]) || meets(&self.spread[*link]))
        };
        (0..self.links.len()).filter(is_concerned).collect()
    }

    /// The links whose labels need another place: those of new routes, those on which a new line or
    /// a card lies, and those of pushed routes that do not find room where their piece is now.
    fn displaced(
        &mut self,
        concerned: &[usize],
        pushed: &[usize],
        before: &[Vec<Point>],
        places: &[Rect],
    ) -> Vec<usize> {
        let mut displaced: BTreeSet<usize> = concerned.iter().copied().collect();
        for link in concerned {
            for pair in self.routes[*link].points.windows(2) {
                let line = Rect::between(pair[0], pair[1]);
                let crossed = self.labels.near(&line).filter(|(area, _)| labels::meets(area, &line));
                displaced.extend(crossed.map(|(_, link)| *link));
            }
        }
        for place in places {
            let covered = self.labels.near(place).filter(|(area, _)| area.overlaps(place));
            displaced.extend(covered.map(|(_, link)| *link));
        }
        let Self { ground, lines, labels, routes, links, spread, .. } = self;
        let mut signs = Signs { ground, links, lines, labels };
        for link in pushed.iter().filter(|link| !displaced.contains(link)).copied().collect::<Vec<_>>() {
            if !signs.carry(&mut routes[link], link, &before[link], &spread[link]) {
                displaced.insert(link);
            }
        }
        displaced.into_iter().collect()
    }

    /// Takes over how a link was spread.
    fn put(&mut self, link: usize) {
        for (index, pair) in self.spread[link].windows(2).enumerate() {
            self.lines.add(Rect::between(pair[0], pair[1]), (link, index));
        }
        self.routes[link].points = corners(&self.spread[link]);
    }

    fn forget(&mut self, link: usize) {
        for (index, pair) in self.spread[link].windows(2).enumerate() {
            self.lines.remove(Rect::between(pair[0], pair[1]), (link, index));
        }
    }

    /// Returns the links whose labels made room for these.
    fn place_labels(&mut self, links: &[usize]) -> Vec<usize> {
        let Self { ground, lines, labels, routes, links: all, .. } = self;
        Signs { ground, links: all, lines, labels }.place(routes, links)
    }

    /// Looks for the ways of these links, short ones first.
    fn find_ways(&mut self, links: &[usize], rounds: usize) {
        let ends = links.iter().flat_map(|link| [self.links[*link].from, self.links[*link].to]);
        let Some(region) = ends.map(|card| self.ground.cards[card]).reduce(|all, card| all.union(&card))
        else {
            return;
        };
        let region = common(&region.grown(AROUND), &self.ground.bounds);
        let apart = if self.ground.cards.len() > MANY_CARDS { APART_IF_MANY } else { APART };
        let mut lattice = Lattice::of(&self.ground, &region, apart);
        for (way, link) in self.ways.iter().zip(&self.links) {
            lattice.mark_used(way, link);
        }
        let mut order = links.to_vec();
        order.sort_by_key(|link| (self.distance(*link), *link));
        let mut loops = vec![0; self.ground.cards.len()];
        let mut straights = BTreeMap::new();
        for link in &order {
            let Link { from, to, .. } = self.links[*link];
            self.ways[*link] = if from == to {
                loops[from] += 1;
                direct::loop_at(&self.ground, from, loops[from] - 1)
            } else {
                let taken: &mut usize = straights.entry((from.min(to), from.max(to))).or_default();
                let straight = direct::straight(&self.ground, from, to).filter(|(_, room)| *taken < *room);
                let straight = straight.map(|(way, _)| way).inspect(|_| *taken += 1);
                straight
                    .or_else(|| self.search.way(&lattice, &self.ground.cards, from, to))
                    .unwrap_or_else(|| direct::through(&self.ground.cards[from], &self.ground.cards[to]))
            };
            lattice.mark_used(&self.ways[*link], &self.links[*link]);
        }
        if order.len() <= FEW_LINKS {
            self.improve(&mut lattice, &order, rounds);
        }
    }

    /// Looks again for each way with a bend, now that the others are known.
    fn improve(&mut self, lattice: &mut Lattice, order: &[usize], rounds: usize) {
        for _ in 0..rounds {
            for link in order.iter().copied() {
                let Link { from, to, .. } = self.links[link];
                if from == to || self.ways[link].len() < 3 {
                    continue;
                }
                lattice.unmark_used(&self.ways[link], &self.links[link]);
                if let Some(way) = self.search.way(lattice, &self.ground.cards, from, to) {
                    self.ways[link] = way;
                }
                lattice.mark_used(&self.ways[link], &self.links[link]);
            }
        }
    }

    fn distance(&self, link: usize) -> u32 {
        let Link { from, to, .. } = self.links[link];
        let (from, to) = (self.ground.cards[from].centre(), self.ground.cards[to].centre());
        from.x.abs_diff(to.x) + from.y.abs_diff(to.y)
    }
}

/// What both rectangles have in common.
fn common(one: &Rect, other: &Rect) -> Rect {
    let (x, y) = (one.x.max(other.x), one.y.max(other.y));
    Rect::new(x, y, one.right().min(other.right()) - x, one.bottom().min(other.bottom()) - y)
}
