//! How the lines of a picture run, kept for when cards are moved: what has nothing to do with the
//! move stays as it is. The same moves of the same picture always give the same lines.

use std::sync::Arc;

use crate::arrange::Rect;
use crate::arrange::routing::{Link, Route, Router};

/// Up to this many links of moved cards times cards, the lines are routed while the hand moves.
const MOST_ROUTED_LIVE: usize = 6_000;

/// The routes of a picture's lines.
#[derive(Clone, Debug)]
pub struct Routing {
    cards: Vec<Rect>,
    links: Vec<Link>,
    router: Router,
    /// The routes before the last move, for when it is taken back.
    before: Option<Arc<Self>>,
}

impl Routing {
    /// Routes all lines, or only those that differ from an earlier picture by cards that were moved.
    pub(super) fn new(cards: Vec<Rect>, links: Vec<Link>, earlier: Option<&Arc<Self>>) -> Arc<Self> {
        let known = earlier.and_then(|earlier| {
            let before = earlier.before.as_ref().filter(|before| before.cards == cards);
            before.unwrap_or(earlier).followed_by(&cards, &links)
        });
        known.unwrap_or_else(|| {
            let router = Router::new(&cards, &links);
            Arc::new(Self { cards, links, router, before: None })
        })
    }

    /// No lines, for a picture of groups.
    pub(super) fn of_nothing() -> Arc<Self> {
        Self::new(Vec::new(), Vec::new(), None)
    }

    /// The same lines between the same cards, of which some stand elsewhere.
    fn followed_by(self: &Arc<Self>, cards: &[Rect], links: &[Link]) -> Option<Arc<Self>> {
        let ends = |links: &[Link]| links.iter().map(|link| (link.from, link.to)).collect::<Vec<_>>();
        if cards.len() != self.cards.len() || ends(links) != ends(&self.links) {
            return None;
        }
        let places = cards.iter().copied().enumerate().zip(&self.cards);
        let moves: Vec<_> = places.filter(|((_, to), from)| to != *from).map(|(to, _)| to).collect();
        if moves.is_empty() && links == self.links {
            return Some(Arc::clone(self));
        }
        let mut router = self.with_moved(&moves).0;
        router.resize_labels(links);
        let before = if moves.is_empty() { self.before.clone() } else { Some(self.alone()) };
        Some(Arc::new(Self { cards: cards.to_vec(), links: links.to_vec(), router, before }))
    }

    /// The same without what was before.
    fn alone(self: &Arc<Self>) -> Arc<Self> {
        if self.before.is_none() {
            return Arc::clone(self);
        }
        Arc::new(Self { before: None, ..self.as_ref().clone() })
    }

    pub(super) fn routes(&self) -> &[Route] {
        self.router.routes()
    }

    /// A router for these moves, and the links that have another route with it. Where most cards
    /// are moved, nothing is left to keep.
    fn with_moved(&self, moves: &[(usize, Rect)]) -> (Router, Vec<usize>) {
        if moves.len() * 2 > self.cards.len() {
            let mut cards = self.cards.clone();
            for (card, to) in moves {
                cards[*card] = *to;
            }
            return (Router::new(&cards, &self.links), (0..self.links.len()).collect());
        }
        let mut router = self.router.clone();
        let changed = router.move_cards(moves);
        (router, changed)
    }

    /// The routes that change when these cards are moved. Where working that out would hold up a
    /// frame, only the lines of the cards themselves, with one bend at most and without labels.
    pub(super) fn moved(&self, moves: &[(usize, Rect)]) -> Vec<(usize, Route)> {
        let is_own = |link: &&Link| moves.iter().any(|(card, _)| [link.from, link.to].contains(card));
        let own = self.links.iter().filter(is_own).count();
        if own * self.cards.len() > MOST_ROUTED_LIVE {
            return self.router.elbows(moves);
        }
        let (router, changed) = self.with_moved(moves);
        changed.into_iter().map(|link| (link, router.routes()[link].clone())).collect()
    }
}
