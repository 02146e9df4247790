//! How long it takes to arrange made-up landscapes of four sizes: `cargo bench --bench arrange`.
//! How good the pictures are, and how others do, is written by `examples/arrangement`.

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use hybridscape::arrange::{Arrangement, arrange};
use hybridscape::generate;
use hybridscape::landscape::Index;
use hybridscape::scene::Layout;

fn made_up(systems: usize) -> Arrangement {
    Layout::arrangement(&Index::new(&generate::plan(systems, 1)))
}

fn arrangements(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("arrange");
    group.sample_size(10).warm_up_time(Duration::from_millis(500));
    for systems in [50, 200, 1_000, 10_000] {
        let input = made_up(systems);
        let id = BenchmarkId::from_parameter(systems);
        group.bench_with_input(id, &input, |bencher, input| bencher.iter(|| arrange(black_box(input))));
    }
    group.finish();
}

criterion_group!(benches, arrangements);
criterion_main!(benches);
