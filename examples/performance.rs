//! Measures how long it takes to judge made-up plans: facts, rules, numbers, gates, and each rule's share.
//! Prints Markdown tables: `cargo run --release --no-default-features --example performance >
//! docs/performance.md`. Counts instructions too where `valgrind` is installed.

use std::hint::black_box;
use std::process::Command;
use std::time::Instant;

use hybridscape::model::Plan;
use hybridscape::rules::{ALL, Facts, Finding, LooksAt, Report, Scope, View, check, gates};
use hybridscape::{generate, numbers, plan_file};

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What is judged: the largest sample, and made-up plans by their number of systems.
const NAMES: [&str; 4] = ["telecom", "200", "1000", "10000"];
const WANTED_MS: [Option<f64>; 4] = [None, Some(1.0), Some(3.0), Some(16.0)];
const LARGEST_SAMPLE: &str = include_str!("../sample_landscapes/telecom.plan.ron");
/// Runs of which the median is told.
const RUNS: usize = 11;
/// Rules of which the share is told.
const TOLD: usize = 15;
/// What is measured, in the order of the columns.
const PARTS: [&str; 5] = ["facts", "rules", "numbers", "gates", "whole"];

fn main() {
    // Under valgrind: one run, or none, of one plan.
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    if let [name, work] = arguments.as_slice() {
        let plan = plan_of(name);
        if work == "run" {
            black_box(run(&plan));
        }
        return;
    }
    println!("# How long judging a plan takes\n");
    println!(
        "Written by `examples/performance.rs`: made-up plans (`hybridscape generate --systems N --seed 1`), all {} \
         rules at all stages, all numbers, all gates; first the sample with most systems. Milliseconds, medians of \
         {RUNS} runs, on {} hardware threads of one {} machine; rules and stages run side by side from 50 systems on. \
         *Target alone* is the facts, and all rules at the last stage only. Instructions are those of one run on one thread as valgrind counts them, \
         without making the plan up. *Copied* is how long it takes one thread to copy the subjects and words of the \
         findings of the list, and nothing else. *Growth* compares made-up plans with the row above, for as many times the systems.\n",
        ALL.len(),
        std::thread::available_parallelism().map_or(1, usize::from),
        std::env::consts::ARCH
    );
    println!(
        "| systems | stages | findings | facts | rules | numbers | gates | whole | wanted | target alone | copied | growth | instructions (millions) | growth |"
    );
    println!("|{}", "--:|".repeat(14));
    let (mut before, mut before_instructions) = (None, None);
    for (name, wanted) in NAMES.into_iter().zip(WANTED_MS) {
        let plan = plan_of(name);
        let times = medians(&plan);
        let facts = Facts::new(&plan);
        let found = check(&facts, Scope::AllStages).list;
        let copied = copied(&found);
        let target = target_alone(&plan);
        let millions = instructions(name);
        let columns: Vec<_> = times[..4].iter().map(|time| format!("{time:.1}")).collect();
        println!(
            "| {} | {} | {} | {} | {:.1} | {} | {target:.1} | {copied:.1} | {} | {} | {} |",
            plan.systems.len(),
            facts.stages.len(),
            found.len(),
            columns.join(" | "),
            times[4],
            wanted.map_or_else(|| "–".to_owned(), |wanted| wanted.to_string()),
            growth(before, Some(times[4])),
            millions.map_or_else(|| "–".to_owned(), |millions| format!("{millions:.0}")),
            growth(before_instructions, millions)
        );
        if wanted.is_some() {
            (before, before_instructions) = (Some(times[4]), millions);
        }
    }
    println!(
        "\n## What is wanted and not reached\n\nNone of the times that are wanted is reached. The made-up plans are wrong in ten \
         places a system, and nobody has so many findings: *copied* alone, which is what remains when judging costs \
         nothing, is at 10,000 systems what is wanted for everything. The rest is spread over the rules; none takes \
         more than a seventh. Of all instructions about a sixth are for memory that is taken and given back, an eighth \
         for writing and keeping what is said. Rules that look only at what differs from the stage before would help \
         real plans more than these: of the samples' domains two of three are the same from one stage to the next, of \
         the made-up ones one of five. More threads should help: the rules, two thirds of the time and more, run one beside the other."
    );
    print_shares(&plan_of(NAMES[3]));
}

/// The plan with a name: made up, of so many systems, or the sample.
fn plan_of(name: &str) -> Plan {
    if name == NAMES[0] {
        return plan_file::read(LARGEST_SAMPLE).expect("samples can be read");
    }
    generate::plan(name.parse().expect("a number of systems"), 1)
}

fn growth(before: Option<f64>, now: Option<f64>) -> String {
    before.zip(now).map_or_else(|| "–".to_owned(), |(before, now)| format!("{:.1}", now / before))
}

/// Milliseconds that some work takes, the median.
fn median_of(work: impl Fn()) -> f64 {
    let mut times: Vec<_> = (0..RUNS)
        .map(|_| {
            let begin = Instant::now();
            work();
            begin.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[RUNS / 2]
}

/// Milliseconds that it takes to copy what is said.
fn copied(found: &[Finding]) -> f64 {
    let copy = |it: &Finding| (it.subjects.clone(), it.related.clone(), it.message.clone());
    median_of(|| drop(black_box(found.iter().map(copy).collect::<Vec<_>>())))
}

/// Milliseconds that the facts and all rules at the target take.
fn target_alone(plan: &Plan) -> f64 {
    median_of(|| {
        let facts = Facts::new(plan);
        black_box(check(&facts, Scope::Stage(facts.index.timeline.target())));
    })
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
fn instructions(name: &str) -> Option<f64> {
    let count = |work: &str| {
        let program = std::env::current_exe().ok()?;
        let tool = ["--tool=callgrind", "--callgrind-out-file=/dev/null"];
        let output = Command::new("valgrind")
            .args(tool)
            .arg(program)
            .args([name, work])
            .env("RAYON_NUM_THREADS", "1")
            .output();
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
