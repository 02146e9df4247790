//! Properties of whole arrangements: no overlaps, what is fixed stays, groups apart, the same picture
//! every time.

use proptest::prelude::*;

use super::*;

fn card(fixed: Option<Point>) -> Node {
    Node { width: 172, height: 74, fixed, ..Node::default() }
}

/// Cards with links of all kinds: to themselves, parallel, both ways; some cards fixed, some in groups.
fn arrangements() -> impl Strategy<Value = Arrangement> {
    (0_usize..60, 0_usize..4).prop_flat_map(|(count, groups)| {
        let edges = prop::collection::vec((0..count.max(1), 0..count.max(1)), 0..=count * 2);
        let fixed = prop::collection::vec(prop::bool::weighted(if groups > 0 { 0.0 } else { 0.2 }), count);
        let group = prop::collection::vec(0..=groups * 2, count);
        let width = prop::collection::vec(0..=172, count);
        (fixed, edges, group, width).prop_map(move |(fixed, edges, group, width)| Arrangement {
            nodes: (0..)
                .zip(fixed.into_iter().zip(group).zip(width))
                .map(|(place, ((fixed, group), width))| Node {
                    width,
                    group: (1..=groups).contains(&group).then_some(group * 7),
                    ..card(fixed.then(|| Point::new(place % 7 * 201, place / 7 * 91)))
                })
                .collect(),
            edges,
        })
    })
}

fn overlaps(input: &Arrangement, positions: &[Point]) -> u64 {
    let cards = measures::rects(&input.nodes, positions);
    measures::measure::<Vec<Point>>(&cards, &[], &[]).overlaps
}

/// The smallest rectangle round the cards of each group.
fn boxes(input: &Arrangement, positions: &[Point]) -> std::collections::BTreeMap<usize, Rect> {
    let mut boxes = std::collections::BTreeMap::new();
    for (node, at) in input.nodes.iter().zip(positions) {
        if let Some(group) = node.group {
            let rect = node.rect_at(*at);
            boxes.entry(group).and_modify(|all: &mut Rect| *all = all.union(&rect)).or_insert(rect);
        }
    }
    boxes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn cards_never_overlap_placed_ones_stay_and_the_picture_is_always_the_same(input in arrangements()) {
        let positions = arrange(&input);
        prop_assert_eq!(positions.len(), input.nodes.len());
        prop_assert_eq!(overlaps(&input, &positions), 0);
        for (node, position) in input.nodes.iter().zip(&positions) {
            prop_assert!(node.fixed.is_none_or(|fixed| fixed == *position));
        }
        prop_assert_eq!(positions, arrange(&input));
    }

    #[test]
    fn groups_are_boxes_apart_from_each_other_and_without_strangers(input in arrangements()) {
        let positions = arrange(&input);
        let boxes = boxes(&input, &positions);
        for (one, rect) in &boxes {
            prop_assert!(boxes.iter().all(|(other, second)| one == other || !rect.overlaps(second)));
            let is_stranger = |(node, at): (&Node, &Point)| node.group != Some(*one) && node.rect_at(*at).overlaps(rect);
            prop_assert!(input.nodes.iter().all(|node| node.fixed.is_none()));
            prop_assert!(!input.nodes.iter().zip(&positions).any(is_stranger), "a stranger stands in group {}", one);
        }
    }

    #[test]
    fn arranging_a_selection_moves_nothing_else(input in arrangements(), selected in prop::collection::vec(0_usize..60, 0..20)) {
        let before = arrange(&input);
        let after = arrange_selection(&input, &before, &selected);
        prop_assert_eq!(overlaps(&input, &after), 0);
        for card in 0..before.len() {
            let may_move = selected.contains(&card) && input.nodes[card].fixed.is_none();
            prop_assert!(may_move || before[card] == after[card]);
        }
    }

    #[test]
    fn tidied_cards_never_overlap_and_fixed_ones_stay(input in arrangements(), shift in 0_i32..90) {
        let messy: Vec<Point> = (0..).zip(&input.nodes).map(|(place, _)| Point::new(place * 37 % 900, place * shift % 400)).collect();
        let tidied = tidy(&input.nodes, &messy);
        prop_assert_eq!(overlaps(&input, &tidied), 0);
        for (node, at) in input.nodes.iter().zip(&tidied) {
            prop_assert!(node.fixed.is_none_or(|fixed| fixed == *at));
        }
        prop_assert_eq!(&tidied, &tidy(&input.nodes, &messy));
    }
}

/// Two groups of six, the first of which has a card that stays, and a card without a group that stays.
fn groups_and_pins() -> Arrangement {
    let group = |group: usize, node: Node| Node { group: Some(group), ..node };
    let mut nodes: Vec<Node> = (0..12).map(|place| group(place / 6, card(None))).collect();
    nodes[0].fixed = Some(Point::new(2000, 2000));
    nodes.push(card(Some(Point::new(2300, 2000))));
    nodes.push(card(None));
    Arrangement { nodes, edges: (0..13).map(|place| (place, (place * 5 + 3) % 14)).collect() }
}

