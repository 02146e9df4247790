//! How long judging a made-up plan of three sizes takes: facts, rules, numbers and gates, and all of it:
//! `cargo bench --bench rules`. The table with instructions is written by `examples/performance.rs`.

use std::hint::black_box;
use std::time::Duration;

use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use hybridscape::model::Plan;
use hybridscape::rules::{self, Facts, Scope};
use hybridscape::{generate, numbers};

fn whole(plan: &Plan) {
    let mut facts = Facts::new(plan);
    black_box(rules::check(&facts, Scope::AllStages));
    black_box(numbers::row(&facts));
    black_box(rules::gates(&mut facts));
}

fn judgement(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("rules");
    group.sample_size(10).warm_up_time(Duration::from_millis(500));
    for systems in [200, 1_000, 10_000] {
        let plan = generate::plan(systems, 1);
        let id = |part: &str| BenchmarkId::new(part.to_owned(), systems);
        group.bench_function(id("whole"), |bencher| bencher.iter(|| whole(black_box(&plan))));
        group.bench_function(id("facts"), |bencher| bencher.iter(|| Facts::new(black_box(&plan))));
        let fresh = || Facts::new(&plan);
        group.bench_function(id("check"), |bencher| {
            bencher.iter_batched(
                fresh,
                |facts| rules::check(&facts, Scope::AllStages),
                BatchSize::PerIteration,
            );
        });
        group.bench_function(id("numbers"), |bencher| {
            bencher.iter_batched(fresh, |facts| numbers::row(&facts), BatchSize::PerIteration);
        });
        group.bench_function(id("gates"), |bencher| {
            bencher.iter_batched(fresh, |mut facts| rules::gates(&mut facts), BatchSize::PerIteration);
        });
    }
    group.finish();
}

criterion_group!(benches, judgement);
criterion_main!(benches);
