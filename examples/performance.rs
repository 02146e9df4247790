//! Measures how long it takes to judge made-up plans: facts, rules, numbers, gates, and each rule's share.
//! Prints Markdown tables: `cargo run --release --no-default-features --example performance >
//! docs/performance.md`. Counts instructions too where `valgrind` is installed.

use std::hint::black_box;
use std::process::Command;
use std::time::Instant;

use hybridscape::model::Plan;
use hybridscape::rules::{ALL, Facts, Finding, LooksAt, Report, Scope, View, check, gates};
use hybridscape::{generate, numbers};

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SIZES: [usize; 3] = [200, 1_000, 10_000];
const WANTED_MS: [f64; 3] = [1.0, 3.0, 16.0];
/// Runs of which the median is told.
const RUNS: usize = 5;
/// Rules of which the share is told.
const TOLD: usize = 15;
/// What is measured, in the order of the columns.
const PARTS: [&str; 5] = ["facts", "rules", "numbers", "gates", "whole"];

fn main() {
    // Under valgrind: one run, or none, of one size.
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    if let [size, work] = arguments.as_slice() {
        let plan = generate::plan(size.parse().unwrap_or_default(), 1);
        if work == "run" {
            black_box(run(&plan));
        }
        return;
    }
    println!("# How long judging a plan takes\n");
    println!(
        "Written by `examples/performance.rs`: made-up plans (`hybridscape generate --systems N --seed 1`), all {} \
         rules at all stages, all numbers, all gates. Milliseconds, medians of {RUNS} runs, on {} hardware threads \
         of one {} machine; rules run on several threads from about 150 systems on, stages from 500. \
         Instructions are those of one run as valgrind counts them, without making the plan up. *Copied* is how \
         long it takes one thread to copy the subjects and words of the findings of the list, and nothing else. \
         *Growth* compares with the row above, for as many times the systems.\n",
        ALL.len(),
        std::thread::available_parallelism().map_or(1, usize::from),
        std::env::consts::ARCH
    );
    println!(
        "| systems | stages | findings | facts | rules | numbers | gates | whole | wanted | copied | growth | instructions (millions) | growth |"
    );
    println!("|{}", "--:|".repeat(13));
    let (mut before, mut before_instructions) = (None, None);
    for (size, wanted) in SIZES.into_iter().zip(WANTED_MS) {
        let plan = generate::plan(size, 1);
        let times = medians(&plan);
        let facts = Facts::new(&plan);
        let found = check(&facts, Scope::AllStages).list;
        let copied = copied(&found);
        let millions = instructions(size);
        let columns: Vec<_> = times[..4].iter().map(|time| format!("{time:.1}")).collect();
        println!(
            "| {size} | {} | {} | {} | {:.1} | {wanted} | {copied:.1} | {} | {} | {} |",
            facts.stages.len(),
            found.len(),
            columns.join(" | "),
            times[4],
            growth(before, Some(times[4])),
            millions.map_or_else(|| "–".to_owned(), |millions| format!("{millions:.0}")),
            growth(before_instructions, millions)
        );
        (before, before_instructions) = (Some(times[4]), millions);
    }
    println!(
        "\n## What is wanted and not reached\n\nNone of the times that are wanted is reached. The plans are made up to \
         be wrong in ten places a system, and nobody has so many findings; still *copied*, which is what remains \
         when judging itself costs nothing, is at 10,000 systems what is wanted for everything. The rest is spread over the rules: no \
         rule takes more than a sixth. At 10,000 systems callgrind counts about an eighth of all instructions in \
         writing the sentences, keeping what is said and dropping it; sentences that are written when somebody reads \
         them would save no more than that. To come nearer, rules would have to look only at what differs from the \
         stage before, one domain or flow at a time."
    );
    print_shares(&generate::plan(SIZES[2], 1));
}

fn growth(before: Option<f64>, now: Option<f64>) -> String {
    before.zip(now).map_or_else(|| "–".to_owned(), |(before, now)| format!("{:.1}", now / before))
}

/// Milliseconds that it takes to copy what is said, the median.
fn copied(found: &[Finding]) -> f64 {
    let copy = |_| {
        let begin = Instant::now();
        let copy = |it: &Finding| (it.subjects.clone(), it.related.clone(), it.message.clone());
        black_box(found.iter().map(copy).collect::<Vec<_>>());
        begin.elapsed().as_secs_f64() * 1e3
    };
    let mut times: Vec<_> = (0..RUNS).map(copy).collect();
    times.sort_by(f64::total_cmp);
    times[RUNS / 2]
}

/// Milliseconds of each part.
fn run(plan: &Plan) -> [f64; PARTS.len()] {
    let begin = Instant::now();
    let mut last = 0.0;
    let mut lap = || {
        let now = begin.elapsed().as_secs_f64() * 1e3;
        now - std::mem::replace(&mut last, now)
    };
    let mut facts = Facts::new(plan);
    let of_facts = lap();
    let findings = black_box(check(&facts, Scope::AllStages));
    let of_rules = lap();
    black_box(numbers::row(&facts));
    let of_numbers = lap();
    black_box(gates(&mut facts));
    let of_gates = lap();
    drop(findings);
    [of_facts, of_rules, of_numbers, of_gates, of_facts + of_rules + of_numbers + of_gates]
}

fn medians(plan: &Plan) -> [f64; PARTS.len()] {
    let runs: Vec<_> = (0..RUNS).map(|_| run(plan)).collect();
    std::array::from_fn(|part| {
        let mut times: Vec<_> = runs.iter().map(|run| run[part]).collect();
        times.sort_by(f64::total_cmp);
        times[RUNS / 2]
    })
}

/// Millions of instructions of one run.
fn instructions(size: usize) -> Option<f64> {
    let count = |work: &str| {
        let program = std::env::current_exe().ok()?;
        let tool = ["--tool=callgrind", "--callgrind-out-file=/dev/null"];
        let output =
            Command::new("valgrind").args(tool).arg(program).args([&size.to_string(), work]).output();
        let told = String::from_utf8(output.ok()?.stderr).ok()?;
        let (_, collected) = told.split_once("Collected : ")?;
        collected.split_whitespace().next()?.parse::<f64>().ok()
    };
    Some((count("run")? - count("nothing")?) / 1e6)
}

/// The rules that take longest, each by itself on one thread after the facts are there.
fn print_shares(plan: &Plan) {
    let facts = Facts::new(plan);
    let target = facts.index.timeline.target();
    let mut times: Vec<(f64, &str)> = Vec::new();
    for rule in ALL {
        let begin = Instant::now();
        let mut report = Report::default();
        for at in (0..=target).filter(|&at| at == target || rule.looks_at == LooksAt::EachStage) {
            (rule.check)(&View::new(&facts, at, rule), &mut report);
        }
        black_box(report);
        times.push((begin.elapsed().as_secs_f64() * 1e3, rule.id));
    }
    let all: f64 = times.iter().map(|(time, _)| time).sum();
    times.sort_by(|a, b| b.0.total_cmp(&a.0));
    println!(
        "\n## Shares at {} systems\n\nOne thread, without hiding and ordering; what several rules share is \
              with the first that asks. All rules: {all:.0} ms.\n",
        plan.systems.len()
    );
    println!("| rule | ms | share |\n|---|--:|--:|");
    for (time, id) in times.iter().take(TOLD) {
        println!("| {id} | {time:.1} | {:.0} % |", time / all * 100.0);
    }
}
