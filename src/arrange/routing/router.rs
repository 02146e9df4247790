//! Routes that are kept: after a card was moved, only flows that it concerns are routed anew.

use std::collections::BTreeMap;

use super::lattice::Lattice;
use super::search::Search;
use super::tiles::Ground;
use super::{Link, Point, Rect, Route, direct, labels, nudging};

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
#[derive(Debug)]
pub struct Router {
    ground: Ground,
    links: Vec<Link>,
    /// The ways on the lines of the search, before parallel pieces are moved apart.
    ways: Vec<Vec<Point>>,
    routes: Vec<Route>,
    search: Search,
}

impl Router {
    /// Routes all links. A link of an unknown card gets an empty route.
    #[must_use]
    pub fn new(cards: &[Rect], links: &[Link]) -> Self {
        let mut router = Self {
            ground: Ground::of(cards),
            links: links.to_vec(),
            ways: vec![Vec::new(); links.len()],
            routes: vec![Route::default(); links.len()],
            search: Search::for_links(links.len()),
        };
        let is_known = |link: &Link| link.from < cards.len() && link.to < cards.len();
        let known: Vec<usize> = (0..links.len()).filter(|link| is_known(&links[*link])).collect();
        router.find_ways(&known);
        router.finish(&known);
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

    /// Puts a card elsewhere and routes the flows anew that it concerns: its own and those in whose
    /// way it stands now. The others keep their ways. An unknown card changes nothing.
    pub fn move_card(&mut self, card: usize, to: Rect) {
        let Some(from) = self.ground.cards.get(card).copied() else { return };
        if from == to {
            return;
        }
        self.ground.move_card(card, to);
        let place = to.grown(NEAR_MOVED);
        let meets = |points: &[Point]| points.windows(2).any(|pair| place.is_crossed_by(pair[0], pair[1]));
        let is_concerned = |link: &usize| {
            let Link { from, to, .. } = self.links[*link];
            let is_own = from == card || to == card;
            !self.ways[*link].is_empty()
                && (is_own || meets(&self.ways[*link]) || meets(&self.routes[*link].points))
        };
        let concerned: Vec<usize> = (0..self.links.len()).filter(is_concerned).collect();
        for link in &concerned {
            self.ways[*link].clear();
        }
        self.find_ways(&concerned);
        let known: Vec<usize> = (0..self.links.len()).filter(|link| !self.ways[*link].is_empty()).collect();
        self.finish(&known);
    }

    /// Looks for the ways of these links, short ones first.
    fn find_ways(&mut self, links: &[usize]) {
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
            self.improve(&mut lattice, &order);
        }
    }

    /// Looks again for each way with a bend, now that the others are known.
    fn improve(&mut self, lattice: &mut Lattice, order: &[usize]) {
        for _ in 0..ROUNDS {
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

    /// Moves parallel pieces apart and places the labels of the routes that changed.
    fn finish(&mut self, known: &[usize]) {
        let mut points = self.ways.clone();
        let is_spread = |link: &&usize| self.links[**link].from != self.links[**link].to;
        let spread: Vec<usize> = known.iter().filter(is_spread).copied().collect();
        nudging::spread(&mut points, &spread, &self.links, &self.ground);
        let mut changed = Vec::new();
        for link in known {
            if self.routes[*link].points != points[*link] {
                self.routes[*link].points = std::mem::take(&mut points[*link]);
                changed.push(*link);
            }
        }
        labels::place(&mut self.routes, &changed, &self.links, &self.ground);
    }
}

/// What both rectangles have in common.
fn common(one: &Rect, other: &Rect) -> Rect {
    let (x, y) = (one.x.max(other.x), one.y.max(other.y));
    Rect::new(x, y, one.right().min(other.right()) - x, one.bottom().min(other.bottom()) - y)
}
