//! What holds for every route: it meets no card, it is orthogonal, it starts and ends at its cards.

use proptest::prelude::*;

use super::*;
use crate::arrange::{Arrangement, Node, arrange};

const SIZE: (i32, i32) = (172, 74);

fn link(from: usize, to: usize) -> Link {
    Link { from, to, label_width: 80, label_height: 18 }
}

fn arranged(count: usize, ends: &[(usize, usize)]) -> (Vec<Rect>, Vec<Link>) {
    let node = Node { width: SIZE.0, height: SIZE.1, ..Node::default() };
    let input = Arrangement { nodes: vec![node; count], edges: ends.to_vec() };
    let cards = arrange(&input).iter().map(|at| Rect::new(at.x, at.y, SIZE.0, SIZE.1)).collect();
    (cards, ends.iter().map(|(from, to)| link(*from, *to)).collect())
}

fn is_on_edge(card: &Rect, point: Point) -> bool {
    !card.grown(-1).is_crossed_by(point, point)
        && card.grown(1).is_crossed_by(Point::new(point.x, point.y), point)
}

fn through_cards(cards: &[Rect], routes: &[Route]) -> usize {
    let pieces = routes.iter().flat_map(|route| route.points.windows(2));
    pieces.filter(|pair| cards.iter().any(|card| card.is_crossed_by(pair[0], pair[1]))).count()
}

/// Pieces of different routes that lie on one another.
fn shared(routes: &[Route]) -> usize {
    let pieces: Vec<_> = (0..)
        .zip(routes)
        .flat_map(|(index, route)| {
            route.points.windows(2).map(move |pair| (index, Rect::between(pair[0], pair[1])))
        })
        .collect();
    let is_shared = |one: &(i32, Rect), other: &(i32, Rect)| {
        let (a, b) = (one.1, other.1);
        let on_row = a.height == 0 && b.height == 0 && a.y == b.y && a.x < b.right() && b.x < a.right();
        let on_column = a.width == 0 && b.width == 0 && a.x == b.x && a.y < b.bottom() && b.y < a.bottom();
        one.0 < other.0 && (on_row || on_column)
    };
    pieces.iter().map(|one| pieces.iter().filter(|other| is_shared(one, other)).count()).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn routes_go_round_cards(
        count in 1_usize..30,
        seeds in prop::collection::vec((0_usize..1000, 0_usize..1000), 0..50),
    ) {
        let ends: Vec<_> = seeds.iter().map(|(from, to)| (from % count, to % count)).collect();
        let (cards, links) = arranged(count, &ends);
        let routes = route(&cards, &links);
        prop_assert_eq!(through_cards(&cards, &routes), 0);
        for (route, link) in routes.iter().zip(&links) {
            prop_assert!(route.points.windows(2).all(|pair| pair[0].x == pair[1].x || pair[0].y == pair[1].y));
            prop_assert!(is_on_edge(&cards[link.from], route.points[0]));
            prop_assert!(is_on_edge(&cards[link.to], *route.points.last().unwrap()));
        }
        prop_assert_eq!(&routes, &route(&cards, &links));
    }
}

#[test]
fn neighbours_in_a_row_are_joined_by_a_straight_line() {
    let cards = [Rect::new(0, 0, 172, 74), Rect::new(284, 0, 172, 74)];
    let routes = route(&cards, &[link(0, 1)]);
    assert_eq!(routes[0].points, [Point::new(172, 37), Point::new(284, 37)]);
    assert_eq!(routes[0].label, Point::new(228, 37));
}

#[test]
fn parallel_and_opposite_flows_run_apart() {
    let cards = [Rect::new(0, 0, 172, 74), Rect::new(284, 124, 172, 74)];
    let routes = route(&cards, &[link(0, 1), link(0, 1), link(1, 0)]);
    assert_eq!(shared(&routes), 0, "{routes:?}");
}

#[test]
fn a_hub_with_many_spokes_keeps_its_lines_apart() {
    let ends: Vec<_> = (1..13).map(|spoke| if spoke % 2 == 0 { (0, spoke) } else { (spoke, 0) }).collect();
    let (cards, links) = arranged(13, &ends);
    let routes = route(&cards, &links);
    assert_eq!((shared(&routes), through_cards(&cards, &routes)), (0, 0));
}

#[test]
fn a_flow_to_itself_is_a_loop() {
    let cards = [Rect::new(0, 0, 172, 74)];
    let routes = route(&cards, &[link(0, 0)]);
    assert_eq!(routes[0].points.len(), 5);
    assert_eq!(through_cards(&cards, &routes), 0);
}

#[test]
fn a_link_of_an_unknown_card_has_no_way() {
    assert!(route(&[], &[link(0, 1)])[0].points.is_empty());
}
