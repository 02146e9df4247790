//! What holds for every route: it meets no card, it is orthogonal, it starts and ends at its cards.

use proptest::prelude::*;

use super::*;

const SIZE: (i32, i32) = (172, 74);

fn link(from: usize, to: usize) -> Link {
    Link { from, to, label_width: 80, label_height: 18 }
}

fn links(ends: &[(usize, usize)]) -> Vec<Link> {
    ends.iter().map(|(from, to)| link(*from, *to)).collect()
}

/// Cards in rows and columns, each moved a little from its place.
fn cards(moved: &[(i32, i32)]) -> Vec<Rect> {
    let columns = (moved.len() as f64).sqrt().ceil() as i32;
    let card = |(place, (x, y)): (i32, &(i32, i32))| {
        Rect::new(place % columns * 300 + x, place / columns * 122 + y, SIZE.0, SIZE.1)
    };
    (0..).zip(moved).map(card).collect()
}

/// In rows and columns, or placed by hand and as near as 2 to each other.
fn landscapes() -> impl Strategy<Value = (Vec<Rect>, Vec<Link>)> {
    (0_usize..30, prop::bool::ANY).prop_flat_map(|(count, is_by_hand)| {
        let reach = if is_by_hand { (126, 46) } else { (1, 1) };
        let moved = prop::collection::vec((0..reach.0, 0..reach.1), count);
        // One card more than there is: links of unknown cards.
        let ends = prop::collection::vec((0..=count, 0..=count), 0..50);
        (moved.prop_map(|moved| cards(&moved)), ends.prop_map(|ends| links(&ends)))
    })
}

