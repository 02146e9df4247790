//! Arranges made-up landscapes, and has Graphviz `dot` arrange the same ones where it is installed.
//! Prints Markdown tables of time and measures: `cargo run --release --no-default-features --example
//! arrangement > docs/arrangement.md`.

mod dot;

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use hybridscape::arrange::measures::{Measures, measure, rects, straight_lines};
use hybridscape::arrange::routing::{Link, Router, route};
use hybridscape::arrange::{Arrangement, Point, Rect, arrange};
use hybridscape::generate;
use hybridscape::landscape::Index;
use hybridscape::plan_file;
use hybridscape::scene::Layout;

const SEEDS: std::ops::RangeInclusive<u64> = 1..=10;

/// What the tables do not say.
const NOTES: &str = "## What is missing, and what was tried

* Wanted are 1 ms for 50 systems, 20 for 200, 150 for 1,000 and 1,000 for 10,000, with at most the crossings of \
`dot`. The work is counted and does not depend on the clock, so a slower machine takes longer for the same picture. \
50 systems take more than 1 ms: less work means more crossings, and nobody feels the difference.
* Drawn lines cross less often than the splines of `dot` at 200 systems and about as often at 50, in a tenth of the \
area. What did it: a crossing costs the search as much as 80 of length however many there are (it was 36, for at most \
four), and a line beside others costs little until a channel is full, so that lines run in bundles. Dearer crossings \
(150) bend lines more and give no fewer crossings; a line that pays nothing for running beside others fills channels; \
another pass over all lines at 200 systems takes twice the time for a hundredth to a twentieth fewer crossings, so \
there is one only up to 120 flows. Of the crossings that are left at 200 systems one in seven is between lines of one \
card, and one in twenty belongs to two lines that cross twice: for those, the order of lines in a channel would have \
to be found for all channels together.
* After a card was moved, only its lines, those in its way and those beside what is new change. One move is as good as \
routing everything anew; after thirty different cards were moved one after the other, lines cross 13 to 17 % more often \
than anew, because the others keep their ways. Everything is routed anew when a plan is opened, another stage is \
shown, or flows or systems come and go.
* While cards are dragged, lines are routed live up to 6,000 links of the dragged cards times cards in the picture: \
thirty lines at 200 systems. Beyond that only the lines of the dragged cards follow, with one bend at most, until the drop.
* Six of the ten samples have more crossings than by `dot`, at most 53 more in the largest, in half the area or less; \
three have fewer. The worst three, looked at: the telecom operator, whose bundles are tight at its hub; the manufacturer, \
whose lines cross most of those under twenty systems; the public agency, where labels lie on lines of others.
* A label that would lie on a card or on another label everywhere on its line is left out; the line keeps its name \
for the pointer. Labels lie on lines of other flows where these are dense: at 200 systems each on two.
* Fewer flows run against the direction where that costs more, and more lines cross: from 200 to 130 of 600 flows \
for about a twentieth more crossings. The price grows with the number of cards.
* Ten times the work on the board gives 10 to 25 % fewer crossings at 200 systems.
* Ten times the work on the order of the layers gives a start with fewer crossings, and the same picture in the end; \
a start by length alone gives shorter lines and more crossings; a random start needs ten times the work.
* Above 400 systems communities are arranged by themselves and the boxes stand in columns: links between boxes make \
most of the crossings there. An overview of the boxes says more than any picture of 10,000 systems.";

/// One picture of a landscape.
struct Picture {
    milliseconds: f64,
    /// With straight lines from centre to centre.
    straight: Measures,
    /// With the lines that are drawn.
    drawn: Measures,
}

