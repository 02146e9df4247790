//! Dashed lines of which only the dashes in view are made: a line that crosses a large plan has thousands.

use egui::{Pos2, Rect, Vec2};

/// The dashes of a line of straight pieces that lie in a part of the screen.
pub(super) fn dashes(points: &[Pos2], dash: f32, gap: f32, clip: Rect) -> Vec<[Pos2; 2]> {
    let mut found = Vec::new();
    let mut done = 0.0;
    for pair in points.windows(2) {
        let (from, along) = (pair[0], pair[1] - pair[0]);
        let length = along.length();
        if let Some((first, last)) = inside(from, along, clip).filter(|_| length > 0.0) {
            let step = dash + gap;
            let number = ((done + first * length) / step).floor();
            let mut begin = number * step - done;
            while begin < last * length {
                let (start, end) = (begin.max(0.0), (begin + dash).min(length));
                if end > start {
                    found.push([from + along * (start / length), from + along * (end / length)]);
                }
                begin += step;
            }
        }
        done += length;
    }
    found
}

/// Which share of a piece lies in a rectangle, from where to where.
fn inside(from: Pos2, along: Vec2, clip: Rect) -> Option<(f32, f32)> {
    let (mut first, mut last) = (0.0_f32, 1.0_f32);
    for (from, along, low, high) in
        [(from.x, along.x, clip.min.x, clip.max.x), (from.y, along.y, clip.min.y, clip.max.y)]
    {
        if along == 0.0 {
            if from < low || from > high {
                return None;
            }
            continue;
        }
        let (one, other) = ((low - from) / along, (high - from) / along);
        first = first.max(one.min(other));
        last = last.min(one.max(other));
    }
    (first < last).then_some((first, last))
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    #[test]
    fn only_dashes_in_view_are_made_and_they_stand_where_they_would_without() {
        let points = [pos2(0.0, 0.0), pos2(100_000.0, 0.0), pos2(100_000.0, 50.0)];
        let clip = Rect::from_min_max(pos2(50_000.0, -10.0), pos2(50_100.0, 10.0));
        let found = dashes(&points, 6.0, 4.0, clip);
        assert_eq!(found.len(), 10);
        assert!(
            (found[0][0].x - 50_000.0).abs() < 0.1 && (found[0][1].x - 50_006.0).abs() < 0.1,
            "{found:?}"
        );
    }

    #[test]
    fn a_corner_does_not_begin_a_new_dash() {
        let points = [pos2(0.0, 0.0), pos2(8.0, 0.0), pos2(8.0, 20.0)];
        let found = dashes(&points, 6.0, 4.0, Rect::EVERYTHING);
        assert_eq!(found[0], [pos2(0.0, 0.0), pos2(6.0, 0.0)]);
        assert_eq!(found[1], [pos2(8.0, 2.0), pos2(8.0, 8.0)]);
    }
}
