//! Orthogonal routes for flows among cards: round every card, few bends, ports spread along the
//! sides, parallel pieces apart, and a place for each label. Many flows get plainer routes.

mod labels;
mod lattice;
mod nudging;
mod plain;
mod search;

use plain::Way;

use super::{Point, Rect};

/// A flow to route.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// The card where it starts, by index.
    pub from: usize,
    /// The card where it ends, by index.
    pub to: usize,
    /// How wide its label is; 0 without one.
    pub label_width: i32,
    /// How high its label is.
    pub label_height: i32,
}

/// The way of a flow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Route {
    /// Start, bends and end; every piece is horizontal or vertical.
    pub points: Vec<Point>,
    /// The middle of the label.
    pub label: Point,
}

/// Above this many flows, a plain route that meets no card is taken without a search.
const MOST_SEARCHED: usize = 400;

/// A route for each link, in their order. A link of an unknown card gets an empty route.
#[must_use]
pub fn route(cards: &[Rect], links: &[Link]) -> Vec<Route> {
    let is_known = |link: &Link| link.from < cards.len() && link.to < cards.len();
    let lattice = lattice::Lattice::of(cards);
    let is_thorough = links.len() <= MOST_SEARCHED;
    let mut ways = vec![Vec::new(); links.len()];
    let mut order: Vec<usize> = (0..links.len()).filter(|link| is_known(&links[*link])).collect();
    order.sort_by_key(|link| (distance(cards, &links[*link]), *link));
    let mut plain = plain::Streets::of(cards);
    let mut search = lattice.map(|lattice| search::Search::new(lattice, if is_thorough { 1 } else { 3 }));
    for link in order {
        let Link { from, to, .. } = links[link];
        ways[link] = if from == to {
            plain.loop_at(from)
        } else {
            let mut searched = || search.as_mut().and_then(|search| search.way(cards, from, to));
            let found = is_thorough.then(&mut searched).flatten();
            found.unwrap_or_else(|| match plain.way(from, to) {
                Way::Free(points) => points,
                Way::ThroughCards(points) => searched().unwrap_or(points),
            })
        };
    }
    if is_thorough {
        nudging::spread(&mut ways, links, cards);
    }
    let middles = labels::places(&ways, links, cards);
    ways.into_iter().zip(middles).map(|(points, label)| Route { points, label }).collect()
}

fn distance(cards: &[Rect], link: &Link) -> u32 {
    let (from, to) = (cards[link.from].centre(), cards[link.to].centre());
    from.x.abs_diff(to.x) + from.y.abs_diff(to.y)
}

#[cfg(test)]
mod tests;