fn main() {
    println!("# How good arrangements are\n");
    println!(
        "Written by `examples/arrangement`; medians over ten made-up landscapes of a size (`hybridscape generate \
         --systems N --seed 1..10`), links between the same two systems in the same direction counted once, all \
         pictures measured by the same code. Times are processor time, with the system's allocator, of one run on one machine, in which both took \
         turns: compare them within a row. *Straight* means lines from centre to centre, which says what the positions are worth \
         before anybody routes; *drawn* means the lines each program draws, orthogonal round cards here, splines \
         there. The time is for positions alone here, and for positions and splines there, with the \
         program's start.\n"
    );
    let has_dot = dot::is_installed();
    for systems in [50, 200] {
        compare(systems, has_dot);
    }
    samples(has_dot);
    println!(
        "## Larger landscapes\n\n`dot` did not end within 400 seconds for 1,000 systems and is left out. One landscape \
         each, straight lines.\n"
    );
    println!(
        "| | ms | megabytes in all | crossings | overlaps | against the direction | aspect |\n|---|---|---|---|---|---|---|"
    );
    for systems in [1_000, 10_000] {
        let input = made_up(systems, 1);
        forget_most_memory();
        let (milliseconds, corners) = arranged(&input);
        let megabytes = most_memory();
        let cards = rects(&input.nodes, &corners);
        let straight = measure(&cards, &input.edges, &straight_lines(&cards, &input.edges));
        println!(
            "| {systems} systems | {milliseconds:.0} | {megabytes} | {} | {} | {:.0} % | {:.2} |",
            straight.crossings,
            straight.overlaps,
            straight.flows_against_direction as f64 * 100.0 / input.edges.len() as f64,
            straight.aspect().unwrap_or_default()
        );
    }
    routing();
    println!("\n{NOTES}");
}

/// The samples, arranged anew and without their areas, of which `dot` knows nothing here.
fn samples(has_dot: bool) {
    println!(
        "## Samples\n\nEach arranged anew, without what its author placed and without areas. Two figures are ours and \
         those of `dot`.\n"
    );
    println!(
        "| | systems | links | milliseconds | crossings, drawn | at small angles, drawn | length, straight | flows through \
         cards | overlaps | against the direction | aspect | screens |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
    );
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_landscapes");
    let mut files: Vec<_> = std::fs::read_dir(folder).into_iter().flatten().flatten().collect();
    files.sort_by_key(std::fs::DirEntry::path);
    for file in files {
        let Ok(plan) = plan_file::open(&file.path()) else { continue };
        let mut input = linked_once(Layout::arrangement(&Index::new(&plan)));
        input.nodes.iter_mut().for_each(|node| (node.fixed, node.group) = (None, None));
        let pictures: Vec<_> = [Some(own(&input)), has_dot.then(|| dot::picture(&input)).flatten()]
            .into_iter()
            .flatten()
            .collect();
        let both =
            |figure: &dyn Fn(&Picture) -> String| pictures.iter().map(figure).collect::<Vec<_>>().join(" / ");
        println!(
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            plan.name,
            input.nodes.len(),
            input.edges.len(),
            both(&|it| format!("{:.1}", it.milliseconds)),
            both(&|it| it.drawn.crossings.to_string()),
            both(&|it| it.drawn.crossings_at_small_angles.to_string()),
            both(&|it| it.straight.length.to_string()),
            both(&|it| it.drawn.flows_through_cards.to_string()),
            both(&|it| it.straight.overlaps.to_string()),
            both(&|it| it.straight.flows_against_direction.to_string()),
            both(&|it| format!("{:.1}", it.straight.aspect().unwrap_or_default())),
            both(&|it| format!("{:.1}", it.straight.area() as f64 / 1920.0 / 1080.0)),
        );
    }
    println!();
}