fn assert_apart(input: &Arrangement, positions: &[Point]) {
    assert_eq!(overlaps(input, positions), 0);
    let boxes = boxes(input, positions);
    for (one, rect) in &boxes {
        assert!(boxes.iter().all(|(other, second)| one == other || !rect.overlaps(second)), "{boxes:?}");
        let is_stranger = |(node, at): &(&Node, &Point)| {
            node.group != Some(*one) && node.fixed.is_none() && node.rect_at(**at).overlaps(rect)
        };
        assert_eq!(input.nodes.iter().zip(positions).find(is_stranger), None, "in group {one}: {boxes:?}");
    }
}

#[test]
fn groups_stay_together_and_apart_round_a_pinned_card() {
    let input = groups_and_pins();
    let positions = arrange(&input);
    assert_eq!(positions[0], Point::new(2000, 2000));
    assert_apart(&input, &positions);
    let first = boxes(&input, &positions)[&0];
    assert!(first.width < 1500 && first.height < 900, "together round the pin: {first:?}");
}

#[test]
fn a_new_card_lands_in_the_box_of_its_group_and_not_beside_a_neighbour_elsewhere() {
    let mut input = groups_and_pins();
    for (node, at) in input.nodes.iter_mut().zip(arrange(&groups_and_pins())) {
        node.fixed = Some(at);
    }
    input.nodes.push(Node { group: Some(0), ..card(None) });
    input.nodes.push(Node { group: Some(2), ..card(None) });
    input.nodes.push(card(None));
    let last = input.nodes.len();
    input.edges.extend([(7, last - 3), (8, last - 2), (9, last - 1)]);
    let before = boxes(&input, &arrange(&groups_and_pins()))[&0];
    let positions = arrange(&input);
    assert_apart(&input, &positions);
    assert!(before.grown(200).overlaps(&card(None).rect_at(positions[last - 3])), "near its group");
}

#[test]
fn a_selection_of_two_groups_is_arranged_in_two_boxes() {
    let mut input = groups_and_pins();
    let before = arrange(&input);
    input.nodes[0].fixed = None;
    let positions = arrange_selection(&input, &before, &[1, 2, 3, 7, 8, 9]);
    assert_apart(&input, &positions);
}

#[test]
fn tidying_puts_no_card_into_the_box_of_another_group() {
    let group = |group: usize| Node { group: Some(group), ..card(None) };
    let nodes = [group(0), group(0), group(1), group(1)];
    let at = |x: i32, y: i32| Point::new(x, y);
    // The first and the third overlap; right of them is the first group's box.
    let tidied = tidy(&nodes, &[at(0, 0), at(0, 400), at(300, 0), at(302, 10)]);
    let input = Arrangement { nodes: nodes.to_vec(), edges: Vec::new() };
    assert_apart(&input, &tidied);
}

/// A made-up landscape: each card is linked to two earlier ones, so that few have many links.
fn landscape(count: usize) -> Arrangement {
    let edges =
        (1..count).flat_map(|card| [(card, card * 7 % card.div_ceil(3)), (card * 5 % card, card)]).collect();
    Arrangement { nodes: vec![card(None); count], edges }
}

#[test]
fn small_and_large_pictures_have_the_shape_of_the_page() {
    for count in [30, 120, 700] {
        let input = landscape(count);
        let cards = measures::rects(&input.nodes, &arrange(&input));
        let measures = measures::measure::<Vec<Point>>(&cards, &[], &[]);
        assert_eq!(measures.overlaps, 0);
        let aspect = measures.aspect().unwrap();
        assert!((1.1..2.9).contains(&aspect), "{count} cards: {} x {}", measures.width, measures.height);
    }
}

#[test]
fn a_page_on_paper_is_less_wide_than_a_screen() {
    let aspect = |page: Page| {
        let input = landscape(150);
        let cards = measures::rects(&input.nodes, &arrange_on(&input, page));
        measures::measure::<Vec<Point>>(&cards, &[], &[]).aspect().unwrap()
    };
    assert!(aspect(Page::A4Landscape) < aspect(Page::Screen));
}

#[test]
fn the_search_removes_most_crossings_of_a_random_picture() {
    let input = landscape(60);
    let edges: Vec<_> = input.edges.iter().copied().filter(|(from, to)| from != to).collect();
    let crossings = |positions: &[Point]| {
        let cards = measures::rects(&input.nodes, positions);
        measures::measure(&cards, &edges, &measures::straight_lines(&cards, &edges)).crossings
    };
    let in_rows: Vec<Point> = (0..60).map(|card| Point::new(card % 8 * 300, card / 8 * 122)).collect();
    let (before, after) = (crossings(&in_rows), crossings(&arrange(&input)));
    assert!(after * 4 < before, "{before} before, {after} after");
}

#[test]
fn a_new_card_lands_beside_its_neighbour() {
    let placed = Point::new(4000, 4000);
    let input = Arrangement {
        nodes: vec![card(Some(placed)), card(Some(Point::new(0, 0))), card(None)],
        edges: vec![(0, 2)],
    };
    let position = arrange(&input)[2];
    assert!((position.x - placed.x).abs() < 600 && (position.y - placed.y).abs() < 300, "{position:?}");
}
