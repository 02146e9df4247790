//! How long reading, writing, comparing and merging a made-up plan of three sizes takes, with a hundred
//! changes on each side: `cargo bench --no-default-features --bench sharing`.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use hybridscape::generate;
use hybridscape::model::{Disposition, Flow, Plan, Position};
use hybridscape::plan_file::{read, write};
use hybridscape::share::{changes, difference, merge};

const CHANGES: usize = 100;

/// What a person does to a plan in a week: a hundred changes all over it, every fifth at a place where the
/// other side, which has another number, changes something too.
fn side(base: &Plan, number: u16) -> Plan {
    let mut plan = base.clone();
    let systems: Vec<_> = base.systems.keys().cloned().collect();
    let flows: Vec<_> = base.flows.keys().cloned().collect();
    for change in 0..CHANGES {
        let offset = if change % 5 == 0 { 0 } else { usize::from(number) * 7 + 1 };
        let at = change * systems.len() / CHANGES + offset;
        let (system, flow) = (&systems[at % systems.len()], &flows[at * 2 % flows.len()]);
        let changed = plan.systems.get_mut(system).map(Arc::make_mut);
        match (change % 4, changed) {
            (0, Some(system)) => system.notes = format!("Looked at by {number}."),
            (1, Some(system)) => system.disposition = Disposition::ALL[(change + usize::from(number)) % 5],
            (2, _) => drop(plan.drawing.positions.insert(system.clone(), Position(i32::from(number), 0))),
            (_, _) => {
                let other = systems[(at + 3) % systems.len()].clone();
                let new = Flow { owner: format!("Team {number}"), ..Flow::between(system.clone(), other) };
                plan.flows.insert(plan.free_flow_id(&new), Arc::new(new));
                plan.flows.entry(flow.clone()).and_modify(|flow| Arc::make_mut(flow).bridge = true);
            }
        }
    }
    plan
}

/// The plan as a file gives it: it shares nothing with others.
fn reread(plan: &Plan) -> Plan {
    read(&write(plan)).expect("what was written can be read")
}

fn sharing(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("sharing");
    group.sample_size(10).warm_up_time(Duration::from_millis(500));
    for systems in [200, 1_000, 10_000] {
        let base = generate::plan(systems, 1);
        let [ours, theirs] = [1, 2].map(|number| side(&base, number));
        let [base_file, our_file, their_file] = [&base, &ours, &theirs].map(reread);
        let text = write(&base);
        let id = |part: &str| BenchmarkId::new(part.to_owned(), systems);
        group.throughput(Throughput::Elements(systems as u64));
        group.bench_function(id("read"), |bencher| bencher.iter(|| read(black_box(&text))));
        group.bench_function(id("write"), |bencher| bencher.iter(|| write(black_box(&base))));
        group.bench_function(id("changes"), |bencher| bencher.iter(|| changes(&base, black_box(&ours))));
        group.bench_function(id("changes of files"), |bencher| {
            bencher.iter(|| changes(&base_file, black_box(&our_file)));
        });
        group
            .bench_function(id("difference"), |bencher| bencher.iter(|| difference(&base, black_box(&ours))));
        group.bench_function(id("merge"), |bencher| bencher.iter(|| merge(&base, black_box(&ours), &theirs)));
        group.bench_function(id("merge of files"), |bencher| {
            bencher.iter(|| merge(&base_file, black_box(&our_file), &their_file));
        });
    }
    group.finish();
}

criterion_group!(benches, sharing);
criterion_main!(benches);