/// How long routing takes and what the lines are like.
fn routing() {
    println!(
        "\n## Lines\n\nMade-up landscapes as above, every flow with a label of 80 by 18; one landscape a size, the \
         positions given. *One card moved* is the mean of twenty cards, each moved a little from the same picture; the last \
         column says how often lines cross then for each time that they do if everything is routed anew.\n"
    );
    println!(
        "| | ms | crossings | bends | flows through cards | labels left out | labels on each other | one card moved, ms | \
         flows changed | crossings |\n|---|---|---|---|---|---|---|---|---|---|"
    );
    for systems in [50, 200, 1_000, 10_000] {
        let input = made_up(systems, 1);
        let cards = rects(&input.nodes, &arrange(&input));
        let links: Vec<Link> = input.edges.iter().map(|(from, to)| labelled(*from, *to)).collect();
        let rounds = (400 / systems).max(1);
        let begun = Instant::now();
        let mut router = Router::new(&cards, &links);
        let before = milliseconds(begun).0;
        for _ in 0..rounds {
            router = Router::new(black_box(&cards), &links);
        }
        let all = (milliseconds(begun).0 - before) / rounds as f64;
        // Above this, finding all crossings takes longer than everything else.
        let measures = (systems <= 1_000).then(|| drawn(&cards, &input.edges, &router));
        let figure =
            |of: fn(&Measures) -> u64| measures.as_ref().map_or_else(String::new, |all| of(all).to_string());
        let (left_out, overlapping) = labels(&router, &links);
        let (time, changed, share) = moved(&cards, &input.edges, &links, &router);
        println!(
            "| {systems} systems, {} flows | {all:.1} | {} | {} | {} | {left_out} | {overlapping} | {time:.1} | {changed} | {share} |",
            links.len(),
            figure(|all| all.crossings),
            figure(|all| all.bends),
            figure(|all| all.flows_through_cards),
        );
    }
}

fn labelled(from: usize, to: usize) -> Link {
    Link { from, to, label_width: 80, label_height: 18 }
}

fn drawn(cards: &[Rect], ends: &[(usize, usize)], router: &Router) -> Measures {
    let lines: Vec<&[Point]> = router.routes().iter().map(|route| &route.points[..]).collect();
    measure(cards, ends, &lines)
}

/// How many labels have no place, and how many pairs of labels overlap.
fn labels(router: &Router, links: &[Link]) -> (usize, u64) {
    let labels =
        router.routes().iter().zip(links).filter_map(|(route, link)| {
            Some(Rect::around(route.label?, link.label_width, link.label_height))
        });
    let labels: Vec<Rect> = labels.collect();
    (links.len() - labels.len(), measure::<Vec<Point>>(&labels, &[], &[]).overlaps)
}

/// What moving one card takes and changes; means of time and changed flows, and how often lines
/// cross for each time that they do if everything is routed anew, where that does not take long.
fn moved(cards: &[Rect], ends: &[(usize, usize)], links: &[Link], router: &Router) -> (f64, usize, String) {
    let (mut time, mut changed, mut crossings) = (0.0, 0, (0, 0));
    for turn in 0..20 {
        let card = (turn * 37 + cards.len() / 2) % cards.len();
        let to = Rect { x: cards[card].x + 20, y: cards[card].y + 10, ..cards[card] };
        let mut router = router.clone();
        let begun = Instant::now();
        let before = milliseconds(begun).0;
        changed += router.move_cards(&[(card, to)]).len();
        time += milliseconds(begun).0 - before;
        if cards.len() <= 200 {
            let mut cards = cards.to_vec();
            cards[card] = to;
            crossings.0 += drawn(&cards, ends, &router).crossings;
            crossings.1 += drawn(&cards, ends, &Router::new(&cards, links)).crossings;
        }
    }
    let share = (crossings.1 > 0).then(|| format!("{:.2}", crossings.0 as f64 / crossings.1 as f64));
    (time / 20.0, changed / 20, share.unwrap_or_default())
}

fn made_up(systems: usize, seed: u64) -> Arrangement {
    linked_once(Layout::arrangement(&Index::new(&generate::plan(systems, seed))))
}

fn linked_once(mut input: Arrangement) -> Arrangement {
    input.edges.retain(|(from, to)| from != to);
    input.edges.sort_unstable();
    input.edges.dedup();
    input
}

/// Milliseconds of processor time of this program, and of the ones that it waited for; where the
/// system does not tell, those that went by.
fn milliseconds(begun: Instant) -> (f64, f64) {
    let passed = begun.elapsed().as_secs_f64() * 1_000.0;
    let words = |path: &str| -> Vec<f64> {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        text.split_whitespace().map(|word| word.parse().unwrap_or_default()).collect()
    };
    // Nanoseconds, and hundredths of a second.
    let own = words("/proc/self/schedstat").first().map_or(passed, |own| own / 1e6);
    let others =
        words("/proc/self/stat").get(15..17).map_or(passed, |ticks| ticks.iter().sum::<f64>() * 10.0);
    (own, others)
}

