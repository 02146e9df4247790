//! How long routing takes: all flows of landscapes of several sizes, and what one moved card changes. Placed by a seed, 2.1 flows a card, most of them between cards that stand near.

use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use hybridscape::arrange::Rect;
use hybridscape::arrange::routing::{Link, Router, route};

/// Numbers that look random and are the same in every run (xorshift).
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit
    }
}

/// Cards near the places of a grid, as a person would put them.
fn landscape(count: usize) -> (Vec<Rect>, Vec<Link>) {
    let mut seeded = Seeded(88_172_645_463_325_252);
    let columns = (1..=count).find(|columns| columns * columns * 10 >= count * 8).unwrap_or(1);
    let whole = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
    let mut card = |place: usize| {
        let (x, y) = (place % columns * 300 + seeded.below(100), place / columns * 150 + seeded.below(60));
        Rect::new(whole(x), whole(y), 184, 74)
    };
    let cards = (0..count).map(&mut card).collect();
    let mut link = |_| {
        let from = seeded.below(count);
        let near = from + seeded.below(6) * columns + seeded.below(7);
        let to =
            if seeded.below(10) < 8 { near.saturating_sub(3).min(count - 1) } else { seeded.below(count) };
        Link { from, to, label_width: 70, label_height: 18 }
    };
    let links = (0..count * 21 / 10).map(&mut link).collect();
    (cards, links)
}

fn all(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("routing/all");
    group.sample_size(10);
    for count in [60, 200, 1_000, 10_000] {
        let (cards, links) = landscape(count);
        group.bench_function(BenchmarkId::from_parameter(count), |bencher| {
            bencher.iter(|| route(&cards, &links));
        });
    }
    group.finish();
}

fn one_moved(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("routing/one card moved");
    group.sample_size(10);
    for count in [60, 200, 1_000, 10_000] {
        let (cards, links) = landscape(count);
        let router = Router::new(&cards, &links);
        // Another card every time: some have long lines and some have none.
        let mut moves = (0..).map(|turn: usize| {
            let card = (turn * 37 + count / 2) % count;
            let from = cards[card];
            (card, Rect { x: from.x + 20, y: from.y + 10, ..from })
        });
        group.bench_function(BenchmarkId::from_parameter(count), |bencher| {
            bencher.iter_batched_ref(
                || (router.clone(), moves.next().into_iter().collect::<Vec<_>>()),
                |(router, moves)| router.move_cards(moves),
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, all, one_moved);
criterion_main!(benches);