fn is_on_edge(card: &Rect, point: Point) -> bool {
    let beside = card.grown(1);
    !card.is_crossed_by(point, point) && beside.is_crossed_by(point, point)
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

fn check(cards: &[Rect], links: &[Link], routes: &[Route]) -> Result<(), TestCaseError> {
    prop_assert_eq!(through_cards(cards, routes), 0);
    for (route, link) in routes.iter().zip(links) {
        let (Some(from), Some(to)) = (cards.get(link.from), cards.get(link.to)) else {
            prop_assert!(route.points.is_empty());
            continue;
        };
        prop_assert!(route.points.windows(2).all(|pair| pair[0].x == pair[1].x || pair[0].y == pair[1].y));
        prop_assert!(is_on_edge(from, route.points[0]), "{route:?}");
        prop_assert!(is_on_edge(to, *route.points.last().unwrap()), "{route:?}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn routes_go_round_cards((cards, links) in landscapes()) {
        let routes = route(&cards, &links);
        check(&cards, &links, &routes)?;
        prop_assert_eq!(&routes, &route(&cards, &links));
    }

    #[test]
    fn routes_go_round_a_card_that_was_moved(
        (mut cards, links) in landscapes(),
        card in 0_usize..30,
        to in (-900_i32..900, 800_i32..1200),
    ) {
        let mut router = Router::new(&cards, &links);
        let place = Rect::new(to.0, to.1, SIZE.0, SIZE.1);
        let is_free = |(index, other): (usize, &Rect)| index == card || !other.grown(2).overlaps(&place);
        if cards.iter().enumerate().all(is_free) {
            router.move_card(card, place);
            cards.get_mut(card).into_iter().for_each(|card| *card = place);
        }
        check(&cards, &links, router.routes())?;
    }

    #[test]
    fn what_a_move_does_not_concern_stays_and_the_same_move_gives_the_same(
        (cards, links) in landscapes(),
        card in 0_usize..30,
        to in (-900_i32..900, 800_i32..1200),
    ) {
        let before = Router::new(&cards, &links);
        let place = Rect::new(to.0, to.1, SIZE.0, SIZE.1);
        let (mut one, mut other) = (before.clone(), before.clone());
        let changed = one.move_cards(&[(card, place)]);
        for (link, (old, new)) in before.routes().iter().zip(one.routes()).enumerate() {
            prop_assert!(changed.contains(&link) || old == new, "{old:?} {new:?}");
        }
        prop_assert_eq!(&changed, &other.move_cards(&[(card, place)]));
        prop_assert_eq!(one.routes(), other.routes());
    }

    #[test]
    fn labels_lie_on_their_own_flow_and_on_no_card(
        ends in prop::collection::vec((0_usize..12, 0_usize..12), 0..14),
    ) {
        let cards = cards(&[(0, 0); 12]);
        let links = links(&ends);
        let routes = route(&cards, &links);
        for (route, link) in routes.iter().zip(&links).filter(|(_, link)| link.from != link.to) {
            let Some(at) = route.label else { continue };
            let is_on = |pair: &[Point]| Rect::between(pair[0], pair[1]).grown(1).is_crossed_by(at, at);
            prop_assert!(route.points.windows(2).any(is_on), "{route:?}");
            let area = Rect::around(at, link.label_width, link.label_height);
            prop_assert!(!cards.iter().any(|card| card.overlaps(&area)), "{route:?}");
        }
    }
}

#[test]
fn neighbours_in_a_row_are_joined_by_a_straight_line() {
    let cards = [Rect::new(0, 0, 172, 74), Rect::new(284, 0, 172, 74)];
    let routes = route(&cards, &[link(0, 1)]);
    assert_eq!(routes[0].points, [Point::new(172, 37), Point::new(284, 37)]);
    assert_eq!(routes[0].label, Some(Point::new(228, 37)));
}

#[test]
fn cards_that_see_each_other_are_joined_without_a_bend() {
    let cards = [Rect::new(0, 0, 172, 74), Rect::new(284, 10, 172, 74)];
    let routes = route(&cards, &[link(0, 1), link(1, 0)]);
    assert!(routes.iter().all(|route| route.points.len() == 2), "{routes:?}");
    assert_eq!(shared(&routes), 0);
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
    let mut cards = cards(&[(0, 0); 13]);
    cards.swap(0, 6);
    let routes = route(&cards, &links(&ends));
    assert_eq!((shared(&routes), through_cards(&cards, &routes)), (0, 0));
}

#[test]
fn no_route_of_a_large_picture_runs_through_a_card() {
    let moved: Vec<_> = (0..1_000).map(|place| (place * 37 % 100, place * 23 % 40)).collect();
    let ends: Vec<_> = (0..2_100).map(|place| (place * 7 % 1_000, place * place % 1_000)).collect();
    let (cards, links) = (cards(&moved), links(&ends));
    assert_eq!(through_cards(&cards, &route(&cards, &links)), 0);
}

/// How often the routes of different links cross.
fn crossings(cards: &[Rect], links: &[Link], routes: &[Route]) -> u64 {
    let ends: Vec<_> = links.iter().map(|link| (link.from, link.to)).collect();
    let drawn: Vec<_> = routes.iter().map(|route| &route.points[..]).collect();
    crate::arrange::measures::measure(cards, &ends, &drawn).crossings
}

#[test]
fn a_label_that_makes_room_for_those_of_moved_flows_is_told() {
    // A case that the property above found: where the last card goes, labels of loops at the others shift.
    let cards = cards(&[(0, 0); 9]);
    let ends = [
        (6, 1),
        (6, 4),
        (1, 1),
        (6, 5),
        (6, 0),
        (1, 1),
        (7, 2),
        (3, 7),
        (1, 8),
        (0, 8),
        (7, 1),
        (8, 1),
        (8, 4),
        (5, 7),
        (6, 8),
        (1, 1),
        (6, 6),
        (0, 8),
        (6, 6),
    ];
    let before = Router::new(&cards, &links(&ends));
    let mut router = before.clone();
    let told = router.move_cards(&[(8, Rect::new(-205, 800, SIZE.0, SIZE.1))]);
    let is_other = |link: &usize| before.routes()[*link] != router.routes()[*link];
    let changed: Vec<usize> = (0..ends.len()).filter(is_other).collect();
    let label_only = |link: &&usize| before.routes()[**link].points == router.routes()[**link].points;
    assert!(changed.iter().any(|link| label_only(&link)), "no label makes room: {changed:?}");
    assert!(changed.iter().all(|link| told.contains(link)), "{changed:?} {told:?}");
}

#[test]
fn after_a_card_was_moved_the_picture_is_as_good_as_routed_anew() {
    let moved: Vec<_> = (0..60).map(|place| (place * 37 % 90, place * 23 % 36)).collect();
    let ends: Vec<_> = (0..110).map(|place| (place * 7 % 60, place * place % 60)).collect();
    let (cards, links) = (cards(&moved), links(&ends));
    let before = Router::new(&cards, &links);
    let (mut after_move, mut anew, mut changed) = (0, 0, 0);
    for card in (0..60).step_by(5) {
        let mut cards = cards.clone();
        cards[card] = Rect { y: 1_100, ..cards[card] };
        let mut router = before.clone();
        changed += router.move_cards(&[(card, cards[card])]).len();
        let fresh = route(&cards, &links);
        assert!(shared(router.routes()) <= shared(&fresh) + 1);
        after_move += crossings(&cards, &links, router.routes());
        anew += crossings(&cards, &links, &fresh);
    }
    assert!(after_move * 100 <= anew * 105, "{after_move} crossings, {anew} if routed anew");
    assert!(changed * 2 < 12 * links.len(), "{changed} routes changed with twelve moves");
}

#[test]
fn bundles_in_the_same_order_do_not_cross() {
    // Two bundles from the left to the right, in the same order: nothing has to cross.
    let at = |column: i32, row: i32| Rect::new(column * 700, row * 180, SIZE.0, SIZE.1);
    let cards: Vec<Rect> = (0..10).map(|card| at(card / 5, card % 5)).collect();
    let ends: Vec<_> = (0..4).flat_map(|row| [(row, row + 5), (row, row + 6)]).collect();
    let links = links(&ends);
    assert_eq!(crossings(&cards, &links, &route(&cards, &links)), 0);
}

#[test]
fn a_label_without_a_place_of_its_own_is_left_out() {
    let cards = [Rect::new(0, 0, 172, 40), Rect::new(190, 0, 172, 40)];
    let routes = route(&cards, &[link(0, 1), link(0, 1), link(1, 0), link(1, 0), link(0, 1)]);
    let areas: Vec<_> =
        routes.iter().filter_map(|route| route.label.map(|at| Rect::around(at, 80, 18))).collect();
    let on_another = |one: &Rect| areas.iter().filter(|other| other.overlaps(one)).count() > 1;
    assert!(areas.len() < routes.len(), "{areas:?}");
    assert!(!areas.iter().any(|area| on_another(area) || cards.iter().any(|card| card.overlaps(area))));
}

#[test]
fn flows_to_itself_are_loops_apart() {
    let cards = [Rect::new(0, 0, 172, 74)];
    let routes = route(&cards, &[link(0, 0), link(0, 0)]);
    assert!(routes.iter().all(|route| route.points.len() == 5));
    assert_eq!((through_cards(&cards, &routes), shared(&routes)), (0, 0));
}

#[test]
fn cards_on_each_other_are_joined_all_the_same() {
    let cards = [Rect::new(0, 0, 172, 74), Rect::new(10, 10, 172, 74)];
    assert!(route(&cards, &[link(0, 1)])[0].points.len() >= 2);
}

#[test]
fn a_link_of_an_unknown_card_has_no_way() {
    assert!(route(&[], &[link(0, 1)])[0].points.is_empty());
}
