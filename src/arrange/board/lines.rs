//! The straight lines between linked cards, kept so that one line is compared with all others
//! quickly: coordinates in small whole units, one array each, and no branches in the loop.

/// How large products of two coordinates may be, so that no comparison overflows.
pub(super) const MOST_AREA: i64 = 30_000;
/// Links that count more than this many times would overflow the sum of crossings.
const MOST_WEIGHT: i16 = 3;

/// Lines from a start to an end, in units of the board.
#[derive(Debug, Default)]
pub(super) struct Lines {
    start_x: Vec<i16>,
    start_y: Vec<i16>,
    end_x: Vec<i16>,
    end_y: Vec<i16>,
    /// How many links run along each line.
    weight: Vec<i16>,
}

impl Lines {
    /// Lines of these weights, all still at the origin.
    pub(super) fn of(weights: impl Iterator<Item = usize>) -> Self {
        let weight: Vec<i16> =
            weights.map(|weight| i16::try_from(weight).unwrap_or(MOST_WEIGHT).min(MOST_WEIGHT)).collect();
        let zeros = || vec![0; weight.len()];
        Self { start_x: zeros(), start_y: zeros(), end_x: zeros(), end_y: zeros(), weight }
    }

    pub(super) fn len(&self) -> usize {
        self.weight.len()
    }

    pub(super) fn set_start(&mut self, line: usize, at: (i16, i16)) {
        (self.start_x[line], self.start_y[line]) = at;
    }

    pub(super) fn set_end(&mut self, line: usize, at: (i16, i16)) {
        (self.end_x[line], self.end_y[line]) = at;
    }

    pub(super) fn weight(&self, line: usize) -> i32 {
        i32::from(self.weight[line])
    }

    /// From the start of a line to its end: across and down.
    pub(super) fn way(&self, line: usize) -> (i32, i32) {
        (
            i32::from(self.end_x[line]) - i32::from(self.start_x[line]),
            i32::from(self.end_y[line]) - i32::from(self.start_y[line]),
        )
    }

    /// The links that cross a line, times its own. Lines that only touch do not cross.
    pub(super) fn crossings(&self, line: usize) -> i32 {
        let (px, py, qx, qy) = (self.start_x[line], self.start_y[line], self.end_x[line], self.end_y[line]);
        let (dx, dy) = (qx.wrapping_sub(px), qy.wrapping_sub(py));
        let offset = dx.wrapping_mul(py).wrapping_sub(dy.wrapping_mul(px));
        let count = self.weight.len();
        let (ax, ay) = (&self.start_x[..count], &self.start_y[..count]);
        let (bx, by) = (&self.end_x[..count], &self.end_y[..count]);
        let mut sum = 0_i16;
        for other in 0..count {
            let (ax, ay, bx, by) = (ax[other], ay[other], bx[other], by[other]);
            let start = dx.wrapping_mul(ay).wrapping_sub(dy.wrapping_mul(ax)).wrapping_sub(offset);
            let end = dx.wrapping_mul(by).wrapping_sub(dy.wrapping_mul(bx)).wrapping_sub(offset);
            let (ex, ey) = (bx.wrapping_sub(ax), by.wrapping_sub(ay));
            let shift = ex.wrapping_mul(ay).wrapping_sub(ey.wrapping_mul(ax));
            let from = ex.wrapping_mul(py).wrapping_sub(ey.wrapping_mul(px)).wrapping_sub(shift);
            let to = ex.wrapping_mul(qy).wrapping_sub(ey.wrapping_mul(qx)).wrapping_sub(shift);
            let least = start.min(end).max(from.min(to));
            let most = start.max(end).min(from.max(to));
            let is_crossing = i16::from(least < 0) & i16::from(most > 0);
            sum = sum.wrapping_add(is_crossing.wrapping_neg() & self.weight[other]);
        }
        i32::from(sum) * self.weight(line)
    }

    /// The crossings between two lines, each counted with its links.
    pub(super) fn crossings_of_two(&self, one: usize, other: usize) -> i32 {
        let ends = |line: usize| {
            let start = (i32::from(self.start_x[line]), i32::from(self.start_y[line]));
            (start, (i32::from(self.end_x[line]), i32::from(self.end_y[line])))
        };
        let side = |(from, to): ((i32, i32), (i32, i32)), at: (i32, i32)| {
            ((to.0 - from.0) * (at.1 - from.1) - (to.1 - from.1) * (at.0 - from.0)).signum()
        };
        let (first, second) = (ends(one), ends(other));
        let parts = |line, (from, to)| side(line, from) * side(line, to) < 0;
        if parts(first, second) && parts(second, first) { self.weight(one) * self.weight(other) } else { 0 }
    }

    /// How many links run in a row or column, and over this place.
    pub(super) fn over(&self, (x, y): (i16, i16)) -> i32 {
        let count = self.weight.len();
        let (ax, ay) = (&self.start_x[..count], &self.start_y[..count]);
        let (bx, by) = (&self.end_x[..count], &self.end_y[..count]);
        let mut sum = 0_i16;
        for line in 0..count {
            let (ax, ay, bx, by) = (ax[line], ay[line], bx[line], by[line]);
            let in_row = i16::from(ay == y)
                & i16::from(by == y)
                & i16::from(ax.min(bx) < x)
                & i16::from(x < ax.max(bx));
            let in_column = i16::from(ax == x)
                & i16::from(bx == x)
                & i16::from(ay.min(by) < y)
                & i16::from(y < ay.max(by));
            sum = sum.wrapping_add((in_row | in_column).wrapping_neg() & self.weight[line]);
        }
        i32::from(sum)
    }

    /// How many of these places lie on a line that runs in a row or column.
    pub(super) fn places_on(&self, line: usize, xs: &[i16], ys: &[i16]) -> i32 {
        let (ax, ay, bx, by) = (self.start_x[line], self.start_y[line], self.end_x[line], self.end_y[line]);
        let is_on = |(x, y): (&i16, &i16)| {
            if ay == by {
                *y == ay && ax.min(bx) < *x && *x < ax.max(bx)
            } else {
                *x == ax && ay.min(by) < *y && *y < ay.max(by)
            }
        };
        if ax != bx && ay != by { 0 } else { xs.iter().zip(ys).map(|at| i32::from(is_on(at))).sum() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(ends: &[[i16; 4]]) -> Lines {
        let mut lines = Lines::of(ends.iter().map(|_| 1));
        for (line, [ax, ay, bx, by]) in ends.iter().enumerate() {
            lines.set_start(line, (*ax, *ay));
            lines.set_end(line, (*bx, *by));
        }
        lines
    }

    #[test]
    fn crossings_are_counted_and_touches_are_not() {
        let lines = lines(&[[0, 0, 10, 10], [0, 10, 10, 0], [0, 0, 10, 0], [5, 5, 9, 0]]);
        assert_eq!((0..4).map(|line| lines.crossings(line)).collect::<Vec<_>>(), [1, 1, 0, 0]);
        assert_eq!((lines.crossings_of_two(0, 1), lines.crossings_of_two(0, 2)), (1, 0));
    }

    #[test]
    fn a_line_in_a_row_runs_over_what_stands_between_its_ends() {
        let lines = lines(&[[0, 4, 20, 4]]);
        assert_eq!((lines.over((10, 4)), lines.over((20, 4)), lines.over((10, 6))), (1, 0, 0));
        assert_eq!(lines.places_on(0, &[0, 5, 10, 30], &[4, 4, 4, 4]), 2);
    }
}