/// From now on the system notes anew how much memory this program takes at most, where it does that.
fn forget_most_memory() {
    // Where it does not, the figure is missing or too large, and nothing else goes wrong.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// How much it took at most, in megabytes.
fn most_memory() -> String {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let most = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = most.and_then(|most| most.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    kilobytes.map_or_else(|| "not known".to_owned(), |kilobytes| (kilobytes / 1_000).to_string())
}

/// The time of one run and its result; small pictures are made many times over, for clocks that tick slowly.
fn arranged(input: &Arrangement) -> (f64, Vec<Point>) {
    let rounds = (4_000 / input.nodes.len().max(1)).clamp(1, 80);
    let begun = Instant::now();
    let mut corners = arrange(input);
    let before = milliseconds(begun).0;
    for _ in 0..rounds {
        corners = arrange(black_box(input));
    }
    ((milliseconds(begun).0 - before) / rounds as f64, corners)
}

fn compare(systems: usize, has_dot: bool) {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for seed in SEEDS {
        let input = made_up(systems, seed);
        ours.push(own(&input));
        theirs.extend(has_dot.then(|| dot::picture(&input)).flatten());
    }
    println!("## {systems} systems\n\n| median of ten | Hybridscape | dot | ratio |\n|---|---|---|---|");
    row("milliseconds", &ours, &theirs, |picture| picture.milliseconds);
    row("crossings, straight", &ours, &theirs, |picture| picture.straight.crossings as f64);
    row("of those at small angles", &ours, &theirs, |picture| {
        picture.straight.crossings_at_small_angles as f64
    });
    row("crossings, drawn", &ours, &theirs, |picture| picture.drawn.crossings as f64);
    row("length, straight", &ours, &theirs, |picture| picture.straight.length as f64);
    row("flows through cards, drawn", &ours, &theirs, |picture| picture.drawn.flows_through_cards as f64);
    row("overlaps", &ours, &theirs, |picture| picture.straight.overlaps as f64);
    row("flows against the direction", &ours, &theirs, |picture| {
        picture.straight.flows_against_direction as f64
    });
    row("aspect of the cards", &ours, &theirs, |picture| picture.straight.aspect().unwrap_or_default());
    row("area in screens of 1920 x 1080", &ours, &theirs, |picture| {
        picture.straight.area() as f64 / 1920.0 / 1080.0
    });
    println!();
}

fn row(label: &str, ours: &[Picture], theirs: &[Picture], figure: fn(&Picture) -> f64) {
    let median = |pictures: &[Picture]| {
        let mut figures: Vec<f64> = pictures.iter().map(figure).collect();
        figures.sort_by(f64::total_cmp);
        let (low, high) =
            (figures.get(figures.len().saturating_sub(1) / 2)?, figures.get(figures.len() / 2)?);
        Some(f64::midpoint(*low, *high))
    };
    let text = |figure: Option<f64>| match figure {
        None => "not installed".to_owned(),
        Some(figure) if figure.abs() < 20.0 => format!("{figure:.1}"),
        Some(figure) => format!("{figure:.0}"),
    };
    let (our, their) = (median(ours), median(theirs));
    let ratio =
        our.zip(their).filter(|(_, their)| *their > 0.0).map(|(our, their)| format!("{:.2}", our / their));
    println!("| {label} | {} | {} | {} |", text(our), text(their), ratio.unwrap_or_default());
}

fn own(input: &Arrangement) -> Picture {
    let (milliseconds, corners) = arranged(input);
    let cards = rects(&input.nodes, &corners);
    let links: Vec<Link> =
        input.edges.iter().map(|(from, to)| Link { from: *from, to: *to, ..Link::default() }).collect();
    let routes: Vec<Vec<Point>> = route(&cards, &links).into_iter().map(|route| route.points).collect();
    pictured(milliseconds, &cards, &input.edges, &routes)
}

fn pictured(milliseconds: f64, cards: &[Rect], ends: &[(usize, usize)], lines: &[Vec<Point>]) -> Picture {
    let straight = measure(cards, ends, &straight_lines(cards, ends));
    Picture { milliseconds, straight, drawn: measure(cards, ends, lines) }
}
