//! What Graphviz `dot` makes of an arrangement.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Instant;

use hybridscape::arrange::{Arrangement, COLUMN_GAP, Node, Point, ROW_GAP, Rect};

use super::{Picture, milliseconds, pictured};

/// Plan units in an inch, the unit of `dot`.
const INCH: f64 = 72.0;
/// Pieces in which a curve of `dot` is measured.
const PIECES: u32 = 4;

/// Whether it can be started.
pub fn is_installed() -> bool {
    Command::new("dot").arg("-V").stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// The same cards and gaps, arranged by `dot` from left to right.
pub fn picture(input: &Arrangement) -> Option<Picture> {
    // The system counts the time of others in hundredths of a second.
    let rounds = (200 / input.nodes.len().max(1)).clamp(1, 10);
    let begun = Instant::now();
    let before = milliseconds(begun).1;
    let mut text = String::new();
    for _ in 0..rounds {
        text = output_of(input)?;
    }
    let milliseconds = (milliseconds(begun).1 - before) / rounds as f64;
    let (mut cards, mut lines) = (vec![Rect::default(); input.nodes.len()], BTreeMap::new());
    for line in text.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        let name = |word: &str| word.strip_prefix('n').and_then(|number| number.parse::<usize>().ok());
        match words.as_slice() {
            ["node", node, rest @ ..] => {
                let node = name(node)?;
                let Node { width, height, .. } = input.nodes[node];
                cards[node] = Rect::around(points(rest).first().copied()?, width, height);
            }
            ["edge", from, to, count, rest @ ..] => {
                let mut curve = points(rest);
                curve.truncate(count.parse().ok()?);
                lines.insert((name(from)?, name(to)?), flattened(&curve));
            }
            _ => {}
        }
    }
    let lines: Vec<Vec<Point>> =
        input.edges.iter().map(|edge| lines.remove(edge).unwrap_or_default()).collect();
    Some(pictured(milliseconds, &cards, &input.edges, &lines))
}

fn output_of(input: &Arrangement) -> Option<String> {
    let mut dot =
        Command::new("dot").arg("-Tplain").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
    dot.stdin.take()?.write_all(notation(input).as_bytes()).ok()?;
    String::from_utf8(dot.wait_with_output().ok()?.stdout).ok()
}

fn notation(input: &Arrangement) -> String {
    let (ranks, nodes) = (f64::from(COLUMN_GAP) / INCH, f64::from(ROW_GAP) / INCH);
    let mut text = format!("digraph {{ rankdir=LR; ranksep={ranks}; nodesep={nodes};\n");
    text += "node [shape=box, fixedsize=true, label=\"\"]; edge [arrowhead=none];\n";
    for (place, node) in input.nodes.iter().enumerate() {
        let (width, height) = (f64::from(node.width) / INCH, f64::from(node.height) / INCH);
        text += &format!("n{place} [width={width}, height={height}];\n");
    }
    for (from, to) in &input.edges {
        text += &format!("n{from} -> n{to};\n");
    }
    text + "}\n"
}

/// Pairs of numbers in inches, as points; what is no number ends them. `dot` counts upwards.
fn points(words: &[&str]) -> Vec<Point> {
    let numbers: Vec<f64> = words.iter().map_while(|word| word.parse().ok()).collect();
    let unit = |inches: f64| (inches * INCH).round() as i32;
    numbers.chunks_exact(2).map(|pair| Point::new(unit(pair[0]), -unit(pair[1]))).collect()
}

/// A chain of cubic curves as short straight pieces.
fn flattened(curve: &[Point]) -> Vec<Point> {
    let mut points: Vec<Point> = curve.first().copied().into_iter().collect();
    for start in (0..curve.len().saturating_sub(3)).step_by(3) {
        let part = &curve[start..start + 4];
        for piece in 1..=PIECES {
            let along = f64::from(piece) / f64::from(PIECES);
            let back = 1.0 - along;
            let weights =
                [back.powi(3), 3.0 * back * back * along, 3.0 * back * along * along, along.powi(3)];
            let at = |side: fn(&Point) -> i32| {
                part.iter()
                    .zip(weights)
                    .map(|(point, weight)| f64::from(side(point)) * weight)
                    .sum::<f64>()
                    .round() as i32
            };
            points.push(Point::new(at(|point| point.x), at(|point| point.y)));
        }
    }
    points
}
