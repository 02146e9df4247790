//! Measures what a frame of the canvas costs while a person pans and zooms: made-up plans of several sizes, painted by
//! the window's own code without a window. Writes a Markdown table: `cargo run --release --example canvas >
//! docs/canvas.md`.

use cpu_time::ThreadTime;
use egui::vec2;
use hybridscape::app::CanvasTrial;
use hybridscape::generate;

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SIZES: [usize; 3] = [200, 1_000, 10_000];
/// Frames of each path.
const FRAMES: usize = 240;
/// The screen in points.
const SCREEN: egui::Vec2 = vec2(1920.0, 1080.0);
/// Milliseconds that 95 of 100 frames may take: while everything is in view, and at 100 %.
const WANTED_MS: [f64; 2] = [4.0, 1.0];

/// What a person does, frame by frame.
#[derive(Clone, Copy)]
enum Path {
    /// Everything in view, pushed about.
    Fit,
    /// Across the plan at a zoom.
    Pan(f32),
    /// From everything to 100 % and back.
    Zoom,
}

const PATHS: [(&str, Path); 5] = [
    ("everything in view", Path::Fit),
    ("panning at 25 %", Path::Pan(0.25)),
    ("panning at 50 %", Path::Pan(0.5)),
    ("panning at 100 %", Path::Pan(1.0)),
    ("zooming from everything to 100 % and back", Path::Zoom),
];

fn main() {
    println!("# What a frame of the canvas costs\n");
    println!(
        "Written by `examples/canvas.rs`: made-up plans (`hybridscape generate --systems N --seed 1`) on a canvas of \
         {} × {} points, painted by the code of the window and turned into triangles, without a window and without \
         a graphics card. Milliseconds of processor time a frame, of {FRAMES} frames each, on one thread of one {} machine. \
         Wanted: 95 of 100 frames under {} ms with everything in view, under {} ms \
         at 100 %.\n",
        SCREEN.x,
        SCREEN.y,
        std::env::consts::ARCH,
        WANTED_MS[0],
        WANTED_MS[1]
    );
    println!("| systems | path | median | 95 of 100 under | worst | triangles | wanted | reached |");
    println!("|--:|---|--:|--:|--:|--:|--:|---|");
    for size in SIZES {
        let mut trial = CanvasTrial::new(generate::plan(size, 1), SCREEN);
        for (words, path) in PATHS {
            print_row(&mut trial, size, words, path);
        }
    }
    println!(
        "\nWhere it says no: cards, chips and labels in full detail are rounded shapes with soft edges, and made anew in \
         every frame; they are most of the triangles. From far away the lines of the largest plan are what costs."
    );
}

fn print_row(trial: &mut CanvasTrial, size: usize, words: &str, path: Path) {
    let fit = trial.fit();
    // What is laid out once is laid out before.
    for frame in 0..FRAMES / 8 {
        step(trial, path, fit, frame * 8);
        trial.frame();
    }
    let (mut times, mut triangles) = (Vec::with_capacity(FRAMES), 0);
    for frame in 0..FRAMES {
        step(trial, path, fit, frame);
        let begin = ThreadTime::now();
        triangles = trial.frame().max(triangles);
        times.push(begin.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times[(FRAMES * share / 100).min(FRAMES - 1)];
    let wanted = match path {
        Path::Pan(zoom) if zoom >= 1.0 => WANTED_MS[1],
        _ => WANTED_MS[0],
    };
    let reached = if at(95) <= wanted { "yes" } else { "no" };
    println!(
        "| {size} | {words} | {:.2} | {:.2} | {:.2} | {triangles} | {wanted} | {reached} |",
        at(50),
        at(95),
        at(100)
    );
}

/// Where a path is after this many frames.
fn step(trial: &mut CanvasTrial, path: Path, fit: f32, frame: usize) {
    let share = frame as f32 / FRAMES as f32;
    let swing = (share * std::f32::consts::TAU).sin();
    match path {
        Path::Fit => trial.look(vec2(0.5 + 0.05 * swing, 0.5 + 0.03 * swing), fit),
        Path::Pan(zoom) => trial.look(vec2(0.1 + 0.8 * share, 0.5 + 0.35 * swing), zoom),
        Path::Zoom => {
            let way = (1.0 - (share * std::f32::consts::TAU).cos()) / 2.0;
            trial.look(vec2(0.5, 0.5), fit * (1.0_f32.max(fit) / fit).powf(way));
        }
    }
}
